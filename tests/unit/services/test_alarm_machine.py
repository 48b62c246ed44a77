"""Whatever the field, the people and the disk do: no alarm lost, none twice, none out of order."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from backend_bridge.contract.alarms import Alarm, AlarmChange, AlarmState, Severity
from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.journal import AlarmEvent
from backend_bridge.contract.quality import Quality, ServiceState
from backend_bridge.contract.requests import Request, SetAlarmService, ShelveAlarm, UnshelveAlarm
from backend_bridge.contract.results import AlarmResult
from backend_bridge.services.alarms import Rule
from backend_bridge.services.alarms.rules import Watch
from tests.unit.services.kit import OPERATOR, Room, make_catalogue

RULES = (
    Rule(key="link_lost", severity=Severity.HIGH, watch=Watch.LINK, off_delay_s=2.0),
    Rule(
        key="feeder_tripped", severity=Severity.HIGH, kind="feeder", point="closed", is_=False,
        root_cause=True, off_delay_s=1.0, on_delay_s=1.0,
    ),
    Rule(
        key="lamp_failed", severity=Severity.LOW, kind="lamp", point="fault", is_=True,
        on_delay_s=3.0, off_delay_s=2.0, count=3, window_s=30.0,
    ),
    Rule(key="lamp_dark", severity=Severity.MEDIUM, kind="lamp", point="level", below=5.0),
)  # fmt: skip

POINTS = (
    ("EP-0001-D1", "closed"),
    ("EP-0001-D2", "closed"),
    ("EP-0001-D1-01", "fault"),
    ("EP-0001-D1-02", "fault"),
    ("EP-0001-D2-01", "fault"),
    ("EP-0001-D1-01", "level"),
)
PLACES = ("EP-0001", "EP-0001-D1", "EP-0001-D1-01")


class AlarmMachine(RuleBasedStateMachine):
    """Drive one cabinet's alarms at random, with crashes and a failing disk."""

    @initialize()
    def begin(self) -> None:
        self.runner = asyncio.Runner()
        self.room = Room(catalogue=make_catalogue(lamps=2), rules=RULES)
        self.do(self.room.start)
        self.link_up = True
        self.field: dict[tuple[str, str], Any] = {
            place: (100 if place[1] == "level" else place[1] == "closed") for place in POINTS
        }
        self.say_all()

    def do(self, work: Callable[[], Coroutine[Any, Any, Any]]) -> None:
        self.runner.run(work())

    def say_all(self) -> None:
        for (equipment, point), value in self.field.items():
            self.room.set(equipment, point, value)
        self.room.link("EP-0001", up=self.link_up)
        self.do(self.room.settle)

    @rule(place=st.sampled_from(POINTS), value=st.booleans())
    def field_changes(self, place: tuple[str, str], value: bool) -> None:
        self.field[place] = (50 if value else 0) if place[1] == "level" else value
        if self.link_up:
            self.room.set(*place, self.field[place])

    @rule(place=st.sampled_from(POINTS), quality=st.sampled_from(list(Quality)))
    def quality_changes(self, place: tuple[str, str], quality: Quality) -> None:
        if self.link_up:
            self.room.set(*place, self.field[place], quality)

    @rule()
    def link_flips(self) -> None:
        self.link_up = not self.link_up
        if self.link_up:
            for place, value in self.field.items():
                self.room.set(*place, value)
        else:
            self.room.all_lost("EP-0001")
        self.room.link("EP-0001", up=self.link_up)

    @rule()
    def services_run(self) -> None:
        self.do(self.room.settle)

    @rule(seconds=st.sampled_from([0.5, 1.0, 3.0, 40.0]))
    def time_passes(self, seconds: float) -> None:
        self.do(lambda: self.room.advance(seconds))

    @rule(number=st.integers(0, 5))
    def somebody_acknowledges(self, number: int) -> None:
        listed = self.room.listed()
        if not listed:
            return
        others = {a.id: a.acknowledged for a in listed}
        chosen = listed[number % len(listed)]

        async def acknowledge() -> None:
            try:
                await self.room.acknowledge(chosen.id)
            except RequestError as error:
                assert self.room.journal.full or error.text_key == "error.alarm.not_found"  # noqa: PT017 - which refusal depends on the machine's state

        start = len(self.room.journal.log)
        self.do(acknowledge)
        for entry in self.room.journal.log[start:]:
            event = entry.event
            if isinstance(event, AlarmEvent) and event.change is AlarmChange.ACKNOWLEDGED:
                assert event.alarm.id == chosen.id
        for alarm in self.room.listed():
            if alarm.acknowledged and alarm.id != chosen.id:
                assert others.get(alarm.id)

    @rule(number=st.integers(0, 5), seconds=st.sampled_from([1.0, 10.0, 60.0]), out=st.booleans())
    def somebody_puts_aside(self, number: int, seconds: float, *, out: bool) -> None:
        listed = self.room.listed()
        if not listed:
            return
        chosen = listed[number % len(listed)]
        until_ms = self.room.clock.now_ms() + round(seconds * 1000)
        request: Request = (
            SetAlarmService(
                rule=chosen.rule,
                equipment_id=chosen.equipment_id,
                reason="works",
                until_ms=until_ms,
            )
            if out
            else ShelveAlarm(alarm_id=chosen.id, until_ms=until_ms, reason="works")
        )
        self.do(lambda: self.ask(request, "error.alarm.out_of_service", "error.alarm.not_found"))

    @rule(number=st.integers(0, 5))
    def somebody_takes_down(self, number: int) -> None:
        listed = self.room.listed()
        if listed:
            chosen = listed[number % len(listed)]
            request = UnshelveAlarm(alarm_id=chosen.id)
            self.do(lambda: self.ask(request, "error.alarm.not_shelved", "error.alarm.not_found"))

    async def ask(self, request: Request, *fair: str) -> None:
        """Send a request that may be refused for these reasons, or by the disk."""
        try:
            await self.room.ask(OPERATOR, request, AlarmResult)
        except RequestError as error:
            assert self.room.journal.full or error.text_key in fair  # noqa: PT017 - which refusal depends on the machine's state

    @rule(seconds=st.sampled_from([-90_000.0, -30.0, 30.0]))
    def clock_of_day_jumps(self, seconds: float) -> None:
        self.room.clock.jump(seconds)

    @rule(place=st.sampled_from(PLACES), state=st.sampled_from(list(ServiceState)))
    def service_state_changes(self, place: str, state: ServiceState) -> None:
        until_ms = self.room.clock.now_ms() + 20_000

        async def mark() -> None:
            try:
                await self.room.mark(place, state, until_ms)
            except RequestError as error:
                assert self.room.journal.full or error.text_key == "error.service.already_in"  # noqa: PT017 - which refusal depends on the machine's state

        self.do(mark)

    @rule(full=st.booleans())
    def disk_fills_or_empties(self, full: bool) -> None:
        self.room.journal.full = full

    @precondition(lambda self: not self.room.journal.full)
    @rule()
    def bridge_is_killed_and_started(self) -> None:
        self.do(self.room.start)
        if self.link_up:
            self.say_all()
        else:
            self.room.link("EP-0001", up=False)
            self.do(self.room.settle)

    @invariant()
    def at_most_one_row_a_subject(self) -> None:
        if not hasattr(self, "room"):
            return
        subjects = [(a.rule, a.equipment_id) for a in self.room.listed()]
        assert len(subjects) == len(set(subjects))

    def teardown(self) -> None:
        """Let the field calm down and everything due happen, then compare with the truth."""
        if not hasattr(self, "room"):
            return
        try:
            self.room.journal.full = False
            if not self.link_up:
                self.link_flips()
            self.do(lambda: self.room.advance(100))
            self.say_all()
            self.do(lambda: self.room.advance(100))
            self.do(lambda: self.room.advance(100))
            assert self.room.alarms.waiting == 0
            assert not [a for a in self.room.listed() if a.quiet], "what was aside comes back"
            situation = self.runner.run(self.room.journal.situation())
            assert set(situation.alarms) == set(self.room.listed())
            assert {(a.rule, a.equipment_id) for a in situation.alarms if a.active} == (
                self.truth()
            )
            check_story(self.room)
        finally:
            self.runner.close()

    def truth(self) -> set[tuple[str, str]]:
        """Return what must be active once all delays are over: no alarm lost, none invented.

        An alarm that was active before its parent tripped stays: it is believed until told.
        """
        out = {m.equipment_id for m in self.room.marks._out.all()}  # what nobody put back
        wanted: set[tuple[str, str]] = set()
        already = {(a.rule, a.equipment_id) for a in self.room.listed() if a.active}
        tripped = {e for (e, p), v in self.field.items() if p == "closed" and not v}
        for (equipment, point), value in self.field.items():
            key = {"closed": "feeder_tripped", "fault": "lamp_failed", "level": "lamp_dark"}[point]
            on = {"closed": not value, "fault": bool(value), "level": value < 5}[point]
            chain = [equipment, *self.room.facts.ancestors(equipment)]
            filtered = any(e in out for e in chain) or any(e in tripped for e in chain[1:])
            if on and (not filtered or (key, equipment) in already):
                wanted.add((key, equipment))
        return wanted


