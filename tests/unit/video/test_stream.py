"""One stream's thread with a decoder of our own, which fails, stalls and changes."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from console.video.frames import FrameBuffer, FrameWriter, Size
from console.video.protocol import Output, Show
from console.video.worker import stream as stream_module
from console.video.worker.retries import Retries
from console.video.worker.stream import Stream
from tests.fakes.waiting import until_sync

BOX = Size(4, 2)


class Source:
    """Give black pictures as long as its gate is open, then stall or end."""

    exact = True
    key = True

    def __init__(self, address: str) -> None:
        self.address = address
        self.is_open = address != "shut"
        self.gate = threading.Event()
        self.gate.set()
        self.ended = False
        self.closed = False

    def read(self) -> NDArray[np.uint8] | None:
        if self.address == "broken":
            raise RuntimeError("a decoder's bug")
        threading.Event().wait(0.005)
        self.gate.wait()
        return None if self.ended else np.zeros((2, 4, 3), np.uint8)

    def close(self) -> None:
        self.closed = True


class Decoder:
    """Open sources and remember them; write one byte into outputs."""

    def __init__(self) -> None:
        self.sources: list[Source] = []
        self.is_mute = False

    def open(self, address: str) -> Source:
        source = Source(address)
        if self.is_mute:
            source.gate.clear()
        self.sources.append(source)
        return source

    def write(self, _image: NDArray[np.uint8], output: FrameWriter, now_s: float) -> None:
        output.begin(1, 1).release()
        output.publish(1, 1, now_s)


@pytest.fixture
def decoder() -> Decoder:
    return Decoder()


@pytest.fixture
def buffers() -> Iterator[list[FrameBuffer]]:
    both = [FrameBuffer(BOX), FrameBuffer(BOX)]
    yield both
    for buffer in both:
        buffer.close()


def show(address: str, *buffers: FrameBuffer, serial: int = 1) -> Show:
    outputs = tuple(Output(buffer.name, BOX.width, BOX.height) for buffer in buffers)
    return Show("C1", address, outputs, serial)


def begin(decoder: Decoder, wish: Show) -> Stream:
    return Stream(wish, decoder.open, decoder.write)


def ended(one: Stream) -> bool:
    one.end()
    until_sync(lambda: not one.alive, what="its end")
    return True


def test_outputs_come_and_go_on_one_connection(
    decoder: Decoder, buffers: list[FrameBuffer]
) -> None:
    first, second = buffers
    one = begin(decoder, show("a", first))
    until_sync(lambda: first.number > 2, what="pictures")
    one.show(show("b", first, second))
    until_sync(lambda: second.number > 2, what="pictures in the second")
    one.show(show("b", second))
    stood = second.number
    until_sync(lambda: second.number > stood + 2, what="more pictures")
    halted = first.number
    until_sync(lambda: second.number > stood + 6, what="still more pictures")

    assert first.number == halted
    assert len(decoder.sources) == 1
    assert one.facts.serial == 1
    assert ended(one)
    assert decoder.sources[0].closed


def test_new_address_is_used_from_the_next_connection_on(
    decoder: Decoder, buffers: list[FrameBuffer]
) -> None:
    one = begin(decoder, show("a", buffers[0]))
    until_sync(lambda: one.facts.connected, what="a connection")
    one.show(show("b", buffers[0]))
    decoder.sources[0].ended = True
    until_sync(lambda: len(decoder.sources) == 2, what="another connection")

    assert decoder.sources[1].address == "b"
    until_sync(lambda: one.facts.connected, what="it")
    assert ended(one)


def test_shut_stream_is_refused_and_tried_again(decoder: Decoder) -> None:
    one = begin(decoder, show("shut"))
    until_sync(lambda: one.facts.attempts == 2, what="two tries")

    assert (one.facts.connected, one.facts.reason, one.facts.picture_s) == (False, "refused", 0.0)
    assert all(source.closed for source in decoder.sources)
    assert ended(one)


def test_decoder_that_does_not_come_back_is_seen(
    decoder: Decoder, buffers: list[FrameBuffer], monkeypatch: pytest.MonkeyPatch
) -> None:
    import time  # noqa: PLC0415 - this test's alone

    monkeypatch.setattr(stream_module, "STUCK_S", 0.2)
    one = begin(decoder, show("a", buffers[0]))
    until_sync(lambda: one.facts.connected, what="a connection")
    assert not one.stuck(time.monotonic())
    decoder.sources[0].gate.clear()
    until_sync(lambda: one.stuck(time.monotonic()), what="it being stuck")
    decoder.sources[0].gate.set()
    until_sync(lambda: not one.stuck(time.monotonic()), what="it coming back")
    assert ended(one)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_failing_decoder_ends_the_thread_where_the_worker_sees_it(decoder: Decoder) -> None:
    one = begin(decoder, show("broken"))

    until_sync(lambda: not one.alive, what="the thread's end")


def test_buffer_that_is_gone_stops_nothing(decoder: Decoder, buffers: list[FrameBuffer]) -> None:
    gone = FrameBuffer(BOX)
    wish = show("a", gone, buffers[0])
    gone.close()
    one = begin(decoder, wish)

    until_sync(lambda: buffers[0].number > 2, what="pictures in the other")
    assert ended(one)


def test_streams_of_a_process_that_end_together_do_not_come_back_together(
    decoder: Decoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []

    class Noted(Retries):
        def failed(self, lived_s: float, away: int = 1) -> float:
            waits.append(super().failed(lived_s, away))
            return waits[-1]

    monkeypatch.setattr(stream_module, "Retries", Noted)
    count, away = 60, set[str]()
    streams = [
        Stream(Show(f"C{n}", "open", ()), decoder.open, decoder.write, away) for n in range(count)
    ]
    until_sync(lambda: sum(one.facts.connected for one in streams) == count, what="all live")
    assert not away
    decoder.is_mute = True
    for source in decoder.sources:
        source.ended = True
    until_sync(lambda: len(waits) >= count and len(away) == count, what="all away")
    assert max(waits[:count]) - min(waits[:count]) > 1.0, "one alone: 0.3 s between the extremes"
    until_sync(lambda: len(decoder.sources) == 2 * count, what="all tried again")
    for one, source in zip(streams, decoder.sources[count:], strict=True):
        one.end()
        source.gate.set()
    until_sync(lambda: not any(one.alive for one in streams), what="all ended")
    assert not away
