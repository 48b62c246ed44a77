"""Rules over stored history: what would have rung, so that a city can tune them.

The machine is the one that runs live; time, values and what people did come from the past. Of
links the past knows only that the points of their own equipment became unavailable, all of them: a
lost link and a failed driver look the same, and both are judged as lost. Texts are not kept in
history: rules on them are blind. What nobody kept is unknown: it rings nothing, and rules that had
nothing to look at are named.
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
from backend_bridge.contract.overrides import Override, OverrideState
from backend_bridge.contract.points import PointDef, Scalar, ServiceMark, ValueType
from backend_bridge.contract.quality import Quality, ServiceState
from backend_bridge.core.driver import LinkConfig
from backend_bridge.core.linkstate import LinkCause, LinkState
from backend_bridge.core.points import PointTable, Transition
from backend_bridge.core.storage import HistorySample, Situation
from backend_bridge.services.alarms import moves
from backend_bridge.services.alarms.machine import AlarmMachine
from backend_bridge.services.alarms.rules import AlarmFiles, Rule, Watch
from backend_bridge.services.alarms.uplinks import Ways
from backend_bridge.services.alarms.watched import looks_at
from backend_bridge.services.facts import Facts

_RINGS = (AlarmChange.RAISED, AlarmChange.RAISED_AGAIN)
_UNKNOWN = Quality.UNKNOWN
_OVER = (OverrideState.ENDED, OverrideState.REPLACED)


class Ring(NamedTuple):
    """One time an alarm rang, or would have."""

    at_ms: int
    rule: str
    equipment_id: str
    severity: Severity


class Replayed(NamedTuple):
    """What would have rung.

    Attributes:
        quiet: how often an alarm came up while it was kept quiet.
        samples: what was heard of points the territory has, what was known before included.
        known: of the ``watched`` points, how many were known when the span began.
        blind: rules that had nothing to look at: no verdict on them.
    """

    rings: tuple[Ring, ...]
    quiet: int
    known: int = 0
    watched: int = 0
    samples: int = 0
    blind: tuple[str, ...] = ()


class _Unseen(NamedTuple):
    """Nobody looked from here on: the bridge ended, or began anew."""

    at_ms: int


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
        standing: service marks and overrides from before the span, in their order.
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
        standing: Iterable[JournalEntry] = (),
    ) -> None:
        self._rules = files.rules
        self._facts = facts
        self._clock = _PastClock(from_ms)
        self._table = PointTable(allowed_ages_s, self._clock)
        self._source = self._table.add_source("past", ())
        self._machine = AlarmMachine(
            files, facts, self._table, _standing(standing), ways=ways, mono_s=0.0, now_ms=from_ms
        )
        self._link_of = {point: link.id for link in links for point in _telling(facts, link)}
        self._available: dict[str, set[tuple[str, str]]] = {}
        """Of each link, the telling points that are heard."""
        self._up: dict[str, bool] = {}
        self._heard: set[tuple[str, str]] = set()
        """Kind and key of the points that held something a rule can judge."""
        self._rings: list[Ring] = []
        self._quiet = 0
        self._samples = 0

    def run(
        self,
        before: Iterable[HistorySample],
        samples: Iterable[HistorySample],
        entries: Iterable[JournalEntry],
        to_ms: int,
        *,
        unseen_ms: Iterable[int] = (),
    ) -> Replayed:
        """Let the span pass.

        Args:
            before: what each point was when it began.
            samples: what the points held, in the order it was kept.
            entries: of the journal, in their order.
            to_ms: where the span ends.
            unseen_ms: when nobody looked any more; until a point is heard again it is unknown.
        """
        for sample in before:
            self._take_sample(sample)
        watched = self._machine.watched_points()
        known = sum(self._table.state(at).quality is not Quality.UNKNOWN for at in watched)
        self._machine.start(self._clock.mono_s(), self._clock.now_ms())
        self._table.observe(self._on_points)
        happened: Iterator[HistorySample | JournalEntry | _Unseen] = heapq.merge(
            map(_Unseen, unseen_ms), samples, entries, key=attrgetter("at_ms")
        )
        for what in happened:
            self._reach(what.at_ms)
            if isinstance(what, JournalEntry):
                self._take_entry(what)
            elif isinstance(what, _Unseen):
                self._forget()
            else:
                self._take_sample(what)
            self._note()
        self._reach(to_ms)
        self._note()
        blind = tuple(rule.key for rule in self._rules if not self._can_judge(rule))
        return Replayed(tuple(self._rings), self._quiet, known, len(watched), self._samples, blind)

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
        self._samples += 1
        self._take_link(sample)
        value = _value(point, sample.value)
        if sample.quality is Quality.BAD or (sample.quality is Quality.GOOD and value is not None):
            kind = self._facts.place(sample.equipment_id)[0]
            self._heard.add((kind, sample.point_key))
        self._table.apply(self._source, [(index, value, sample.quality)])

    def _forget(self) -> None:
        """Know nothing any more, as a bridge that starts."""
        states = map(self._table.state, range(len(self._table)))
        gone = [(s.index, s.value, Quality.UNKNOWN) for s in states if s.quality is not _UNKNOWN]
        self._table.apply(self._source, gone, heard=False)

    def _can_judge(self, rule: Rule) -> bool:
        """Return whether the past held anything a rule looks at."""
        if rule.watch is Watch.COMMAND:
            return True  # the journal tells
        if rule.watch is Watch.DRIVER:
            return False
        if rule.watch in (Watch.LINK, Watch.UPLINK):
            roots = map(self._facts.link_root, self._up)
            return any(rule.kind in ("", self._facts.place(root)[0]) for root in roots)
        return looks_at(self._facts, rule) <= self._heard

    def _take_link(self, sample: HistorySample) -> None:
        point = (sample.equipment_id, sample.point_key)
        link = self._link_of.get(point)
        if link is None or sample.quality in (Quality.STALE, Quality.UNKNOWN):
            return
        available = self._available.setdefault(link, set())
        (available.discard if sample.quality is Quality.UNAVAILABLE else available.add)(point)
        up = bool(available)
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


def _telling(facts: Facts, link: LinkConfig) -> list[tuple[str, str]]:
    """Return the points whose loss is the link's: a lamp is lost with its feeder, too."""
    points = [(bound.equipment_id, bound.point_key) for bound in link.points]
    root = facts.link_root(link.id)
    return [point for point in points if point[0] == root] or points


def patience_s(rule: Rule) -> float:
    """Return how long a rule must have looked before its silence says anything."""
    return max(rule.on_delay_s, rule.over_s, rule.window_s)


def _standing(entries: Iterable[JournalEntry]) -> Situation:
    """Return the situation those entries leave: what is out of service, and what somebody holds."""
    marks: dict[str, ServiceMark] = {}
    held: dict[str, Override] = {}
    for entry in entries:
        match entry.event:
            case ServiceEvent(mark=mark):
                marks[mark.equipment_id] = mark
            case OverrideEvent(override=override):
                held[override.id] = override
            case _:
                pass
    return Situation(
        seq=0,
        alarms=(),
        incidents=(),
        service=tuple(mark for mark in marks.values() if mark.state is not ServiceState.IN_SERVICE),
        commands=(),
        last_alarm_number=0,
        last_incident_number=0,
        overrides=tuple(one for one in held.values() if one.state not in _OVER),
    )


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
