"""Rules over stored history: what would have rung, so that a city can tune them.

The machine is the one that runs live; time, values and what people did come from the past. Of
links the past knows only that their points became unavailable: a lost link and a failed driver
look the same, and both are judged as lost. Texts are not kept in history: rules on them are blind.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from backend_bridge.contract.alarms import Alarm, AlarmChange, Severity
from backend_bridge.contract.journal import (
    AlarmEvent,
    CommandEvent,
    JournalEntry,
    OverrideEvent,
    ServiceEvent,
)
from backend_bridge.contract.points import PointDef, Scalar, ValueType
from backend_bridge.contract.quality import Quality
from backend_bridge.core.driver import LinkConfig
from backend_bridge.core.linkstate import LinkCause, LinkState
from backend_bridge.core.points import PointTable, Transition
from backend_bridge.core.storage import HistorySample, Situation
from backend_bridge.services.alarms import moves
from backend_bridge.services.alarms.machine import AlarmMachine
from backend_bridge.services.alarms.rules import AlarmFiles
from backend_bridge.services.alarms.uplinks import Ways
from backend_bridge.services.facts import Facts

_RINGS = (AlarmChange.RAISED, AlarmChange.RAISED_AGAIN)
_NOTHING = Situation(
    seq=0, alarms=(), incidents=(), service=(), commands=(), last_alarm_number=0,
    last_incident_number=0,
)  # fmt: skip


class Ring(NamedTuple):
    """One time an alarm rang, or would have."""

    at_ms: int
    rule: str
    equipment_id: str
    severity: Severity


class Replayed(NamedTuple):
    """What would have rung, and how often an alarm came up while it was kept quiet."""

    rings: tuple[Ring, ...]
    quiet: int


class _PastClock:
    """Stand at the moment that is being replayed."""

    def __init__(self, start_ms: int) -> None:
        self._start_ms = self.at_ms = start_ms

    def now_ms(self) -> int:
        return self.at_ms

    def mono_s(self) -> float:
        return (self.at_ms - self._start_ms) / 1000

    def reach(self, at_ms: int) -> None:
        # what was kept out of order happened at the moment already reached
        self.at_ms = max(self.at_ms, at_ms)


class Replay:
    """Run rules over one time span; used once.

    Args:
        allowed_ages_s: allowed age of every point, by index.
        from_ms: where the span begins; nothing rings before.
    """

    def __init__(
        self,
        files: AlarmFiles,
        facts: Facts,
        links: Sequence[LinkConfig],
        ways: Ways,
        allowed_ages_s: Sequence[float],
        *,
        from_ms: int,
    ) -> None:
        self._facts = facts
        self._clock = _PastClock(from_ms)
        self._table = PointTable(allowed_ages_s, self._clock)
        self._source = self._table.add_source("past", ())
        self._machine = AlarmMachine(
            files, facts, self._table, _NOTHING, ways=ways, mono_s=0.0, now_ms=from_ms
        )
        self._link_of = {
            (bound.equipment_id, bound.point_key): link.id
            for link in links
            for bound in link.points
        }
        self._up: dict[str, bool] = {}
        self._rings: list[Ring] = []
        self._quiet = 0

    def run(
        self,
        before: Iterable[HistorySample],
        samples: Iterable[HistorySample],
        entries: Iterable[JournalEntry],
        to_ms: int,
    ) -> Replayed:
        """Let the span pass; ``before`` is what each point was when it began."""
        for sample in before:
            self._take_sample(sample)
        self._machine.start(self._clock.mono_s(), self._clock.now_ms())
        self._table.observe(self._on_points)
        happened: Iterator[HistorySample | JournalEntry] = heapq.merge(
            samples, entries, key=attrgetter("at_ms")
        )
        for what in happened:
            self._reach(what.at_ms)
            if isinstance(what, JournalEntry):
                self._take_entry(what)
            else:
                self._take_sample(what)
            self._note()
        self._reach(to_ms)
        self._note()
        return Replayed(tuple(self._rings), self._quiet)

    def _reach(self, at_ms: int) -> None:
        self._clock.reach(at_ms)
        self._machine.pass_time(self._clock.mono_s(), self._clock.now_ms())

    def _on_points(self, transitions: Sequence[Transition]) -> None:
        wanted = self._machine.only_watched(transitions)
        if wanted:
            self._machine.on_points(wanted)

    def _take_sample(self, sample: HistorySample) -> None:
        index = self._facts.index(sample.equipment_id, sample.point_key)
        point = self._facts.point(sample.equipment_id, sample.point_key)
        if index is None or point is None:
            return  # the territory has changed since
        self._take_link(sample)
        value = _value(point, sample.value)
        self._table.apply(self._source, [(index, value, sample.quality)])

    def _take_link(self, sample: HistorySample) -> None:
        link = self._link_of.get((sample.equipment_id, sample.point_key))
        if link is None or sample.quality in (Quality.STALE, Quality.UNKNOWN):
            return
        up = sample.quality is not Quality.UNAVAILABLE
        if self._up.get(link) is up:
            return
        self._up[link] = up
        cause = LinkCause.NONE if up else LinkCause.UNAVAILABLE
        self._machine.on_link(
            LinkState(link_id=link, up=up, since_ms=self._clock.now_ms(), cause=cause)
        )

    def _take_entry(self, entry: JournalEntry) -> None:
        match entry.event:
            case ServiceEvent(mark=mark):
                self._machine.on_service(mark)
            case OverrideEvent(override=override):
                self._machine.on_override(override)
            case CommandEvent(command=command):
                self._machine.on_command(command)
            case _:
                pass  # what rang then says nothing of what these rules make of it

    def _note(self) -> None:
        """Count what rang; nobody is there, so what is over counts as seen and may ring anew."""
        for change, alarm, at_ms in self._machine.ledger.take_out():
            if change in _RINGS:
                if alarm.quiet:
                    self._quiet += 1
                else:
                    self._rings.append(_ring(alarm, at_ms))
            elif change is AlarmChange.RETURNED:
                self._machine.ledger.keep(moves.acknowledged(alarm, "replay", at_ms))


def rang(entries: Iterable[JournalEntry]) -> Iterator[Ring]:
    """Give what rang by the journal, what was kept quiet left out."""
    for entry in entries:
        event = entry.event
        if isinstance(event, AlarmEvent) and event.change in _RINGS and not event.alarm.quiet:
            yield _ring(event.alarm, entry.at_ms)


def _ring(alarm: Alarm, at_ms: int) -> Ring:
    return Ring(at_ms, alarm.rule, alarm.equipment_id, alarm.severity)


def _value(point: PointDef, number: float | None) -> Scalar:
    """Return the value a number in history stands for, ``None`` for a text."""
    if number is None or number != number:  # noqa: PLR0124 - not-a-number is no reading
        return None
    match point.value_type:
        case ValueType.BOOL:
            return bool(number)
        case ValueType.INT:
            return round(number)
        case ValueType.FLOAT:
            return number
        case _:
            return None


def by_rule(*runs: Iterable[Ring]) -> Mapping[str, tuple[int, ...]]:
    """Count the rings of each rule, one number for each run, the busiest rule first."""
    counted = [list(run) for run in runs]
    keys = dict.fromkeys(ring.rule for ring in chain(*counted))
    found = {key: tuple(sum(ring.rule == key for ring in run) for run in counted) for key in keys}
    return dict(sorted(found.items(), key=lambda item: (-max(item[1]), item[0])))
