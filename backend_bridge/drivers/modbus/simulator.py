"""Stand for a street-lighting cabinet on a real socket, faults included.

The register map is the README's. Serves with the library's own server, so that the driver is
tested against framing it does not share.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import random
import zlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from pymodbus.constants import ExcCodes
from pymodbus.server import ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice
from pymodbus.simulator.simcore import SimCore

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
from backend_bridge.drivers.modbus.cabinet import Cabinet, RefusedError
from backend_bridge.drivers.modbus.config import Table, parse
from backend_bridge.drivers.modbus.registers import Layout, Registers

# every refused or cut request would be an ERROR in the log; here they are wanted
logging.getLogger("pymodbus.logging").setLevel(logging.CRITICAL)

DOOR_OPEN = "door_open"
MAINS_LOST = "mains_lost"
FEEDER_TRIPPED = "feeder_tripped"
LAMP_FAILED = "lamp_failed"
LAMP_SILENT = "lamp_silent"

_ALLOWED: Mapping[str, frozenset[str]] = {
    DEAD: frozenset(),
    LATE: frozenset({"delay_s"}),
    GARBAGE: frozenset({"kind"}),
    FROZEN: frozenset(),
    STUCK: frozenset({"table", "register"}),
    WRITES_IGNORED: frozenset(),
    DOOR_OPEN: frozenset({"equipment"}),
    MAINS_LOST: frozenset({"equipment"}),
    FEEDER_TRIPPED: frozenset({"equipment"}),
    LAMP_FAILED: frozenset({"equipment"}),
    LAMP_SILENT: frozenset({"equipment"}),
}
_GARBAGE_KINDS = ("random", "transaction", "unit", "function", "length", "unasked")
_READS = {1: Table.COIL, 2: Table.DISCRETE, 3: Table.HOLDING, 4: Table.INPUT}
_WRITES = {5: Table.COIL, 6: Table.HOLDING, 15: Table.COIL, 16: Table.HOLDING}


def make_simulator(link: LinkConfig, setup: SimulationSetup) -> CabinetSimulator:
    """Return a cabinet for ``link``, not yet serving.

    Raises:
        ConfigError: a point lies where the cabinet's register map has nothing.
    """
    return CabinetSimulator(link, setup)


class CabinetSimulator:
    """Serve one cabinet; see :class:`backend_bridge.core.simulation.Simulator`."""

    def __init__(self, link: LinkConfig, setup: SimulationSetup) -> None:
        port = link.settings.get("port", 0) or 0
        # a driver refuses port 0; a simulator takes any free one
        settings = {**link.settings, "port": port or 1}
        self._settings, addresses = parse(msgspec.structs.replace(link, settings=settings))
        self._layout = Layout(link, addresses, setup.parents)
        seed = zlib.crc32(link.id.encode(), setup.seed & 0xFFFF_FFFF)
        self._dice = random.Random(seed)  # noqa: S311 - repeatable garbage, not a secret
        self.cabinet = Cabinet(
            start=setup.start,
            lamp_feeders=self._layout.lamp_feeders,
            feeder_count=self._layout.feeder_count,
            seed=seed,
        )
        self._registers = Registers(self.cabinet)
        self._port: int = port
        self._server: ModbusTcpServer | None = None
        self._running = False
        self._faults: dict[str, dict[str, Any]] = {}
        self._released = asyncio.Event()
        self._waiting = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._writes = 0
        self._echo: list[int] = []

    @property
    def unit(self) -> int:
        """Return the unit id it answers for."""
        return self._layout.unit

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
        """Return the faults now injected; equipment faults as ``fault:equipment``."""
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
        self.cabinet.advance(now)

    async def inject(self, fault: str, parameters: Mapping[str, Any]) -> None:
        """Begin a fault.

        Raises:
            FaultError: unknown, or not with these parameters.
        """
        key = self._checked(fault, parameters)
        self._faults[key] = dict(parameters)
        match fault:
            case "dead":
                await self._hang_up()
            case "stuck":
                self._registers.hold(
                    parameters.get("table"), parameters.get("register"), self._beats()
                )
            case _:
                self._set(fault, parameters.get("equipment", ""), present=True)

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
                self._registers.let_go()
            self._set(name, equipment, present=False)
        self._released.set()
        self._released = asyncio.Event()
        if self._running and DEAD not in self._faults and self._server is None:
            await self._listen()

    def truth(self) -> Mapping[str, EquipmentTruth]:
        """Return how every equipment of the link really is."""
        reached = self._reachable()
        found: dict[str, dict[str, Any]] = {}
        for point in self._layout.points:
            found.setdefault(point.equipment_id, {})[point.point_key] = point.read(self.cabinet)
        return {
            equipment: EquipmentTruth(reachable=reached and self._heard(equipment), values=values)
            for equipment, values in found.items()
        }

    # --- faults ---

    def _checked(self, fault: str, parameters: Mapping[str, Any]) -> str:
        """Return the key a fault is kept under.

        Raises:
            FaultError: unknown fault, parameter or equipment.
        """
        if fault not in _ALLOWED:
            raise FaultError(f"a cabinet knows no fault {fault!r}; it knows {sorted(_ALLOWED)}")
        strange = set(parameters) - _ALLOWED[fault]
        if strange:
            raise FaultError(f"fault {fault!r} takes no {sorted(strange)}")
        if fault == LATE and not _is_delay(parameters.get("delay_s")):
            raise FaultError("fault 'late' needs delay_s, seconds from 0 to 60")
        if fault == GARBAGE and parameters.get("kind", "random") not in _GARBAGE_KINDS:
            raise FaultError(f"kind of garbage is one of {_GARBAGE_KINDS}")
        if fault == STUCK and not _is_place(parameters):
            raise FaultError("fault 'stuck' takes table and register together, or neither")
        if fault not in (FEEDER_TRIPPED, LAMP_FAILED, LAMP_SILENT):
            return fault
        equipment = parameters.get("equipment")
        known = self._layout.feeders if fault == FEEDER_TRIPPED else self._layout.lamps
        if equipment not in known:
            raise FaultError(f"fault {fault!r} needs an equipment of this link, not {equipment!r}")
        return f"{fault}:{equipment}"

    def _set(self, fault: str, equipment: str, *, present: bool) -> None:
        cabinet, layout = self.cabinet, self._layout
        match fault:
            case "door_open":
                cabinet.door_open = present
            case "mains_lost":
                cabinet.mains = not present
            case "feeder_tripped" if present:
                cabinet.trip(layout.feeders[equipment])
            case "feeder_tripped":
                cabinet.repair(layout.feeders[equipment])
            case "lamp_failed":
                cabinet.lamps[layout.lamps[equipment]].failed = present
            case "lamp_silent":
                cabinet.lamps[layout.lamps[equipment]].silent = present
        cabinet.changed()

    def _reachable(self) -> bool:
        if not self._running or {DEAD, FROZEN, GARBAGE} & self._faults.keys():
            return False
        if LATE in self._faults and self._faults[LATE]["delay_s"] >= self._settings.timeout_s:
            return False
        whole = STUCK in self._faults and not self._faults[STUCK]
        return not (whole and self._settings.heartbeat)

    def _heard(self, equipment: str) -> bool:
        """Return whether the controller itself can tell how this equipment is."""
        lamp = self._layout.lamps.get(equipment)
        return lamp is None or (self.cabinet.powered(lamp) and not self.cabinet.lamps[lamp].silent)

    # --- the socket ---

    async def _listen(self) -> None:
        host, port = self._settings.host, self._port
        blank = SimDevice(id=0, simdata=[SimData(0, values=0, datatype=DataType.REGISTERS)])
        server = ModbusTcpServer(blank, address=(host, port), trace_packet=self._on_packet)
        server.context = _Units(self)
        try:
            await server.serve_forever(background=True)
        except RuntimeError as error:
            # the library keeps the reason to itself
            raise OSError(
                errno.EADDRINUSE,
                f"cannot serve {host}:{port}: in use, or not an address of this machine",
            ) from error
        self._server = server
        listening = server.transport
        assert isinstance(listening, asyncio.Server)
        self._port = listening.sockets[0].getsockname()[1]

    async def _hang_up(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            server.close()
        self._released.set()
        self._released = asyncio.Event()
        await self._idle.wait()
        await asyncio.sleep(0)  # asyncio closes sockets on the loop's next turn

    def _on_packet(self, sending: bool, data: bytes) -> bytes:
        if not sending:
            return data
        if FROZEN in self._faults:
            return b""
        if GARBAGE in self._faults:
            return self._garbled(self._faults[GARBAGE].get("kind", "random"), data)
        return data

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

    async def answer_read(self, function: int, start: int, count: int) -> list[int] | ExcCodes:
        """Return what registers or bits hold, as the library's server asks for them."""
        if function in _WRITES:
            return self._echo  # the library reads a single write back to echo it
        await self._linger()
        table = _READS.get(function)
        if table is None:
            return ExcCodes.ILLEGAL_FUNCTION
        content = self._registers.read(table, start, count, self._beats())
        return ExcCodes.ILLEGAL_ADDRESS if content is None else content

    async def answer_write(
        self, function: int, start: int, values: Sequence[int]
    ) -> ExcCodes | None:
        """Do what a write says, as the library's server passes it."""
        self._echo = list(values)
        if FROZEN in self._faults:
            return None  # a frozen controller does nothing, and its answer is not sent
        self._writes += 1
        table = _WRITES.get(function)
        if table is None:
            return ExcCodes.ILLEGAL_FUNCTION
        try:
            refused = self._registers.write(
                table, start, values, pretend=WRITES_IGNORED in self._faults
            )
        except RefusedError:
            refused = ExcCodes.DEVICE_FAILURE
        await self._linger()
        return refused

    async def _linger(self) -> None:
        if LATE not in self._faults:
            return
        self._waiting += 1
        self._idle.clear()
        try:
            async with asyncio.timeout(self._faults[LATE]["delay_s"]):
                await self._released.wait()
        except TimeoutError:
            return
        finally:
            self._waiting -= 1
            if not self._waiting:
                self._idle.set()

    def _beats(self) -> int:
        """Return the heartbeat: seconds of the machine, not of the simulated time."""
        return int(asyncio.get_running_loop().time()) & 0xFFFF


class _Units(SimCore):
    """Stand where the library keeps its register store, and ask the simulator instead."""

    def __init__(self, simulator: CabinetSimulator) -> None:
        # the library's store is not wanted: its constructor would copy every register
        self.devices = {}
        self._simulator = simulator

    async def async_getValues(  # noqa: N802 - the library's name
        self, device_id: int, func_code: int, address: int, count: int = 1
    ) -> list[int] | list[bool] | ExcCodes:
        if device_id != self._simulator.unit:
            return ExcCodes.GATEWAY_NO_RESPONSE
        return await self._simulator.answer_read(func_code, address, count)

    async def async_setValues(  # noqa: N802 - the library's name
        self, device_id: int, func_code: int, address: int, values: list[int] | list[bool]
    ) -> ExcCodes | None:
        if device_id != self._simulator.unit:
            return ExcCodes.GATEWAY_NO_RESPONSE
        return await self._simulator.answer_write(func_code, address, values)


def _is_delay(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 60


def _is_place(parameters: Mapping[str, Any]) -> bool:
    if not parameters:
        return True
    return parameters.get("table") in list(Table) and isinstance(parameters.get("register"), int)
