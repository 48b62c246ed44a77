"""The seam between the simulator and the devices it stands for, and devices of plain registers."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from backend_bridge.contract.points import Scalar
from backend_bridge.core.driver import LinkConfig
from backend_bridge.core.errors import ConfigError
from backend_bridge.core.simulation import EquipmentTruth, SimulationSetup
from backend_bridge.drivers.modbus.config import Address, Encoding, Table

HEARTBEAT = 1
"""Input register every simulated device counts its seconds in."""
NOT_MEASURED = 0x8000
"""Register content of a measurement the device cannot make."""
Area = tuple[Table, int]
"""A table and the first of some registers in a row that it holds."""


class RefusedError(Exception):
    """Say that a device does not do what it is told."""


class Device(Protocol):
    """Hold what a device is, in its own registers; no socket here."""

    @property
    def unit(self) -> int:
        """Return the unit id it answers for."""

    @property
    def areas(self) -> Sequence[Area]:
        """Return where it has registers; areas of one table ascend and do not touch."""

    @property
    def faults(self) -> Mapping[str, Sequence[str]]:
        """Return the equipment each of its own faults may be on; none: the device as a whole."""

    def advance(self, now: datetime) -> None:
        """Let simulated time reach ``now``; it never goes back."""

    def content(self, area: Area) -> Sequence[int]:
        """Return the registers of an area, without the heartbeat; not to be changed."""

    def write(self, table: Table, start: int, values: Sequence[int], *, pretend: bool) -> int:
        """Do a write and return 0, or the exception code that refuses it; ``pretend`` only checks.

        Raises:
            RefusedError: it could, and does not.
        """

    def set_fault(self, fault: str, equipment: str, *, present: bool) -> None:
        """Begin or end one of its faults."""

    def truth(self) -> dict[str, EquipmentTruth]:
        """Return how everything is, as if the link were whole."""


class DeviceFactory(Protocol):
    """Make a device for a link; ``make_device`` of every module of ``models`` has this shape."""

    def __call__(
        self,
        link: LinkConfig,
        addresses: Mapping[int, Address],
        setup: SimulationSetup,
        seed: int,
    ) -> Device:
        """Return the device behind ``link``.

        Raises:
            ConfigError: a point lies where it has no register.
        """


class Cell(NamedTuple):
    """Lay one quantity into a register.

    Attributes:
        read: what is so: a boolean for a bit, a number in physical units, ``nan`` when it cannot
            be measured.
        step: physical unit of the register's lowest digit.
        bit: for a boolean, which bit.
    """

    area: Table
    register: int
    read: Callable[[], float]
    step: float = 1.0
    bit: int = 0
    is_bit: bool = False


def bit(register: int, rank: int, read: Callable[[], bool]) -> Cell:
    """Lay a boolean into a bit of an input register."""
    return Cell(Table.INPUT, register, read, bit=rank, is_bit=True)


def number(
    register: int, read: Callable[[], float], step: float = 1.0, table: Table = Table.INPUT
) -> Cell:
    """Lay a number into a register, two's complement."""
    return Cell(table, register, read, step)


class Cells:
    """Encode cells into registers, and tell what a link's points are from the same cells.

    Raises:
        ConfigError: a point lies where there is no cell.
    """

    def __init__(
        self, link: LinkConfig, addresses: Mapping[int, Address], cells: Sequence[Cell]
    ) -> None:
        self._cells = cells
        self._sizes = {
            table: 1 + max(cell.register for cell in cells if cell.area is table)
            for table in dict.fromkeys(cell.area for cell in cells)
        }
        self.unit = next((address.unit for address in addresses.values()), 1)
        self.areas: Sequence[Area] = [(table, 0) for table in self._sizes]
        self._points = [
            (point.point_key, self._find(point.equipment_id, point.point_key, address), address)
            for point in link.points
            for address in (addresses[point.slot],)
        ]
        self._equipment = dict.fromkeys(point.equipment_id for point in link.points)

    def content(self, area: Area) -> list[int]:
        """Return the registers of one table."""
        words = [0] * self._sizes[area[0]]
        for cell in self._cells:
            if cell.area is not area[0]:
                continue
            value = cell.read()
            if cell.is_bit:
                words[cell.register] |= bool(value) << cell.bit
            elif math.isnan(value):
                words[cell.register] = NOT_MEASURED
            else:
                words[cell.register] = round(value / cell.step) & 0xFFFF
        return words

    def truth(self) -> dict[str, EquipmentTruth]:
        """Return the values of the link's points; what cannot be measured is bad."""
        values: dict[str, Scalar] = {}
        bad: list[str] = []
        for key, cell, address in self._points:
            value = cell.read()
            if cell.is_bit:
                values[key] = bool(value) is not address.invert
            elif math.isnan(value):
                values[key] = None
                bad.append(key)
            else:
                values[key] = round(value / cell.step) * address.scale + address.offset
        return {
            equipment: EquipmentTruth(reachable=True, values=values, bad=tuple(bad))
            for equipment in self._equipment
        }

    def _find(self, equipment: str, key: str, address: Address) -> Cell:
        wants_bit = address.encoding is Encoding.BIT
        for cell in self._cells:
            if (
                cell.area is address.table
                and cell.register == address.register
                and cell.is_bit is wants_bit
                and cell.bit == address.bit
            ):
                return cell
        raise ConfigError(
            f"{equipment}.{key}: the simulated device has nothing at "
            f"{address.table} {address.register}"
        )


def refuse_writes(_table: Table, _start: int, _values: Sequence[int], *, pretend: bool) -> int:
    """Refuse a write to a device that takes none (exception 2)."""
    del pretend
    return 2
