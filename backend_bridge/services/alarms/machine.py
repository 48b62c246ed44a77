"""The alarms of a city moved on by what is heard, one moment after the other; no disk, no loop.

What the field says is kept as items, what the room is told as alarms. Live and in replay it is the
same machine: only where the time and the values come from differs.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence

import msgspec
import structlog

from backend_bridge.contract.alarms import Alarm
from backend_bridge.contract.commands import CommandRecord
from backend_bridge.contract.overrides import Override
from backend_bridge.contract.points import Equipment, Scalar, ServiceMark
from backend_bridge.contract.quality import Quality
from backend_bridge.core.linkstate import LinkState
from backend_bridge.core.points import PointTable, Transition
from backend_bridge.core.storage import Situation
from backend_bridge.services.alarms import engine
from backend_bridge.services.alarms.beside import Designs, Surroundings, Unproven
from backend_bridge.services.alarms.book import Held, RootCauses, Subject
from backend_bridge.services.alarms.engine import ALONE, Act, Item
from backend_bridge.services.alarms.ledger import Ledger
from backend_bridge.services.alarms.links import LinkBoard
from backend_bridge.services.alarms.rules import AlarmFiles, Rule, Watch
from backend_bridge.services.alarms.uplinks import UplinkBoard, Ways
from backend_bridge.services.alarms.watched import WatchedPoints, hanging, shown_point
from backend_bridge.services.facts import Facts, OutOfService

_log = structlog.get_logger(__name__)

_BELIEVED = (Quality.GOOD, Quality.BAD)


class AlarmMachine:
    """Hold items and alarms, and move them on.

    Args:
        situation: what was open when the bridge last committed.
        table: read when a condition looks at points beside its own.
        mono_s: the present moment on the monotonic clock; ``now_ms`` on the clock of day.
    """

    def __init__(
        self,
        files: AlarmFiles,
        facts: Facts,
        table: PointTable,
        situation: Situation,
        *,
        ways: Ways,
        mono_s: float,
        now_ms: int,
    ) -> None:
        rules = files.rules
        self._facts = facts
        self._table = table
        self._rules = {rule.key: rule for rule in rules}
        self._links = LinkBoard(facts, rules)
        uplink_rule = next((rule for rule in rules if rule.watch is Watch.UPLINK), None)
        self._uplink_rule = uplink_rule
        self._uplinks = UplinkBoard(facts, uplink_rule.share if uplink_rule else 1.0, ways)
        self._service = OutOfService(facts, situation.service)
        self._around = Surroundings(facts, table, situation.overrides)
        commanded = [rule for rule in rules if rule.watch is Watch.COMMAND]
        self._unproven = Unproven(commanded, situation.to_check)
        self._watched = WatchedPoints(facts, rules, len(table), files.designs)
        self._shown = {rule.key: shown_point(facts, rule) for rule in rules}
        self._social = {
            rule.key for rule in rules if rule.stuck or rule.differs_from or rule.while_
        }
        self._hanging = hanging(facts, rules)
        self._items: dict[Subject, Item] = {}
        self._held = Held()
        self._causes = RootCauses()
        self._freed: set[str] = set()
        """Equipment that may no longer hold back what is below it."""
        self._due: list[tuple[float, Subject]] = []
        self._looks: dict[Subject, float] = {}
        self._ledger = Ledger(
            self._rules,
            facts,
            Designs(files.designs, self._around),
            self._links,
            self._uplinks,
            last_number=situation.last_alarm_number,
            now_s=mono_s,
            now_ms=now_ms,
        )
        for alarm in situation.alarms:
            self._restore(alarm)

    # for the service

    @property
    def ledger(self) -> Ledger:
        """Return what the room is told."""
        return self._ledger

    @property
    def networks(self) -> Mapping[str, Equipment]:
        """Return the networks whose loss is an alarm, as if they were equipment."""
        return self._uplinks.as_equipment()

    def only_watched(self, transitions: Sequence[Transition]) -> list[Transition]:
        """Return the transitions some rule or design looks at."""
        return self._watched.only(transitions)

    def watched_points(self) -> tuple[int, ...]:
        """Return the indexes of the points some rule or design looks at."""
        return tuple(self._watched)

    def due_s(self) -> float | None:
        """Return the monotonic second at which :meth:`pass_time` has something to do."""
        dues = (self._due[0][0] if self._due else None, self._ledger.due_s())
        return min((due_s for due_s in dues if due_s is not None), default=None)

    # what is heard

    def start(self, mono_s: float, now_ms: int) -> None:
        """Read the present values; compare what the room was told with what still can be true."""
        self._ledger.now_s, self._ledger.now_ms = mono_s, now_ms
        for alarm in self._ledger.book.all():
            self._ledger.reconcile(alarm)
        states = ((index, self._table.state(index)) for index in self._watched)
        self.on_points(
            [
                Transition(index, None, Quality.UNKNOWN, state.value, state.quality, now_ms)
                for index, state in states
                if state.quality in _BELIEVED
            ]
        )
        for rule in self._rules.values():
            if rule.watch is Watch.COMMAND:
                for equipment_id in self._unproven.equipment_ids():
                    item = self._facts.equipment(equipment_id)
                    if item is not None and item.kind == rule.kind:
                        self._judge_command(rule, equipment_id)
        self._ledger.stirred.update(
            alarm.equipment_id for alarm in self._ledger.book.all() if alarm.suppressed
        )
        self._ledger.quieten(self._speaks)

    def on_points(self, transitions: Sequence[Transition]) -> None:
        """Take changes of one instant: root causes first, so that nothing below them is raised."""
        later = []
        for change in transitions:
            if any(rule.covers for rule in self._watched.at(change.point).rules):
                self._on_transition(change)
            else:
                later.append(change)
        for change in later:
            self._on_transition(change)
        self._settle()

    def on_link(self, state: LinkState) -> None:
        """Take that a link went up or down."""
        if self._uplink_rule is not None:
            for uplink in reversed(self._uplinks.take(state)):
                self._judge_uplink(self._uplink_rule, uplink, state)
        self._judge_link(state)
        self._settle()

    def on_service(self, mark: ServiceMark) -> None:
        """Take that an equipment left service or came back."""
        self._service.take(mark)
        self._freed.add(mark.equipment_id)
        self._settle()

    def on_override(self, override: Override) -> None:
        """Take that somebody holds a point, or no longer."""
        self._around.take(override)
        equipment_id = override.equipment_id
        for rule in self._rules.values():
            if rule.key not in self._social:
                continue
            if rule.kind == override.equipment_kind:
                self._look_again(rule, equipment_id, self._ledger.now_ms)
            for below in self._hanging.get((rule.kind, equipment_id), ()):
                self._look_again(rule, below, self._ledger.now_ms)
        self._ledger.stirred.add(equipment_id)
        self._settle()

    def on_command(self, command: CommandRecord) -> None:
        """Take a command's outcome."""
        for rule in self._unproven.take(command):
            self._judge_command(rule, command.equipment_id)
        self._settle()

    def pass_time(self, mono_s: float, now_ms: int) -> None:
        """Let everything due up to a moment happen, each delay at its own moment."""
        while self._due and self._due[0][0] <= mono_s:
            due_s, subject = heapq.heappop(self._due)
            self._ledger.now_s, self._ledger.now_ms = due_s, now_ms - round((mono_s - due_s) * 1000)
            if self._looks.pop(subject, None) is not None:
                self._look_again(
                    self._rules[subject.rule], subject.equipment_id, self._ledger.now_ms
                )
            self._decide(subject, self._ledger.now_ms)
            self._settle()
        self._ledger.now_s, self._ledger.now_ms = mono_s, now_ms
        self._ledger.pass_time()

    # conditions

    def _on_transition(self, change: Transition) -> None:
        if change.quality not in _BELIEVED and not self._items:
            return
        watchers = self._watched.at(change.point)
        owner = self._facts.point_at(change.point)
        if owner is None:
            return
        equipment_id = owner[0].id
        for rule in watchers.rules:
            self._look(rule, equipment_id, change.value, change.quality, change.at_ms)
        for rule in watchers.beside:
            self._look_again(rule, equipment_id, change.at_ms)
        for rule in watchers.above:
            for below in self._hanging.get((rule.kind, equipment_id), ()):
                self._look_again(rule, below, change.at_ms)
        if watchers.quiets:
            self._ledger.stirred.add(equipment_id)

    def _look_again(self, rule: Rule, equipment_id: str, at_ms: int) -> None:
        """Judge a condition by the present values."""
        value, quality = self._around.state(equipment_id, self._shown[rule.key])
        self._look(rule, equipment_id, value, quality, at_ms)

    def _look(
        self, rule: Rule, equipment_id: str, value: Scalar, quality: Quality, at_ms: int
    ) -> None:
        subject = Subject(rule.key, equipment_id)
        known = self._items.get(subject)
        if known is None and rule.stuck and not self._around.held(equipment_id, rule.point):
            return  # at dusk ten thousand lamps change, and nobody holds one
        beside = ALONE if rule.key not in self._social else self._around.beside(rule, equipment_id)
        if known is None:
            holds = engine.judge(rule, value, quality, on=False, other=beside.other)
            if not (quality is Quality.GOOD if rule.of_rate else holds and beside.met):
                return  # a rate must be followed from its first reading on
        item = engine.observe(rule, known, value, quality, self._ledger.now_s, beside=beside)
        if item is not known:
            self._put_item(subject, rule, item)
        self._decide(subject, at_ms)

    def _judge_link(self, state: LinkState) -> None:
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
            self._believe(rule, root, state.since_ms, on=down)

    def _judge_uplink(self, rule: Rule, uplink: str, state: LinkState) -> None:
        lost = self._uplinks.lost(uplink)
        subject = Subject(rule.key, uplink)
        if not lost and not self._speaks(subject) and subject not in self._items:
            return
        item = self._items.get(subject)
        if item is not None and lost is False and state.up:
            # links come back one by one: it is over once none did for off_delay_s
            self._items[subject] = msgspec.structs.replace(item, since_s=self._ledger.now_s)
        self._believe(rule, uplink, state.since_ms, on=lost)

    def _judge_command(self, rule: Rule, equipment_id: str) -> None:
        on = self._unproven.of(rule, equipment_id)
        if on or Subject(rule.key, equipment_id) in self._items:
            self._believe(rule, equipment_id, self._ledger.now_ms, on=on)

    def _believe(self, rule: Rule, equipment_id: str, at_ms: int, *, on: bool | None) -> None:
        subject = Subject(rule.key, equipment_id)
        item = self._items.get(subject) or Item(severity=rule.severity, since_s=self._ledger.now_s)
        if on is None:
            item = msgspec.structs.replace(item, believed=False)
        else:
            item = engine.believe(rule, item, self._ledger.now_s, on=on)
        self._put_item(subject, rule, item)
        self._decide(subject, at_ms)

    def _speaks(self, subject: Subject) -> bool:
        """Return whether a rule stands for its equipment now: raised, or still in its delay."""
        item = self._items.get(subject)
        alarm = self._ledger.book.of(subject)
        return (item is not None and item.on) or (alarm is not None and alarm.active)

    def _put_item(self, subject: Subject, rule: Rule, item: Item) -> None:
        self._items[subject] = item
        self._update_cause(subject, rule)

    def _update_cause(self, subject: Subject, rule: Rule) -> None:
        if rule.covers and self._causes.put(subject, active=self._speaks(subject)):
            self._freed.add(subject.equipment_id)

    # moving on

    def _settle(self) -> None:
        """Look again at what a filter holds back, now that one has opened; then at designs."""
        while self._freed:
            freed, self._freed = self._freed, set()
            held = self._held.by(freed)
            for subject in sorted(held, key=lambda s: (not self._rules[s.rule].covers, s)):
                self._decide(subject, self._ledger.now_ms)
        if self._ledger.stirred:
            self._ledger.quieten(self._speaks)

    def _decide(self, subject: Subject, at_ms: int) -> None:
        rule = self._rules[subject.rule]
        item = self._items.get(subject)
        if item is None:
            return
        alarm = self._ledger.book.of(subject)
        closed_by = self._closed_by(rule, subject.equipment_id)
        verdict = engine.verdict(
            self._patient(rule, subject.equipment_id),
            item,
            alarm,
            self._ledger.now_s,
            is_open=not closed_by,
        )
        self._held.let_go(subject)
        match verdict.act:
            case Act.RAISE:
                self._ledger.raise_alarm(subject, rule, item, alarm, at_ms)
            case Act.HOLD:
                self._held.hold(subject, closed_by)
            case Act.RETURN if alarm is not None:
                self._ledger.return_alarm(alarm, at_ms)
            case Act.ESCALATE if alarm is not None:
                self._ledger.escalate(alarm, item, at_ms)
            case _:
                if verdict.due_s is not None:
                    heapq.heappush(self._due, (verdict.due_s, subject))
        self._update_cause(subject, rule)
        look_s = engine.look_again_s(rule, item)
        if look_s is not None and look_s < self._looks.get(subject, float("inf")):
            self._looks[subject] = look_s
            heapq.heappush(self._due, (look_s, subject))
        if engine.forgettable(
            rule, item, self._ledger.now_s, listed=self._ledger.book.of(subject) is not None
        ):
            self._items.pop(subject, None)

    def _patient(self, rule: Rule, equipment_id: str) -> Rule:
        """Return a rule of links that waits for what the network above them will say."""
        above = self._uplink_rule
        if above is None or not rule.of_link or rule.on_delay_s >= above.hold_s:
            return rule
        if not self._uplinks.above((equipment_id,)):
            return rule
        return msgspec.structs.replace(rule, on_delay_s=above.hold_s)

    def _closed_by(self, rule: Rule, equipment_id: str) -> str:
        """Return what keeps a rule from ringing: equipment or network, empty for nothing."""
        if rule.watch is Watch.UPLINK:
            return self._causes.first_of(self._uplinks.parents(equipment_id))
        mark = self._service.covering(equipment_id)
        if mark is not None:
            return mark.equipment_id
        if not self._causes:
            return ""
        chain = (equipment_id, *self._facts.ancestors(equipment_id))
        return self._causes.first_of(chain[1:]) or self._causes.first_of(self._uplinks.above(chain))

    # state

    def _restore(self, alarm: Alarm) -> None:
        """Take a listed alarm as the room knows it; the field has not spoken yet."""
        self._ledger.restore(alarm)
        rule = self._ledger.rule_behind(alarm)
        if rule is not None:
            subject = Subject(alarm.rule, alarm.equipment_id)
            item = Item(on=alarm.active, severity=alarm.severity, since_s=self._ledger.now_s)
            self._put_item(subject, rule, item)
