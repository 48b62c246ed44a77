"""Stand for one device on a real socket, faults included."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from backend_bridge.contract.points import Scalar
from backend_bridge.core.driver import LinkConfig
from backend_bridge.core.simulation import (
    DEAD,
    FROZEN,
    GARBAGE,
    LATE,
    LINK_FAULTS,
    STUCK,
    WRITES_IGNORED,
    EquipmentTruth,
    FaultError,
    SimulationSetup,
)

from .config import parse


def make_simulator(link: LinkConfig, setup: SimulationSetup) -> TemplateSimulator:
    """Return a simulator for ``link``, not yet serving.

    Raises:
        ConfigError: it cannot stand for this link.
    """
    return TemplateSimulator(link, setup)


class TemplateSimulator:
    """Serve one device; see :class:`backend_bridge.core.simulation.Simulator`."""

    def __init__(self, link: LinkConfig, setup: SimulationSetup) -> None:
        self._port: int = link.settings.get("port", 0) or 0
        # a driver refuses port 0; a simulator takes any free one
        settings = {**link.settings, "port": self._port or 1}
        self._settings, self._addresses = parse(msgspec.structs.replace(link, settings=settings))
        self._link = link
        self._dice = random.Random(setup.seed)  # noqa: S311 - repeatable, not a secret
        self._now = setup.start
        self._level = 100
        self._faults: dict[str, dict[str, Any]] = {}
        self._kept: dict[str, Scalar] = {}
        self._writes = 0
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def address(self) -> tuple[str, int]:
        """Return the host and port it serves."""
        return self._settings.host, self._port

    @property
    def writes(self) -> int:
        """Return how many commands came, obeyed or not."""
        return self._writes

    @property
    def faults(self) -> Mapping[str, Mapping[str, Any]]:
        """Return the faults now injected."""
        return self._faults

    async def start(self) -> None:
        """Serve.

        Raises:
            OSError: the address cannot be served.
        """
        self._server = await asyncio.start_server(self._accept, self._settings.host, self._port)
        self._port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Close the socket and every connection."""
        server, self._server = self._server, None
        if server is not None:
            server.close()
        await asyncio.sleep(0)  # connections just accepted get their task
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.sleep(0)  # asyncio closes sockets on the loop's next turn

    def advance(self, now: datetime) -> None:
        """Let simulated time reach ``now``."""
        self._now = max(self._now, now)

    async def inject(self, fault: str, parameters: Mapping[str, Any]) -> None:
        """Begin a fault.

        Raises:
            FaultError: unknown, or not with these parameters.
        """
        if fault not in LINK_FAULTS:
            raise FaultError(f"no fault {fault!r}; there are {LINK_FAULTS}")
        if set(parameters) != ({"delay_s"} if fault == LATE else set()):
            raise FaultError(f"fault {fault!r} does not take {dict(parameters)}")
        self._faults[fault] = dict(parameters)
        if fault == STUCK:
            self._kept = self._values()
        if fault == DEAD:
            await self.stop()

    async def clear(self, fault: str | None = None) -> None:
        """End one fault, or all.

        Raises:
            FaultError: it is not there.
        """
        if fault is not None and fault not in self._faults:
            raise FaultError(f"there is no fault {fault!r} to clear")
        was_dead = DEAD in self._faults
        for key in [fault] if fault is not None else list(self._faults):
            del self._faults[key]
        if was_dead and DEAD not in self._faults:
            await self.start()

    def truth(self) -> Mapping[str, EquipmentTruth]:
        """Return how every equipment of the link really is."""
        late_s = self._faults.get(LATE, {}).get("delay_s", 0.0)
        reachable = not {DEAD, FROZEN, GARBAGE} & self._faults.keys()
        so = self._values()
        values: dict[str, dict[str, Scalar]] = {}
        for point in self._link.points:
            name = self._addresses[point.slot].name
            values.setdefault(point.equipment_id, {})[point.point_key] = so[name]
        return {
            equipment: EquipmentTruth(
                reachable=reachable and late_s < self._settings.timeout_s, values=held
            )
            for equipment, held in values.items()
        }

    def _values(self) -> dict[str, Scalar]:
        return {"level": self._level, "door": False, "voltage": 230.0 + self._now.minute / 60}

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(self._attend(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _attend(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while line := await reader.readline():
                answer = b"" if FROZEN in self._faults else self._answer(line)
                if LATE in self._faults:
                    await asyncio.sleep(self._faults[LATE]["delay_s"])
                if GARBAGE in self._faults:
                    answer = self._dice.randbytes(12) + b"\n"
                writer.write(answer)
                await writer.drain()
        except (OSError, ValueError):
            return  # the other side has gone, or does not speak in lines
        finally:
            writer.transport.abort()

    def _answer(self, line: bytes) -> bytes:
        match line.decode("ascii", "replace").split():
            case ["R", number, names]:
                values = self._kept if STUCK in self._faults else self._values()
                shown = [str(values.get(name)).lower() for name in names.split(",")]
                return f"{number} {','.join(shown)}\n".encode()
            case ["W", number, "level", value] if value.isdigit() and int(value) <= 100:
                self._writes += 1
                if WRITES_IGNORED not in self._faults:
                    self._level = int(value)
                return f"{number} ok\n".encode()
            case ["W", number, *_]:
                self._writes += 1
                return f"{number} refused no such value\n".encode()
            case _:
                return b"?\n"
