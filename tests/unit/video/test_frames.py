"""Shared memory: the newest wins, nothing torn is read, nothing is left behind."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.video.frames import FrameBuffer, FrameError, FrameWriter, Size

SMALL = Size(8, 4)


@pytest.fixture
def buffer() -> Iterator[FrameBuffer]:
    one = FrameBuffer(SMALL)
    yield one
    one.close()


def put(writer: FrameWriter, value: int, width: int = 8, height: int = 4) -> None:
    with writer.begin(width, height) as view:
        view[:] = bytes([value]) * len(view)
    writer.publish(width, height, float(value))


def test_newest_picture_is_read_once(buffer: FrameBuffer) -> None:
    writer = FrameWriter(buffer.name)
    assert buffer.newest() is None
    put(writer, 1)
    put(writer, 2, 4, 2)

    picture = buffer.newest()

    assert picture is not None
    assert (picture.number, picture.width, picture.height, picture.decoded_s) == (2, 4, 2, 2.0)
    assert bytes(picture.pixels) == b"\x02" * 32
    assert buffer.newest(after=2) is None
    writer.close()


@given(st.lists(st.integers(0, 255), max_size=12), st.integers(0, 12))
def test_reader_always_gets_the_last_written(values: list[int], after: int) -> None:
    buffer = FrameBuffer(SMALL)
    writer = FrameWriter(buffer.name)
    for value in values:
        put(writer, value)
    picture = buffer.newest(after)
    newest = bytes(picture.pixels[:1]) if picture is not None else None
    number = picture.number if picture is not None else 0
    del picture
    writer.close()
    buffer.close()

    if len(values) > after:
        assert (newest, number) == (bytes([values[-1]]), len(values))
    else:
        assert newest is None


def test_picture_being_written_is_not_seen(buffer: FrameBuffer) -> None:
    writer = FrameWriter(buffer.name)
    put(writer, 1)
    view = writer.begin(8, 4)
    view[:] = b"\x09" * len(view)
    picture = buffer.newest()

    assert picture is not None
    assert bytes(picture.pixels) == b"\x01" * 128
    view.release()
    writer.close()


def test_no_torn_picture_under_a_writer_that_never_waits() -> None:
    buffer = FrameBuffer(Size(320, 180))
    writer = FrameWriter(buffer.name)
    ended = threading.Event()

    def write() -> None:
        value = 0
        while not ended.is_set():
            value = (value + 1) % 256
            put(writer, value, 320, 180)

    thread = threading.Thread(target=write)
    thread.start()
    number, read = 0, 0
    try:
        while read < 60:
            picture = buffer.newest(number)
            if picture is not None:
                raw = bytes(picture.pixels)
                assert raw == raw[:1] * len(raw)
                assert picture.number > number
                number, read = picture.number, read + 1
    finally:
        ended.set()
        thread.join()
        writer.close()
        buffer.close()


def test_writer_that_takes_over_goes_on_counting(buffer: FrameBuffer) -> None:
    first = FrameWriter(buffer.name)
    put(first, 1)
    first.begin(8, 4).release()  # it dies in the middle of a picture
    first.close()
    second = FrameWriter(buffer.name)
    put(second, 2)

    picture = buffer.newest(after=1)
    assert picture is not None
    assert (picture.number, bytes(picture.pixels[:1])) == (2, b"\x02")
    second.close()


@pytest.mark.parametrize("end", ["pass", "import os; os._exit(1)", "os.kill(os.getpid(), 9)"])
def test_process_that_attached_and_ended_leaves_the_segment(buffer: FrameBuffer, end: str) -> None:
    """The known trap: before Python 3.13 its resource tracker took the segment along."""
    code = (
        "import os\nfrom console.video.frames import FrameWriter\n"
        f"writer = FrameWriter({buffer.name!r})\n"
        "with writer.begin(8, 4) as view:\n    view[:] = b'x' * len(view)\n"
        "writer.publish(8, 4, 1.0)\n"
        f"{end}\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)

    assert done.stderr == b""
    again = FrameWriter(buffer.name)  # still there
    again.close()
    picture = buffer.newest()
    assert picture is not None
    assert bytes(picture.pixels[:4]) == b"xxxx"


def test_closed_buffer_is_gone_while_its_writer_goes_on_unharmed() -> None:
    buffer = FrameBuffer(SMALL)
    writer = FrameWriter(buffer.name)
    buffer.close()
    buffer.close()
    put(writer, 3)
    writer.close()

    with pytest.raises(FileNotFoundError):
        FrameWriter(buffer.name)
    assert not Path("/dev/shm", buffer.name).exists()


def test_sizes_and_segments_of_others_are_refused(buffer: FrameBuffer) -> None:
    from multiprocessing.shared_memory import SharedMemory  # noqa: PLC0415 - this test's alone

    for size in (Size(0, 4), Size(4, 9_000)):
        with pytest.raises(FrameError):
            FrameBuffer(size)
    writer = FrameWriter(buffer.name)
    for width, height in ((9, 4), (0, 1), (1, 100)):
        with pytest.raises(FrameError):
            writer.begin(width, height)
    writer.close()
    other = SharedMemory(create=True, size=256)
    try:
        with pytest.raises(FrameError, match="no pictures"):
            FrameWriter(other.name)
    finally:
        other.close()
        other.unlink()
