"""A street-lighting cabinet as physics has it: lamps, feeders, door and meter; no Modbus here."""

from __future__ import annotations

import bisect
import functools
import math
import random
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from backend_bridge.core.simulated.sun import DAY_S, PHOTOCELL_DEG, daylight
from backend_bridge.drivers.modbus.simulated.device import RefusedError

HOUR_S = 3600
_NOMINAL_V = 230.0
_POWER_FACTOR = 0.95
_RATED_W = (28, 36, 44, 58, 72, 96)
_DIM_FROM_H, _DIM_TO_H = 23, 5
_DIMMED, _FULL = 50, 100
_SHIFTS_S = range(-180, 181, 60)
Place = tuple[float, float]


@dataclass(slots=True)
class Lamp:
    """One light point.

    Attributes:
        feeder: position of its feeder.
        shift_s: by how much its own light sensor is early (negative) or late.
        commanded: level an operator set in %, ``None`` while it follows the programme.
        held_until_s: second of the cabinet's steady clock at which it goes back to its programme
            by itself, infinite while nothing ends it.
        from_level: level it had when it was last commanded, ``turned_s`` when that was, on the
            steady clock; infinitely long ago when it is not on its way to another level.
        stuck: level its relay or ballast is stuck at, whatever it is told; ``None`` while sound.
        deaf: it takes commands and does nothing of them.
    """

    feeder: int
    rated_w: int
    shift_s: int
    commanded: int | None = None
    held_until_s: float = math.inf
    failed: bool = False
    silent: bool = False
    from_level: int = 0
    turned_s: float = -math.inf
    stuck: int | None = None
    deaf: bool = False


@dataclass(slots=True)
class Feeder:
    """One outgoing circuit; it trips on a fault and stays open until closed again."""

    closed: bool = True
    tripped: bool = False
    faulty: bool = False
    welded: bool = False
    """Its contactor takes commands and does not move."""


