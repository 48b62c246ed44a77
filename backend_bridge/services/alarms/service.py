"""The alarm service: hears the field, tells the room, keeps both axes through a crash.

What the field says is kept as items (memory), what the room was told as alarms (durable). Alarms
are moved on in the order in which things were heard; the room is told once they are committed.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec
import structlog

from backend_bridge.contract.alarms import Alarm, AlarmChange, AlarmState
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.journal import AlarmEvent, JournalEntry, ServiceEvent
from backend_bridge.contract.points import ServiceMark
from backend_bridge.contract.quality import Quality
from backend_bridge.contract.requests import AcknowledgeAlarm, Request
from backend_bridge.contract.results import AlarmResult, Result
from backend_bridge.contract.times import Clock
from backend_bridge.core.bus import Bus
from backend_bridge.core.linkstate import LinkState
from backend_bridge.core.points import PointTable, Transition
from backend_bridge.core.requests import Caller, Handler
from backend_bridge.core.storage import Draft, JournalStore, Situation
from backend_bridge.services.actor import BRIDGE_USER, JournalActor, Plan
from backend_bridge.services.alarms import engine
from backend_bridge.services.alarms.book import AlarmBook, RootCauses, Subject
from backend_bridge.services.alarms.engine import Act, Item
from backend_bridge.services.alarms.links import LinkBoard
from backend_bridge.services.alarms.rules import Rule, Watch
from backend_bridge.services.alarms.watched import WatchedPoints
from backend_bridge.services.facts import Facts, OutOfService

_log = structlog.get_logger(__name__)

_BELIEVED = (Quality.GOOD, Quality.BAD)


class _Heard(NamedTuple):
    """Something heard, and when: a slow disk must not shorten or stretch a delay."""

    mono_s: float
    utc_ms: int
    what: LinkState | ServiceMark | list[Transition]


class AlarmService(JournalActor):
    """Raise, count, return and acknowledge alarms.

    Args:
        situation: what was open when the bridge last committed; read once, before ``run``.
        table: observed from now on; its present values are read when ``run`` starts.
    """

    def __init__(
        self,
        *,
        rules: Sequence[Rule],
        facts: Facts,
        table: PointTable,
        journal: JournalStore,
        bus: Bus,
        clock: Clock,
        situation: Situation,
    ) -> None:
        super().__init__(journal=journal, bus=bus, clock=clock)
        self._facts = facts
        self._table = table
        self._rules = {rule.key: rule for rule in rules}
        self._links = LinkBoard(facts, rules)
        self._service = OutOfService(facts, situation.service)
        self._watched = WatchedPoints(facts, rules, len(table))
        self._items: dict[Subject, Item] = {}
        self._book = AlarmBook()
        self._held: set[Subject] = set()
        self._causes = RootCauses()
        self._opened = False
        self._due: list[tuple[float, Subject]] = []
        self._last_number = situation.last_alarm_number
        self._out: list[Draft] = []
        self._set_time(clock.mono_s(), clock.now_ms())
        for alarm in situation.alarms:
            self._restore(alarm)
        table.observe(self._on_points_changed)
        bus.subscribe(self._on_bus_entry)

    def handlers(self) -> Mapping[type, Handler]:
        """Return what answers which request."""
        return {AcknowledgeAlarm: self.ask}

    def on_link_state(self, state: LinkState) -> None:
        """Hear from the supervisor that a link went up or down; quick, on the loop."""
        self._hear(state)

    def listed(self) -> tuple[Alarm, ...]:
        """Return the alarms that are active or unacknowledged, changes not yet durable included."""
        return self._book.all()

    # what is heard

    def _on_points_changed(self, transitions: Sequence[Transition]) -> None:
        wanted = self._watched.only(transitions)
        if wanted:
            self._hear(wanted)

    def _on_bus_entry(self, entry: JournalEntry) -> None:
        if isinstance(entry.event, ServiceEvent):
            self._hear(entry.event.mark)

    def _hear(self, what: LinkState | ServiceMark | list[Transition]) -> None:
        self.post(_Heard(self._clock.mono_s(), self._clock.now_ms(), what))

    # the actor's parts

    async def _start(self) -> list[Draft]:
        self._set_time(self._clock.mono_s(), self._clock.now_ms())
        for alarm in self._book.all():
            self._reconcile(alarm)
        now_ms = self._now_ms
        states = ((index, self._table.state(index)) for index in self._watched)
        self._on_transitions(
            [
                Transition(index, None, Quality.UNKNOWN, state.value, state.quality, now_ms)
                for index, state in states
                if state.quality in _BELIEVED
            ]
        )
        return self._take_out()

    def _absorb(self, items: Sequence[object]) -> list[Draft]:
        for item in items:
            assert isinstance(item, _Heard)
            self._pass_time(item.mono_s, item.utc_ms)
            if isinstance(item.what, LinkState):
                self._on_link(item.what)
            elif isinstance(item.what, ServiceMark):
                self._service.take(item.what)
                self._opened = True
            else:
                self._on_transitions(item.what)
            self._reopen()
        self._pass_time(self._clock.mono_s(), self._clock.now_ms())
        return self._take_out()

    def _due_s(self) -> float | None:
        return self._due[0][0] if self._due else None

    def _subject(self, request: Request) -> str:
        assert isinstance(request, AcknowledgeAlarm)
        return request.alarm_id

    def _subject_of_draft(self, draft: Draft) -> str:
        return draft.event.alarm.id if isinstance(draft.event, AlarmEvent) else str(id(draft))

    async def _plan(self, caller: Caller, request: Request) -> Plan:
        assert isinstance(request, AcknowledgeAlarm)
        alarm = self._book.get(request.alarm_id)
        if alarm is None:
            raise RequestError(
                ErrorCode.CONFLICT, "error.alarm.not_found", {"alarm": request.alarm_id[:64]}
            )
        caller.require("manage", alarm.equipment_kind, self._facts.sector(alarm.equipment_id))
        if alarm.acknowledged:
            return Plan((), lambda _: AlarmResult(alarm=alarm))
        seen = engine.acknowledged(alarm, caller.user, self._clock.now_ms())
        drafts = [self._draft(AlarmChange.ACKNOWLEDGED, seen, caller)]
        if seen.state is AlarmState.NORMAL:
            drafts.append(self._draft(AlarmChange.CLEARED, seen, caller))

        def finish(_: Sequence[JournalEntry]) -> Result:
            self._book.keep(seen)
            return AlarmResult(alarm=seen)

        return Plan(drafts, finish)

    # moving on

    def _on_transitions(self, transitions: Sequence[Transition]) -> None:
        """Take changes of one instant: root causes first, so that nothing below them is raised."""
        later = []
        for change in transitions:
            ruleset = self._watched.rules_at(change.point)
            if any(rule.covers for rule in ruleset):
                self._on_transition(change)
            else:
                later.append(change)
        for change in later:
            self._on_transition(change)

    def _on_transition(self, change: Transition) -> None:
        equipment_id = ""
        for rule in self._watched.rules_at(change.point):
            if not equipment_id:
                if change.quality not in _BELIEVED and not self._items:
                    return
                owner = self._facts.point_at(change.point)
                if owner is None:
                    return
                equipment_id = owner[0].id
            subject = Subject(rule.key, equipment_id)
            known = self._items.get(subject)
            if known is None and not engine.judge(rule, change.value, change.quality, on=False):
                continue
            item = engine.observe(rule, known, change.value, change.quality, self._now_s)
            if item is not known:
                self._put_item(subject, rule, item)
            self._decide(subject, change.at_ms)

    def _on_link(self, state: LinkState) -> None:
        root = self._links.take(state)
        if not root:
            _log.warning("link_without_equipment", link=state.link_id, up=state.up)
            return
        down = self._links.down(root)
        speaking = [rule for rule in self._links.rules if self._speaks(Subject(rule.key, root))]
        if not speaking and down:
            rule = self._links.rule_for(root)
            speaking = [rule] if rule is not None else []
        for rule in speaking:
            subject = Subject(rule.key, root)
            item = self._items.get(subject) or Item(severity=rule.severity, since_s=self._now_s)
            if down is None:
                item = msgspec.structs.replace(item, believed=False)
            else:
                item = engine.believe(rule, item, self._now_s, on=down)
            self._put_item(subject, rule, item)
            self._decide(subject, state.since_ms)

    def _speaks(self, subject: Subject) -> bool:
        """Return whether a rule stands for its equipment now: raised, or still in its delay."""
        item = self._items.get(subject)
        alarm = self._book.of(subject)
        return (item is not None and item.on) or (alarm is not None and alarm.active)

    def _set_time(self, mono_s: float, utc_ms: int) -> None:
        self._now_s = mono_s
        self._now_ms = utc_ms

    def _pass_time(self, mono_s: float, utc_ms: int) -> None:
        """Let every delay that ends up to a moment end at its own moment."""
        while self._due and self._due[0][0] <= mono_s:
            due_s, subject = heapq.heappop(self._due)
            self._set_time(due_s, utc_ms - round((mono_s - due_s) * 1000))
            self._decide(subject, self._now_ms)
            self._reopen()
        self._set_time(mono_s, utc_ms)

    def _reopen(self) -> None:
        """Look again at what a filter holds back, now that one has opened."""
        while self._opened:
            self._opened = False
            held = sorted(self._held, key=lambda s: (not self._rules[s.rule].covers, s))
            for subject in held:
                self._decide(subject, self._now_ms)

    def _decide(self, subject: Subject, at_ms: int) -> None:
        rule = self._rules[subject.rule]
        item = self._items.get(subject)
        if item is None:
            return
        alarm = self._book.of(subject)
        verdict = engine.verdict(
            rule, item, alarm, self._now_s, is_open=self._is_open(subject.equipment_id)
        )
        self._held.discard(subject)
        match verdict.act:
            case Act.RAISE:
                self._raise(subject, rule, item, alarm, at_ms)
            case Act.HOLD:
                self._held.add(subject)
            case Act.RETURN if alarm is not None:
                self._return(alarm, at_ms)
            case Act.ESCALATE if alarm is not None:
                worse = engine.escalated(alarm, item, value=self._value_text(subject, item))
                self._write(AlarmChange.ESCALATED, worse, at_ms)
            case _:
                if verdict.due_s is not None:
                    heapq.heappush(self._due, (verdict.due_s, subject))
        self._update_cause(subject, rule)
        if engine.forgettable(rule, item, self._now_s, listed=self._book.of(subject) is not None):
            self._items.pop(subject, None)

    def _is_open(self, equipment_id: str) -> bool:
        if self._service.covering(equipment_id) is not None:
            return False
        return not self._causes or not self._causes.any_of(self._facts.ancestors(equipment_id))

    def _raise(
        self, subject: Subject, rule: Rule, item: Item, alarm: Alarm | None, at_ms: int
    ) -> None:
        value = self._value_text(subject, item)
        below = self._below(rule, subject.equipment_id)
        if alarm is not None:
            again = engine.raised_again(alarm, item, value=value, below=below)
            self._write(AlarmChange.RAISED_AGAIN, again, at_ms)
            return
        equipment = self._facts.equipment(subject.equipment_id)
        assert equipment is not None
        self._last_number += 1
        new = engine.raised(
            rule, self._last_number, equipment, item, at_ms, value=value, below=below
        )
        self._write(AlarmChange.RAISED, new, at_ms)

    def _return(self, alarm: Alarm, at_ms: int) -> None:
        back = engine.returned(alarm, at_ms)
        self._write(AlarmChange.RETURNED, back, at_ms)
        if back.state is AlarmState.NORMAL:
            self._out.append(self._draft(AlarmChange.CLEARED, back, at_ms=at_ms))

    # state

    def _write(self, change: AlarmChange, alarm: Alarm, at_ms: int) -> None:
        self._book.keep(alarm)
        self._out.append(self._draft(change, alarm, at_ms=at_ms))

    def _draft(
        self,
        change: AlarmChange,
        alarm: Alarm,
        caller: Caller | None = None,
        at_ms: int | None = None,
    ) -> Draft:
        return Draft(
            user=caller.user if caller else BRIDGE_USER,
            seat=caller.seat if caller else "",
            at_ms=self._clock.now_ms() if at_ms is None else at_ms,
            event=AlarmEvent(change=change, alarm=alarm),
        )

    def _take_out(self) -> list[Draft]:
        out, self._out = self._out, []
        return out

    def _put_item(self, subject: Subject, rule: Rule, item: Item) -> None:
        self._items[subject] = item
        self._update_cause(subject, rule)

    def _update_cause(self, subject: Subject, rule: Rule) -> None:
        if rule.covers and self._causes.put(subject, active=self._speaks(subject)):
            self._opened = True

    def _below(self, rule: Rule, equipment_id: str) -> int:
        if rule.watch is not Watch.POINT:
            return self._links.below(equipment_id)
        return self._facts.below(equipment_id) if rule.root_cause else 0

    def _value_text(self, subject: Subject, item: Item) -> str:
        point_key = self._rules[subject.rule].point
        return engine.value_text(item.value, self._facts.point(subject.equipment_id, point_key))

    def _restore(self, alarm: Alarm) -> None:
        """Take a listed alarm as the room knows it; the field has not spoken yet."""
        self._book.keep(alarm)
        rule = self._rule_behind(alarm)
        if rule is not None:
            subject = Subject(alarm.rule, alarm.equipment_id)
            item = Item(on=alarm.active, severity=alarm.severity, since_s=self._now_s)
            self._put_item(subject, rule, item)

    def _rule_behind(self, alarm: Alarm) -> Rule | None:
        """Return the rule that can still return an alarm, ``None`` after a change of territory."""
        rule = self._rules.get(alarm.rule)
        if rule is None:
            return None
        if rule.watch is Watch.POINT:
            equipment = self._facts.equipment(alarm.equipment_id)
            return rule if equipment is not None and equipment.kind == rule.kind else None
        return rule if self._facts.links_of_root(alarm.equipment_id) else None

    def _reconcile(self, alarm: Alarm) -> None:
        """Return what nothing stands behind any more; count what hangs below anew."""
        if not alarm.active:
            return
        rule = self._rule_behind(alarm)
        if rule is None:
            _log.warning("alarm_without_rule", alarm=alarm.id, rule=alarm.rule)
            self._return(alarm, self._now_ms)
            return
        below = self._below(rule, alarm.equipment_id)
        if below != alarm.children:
            counted = msgspec.structs.replace(alarm, children=below)
            self._write(AlarmChange.CHILDREN_COUNTED, counted, self._now_ms)
