"""Alarms put aside: on the shelf, out of service, quiet by design; all of them come back."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend_bridge.contract.alarms import Alarm, AlarmState, Severity
from backend_bridge.contract.errors import ErrorCode
from backend_bridge.contract.journal import AlarmEvent, JournalEntry, OverrideEvent
from backend_bridge.contract.overrides import Override, OverrideChange, OverrideState
from backend_bridge.contract.points import WayBack
from backend_bridge.contract.requests import (
    GetAlarmGuides,
    Request,
    SetAlarmService,
    ShelveAlarm,
    UnshelveAlarm,
)
from backend_bridge.contract.results import AlarmGuidesResult, AlarmResult
from backend_bridge.core.storage import Draft
from backend_bridge.services.alarms import Design, Rule
from backend_bridge.services.alarms.rules import Level, Watch, Where
from backend_bridge.store import Store, StoreSettings
from tests.unit.services.kit import OPERATOR, VIEWER, Room, make_catalogue, person

VOLTAGE = Rule(
    key="overvoltage",
    severity=Severity.MEDIUM,
    kind="cabinet",
    point="voltage_v",
    above=250.0,
    levels=(Level(limit=265.0, severity=Severity.HIGH),),
    longest_shelf_s=3600.0,
    incident="supply_fault",
)
CABINET = "EP-0001"


async def _ringing() -> tuple[Room, Alarm]:
    room = await Room(rules=[VOLTAGE]).start()
    room.set(CABINET, "voltage_v", 255.0)
    await room.settle()
    return room, room.one_alarm()


async def _shelve(room: Room, seconds: float, reason: str = "works") -> Alarm:
    request = ShelveAlarm(
        alarm_id=room.one_alarm().id,
        until_ms=room.clock.now_ms() + round(seconds * 1000),
        reason=reason,
    )
    return (await room.ask(OPERATOR, request, AlarmResult)).alarm


async def test_shelved_alarm_is_quiet_and_comes_back_by_itself() -> None:
    room, _ = await _ringing()
    shelved = await _shelve(room, 600)
    assert shelved.quiet
    assert shelved.acknowledged, "whoever shelves it has seen it"
    assert shelved.shelf is not None
    assert (shelved.shelf.by, shelved.shelf.reason) == ("alice", "works")

    await room.advance(599)
    assert room.one_alarm().quiet
    await room.advance(1)

    back = room.one_alarm()
    assert back.state is AlarmState.UNACKNOWLEDGED
    assert not back.quiet
    assert room.alarm_changes() == ["raised", "shelved", "unshelved"]


async def test_shelved_alarm_that_is_over_leaves_when_its_time_is_over() -> None:
    room, _ = await _ringing()
    await _shelve(room, 600)
    room.set(CABINET, "voltage_v", 230.0)
    await room.settle()
    assert room.one_alarm().state is AlarmState.NORMAL, "listed apart until its time is over"

    await room.advance(600)

    assert room.listed() == ()
    assert room.alarm_changes()[-2:] == ["unshelved", "cleared"]
    assert (await room.journal.situation()).alarms == ()


async def test_what_came_and_went_on_the_shelf_is_shown_once() -> None:
    room, _ = await _ringing()
    await _shelve(room, 600)
    for value in (230.0, 255.0, 230.0):
        room.set(CABINET, "voltage_v", value)
        await room.settle()

    await room.advance(600)

    assert room.one_alarm().state is AlarmState.RETURNED
    assert room.one_alarm().occurrences == 2


async def test_worse_than_what_was_shelved_comes_down_at_once() -> None:
    room, _ = await _ringing()
    await _shelve(room, 600)
    room.set(CABINET, "voltage_v", 270.0)
    await room.settle()
    worse = room.one_alarm()
    assert (worse.severity, worse.quiet, worse.acknowledged) == (Severity.HIGH, False, False)
    assert room.alarm_changes()[-2:] == ["unshelved", "escalated"]


async def test_shelf_survives_a_restart_and_ends_in_its_own_time() -> None:
    room, _ = await _ringing()
    await _shelve(room, 600)
    room.clock.advance(400)
    await room.start()
    assert room.one_alarm().quiet
    room.set(CABINET, "voltage_v", 255.0)
    await room.advance(199)
    assert room.one_alarm().quiet
    await room.advance(2)
    assert room.one_alarm().state is AlarmState.UNACKNOWLEDGED


@pytest.mark.parametrize("jump_s", [-86_400.0, -599.0])
async def test_clock_set_back_keeps_nothing_aside_for_longer(jump_s: float) -> None:
    room, _ = await _ringing()
    await _shelve(room, 600)
    room.clock.jump(jump_s)
    await room.advance(600)
    assert not room.one_alarm().quiet

    room, _ = await _ringing()
    await _shelve(room, 600)
    room.clock.jump(jump_s)
    await room.start()
    await room.advance(600)
    assert not room.one_alarm().quiet


async def test_clock_set_forward_is_noticed_within_the_next_look() -> None:
    room, _ = await _ringing()
    await _shelve(room, 600)
    room.clock.jump(3600)
    due_s = room.alarms._due_s()
    assert due_s is not None
    assert due_s - room.clock.mono_s() <= 10
    await room.settle()
    assert not room.one_alarm().quiet


async def test_unshelving_by_hand_and_what_is_refused() -> None:
    room, alarm = await _ringing()
    now_ms = room.clock.now_ms()
    refusals: dict[str, Request] = {
        "error.alarm.reason_missing": ShelveAlarm(
            alarm_id=alarm.id, until_ms=now_ms + 1000, reason="  "
        ),
        "error.alarm.end_past": ShelveAlarm(alarm_id=alarm.id, until_ms=now_ms, reason="r"),
        "error.alarm.shelf_too_long": ShelveAlarm(
            alarm_id=alarm.id, until_ms=now_ms + 3_600_001, reason="r"
        ),
        "error.alarm.reason_too_long": ShelveAlarm(
            alarm_id=alarm.id, until_ms=now_ms + 1000, reason="r" * 501
        ),
        "error.alarm.not_found": ShelveAlarm(alarm_id="AL-9", until_ms=now_ms + 1, reason="r"),
        "error.alarm.not_shelved": UnshelveAlarm(alarm_id=alarm.id),
    }
    for text_key, request in refusals.items():
        assert (await room.refused(OPERATOR, request)).text_key == text_key
    assert (
        await room.refused(VIEWER, ShelveAlarm(alarm_id=alarm.id, until_ms=now_ms + 9, reason="r"))
    ).code is ErrorCode.REFUSED
    assert room.alarm_changes() == ["raised"]

    await _shelve(room, 60)
    down = (await room.ask(OPERATOR, UnshelveAlarm(alarm_id=alarm.id), AlarmResult)).alarm
    assert down.state is AlarmState.UNACKNOWLEDGED
    assert room.one_alarm() == down


async def test_shelving_again_changes_the_end() -> None:
    room, _ = await _ringing()
    await _shelve(room, 60)
    await _shelve(room, 600, "longer works")
    await room.advance(60)
    assert room.one_alarm().shelf is not None
    await room.advance(540)
    assert room.one_alarm().shelf is None


async def test_rule_out_of_service_is_kept_before_it_ever_rang_and_comes_back() -> None:
    room = await Room(rules=[VOLTAGE]).start()
    request = SetAlarmService(
        rule="overvoltage",
        equipment_id=CABINET,
        reason="meter replaced",
        until_ms=room.clock.now_ms() + 3_600_000,
    )
    out = (await room.ask(OPERATOR, request, AlarmResult)).alarm
    assert out.quiet
    assert room.listed() == (out,)
    assert room.incidents.open_incidents() == ()

    room.set(CABINET, "voltage_v", 270.0)
    await room.settle()
    ringing = room.one_alarm()
    assert (ringing.id, ringing.active, ringing.quiet) == (out.id, True, True)
    assert ringing.occurrences == 1
    assert room.incidents.open_incidents() == (), "what is out of service opens nothing"
    await room.start()
    room.set(CABINET, "voltage_v", 270.0)
    await room.advance(3_600)

    back = room.one_alarm()
    assert (back.taken_out, back.state) == (None, AlarmState.UNACKNOWLEDGED)
    assert room.one_incident().alarm_ids == (back.id,)


async def test_rule_of_links_is_out_of_service_only_where_a_link_is_the_equipment_s_own() -> None:
    lost = Rule(key="link_lost", severity=Severity.HIGH, watch=Watch.LINK)
    room = await Room(rules=[lost]).start()
    until_ms = room.clock.now_ms() + 60_000

    def out(equipment_id: str) -> SetAlarmService:
        return SetAlarmService(
            rule="link_lost", equipment_id=equipment_id, reason="r", until_ms=until_ms
        )

    refusal = await room.refused(OPERATOR, out("EP-0001-D1-01"))
    assert refusal.text_key == "error.alarm.no_such_subject", "a lamp has no link to lose"
    assert (await room.ask(OPERATOR, out(CABINET), AlarmResult)).alarm.quiet


async def test_out_of_service_is_put_back_by_hand_and_guarded() -> None:
    room = await Room(rules=[VOLTAGE]).start()
    until_ms = room.clock.now_ms() + 60_000
    out = SetAlarmService(rule="overvoltage", equipment_id=CABINET, reason="r", until_ms=until_ms)
    back = SetAlarmService(rule="overvoltage", equipment_id=CABINET, reason="r")
    assert (await room.refused(OPERATOR, back)).text_key == "error.alarm.in_service"
    manager = person("bob", "PC-2", "view:*", "manage:*")
    assert (await room.refused(manager, out)).code is ErrorCode.REFUSED
    for rule, equipment, said in (
        ("overvolt", CABINET, "no_such_rule"),
        ("overvoltage", "EP-0001-D1", "no_such_subject"),
        ("overvoltage", "nowhere", "no_such_subject"),
    ):
        wrong = SetAlarmService(rule=rule, equipment_id=equipment, reason="r", until_ms=until_ms)
        assert (await room.refused(OPERATOR, wrong)).text_key == f"error.alarm.{said}"

    alarm = (await room.ask(OPERATOR, out, AlarmResult)).alarm
    shelve = ShelveAlarm(alarm_id=alarm.id, until_ms=until_ms, reason="r")
    assert (await room.refused(OPERATOR, shelve)).text_key == "error.alarm.out_of_service"
    await room.ask(OPERATOR, back, AlarmResult)
    assert room.listed() == ()
    assert room.alarm_changes() == ["out_of_service", "in_service", "cleared"]


FAULT = Rule(key="lamp_failed", severity=Severity.LOW, kind="lamp", point="fault", is_=True)
DARK = Design(
    key="lamp_without_feed",
    rules=("lamp_failed",),
    while_=(Where(point="closed", kind="feeder", is_=False),),
)
LAMP = "EP-0001-D1-01"


async def test_alarm_is_quiet_by_design_while_the_design_holds() -> None:
    room = await Room(rules=[FAULT], designs=[DARK]).start()
    room.all_good()
    room.set(LAMP, "fault", True)
    room.set("EP-0001-D2-01", "fault", True)
    await room.settle()
    room.set("EP-0001-D1", "closed", False)
    await room.settle()
    quiet = {a.equipment_id: a.suppressed for a in room.listed()}
    assert quiet == {LAMP: "lamp_without_feed", "EP-0001-D2-01": ""}

    room.set("EP-0001-D1-02", "fault", True)  # raised while the design holds already
    await room.settle()
    assert sum(a.quiet for a in room.listed()) == 2
    await room.start()  # the feeder has not spoken: nothing rings that was quiet
    assert sum(a.quiet for a in room.listed()) == 2

    room.all_good()
    room.set(LAMP, "fault", True)
    await room.settle()
    back = {a.equipment_id: a.state for a in room.listed() if a.active}
    assert back == {LAMP: AlarmState.UNACKNOWLEDGED}
    assert not any(a.quiet for a in room.listed())


def _override(state: OverrideState = OverrideState.ACTIVE, value: object = False) -> Override:
    assert isinstance(value, bool | int)
    return Override(
        id="o1",
        equipment_id="EP-0001-D1",
        equipment_kind="feeder",
        point_key="closed",
        value=value,
        back=WayBack.PROGRAMME,
        owner="alice",
        seat="PC-1",
        reason="works",
        since_ms=0,
        until_ms=1,
        state=state,
    )


def _say(room: Room, override: Override) -> None:
    event = OverrideEvent(change=OverrideChange.BEGAN, override=override)
    room.bus.publish(JournalEntry(seq=1, at_ms=0, user="alice", seat="PC-1", event=event))


async def test_feeder_opened_by_command_is_no_tripped_feeder() -> None:
    tripped = Rule(
        key="feeder_tripped", severity=Severity.HIGH, kind="feeder", point="closed", is_=False,
        root_cause=True,
    )  # fmt: skip
    held = Design(
        key="feeder_held_open",
        rules=("feeder_tripped",),
        while_=(Where(point="closed", overridden=True),),
    )
    room = await Room(rules=[tripped, FAULT], designs=[held]).start()
    room.all_good()
    _say(room, _override())
    room.set("EP-0001-D1", "closed", False)
    room.set(LAMP, "fault", True)
    await room.settle()
    alarm = room.one_alarm()  # the lamp is below a root cause, quiet or not
    assert (alarm.rule, alarm.suppressed) == ("feeder_tripped", "feeder_held_open")

    _say(room, _override(OverrideState.ENDED))
    await room.settle()
    assert room.one_alarm().state is AlarmState.UNACKNOWLEDGED
    assert not room.one_alarm().quiet


async def test_supervisor_is_told_of_what_nobody_acknowledges_and_not_for_ever() -> None:
    rule = Rule(
        key="overvoltage", severity=Severity.URGENT, kind="cabinet", point="voltage_v",
        above=250.0, remind_s=30.0,
    )  # fmt: skip
    room = await Room(rules=[rule], catalogue=make_catalogue(cabinets=2)).start()
    for cabinet in ("EP-0001", "EP-0002"):
        room.set(cabinet, "voltage_v", 255.0)
    await room.settle()
    seen, unseen = room.listed()
    await room.advance(29)
    assert "reminded" not in room.alarm_changes()
    await room.acknowledge(seen.id)
    for _ in range(10):
        await room.advance(30)
    assert room.alarm_changes(seen.id) == ["raised", "acknowledged"]
    assert room.alarm_changes(unseen.id) == ["raised"] + ["reminded"] * 3
    told = next(a for a in room.listed() if a.id == unseen.id)
    assert told.reminders == 3
    assert told.reminded_ms is not None

    room.set(unseen.equipment_id, "voltage_v", 230.0)
    await room.settle()
    room.set(unseen.equipment_id, "voltage_v", 255.0)
    await room.advance(30)
    assert room.alarm_changes(unseen.id)[-1] == "reminded", "it rang anew"


async def test_guides_are_for_those_who_may_see_the_kind() -> None:
    room = await Room().start()
    request = GetAlarmGuides()
    handler = room.alarms.handlers()[GetAlarmGuides]
    found = await handler(person("p", "PC-1", "view:lamp"), request)
    assert isinstance(found, AlarmGuidesResult)
    assert {guide.kind for guide in found.guides} <= {"lamp", ""}
    every = await handler(OPERATOR, request)
    assert isinstance(every, AlarmGuidesResult)
    assert {guide.rule for guide in every.guides} == {rule.key for rule in room.rules}
    high = next(guide for guide in every.guides if guide.rule == "gauge_high")
    assert (high.limit, high.point_key, high.procedure) == (2.0, "level_m", "flood_watch")
    assert [(one.limit, int(one.severity)) for one in high.limits] == [(2.0, 3), (2.8, 2), (3.5, 1)]
    assert (high.low, high.hysteresis, high.off_delay_s) == (False, 0.1, 600.0)
    low = next(guide for guide in every.guides if guide.rule == "undervoltage")
    assert low.low
    assert [one.limit for one in low.limits] == [207.0, 180.0]
    rising = next(guide for guide in every.guides if guide.rule == "gauge_rising")
    assert (rising.limit, rising.limits) == (None, ()), "a rate is no place on a scale"


async def test_what_is_aside_is_in_the_store_after_a_kill_though_it_is_normal(
    tmp_path: Path,
) -> None:
    settings = StoreSettings(directory=tmp_path / "data")
    room, _ = await _ringing()
    await _shelve(room, 600)
    room.set(CABINET, "voltage_v", 230.0)
    await room.settle()
    shelved = room.one_alarm()
    assert (shelved.state, shelved.over) == (AlarmState.NORMAL, False)
    drafts = [
        Draft(user=entry.user, seat=entry.seat, at_ms=entry.at_ms, event=entry.event)
        for entry in room.journal.log
        if isinstance(entry.event, AlarmEvent)
    ]
    async with Store.open(settings, room.clock) as store:
        await store.journal.append(drafts)
    async with Store.open(settings, room.clock) as store:
        situation = await store.journal.situation()
        assert situation.alarms == (shelved,)

        await room.start(situation)
        await room.advance(601)
        assert room.listed() == ()
        last = [entry.event for entry in room.journal.log if isinstance(entry.event, AlarmEvent)]
        drafts = [Draft(user="b", seat="", at_ms=1, event=event) for event in last[-2:]]
        await store.journal.append(drafts)
        assert (await store.journal.situation()).alarms == ()
