"""The point table against a plain model, whatever happens to it in whatever order."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from backend_bridge.contract.points import PointChange, Scalar
from backend_bridge.contract.quality import Quality
from backend_bridge.core.points import NO_SOURCE, PointTable, Transition
from tests.fakes.clock import ManualClock

SIZE = 12
SOURCES = ((0, 1, 2, 3), (4, 5, 6), (7, 8, 9, 10, 11), (3, 4))
"""The last one confirms points of two others, as a second poll group may."""
VALUES = st.sampled_from([0, 1, 1.0, True, False, None, "x", 99.5])
QUALITIES = st.sampled_from(list(Quality))


class Follower:
    """Rebuild the table from batches only, as a console does."""

    def __init__(self) -> None:
        self.revision = 0
        self.points: dict[int, PointChange] = {}
        self.heard: dict[int, int] = {}

    def pull(self, table: PointTable, limit: int) -> int:
        changes, heard, upto = table.changes_since(self.revision, limit)
        assert len(changes) + len(heard) <= limit
        assert len({change.index for change in changes}) == len(changes)
        assert self.revision <= upto <= table.head
        self.points.update({change.index: change for change in changes})
        self.heard.update({item.source: item.heard_ms for item in heard})
        self.revision = upto
        return len(changes) + len(heard)


class TableMachine(RuleBasedStateMachine):
    """Apply, degrade, sweep and follow in any order; followers must end equal to the table."""

    @initialize(ages=st.lists(st.sampled_from([1.0, 5.0]), min_size=SIZE, max_size=SIZE))
    def start(self, ages: list[float]) -> None:
        self.clock = ManualClock()
        self.ages = ages
        self.table = PointTable(ages, self.clock)
        for number, points in enumerate(SOURCES):
            assert self.table.add_source(f"s{number}", points) == number
        self.model = dict.fromkeys(range(SIZE), (None, Quality.UNKNOWN, 0, NO_SOURCE))
        self.heard_ms = dict.fromkeys(range(len(SOURCES)), 0)
        self.heard_mono_s = dict.fromkeys(range(len(SOURCES)), 0.0)
        self.transitions: list[Transition] = []
        self.table.observe(self.transitions.extend)
        self.slow = Follower()
        self.fast = Follower()

    @rule(
        source=st.integers(0, len(SOURCES) - 1),
        readings=st.lists(st.tuples(st.integers(0, SIZE - 1), VALUES, QUALITIES), max_size=6),
        heard=st.booleans(),
    )
    def apply(self, source: int, readings: list[tuple[int, Scalar, Quality]], heard: bool) -> None:
        before = len(self.transitions)
        self.table.apply(source, readings, heard=heard)
        expected = []
        for index, value, quality in readings:
            expected += self._model_put(source, index, value, quality)
        assert self.transitions[before:] == expected
        if heard:
            self.heard_ms[source] = self.clock.now_ms()
            self.heard_mono_s[source] = self.clock.mono_s()

    @rule(source=st.integers(0, len(SOURCES) - 1))
    def degrade(self, source: int) -> None:
        self.table.degrade(source, Quality.UNAVAILABLE)
        for index in SOURCES[source]:
            self._model_put(source, index, self.model[index][0], Quality.UNAVAILABLE)

    @rule(seconds=st.floats(0, 8))
    def wait_and_sweep(self, seconds: float) -> None:
        self.clock.advance(seconds)
        self.table.sweep_stale()
        for source, points in enumerate(SOURCES):
            silent_s = self.clock.mono_s() - self.heard_mono_s[source]
            for index in points:
                value, quality, _, _ = self.model[index]
                if quality is Quality.GOOD and silent_s > self.ages[index]:
                    self._model_put(source, index, value, Quality.STALE)

    @rule(limit=st.integers(1, 9))
    def pull_a_little(self, limit: int) -> None:
        self.slow.pull(self.table, limit)

    @invariant()
    def table_is_the_model(self) -> None:
        for index in range(SIZE):
            state = self.table.state(index)
            found = (state.value, state.quality, state.changed_ms, state.source)
            assert found == self.model[index]
            assert type(state.value) is type(self.model[index][0])

    @invariant()
    def caught_up_follower_is_the_table(self) -> None:
        self.fast.pull(self.table, 1_000)
        self._assert_equal(self.fast)

    def teardown(self) -> None:
        if not hasattr(self, "table"):
            return
        while self.slow.pull(self.table, 3):
            pass
        assert self.slow.revision == self.table.head
        self._assert_equal(self.slow)

    def _assert_equal(self, follower: Follower) -> None:
        touched = {i: self.table.state(i) for i in range(SIZE) if self.model[i][3] != NO_SOURCE}
        assert follower.points == touched
        assert follower.heard == {source: ms for source, ms in self.heard_ms.items() if ms}

    def _model_put(
        self, source: int, index: int, value: Scalar, quality: Quality
    ) -> list[Transition]:
        old_value, old_quality, changed_ms, _ = self.model[index]
        same = old_value == value and type(old_value) is type(value) and old_quality is quality
        now_ms = self.clock.now_ms()
        self.model[index] = (value, quality, changed_ms if same else now_ms, source)  # type: ignore[assignment]  # the first value's type is narrower
        if same:
            return []
        return [Transition(index, old_value, old_quality, value, quality, now_ms)]


TestTableMachine = TableMachine.TestCase
TestTableMachine.settings = settings(max_examples=80, stateful_step_count=30, deadline=None)


@given(st.lists(st.integers(0, 40), max_size=300), st.integers(1, 30))
@settings(deadline=None)
def test_any_batch_size_delivers_the_same(touched: list[int], limit: int) -> None:
    table = PointTable([10.0] * 41, ManualClock())
    table.add_source("s", range(41))
    for number, index in enumerate(touched):
        table.apply(0, [(index, number, Quality.GOOD)], heard=False)
    follower = Follower()
    pulls = 0
    while follower.pull(table, limit):
        pulls += 1
    assert follower.points == {index: table.state(index) for index in touched}
    assert pulls == -(-len(set(touched)) // limit)


def test_changes_come_oldest_first_and_only_the_latest_of_each() -> None:
    table = PointTable([10.0] * 3, ManualClock())
    table.add_source("s", range(3))
    for index, value in ((0, 1), (1, 1), (0, 2), (2, 1)):
        table.apply(0, [(index, value, Quality.GOOD)], heard=False)
    changes, heard, upto = table.changes_since(0, 10)
    assert [(change.index, change.value) for change in changes] == [(1, 1), (0, 2), (2, 1)]
    assert (heard, upto) == ([], 4)


def test_age_of_an_unchanged_value_costs_one_entry_per_source() -> None:
    clock = ManualClock()
    table = PointTable([10.0] * 50, clock)
    table.add_source("s", range(50))
    readings = [(index, 1, Quality.GOOD) for index in range(50)]
    table.apply(0, readings)
    head = table.head
    clock.advance(1)
    table.apply(0, readings)
    changes, heard, upto = table.changes_since(head, 100)
    assert changes == []
    assert [(item.source, item.heard_ms) for item in heard] == [(0, clock.now_ms())]
    assert upto == head + 1


def test_known_source_key_is_replaced_in_place() -> None:
    table = PointTable([1.0, 5.0, 9.0], ManualClock())
    assert table.add_source("a", [0]) == 0
    assert table.add_source("b", [1]) == 1
    assert table.add_source("a", [0, 2]) == 0
    assert table.source(0).points == (0, 2)


@pytest.mark.parametrize("runs", [1, 3])
def test_many_revisions_leave_no_empty_runs_behind(runs: int) -> None:
    table = PointTable([10.0] * 2, ManualClock())
    table.add_source("s", range(2))
    for number in range(runs * 5_000):
        table.apply(0, [(0, number, Quality.GOOD)])
    assert len(table._revisions._runs) <= 2
    assert [change.index for change in table.changes_since(0, 10)[0]] == [0]