@dataclass(slots=True)
class Cabinet:
    """Hold the state of everything behind one controller; time passes when somebody looks.

    Args:
        start: the simulated moment it begins at; its zone is that of the dimming hours.
        lamp_feeders: the feeder of each lamp, in lamp order.
        place: longitude and latitude in degrees; dusk and dawn follow.
        steady_s: seconds of a clock that never stands still; holds and ramps are counted in them.
        ramp_s: seconds a commanded lamp takes from dark to full.
    """

    start: datetime
    lamp_feeders: Iterable[int]
    feeder_count: int
    seed: int
    place: Place = (5.0415, 47.322)
    door_open: bool = False
    mains: bool = True
    photocell_dark: bool | None = None
    steady_s: Callable[[], float] = time.monotonic
    ramp_s: float = 0.0
    lamps: list[Lamp] = field(init=False)
    feeders: list[Feeder] = field(init=False)
    now: datetime = field(init=False)
    _zone_s: int = field(init=False)
    _counted_s: float = field(init=False)
    _energy_wh: float = field(init=False)
    _phase: float = field(init=False)
    _levels: list[int] = field(init=False, default_factory=list)
    _loads_w: list[float] = field(init=False, default_factory=list)
    _holds_from_s: float = field(init=False, default=0.0)
    _holds_until_s: float = field(init=False, default=0.0)
    _next_release_s: float = field(init=False, default=math.inf)
    _ramps_until_s: float = field(init=False, default=-math.inf)

    def __post_init__(self) -> None:
        dice = random.Random(self.seed)  # noqa: S311 - a repeatable world, not a secret
        self.now = self.start
        self._zone_s = round((self.start.utcoffset() or timedelta()).total_seconds())
        self._counted_s = self.start.timestamp()
        self.feeders = [Feeder() for _ in range(self.feeder_count)]
        self.lamps = [
            Lamp(feeder=feeder, rated_w=dice.choice(_RATED_W), shift_s=dice.choice(_SHIFTS_S))
            for feeder in self.lamp_feeders
        ]
        self._energy_wh = dice.uniform(5e6, 2e7)
        self._phase = dice.uniform(0, math.tau)

    def advance(self, now: datetime) -> None:
        """Let time reach ``now``; nothing is worked out before somebody looks."""
        self.now = max(self.now, now)
        self.release_due()

    @property
    def voltage_v(self) -> float:
        """Return the mains voltage, swinging a little over the hours."""
        hours = (self.now - self.start) / timedelta(hours=1)
        return _NOMINAL_V + 3.0 * math.sin(self._phase + hours) if self.mains else 0.0

    @property
    def power_w(self) -> float:
        """Return what all lamps draw together."""
        self._settle(self.now.timestamp())
        return sum(self._loads_w)

    @property
    def energy_wh(self) -> float:
        """Return the meter: what was drawn until now."""
        self._count()
        return self._energy_wh

    def feeder_current_a(self, feeder: int) -> float:
        """Return the current of one feeder."""
        self._settle(self.now.timestamp())
        voltage_v = self.voltage_v
        return self._loads_w[feeder] / (voltage_v * _POWER_FACTOR) if voltage_v else 0.0

    def powered(self, lamp: int) -> bool:
        """Return whether a lamp has voltage."""
        return self.mains and self.feeders[self.lamps[lamp].feeder].closed

    @property
    def levels(self) -> list[int]:
        """Return how bright each lamp really is, in %; the same list while nothing changes."""
        self.release_due()
        self._ramp()
        self._settle(self.now.timestamp())
        return self._levels

    def command_lamp(self, lamp: int, level: int | None) -> None:
        """Set a lamp's level in %, or give it back to the programme with ``None``.

        It holds until it is told otherwise.
        """
        subject = self.lamps[lamp]
        if subject.deaf:
            return
        self._turn(lamp)
        self.before_change()
        subject.commanded = level
        subject.held_until_s = math.inf

    def hold_lamp(self, lamp: int, seconds: int) -> None:
        """Let a commanded lamp go back to its programme by itself after so long, 0 for never."""
        subject = self.lamps[lamp]
        if subject.commanded is None or subject.deaf:
            return
        subject.held_until_s = self.steady_s() + seconds if seconds else math.inf
        self._next_release_s = min(self._next_release_s, subject.held_until_s)

    def held_for_s(self, lamp: int) -> int:
        """Return the whole seconds until a lamp goes back by itself, 0 when it does not."""
        left_s = self.lamps[lamp].held_until_s - self.steady_s()
        return 0 if math.isinf(left_s) else max(0, math.ceil(left_s))

    def release_due(self) -> None:
        """Give back the lamps whose hold is over; costs nothing while there are none."""
        now_s = self.steady_s()
        if now_s < self._next_release_s:
            return
        self.before_change()
        self._next_release_s = math.inf
        for number, lamp in enumerate(self.lamps):
            if lamp.held_until_s <= now_s:
                lamp.held_until_s = math.inf
                self._turn(number)
                lamp.commanded = None
            self._next_release_s = min(self._next_release_s, lamp.held_until_s)

    def _turn(self, lamp: int) -> None:
        """Let a lamp begin its way from the level it has to the one it is about to be told."""
        if not self.ramp_s:
            return
        levels, now_s = self.levels, self.steady_s()
        self.lamps[lamp].from_level, self.lamps[lamp].turned_s = levels[lamp], now_s
        self._ramps_until_s = now_s + self.ramp_s

    def _ramp(self) -> None:
        """Work the levels out anew while a lamp is on its way, and once after."""
        if self._ramps_until_s == -math.inf:
            return
        self.before_change()
        if self.steady_s() >= self._ramps_until_s:
            self._ramps_until_s = -math.inf

    def _on_the_way(self, lamp: Lamp, level: int) -> int:
        """Return how far a lamp has come on its way to a level."""
        way_s = abs(level - lamp.from_level) / _FULL * self.ramp_s
        gone_s = self.steady_s() - lamp.turned_s
        if gone_s >= way_s:
            return level
        return round(lamp.from_level + (level - lamp.from_level) * gone_s / way_s)

    def command_feeder(self, feeder: int, *, closed: bool) -> None:
        """Open or close a feeder; closing clears a trip.

        Raises:
            RefusedError: its fault still stands.
        """
        subject = self.feeders[feeder]
        if closed and subject.faulty:
            raise RefusedError("the fault on the feeder still stands")
        if subject.welded:
            return
        self.before_change()
        subject.closed = closed
        if closed:
            subject.tripped = False

    def trip(self, feeder: int) -> None:
        """Begin a fault on a feeder: it opens and stays open."""
        self.before_change()
        subject = self.feeders[feeder]
        subject.faulty, subject.tripped, subject.closed = True, True, False

    def repair(self, feeder: int) -> None:
        """End a fault on a feeder; the crew closes it before leaving."""
        self.feeders[feeder].faulty = False
        self.command_feeder(feeder, closed=True)

    def before_change(self) -> None:
        """Read the meter up to now, because something is about to be changed by hand."""
        self._count()
        self._holds_until_s = self._holds_from_s

    def _count(self) -> None:
        """Add what was drawn since the meter was last read, piece by piece of even load."""
        now_s = self.now.timestamp()
        while self._counted_s < now_s:
            self._settle(self._counted_s)
            until_s = min(now_s, self._holds_until_s)
            self._energy_wh += sum(self._loads_w) * (until_s - self._counted_s) / HOUR_S
            self._counted_s = until_s

    def _settle(self, moment_s: float) -> None:
        """Work levels and loads out for a moment, with how long they hold."""
        if self._holds_from_s <= moment_s < self._holds_until_s:
            return
        wanted: dict[int, int] = {}
        until_s = math.inf
        for shift_s in _SHIFTS_S:
            level, next_s = programme(moment_s - shift_s, self.place, self._zone_s)
            wanted[shift_s] = self._seen(level)
            until_s = min(until_s, next_s + shift_s)
        live = [self.mains and feeder.closed for feeder in self.feeders]
        loads_w = [0.0] * len(self.feeders)
        levels: list[int] = []
        for lamp in self.lamps:
            level = 0
            if live[lamp.feeder] and not lamp.failed:
                level = wanted[lamp.shift_s] if lamp.commanded is None else lamp.commanded
                if self._ramps_until_s != -math.inf:
                    level = self._on_the_way(lamp, level)
                if lamp.stuck is not None:
                    level = lamp.stuck
                loads_w[lamp.feeder] += lamp.rated_w * level / 100
            levels.append(level)
        self._levels, self._loads_w = levels, loads_w
        self._holds_from_s, self._holds_until_s = moment_s, until_s

    def _seen(self, level: int) -> int:
        """Return what becomes of the programme's level under what the photocell sees."""
        if self.photocell_dark is None:
            return level
        return (level or _FULL) if self.photocell_dark else 0


