"""A street-lighting cabinet in its registers, as the README lays them out."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from backend_bridge.contract.points import Scalar
from backend_bridge.core.driver import BoundPoint, LinkConfig
from backend_bridge.core.errors import ConfigError
from backend_bridge.core.simulation import EquipmentTruth, SimulationSetup
from backend_bridge.drivers.modbus.config import Address, Encoding, Table
from backend_bridge.drivers.modbus.simulated.cabinet import Cabinet
from backend_bridge.drivers.modbus.simulated.device import Area
from backend_bridge.drivers.modbus.simulated.server import ILLEGAL_ADDRESS, ILLEGAL_VALUE

DOOR_OPEN, MAINS_LOST, FEEDER_TRIPPED = "door_open", "mains_lost", "feeder_tripped"
LAMP_FAILED, LAMP_SILENT = "lamp_failed", "lamp_silent"
LAMP_STUCK_ON, LAMP_STUCK_OFF = "lamp_stuck_on", "lamp_stuck_off"
LAMP_DEAF, FEEDER_WELDED = "lamp_deaf", "feeder_welded"
PHOTOCELL_DARK, PHOTOCELL_LIGHT = "photocell_dark", "photocell_light"

INPUTS = 32
FEEDER_STATUS, FEEDER_CURRENT, FEEDERS = 16, 24, 8
LAMP_STATUS, LAMP_COMMAND, LAMPS = 100, 1100, 800
FOLLOW_PROGRAMME = 0xFFFF
COMMAND_STEP = 2
"""Registers of a lamp's command: its level, then the seconds it is held."""
_LAMP_FAILED, _LAMP_SILENT, _LAMP_HELD = 1 << 7, 1 << 8, 1 << 9
_INPUT, _COILS = (Table.INPUT, 0), (Table.COIL, 0)
_STATUS, _COMMANDS = (Table.HOLDING, LAMP_STATUS), (Table.HOLDING, LAMP_COMMAND)

_Read = Callable[[Cabinet], Scalar]


def make_device(
    link: LinkConfig, addresses: Mapping[int, Address], setup: SimulationSetup, seed: int
) -> LightingCabinet:
    """Return the cabinet behind a link.

    Raises:
        ConfigError: a point lies where a cabinet has nothing.
    """
    return LightingCabinet(link, addresses, setup, seed)


