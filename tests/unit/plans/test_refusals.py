"""What was refused is asked about again after a pause that grows, and at once when it may help."""

from __future__ import annotations

from msgspec.structs import replace

from backend_bridge.services.plans.refusals import Refusals
from tests.unit.plans.test_rules import plan

ONE, TWO = ("EP-1", "level"), ("EP-2", "level")
DOWN, HANDS = "error.command.device_down", "error.command.hands_off"


def test_the_pause_doubles_up_to_its_longest_and_begins_anew_when_nothing_is_refused() -> None:
    refusals, now_s, pauses = Refusals(15.0, 100.0), 1_000.0, []
    for _ in range(5):
        refusals.note(plan(), {ONE: DOWN}, now_s)
        (again_s,) = refusals.times_s()
        pauses.append(again_s - now_s)
        assert list(refusals.waiting(plan(), again_s - 0.1)) == [ONE]
        assert list(refusals.waiting(plan(), again_s)) == []
        now_s = again_s
    assert pauses == [15.0, 30.0, 60.0, 100.0, 100.0]
    refusals.note(plan(), {ONE: ""}, now_s)
    assert refusals.times_s() == []
    refusals.note(plan(), {ONE: DOWN}, now_s)
    assert refusals.times_s() == [now_s + 15.0]


def test_who_yields_is_not_refused_and_another_call_begins_with_nothing() -> None:
    refusals = Refusals(15.0, 100.0)
    refusals.note(plan(), {ONE: "error.override.holds", TWO: HANDS}, 0.0)
    assert refusals.counts(plan()) == {HANDS: 1}
    assert list(refusals.waiting(replace(plan(), since_ms=7), 0.0)) == []


def test_only_plans_with_something_refused_there_are_asked_at_once() -> None:
    refusals = Refusals(15.0, 100.0)
    refusals.note(plan("a"), {ONE: DOWN}, 10.0)
    refusals.note(plan("b"), {TWO: DOWN}, 10.0)
    assert refusals.ask_at_once(lambda equipment: equipment == "EP-1")
    assert list(refusals.waiting(plan("a"), 11.0)) == []
    assert list(refusals.waiting(plan("b"), 11.0)) == [TWO]
    assert not refusals.ask_at_once(lambda _: False)
    refusals.forget(lambda key, place: (key, place) == ("b", TWO))
    assert refusals.counts(plan("b")) == {}
    refusals.drop("a")
    assert refusals.counts(plan("a")) == {}