def programme(moment_s: float, place: Place, zone_s: int = 0) -> tuple[int, float]:
    """Return the level in % the lighting programme wants, and until when it does.

    Full at dusk, dimmed at night, off by day.

    Args:
        moment_s: seconds since 1970.
        place: longitude and latitude in degrees.
        zone_s: how far the wall clock is ahead of UTC, seconds.
    """
    switches = _switches(int(moment_s // DAY_S), place, zone_s)
    at = bisect.bisect_right(switches, moment_s)
    return _level(switches[at - 1], place, zone_s), switches[at]


@functools.lru_cache(maxsize=1024)
def _switches(day: int, place: Place, zone_s: int) -> list[float]:
    """Return every moment from the day before to the day after at which the level may change."""
    moments: list[float] = []
    for near in range(day - 2, day + 3):
        light = daylight(*place, near, PHOTOCELL_DEG)
        local_s = near * DAY_S - zone_s
        moments += (
            *light,
            float(local_s + _DIM_TO_H * HOUR_S),
            float(local_s + _DIM_FROM_H * HOUR_S),
        )
    return sorted(moments)


@functools.lru_cache(maxsize=1024)
def _level(moment_s: float, place: Place, zone_s: int) -> int:
    solar_day = int((moment_s + place[0] / 360 * DAY_S) // DAY_S)
    for near in range(solar_day - 1, solar_day + 2):
        light = daylight(*place, near, PHOTOCELL_DEG)
        if light.begins_s <= moment_s < light.ends_s:
            return 0
    hour = (moment_s + zone_s) % DAY_S / HOUR_S
    return _DIMMED if hour >= _DIM_FROM_H or hour < _DIM_TO_H else _FULL
