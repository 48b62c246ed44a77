"""A street-lighting cabinet as physics has it: lamps, feeders, door and meter; no Modbus here."""

from __future__ import annotations

import functools
import math
import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

_LATITUDE = math.radians(47.32)  # Dijon
_NOMINAL_V = 230.0
_POWER_FACTOR = 0.95
_RATED_W = (28, 36, 44, 58, 72, 96)
_STEP = timedelta(minutes=5)
_DIM_FROM_H, _DIM_TO_H = 23.0, 5.0
_DIMMED, _FULL = 50, 100


class RefusedError(Exception):
    """Say that the cabinet does not do what it is told."""


@dataclass(slots=True)
class Lamp:
    """One light point.

    Attributes:
        feeder: position of its feeder.
        shift_h: by how much its own light sensor is early (negative) or late, hours.
        commanded: level an operator set in %, ``None`` while it follows the programme.
    """

    feeder: int
    rated_w: int
    shift_h: float
    commanded: int | None = None
    failed: bool = False
    silent: bool = False


@dataclass(slots=True)
class Feeder:
    """One outgoing circuit; it trips on a fault and stays open until closed again."""

    closed: bool = True
    tripped: bool = False
    faulty: bool = False


@dataclass(slots=True)
class Cabinet:
    """Hold the state of everything behind one controller and move it through time.

    Args:
        start: the simulated moment it begins at; its wall clock counts as solar time.
        lamp_feeders: the feeder of each lamp, in lamp order.
    """

    start: datetime
    lamp_feeders: Iterable[int]
    feeder_count: int
    seed: int
    door_open: bool = False
    mains: bool = True
    energy_wh: float = 0.0
    lamps: list[Lamp] = field(init=False)
    feeders: list[Feeder] = field(init=False)
    now: datetime = field(init=False)
    _levels: list[int] | None = field(init=False, default=None)
    _loads_w: list[float] = field(init=False, default_factory=list)
    _phase: float = field(init=False)

    def __post_init__(self) -> None:
        dice = random.Random(self.seed)  # noqa: S311 - a repeatable world, not a secret
        self.now = self.start
        self.feeders = [Feeder() for _ in range(self.feeder_count)]
        self.lamps = [
            Lamp(feeder=feeder, rated_w=dice.choice(_RATED_W), shift_h=dice.uniform(-0.05, 0.05))
            for feeder in self.lamp_feeders
        ]
        self.energy_wh = dice.uniform(5e6, 2e7)
        self._phase = dice.uniform(0, math.tau)

    @property
    def voltage_v(self) -> float:
        """Return the mains voltage, swinging a little over the hours."""
        hours = (self.now - self.start) / timedelta(hours=1)
        return _NOMINAL_V + 3.0 * math.sin(self._phase + hours) if self.mains else 0.0

    @property
    def power_w(self) -> float:
        """Return what all lamps draw together."""
        self._settle()
        return sum(self._loads_w)

    def feeder_current_a(self, feeder: int) -> float:
        """Return the current of one feeder."""
        self._settle()
        voltage_v = self.voltage_v
        return self._loads_w[feeder] / (voltage_v * _POWER_FACTOR) if voltage_v else 0.0

    def powered(self, lamp: int) -> bool:
        """Return whether a lamp has voltage."""
        return self.mains and self.feeders[self.lamps[lamp].feeder].closed

    @property
    def levels(self) -> list[int]:
        """Return how bright each lamp really is, 0 to 100 %."""
        return self._settle()

    def changed(self) -> None:
        """Say that something was changed by hand; levels and loads are found anew."""
        self._levels = None

    def _settle(self) -> list[int]:
        if self._levels is not None:
            return self._levels
        day, hour = self.now.timetuple().tm_yday, _hour(self.now)
        live = [self.mains and feeder.closed for feeder in self.feeders]
        self._loads_w = [0.0] * len(self.feeders)
        self._levels = []
        for lamp in self.lamps:
            level = 0
            if live[lamp.feeder] and not lamp.failed:
                wanted = lamp.commanded
                level = programme_level(day, hour - lamp.shift_h) if wanted is None else wanted
                self._loads_w[lamp.feeder] += lamp.rated_w * level / 100
            self._levels.append(level)
        return self._levels

    def command_lamp(self, lamp: int, level: int | None) -> None:
        """Set a lamp's level in %, or give it back to the programme with ``None``."""
        self.lamps[lamp].commanded = level
        self.changed()

    def command_feeder(self, feeder: int, *, closed: bool) -> None:
        """Open or close a feeder; closing clears a trip.

        Raises:
            RefusedError: its fault still stands.
        """
        subject = self.feeders[feeder]
        if closed and subject.faulty:
            raise RefusedError("the fault on the feeder still stands")
        subject.closed = closed
        if closed:
            subject.tripped = False
        self.changed()

    def trip(self, feeder: int) -> None:
        """Begin a fault on a feeder: it opens and stays open."""
        subject = self.feeders[feeder]
        subject.faulty, subject.tripped, subject.closed = True, True, False
        self.changed()

    def repair(self, feeder: int) -> None:
        """End a fault on a feeder; the crew closes it before leaving."""
        self.feeders[feeder].faulty = False
        self.command_feeder(feeder, closed=True)

    def advance(self, now: datetime) -> None:
        """Let time reach ``now``; the meter counts what was drawn on the way."""
        longest = max(_STEP, (now - self.now) / 24)  # a leap of days must not stop the loop
        while self.now < now:
            step = min(longest, now - self.now)
            self.energy_wh += self.power_w * (step / timedelta(hours=1))
            self.now += step
            self.changed()


def programme_level(day: int, hour: float) -> int:
    """Return what the lighting programme wants, in %: full at dusk, dimmed at night, off by day.

    Args:
        day: of the year, 1 to 366.
        hour: solar time, 0 to 24.
    """
    half_day_h = _half_day_h(day)
    if 12 - half_day_h <= hour < 12 + half_day_h:
        return 0
    return _DIMMED if hour >= _DIM_FROM_H or hour < _DIM_TO_H else _FULL


@functools.lru_cache(maxsize=366)
def _half_day_h(day: int) -> float:
    """Return half the length of a day, by the declination formula of Cooper (1969)."""
    declination = math.radians(23.45) * math.sin(math.tau * (284 + day) / 365)
    return math.degrees(math.acos(-math.tan(_LATITUDE) * math.tan(declination))) / 15


def _hour(now: datetime) -> float:
    return now.hour + now.minute / 60 + now.second / 3600
