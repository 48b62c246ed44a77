"""Stand for a device on a real socket, faults included.

What the device is (a lighting cabinet, a bollard …) its model says; here is what all have in
common: the socket, the link's faults, the heartbeat. Register maps are the README's.
"""

from __future__ import annotations

import asyncio
import random
import zlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from backend_bridge.core.driver import LinkConfig
from backend_bridge.core.simulation import (
    DEAD,
    FROZEN,
    GARBAGE,
    LATE,
    STUCK,
    WRITES_IGNORED,
    EquipmentTruth,
    FaultError,
    SimulationSetup,
)
from backend_bridge.drivers.modbus.config import Table, parse
from backend_bridge.drivers.modbus.simulated.device import HEARTBEAT, Area, RefusedError
from backend_bridge.drivers.modbus.simulated.models import find
from backend_bridge.drivers.modbus.simulated.server import (
    DEVICE_FAILURE,
    ILLEGAL_ADDRESS,
    Connection,
    is_write,
    reply_to,
)

REPLACED = "replaced"
"""Another device answers: one that says so where a link asks for its identity."""
_OTHER_IDENTITY = 0x5A5A
_ALLOWED: Mapping[str, frozenset[str]] = {
    DEAD: frozenset(),
    LATE: frozenset({"delay_s"}),
    GARBAGE: frozenset({"kind"}),
    FROZEN: frozenset(),
    STUCK: frozenset({"table", "register"}),
    WRITES_IGNORED: frozenset(),
    REPLACED: frozenset(),
}
_GARBAGE_KINDS = ("random", "transaction", "unit", "function", "length", "unasked")


def make_simulator(link: LinkConfig, setup: SimulationSetup) -> ModbusSimulator:
    """Return a simulator of the device behind ``link``, not yet serving.

    Raises:
        ConfigError: no such model, or a point lies where it has nothing.
    """
    return ModbusSimulator(link, setup)


