"""A camera process of the field on free ports, and what it says of itself."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import aiohttp

from backend_bridge.contract.times import to_ms
from backend_bridge.field.cameras.messages import Begin, CameraSpec
from backend_bridge.field.cameras.process import Cameras

EVENING = datetime(2026, 1, 15, 21, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Served:
    """Cameras that are served, and where."""

    cameras: Cameras
    http: str
    rtsp: str

    async def status(self) -> Any:
        async with aiohttp.ClientSession() as session, session.get(f"{self.http}/cameras") as reply:
            return await reply.json()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def begin(*streams: str, speed: float = 1.0) -> Begin:
    cameras = tuple(
        CameraSpec(id=f"CAM-{n}", number=n, name=f"Caméra {n}", stream=stream)
        for n, stream in enumerate(streams, 1)
    )
    return Begin(
        seed=7,
        place=(5.04, 47.32),
        start_ms=to_ms(EVENING),
        began_s=time.monotonic(),
        speed=speed,
        cameras=cameras,
    )


@contextlib.asynccontextmanager
async def serve(*, rtsp: bool = False) -> AsyncIterator[Served]:
    """Serve CAM-1 and CAM-2 over HTTP, and CAM-3 over RTSP if asked."""
    port, other = free_port(), free_port()
    http = f"http://127.0.0.1:{port}"
    streams = [f"{http}/camera/1", f"{http}/camera/2"]
    if rtsp:
        streams.append(f"rtsp://127.0.0.1:{other}/camera/3")
    cameras = Cameras(begin(*streams))
    await cameras.start()
    try:
        yield Served(cameras, http, f"rtsp://127.0.0.1:{other}")
    finally:
        await cameras.stop()
