"""Exactly one winner a point, whatever the order; nothing moves twice; measures follow slowly."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from backend_bridge.commands.needs import Seen
from backend_bridge.contract.plans import CityPlan, PlanCondition, PlanState
from backend_bridge.contract.quality import Quality
from backend_bridge.services.overrides import load_ladder
from backend_bridge.services.plans import rules
from backend_bridge.services.plans.conditions import Called, follow, says
from backend_bridge.services.plans.windows import Hours

LADDER = load_ladder()
PLACES = [(f"EP-{number}", "level") for number in range(4)]
HOUR_MS = 3_600_000


def plan(key: str = "p", **fields: object) -> CityPlan:
    made = CityPlan(
        key=key,
        names={},
        audience={},
        rung="scenario",
        equipment_kind="lamp",
        point_key="level",
        value=50,
        targets=1,
        sectors=("",),
        longest_s=7200.0,
        enabled=True,
        state=PlanState.WAITING,
    )
    return replace(made, **fields)


standing = st.builds(
    lambda key, rung, state, since_ms: plan(key, rung=rung, state=state, since_ms=since_ms),
    st.sampled_from("abcdef"),
    st.sampled_from(LADDER.plan_rungs),
    st.sampled_from([PlanState.HOLDING, PlanState.HOLDING, PlanState.WAITING, PlanState.OFF]),
    st.integers(0, 3),
)
cities = st.lists(standing, max_size=6, unique_by=lambda one: one.key)
wants = st.fixed_dictionaries(
    {key: st.lists(st.sampled_from(PLACES), unique=True).map(tuple) for key in "abcdef"}
)


@given(cities, wants, st.randoms())
def test_each_point_wanted_has_exactly_one_winner_in_whatever_order(
    plans: list[CityPlan], targets: dict[str, tuple[tuple[str, str], ...]], random: object
) -> None:
    won = rules.winners(plans, targets, LADDER)
    shuffled = list(plans)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # Hypothesis' own random

    assert rules.winners(shuffled, targets, LADDER) == won
    holding = [one for one in plans if one.state is PlanState.HOLDING]
    assert won.keys() == {place for one in holding for place in targets[one.key]}
    for place, winner in won.items():
        rivals = [one for one in holding if place in targets[one.key]]
        assert winner in rivals
        best = min(LADDER.rank(one.rung) for one in rivals)
        assert LADDER.rank(winner.rung) == best
        assert winner.since_ms == max(
            one.since_ms for one in rivals if LADDER.rank(one.rung) == best
        )


@given(cities, wants)
def test_every_point_a_plan_lost_is_counted_once(
    plans: list[CityPlan], targets: dict[str, tuple[tuple[str, str], ...]]
) -> None:
    won = rules.winners(plans, targets, LADDER)
    for one in plans:
        if one.state is PlanState.HOLDING:
            lost = rules.losses(one, targets[one.key], won, {}, 7)
            kept = sum(won[place].key == one.key for place in targets[one.key])
            assert sum(loss.count for loss in lost) + kept == len(targets[one.key])
            again = replace(one, losses=lost)
            assert rules.losses(again, targets[one.key], won, {}, 99) == lost


calls = st.builds(
    lambda inside, start, length, measured: rules.Call(
        inside, Hours(start * HOUR_MS, (start + length) * HOUR_MS) if inside else None, measured
    ),
    st.booleans(),
    st.integers(0, 10),
    st.integers(1, 10),
    st.booleans(),
)


@given(
    st.lists(st.tuples(calls, st.integers(0, 20)), min_size=1, max_size=8),
    st.booleans(),
)
def test_a_step_taken_twice_is_taken_once_and_nothing_holds_too_long(
    history: list[tuple[rules.Call, int]], enabled: bool
) -> None:
    stood = plan(enabled=enabled)
    for call, hour in history:
        now_ms = hour * HOUR_MS
        if call.hours is not None and not call.hours.start_ms <= now_ms < call.hours.end_ms:
            call = rules.Call(False, None, call.measured)  # noqa: PLW2901 - as the desk would say
        stood = rules.step(stood, call, now_ms)
        assert rules.step(stood, call, now_ms) == stood
        assert (stood.state is PlanState.OFF) is (not enabled)
        if stood.state is PlanState.HOLDING:
            assert stood.until_ms is not None
            assert now_ms < stood.until_ms <= now_ms + 7_200_000
            assert call.in_hours
            assert call.measured


def test_after_its_longest_time_it_waits_for_the_next_call() -> None:
    always = rules.Call(True, None, True)
    held = rules.step(plan(), always, 0)
    over = rules.step(held, always, 7_200_000)
    assert over.state is PlanState.OVER
    assert rules.step(over, always, 90 * HOUR_MS) == over
    ready = rules.step(over, rules.Call(True, None, False), 91 * HOUR_MS)
    assert rules.step(ready, always, 92 * HOUR_MS).state is PlanState.HOLDING


def test_the_hours_of_the_next_day_are_another_call_even_when_nobody_looked_between() -> None:
    first, second = Hours(0, HOUR_MS), Hours(24 * HOUR_MS, 25 * HOUR_MS)
    over = plan(state=PlanState.OVER, since_ms=1_000)
    assert rules.step(over, rules.Call(True, first, True), 2_000) == over
    again = rules.step(over, rules.Call(True, second, True), second.start_ms)
    assert (again.state, again.until_ms) == (PlanState.HOLDING, second.end_ms)


def seen(*values: float | bool | None) -> list[Seen | None]:
    return [None if value is None else Seen(value, Quality.GOOD, 0) for value in values]


RIVER = PlanCondition(kind="g", point="l", above=2.0, clear=1.5, delay_s=60.0)


@given(
    st.booleans(),
    st.lists(st.one_of(st.none(), st.floats(0, 4)), max_size=4),
    st.sampled_from([Quality.GOOD, Quality.STALE, Quality.BAD]),
)
def test_between_two_limits_and_of_what_is_not_known_it_stays(
    on: bool, values: list[float | None], quality: Quality
) -> None:
    looked = [None if value is None else Seen(value, quality, 0) for value in values]
    known = [value if quality is Quality.GOOD else None for value in values]
    said = says(RIVER, on, looked)
    if any(value is not None and value > 2.0 for value in known):
        assert said
    elif known and all(value is not None and value <= 1.5 for value in known):
        assert not said
    else:
        assert said is on


def test_it_follows_after_its_delay_both_ways() -> None:
    called = Called(False)
    for at_s, level, on in itertools.chain(
        [(0, 2.5, False), (59, 2.5, False), (60, 2.5, True), (70, 1.7, True), (80, 1.0, True)],
        [(139, 1.0, True), (139.5, 1.8, True), (150, 1.0, True), (209, 1.0, True)],
        [(210, 1.0, False)],
    ):
        called = follow(RIVER, called, seen(level), at_s)
        assert called.on is on, at_s


def test_a_door_and_a_falling_level() -> None:
    door = PlanCondition(kind="c", point="door_open", is_=True)
    assert says(door, False, seen(True, False))
    assert not says(door, True, seen(False, False))
    assert not says(door, False, seen(1.0))
    low = PlanCondition(kind="g", point="l", below=1.0)
    assert says(low, False, seen(0.5))
    assert not says(low, True, seen(1.0))
    assert not says(low, False, seen(True))
