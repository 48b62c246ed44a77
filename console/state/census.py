"""How the city is, counted by commune and kind: qualities, service marks, listed alarms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from backend_bridge.contract.alarms import Alarm, AlarmState, Severity
from backend_bridge.contract.quality import Quality, ServiceState
from console.state.alarms import alarm_key
from console.state.groups import Group
from console.state.pace import Pace
from console.state.tally import TRUST, TRUST_RANK
from console.state.world import World

_UNHEARD = TRUST_RANK[Quality.UNKNOWN]


@dataclass(frozen=True, slots=True)
class GroupCount:
    """Count one group of equipment.

    Attributes:
        total: pieces of equipment.
        qualities: by quality, each piece once by the point that may be trusted least; in the
            order of :data:`console.state.tally.TRUST`.
        disabled: how many are disabled, ``maintenance`` likewise; apart from the quality.
        alarm: most pressing listed alarm, ``None`` for none.
        alarms: listed alarms.
    """

    total: int
    qualities: tuple[int, ...]
    disabled: int = 0
    maintenance: int = 0
    alarm: tuple[Severity, AlarmState] | None = None
    alarms: int = 0

    @property
    def good(self) -> int:
        """Return how many are good in every point."""
        return self.qualities[0]

    @property
    def worst(self) -> Quality:
        """Return the quality of the piece that may be trusted least."""
        return TRUST[max((rank for rank, count in enumerate(self.qualities) if count), default=0)]


def never_heard(groups: Mapping[Group, GroupCount]) -> dict[str, int]:
    """Return the kinds of which no piece was ever heard, with how many pieces there are.

    No driver serves them yet: that is said once, and not again of every commune.
    """
    totals: dict[str, int] = {}
    heard: set[str] = set()
    for (_, kind), count in groups.items():
        totals[kind] = totals.get(kind, 0) + count.total
        marked = count.disabled or count.maintenance or count.alarms
        if marked or count.qualities[_UNHEARD] < count.total:
            heard.add(kind)
    return {kind: total for kind, total in totals.items() if kind not in heard}


class Census:
    """Count the groups again when something changed, at a tenth of the time at most.

    Qualities are counted where they change (:class:`console.state.tally.QualityTally`). Lives on
    the interface's thread.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._pace = Pace(world.clock)
        self._dirty = True
        self.groups: Mapping[Group, GroupCount] = {}
        self.take_catalogue()

    def take_catalogue(self) -> None:
        """Learn the territory: it was replaced."""
        groups = self._world.equipment.groups
        self._group_of_id = groups.of_id
        self._names = groups.names
        self._totals = list(map(len, groups.members))
        self.touch()
        self._pace.hurry()

    def touch(self) -> None:
        """Say that a quality, a service mark or an alarm may have changed."""
        self._dirty = True

    def count(self) -> bool:
        """Count if something changed and the last walk is long enough ago; say whether it did."""
        if not self._dirty or not self._pace.begin():
            return False
        self._dirty = False
        qualities = self._count_qualities()
        marks = self._count_marks()
        alarms = self._gather_alarms()
        self.groups = {
            name: _group(self._totals[number], qualities[number], marks[number], alarms[number])
            for number, name in enumerate(self._names)
        }
        self._pace.end()
        return True

    def _count_qualities(self) -> list[list[int]]:
        """Count equipment by group and trust; what has no points counts as unknown to nobody."""
        tally = self._world.points.equipment
        counts = [tally.of_group(group) for group in range(len(self._names))]
        live = self._world.liveness.live
        stale = TRUST.index(Quality.STALE)
        if not live:  # nothing is good while the link is not live
            for count in counts:
                count[stale] += count[0]
                count[0] = 0
        return counts

    def _count_marks(self) -> list[list[int]]:
        counts = [[0, 0] for _ in self._names]
        for mark in self._world.service.values():
            group = self._group_of_id.get(mark.equipment_id)
            if group is not None and mark.state is not ServiceState.IN_SERVICE:
                counts[group][mark.state is ServiceState.MAINTENANCE] += 1
        return counts

    def _gather_alarms(self) -> list[list[Alarm]]:
        found: list[list[Alarm]] = [[] for _ in self._names]
        for alarm in self._world.alarms:
            group = self._group_of_id.get(alarm.equipment_id)
            if group is not None:
                found[group].append(alarm)
        return found


def merged(counts: list[GroupCount]) -> GroupCount:
    """Return several groups counted as one; at least one is given."""
    pressing = [count.alarm for count in counts if count.alarm is not None]
    return GroupCount(
        total=sum(count.total for count in counts),
        qualities=tuple(map(sum, zip(*(count.qualities for count in counts), strict=True))),
        disabled=sum(count.disabled for count in counts),
        maintenance=sum(count.maintenance for count in counts),
        alarm=min(pressing, key=_pressing, default=None),
        alarms=sum(count.alarms for count in counts),
    )


def _group(total: int, qualities: list[int], marks: list[int], alarms: list[Alarm]) -> GroupCount:
    worst = min(alarms, key=alarm_key, default=None)
    return GroupCount(
        total=total,
        qualities=tuple(qualities),
        disabled=marks[0],
        maintenance=marks[1],
        alarm=None if worst is None else (worst.severity, worst.state),
        alarms=len(alarms),
    )


def _pressing(alarm: tuple[Severity, AlarmState]) -> tuple[int, int]:
    severity, state = alarm
    return (severity, list(AlarmState).index(state))
