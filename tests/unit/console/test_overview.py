"""The overview counts what the world says, and words it."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend_bridge.contract.alarms import Alarm, AlarmChange, AlarmState, Severity
from backend_bridge.contract.journal import AlarmEvent, ServiceEvent
from backend_bridge.contract.points import (
    Catalogue,
    Equipment,
    EquipmentKind,
    PointChange,
    PointDef,
    ServiceMark,
    ValueType,
)
from backend_bridge.contract.quality import Quality, ServiceState
from backend_bridge.contract.requests import GetAlarmHistory, Request
from backend_bridge.contract.results import AlarmHistoryResult, AlarmSource, Result
from console.panels.alarm_load import ASK_EVERY_S, AlarmLoadPresenter
from console.panels.availability import MARKS, AvailabilityPresenter
from console.panels.communes import CommunesPresenter
from console.state.census import Census, merged
from console.state.equipment_tree import EquipmentTree
from tests.fakes.panel_context import Desk
from tests.fakes.small_city import small_city

T0 = 1_700_000_000_000


def city() -> Catalogue:
    """Return four cabinets of eight lamps: two in Dijon, one in Ahuy, one in no commune."""
    found = small_city(cabinets=4)
    communes = {"1": "Dijon", "2": "Dijon", "3": "Ahuy", "4": ""}
    equipment = tuple(
        msgspec.structs.replace(item, commune=communes[item.id[6]]) for item in found.equipment
    )
    return msgspec.structs.replace(found, equipment=equipment)


CITY = city()


def say(desk: Desk, quality: Quality, indexes: range = range(CITY.points_total)) -> None:
    desk.feed(changes=[PointChange(index, 1, quality, T0, 0) for index in indexes])
    desk.clock.advance(1.0)
    desk.feed()
    desk.world.tick()


def alarm(equipment: str, severity: Severity = Severity.HIGH, **changes: object) -> AlarmEvent:
    made = Alarm(
        id=f"AL-{equipment}-{int(severity)}",
        rule="link_lost",
        severity=severity,
        equipment_id=equipment,
        equipment_kind="cabinet",
        raised_ms=T0,
        **changes,  # type: ignore[arg-type] # what a test changes
    )
    return AlarmEvent(change=AlarmChange.RAISED, alarm=made)


def points_of(equipment_id: str) -> range:
    item = next(item for item in CITY.equipment if item.id == equipment_id)
    kind = next(kind for kind in CITY.kinds if kind.key == item.kind)
    return range(item.first_point, item.first_point + len(kind.points))


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.feed(catalogue=CITY)
    say(desk, Quality.GOOD)
    return desk


@pytest.fixture
def communes(desk: Desk) -> Iterator[CommunesPresenter]:
    presenter = CommunesPresenter(desk.context)
    yield presenter
    presenter.close()


def test_communes_with_most_equipment_come_first_and_lamps_stand_with_their_cabinets(
    communes: CommunesPresenter,
) -> None:
    assert [row.commune for row in communes.rows] == ["Dijon", "Hors commune", "Ahuy"]
    assert [column.key for column in communes.columns] == ["cabinet"]
    assert communes.columns[0].title == "Éclair."
    assert all(cell.said.endswith("tout est normal") for row in communes.rows for cell in row.cells)


def test_alarm_goes_before_quality_and_worst_before_milder(
    desk: Desk, communes: CommunesPresenter
) -> None:
    say(desk, Quality.UNAVAILABLE, points_of("EP-0001-D1-03"))
    (cell,) = communes.rows[0].cells
    assert (cell.alarm, cell.mark) == (None, "unavailable")
    desk.feed(events=[alarm("EP-0001", Severity.LOW), alarm("EP-0002", Severity.URGENT)])
    desk.clock.advance(1.0)
    desk.feed()
    desk.world.tick()
    (cell,) = communes.rows[0].cells
    assert cell.alarm == (Severity.URGENT, AlarmState.UNACKNOWLEDGED)
    assert (cell.mark, cell.count) == ("", "2")
    assert "2 alarmes" in cell.said
    assert communes.headline.startswith("1 sur 3")


def test_choosing_a_cell_chooses_what_is_pressing(desk: Desk, communes: CommunesPresenter) -> None:
    communes.choose(0, 0)
    assert len(desk.selection.equipment_ids) == 2 * (2 + 8)
    desk.feed(events=[alarm("EP-0002")])
    communes.choose(0, 0)
    assert desk.selection.equipment_ids == ("EP-0002",)


def test_nothing_is_good_once_the_link_is_silent(desk: Desk, communes: CommunesPresenter) -> None:
    desk.clock.advance(10.0)
    desk.world.tick()
    desk.clock.advance(1.0)
    desk.world.tick()
    assert {cell.mark for row in communes.rows for cell in row.cells} == {"stale"}


def test_availability_is_never_rounded_up(desk: Desk) -> None:
    presenter = AvailabilityPresenter(desk.context)
    say(desk, Quality.BAD, points_of("EP-0001-D1-03"))
    lamps = next(row for row in presenter.rows if row.key == "lamp")
    assert (lamps.percent, lamps.total, lamps.below) == ("96,8", "32", True)
    assert (lamps.fraction or 0.0) < 0, "off the bar"
    assert dict(zip(MARKS, lamps.counts, strict=True))["bad"] == "1"
    cabinets = next(row for row in presenter.rows if row.key == "cabinet")
    assert (cabinets.percent, cabinets.fraction, cabinets.below) == ("100,0", 1.0, False)
    presenter.close()


def test_service_marks_are_counted_apart(desk: Desk) -> None:
    presenter = AvailabilityPresenter(desk.context)
    mark = ServiceMark(
        equipment_id="EP-0003", state=ServiceState.DISABLED, by="zoé", reason="mât", since_ms=T0
    )
    desk.feed(events=[ServiceEvent(mark=mark, equipment_kind="cabinet")])
    desk.clock.advance(1.0)
    desk.feed()
    desk.world.tick()
    row = next(row for row in presenter.rows if row.key == "cabinet")
    assert (row.percent, row.counts[MARKS.index("disabled")]) == ("100,0", "1")
    presenter.close()


def test_trend_keeps_one_value_a_minute_of_a_live_link(desk: Desk) -> None:
    presenter = AvailabilityPresenter(desk.context)
    for _ in range(125):
        desk.clock.advance(1.0)
        desk.feed()
        desk.world.tick()
    kept = {len(row.trend) for row in presenter.rows}
    assert kept == {3}
    for _ in range(125):  # nothing is heard: nothing is kept
        desk.clock.advance(1.0)
        desk.world.tick()
    assert {len(row.trend) for row in presenter.rows} == kept
    presenter.close()


@given(st.lists(st.sampled_from(Quality), min_size=CITY.points_total, max_size=CITY.points_total))
def test_census_agrees_with_counting_by_hand(qualities: list[Quality]) -> None:
    desk = Desk()
    desk.feed(catalogue=CITY)
    census = Census(desk.world)
    desk.feed(changes=[PointChange(n, 1, q, T0, 0) for n, q in enumerate(qualities)])
    census.touch()
    assert census.count()
    whole = merged(list(census.groups.values()))
    assert whole.total == len(CITY.equipment)
    counted = desk.world.equipment_counts()
    assert whole.good == counted[Quality.GOOD]
    assert sum(whole.qualities) == sum(counted.values())


HISTORY = AlarmHistoryResult(
    until_ms=1_800_000_000_000,
    bucket_ms=600_000,
    appeared=(*[0] * 60, 3, 14, *[0] * 10),
    sources=(AlarmSource("EP-0001", "link_lost", 12), AlarmSource("EP-0002", "link_lost", 3)),
    total=20,
    since_ms=0,
)


def answer(_request: Request) -> Result:
    return HISTORY


async def test_load_asks_once_a_minute_and_words_the_worst_period(desk: Desk) -> None:
    desk.asked.script = answer
    presenter = AlarmLoadPresenter(desk.context)
    await desk.settle()
    chart = presenter.chart
    assert chart is not None
    assert chart.peak is not None
    place, words = chart.peak
    assert (place, "14" in words) == (61, True)
    assert [row.count for row in presenter.sources] == ["12", "3"]
    assert presenter.sources[1].fraction == 0.25
    assert presenter.footer.startswith("20 alarmes")
    for _ in range(int(ASK_EVERY_S) + 1):
        desk.clock.advance(1.0)
        desk.feed()
        desk.world.tick()
    await desk.settle()
    assert len(desk.asked.of(GetAlarmHistory)) == 2
    presenter.choose(0)
    assert desk.selection.equipment_ids == ("EP-0001",)
    presenter.close()


async def test_load_without_an_answer_says_so_and_keeps_the_last(desk: Desk) -> None:
    presenter = AlarmLoadPresenter(desk.context)
    await desk.settle()
    assert presenter.chart is None
    assert presenter.footer.startswith("Historique demandé")
    assert desk.said, "the refusal is said"
    presenter.close()


def with_cameras() -> Catalogue:
    """Return the city with three cameras behind no driver, two of them in Dijon."""
    kind = EquipmentKind(
        key="camera",
        trade="police",
        points=(PointDef(key="state", value_type=ValueType.TEXT, allowed_age_s=30.0),),
        main_point="state",
    )
    cameras = tuple(
        Equipment(
            id=f"CAM-{n}", kind="camera", name="n", lon=5.0, lat=47.3,
            first_point=CITY.points_total + n, commune=("Dijon", "Dijon", "Ahuy")[n],
        )
        for n in range(3)
    )  # fmt: skip
    return msgspec.structs.replace(
        CITY,
        kinds=(*CITY.kinds, kind),
        equipment=(*CITY.equipment, *cameras),
        points_total=CITY.points_total + 3,
    )


def test_a_kind_nobody_ever_heard_is_said_once_and_not_in_every_commune() -> None:
    desk = Desk()
    desk.feed(catalogue=with_cameras())
    say(desk, Quality.GOOD)
    matrix = CommunesPresenter(desk.context)
    assert [column.key for column in matrix.columns] == ["cabinet"]
    assert matrix.headline.startswith("0 sur 3")
    assert matrix.unheard == "Jamais entendus\u00a0: 3 caméras"
    shares = AvailabilityPresenter(desk.context)
    (cameras,) = [row for row in shares.rows if row.key == "camera"]
    assert (cameras.percent, cameras.fraction, cameras.below) == ("?", None, False)
    assert dict(zip(MARKS, cameras.counts, strict=True))["unknown"] == "3"
    tree = EquipmentTree(desk.world)
    tree.count()
    assert tree.never_heard == 3
    assert [tree.branch(node).not_good for node in tree.nodes] == [0, 0, 0]  # type: ignore[union-attr] # a node of the tree has a branch

    say(desk, Quality.UNAVAILABLE, range(CITY.points_total, CITY.points_total + 1))
    assert [column.key for column in matrix.columns] == ["cabinet", "camera"]
    assert matrix.unheard == ""
    assert [row.cells[1].mark for row in matrix.rows] == ["unavailable", "unknown", ""]
    assert not matrix.rows[2].cells[1].there
    (cameras,) = [row for row in shares.rows if row.key == "camera"]
    assert (cameras.percent, cameras.below) == ("0,0", True)
    matrix.close()
    shares.close()
