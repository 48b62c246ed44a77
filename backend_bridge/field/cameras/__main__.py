"""``python -m backend_bridge.field.cameras``: the camera process of ``beffroi-field``.

Started by :class:`backend_bridge.field.cameras.process.Cameras`, which tells it everything on
standard input; it ends when that is closed. Apart from the field, so that drawing a street never
makes a cabinet answer late.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
from aiohttp import web

from backend_bridge.contract.times import SystemClock, from_ms
from backend_bridge.field.cameras.addresses import Serving, serving
from backend_bridge.field.cameras.feed import City
from backend_bridge.field.cameras.messages import (
    Begin,
    FromCameras,
    Ready,
    Refused,
    SetFault,
    ToCameras,
    encode,
)
from backend_bridge.field.cameras.rtsp import RtspServer
from backend_bridge.field.cameras.service import CameraService

_CANNOT_START = 2
_LONGEST_LINE = 64 * 1024 * 1024
_GRACE_S = 0.2


def main() -> int:
    """Serve what the first line says until standard input ends; return the exit code."""
    # an interrupt from the keyboard reaches the field too, which then closes our input
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(5)  # a late picture is a late picture; a late cabinet is an alarm
    return asyncio.run(_serve())


async def _serve() -> int:
    lines = await _standard_input()
    begin = msgspec.json.decode(await lines.readline(), type=Begin)
    clock = SystemClock()
    start = from_ms(begin.start_ms)

    def now() -> datetime:
        return start + timedelta(seconds=(clock.mono_s() - begin.began_s) * begin.speed)

    where = serving(begin.cameras)
    service = CameraService(where.by_path, City(begin.seed, begin.place), now=now, clock=clock)
    runner = web.AppRunner(
        # a watcher that leaves while nothing is sent must stop the drawing all the same
        service.app(),
        access_log=None,
        handler_cancellation=True,
        shutdown_timeout=_GRACE_S,
    )
    await runner.setup()
    rtsp = RtspServer()
    try:
        try:
            addresses = await _listen(runner, where.http)
        except OSError as error:
            _say(Refused(reason=error.strerror or str(error)))
            return _CANNOT_START
        notes = await _start_rtsp(rtsp, where, addresses[0])
        _say(Ready(addresses=tuple(addresses), notes=notes))
        while line := await lines.readline():
            message = msgspec.json.decode(line, type=ToCameras)
            if isinstance(message, SetFault):
                service.set_fault(message)
    finally:
        await rtsp.stop()
        service.close()
        await runner.cleanup()
    return 0


async def _listen(runner: web.AppRunner, places: Sequence[tuple[str, int]]) -> list[str]:
    """Listen on a port of our own, which feeds RTSP, then where the cameras are said to be."""
    for host, port in (("127.0.0.1", 0), *places):
        await web.TCPSite(runner, host, port).start()
    return [f"http://{address[0]}:{address[1]}" for address in runner.addresses]


async def _start_rtsp(rtsp: RtspServer, where: Serving, source: str) -> tuple[str, ...]:
    notes = []
    for (host, port), paths in where.rtsp.items():
        mounts = {path: f"{source}{path}" for path in paths}
        note = await rtsp.start(host, port, mounts)
        if note:
            notes.append(note)
    return tuple(notes)


async def _standard_input() -> asyncio.StreamReader:
    reader = asyncio.StreamReader(limit=_LONGEST_LINE)
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    return reader


def _say(message: FromCameras) -> None:
    sys.stdout.buffer.write(encode(message))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    sys.exit(main())