def check_story(room: Room) -> None:
    """Replay the journal: each alarm's life is legal and nothing rises below a root cause."""
    now: dict[str, Alarm] = {}
    causes: set[str] = set()
    over: set[str] = set()
    for entry in room.journal.log:
        if not isinstance(entry.event, AlarmEvent):
            continue
        change, alarm = entry.event.change, entry.event.alarm
        before = now.get(alarm.id)
        assert alarm.id not in over
        if change is AlarmChange.RAISED:
            assert before is None
        else:
            assert before is not None
            anew = change is AlarmChange.RAISED_AGAIN and before.state is AlarmState.NORMAL
            assert anew or alarm.severity <= before.severity
            assert not anew or before.quiet, "only what was aside stays listed when it is over"
        if change in (AlarmChange.RAISED, AlarmChange.RAISED_AGAIN):
            assert alarm.active
            assert before is None or not before.active
            above = set(room.facts.ancestors(alarm.equipment_id))
            assert not above & causes, "a child was raised below an active root cause"
        if change is AlarmChange.RETURNED:
            assert before is not None
            assert before.active
        if change is AlarmChange.ACKNOWLEDGED:
            assert before is not None
            assert not before.acknowledged
            assert entry.user == "alice"
        if change is AlarmChange.CLEARED:
            assert alarm.over
            over.add(alarm.id)
        now[alarm.id] = alarm
        causes = {
            a.equipment_id
            for a in now.values()
            if a.active and a.rule in ("link_lost", "feeder_tripped")
        }
    numbers = [int(alarm_id.removeprefix("AL-")) for alarm_id in now]
    assert sorted(numbers) == list(range(1, len(numbers) + 1))


def test_no_alarm_is_lost_doubled_or_out_of_order(expected_events: list[str]) -> None:
    expected_events += ["journal_refused", "journal_back"]
    run_state_machine_as_test(
        AlarmMachine,
        settings=settings(
            max_examples=120,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
