"""The camera process through its front door; ffmpeg and GStreamer look at it."""

from __future__ import annotations

import asyncio
import io
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import psutil
import pytest
from aiohttp.test_utils import TestClient, TestServer
from PIL import Image, ImageStat

from backend_bridge.contract.points import Equipment
from backend_bridge.core.driver import LinkConfig
from backend_bridge.core.simulation import FaultError
from backend_bridge.drivers.registry import Registry
from backend_bridge.field.cameras.addresses import is_ours, serving
from backend_bridge.field.cameras.messages import CameraSpec
from backend_bridge.field.cameras.process import Cameras, checked
from backend_bridge.field.cameras.rtsp import RtspServer
from backend_bridge.field.control import make_app
from backend_bridge.field.world import World
from backend_bridge.territory.records import Uplink
from tests.fakes.clock import ManualClock
from tests.fakes.peers import require_peer
from tests.fakes.served_cameras import EVENING, Served, begin, free_port, serve
from tests.fakes.waiting import until


class Eyes:
    """One open connection, read part by part."""

    def __init__(self, reply: aiohttp.ClientResponse) -> None:
        self._reader = aiohttp.MultipartReader.from_response(reply)

    async def see(self, timeout_s: float = 5.0) -> bytes:
        """Return the next part's bytes."""
        async with asyncio.timeout(timeout_s):
            part = await self._reader.next()
            assert isinstance(part, aiohttp.BodyPartReader)
            return bytes(await part.read())

    async def see_the_end(self) -> None:
        """Read on until there is nothing more to read, or raise."""
        while True:
            await self.see()


@asynccontextmanager
async def watching(url: str) -> AsyncIterator[Eyes]:
    async with aiohttp.ClientSession() as session, session.get(url) as reply:
        assert reply.status == 200
        yield Eyes(reply)


async def _run(*command: str) -> str:
    process = await asyncio.create_subprocess_exec(*command, stdout=-1, stderr=subprocess.STDOUT)
    async with asyncio.timeout(30):
        out, _ = await process.communicate()
    return out.decode(errors="replace")


# -- watching ------------------------------------------------------------------------------------


@pytest.mark.peer
async def test_ffmpeg_takes_the_stream_at_its_rate_and_size(served: Served, tmp_path: Path) -> None:
    require_peer("ffmpeg")
    url = f"{served.http}/camera/1?width=320&height=180&fps=25"

    probe = "stream=codec_name,width,height"
    said = await _run("ffprobe", "-v", "error", "-show_entries", probe, "-of", "csv=p=0", url)
    assert said.strip() == "mjpeg,320,180"
    await _run(
        *("ffmpeg", "-v", "error", "-i", url, "-frames:v", "12", "-vsync", "passthrough"),
        str(tmp_path / "%02d.png"),
    )
    pictures = [path.read_bytes() for path in _files(tmp_path)]

    assert len(pictures) == 12
    assert len(set(pictures)) > 6  # one drawn late on a busy machine is sent once more


async def test_one_drawing_serves_every_watcher_and_none_costs_nothing(served: Served) -> None:
    urls = [f"{served.http}/camera/1?fps=10"] * 5 + [f"{served.http}/camera/1?width=160"]
    async with asyncio.TaskGroup() as group:
        ready, done = asyncio.Barrier(len(urls) + 1), asyncio.Event()

        async def look(url: str) -> None:
            async with watching(url) as eyes:
                await eyes.see()
                await ready.wait()
                await done.wait()

        for url in urls:
            group.create_task(look(url))
        await ready.wait()
        status = await served.status()
        done.set()

    found = sorted((one["width"], one["watchers"]) for one in status["watched"])
    assert found == [(160, 1), (640, 5)]

    await _nobody_watches(served)
    child = psutil.Process(_child(served.cameras))
    drawn = await _drawn_so_far(served)
    spent = child.cpu_times()
    await asyncio.sleep(0.6)  # that nothing happens takes time to see
    now = child.cpu_times()
    assert (await served.status())["pictures"] == drawn
    assert (now.user + now.system) - (spent.user + spent.system) <= 0.03


