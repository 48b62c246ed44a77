"""What the room is told of alarms: the listed ones, how they change, what keeps them quiet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import msgspec
import structlog

from backend_bridge.contract.alarms import Alarm, AlarmChange
from backend_bridge.services.alarms import engine, moves
from backend_bridge.services.alarms.asides import Asides, Reminders
from backend_bridge.services.alarms.beside import Designs
from backend_bridge.services.alarms.book import AlarmBook, Subject
from backend_bridge.services.alarms.engine import Item
from backend_bridge.services.alarms.links import LinkBoard
from backend_bridge.services.alarms.rules import Rule, Watch
from backend_bridge.services.alarms.uplinks import UplinkBoard
from backend_bridge.services.alarms.watched import shown_point
from backend_bridge.services.facts import Facts

FOLD_MS = 60_000
"""A lost link's alarm younger than this goes under the lost network found to be its cause."""

_log = structlog.get_logger(__name__)

Speaks = Callable[[Subject], bool]
"""Return whether a rule stands for its equipment now: raised, or still in its delay."""


class Moved(NamedTuple):
    """What happened to an alarm; ``alarm`` is its whole state after."""

    change: AlarmChange
    alarm: Alarm
    at_ms: int


class Ledger:
    """Hold the listed alarms and write down each change, in order.

    Attributes:
        book: the alarms that are active, unacknowledged or put aside.
        stirred: equipment where something changed that a design looks at.
        now_s: the present moment on the monotonic clock; ``now_ms`` on the clock of day.
    """

    def __init__(
        self,
        rules: Mapping[str, Rule],
        facts: Facts,
        designs: Designs,
        links: LinkBoard,
        uplinks: UplinkBoard,
        *,
        last_number: int,
        now_s: float,
        now_ms: int,
    ) -> None:
        self._rules = rules
        self._facts = facts
        self._designs = designs
        self._links = links
        self._uplinks = uplinks
        self._shown = {rule.key: shown_point(facts, rule) for rule in rules.values()}
        self._asides = Asides()
        self._reminders = Reminders(rules)
        self._last_number = last_number
        self._out: list[Moved] = []
        self._near: dict[str, dict[str, None]] = {}
        """Listed alarms a design may keep quiet, by what hangs on nothing above them."""
        self.book = AlarmBook()
        self.stirred: set[str] = set()
        self.now_s, self.now_ms = now_s, now_ms

    def next_number(self) -> int:
        """Give out the number of a new alarm."""
        self._last_number += 1
        return self._last_number

    def keep(self, alarm: Alarm) -> None:
        """Take an alarm's new state, told already."""
        self._place(alarm)
        self.book.keep(alarm)
        self._asides.note(alarm, self.now_s, self.now_ms)
        self._reminders.note(alarm, self.now_s)

    def restore(self, alarm: Alarm) -> None:
        """Take an alarm from before the start, told already."""
        self._reminders.restore(alarm, self.now_s, self.now_ms)
        self.keep(alarm)

    def take_out(self) -> list[Moved]:
        """Return what happened since last asked, oldest first."""
        out, self._out = self._out, []
        return out

    def due_s(self) -> float | None:
        """Return the monotonic second at which :meth:`pass_time` has something to do."""
        dues = (self._asides.due_s(self.now_s), self._reminders.due_s())
        return min((due_s for due_s in dues if due_s is not None), default=None)

    def pass_time(self) -> None:
        """Bring back what was aside for long enough; remind of what nobody acknowledged."""
        for alarm in map(self.book.get, self._asides.over(self.now_s, self.now_ms)):
            if alarm is not None:
                self._bring_back(alarm)
        for alarm in map(self.book.get, self._reminders.over(self.now_s)):
            if alarm is not None:
                self.write(AlarmChange.REMINDED, moves.reminded(alarm, self.now_ms), self.now_ms)

    def rule_behind(self, alarm: Alarm) -> Rule | None:
        """Return the rule that can still return an alarm, ``None`` after a change of territory."""
        rule = self._rules.get(alarm.rule)
        return rule if rule is not None and self.can_ring(rule, alarm.equipment_id) else None

    def can_ring(self, rule: Rule, equipment_id: str) -> bool:
        """Return whether a rule watches an equipment, or a network."""
        if rule.watch is Watch.UPLINK:
            return equipment_id in self._uplinks
        if rule.of_link:
            return bool(self._facts.links_of_root(equipment_id))
        equipment = self._facts.equipment(equipment_id)
        return equipment is not None and equipment.kind == rule.kind

    def reconcile(self, alarm: Alarm) -> None:
        """Return what nothing stands behind any more; count what hangs below anew."""
        if not alarm.active:
            return
        rule = self.rule_behind(alarm)
        if rule is None:
            _log.warning("alarm_without_rule", alarm=alarm.id, rule=alarm.rule)
            self.return_alarm(alarm, self.now_ms)
            return
        below = self.below(rule, alarm.equipment_id)
        if below != alarm.children:
            counted = msgspec.structs.replace(alarm, children=below)
            self.write(AlarmChange.CHILDREN_COUNTED, counted, self.now_ms)

    def raise_alarm(
        self, subject: Subject, rule: Rule, item: Item, alarm: Alarm | None, at_ms: int
    ) -> None:
        """Raise an alarm, or the returned one again; quiet where something keeps it so."""
        value = self._value_text(subject, rule, item)
        below = self.below(rule, subject.equipment_id)
        quiet = self._designs.of(*subject) if rule.key in self._designs else ""
        if alarm is not None:
            if alarm.shelf is not None and item.severity < alarm.severity:
                alarm = self._take_down(alarm, at_ms)
            again = moves.raised_again(
                alarm, item, at_ms, value=value, below=below, suppressed=quiet
            )
            self.write(AlarmChange.RAISED_AGAIN, again, at_ms)
        else:
            new = moves.raised(
                rule,
                self.next_number(),
                subject.equipment_id,
                self._kind(rule, subject.equipment_id),
                item=item,
                now_ms=at_ms,
                value=value,
                below=below,
                suppressed=quiet,
            )
            self.write(AlarmChange.RAISED, new, at_ms)
        if rule.watch is Watch.UPLINK:
            self._fold(rule, subject.equipment_id)

    def return_alarm(self, alarm: Alarm, at_ms: int) -> None:
        """Note that an alarm is back to normal; acknowledged already, it leaves the list."""
        back = moves.returned(alarm, at_ms)
        self.write(AlarmChange.RETURNED, back, at_ms)
        if back.over:
            self._out.append(Moved(AlarmChange.CLEARED, back, at_ms))
        rule = self._rules.get(alarm.rule)
        if rule is not None and rule.watch is Watch.UPLINK:
            self.stirred.update(a.equipment_id for a in self.book.all() if a.suppressed)

    def escalate(self, alarm: Alarm, item: Item, at_ms: int) -> None:
        """Note that an alarm became worse; one on the shelf comes down."""
        if alarm.shelf is not None:
            alarm = self._take_down(alarm, at_ms)
        subject = Subject(alarm.rule, alarm.equipment_id)
        value = self._value_text(subject, self._rules[alarm.rule], item)
        self.write(AlarmChange.ESCALATED, moves.escalated(alarm, item, value=value), at_ms)

    def _take_down(self, alarm: Alarm, at_ms: int) -> Alarm:
        """Take an alarm down that got worse: what somebody put aside was less than this."""
        down = moves.unshelved(alarm)
        self.write(AlarmChange.UNSHELVED, down, at_ms)
        return down

    def _bring_back(self, alarm: Alarm) -> None:
        """End what was to end by itself; an alarm that is over leaves the list."""
        if alarm.taken_out is not None:
            change, back = AlarmChange.IN_SERVICE, moves.put_back(alarm)
        else:
            change, back = AlarmChange.UNSHELVED, moves.unshelved(alarm)
        self.write(change, back, self.now_ms)
        if back.over:
            self._out.append(Moved(AlarmChange.CLEARED, back, self.now_ms))

    def _fold(self, rule: Rule, uplink: str) -> None:
        """Put the young alarms of single links under the lost network that explains them."""
        for alarm in self.book.all():
            young = self.now_ms - alarm.raised_ms < FOLD_MS
            if alarm.active and young and not alarm.quiet and self._under(alarm, uplink):
                self.write(AlarmChange.SUPPRESSED, moves.suppressed(alarm, rule.key), self.now_ms)

    def _under(self, alarm: Alarm, uplink: str) -> bool:
        rule = self._rules.get(alarm.rule)
        if rule is None:
            return False
        if rule.watch is Watch.UPLINK:
            return uplink in self._uplinks.parents(alarm.equipment_id)
        return rule.of_link and uplink in self._uplinks.above((alarm.equipment_id,))

    def quieten(self, speaks: Speaks) -> None:
        """Look again at what keeps alarms quiet, where something it looks at has changed."""
        stirred, self.stirred = self.stirred, set()
        tops = sorted(set(map(self._facts.root, stirred)))
        near = [one for top in tops for one in self._near.get(top, ())]
        for alarm in map(self.book.get, near):
            if alarm is None:
                continue
            places = (alarm.equipment_id, *self._facts.ancestors(alarm.equipment_id))
            if stirred.isdisjoint(places):
                continue
            design = self._design(alarm, speaks)
            if design == alarm.suppressed:
                continue
            change = AlarmChange.SUPPRESSED if design else AlarmChange.UNSUPPRESSED
            self.write(change, moves.suppressed(alarm, design), self.now_ms)

    def _place(self, alarm: Alarm) -> None:
        """Know where an alarm is that something may keep quiet; it leaves with the list."""
        if alarm.rule not in self._designs and not alarm.suppressed and not alarm.over:
            return
        top = self._facts.root(alarm.equipment_id)
        if not alarm.over:
            self._near.setdefault(top, {})[alarm.id] = None
        elif top in self._near:
            self._near[top].pop(alarm.id, None)

    def _design(self, alarm: Alarm, speaks: Speaks) -> str:
        """Return what keeps an alarm quiet: the lost network it went under, or a design."""
        rule = self._rules.get(alarm.suppressed)  # a design's key is none of a network's rule
        if rule is not None and rule.watch is Watch.UPLINK:
            ids = (alarm.equipment_id,)
            above = self._uplinks.above(ids) or self._uplinks.parents(alarm.equipment_id)
            if any(speaks(Subject(rule.key, uplink)) for uplink in above):
                return rule.key
        return self._designs.of(alarm.rule, alarm.equipment_id, alarm.suppressed)

    def write(self, change: AlarmChange, alarm: Alarm, at_ms: int) -> None:
        """Take an alarm's new state, to be told."""
        self.keep(alarm)
        self._out.append(Moved(change, alarm, at_ms))

    def _kind(self, rule: Rule, equipment_id: str) -> str:
        if rule.watch is Watch.UPLINK:
            return self._uplinks.kind(equipment_id)
        equipment = self._facts.equipment(equipment_id)
        return equipment.kind if equipment is not None else ""

    def below(self, rule: Rule, equipment_id: str) -> int:
        """Count what is lost with an equipment or a network, itself not counted."""
        if rule.watch is Watch.UPLINK:
            return self._uplinks.below(equipment_id)
        if rule.of_link:
            return self._links.below(equipment_id)
        return self._facts.below(equipment_id) if rule.root_cause else 0

    def _value_text(self, subject: Subject, rule: Rule, item: Item) -> str:
        if rule.watch is Watch.UPLINK:
            return self._uplinks.name(subject.equipment_id)
        point = self._facts.point(subject.equipment_id, self._shown[rule.key])
        return engine.value_text(item.value, point)
