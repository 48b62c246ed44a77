"""The pure alarm engine: properties that hold whatever the field says."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend_bridge.contract.alarms import Alarm, AlarmState, Severity
from backend_bridge.contract.points import PointDef, Scalar, ValueType
from backend_bridge.contract.quality import Quality
from backend_bridge.services.alarms import engine, moves
from backend_bridge.services.alarms.engine import Act, Item
from backend_bridge.services.alarms.rules import Level, Rule

ABOVE = Rule(
    key="over",
    severity=Severity.MEDIUM,
    kind="k",
    point="p",
    above=100.0,
    hysteresis=10.0,
    levels=(
        Level(limit=120.0, severity=Severity.HIGH),
        Level(limit=150.0, severity=Severity.URGENT),
    ),
)
BELOW = Rule(key="under", severity=Severity.LOW, kind="k", point="p", below=10.0, hysteresis=2.0)
ON = Rule(key="on", severity=Severity.LOW, kind="k", point="p", is_=True)
TEXT = Rule(key="text", severity=Severity.LOW, kind="k", point="p", equals="flash")
NUMBER = Rule(key="number", severity=Severity.LOW, kind="k", point="p", equals=1)
BAD = Rule(key="bad", severity=Severity.LOW, kind="k", point="p", bad=True)

scalars: st.SearchStrategy[Scalar] = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=4)
)
rules = st.sampled_from([ABOVE, BELOW, ON, TEXT, NUMBER, BAD])


def _active(rule: Rule, item: Item) -> Alarm:
    return moves.raised(rule, 1, "E", "k", item=item, now_ms=1_000, value="", below=0)


@given(rules, scalars, st.sampled_from(list(Quality)), st.booleans())
def test_any_reading_is_judged_and_only_believable_ones_count(
    rule: Rule, value: Scalar, quality: Quality, on: bool
) -> None:
    found = engine.judge(rule, value, quality, on=on)
    if quality in (Quality.STALE, Quality.UNAVAILABLE, Quality.UNKNOWN):
        assert found is None
    if quality is Quality.BAD:
        assert found is (True if rule.bad else None)
    if isinstance(value, float) and math.isnan(value) and quality is Quality.GOOD and not rule.bad:
        assert not found


@pytest.mark.parametrize(
    ("rule", "value", "holds"),
    [
        (ON, True, True),
        (ON, False, False),
        (ON, 1, None),
        (TEXT, "flash", True),
        (TEXT, "dark", False),
        (NUMBER, 1, True),
        (NUMBER, True, False),
        (ABOVE, 100.0, False),
        (ABOVE, 100.1, True),
        (ABOVE, "many", None),
        (BELOW, 10.0, False),
        (BELOW, 9, True),
    ],
)
def test_conditions_mean_what_they_say(rule: Rule, value: Scalar, holds: bool | None) -> None:
    assert engine.judge(rule, value, Quality.GOOD, on=False) is holds


@given(st.lists(st.floats(90.0, 100.0), max_size=20))
def test_nothing_inside_the_band_moves_a_limit(values: list[float]) -> None:
    for start, expected in ((101.0, True), (89.0, False)):
        item = engine.observe(ABOVE, None, start, Quality.GOOD, 0.0)
        for step, value in enumerate(values):
            item = engine.observe(ABOVE, item, value, Quality.GOOD, float(step))
        assert item.on is (expected and all(value > 90.0 for value in values))


@given(st.floats(100.1, 1_000.0))
def test_farther_limit_is_more_urgent(value: float) -> None:
    severity = engine.level_of(ABOVE, value)
    expected = 1 if value > 150 else 2 if value > 120 else 3
    assert severity == expected


@given(st.floats(0.0, 100.0), st.floats(0.0, 100.0), st.floats(0.0, 300.0))
def test_delay_ends_exactly_when_it_says(
    on_delay_s: float, off_delay_s: float, waited_s: float
) -> None:
    rule = Rule(
        key="r", severity=Severity.LOW, kind="k", point="p", is_=True,
        on_delay_s=on_delay_s, off_delay_s=off_delay_s,
    )  # fmt: skip
    item = engine.observe(rule, None, True, Quality.GOOD, 0.0)
    found = engine.verdict(rule, item, None, waited_s, is_open=True)
    assert (found.act is Act.RAISE) is (waited_s >= on_delay_s)
    if found.act is Act.NOTHING:
        assert found.due_s == on_delay_s
    back = engine.observe(rule, item, False, Quality.GOOD, 0.0)
    found = engine.verdict(rule, back, _active(rule, item), waited_s, is_open=True)
    assert (found.act is Act.RETURN) is (waited_s >= off_delay_s)


@given(st.lists(st.floats(0.1, 50.0), min_size=1, max_size=12), st.integers(2, 4))
def test_count_raises_with_the_nth_onset_within_the_window(gaps: list[float], count: int) -> None:
    rule = Rule(
        key="r", severity=Severity.LOW, kind="k", point="p", is_=True, count=count, window_s=60.0
    )
    now_s = 0.0
    onsets: list[float] = []
    item: Item | None = None
    for gap in gaps:
        now_s += gap
        onsets.append(now_s)
        item = engine.observe(rule, item, True, Quality.GOOD, now_s)
        expected = sum(now_s - at_s < 60.0 for at_s in onsets) >= count
        found = engine.verdict(rule, item, None, now_s, is_open=True)
        assert (found.act is Act.RAISE) is expected
        item = engine.observe(rule, item, False, Quality.GOOD, now_s)


def test_closed_filter_holds_and_frozen_item_does_nothing() -> None:
    item = engine.observe(ON, None, True, Quality.GOOD, 0.0)
    assert engine.verdict(ON, item, None, 0.0, is_open=False).act is Act.HOLD
    frozen = engine.observe(ON, item, True, Quality.UNAVAILABLE, 1.0)
    assert frozen.on
    assert engine.verdict(ON, frozen, None, 9.0, is_open=True).act is Act.NOTHING
    assert engine.observe(ON, frozen, True, Quality.STALE, 2.0) is frozen


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("value"), st.floats(0.0, 200.0)),
            st.tuples(st.just("ack"), st.just(0.0)),
        ),
        max_size=40,
    )
)
def test_severity_never_eases_while_listed_and_every_step_is_legal(
    steps: list[tuple[str, float]],
) -> None:
    item: Item | None = None
    alarm: Alarm | None = None
    for number, (what, value) in enumerate(steps):
        before = alarm
        if what == "ack" and alarm is not None and not alarm.acknowledged:
            alarm = moves.acknowledged(alarm, "alice", number)
        elif what == "value":
            item = engine.observe(ABOVE, item, value, Quality.GOOD, float(number))
            match engine.verdict(ABOVE, item, alarm, float(number), is_open=True).act:
                case Act.RAISE if alarm is None:
                    alarm = moves.raised(
                        ABOVE, number, "E", "k", item=item, now_ms=number, value="", below=0
                    )
                case Act.RAISE if alarm is not None:
                    assert not alarm.active
                    alarm = moves.raised_again(alarm, item, number, value="", below=0)
                    assert alarm.state is AlarmState.UNACKNOWLEDGED
                case Act.RETURN:
                    assert alarm is not None
                    alarm = moves.returned(alarm, number)
                case Act.ESCALATE:
                    assert alarm is not None
                    alarm = moves.escalated(alarm, item, value="")
                case _:
                    pass
            assert (alarm is not None and alarm.active) is item.on
        if before is not None and alarm is not None and before.id == alarm.id:
            assert alarm.severity <= before.severity
            assert alarm.occurrences >= before.occurrences
        if alarm is not None and alarm.state is AlarmState.NORMAL:
            alarm = None


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (254.04, ValueType.FLOAT, "254.0 V"),
        (3, ValueType.INT, "3.0 V"),
        (True, ValueType.BOOL, ""),
        (None, ValueType.FLOAT, ""),
        ("dark", ValueType.TEXT, "dark"),
    ],
)
def test_value_text_carries_its_unit(value: Scalar, kind: ValueType, text: str) -> None:
    point = PointDef(key="p", value_type=kind, unit="V", decimals=1)
    assert engine.value_text(value, point) == text
    assert engine.value_text(value, None) == ""
