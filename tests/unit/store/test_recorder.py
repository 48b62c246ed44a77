from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend_bridge.contract.points import (
    Catalogue,
    Equipment,
    EquipmentKind,
    PointDef,
    Scalar,
    ValueType,
)
from backend_bridge.contract.quality import Quality
from backend_bridge.core.points import PointTable
from backend_bridge.core.storage import HistorySample
from backend_bridge.store import HistoryRecorder
from backend_bridge.store.history_recorder import BUSY, LOOK_UP, as_number, leaves_band
from tests.fakes.clock import ManualClock

_KIND = EquipmentKind(
    key="cabinet",
    trade="lighting",
    points=(
        PointDef(key="voltage_v", value_type=ValueType.FLOAT, dead_band=2.0),
        PointDef(key="door_open", value_type=ValueType.BOOL),
        PointDef(key="firmware", value_type=ValueType.TEXT),
    ),
)
# indexes 0 to 2 belong to equipment nobody listed: such gaps are allowed in a catalogue
_CATALOGUE = Catalogue(
    revision="1",
    title="test",
    demonstration=True,
    points_total=6,
    kinds=(_KIND,),
    equipment=(Equipment(id="EP-1", kind="cabinet", name="", lon=5.0, lat=47.3, first_point=3),),
)
_VOLTAGE, _DOOR, _TEXT = 3, 4, 5


class _Keeper:
    def __init__(self) -> None:
        self.kept: list[HistorySample] = []
        self.holes = 0
        self.waiting = 0

    def keep(self, samples: Sequence[HistorySample]) -> None:
        self.kept += samples


class _Bench:
    """A point table with one source, followed by a recorder."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.table = PointTable([10.0] * 6, self.clock)
        self.keeper = _Keeper()
        HistoryRecorder(self.table, _CATALOGUE, self.keeper).follow()
        self.source = self.table.add_source("all", range(6))

    def read(self, point: int, value: Scalar, quality: Quality = Quality.GOOD) -> None:
        self.table.apply(self.source, [(point, value, quality)])

    def values(self) -> list[float | None]:
        return [sample.value for sample in self.keeper.kept]


def test_only_what_leaves_the_dead_band_is_kept() -> None:
    bench = _Bench()
    for value in (230.0, 231.0, 231.9, 232.0, 231.0, 230.1, 230.0):
        bench.read(_VOLTAGE, value)
    assert bench.values() == [230.0, 232.0, 230.0]
    first = bench.keeper.kept[0]
    assert (first.equipment_id, first.point_key) == ("EP-1", "voltage_v")
    assert first.at_ms == bench.clock.now_ms()


def test_a_slow_drift_is_kept_once_it_left_the_band() -> None:
    bench = _Bench()
    for step in range(100):
        bench.read(_VOLTAGE, 230.0 + step * 0.1)
    assert bench.values() == pytest.approx([230.0, 232.0, 234.0, 236.0, 238.0])


def test_a_change_of_quality_is_always_kept() -> None:
    bench = _Bench()
    bench.read(_VOLTAGE, 230.0)
    bench.table.degrade(bench.source, Quality.UNAVAILABLE)
    bench.read(_VOLTAGE, 230.0)
    kept = [sample for sample in bench.keeper.kept if sample.point_key == "voltage_v"]
    assert [sample.quality for sample in kept] == [
        Quality.GOOD,
        Quality.UNAVAILABLE,
        Quality.GOOD,
    ]


def test_truth_values_are_zero_and_one_and_texts_keep_their_quality_only() -> None:
    bench = _Bench()
    bench.read(_DOOR, value=False)
    bench.read(_DOOR, value=True)
    bench.read(_TEXT, "2.1")
    bench.read(_TEXT, "2.2")
    bench.read(0, 5)
    assert bench.values() == [0.0, 1.0, None]


def test_after_a_hole_the_present_state_is_kept_anew() -> None:
    bench = _Bench()
    bench.read(_VOLTAGE, 230.0)
    bench.read(_DOOR, value=True)
    bench.keeper.kept.clear()
    bench.keeper.holes += 1
    bench.clock.advance(60)
    bench.read(_VOLTAGE, 230.5)
    assert bench.keeper.kept == [
        HistorySample("EP-1", "voltage_v", bench.clock.now_ms(), 230.5, Quality.GOOD),
        HistorySample("EP-1", "door_open", bench.clock.now_ms(), 1.0, Quality.GOOD),
    ]
    bench.read(_VOLTAGE, 231.0)
    assert len(bench.keeper.kept) == 2


@given(st.none() | st.booleans() | st.integers() | st.floats() | st.text())
def test_every_value_becomes_a_finite_number_or_none(value: Scalar) -> None:
    number = as_number(value)
    assert number is None or abs(number) < float("inf")
    assert number is not None or value is None or not isinstance(value, bool)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=50), st.floats(0, 100, allow_nan=False))
def test_what_was_not_kept_was_never_far_from_what_was(values: list[float], band: float) -> None:
    kept: float | None = None
    for value in values:
        if leaves_band(kept, value, band):
            kept = value
        assert kept is not None
        assert kept == value or abs(kept - value) < band


def test_first_values_wait_in_the_table_while_the_writer_is_behind() -> None:
    bench = _Bench()
    bench.keeper.waiting = BUSY + 1
    bench.read(_VOLTAGE, 230.0)
    assert bench.keeper.kept == []

    bench.read(_VOLTAGE, 240.0)  # a change is never put off
    assert bench.values() == [240.0]

    bench.read(_TEXT, "2.1")
    bench.keeper.waiting = 0
    bench.read(_DOOR, value=True)
    assert bench.values() == [240.0, 1.0, None]
    bench.read(_DOOR, value=False)
    assert len(bench.keeper.kept) == 4  # nothing twice


def test_a_metropolis_is_kept_anew_in_parts_after_a_hole() -> None:
    """All at once would be more than may wait: dropped, a new hole, and so on for ever."""
    lamps = 2 * LOOK_UP + 10
    kind = EquipmentKind(
        key="lamp", trade="lighting", points=(PointDef(key="on", value_type=ValueType.BOOL),)
    )
    equipment = tuple(
        Equipment(id=f"L{n}", kind="lamp", name="", lon=5.0, lat=47.3, first_point=n)
        for n in range(lamps)
    )
    catalogue = Catalogue(
        revision="1",
        title="test",
        demonstration=True,
        points_total=lamps,
        kinds=(kind,),
        equipment=equipment,
    )
    table = PointTable([10.0] * lamps, ManualClock())
    keeper = _Keeper()
    HistoryRecorder(table, catalogue, keeper).follow()
    source = table.add_source("all", range(lamps))
    table.apply(source, [(n, True, Quality.GOOD) for n in range(lamps)])
    keeper.kept.clear()
    keeper.holes += 1

    most = 0
    for turn in range(3):
        before = len(keeper.kept)
        table.apply(source, [(0, turn % 2 == 1, Quality.GOOD)])
        most = max(most, len(keeper.kept) - before)

    assert most <= LOOK_UP + 1
    assert {sample.equipment_id for sample in keeper.kept} == {item.id for item in equipment}
