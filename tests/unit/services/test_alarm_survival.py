"""What an alarm keeps through a start, a clock that jumps, and thousands that come at once."""

from __future__ import annotations

from unittest.mock import Mock

import msgspec
import pytest

from backend_bridge.contract.alarms import AlarmState, Severity
from backend_bridge.contract.journal import JournalEntry, OverrideEvent
from backend_bridge.contract.overrides import Override, OverrideChange, OverrideState
from backend_bridge.contract.points import WayBack
from backend_bridge.contract.quality import Quality, ServiceState
from backend_bridge.services.alarms import Design, Rule, engine
from backend_bridge.services.alarms.rules import Level, Watch, Where
from tests.unit.services.kit import Room, make_catalogue

FAULT = Rule(key="lamp_failed", severity=Severity.LOW, kind="lamp", point="fault", is_=True)
LINK = Rule(key="link_lost", severity=Severity.HIGH, watch=Watch.LINK, off_delay_s=2.0)
OVER = Rule(
    key="over", severity=Severity.MEDIUM, kind="cabinet", point="voltage_v", above=250.0,
    levels=(Level(limit=265.0, severity=Severity.HIGH),), hysteresis=2.0, on_delay_s=60.0,
)  # fmt: skip
LAMP, CABINET = "EP-0001-D1-01", "EP-0001"


async def test_delay_in_progress_begins_anew_after_a_kill_and_rings_once() -> None:
    room = await Room(rules=[OVER]).start()
    room.set(CABINET, "voltage_v", 255.0)
    await room.advance(50)
    await room.start()
    assert room.listed() == ()
    room.set(CABINET, "voltage_v", 255.0)
    await room.advance(59)
    assert room.listed() == (), "nobody knows what it was while the bridge was away"
    await room.advance(1)
    assert room.alarm_changes() == ["raised"]
    await room.start()
    room.set(CABINET, "voltage_v", 255.0)
    await room.advance(600)
    assert room.alarm_changes() == ["raised"], "the same alarm, not a second one"


async def test_worst_severity_and_what_was_seen_survive_a_kill() -> None:
    room = await Room(rules=[OVER]).start()
    room.set(CABINET, "voltage_v", 270.0)
    await room.advance(60)
    seen = await room.acknowledge(room.one_alarm().id)
    assert seen.severity is Severity.HIGH
    await room.start()
    room.set(CABINET, "voltage_v", 255.0)  # still over, and less so
    await room.advance(60)
    assert room.one_alarm() == seen
    room.set(CABINET, "voltage_v", 249.0)  # inside the hysteresis, which a start does not forget
    await room.advance(60)
    assert room.one_alarm().active


async def test_reminder_counts_what_was_waited_before_a_kill() -> None:
    rule = msgspec.structs.replace(OVER, on_delay_s=0.0, remind_s=300.0)
    room = await Room(rules=[rule]).start()
    room.set(CABINET, "voltage_v", 255.0)
    await room.settle()
    for _ in range(4):  # a bridge that never lives for as long as the patience
        await room.advance(100)
        await room.start()
        room.set(CABINET, "voltage_v", 255.0)
        await room.advance(20)
    assert room.alarm_changes() == ["raised", "reminded"]
    assert room.one_alarm().reminders == 1
    for _ in range(6):
        await room.advance(300)
        await room.start()
        room.set(CABINET, "voltage_v", 255.0)
        await room.advance(30)
    assert room.alarm_changes().count("reminded") == 3, "no more than three, starts or not"


@pytest.mark.parametrize("jump_s", [-86_400.0, 86_400.0])
async def test_clock_that_jumps_neither_hurries_nor_stops_a_reminder(jump_s: float) -> None:
    rule = msgspec.structs.replace(OVER, on_delay_s=0.0, remind_s=300.0)
    room = await Room(rules=[rule]).start()
    room.set(CABINET, "voltage_v", 255.0)
    await room.advance(100)
    room.clock.jump(jump_s)
    await room.advance(199)
    assert room.alarm_changes() == ["raised"]
    await room.advance(1)
    assert room.alarm_changes() == ["raised", "reminded"]


async def test_reminder_after_a_start_leaves_the_field_a_moment_to_speak() -> None:
    rule = msgspec.structs.replace(OVER, on_delay_s=0.0, remind_s=300.0)
    room = await Room(rules=[rule]).start()
    room.set(CABINET, "voltage_v", 255.0)
    await room.settle()
    room.clock.advance(3_600)  # the bridge was away for an hour
    await room.start()
    assert room.alarm_changes() == ["raised"]
    room.set(CABINET, "voltage_v", 230.0)
    await room.advance(300)
    assert room.alarm_changes() == ["raised", "returned"]


async def test_what_gets_worse_while_it_is_in_maintenance_rings_when_that_ends() -> None:
    room = await Room(rules=[OVER]).start()
    room.set(CABINET, "voltage_v", 255.0)
    await room.advance(60)
    alarm = await room.acknowledge(room.one_alarm().id)
    await room.mark(CABINET, ServiceState.DISABLED)
    room.set(CABINET, "voltage_v", 270.0)
    await room.advance(60)
    assert room.one_alarm() == alarm, "what is out of service raises nothing, nor anything worse"
    await room.mark(CABINET, ServiceState.IN_SERVICE)
    worse = room.one_alarm()
    assert (worse.severity, worse.state) == (Severity.HIGH, AlarmState.UNACKNOWLEDGED)
    assert room.alarm_changes()[-1] == "escalated"


