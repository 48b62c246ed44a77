"""The cameras' pictures over HTTP: MJPEG for those who watch, one JPEG for those who ask.

``/camera/7?width=320&height=180&fps=5`` is a sub-stream, ``/camera/7/still`` one picture,
``/cameras`` what is watched and what it costs. On 127.0.0.1 only.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

import msgspec
from aiohttp import web

from backend_bridge.contract.times import Clock
from backend_bridge.field.cameras import messages
from backend_bridge.field.cameras.feed import HEALTHY, City, Drawn, Feed
from backend_bridge.field.cameras.messages import CameraSpec, SetFault
from backend_bridge.field.cameras.scene import Size

DEFAULT_FPS = 12.0
WIDTHS, HEIGHTS, RATES = (64, 1920), (36, 1080), (0.2, 30.0)
BOUNDARY = "picture"
_SCENES_KEPT = 24
"""Feeds nobody watches that are kept, because a street is dear to draw and soon wanted again."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a query asks for."""

    size: Size
    fps: float


class CameraService:
    """Serve pictures of cameras by the path of their address. On one loop.

    Args:
        cameras: by path, ``/camera/7``.
        city: its seed and place.
        now: tells the simulated time.
        clock: steady time.
    """

    def __init__(
        self,
        cameras: Mapping[str, CameraSpec],
        city: City,
        *,
        now: Callable[[], datetime],
        clock: Clock,
    ) -> None:
        self._cameras = dict(cameras)
        self._city = city
        self._now = now
        self._clock = clock
        self._faults: dict[str, SetFault] = {}
        self._feeds: dict[tuple[str, Size], Feed] = {}
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="drawing")
        self.drawn = Drawn()

    def app(self) -> web.Application:
        """Return an application that serves every camera; several may run."""
        app = web.Application()
        app.router.add_get("/cameras", self._status)
        app.router.add_get("/{path:.+}", self._pictures)
        return app

    def close(self) -> None:
        """Send every watcher away and end the thread that draws."""
        for feed in self._feeds.values():
            feed.end()
        self._executor.shutdown(cancel_futures=True)

    def set_fault(self, fault: SetFault) -> None:
        """Give a camera its fault, or mend it."""
        if fault.fault:
            self._faults[fault.camera] = fault
        else:
            self._faults.pop(fault.camera, None)
        for (camera, _), feed in self._feeds.items():
            if camera == fault.camera:
                feed.set_fault(fault)

    async def _status(self, _request: web.Request) -> web.Response:
        watched = [(key, feed) for key, feed in self._feeds.items() if feed.watchers]
        pictures = self.drawn.pictures
        status = {
            "cameras": len(self._cameras),
            "faults": {camera: fault.fault for camera, fault in self._faults.items()},
            "watched": [
                {"camera": key[0], "width": key[1].width, "watchers": feed.watchers}
                for key, feed in watched
            ],
            "pictures": pictures,
            "mean_ms": round(1000 * self.drawn.seconds / pictures, 2) if pictures else 0.0,
        }
        return web.Response(body=msgspec.json.encode(status), content_type="application/json")

    async def _pictures(self, request: web.Request) -> web.StreamResponse:
        path = request.path
        still = path not in self._cameras and path.endswith("/still")
        camera = self._cameras.get(path.removesuffix("/still") if still else path)
        if camera is None:
            raise web.HTTPNotFound(text=f"no camera has its pictures at {path}")
        wanted = _wanted(request)
        if self._faults.get(camera.id, HEALTHY).fault == messages.LOST:
            return await _hang_up(request)
        feed = self._feed(camera, wanted.size)
        if still:
            return web.Response(body=await feed.still(), content_type="image/jpeg")
        return await self._stream(request, feed, wanted.fps)

    def _feed(self, camera: CameraSpec, size: Size) -> Feed:
        key = (camera.id, size)
        feed = self._feeds.pop(key, None)
        if feed is None:
            feed = Feed(
                camera,
                self._city,
                size,
                now=self._now,
                clock=self._clock,
                executor=self._executor,
                drawn=self.drawn,
            )
            feed.set_fault(self._faults.get(camera.id, HEALTHY))
        self._feeds[key] = feed  # the newest last
        idle = [old for old, other in self._feeds.items() if not other.watchers and other != feed]
        for old in idle[: max(0, len(idle) - _SCENES_KEPT)]:
            del self._feeds[old]
        return feed

    async def _stream(self, request: web.Request, feed: Feed, fps: float) -> web.StreamResponse:
        reply = web.StreamResponse(
            headers={
                "Content-Type": f"multipart/x-mixed-replace;boundary={BOUNDARY}",
                "Cache-Control": "no-store",
            }
        )
        await reply.prepare(request)
        async with feed.watched(fps) as watcher:
            # a watcher that went away is seen when it is written to
            with contextlib.suppress(ConnectionError):
                while (jpeg := await watcher.next_picture()) is not None:
                    await reply.write(_part(jpeg))
        return await _hang_up(request, reply)


async def _hang_up(
    request: web.Request, reply: web.StreamResponse | None = None
) -> web.StreamResponse:
    """Close the connection in the middle of what was being said."""
    if request.transport is not None:
        request.transport.abort()
    await asyncio.sleep(0)
    return reply or web.Response()


def _part(jpeg: bytes) -> bytes:
    head = f"--{BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: {len(jpeg)}\r\n\r\n"
    return head.encode() + jpeg + b"\r\n"


def _wanted(request: web.Request) -> Wanted:
    def number(name: str, default: float, limits: tuple[float, float]) -> float:
        text = request.query.get(name)
        try:
            value = default if text is None else float(text)
        except ValueError:
            value = -1.0
        if not limits[0] <= value <= limits[1]:
            raise web.HTTPBadRequest(text=f"{name} lies between {limits[0]} and {limits[1]}")
        return value

    width = int(number("width", 640, WIDTHS))
    height = int(number("height", round(width * 9 / 16), HEIGHTS))
    return Wanted(Size(width, height), number("fps", DEFAULT_FPS, RATES))