class LightingCabinet:
    """Encode a cabinet into registers; see :class:`..device.Device`.

    A lamp whose parent is no feeder of the link is given to the feeders in equal shares.
    """

    areas: Sequence[Area] = (_INPUT, _COILS, _STATUS, _COMMANDS)

    def __init__(
        self,
        link: LinkConfig,
        addresses: Mapping[int, Address],
        setup: SimulationSetup,
        seed: int,
    ) -> None:
        self._points = link.points
        self._feeders: dict[str, int] = {}
        self._lamps: dict[str, int] = {}
        self.unit = next((address.unit for address in addresses.values()), 1)
        self._reads = [self._place(point, addresses[point.slot]) for point in link.points]
        feeder_count = max(self._feeders.values(), default=0) + 1
        count = max(self._lamps.values(), default=-1) + 1
        lamp_feeders = [number * feeder_count // count for number in range(count)]
        for lamp, number in self._lamps.items():
            feeder = self._feeders.get(setup.parents.get(lamp, ""))
            if feeder is not None:
                lamp_feeders[number] = feeder
        self.cabinet = Cabinet(
            start=setup.start,
            lamp_feeders=lamp_feeders,
            feeder_count=feeder_count,
            seed=seed,
            place=setup.place,
            steady_s=setup.steady_s,
            ramp_s=setup.ramp_s,
        )
        self._words: list[int] | None = None
        self._words_of: list[int] = []
        self._dark: dict[str, bool] = {}

    @property
    def faults(self) -> Mapping[str, Sequence[str]]:
        """Return its own faults, and what each may be on."""
        return {
            DOOR_OPEN: (),
            MAINS_LOST: (),
            PHOTOCELL_DARK: (),
            PHOTOCELL_LIGHT: (),
            FEEDER_TRIPPED: tuple(self._feeders),
            FEEDER_WELDED: tuple(self._feeders),
            **dict.fromkeys(
                (LAMP_FAILED, LAMP_SILENT, LAMP_STUCK_ON, LAMP_STUCK_OFF, LAMP_DEAF),
                tuple(self._lamps),
            ),
        }

    def advance(self, now: datetime) -> None:
        """Let time reach ``now``."""
        self.cabinet.advance(now)

    def content(self, area: Area) -> Sequence[int]:
        """Return the registers of an area."""
        if area == _INPUT:
            return self._inputs()
        if area == _COILS:
            return [int(feeder.closed) for feeder in self.cabinet.feeders]
        if area == _STATUS:
            return self._lamp_words()
        self.cabinet.release_due()
        commands = []
        for number, lamp in enumerate(self.cabinet.lamps):
            commands.append(FOLLOW_PROGRAMME if lamp.commanded is None else lamp.commanded)
            commands.append(self.cabinet.held_for_s(number))
        return commands

    def write(self, table: Table, start: int, values: Sequence[int], *, pretend: bool) -> int:
        """Do what a write says; ``pretend`` checks it and does nothing.

        Raises:
            RefusedError: the cabinet does not.
        """
        cabinet = self.cabinet
        if table is Table.COIL:
            if start + len(values) > len(cabinet.feeders):
                return ILLEGAL_ADDRESS
            if not pretend:
                self._words = None
                for feeder, value in enumerate(values, start):
                    cabinet.command_feeder(feeder, closed=bool(value))
            return 0
        first = start - LAMP_COMMAND
        if first < 0 or first + len(values) > COMMAND_STEP * len(cabinet.lamps):
            return ILLEGAL_ADDRESS
        places = [divmod(place, COMMAND_STEP) for place in range(first, first + len(values))]
        if any(
            value > 100 and value != FOLLOW_PROGRAMME
            for (_, is_hold), value in zip(places, values, strict=True)
            if not is_hold
        ):
            return ILLEGAL_VALUE
        if not pretend:
            self._words = None
            for (lamp, is_hold), value in zip(places, values, strict=True):
                if is_hold:
                    cabinet.hold_lamp(lamp, value)
                else:
                    cabinet.command_lamp(lamp, None if value == FOLLOW_PROGRAMME else value)
        return 0

    def set_fault(self, fault: str, equipment: str, *, present: bool) -> None:
        """Begin or end one of its faults."""
        cabinet = self.cabinet
        cabinet.before_change()
        self._words = None
        match fault:
            case "door_open":
                cabinet.door_open = present
            case "mains_lost":
                cabinet.mains = not present
            case "photocell_dark" | "photocell_light":
                self._dark.pop(fault, None)
                if present:
                    self._dark[fault] = fault == PHOTOCELL_DARK
                cabinet.photocell_dark = next(reversed(self._dark.values()), None)
            case "feeder_tripped" if present:
                cabinet.trip(self._feeders[equipment])
            case "feeder_tripped":
                cabinet.repair(self._feeders[equipment])
            case "lamp_failed":
                cabinet.lamps[self._lamps[equipment]].failed = present
            case "lamp_silent":
                cabinet.lamps[self._lamps[equipment]].silent = present
            case "lamp_stuck_on" | "lamp_stuck_off":
                level = 100 if fault == LAMP_STUCK_ON else 0
                cabinet.lamps[self._lamps[equipment]].stuck = level if present else None
            case "lamp_deaf":
                cabinet.lamps[self._lamps[equipment]].deaf = present
            case "feeder_welded":
                cabinet.feeders[self._feeders[equipment]].welded = present

    def truth(self) -> dict[str, EquipmentTruth]:
        """Return how cabinet, feeders and lamps are."""
        cabinet = self.cabinet
        found: dict[str, dict[str, Scalar]] = {}
        for point, read in zip(self._points, self._reads, strict=True):
            found.setdefault(point.equipment_id, {})[point.point_key] = read(cabinet)
        return {
            equipment: EquipmentTruth(reachable=self._heard(equipment), values=values)
            for equipment, values in found.items()
        }

    def _heard(self, equipment: str) -> bool:
        """Return whether the controller itself can tell how this equipment is."""
        lamp = self._lamps.get(equipment)
        return lamp is None or (self.cabinet.powered(lamp) and not self.cabinet.lamps[lamp].silent)

    def _place(self, point: BoundPoint, address: Address) -> _Read:
        """Note which feeder or lamp a point belongs to; return what tells how it is."""
        register, table = address.register, address.table
        if table is Table.INPUT and FEEDER_STATUS <= register < FEEDER_STATUS + 2 * FEEDERS:
            self._feeders[point.equipment_id] = (register - FEEDER_STATUS) % FEEDERS
        elif table is Table.HOLDING and LAMP_STATUS <= register < LAMP_STATUS + LAMPS:
            self._lamps[point.equipment_id] = register - LAMP_STATUS
        is_bit = address.encoding is Encoding.BIT
        read = _reader(
            table, register, address.bit if is_bit else -1, address.scale, address.offset
        )
        if read is None:
            raise ConfigError(
                f"{point.equipment_id}.{point.point_key}: a simulated cabinet has nothing at "
                f"{table} {register}"
            )
        return _inverted(read) if address.invert else read

    def _inputs(self) -> list[int]:
        cabinet = self.cabinet
        content = [0] * INPUTS
        content[0] = cabinet.door_open | cabinet.mains << 1
        content[2] = round(cabinet.voltage_v * 10)
        power_w, energy = round(cabinet.power_w), round(cabinet.energy_wh / 10) & 0xFFFF_FFFF
        content[3:7] = power_w >> 16, power_w & 0xFFFF, energy >> 16, energy & 0xFFFF
        for number, feeder in enumerate(cabinet.feeders):
            content[FEEDER_STATUS + number] = feeder.closed | feeder.tripped << 1
            content[FEEDER_CURRENT + number] = round(cabinet.feeder_current_a(number) * 100)
        return content

    def _lamp_words(self) -> list[int]:
        """Return the lamps' status, the same list while nothing changed: 34,000 are asked for."""
        cabinet = self.cabinet
        levels = cabinet.levels
        if self._words is None or self._words_of is not levels:
            self._words_of, words = levels, list(levels)
            for number, lamp in enumerate(cabinet.lamps):
                if lamp.failed:
                    words[number] |= _LAMP_FAILED
                if lamp.silent or not cabinet.powered(number):
                    words[number] |= _LAMP_SILENT
                if lamp.commanded is not None:
                    words[number] |= _LAMP_HELD
            self._words = words
        return self._words


@functools.lru_cache(maxsize=8192, typed=True)
def _reader(table: Table, register: int, bit: int, scale: float, offset: float) -> _Read | None:
    """Return what tells a point's value in its link's units; one for all cabinets (memory)."""
    if table is Table.HOLDING and 0 <= (lamp := register - LAMP_STATUS) < LAMPS:
        if bit == -1:
            return lambda cabinet: cabinet.levels[lamp]
        if bit == 9:
            return lambda cabinet: cabinet.lamps[lamp].commanded is not None
        return (lambda cabinet: cabinet.lamps[lamp].failed) if bit == 7 else None
    if table is not Table.INPUT:
        return None

    def measured(unit: float, physical: Callable[[Cabinet], float]) -> _Read:
        return lambda cabinet: round(physical(cabinet) / unit) * scale + offset

    if FEEDER_STATUS <= register < FEEDER_STATUS + 2 * FEEDERS:
        feeder = (register - FEEDER_STATUS) % FEEDERS
        if register >= FEEDER_CURRENT:
            return measured(0.01, lambda cabinet: cabinet.feeder_current_a(feeder))
        if bit == 1:
            return lambda cabinet: cabinet.feeders[feeder].tripped
        return lambda cabinet: cabinet.feeders[feeder].closed
    reads: dict[tuple[int, int], _Read] = {
        (0, 0): lambda cabinet: cabinet.door_open,
        (0, 1): lambda cabinet: cabinet.mains,
        (2, -1): measured(0.1, lambda cabinet: cabinet.voltage_v),
        (3, -1): measured(1, lambda cabinet: cabinet.power_w),
        (5, -1): measured(10, lambda cabinet: cabinet.energy_wh),
    }
    return reads.get((register, bit))


def _inverted(read: _Read) -> _Read:
    return lambda cabinet: not read(cabinet)
