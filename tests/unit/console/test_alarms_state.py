"""The console's alarms: counts that follow each change, and what is put aside apart."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend_bridge.contract.alarms import Alarm, AlarmChange, Severity, Shelf
from console.state.alarms import STALE_MS, Alarms, alarm_key, is_stale
from console.state.load import AlarmLoad
from console.state.sounds import Ring, Sounds
from tests.fakes.clock import ManualClock

SHELF = Shelf(by="alice", reason="works", since_ms=0, until_ms=1)


def _alarm(number: int, severity: Severity = Severity.HIGH, **fields: object) -> Alarm:
    plain = Alarm(
        id=f"AL-{number:04d}",
        rule="r",
        severity=severity,
        equipment_id=f"E{number % 7}",
        equipment_kind="lamp",
        raised_ms=1_000 + number % 5,
    )
    return msgspec.structs.replace(plain, **fields)


states = st.builds(
    _alarm,
    st.integers(0, 12),
    st.sampled_from(list(Severity)),
    active=st.booleans(),
    acknowledged=st.booleans(),
    shelf=st.sampled_from([None, None, SHELF]),
    suppressed=st.sampled_from(["", "", "design"]),
    taken_out=st.sampled_from([None, None, SHELF]),
)


@given(st.lists(states, max_size=200))
def test_every_figure_follows_each_change(changes: list[Alarm]) -> None:
    alarms = Alarms()
    latest: dict[str, Alarm] = {}
    for alarm in changes:
        alarms.put(alarm)
        latest[alarm.id] = alarm
        kept = [item for item in latest.values() if not item.over]
        loud = [item for item in kept if not item.quiet]
        waiting = [item for item in loud if not item.acknowledged]
        assert set(alarms) == set(loud)
        assert set(alarms.aside.values()) == {item for item in kept if item.quiet}
        assert alarms.highest() == min(waiting, key=alarm_key, default=None)
        oldest = alarms.oldest_waiting()
        assert (oldest.raised_ms if oldest else None) == min(
            (item.raised_ms for item in waiting), default=None
        )
        for count in alarms.counts():
            of = [item for item in loud if item.severity is count.severity]
            assert count.total == len(of)
            assert count.unacknowledged == sum(not item.acknowledged for item in of)
        assert set(alarms.equipment_ids()) == {item.equipment_id for item in loud}
    alarms.replace(latest.values())
    assert set(alarms) == {a for a in latest.values() if not a.over and not a.quiet}


def test_shelved_alarm_is_silent_and_rings_when_it_comes_back() -> None:
    clock, alarms = ManualClock(), Alarms()
    sounds = Sounds(clock)
    assert sounds.look(alarms) == Ring()
    alarms.put(_alarm(1))
    assert sounds.look(alarms, {"AL-0001"}).severity is Severity.HIGH
    alarms.put(_alarm(1, shelf=SHELF))
    clock.advance(3_600)
    assert sounds.look(alarms, {"AL-0001"}) == Ring()
    alarms.put(_alarm(1))
    assert sounds.look(alarms, {"AL-0001"}).severity is Severity.HIGH


@given(st.lists(st.lists(states, max_size=6), max_size=20))
def test_looking_at_what_changed_rings_as_looking_at_all(batches: list[list[Alarm]]) -> None:
    clock, alarms = ManualClock(), Alarms()
    whole, part = Sounds(clock), Sounds(clock)
    assert whole.look(alarms) == part.look(alarms) == Ring()
    for batch in batches:
        for alarm in batch:
            alarms.put(alarm)
        clock.advance(1)
        assert whole.look(alarms) == part.look(alarms, {alarm.id for alarm in batch})


def _steps(work: Callable[[], object]) -> int:
    """Count the interpreter's steps that a piece of work takes: the same on any machine."""
    count = 0

    def trace(frame: FrameType, _event: str, _arg: object) -> Any:
        nonlocal count
        frame.f_trace_opcodes = True
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def test_a_look_does_not_walk_through_ten_thousand_standing_alarms() -> None:
    def steps_of_a_look(standing: int, changed: set[str] | None) -> int:
        alarms, sounds = Alarms(), Sounds(ManualClock())
        for number in range(standing):
            alarms.put(_alarm(number))
        sounds.look(alarms)

        def look() -> None:
            sounds.look(alarms, changed)
            alarms.highest()
            alarms.counts()

        look()
        return _steps(look)

    changed = {"AL-0001"}
    assert steps_of_a_look(10_000, changed) == steps_of_a_look(10, changed)
    assert steps_of_a_look(10_000, None) > 10_000, "looking at all of them is what it would cost"


def test_what_is_put_aside_is_no_load_until_it_comes_back() -> None:
    load = AlarmLoad()
    load.take(_alarm(1, suppressed="design"), AlarmChange.RAISED, 5_000)
    load.take_listed([_alarm(2, shelf=SHELF)], 5_000)
    assert len(load) == 0
    load.take(_alarm(1), AlarmChange.UNSUPPRESSED, 6_000)
    assert len(load) == 1
    load.take(_alarm(2, active=False), AlarmChange.UNSHELVED, 6_000)
    assert len(load) == 1


@pytest.mark.parametrize(("age_ms", "stale"), [(STALE_MS, False), (STALE_MS + 1, True)])
def test_an_alarm_older_than_a_day_is_stale(age_ms: int, stale: bool) -> None:
    assert is_stale(_alarm(0), 1_000 + age_ms) is stale
    assert not is_stale(_alarm(0, active=False), 1_000 + 2 * STALE_MS)