class ModbusSimulator:
    """Serve one device; see :class:`backend_bridge.core.simulation.Simulator`."""

    def __init__(self, link: LinkConfig, setup: SimulationSetup) -> None:
        port = link.settings.get("port", 0) or 0
        # a driver refuses port 0; a simulator takes any free one
        settings = {**link.settings, "port": port or 1}
        self._settings, addresses = parse(msgspec.structs.replace(link, settings=settings))
        seed = zlib.crc32(link.id.encode(), setup.seed & 0xFFFF_FFFF)
        self._dice = random.Random(seed)  # noqa: S311 - repeatable garbage, not a secret
        self.device = find(link.model)(link, addresses, setup, seed)
        self._port: int = port
        self._server: asyncio.Server | None = None
        self._connections: set[Connection] = set()
        self._late: dict[asyncio.TimerHandle, Callable[[], None]] = {}
        self._running = False
        self._faults: dict[str, dict[str, Any]] = {}
        self._held: dict[tuple[Table, int], int] = {}
        self._still: dict[Area, Sequence[int]] = {}
        self._writes = 0

    # --- Simulator ---

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
        """Return the faults now injected; those of one equipment of several as ``fault:id``."""
        return self._faults

    async def start(self) -> None:
        """Serve.

        Raises:
            OSError: the address is in use or not this machine's.
        """
        self._running = True
        if DEAD not in self._faults:
            await self._listen()

    async def stop(self) -> None:
        """Close the socket and every connection."""
        self._running = False
        await self._hang_up()

    def advance(self, now: datetime) -> None:
        """Let simulated time reach ``now``."""
        self.device.advance(now)

    async def inject(self, fault: str, parameters: Mapping[str, Any]) -> None:
        """Begin a fault.

        Raises:
            FaultError: unknown, or not with these parameters.
        """
        key = self._checked(fault, parameters)
        self._faults[key] = dict(parameters)
        if fault == DEAD:
            await self._hang_up()
        elif fault == REPLACED:
            self._cut()
        elif fault == STUCK:
            self._hold(parameters.get("table"), parameters.get("register"))
        elif fault not in _ALLOWED:
            self.device.set_fault(fault, parameters.get("equipment", ""), present=True)

    async def clear(self, fault: str | None = None) -> None:
        """End one fault (``fault`` or ``fault:equipment``), or all.

        Raises:
            FaultError: it is not there.
        """
        if fault is not None and fault not in self._faults:
            raise FaultError(f"there is no fault {fault!r} to clear")
        for key in [fault] if fault is not None else list(self._faults):
            del self._faults[key]
            name, _, equipment = key.partition(":")
            if name == STUCK:
                self._held.clear()
                self._still.clear()
            elif name not in _ALLOWED:
                self.device.set_fault(name, equipment, present=False)
        self._release()
        if self._running and DEAD not in self._faults and self._server is None:
            await self._listen()

    def truth(self) -> Mapping[str, EquipmentTruth]:
        """Return how every equipment of the link really is."""
        found = self.device.truth()
        if self._reachable():
            return found
        return {
            equipment: msgspec.structs.replace(entry, reachable=False)
            for equipment, entry in found.items()
        }

    # --- faults ---

    def _checked(self, fault: str, parameters: Mapping[str, Any]) -> str:
        """Return the key a fault is kept under.

        Raises:
            FaultError: unknown fault, parameter or equipment.
        """
        own = self.device.faults
        if fault not in _ALLOWED and fault not in own:
            raise FaultError(
                f"this device knows no fault {fault!r}; it knows {sorted([*_ALLOWED, *own])}"
            )
        strange = set(parameters) - _ALLOWED.get(fault, frozenset({"equipment"}))
        if strange:
            raise FaultError(f"fault {fault!r} takes no {sorted(strange)}")
        if fault == REPLACED and self._settings.identity is None:
            raise FaultError("fault 'replaced' needs a link whose settings name an identity")
        if fault == LATE and not _is_delay(parameters.get("delay_s")):
            raise FaultError("fault 'late' needs delay_s, seconds from 0 to 60")
        if fault == GARBAGE and parameters.get("kind", "random") not in _GARBAGE_KINDS:
            raise FaultError(f"kind of garbage is one of {_GARBAGE_KINDS}")
        if fault == STUCK and not _is_place(parameters):
            raise FaultError("fault 'stuck' takes table and register together, or neither")
        if not own.get(fault):
            return fault
        equipment = parameters.get("equipment")
        if equipment not in own[fault]:
            raise FaultError(f"fault {fault!r} needs an equipment of this link, not {equipment!r}")
        return f"{fault}:{equipment}"

    def _hold(self, table: str | None, register: int | None) -> None:
        """Let one register stand still as it is, or, without one, everything."""
        if table is not None and register is not None:
            now = self.read(Table(table), register, 1)
            self._held[Table(table), register] = 0 if isinstance(now, int) else now[0]
            return
        self._still = {area: self._content(area) for area in self.device.areas}

    def _reachable(self) -> bool:
        if not self._running or {DEAD, FROZEN, GARBAGE, REPLACED} & self._faults.keys():
            return False
        if LATE in self._faults and self._faults[LATE]["delay_s"] >= self._settings.timeout_s:
            return False
        whole = STUCK in self._faults and not self._faults[STUCK]
        return not (whole and self._settings.heartbeat)

    # --- the socket ---

    async def _listen(self) -> None:
        loop = asyncio.get_running_loop()
        host, port = self._settings.host, self._port
        self._server = await loop.create_server(
            lambda: Connection(self._on_request, self._connections), host, port
        )
        self._port = self._server.sockets[0].getsockname()[1]

    async def _hang_up(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            server.close()
        self._cut()
        for timer in self._late:
            timer.cancel()
        self._late.clear()
        await asyncio.sleep(0)  # asyncio closes sockets on the loop's next turn

    def _cut(self) -> None:
        for connection in tuple(self._connections):
            connection.abort()

    def _on_request(self, connection: Connection, request: bytes) -> None:
        if FROZEN in self._faults:
            return  # a frozen controller neither does anything nor says so
        if LATE not in self._faults:
            self._send(connection, reply_to(request, self.device.unit, self))
            return
        # what is commanded is done at once; what is read is read when it is told
        done = reply_to(request, self.device.unit, self) if is_write(request) else None
        loop = asyncio.get_running_loop()

        def answer() -> None:
            self._late.pop(timer, None)
            self._send(connection, done or reply_to(request, self.device.unit, self))

        timer = loop.call_later(self._faults[LATE]["delay_s"], answer)
        self._late[timer] = answer

    def _release(self) -> None:
        """Give every late answer now."""
        for timer, answer in tuple(self._late.items()):
            timer.cancel()
            answer()

    def _send(self, connection: Connection, reply: bytes) -> None:
        if FROZEN in self._faults:
            return
        if GARBAGE in self._faults:
            reply = self._garbled(self._faults[GARBAGE].get("kind", "random"), reply)
        connection.send(reply)

    def _garbled(self, kind: str, data: bytes) -> bytes:
        match kind:
            case "transaction":
                return bytes([data[0] ^ 0x55]) + data[1:]
            case "unit":
                return data[:6] + bytes([data[6] ^ 0x55]) + data[7:]
            case "function":
                return data[:7] + bytes([data[7] ^ 0x02]) + data[8:]
            case "length":
                return data[:4] + bytes([0, data[5] - 1]) + data[6:]
            case "unasked":
                return data + data
            case _:
                return self._dice.randbytes(max(8, len(data)))

    # --- registers, as the server asks for them ---

    def read(self, table: Table, start: int, count: int) -> Sequence[int] | int:
        """Return what registers or bits hold; exception 2 where there are none."""
        areas = reversed(self.device.areas)
        area = next((area for area in areas if _begins(area, table, start)), None)
        if area is None:
            return ILLEGAL_ADDRESS
        content = self._still[area] if area in self._still else self._content(area)
        at = start - area[1]
        if at + count > len(content):
            return ILLEGAL_ADDRESS
        part = content[at : at + count]
        if self._held:
            part = list(part)
            for (held_table, register), value in self._held.items():
                if held_table is table and start <= register < start + count:
                    part[register - start] = value
        return part

    def write(self, table: Table, start: int, values: Sequence[int]) -> int:
        """Do a write; 0, or the exception that refuses it."""
        self._writes += 1
        try:
            return self.device.write(table, start, values, pretend=WRITES_IGNORED in self._faults)
        except RefusedError:
            return DEVICE_FAILURE

    def _content(self, area: Area) -> Sequence[int]:
        content = self.device.content(area)
        identity = self._settings.identity
        if identity is not None and area == (identity.table, 0):
            said = identity.value ^ (_OTHER_IDENTITY if REPLACED in self._faults else 0)
            content = [*content, *[0] * (identity.register + 1 - len(content))]
            content[identity.register] = said
        if area[0] is not Table.INPUT or area[1]:
            return content
        # seconds of the machine, not of the simulated time, which may stand still
        beat = int(asyncio.get_running_loop().time()) & 0xFFFF
        return [*content[:HEARTBEAT], beat, *content[HEARTBEAT + 1 :]]


def _begins(area: Area, table: Table, start: int) -> bool:
    return area[0] is table and area[1] <= start


def _is_delay(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 60


def _is_place(parameters: Mapping[str, Any]) -> bool:
    if not parameters:
        return True
    return parameters.get("table") in list(Table) and isinstance(parameters.get("register"), int)
