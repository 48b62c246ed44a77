"""The operator's load: appearances of ten minutes, each once."""

from __future__ import annotations

from backend_bridge.contract.alarms import AlarmChange
from console.state.load import WINDOW_S, AlarmLoad
from tests.fakes.small_city import alarm

NOW_MS = 1_700_000_000_000


def test_an_alarm_known_from_both_sides_counts_once() -> None:
    load = AlarmLoad()
    one = alarm(1, raised_ms=NOW_MS - 1_000)
    load.take_listed([one], NOW_MS)
    load.take(one, AlarmChange.RAISED, NOW_MS - 990)
    load.take(one, AlarmChange.ACKNOWLEDGED, NOW_MS)
    assert len(load) == 1


def test_an_alarm_that_comes_back_is_load_again() -> None:
    load = AlarmLoad()
    one = alarm(1, raised_ms=NOW_MS)
    load.take(one, AlarmChange.RAISED, NOW_MS)
    load.take(one, AlarmChange.RAISED_AGAIN, NOW_MS + 5_000)
    load.take(one, AlarmChange.ESCALATED, NOW_MS + 6_000)
    assert len(load) == 2


def test_what_is_older_than_the_window_leaves() -> None:
    load = AlarmLoad()
    load.take_listed([alarm(1, raised_ms=NOW_MS - WINDOW_S * 1000)], NOW_MS)
    assert len(load) == 0
    load.take(alarm(2, raised_ms=NOW_MS), AlarmChange.RAISED, NOW_MS)
    load.prune(NOW_MS + WINDOW_S * 1000 - 1)
    assert len(load) == 1
    load.prune(NOW_MS + WINDOW_S * 1000)
    assert len(load) == 0


def test_a_count_is_whole_ten_minutes_after_the_situation() -> None:
    load = AlarmLoad()
    assert not load.whole(NOW_MS)
    load.take_listed([], NOW_MS)
    assert not load.whole(NOW_MS + 599_000)
    assert load.whole(NOW_MS + 600_000)
    load.forget()
    assert not load.whole(NOW_MS + 600_000)