async def test_watchers_of_one_drawing_get_the_same_pictures(served: Served) -> None:
    url = f"{served.http}/camera/1?fps=8"
    async with watching(url) as one, watching(url) as other:
        seen_by_one = {await one.see() for _ in range(8)}
        seen_by_other = {await other.see() for _ in range(8)}

    assert len(seen_by_one & seen_by_other) >= 5


async def test_still_sub_stream_and_refusals(served: Served) -> None:
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{served.http}/camera/2/still?width=200&height=100") as reply:
            picture = Image.open(io.BytesIO(await reply.read()))
            assert (reply.content_type, picture.size) == ("image/jpeg", (200, 100))
        for path, status in (
            ("/camera/99", 404),
            ("/camera/1/../../etc/passwd", 404),
            ("/camera/1?width=9000", 400),
            ("/camera/1?fps=nan", 400),
            ("/camera/1?height=x", 400),
        ):
            async with session.get(served.http + path) as reply:
                assert reply.status == status, path


# -- faults --------------------------------------------------------------------------------------


async def test_frozen_camera_repeats_its_picture_until_it_is_mended(served: Served) -> None:
    async with watching(f"{served.http}/camera/1?fps=25") as eyes:
        assert await eyes.see() != await eyes.see()
        await served.cameras.inject("CAM-1", "frozen", {})
        last = b""
        async with asyncio.timeout(5):
            while last != (last := await eyes.see()):
                continue
        assert {await eyes.see() for _ in range(5)} == {last}
        await served.cameras.clear("CAM-1")
        async with asyncio.timeout(5):
            while await eyes.see() == last:
                continue


async def test_stuck_sensor_lets_the_clock_go_on(served: Served) -> None:
    await served.cameras.inject("CAM-1", "frozen", {"clock": True})
    async with watching(f"{served.http}/camera/1?fps=10") as eyes:
        pictures = [Image.open(io.BytesIO(await eyes.see())).convert("L") for _ in range(12)]
    street, clock = (0, 40, 640, 320), (140, 330, 640, 360)

    assert len({picture.crop(street).tobytes() for picture in pictures}) == 1
    assert len({picture.crop(clock).tobytes() for picture in pictures}) > 3


async def test_black_garbage_silent_late_and_lost(served: Served) -> None:
    cameras, url = served.cameras, f"{served.http}/camera/1?fps=10"

    await cameras.inject("CAM-1", "black", {})
    async with watching(url) as eyes:
        picture = Image.open(io.BytesIO(await eyes.see())).crop((0, 40, 640, 320))
        assert ImageStat.Stat(picture).mean == pytest.approx([0, 0, 0], abs=2)

    await cameras.inject("CAM-1", "garbage", {})
    async with watching(url) as eyes:
        with pytest.raises(OSError, match="cannot identify"):
            Image.open(io.BytesIO(await eyes.see()))

    await cameras.inject("CAM-1", "silent", {})
    async with watching(url) as eyes:
        with pytest.raises(TimeoutError):
            await eyes.see(0.5)

    await cameras.inject("CAM-1", "late", {"delay_s": 0.5})
    async with watching(url) as eyes:
        await eyes.see()
        await eyes.see()  # the first two come as soon as one begins to watch
        began = asyncio.get_running_loop().time()
        await eyes.see()
        assert 0.3 < asyncio.get_running_loop().time() - began < 3

    await cameras.clear("CAM-1")
    async with watching(url) as eyes:
        await eyes.see()
        await cameras.inject("CAM-1", "lost", {})
        with pytest.raises((aiohttp.ClientError, AssertionError)):
            await eyes.see_the_end()
    with pytest.raises(aiohttp.ClientError):
        async with watching(url):
            pass
    async with watching(f"{served.http}/camera/2") as eyes:  # the others go on
        assert await eyes.see()


