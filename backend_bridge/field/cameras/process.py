"""The field's side of its cameras: a child process that draws and serves them."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Mapping
from subprocess import PIPE
from typing import Any

import msgspec
import structlog

from backend_bridge.core.simulation import FaultError
from backend_bridge.field.cameras.addresses import is_ours
from backend_bridge.field.cameras.messages import (
    FAULTS,
    Begin,
    CameraSpec,
    FromCameras,
    Ready,
    Refused,
    SetFault,
    ToCameras,
    encode,
)
from backend_bridge.territory.model import Territory

START_S = 30.0
_STOP_S = 8.0

_log = structlog.get_logger(__name__)


class Cameras:
    """Serve a territory's cameras on the addresses of their streams, from a process of their own.

    Args:
        begin: everything that process must know; cameras served elsewhere are left alone.
    """

    def __init__(self, begin: Begin) -> None:
        ours = tuple(camera for camera in begin.cameras if is_ours(camera.stream))
        self._begin = msgspec.structs.replace(begin, cameras=ours)
        self._ids = {camera.id for camera in ours}
        self._faults: dict[str, dict[str, Any]] = {}
        self._child: asyncio.subprocess.Process | None = None
        self._watching: asyncio.Task[None] | None = None
        self.addresses: tuple[str, ...] = ()

    @property
    def faults(self) -> Mapping[str, Mapping[str, Any]]:
        """Return the cameras that have a fault now, and which."""
        return self._faults

    def __contains__(self, equipment: object) -> bool:
        """Return whether an equipment is a camera served here."""
        return equipment in self._ids

    def __len__(self) -> int:
        """Return how many cameras are served."""
        return len(self._ids)

    async def start(self) -> None:
        """Serve every camera; no camera, no process.

        Raises:
            OSError: an address cannot be served, or the process does not start.
        """
        if not self._ids:
            return
        self._child = child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "backend_bridge.field.cameras"),
            stdin=PIPE,
            stdout=PIPE,
            limit=16 * 1024 * 1024,
        )
        try:
            async with asyncio.timeout(START_S):
                await self._send(self._begin)
                answer = await self._answer(child)
        except (TimeoutError, ConnectionError, msgspec.DecodeError) as error:
            await self.stop()
            raise OSError(f"the process that draws the cameras does not start: {error}") from error
        if isinstance(answer, Refused):
            await self.stop()
            raise OSError(f"the cameras' address: {answer.reason}")
        self.addresses = answer.addresses
        for note in answer.notes:
            _log.warning("rtsp_absent", reason=note)
        _log.info("cameras_served", cameras=len(self._ids), addresses=list(answer.addresses[1:]))
        self._watching = asyncio.create_task(self._watch(child), name="camera process")

    async def stop(self) -> None:
        """End the process and wait for it; may be called twice."""
        watching, self._watching = self._watching, None
        if watching is not None:
            watching.cancel()
            await asyncio.wait({watching})
        child, self._child = self._child, None
        if child is None:
            return
        if child.stdin is not None:
            child.stdin.close()
        try:
            async with asyncio.timeout(_STOP_S):
                await child.wait()
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                child.kill()
            await child.wait()

    async def inject(self, camera: str, fault: str, parameters: Mapping[str, Any]) -> None:
        """Give a camera this fault instead of the one it has.

        Raises:
            FaultError: a camera knows no such fault, or not with these parameters.
        """
        message = checked(camera, fault, parameters)
        await self._send(message)
        self._faults[camera] = {fault: dict(parameters)}

    async def clear(self, camera: str | None = None, fault: str | None = None) -> list[str]:
        """Mend a camera, or all; return which were touched.

        Raises:
            FaultError: the camera does not have this fault.
        """
        if camera is not None and fault is not None and fault not in self._faults.get(camera, {}):
            raise FaultError(f"{camera} has no fault {fault!r}")
        mended = list(self._faults) if camera is None else [camera]
        for one in mended:
            await self._send(SetFault(camera=one))
            self._faults.pop(one, None)
        return mended

    async def _send(self, message: ToCameras) -> None:
        if self._child is not None and self._child.stdin is not None:
            self._child.stdin.write(encode(message))
            await self._child.stdin.drain()

    async def _answer(self, child: asyncio.subprocess.Process) -> Ready | Refused:
        line = await child.stdout.readline() if child.stdout is not None else b""
        answer: FromCameras = msgspec.json.decode(line, type=FromCameras)
        return answer

    async def _watch(self, child: asyncio.subprocess.Process) -> None:
        code = await child.wait()
        _log.error("cameras_ended", code=code, advice="no picture is served until a new start")


def checked(camera: str, fault: str, parameters: Mapping[str, Any]) -> SetFault:
    """Return the message that gives a camera a fault.

    Raises:
        FaultError: no such fault, or not with these parameters.
    """
    known = FAULTS.get(fault)
    if known is None:
        raise FaultError(f"a camera knows no fault {fault!r}, only {', '.join(FAULTS)}")
    for name, value in parameters.items():
        if name not in known:
            raise FaultError(f"{fault} of a camera takes {sorted(known) or 'nothing'}, not {name}")
        wanted = (int, float) if known[name] is float else known[name]
        if not isinstance(value, wanted) or (known[name] is float and isinstance(value, bool)):
            raise FaultError(f"{name} is {value!r}, no {known[name].__name__}")
    if not 0.2 <= float(parameters.get("delay_s", 3.0)) <= 3_600:
        raise FaultError("delay_s lies between 0.2 and 3600")
    return SetFault(camera=camera, fault=fault, **parameters)


def specs(territory: Territory) -> tuple[CameraSpec, ...]:
    """Return a territory's cameras as their process wants them."""
    return tuple(
        CameraSpec(
            id=item,
            number=camera.number,
            name=territory.equipment_of[item].name,
            stream=camera.stream,
        )
        for item, camera in territory.cameras.items()
    )
