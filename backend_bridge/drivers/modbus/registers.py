"""The simulated cabinet's register map, as the README lays it out, and what a link reads of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from pymodbus.constants import ExcCodes

from backend_bridge.contract.points import Scalar
from backend_bridge.core.driver import BoundPoint, LinkConfig
from backend_bridge.core.errors import ConfigError
from backend_bridge.drivers.modbus.cabinet import Cabinet
from backend_bridge.drivers.modbus.config import Address, Encoding, Table

INPUTS = 32
FEEDER_STATUS, FEEDER_CURRENT, FEEDERS = 16, 24, 8
LAMP_STATUS, LAMP_COMMAND, LAMPS = 100, 1100, 800
FOLLOW_PROGRAMME = 0xFFFF
_LAMP_FAILED, _LAMP_SILENT = 1 << 7, 1 << 8

_HOLDING = ((Table.HOLDING, LAMP_STATUS), (Table.HOLDING, LAMP_COMMAND))

_Read = Callable[[Cabinet], Scalar]


class SimulatedPoint(NamedTuple):
    """Tie a link's point to what is really so in the cabinet."""

    equipment_id: str
    point_key: str
    read: _Read


class Layout:
    """Find out from a link which feeders and lamps its cabinet has.

    Args:
        addresses: the link's addresses by slot.
        parents: equipment to parent; a lamp whose parent is no feeder of the link is given to the
            feeders in equal shares.

    Raises:
        ConfigError: a point lies where the cabinet has nothing.
    """

    def __init__(
        self, link: LinkConfig, addresses: Mapping[int, Address], parents: Mapping[str, str]
    ) -> None:
        self.feeders: dict[str, int] = {}
        self.lamps: dict[str, int] = {}
        self.unit = next((address.unit for address in addresses.values()), 1)
        self.points = tuple(self._place(point, addresses[point.slot]) for point in link.points)
        self.feeder_count = max(self.feeders.values(), default=0) + 1
        count = max(self.lamps.values(), default=-1) + 1
        self.lamp_feeders = [number * self.feeder_count // count for number in range(count)]
        for lamp, number in self.lamps.items():
            feeder = self.feeders.get(parents.get(lamp, ""))
            if feeder is not None:
                self.lamp_feeders[number] = feeder

    def _place(self, point: BoundPoint, address: Address) -> SimulatedPoint:
        read = None
        if address.table is Table.INPUT:
            read = self._input(point.equipment_id, address)
        elif address.table is Table.HOLDING:
            number = address.register - LAMP_STATUS
            if 0 <= number < LAMPS:
                self.lamps[point.equipment_id] = number
                read = _lamp(address, number)
        if read is None:
            raise ConfigError(
                f"{point.equipment_id}.{point.point_key}: a simulated cabinet has nothing at "
                f"{address.table} {address.register}"
            )
        return SimulatedPoint(point.equipment_id, point.point_key, read)

    def _input(self, equipment: str, address: Address) -> _Read | None:
        register, invert = address.register, address.invert
        if FEEDER_STATUS <= register < FEEDER_STATUS + 2 * FEEDERS:
            number = (register - FEEDER_STATUS) % FEEDERS
            self.feeders[equipment] = number
            if register >= FEEDER_CURRENT:
                return _measured(address, 0.01, lambda c: c.feeder_current_a(number))
            if address.bit == 1:
                return lambda c: c.feeders[number].tripped is not invert
            return lambda c: c.feeders[number].closed is not invert
        match register, address.bit:
            case 0, 0:
                return lambda c: c.door_open is not invert
            case 0, 1:
                return lambda c: c.mains is not invert
            case 2, _:
                return _measured(address, 0.1, lambda c: c.voltage_v)
            case 3, _:
                return _measured(address, 1, lambda c: c.power_w)
            case 5, _:
                return _measured(address, 10, lambda c: c.energy_wh)
            case _:
                return None


def _measured(address: Address, unit: float, physical: Callable[[Cabinet], float]) -> _Read:
    """Return a physical value in the unit the link's scale makes of the register's."""
    return lambda cabinet: round(physical(cabinet) / unit) * address.scale + address.offset


def _lamp(address: Address, number: int) -> _Read | None:
    if address.encoding is not Encoding.BIT:
        return lambda cabinet: cabinet.levels[number]
    if address.bit == 7:
        return lambda cabinet: cabinet.lamps[number].failed is not address.invert
    return None


class Registers:
    """Encode a cabinet into registers, and registers held still into yesterday's news."""

    def __init__(self, cabinet: Cabinet) -> None:
        self._cabinet = cabinet
        self._held: dict[tuple[Table, int], int] = {}
        self._still: dict[tuple[Table, int], list[int]] = {}

    def hold(self, table: str | None, register: int | None, beats: int) -> None:
        """Let one register stand still as it is, or, without one, everything."""
        if table is not None and register is not None:
            now = self.read(Table(table), register, 1, beats)
            self._held[Table(table), register] = now[0] if now else 0
            return
        for area in ((Table.INPUT, 0), (Table.COIL, 0), *_HOLDING):
            self._still[area] = self._content(area, beats)

    def let_go(self) -> None:
        """Let everything move again."""
        self._held.clear()
        self._still.clear()

    def read(self, table: Table, start: int, count: int, beats: int) -> list[int] | None:
        """Return ``count`` registers or bits from ``start``; ``None`` where there are none.

        ``beats`` is the heartbeat now.
        """
        if table is Table.DISCRETE:
            return None
        first = 0
        if table is Table.HOLDING:
            first = LAMP_STATUS if start < LAMP_COMMAND else LAMP_COMMAND
        area = table, first
        content = self._still[area] if area in self._still else self._content(area, beats)
        at = start - first
        if at < 0 or count < 1 or at + count > len(content):
            return None
        content = content[at : at + count]
        for (held_table, register), value in self._held.items():
            if held_table is table and start <= register < start + count:
                content[register - start] = value
        return content

    def write(
        self, table: Table, start: int, values: Sequence[int], *, pretend: bool
    ) -> ExcCodes | None:
        """Do what a write says; ``pretend`` checks it and does nothing.

        Raises:
            RefusedError: the cabinet does not.
        """
        if table is Table.COIL:
            if start + len(values) > len(self._cabinet.feeders):
                return ExcCodes.ILLEGAL_ADDRESS
            if not pretend:
                for feeder, value in enumerate(values, start):
                    self._cabinet.command_feeder(feeder, closed=bool(value))
            return None
        first = start - LAMP_COMMAND
        if first < 0 or first + len(values) > len(self._cabinet.lamps):
            return ExcCodes.ILLEGAL_ADDRESS
        if any(value > 100 and value != FOLLOW_PROGRAMME for value in values):
            return ExcCodes.ILLEGAL_VALUE
        if not pretend:
            for lamp, value in enumerate(values, first):
                self._cabinet.command_lamp(lamp, None if value == FOLLOW_PROGRAMME else value)
        return None

    def _content(self, area: tuple[Table, int], beats: int) -> list[int]:
        match area:
            case Table.INPUT, _:
                return self._inputs(beats)
            case Table.COIL, _:
                return [int(feeder.closed) for feeder in self._cabinet.feeders]
            case _, 100:
                return self._lamp_words()
            case _:
                return self._commands()

    def _inputs(self, beats: int) -> list[int]:
        cabinet = self._cabinet
        content = [0] * INPUTS
        content[0] = cabinet.door_open | cabinet.mains << 1
        content[1] = beats & 0xFFFF
        content[2] = round(cabinet.voltage_v * 10)
        power_w, energy = round(cabinet.power_w), round(cabinet.energy_wh / 10) & 0xFFFF_FFFF
        content[3:7] = power_w >> 16, power_w & 0xFFFF, energy >> 16, energy & 0xFFFF
        for number, feeder in enumerate(cabinet.feeders):
            content[FEEDER_STATUS + number] = feeder.closed | feeder.tripped << 1
            content[FEEDER_CURRENT + number] = round(cabinet.feeder_current_a(number) * 100)
        return content

    def _lamp_words(self) -> list[int]:
        cabinet = self._cabinet
        words = list(cabinet.levels)
        for number, lamp in enumerate(cabinet.lamps):
            if lamp.failed:
                words[number] |= _LAMP_FAILED
            if lamp.silent or not cabinet.powered(number):
                words[number] |= _LAMP_SILENT
        return words

    def _commands(self) -> list[int]:
        return [
            FOLLOW_PROGRAMME if lamp.commanded is None else lamp.commanded
            for lamp in self._cabinet.lamps
        ]