async def test_silent_camera_forgets_watchers_that_left(served: Served) -> None:
    await served.cameras.inject("CAM-1", "silent", {})
    async with watching(f"{served.http}/camera/1"):
        assert (await served.status())["watched"]

    await _nobody_watches(served)


@pytest.mark.parametrize(
    ("fault", "parameters", "said"),
    [
        ("eaten", {}, "eaten"),
        ("black", {"delay_s": 1}, "nothing"),
        ("late", {"delay_s": "soon"}, "soon"),
        ("late", {"delay_s": True}, "True"),
        ("late", {"delay_s": -1}, "0.2"),
        ("frozen", {"clock": 1}, "bool"),
    ],
)
def test_wrong_faults_are_refused(fault: str, parameters: dict[str, Any], said: str) -> None:
    with pytest.raises(FaultError, match=said):
        checked("CAM-1", fault, parameters)


@dataclass(frozen=True)
class Nowhere:
    """A city without equipment."""

    links: tuple[LinkConfig, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    centre: tuple[float, float] = (5.04, 47.32)
    uplinks: tuple[Uplink, ...] = ()
    uplink_of: Mapping[str, str] = field(default_factory=dict)


async def test_control_address_breaks_and_mends_cameras(served: Served) -> None:
    world = World(Nowhere(), Registry([]), start=EVENING, seed=1, speed=1, clock=ManualClock())
    async with TestClient(TestServer(make_app(world, served.cameras))) as client:
        body = {"equipment": "CAM-2", "fault": "late", "delay_s": 1.5}
        reply = await client.post("/fault", json=body)
        assert await reply.json() == {"camera": "CAM-2", "faults": {"late": {"delay_s": 1.5}}}
        health = await (await client.get("/health")).json()
        assert (health["cameras"], health["faulty_cameras"]) == (2, 1)
        assert (await served.status())["faults"] == {"CAM-2": "late"}

        reply = await client.post("/fault", json={"equipment": "CAM-2", "fault": "dead"})
        assert reply.status == 400
        assert "late" in (await reply.json())["error"]  # it says which there are
        reply = await client.post("/clear", json={"equipment": "CAM-2", "fault": "black"})
        assert reply.status == 400
        reply = await client.post("/clear", json={})
        assert reply.status == 200
        assert (await served.status())["faults"] == {}


# -- the process ---------------------------------------------------------------------------------


async def test_port_in_use_is_an_error_that_says_so() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        cameras = Cameras(begin(f"http://127.0.0.1:{port}/camera/1"))
        with pytest.raises(OSError, match="address"):
            await cameras.start()


async def test_no_camera_of_ours_starts_no_process() -> None:
    cameras = Cameras(begin("http://192.0.2.7/camera/1", "rtsp://camera.example/1", ""))
    await cameras.start()

    assert (len(cameras), "CAM-1" in cameras, cameras.addresses) == (0, False, ())
    await cameras.stop()


async def test_process_that_dies_is_said(served: Served, expected_events: list[str]) -> None:
    expected_events.append("cameras_ended")
    pid = _child(served.cameras)
    os.kill(pid, 9)
    await until(lambda: not psutil.pid_exists(pid), what="its end")
    with pytest.raises(aiohttp.ClientError):
        await served.status()


async def test_process_ends_with_the_field_that_started_it() -> None:
    port = free_port()
    code = (
        "import asyncio, os\n"
        "from tests.fakes.served_cameras import begin\n"
        "from backend_bridge.field.cameras.process import Cameras\n"
        "async def main():\n"
        f"    cameras = Cameras(begin('http://127.0.0.1:{port}/camera/1'))\n"
        "    await cameras.start()\n"
        "    print(cameras._child.pid, flush=True)\n"
        "    os._exit(1)\n"
        "asyncio.run(main())\n"
    )
    out = await _run(sys.executable, "-c", code)
    pid = int(out.splitlines()[-1])

    await until(lambda: not _runs(pid), what="the orphan's end")


def test_only_addresses_on_this_machine_are_ours() -> None:
    streams = [
        "http://127.0.0.1:8001/camera/1",
        "rtsp://localhost:8002/camera/2",
        "rtsp://10.0.0.1/camera/3",
        "http://[::",
        "http://127.0.0.1:999999/x",
        "file:///etc/passwd",
    ]
    cameras = [
        CameraSpec(id=str(n), number=n, name="", stream=stream) for n, stream in enumerate(streams)
    ]
    found = serving(cameras)

    assert [is_ours(stream) for stream in streams] == [True, True, False, False, False, False]
    assert set(found.by_path) == {"/camera/1", "/camera/2"}
    assert found.http == (("127.0.0.1", 8001),)
    assert found.rtsp == {("127.0.0.1", 8002): ("/camera/2",)}


# -- RTSP ----------------------------------------------------------------------------------------


@pytest.mark.peer
async def test_gstreamer_serves_the_camera_as_h264_that_ffmpeg_takes(
    tmp_path: Path,
) -> None:
    require_peer("gst-rtsp-server")
    require_peer("ffmpeg")
    async with serve(rtsp=True) as served:
        said = await _run(
            *("ffprobe", "-v", "error", "-rtsp_transport", "tcp", "-of", "csv=p=0"),
            *("-analyzeduration", "500000", "-probesize", "100000"),
            *("-show_entries", "stream=codec_name,width,height", f"{served.rtsp}/camera/3"),
        )
        assert said.strip() == "h264,640,360"
        await _run(
            *("ffmpeg", "-v", "error", "-analyzeduration", "500000", "-probesize", "100000"),
            *("-rtsp_transport", "tcp", "-i", f"{served.rtsp}/camera/3"),
            *("-frames:v", "8", "-vsync", "passthrough", str(tmp_path / "%02d.png")),
        )
        pictures = [Image.open(path).convert("L") for path in _files(tmp_path)]
        assert len(pictures) == 8
        label = pictures[-1].crop((4, 4, 120, 24)).histogram()
        assert sum(label[:40]) > 300  # the camera's number, white on dark
        assert sum(label[200:]) > 30

        await _nobody_watches(served)  # and nothing is drawn for those who have left


@pytest.mark.peer
async def test_rtsp_port_in_use_is_said() -> None:
    require_peer("gst-rtsp-server")
    server = RtspServer()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        note = await server.start("127.0.0.1", port, {"/camera/1": "http://127.0.0.1:1/"})
    await server.stop()

    assert f"port {port}" in note
    assert "taken" in note


async def test_without_gstreamer_it_says_what_to_install(tmp_path: Path) -> None:
    server = RtspServer(python=tmp_path / "python3")
    note = await server.start("127.0.0.1", free_port(), {"/camera/1": "http://127.0.0.1:1/"})

    assert "gir1.2-gst-rtsp-server-1.0" in note
    await server.stop()


def _files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


async def _nobody_watches(served: Served, timeout_s: float = 8.0) -> None:
    async with asyncio.timeout(timeout_s):
        while (await served.status())["watched"]:  # noqa: ASYNC110 - another process tells
            await asyncio.sleep(0.02)


async def _drawn_so_far(served: Served) -> int:
    """Return how many pictures were drawn, once what was being drawn is drawn."""
    drawn = -1
    while drawn != (  # noqa: ASYNC110 - another process tells
        drawn := int((await served.status())["pictures"])
    ):
        await asyncio.sleep(0.3)
    return drawn


def _child(cameras: Cameras) -> int:
    child = cameras._child
    assert child is not None
    return child.pid


def _runs(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
