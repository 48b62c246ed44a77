"""The alarm service: hears the field, tells the room, keeps every state through a crash.

Alarms are moved on in the order in which things were heard; the room is told once they are
committed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from backend_bridge.contract.alarms import Alarm, AlarmChange, Shelf
from backend_bridge.contract.commands import CommandRecord
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.journal import (
    AlarmEvent,
    CommandEvent,
    JournalEntry,
    OverrideEvent,
    ServiceEvent,
)
from backend_bridge.contract.overrides import Override
from backend_bridge.contract.points import Equipment, ServiceMark
from backend_bridge.contract.requests import (
    AcknowledgeAlarm,
    GetAlarmGuides,
    Request,
    SetAlarmService,
    ShelveAlarm,
    UnshelveAlarm,
)
from backend_bridge.contract.results import AlarmGuidesResult, AlarmResult, Result
from backend_bridge.contract.rights import ANYWHERE
from backend_bridge.contract.times import Clock
from backend_bridge.core.bus import Bus
from backend_bridge.core.linkstate import LinkState
from backend_bridge.core.points import PointTable, Transition
from backend_bridge.core.requests import Caller, Handler
from backend_bridge.core.storage import Draft, JournalStore, Situation
from backend_bridge.services.actor import BRIDGE_USER, JournalActor, Plan
from backend_bridge.services.alarms import decisions
from backend_bridge.services.alarms.book import Subject
from backend_bridge.services.alarms.decisions import Decision
from backend_bridge.services.alarms.ledger import Moved
from backend_bridge.services.alarms.machine import AlarmMachine
from backend_bridge.services.alarms.rules import AlarmFiles, Rule, guides
from backend_bridge.services.alarms.uplinks import Ways
from backend_bridge.services.facts import Facts

_Said = LinkState | ServiceMark | Override | CommandRecord | list[Transition]


class _Heard(NamedTuple):
    """Something heard, and when: a slow disk must not shorten or stretch a delay."""

    mono_s: float
    utc_ms: int
    what: _Said


class AlarmService(JournalActor):
    """Raise, count, return, acknowledge and put aside alarms.

    Args:
        files: rules and designs.
        situation: what was open when the bridge last committed; read once, before ``run``.
        table: observed from now on; its present values are read when ``run`` starts.
        ways: the networks that links share.
    """

    def __init__(
        self,
        *,
        files: AlarmFiles,
        facts: Facts,
        table: PointTable,
        journal: JournalStore,
        bus: Bus,
        clock: Clock,
        situation: Situation,
        ways: Ways | None = None,
    ) -> None:
        super().__init__(journal=journal, bus=bus, clock=clock)
        self._facts = facts
        self._rules = {rule.key: rule for rule in files.rules}
        self._guides = guides(files.rules)
        self._machine = AlarmMachine(
            files,
            facts,
            table,
            situation,
            ways=ways or Ways(),
            mono_s=clock.mono_s(),
            now_ms=clock.now_ms(),
        )
        self._ledger = self._machine.ledger
        table.observe(self._on_points_changed)
        bus.subscribe(self._on_bus_entry)

    @property
    def networks(self) -> Mapping[str, Equipment]:
        """Return the networks whose loss is an alarm, as if they were equipment, by id."""
        return self._machine.networks

    def handlers(self) -> Mapping[type, Handler]:
        """Return what answers which request."""
        asked = (AcknowledgeAlarm, ShelveAlarm, UnshelveAlarm, SetAlarmService)
        return {**dict.fromkeys(asked, self.ask), GetAlarmGuides: self.handle_guides}

    async def handle_guides(self, caller: Caller, request: Request) -> Result:
        """Answer what each rule is for, as far as the caller may see its kind."""
        assert isinstance(request, GetAlarmGuides)
        return AlarmGuidesResult(
            guides=tuple(
                guide for guide in self._guides if caller.holds("view", guide.kind, ANYWHERE)
            )
        )

    def on_link_state(self, state: LinkState) -> None:
        """Hear from the supervisor that a link went up or down; quick, on the loop."""
        self._hear(state)

    def listed(self) -> tuple[Alarm, ...]:
        """Return the alarms that are not over, changes not yet durable included."""
        return self._ledger.book.all()

    # what is heard

    def _on_points_changed(self, transitions: Sequence[Transition]) -> None:
        wanted = self._machine.only_watched(transitions)
        if wanted:
            self._hear(wanted)

    def _on_bus_entry(self, entry: JournalEntry) -> None:
        match entry.event:
            case ServiceEvent(mark=mark):
                self._hear(mark)
            case OverrideEvent(override=override):
                self._hear(override)
            case CommandEvent(command=command):
                self._hear(command)
            case _:
                pass

    def _hear(self, what: _Said) -> None:
        self.post(_Heard(self._clock.mono_s(), self._clock.now_ms(), what))

    # the actor's parts

    async def _start(self) -> list[Draft]:
        self._machine.start(self._clock.mono_s(), self._clock.now_ms())
        return self._take_out()

    def _absorb(self, items: Sequence[object]) -> list[Draft]:
        machine = self._machine
        for item in items:
            assert isinstance(item, _Heard)
            machine.pass_time(item.mono_s, item.utc_ms)
            match item.what:
                case LinkState() as state:
                    machine.on_link(state)
                case ServiceMark() as mark:
                    machine.on_service(mark)
                case Override() as override:
                    machine.on_override(override)
                case CommandRecord() as command:
                    machine.on_command(command)
                case transitions:
                    machine.on_points(transitions)
        machine.pass_time(self._clock.mono_s(), self._clock.now_ms())
        return self._take_out()

    def _due_s(self) -> float | None:
        return self._machine.due_s()

    def _subject(self, request: Request) -> str:
        if isinstance(request, SetAlarmService):
            alarm = self._ledger.book.of(Subject(request.rule, request.equipment_id))
            return alarm.id if alarm else f"{request.rule} {request.equipment_id}"
        assert isinstance(request, AcknowledgeAlarm | ShelveAlarm | UnshelveAlarm)
        return request.alarm_id

    def _subject_of_draft(self, draft: Draft) -> str:
        return draft.event.alarm.id if isinstance(draft.event, AlarmEvent) else str(id(draft))

    async def _plan(self, caller: Caller, request: Request) -> Plan:
        now_ms = self._clock.now_ms()
        if isinstance(request, SetAlarmService):
            decision = self._decide_service(caller, request, now_ms)
        else:
            assert isinstance(request, AcknowledgeAlarm | ShelveAlarm | UnshelveAlarm)
            alarm = self._alarm(caller, request.alarm_id)
            match request:
                case ShelveAlarm():
                    rule = self._rules.get(alarm.rule)
                    shelf = _shelf(caller, request.reason, now_ms, request.until_ms)
                    decision = decisions.shelve(alarm, rule, shelf)
                case UnshelveAlarm():
                    decision = decisions.unshelve(alarm)
                case _:
                    decision = decisions.acknowledge(alarm, caller.user, now_ms)
        return self._carry_out(caller, decision, now_ms)

    def _carry_out(self, caller: Caller, decision: Decision, now_ms: int) -> Plan:
        changes = list(decision.changes)
        if changes and decision.alarm.over:
            changes.append(AlarmChange.CLEARED)
        drafts = [
            Draft(
                user=caller.user,
                seat=caller.seat,
                at_ms=now_ms,
                event=AlarmEvent(change=change, alarm=decision.alarm),
            )
            for change in changes
        ]

        def finish(_: Sequence[JournalEntry]) -> Result:
            if changes:
                self._ledger.keep(decision.alarm)
            return AlarmResult(alarm=decision.alarm)

        return Plan(drafts, finish)

    def _alarm(self, caller: Caller, alarm_id: str) -> Alarm:
        alarm = self._ledger.book.get(alarm_id)
        sector = self._facts.sector(alarm.equipment_id) if alarm else ""
        if alarm is None or not caller.holds("view", alarm.equipment_kind, sector):
            raise RequestError(
                ErrorCode.CONFLICT, "error.alarm.not_found", {"alarm": alarm_id[:64]}
            )
        caller.require("manage", alarm.equipment_kind, sector)
        return alarm

    def _decide_service(self, caller: Caller, request: SetAlarmService, now_ms: int) -> Decision:
        rule = self._rule(request)
        equipment = self._facts.equipment(request.equipment_id)
        alarm = self._ledger.book.of(Subject(rule.key, request.equipment_id))
        kind = alarm.equipment_kind if alarm else equipment.kind if equipment else ""
        sector = self._facts.sector(request.equipment_id)
        seen = bool(kind) and caller.holds("view", kind, sector)
        if not seen or (alarm is None and not self._ledger.can_ring(rule, request.equipment_id)):
            raise RequestError(
                ErrorCode.BAD_REQUEST,
                "error.alarm.no_such_subject",
                {"rule": rule.key, "equipment": request.equipment_id[:64]},
            )
        caller.require("configure", kind, sector)
        if request.until_ms is None:
            return decisions.put_back(alarm, request.equipment_id)
        shelf = _shelf(caller, request.reason, now_ms, request.until_ms)
        return decisions.take_out(
            alarm,
            rule,
            request.equipment_id,
            kind,
            shelf,
            next_number=self._ledger.next_number,
        )

    def _rule(self, request: SetAlarmService) -> Rule:
        rule = self._rules.get(request.rule)
        if rule is None:
            raise RequestError(
                ErrorCode.BAD_REQUEST, "error.alarm.no_such_rule", {"rule": request.rule[:64]}
            )
        return rule

    def _take_out(self) -> list[Draft]:
        return [_draft(moved) for moved in self._ledger.take_out()]


def _shelf(caller: Caller, reason: str, now_ms: int, until_ms: int) -> Shelf:
    return Shelf(
        by=caller.user, reason=reason.strip(), since_ms=now_ms, until_ms=until_ms, seat=caller.seat
    )


def _draft(moved: Moved) -> Draft:
    return Draft(
        user=BRIDGE_USER,
        seat="",
        at_ms=moved.at_ms,
        event=AlarmEvent(change=moved.change, alarm=moved.alarm),
    )