def _held(room: Room, state: OverrideState) -> None:
    override = Override(
        id="o1", equipment_id="EP-0001-D1", equipment_kind="feeder", point_key="closed",
        value=True, back=WayBack.REST, owner="a", seat="s", reason="r", since_ms=0, until_ms=1,
        state=state,
    )  # fmt: skip
    event = OverrideEvent(change=OverrideChange.BEGAN, override=override)
    room.bus.publish(JournalEntry(seq=1, at_ms=0, user="a", seat="s", event=event))


async def test_rule_that_asks_who_holds_what_is_above_hears_of_it_at_once() -> None:
    """Nothing but the override changes: without it nobody looked at the lamps again."""
    rule = msgspec.structs.replace(
        FAULT, while_=(Where(kind="feeder", point="closed", overridden=True),)
    )
    room = await Room(rules=[rule]).start()
    room.all_good()
    room.set(LAMP, "fault", True)
    await room.settle()
    assert room.listed() == ()
    _held(room, OverrideState.ACTIVE)
    await room.settle()
    assert room.one_alarm().equipment_id == LAMP
    _held(room, OverrideState.ENDED)
    await room.settle()
    assert not room.one_alarm().active


async def test_what_comes_and_goes_below_a_lost_link_rings_once_when_it_is_back() -> None:
    room = await Room(rules=[FAULT, LINK]).start()
    room.all_good()
    room.link(CABINET, up=True)
    await room.settle()
    room.link(CABINET, up=False)
    await room.settle()
    for value in (True, False, True, False, True):
        room.set(LAMP, "fault", value)
    room.set("EP-0001-D1-02", "fault", True)
    room.set("EP-0001-D1-02", "fault", False)
    await room.settle()
    assert [alarm.rule for alarm in room.listed()] == ["link_lost"]
    room.link(CABINET, up=True)
    await room.advance(2)
    assert room.alarm_changes() == ["raised", "returned", "raised"]
    (below,) = (alarm for alarm in room.listed() if alarm.rule == "lamp_failed")
    assert (below.equipment_id, below.occurrences) == (LAMP, 1)


async def test_item_held_below_two_causes_waits_for_both() -> None:
    tripped = Rule(
        key="feeder_tripped", severity=Severity.HIGH, kind="feeder", point="closed", is_=False,
        root_cause=True,
    )  # fmt: skip
    room = await Room(rules=[FAULT, LINK, tripped]).start()
    room.all_good()
    room.set("EP-0001-D1", "closed", False)
    await room.mark(CABINET, ServiceState.DISABLED)
    room.set(LAMP, "fault", True)
    room.link(CABINET, up=False)
    await room.settle()
    await room.mark(CABINET, ServiceState.IN_SERVICE)
    assert {alarm.rule for alarm in room.listed()} == {"link_lost", "feeder_tripped"}
    room.link(CABINET, up=True)
    await room.advance(2)
    assert not any(alarm.rule == "lamp_failed" for alarm in room.listed())
    room.set("EP-0001-D1", "closed", True)
    await room.settle()
    assert {alarm.rule for alarm in room.listed() if alarm.active} == {"lamp_failed"}


async def test_thousands_held_are_each_looked_at_once_when_their_links_return(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Links of a network return one by one: not all that is held is judged at each of them."""
    cabinets, lamps = 60, 20
    catalogue = make_catalogue(cabinets=cabinets, feeders=1, lamps=lamps)
    room = await Room(catalogue=catalogue, rules=[FAULT, LINK]).start()
    room.all_good()
    names = [f"EP-{number:04d}" for number in range(1, cabinets + 1)]
    for up in (True, False):
        for name in names:
            room.link(name, up=up)
        await room.settle()
    for name in names:
        for lamp in range(1, lamps + 1):
            room.set(f"{name}-D1-{lamp:02d}", "fault", True)
        room.link(name, up=True)
    await room.settle()
    judged = Mock(wraps=engine.verdict)
    monkeypatch.setattr(engine, "verdict", judged)
    await room.advance(2)
    assert sum(alarm.rule == "lamp_failed" for alarm in room.listed()) == cabinets * lamps
    assert judged.call_count <= 3 * cabinets * (lamps + 1)


async def test_a_design_looks_only_at_alarms_near_what_stirred(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dark = Design(
        key="dark",
        rules=("lamp_failed",),
        while_=(Where(point="closed", kind="feeder", is_=False),),
    )
    room = await Room(
        catalogue=make_catalogue(cabinets=40, feeders=1, lamps=10), rules=[FAULT], designs=[dark]
    ).start()
    room.all_good()
    for item in room.catalogue.equipment:
        if item.kind == "lamp":
            room.set(item.id, "fault", True)
    await room.settle()
    ledger = room.alarms._ledger
    looked = Mock(wraps=ledger._design)
    monkeypatch.setattr(ledger, "_design", looked)
    for number in range(1, 41):
        room.set(f"EP-{number:04d}-D1", "closed", False)
    await room.settle()
    assert sum(alarm.quiet for alarm in room.listed()) == 400
    assert looked.call_count <= 2 * 400


@pytest.mark.parametrize("quality", [Quality.STALE, Quality.UNAVAILABLE, Quality.UNKNOWN])
async def test_old_values_that_are_not_good_never_ring_as_new(quality: Quality) -> None:
    room = await Room(rules=[FAULT]).start()
    room.set(LAMP, "fault", False)
    await room.settle()
    for value in (True, False, True):
        room.set(LAMP, "fault", value, quality)
    await room.advance(600)
    assert room.listed() == ()
