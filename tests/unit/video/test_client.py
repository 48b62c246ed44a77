"""The supervisor against real processes that die, hang and talk nonsense; no decoder needed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import psutil
import pytest

from console.video import child as child_module
from console.video.child import MUTE_BEATS, SLOW_BEATS
from console.video.client import SPARE_LATER_S, Size, StreamState, Tile, VideoClient
from console.video.protocol import BEAT_S
from tests.fakes.clock import ManualClock
from tests.fakes.segments import left, mapped
from tests.fakes.waiting import until_sync

FAKE = (sys.executable, "-m", "tests.fakes.video_worker")
SMALL, OTHER = Size(16, 9), Size(32, 18)
ERRORS = ("another one takes over",)


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def client(said: list[str]) -> Iterator[VideoClient]:
    one = VideoClient(2, said.append, command=FAKE)
    one.start()
    yield one
    one.stop()


def until_ticked(
    client: VideoClient, predicate: Callable[[], object], what: str, timeout_s: float = 20.0
) -> float:
    """Tick until it holds; return the seconds that took."""

    def ticked() -> object:
        client.tick()
        return predicate()

    began_s = time.monotonic()
    until_sync(ticked, timeout_s=timeout_s, what=what)
    return time.monotonic() - began_s


def settle(client: VideoClient, *tiles: Tile) -> None:
    """Wait until every tile has a picture and the spare stands by."""
    seen: set[Tile] = set()

    def all_seen() -> bool:
        seen.update(tile for tile in tiles if tile.read() is not None)
        return len(seen) == len(tiles) and all(map(_speaks, [*client._workers, client._spare]))

    until_ticked(client, all_seen, "pictures and a spare")


def _speaks(child: object) -> bool:
    return bool(getattr(child, "spoke", False))


def test_tiles_of_one_camera_share_a_stream_and_sizes_have_buffers(client: VideoClient) -> None:
    before = mapped()
    tiles = [client.want("C1", "paint:", size) for size in (SMALL, SMALL, OTHER)]
    other = client.want("C22", "paint:", SMALL)
    settle(client, *tiles, other)

    assert len(mapped() - before) == 3
    workers = [client._cameras[camera].worker for camera in ("C1", "C22")]
    assert workers[0] is not workers[1]  # the load is shared out
    until_ticked(client, lambda: other.status.state is StreamState.LIVE, "live")
    picture = other.read()
    if picture is None:
        until_ticked(client, lambda: (p := other.read()) is not None and p.pixels[0] == 3, "C22")
    for tile in (*tiles, other):
        tile.release()
        tile.release()
        assert tile.read() is None
    assert mapped() == before


def test_state_of_an_earlier_wish_is_not_told_of_a_new_one(client: VideoClient) -> None:
    tile = client.want("C1", "paint:", SMALL)
    until_ticked(client, lambda: tile.status.state is StreamState.LIVE, "live")
    tile.release()
    again = client.want("C1", "paint:", SMALL)

    assert again.status.state is StreamState.CONNECTING
    until_ticked(client, lambda: again.status.state is StreamState.LIVE, "live again")


def test_release_of_one_tile_leaves_the_other_running(client: VideoClient) -> None:
    one, two = client.want("C1", "paint:", SMALL), client.want("C1", "paint:", SMALL)
    settle(client, one, two)
    one.release()
    two.read()

    until_ticked(client, lambda: two.read() is not None, "another picture")


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP])
def test_worker_that_dies_or_hangs_is_replaced(
    client: VideoClient, said: list[str], expected_logs: list[str], number: signal.Signals
) -> None:
    expected_logs.extend(ERRORS)
    tiles = [client.want(f"C{n}", "paint:", SMALL) for n in range(4)]
    settle(client, *tiles)
    gone = client._workers[0]
    hit = [tile for tile in tiles if client._cameras[tile.camera].worker is gone]
    spared = [tile for tile in tiles if tile not in hit]
    held = {tile: client._cameras[tile.camera].worker for tile in spared}
    assert hit
    assert spared
    os.kill(gone.pid, number)
    for tile in tiles:
        tile.read()

    fresh: set[Tile] = set()

    def hit_have_pictures() -> bool:
        if client.replaced:
            fresh.update(tile for tile in hit if tile.read() is not None)
        return len(fresh) == len(hit)

    until_ticked(client, hit_have_pictures, "pictures again")  # how soon: bench wall
    assert said == ["video.worker.replaced"]
    assert client.replaced == 1
    for tile in spared:  # the others never noticed
        assert client._cameras[tile.camera].worker is held[tile]
        assert tile.status.state is StreamState.LIVE
    until_ticked(client, lambda: not psutil.pid_exists(gone.pid), "the end of the old one")
    until_ticked(client, lambda: len(client.pids) == 3, "a new spare")


def test_picture_stays_while_the_worker_changes(
    client: VideoClient, expected_logs: list[str]
) -> None:
    expected_logs.extend(ERRORS)
    tile = client.want("C1", "paint:", SMALL)
    settle(client, tile)
    until_ticked(client, lambda: tile.status.state is StreamState.LIVE, "live")
    worker = client._cameras["C1"].worker
    assert worker is not None
    os.kill(worker.pid, signal.SIGKILL)
    until_ticked(client, lambda: client.replaced, "a replacement")

    assert client._cameras["C1"].buffers[SMALL].newest() is not None
    assert tile.status.state in (StreamState.CONNECTING, StreamState.LIVE)


def test_nonsense_ends_a_worker_not_the_console(
    client: VideoClient, expected_logs: list[str]
) -> None:
    expected_logs.extend((*ERRORS, "nonsense"))
    good = client.want("C1", "paint:", SMALL)
    settle(client, good)
    bad = client.want("C2", "nonsense:", SMALL)
    until_ticked(client, lambda: client.replaced, "a replacement")
    bad.release()

    good.read()
    until_ticked(client, lambda: good.read() is not None, "the good one's pictures")


def test_stream_that_kills_every_worker_is_slowed_down(
    client: VideoClient, expected_logs: list[str]
) -> None:
    expected_logs.extend(ERRORS)
    client.want("C2", "die:", SMALL)
    began_s = time.monotonic()
    until_ticked(client, lambda: client.replaced >= 3, "three ends")
    assert client._next_start_s > began_s
    assert client._next_start_s - client._last_end_s >= 1.0


def test_interface_that_hung_blames_no_worker(client: VideoClient, said: list[str]) -> None:
    tile = client.want("C1", "paint:", SMALL)
    settle(client, tile)
    time.sleep(MUTE_BEATS * BEAT_S * 2)  # the interface's thread is away, and calls nothing
    client.tick()

    assert client.replaced == 0
    assert said == []


def test_console_that_was_stopped_whole_blames_no_worker() -> None:
    """A laptop that slept, a breakpoint, Ctrl+Z: it waited for nobody meanwhile."""
    code = (
        "import sys, time\n"
        "from console.video.client import VideoClient, Size\n"
        f"client = VideoClient(1, command={FAKE!r})\n"
        "client.start()\n"
        "tile = client.want('C1', 'paint:', Size(16, 9))\n"
        "while tile.read() is None or not client._spare.spoke:\n"
        "    client.tick(); time.sleep(0.01)\n"
        "print('ready', flush=True)\n"
        "sys.stdin.readline()\n"
        "for _ in range(30):\n    client.tick(); time.sleep(0.01)\n"
        "print(client.replaced)\n"
        "client.stop()\n"
    )
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=pipe, stdout=pipe, text=True
    ) as console:
        assert console.stdin is not None
        assert console.stdout is not None
        assert console.stdout.readline() == "ready\n"
        for _ in range(3):
            console.send_signal(signal.SIGSTOP)
            time.sleep(MUTE_BEATS * BEAT_S * 1.5)
            console.send_signal(signal.SIGCONT)
        console.stdin.write("\n")
        console.stdin.flush()
        assert console.stdout.readline() == "0\n"


def test_worker_that_hangs_is_known_without_the_interface(
    client: VideoClient, expected_logs: list[str]
) -> None:
    expected_logs.extend(ERRORS)
    tile = client.want("C1", "paint:", SMALL)
    settle(client, tile)
    worker = client._cameras["C1"].worker
    assert worker is not None
    os.kill(worker.pid, signal.SIGSTOP)
    until_sync(lambda: worker.silent, what="the worker called silent, no tick called")
    client.tick()

    assert client.replaced == 1, "the first tick after acts: it does not wait to be sure"
    assert worker.pid not in client.pids


def test_worker_that_works_and_says_nothing_gets_more_time(
    client: VideoClient, expected_logs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a machine without room a worker is late; that is no reason to start one more."""
    expected_logs.extend(ERRORS)
    looked: list[int] = []

    def at_work(pid: int) -> tuple[str, ...]:
        looked.append(pid)
        return ("R",)

    worker = client._workers[0]
    until_sync(lambda: worker.spoke, what="its first beat")
    monkeypatch.setattr(child_module, "_signs_of_life", at_work)
    os.kill(worker.pid, signal.SIGSTOP)
    until_sync(lambda: looked.count(worker.pid) > MUTE_BEATS, what="more beats that do not come")
    assert not worker.silent
    until_sync(lambda: worker.silent, what="the end of all patience")
    assert looked.count(worker.pid) >= SLOW_BEATS


