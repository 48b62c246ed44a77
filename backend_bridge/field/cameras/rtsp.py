"""RTSP beside MJPEG, where GStreamer's RTSP server is installed: a child process of ours runs it.

GStreamer's Python bindings are Debian's and belong to Debian's Python; so the child is a small
script (``rtsp_child.py``) for that interpreter, which takes our own MJPEG and makes H.264 of it
while somebody watches. A camera's fault reaches its RTSP watchers the same way.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping
from pathlib import Path
from subprocess import DEVNULL, PIPE

import msgspec

SYSTEM_PYTHON = Path("/usr/bin/python3")
PACKAGES = (
    "gir1.2-gst-rtsp-server-1.0",
    "gstreamer1.0-plugins-base",
    "gstreamer1.0-plugins-good",
    "gstreamer1.0-plugins-bad",
    "gstreamer1.0-plugins-ugly",
    "python3-gi",
)
"""What Debian calls everything the child needs."""
_CHILD = Path(__file__).with_name("rtsp_child.py")
_START_S = 15.0
_STOP_S = 3.0


class RtspServer:
    """Run GStreamer's RTSP server, one child for each port. On one loop."""

    def __init__(self, python: Path = SYSTEM_PYTHON) -> None:
        self._python = python
        self._children: list[asyncio.subprocess.Process] = []

    async def start(self, host: str, port: int, mounts: Mapping[str, str]) -> str:
        """Serve mounts, path to the address of its MJPEG; return why not, or nothing."""
        if not self._python.exists():
            return _absent(f"there is no {self._python}")
        child = await asyncio.create_subprocess_exec(
            str(self._python), "-I", str(_CHILD), stdin=PIPE, stdout=PIPE, stderr=DEVNULL
        )
        if child.stdin is None or child.stdout is None:
            raise AssertionError("its pipes were asked for")
        self._children.append(child)
        said = b""
        with contextlib.suppress(TimeoutError, ConnectionError):
            async with asyncio.timeout(_START_S):
                setup = {"host": host, "port": port, "mounts": dict(mounts)}
                child.stdin.write(msgspec.json.encode(setup) + b"\n")
                await child.stdin.drain()
                said = await child.stdout.readline()
        word, _, reason = said.decode(errors="replace").strip().partition(" ")
        if word == "ready":
            return ""
        await self._end(child)
        self._children.remove(child)
        if word == "refused":
            return f"RTSP is not served on port {port}: {reason}."
        return _absent(reason or "its child process ended")

    async def stop(self) -> None:
        """End every child and wait for it."""
        while self._children:
            await self._end(self._children.pop())

    async def _end(self, child: asyncio.subprocess.Process) -> None:
        if child.stdin is not None:
            child.stdin.close()  # it ends when nobody speaks to it any more
        try:
            async with asyncio.timeout(_STOP_S):
                await child.wait()
        except TimeoutError:
            child.kill()
            await child.wait()


def _absent(reason: str) -> str:
    return (
        f"RTSP is not served ({reason}): cameras with an rtsp:// stream show nothing. "
        f"Install the Debian packages {' '.join(PACKAGES)}."
    )
