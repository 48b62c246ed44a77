"""Road weather says what a station measured, coldest first, and never more than that."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend_bridge.contract.points import (
    Catalogue,
    Equipment,
    EquipmentKind,
    PointChange,
    PointDef,
    ValueType,
)
from backend_bridge.contract.quality import Quality
from backend_bridge.contract.requests import GetTrend
from backend_bridge.contract.results import TrendResult
from console.panels.stations import StationsPresenter, surface_of
from tests.fakes.panel_context import Desk

T0 = 1_700_000_000_000
KEYS = ("air_c", "road_c", "dew_point_c", "wet", "ice")
KIND = EquipmentKind(
    key="weather_station",
    trade="environment",
    points=tuple(
        PointDef(
            key=key,
            value_type=ValueType.FLOAT if key.endswith("_c") else ValueType.BOOL,
            unit="°C" if key.endswith("_c") else "",
            decimals=1,
            allowed_age_s=600.0,
        )
        for key in KEYS
    ),
    main_point="road_c",
)
CITY = Catalogue(
    revision="r",
    title="t",
    demonstration=True,
    points_total=15,
    kinds=(KIND,),
    equipment=tuple(
        Equipment(
            id=f"MR-{n}", kind=KIND.key, name="n", lon=5.0, lat=47.3, first_point=n * 5,
            place=f"Pont {n}", commune="Dijon",
        )
        for n in range(3)
    ),
)  # fmt: skip


def say(desk: Desk, station: int, quality: Quality = Quality.GOOD, **values: float | bool) -> None:
    first = station * 5
    desk.feed(
        changes=[
            PointChange(first + KEYS.index(key), value, quality, T0, station)
            for key, value in values.items()
        ]
    )


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.asked.script = lambda _: TrendResult(points=())
    desk.feed(catalogue=CITY)
    return desk


@pytest.fixture
async def presenter(desk: Desk) -> AsyncIterator[StationsPresenter]:
    made = StationsPresenter(desk.context)
    yield made
    await desk.settle()
    made.close()


async def test_coldest_pavement_comes_first_and_what_nobody_knows_last(
    desk: Desk, presenter: StationsPresenter
) -> None:
    say(desk, 0, road_c=2.0, air_c=1.0, dew_point_c=-1.0, wet=False, ice=False)
    say(desk, 2, road_c=-3.1, air_c=-1.9, dew_point_c=-2.0, wet=True, ice=True)
    assert [row.id for row in presenter.rows] == ["MR-2", "MR-0", "MR-1"]
    assert [row.surface for row in presenter.rows][:2] == ["verglas", "sèche"]
    assert presenter.rows[0].road == "\u22123,1"
    assert presenter.rows[2].fraction is None
    assert presenter.rows[2].mark == "unknown"
    assert presenter.headline == "3\u00a0stations, 1 au gel"


async def test_value_that_may_not_be_believed_is_no_temperature(
    desk: Desk, presenter: StationsPresenter
) -> None:
    say(desk, 1, Quality.UNAVAILABLE, road_c=-5.0, wet=True, ice=True)
    row = next(row for row in presenter.rows if row.id == "MR-1")
    assert (row.fraction, row.severity, row.mark) == (None, 0, "unavailable")
    assert "verglas" not in row.surface


async def test_choosing_shows_twelve_hours_and_chooses_everywhere(
    desk: Desk, presenter: StationsPresenter
) -> None:
    say(desk, 1, road_c=0.0)
    presenter.choose("MR-1")
    await desk.settle()
    asked = [one for one in desk.asked.of(GetTrend) if one.equipment_id == "MR-1"]
    spans_s = [(one.to_ms - one.from_ms) // 1000 for one in asked]
    assert spans_s == [12 * 3600, 60], "a history of a second is shown on a minute"
    assert desk.selection.equipment_ids == ("MR-1",)
    assert presenter.chosen == "MR-1"


celsius = st.floats(-40, 40)
perhaps = st.sampled_from([None, True, False])


@given(celsius, st.one_of(st.none(), celsius), perhaps, perhaps)
def test_surface_never_contradicts_what_was_measured(
    road: float, dew: float | None, wet: bool | None, ice: bool | None
) -> None:
    word = surface_of(road, dew, wet=wet, ice=ice)
    assert (word == "ice") == bool(ice)
    if word in ("frost", "freezing"):
        assert road <= 1.0
    if word == "dry":
        assert wet is False
    if word == "unknown":
        assert wet is None