def test_signs_of_life_change_while_a_process_comes_to_run_and_stand_while_it_is_stopped() -> None:
    code = "import time\nprint(flush=True)\nwhile True: time.sleep(0.01)"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as one:
        assert one.stdout is not None
        one.stdout.readline()
        first = child_module._signs_of_life(one.pid)
        until_sync(lambda: child_module._signs_of_life(one.pid)[1:] != first[1:], what="it running")
        one.send_signal(signal.SIGSTOP)
        until_sync(lambda: child_module._signs_of_life(one.pid)[0] == "T", what="it stopped")
        assert child_module._signs_of_life(one.pid) == child_module._signs_of_life(one.pid)
        one.kill()
    assert child_module._signs_of_life(one.pid) == ("",)


def test_worker_that_never_speaks_is_given_up(
    expected_logs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected_logs.extend(ERRORS)
    monkeypatch.setattr(child_module, "START_BEATS", 3)
    client = VideoClient(1, command=("sleep", "60"))
    client.start()
    first = client.pids
    try:
        until_ticked(client, lambda: client.replaced, "another one")
        assert not set(client.pids) & set(first[:1])
    finally:
        client.stop()


def test_worker_that_cannot_start_is_said(said: list[str], expected_logs: list[str]) -> None:
    expected_logs.append("does not start")
    client = VideoClient(1, said.append, command=("/nowhere/python",))
    client.start()
    tile = client.want("C1", "paint:", SMALL)

    assert said == ["video.worker.absent"]
    assert tile.status.state is StreamState.CONNECTING
    client.stop()


def test_hundred_opens_and_closes_leave_nothing(client: VideoClient) -> None:
    first = client.want("C0", "paint:", SMALL)
    settle(client, first)
    me = psutil.Process()
    before = (mapped(), me.num_threads(), me.num_fds(), len(client.pids))
    for turn in range(100):
        tiles = [client.want(f"C{n}", "paint:", Size(16 + turn, 9)) for n in range(3)]
        for tile in tiles:
            tile.read()
            tile.release()
        if turn % 20 == 0:
            client.tick()

    assert (mapped(), me.num_threads(), me.num_fds(), len(client.pids)) == before
    assert set(client._cameras) == {"C0"}
    first.read()
    until_ticked(client, lambda: first.read() is not None, "the first camera's pictures")


def test_stop_ends_every_process_and_gives_everything_back(said: list[str]) -> None:
    before = mapped()
    client = VideoClient(2, said.append, command=FAKE)
    client.start()
    tile = client.want("C1", "paint:", SMALL)
    pids = client.pids
    os.kill(pids[0], signal.SIGSTOP)  # one of them does not listen
    client.stop()
    client.tick()

    assert not any(psutil.pid_exists(pid) for pid in pids)
    assert mapped() == before
    assert client.pids == []
    assert tile.status.state is StreamState.CONNECTING
    tile.release()


def test_console_that_is_killed_leaves_no_worker_and_no_segment() -> None:
    code = (
        "import os, time\n"
        "from console.video.client import VideoClient, Size\n"
        f"client = VideoClient(1, command={FAKE!r})\n"
        "client.start()\n"
        "tile = client.want('C1', 'paint:', Size(16, 9))\n"
        "while tile.read() is None:\n    client.tick(); time.sleep(0.01)\n"
        "(buffer,) = client._cameras['C1'].buffers.values()\n"
        "print(buffer.name, *client.pids, flush=True)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    segment, *words = done.stdout.split()
    pids = [int(word) for word in words]

    assert len(pids) == 2
    until_sync(lambda: not any(psutil.pid_exists(pid) for pid in pids), what="the workers' end")
    until_sync(lambda: not left({segment}), what="the segment's end")


def test_console_process_imports_neither_decoder_nor_qt() -> None:
    code = (
        "import sys, console.video.client\n"
        "print([m for m in sys.modules if m.split('.')[0] in ('cv2', 'numpy', 'PySide6')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_a_picture_that_hangs_is_called_so_through_its_workers_end_and_another_size(
    client: VideoClient, expected_logs: list[str]
) -> None:
    expected_logs.extend(ERRORS)
    tile = client.want("C1", "hang:", SMALL)
    until_ticked(client, lambda: tile.status.state is StreamState.FROZEN, "frozen")
    settle(client, tile)
    worker = client._cameras["C1"].worker
    assert worker is not None
    changed_s = worker.facts["C1"].changed_s
    os.kill(worker.pid, signal.SIGKILL)
    states: set[StreamState] = set()

    def told_on() -> bool:
        states.add(tile.status.state)
        now = client._cameras["C1"].worker
        return now is not worker and now is not None and "C1" in now.facts

    until_ticked(client, told_on, "the spare's word")
    assert states == {StreamState.FROZEN}, "never called live or connecting between"
    now = client._cameras["C1"].worker
    assert now is not None
    assert now.facts["C1"].changed_s <= changed_s + 1, "its age counts on"
    tile.release()
    larger = client.want("C1", "hang:", OTHER)
    assert larger.status.state is StreamState.FROZEN


def test_the_spare_after_a_workers_end_waits_until_its_streams_are_back(
    said: list[str], expected_logs: list[str]
) -> None:
    expected_logs.extend(ERRORS)
    clock = ManualClock()
    one = VideoClient(1, said.append, command=FAKE, clock=clock)
    one.start()
    try:
        first, spare = one.pids
        os.kill(first, signal.SIGKILL)
        until_ticked(one, lambda: one.replaced, "a replacement")
        assert one.pids == [spare], "no other process takes the processor yet"
        clock.advance(SPARE_LATER_S)
        one.tick()
        assert len(one.pids) == 2
    finally:
        one.stop()
