"""Conditions that need more than one reading: rates, discrepancies, stuck and unproven things."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend_bridge.contract.alarms import AlarmState, Severity
from backend_bridge.contract.commands import CommandOutcome, CommandRecord
from backend_bridge.contract.journal import CommandEvent, JournalEntry, OverrideEvent
from backend_bridge.contract.overrides import Override, OverrideChange, OverrideState
from backend_bridge.contract.points import Catalogue, Equipment, Scalar, WayBack
from backend_bridge.contract.quality import Quality
from backend_bridge.services.alarms import Rule, engine, moves
from backend_bridge.services.alarms.engine import Act, Item
from backend_bridge.services.alarms.rules import Stuck, Watch, Where
from tests.unit.services.kit import KINDS, Room

RISING = Rule(
    key="gauge_rising",
    severity=Severity.HIGH,
    kind="river_gauge",
    point="level_m",
    rises_per_min=0.02,
    over_s=900.0,
    hysteresis=0.005,
)
ELSEWHERE = Rule(
    key="bollard_elsewhere",
    severity=Severity.HIGH,
    kind="bollard",
    point="position",
    differs_from="commanded",
    tolerance=5.0,
    while_=(Where(point="moving", is_=False),),
    on_delay_s=20.0,
)


def _roadside() -> Catalogue:
    sizes = {kind.key: len(kind.points) for kind in KINDS}
    kinds = ("bollard", "river_gauge", "weather_station")
    first, found = 0, []
    for kind in kinds:
        found.append(Equipment(id=kind, kind=kind, name=kind, lon=5.0, lat=47.3, first_point=first))
        first += sizes[kind]
    return Catalogue(
        revision="t", title="t", demonstration=True, points_total=first, kinds=KINDS,
        equipment=tuple(found),
    )  # fmt: skip


async def _room(*rules: Rule) -> Room:
    return await Room(catalogue=_roadside(), rules=rules).start()


async def test_fast_rise_rings_and_returns_once_the_river_stands() -> None:
    room = await _room(RISING)
    level = 1.0
    for _ in range(20):  # 1 cm a minute: half of what rings
        room.set("river_gauge", "level_m", level)
        await room.advance(60)
        level += 0.01
    assert room.listed() == ()
    for _ in range(12):  # 5 cm a minute
        level += 0.05
        room.set("river_gauge", "level_m", level)
        await room.advance(60)
    assert room.one_alarm().active
    raised = room.alarm_changes()
    await room.advance(1_000)  # no reading changes: the rate falls by itself
    assert not room.one_alarm().active
    assert [*raised, "returned"] == room.alarm_changes()


async def test_one_step_is_measured_over_the_whole_time() -> None:
    room = await _room(RISING)
    room.set("river_gauge", "level_m", 1.0)
    await room.settle()
    room.set("river_gauge", "level_m", 1.25)  # less than 0.02 × 15 minutes
    await room.advance(1)
    assert room.listed() == ()
    room.set("river_gauge", "level_m", 1.31)
    await room.advance(1)
    assert room.one_alarm().active


async def test_rate_needs_good_values() -> None:
    room = await _room(RISING)
    room.set("river_gauge", "level_m", 1.0)
    await room.settle()
    room.set("river_gauge", "level_m", 9.0, Quality.BAD)
    await room.settle()
    room.set("river_gauge", "level_m", float("nan"))
    await room.settle()
    assert room.listed() == ()


@given(st.lists(st.tuples(st.floats(0.1, 400), st.floats(-5, 20)), min_size=1, max_size=200))
def test_rate_remembers_little_and_never_invents_a_slope(
    readings: list[tuple[float, float]],
) -> None:
    item: Item | None = None
    now_s = 0.0
    heard: list[tuple[float, float]] = []
    for step_s, value in readings:
        now_s += step_s
        heard.append((now_s, value))
        item = engine.observe(RISING, item, value, Quality.GOOD, now_s)
        assert len(item.past) <= 2 * engine.RATE_STEPS + 3
        recent = [v for t, v in heard if t > now_s - RISING.over_s]
        older = [v for t, v in heard if t <= now_s - RISING.over_s][-1:]
        steepest = (value - min([*recent, *older])) / (RISING.over_s / 60)
        if item.on:
            assert steepest > 0.02 - RISING.hysteresis - 1e-9


async def test_bollard_elsewhere_than_told_rings_only_when_it_stands_still() -> None:
    room = await _room(ELSEWHERE)
    room.set("bollard", "position", 100)
    room.set("bollard", "commanded", 100)
    room.set("bollard", "moving", False)
    await room.settle()
    room.set("bollard", "commanded", 0)
    room.set("bollard", "moving", True)
    await room.advance(60)
    assert room.listed() == ()
    room.set("bollard", "moving", False)
    await room.advance(19)
    assert room.listed() == ()
    await room.advance(1)
    assert room.one_alarm().active
    room.set("bollard", "position", 4)  # within the tolerance
    await room.settle()
    assert not room.one_alarm().active


async def test_condition_above_is_looked_at_when_it_changes() -> None:
    lit = Rule(
        key="lit_without_feed", severity=Severity.LOW, kind="lamp", point="level", above=0.0,
        while_=(Where(point="closed", kind="feeder", is_=False),), on_delay_s=30.0,
    )  # fmt: skip
    room = await Room(rules=[lit]).start()
    room.all_good()
    await room.advance(100)
    assert room.listed() == ()
    room.set("EP-0001-D1", "closed", False)
    await room.advance(29)
    assert room.listed() == (), "the delay counts from when all of it held"
    await room.advance(1)
    assert len(room.listed()) == 3
    room.set("EP-0001-D1", "closed", True)
    await room.settle()
    assert not any(alarm.active for alarm in room.listed())


def _publish(room: Room, event: Any) -> None:
    room.bus.publish(JournalEntry(seq=1, at_ms=0, user="a", seat="s", event=event))


def _hold(room: Room, value: Scalar, state: OverrideState = OverrideState.ACTIVE) -> None:
    override = Override(
        id="o1", equipment_id="EP-0001-D1-01", equipment_kind="lamp", point_key="level",
        value=value, back=WayBack.PROGRAMME, owner="a", seat="s", reason="r", since_ms=0,
        until_ms=1, state=state,
    )  # fmt: skip
    _publish(room, OverrideEvent(change=OverrideChange.BEGAN, override=override))


async def test_lamp_held_dark_that_stays_lit_is_stuck_on() -> None:
    rules = [
        Rule(
            key=f"stuck_{stuck.value}", severity=Severity.LOW, watch=Watch.OVERRIDE, kind="lamp",
            point="level", stuck=stuck, tolerance=5.0, on_delay_s=30.0,
        )
        for stuck in Stuck
    ]  # fmt: skip
    room = await Room(rules=rules).start()
    room.all_good()
    await room.advance(100)
    assert room.listed() == (), "nobody holds anything"

    def active() -> list[str]:
        return [alarm.rule for alarm in room.listed() if alarm.active]

    _hold(room, 0)
    await room.advance(30)
    assert active() == ["stuck_on"]
    _hold(room, 50)
    await room.advance(30)
    assert active() == ["stuck_away"]
    room.set("EP-0001-D1-01", "level", 0)
    await room.advance(30)
    assert active() == ["stuck_off"]
    _hold(room, 50, OverrideState.ENDED)
    await room.advance(30)
    assert active() == []


@given(
    st.sampled_from(list(Stuck)),
    st.one_of(st.none(), st.booleans(), st.integers(0, 100)),
    st.one_of(st.none(), st.booleans(), st.integers(0, 100)),
)
def test_at_most_one_kind_of_stuck_at_a_time(stuck: Stuck, told: Scalar, is_: Scalar) -> None:
    kinds = [kind for kind in Stuck if engine.is_stuck(kind, told, is_, 5.0)]
    assert len(kinds) <= 1
    if told is None or told == is_:
        assert not engine.is_stuck(stuck, told, is_, 5.0)


def _command(outcome: CommandOutcome, settled_by: str = "") -> CommandEvent:
    return CommandEvent(
        command=CommandRecord(
            key="c1",
            issuer="a",
            seat="s",
            equipment_id="bollard",
            equipment_kind="bollard",
            point_key="commanded",
            value=0,
            reason="r",
            created_ms=0,
            deadline_ms=1,
            outcome=outcome,
            settled_by=settled_by,
        )
    )


async def test_command_without_proof_rings_until_somebody_looked_or_another_one_passed() -> None:
    rule = Rule(
        key="bollard_unverified", severity=Severity.HIGH, watch=Watch.COMMAND, kind="bollard"
    )
    room = await _room(rule)
    _publish(room, _command(CommandOutcome.CONFIRMED))
    _publish(room, _command(CommandOutcome.REFUSED))
    await room.settle()
    assert room.listed() == ()
    _publish(room, _command(CommandOutcome.UNKNOWN))
    await room.settle()
    assert room.one_alarm().active
    _publish(room, _command(CommandOutcome.REFUSED))
    await room.settle()
    assert room.one_alarm().active, "a refused command proves nothing"
    _publish(room, _command(CommandOutcome.UNKNOWN, settled_by="bob"))
    await room.settle()
    assert not room.one_alarm().active
    _publish(room, _command(CommandOutcome.FAILED))
    await room.settle()
    assert (room.one_alarm().active, room.one_alarm().occurrences) == (True, 2)
    _publish(room, _command(CommandOutcome.CONFIRMED))
    await room.settle()
    assert room.one_alarm().state is AlarmState.RETURNED


@pytest.mark.parametrize("watch", [Watch.POINT, Watch.OVERRIDE])
def test_unknown_surroundings_prove_nothing(watch: Watch) -> None:
    rule = Rule(
        key="r", severity=Severity.LOW, watch=watch, kind="bollard", point="position",
        differs_from="" if watch is Watch.OVERRIDE else "commanded",
        stuck=Stuck.ON if watch is Watch.OVERRIDE else None,
    )  # fmt: skip
    found = engine.judge(rule, 100, Quality.GOOD, on=False, other=None)
    assert not found
    item = engine.observe(rule, None, 100, Quality.GOOD, 0.0, beside=engine.Beside(0, None))
    assert not item.believed


severities = st.sampled_from(list(Severity))


@given(st.lists(st.tuples(st.sampled_from(["on", "off", "ack", "worse"]), severities), max_size=40))
def test_severity_latches_until_returned_and_acknowledged(
    steps: list[tuple[str, Severity]],
) -> None:
    rule = Rule(key="r", severity=Severity.LOW, kind="k", point="p", above=1.0)
    alarm = moves.raised(
        rule, 1, "E", "k", item=Item(severity=Severity.LOW), now_ms=0, value="", below=0
    )
    worst = alarm.severity
    for step, severity in steps:
        before = alarm
        item = Item(severity=severity, on=True, believed=True)
        if step == "off" and alarm.active:
            alarm = moves.returned(alarm, 1)
        elif step == "ack" and not alarm.acknowledged:
            alarm = moves.acknowledged(alarm, "a", 1)
        elif step == "on" and not alarm.active and not before.over:
            alarm = moves.raised_again(alarm, item, 2, value="", below=0)
            worst = min(worst, severity)
        elif step == "worse" and alarm.active:
            verdict = engine.verdict(rule, item, alarm, 0.0, is_open=True)
            assert (verdict.act is Act.ESCALATE) == (severity < alarm.severity)
            if verdict.act is Act.ESCALATE:
                alarm = moves.escalated(alarm, item, value="")
                worst = min(worst, severity)
                assert not alarm.acknowledged
        assert alarm.severity == worst
        if before.over:
            break
