"""What needs watching: one row a root cause, against a naive count, and the panel's own words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend_bridge.contract.journal import ServiceEvent
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
from console.panels.strip import StripPresenter
from console.panels.watch import WatchPresenter
from console.state.tally import TRUST_RANK
from console.state.watch import Watch
from tests.fakes.panel_context import Desk
from tests.fakes.small_city import small_city

CITY = small_city()
CABINET, FEEDER, LAMP = "EP-0001", "EP-0001-D1", "EP-0001-D1-01"
T0 = 1_700_000_000_000


def whole(quality: Quality, city: Catalogue = CITY, at_ms: int = T0) -> list[PointChange]:
    return [PointChange(index, 1, quality, at_ms, 0) for index in range(city.points_total)]


def some(desk: Desk, equipment_id: str, quality: Quality, at_ms: int = T0) -> list[PointChange]:
    points = desk.world.equipment.points_of(equipment_id)
    return [PointChange(index, 1, quality, at_ms, 0) for index, _ in points]


@pytest.fixture
def desk() -> Desk:
    """Give a city of three cabinets, everything good."""
    desk = Desk()
    desk.feed(catalogue=CITY, changes=whole(Quality.GOOD))
    return desk


def look(desk: Desk) -> None:
    """Let a second pass on a live link: the panel walks the city again."""
    desk.clock.advance(1.0)
    desk.feed()
    desk.world.tick()


def mark(equipment_id: str, state: ServiceState = ServiceState.DISABLED) -> ServiceEvent:
    return ServiceEvent(
        mark=ServiceMark(
            equipment_id=equipment_id,
            state=state,
            by="ECL-1",
            reason="nid de guêpes",
            since_ms=T0 - 3_600_000,
            until_ms=T0 + 3_600_000 if state is ServiceState.MAINTENANCE else None,
        ),
        equipment_kind="lamp",
    )


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_a_dead_cabinet_is_one_row_with_its_lamps_counted(desk: Desk) -> None:
    presenter = WatchPresenter(desk.context)
    down = [CABINET, *desk.world.equipment.descendants(CABINET)]
    desk.clock.advance(1.0)
    desk.feed(changes=[c for key in down for c in some(desk, key, Quality.UNAVAILABLE)])
    assert list(presenter.ids) == [CABINET]
    row = presenter.row(CABINET)
    assert row is not None
    assert row.words == ("unavailable",)
    assert plain(row.state) == "Injoignable · 1 départ, 8 points lumineux dessous"
    assert row.since.startswith("depuis ")
    assert plain(presenter.headline) == "1 à surveiller"
    assert "10 équipements touchés" in plain(presenter.footer)
    presenter.close()


def test_what_a_device_says_of_itself_is_counted_under_nobody(desk: Desk) -> None:
    presenter = WatchPresenter(desk.context)
    down = [CABINET, *desk.world.equipment.descendants(CABINET)]
    desk.clock.advance(1.0)
    desk.feed(changes=[c for key in down for c in some(desk, key, Quality.BAD)])
    assert set(presenter.ids) == set(down)
    presenter.close()


@pytest.mark.parametrize(
    ("parent", "child", "rows"),
    [
        (Quality.UNAVAILABLE, Quality.STALE, {CABINET}),
        (Quality.STALE, Quality.UNAVAILABLE, {CABINET, FEEDER}),
        (Quality.STALE, Quality.STALE, {CABINET}),
        (Quality.BAD, Quality.STALE, {CABINET, FEEDER}),
        (Quality.GOOD, Quality.STALE, {FEEDER}),
    ],
)
def test_a_parent_explains_only_what_is_less_silent(
    desk: Desk, parent: Quality, child: Quality, rows: set[str]
) -> None:
    desk.feed(changes=[*some(desk, CABINET, parent), *some(desk, FEEDER, child)])
    assert set(Watch(desk.world).causes()) == rows


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 62), st.sampled_from(Quality)), max_size=40))
def test_every_equipment_that_is_not_good_is_counted_once(
    said: list[tuple[int, Quality]],
) -> None:
    desk = Desk()
    desk.feed(catalogue=CITY, changes=whole(Quality.GOOD))
    desk.feed(changes=[PointChange(index, 1, quality, T0, 0) for index, quality in said])
    world = desk.world
    worst = {
        key: max(
            (world.points.state[index].quality for index, _ in world.equipment.points_of(key)),
            key=TRUST_RANK.__getitem__,
        )
        for key in world.equipment.order
    }
    causes = Watch(world).causes()
    not_good = {key for key, quality in worst.items() if quality is not Quality.GOOD}
    assert set(causes) <= not_good
    assert all(cause.quality is worst[key] for key, cause in causes.items())
    assert sum(cause.concerned for cause in causes.values()) == len(not_good)


def test_a_service_mark_says_by_whom_and_why_and_has_its_own_row(desk: Desk) -> None:
    presenter = WatchPresenter(desk.context)
    down = [CABINET, *desk.world.equipment.descendants(CABINET)]
    desk.feed(
        changes=[c for key in down for c in some(desk, key, Quality.UNAVAILABLE)],
        events=[mark(LAMP), mark(CABINET, ServiceState.MAINTENANCE)],
    )
    look(desk)
    assert set(presenter.ids) == {CABINET, LAMP}
    lamp, cabinet = presenter.row(LAMP), presenter.row(CABINET)
    assert lamp is not None
    assert cabinet is not None
    assert (lamp.words, cabinet.words) == (("disabled",), ("unavailable", "maintenance"))
    assert "ECL-1" in lamp.state
    assert "nid de guêpes" in lamp.state
    assert plain(cabinet.state).startswith("Injoignable · 1 départ, 7 points lumineux dessous · En")
    presenter.set_filter("guepes disabled")
    assert list(presenter.ids) == []
    presenter.set_filter("GUEPES desactive")
    assert list(presenter.ids) == [LAMP]
    presenter.set_filter("")
    presenter.set_scope("maintenance")
    assert list(presenter.ids) == [CABINET]
    assert "1 masqué" in plain(presenter.footer)
    desk.feed(events=[mark(LAMP, ServiceState.IN_SERVICE)])
    presenter.set_scope("all")
    look(desk)
    assert list(presenter.ids) == [CABINET]
    presenter.close()


def test_oldest_first_and_newest_first(desk: Desk) -> None:
    presenter = WatchPresenter(desk.context)
    desk.feed(
        changes=[
            *some(desk, "EP-0002-D1-01", Quality.BAD, T0 - 5000),
            *some(desk, "EP-0003-D1-01", Quality.STALE, T0 - 60_000),
        ]
    )
    look(desk)
    assert list(presenter.ids) == ["EP-0003-D1-01", "EP-0002-D1-01"]
    before = presenter.order
    presenter.turn_order()
    assert list(presenter.ids) == ["EP-0002-D1-01", "EP-0003-D1-01"]
    assert presenter.order != before
    assert desk.context.settings["newest_first"] is True
    sought: list[str] = []
    desk.selection.subscribe_sought(sought.append)
    presenter.select("EP-0002-D1-01")
    assert sought == ["EP-0002-D1-01"]
    assert desk.selection.equipment_ids == ("EP-0002-D1-01",)
    assert presenter.selected_id == "EP-0002-D1-01"
    presenter.close()


def camera_city() -> Catalogue:
    camera = EquipmentKind(
        key="camera",
        trade="police",
        points=(
            PointDef(key="picture", value_type=ValueType.BOOL),
            PointDef(key="frozen", value_type=ValueType.BOOL),
        ),
        main_point="picture",
    )
    item = Equipment(id="CAM-004", kind="camera", name="Caméra 4", lon=5, lat=47, first_point=0)
    return Catalogue(
        revision="c",
        title="c",
        demonstration=True,
        points_total=2,
        kinds=(camera,),
        equipment=(item,),
    )


def test_frozen_is_what_the_camera_says_and_only_while_it_may_be_believed() -> None:
    desk = Desk()
    desk.feed(
        catalogue=camera_city(),
        changes=[
            PointChange(0, True, Quality.GOOD, T0, 0),
            PointChange(1, True, Quality.GOOD, T0, 0),
        ],
    )
    presenter = WatchPresenter(desk.context)
    row = presenter.row("CAM-004")
    assert row is not None
    assert (row.words, row.state) == (("frozen",), "Figé")
    assert [(scope.key, scope.count) for scope in presenter.scopes] == [("all", 1), ("frozen", 1)]
    strip = StripPresenter(desk.context)
    assert plain(strip.state.frozen) == "1 figé"
    desk.feed(changes=[PointChange(1, True, Quality.STALE, T0, 0)])
    look(desk)
    assert strip.state.frozen == ""
    strip.close()
    row = presenter.row("CAM-004")
    assert row is not None
    assert row.words == ("stale",)
    presenter.close()


def test_nothing_to_watch_says_since_when_and_whether_it_was_seen(desk: Desk) -> None:
    presenter = WatchPresenter(desk.context)
    title, body = presenter.nothing
    assert "vu d’ici depuis" in title
    assert "30 équipements" in plain(body)
    desk.feed(changes=some(desk, LAMP, Quality.BAD))
    look(desk)
    assert list(presenter.ids) == [LAMP]
    desk.feed(changes=some(desk, LAMP, Quality.GOOD))
    look(desk)
    assert list(presenter.ids) == []
    assert plain(presenter.nothing[0]).startswith("Rien à surveiller : tout est bon depuis ")
    look(desk)
    first = presenter.nothing
    look(desk)
    assert presenter.nothing == first, "the moment is the moment, not now"
    presenter.close()


def test_after_a_lost_link_all_was_good_only_since_it_came_back(desk: Desk) -> None:
    presenter = WatchPresenter(desk.context)
    desk.feed(changes=some(desk, LAMP, Quality.BAD))
    look(desk)
    desk.feed(changes=some(desk, LAMP, Quality.GOOD))
    look(desk)
    before = presenter.nothing
    desk.clock.advance(600)
    desk.world.tick()
    assert presenter.nothing[0] == "Rien n’est sûr pour l’instant"
    look(desk)
    after = presenter.nothing
    assert "vu d’ici depuis" in after[0]
    assert after != before
    presenter.close()


def test_without_a_live_link_nothing_is_said_good(desk: Desk) -> None:
    presenter = WatchPresenter(desk.context)
    desk.clock.advance(20)
    desk.world.tick()
    assert presenter.nothing[0] == "Rien n’est sûr pour l’instant"
    presenter.close()
    empty = Desk()
    loading = WatchPresenter(empty.context)
    assert loading.nothing[0] == "Rien n’est sûr pour l’instant"
    empty.feed(drop=True)
    loading.close()


def test_a_backbone_cut_is_walked_at_most_four_times_a_second(desk: Desk) -> None:
    presenter = WatchPresenter(desk.context)
    look(desk)
    desk.feed(changes=some(desk, LAMP, Quality.BAD))
    assert list(presenter.ids) == [LAMP]
    for _ in range(4):
        desk.clock.advance(0.05)
        desk.feed(changes=whole(Quality.UNAVAILABLE))
        assert list(presenter.ids) == [LAMP]
    look(desk)
    assert list(presenter.ids) == ["EP-0001", "EP-0002", "EP-0003"]
    presenter.close()


def test_a_loop_of_parents_hangs_nobody() -> None:
    kind = EquipmentKind(
        key="k", trade="t", points=(PointDef(key="p", value_type=ValueType.BOOL),), main_point="p"
    )
    items = tuple(
        Equipment(id=one, kind="k", name=one, lon=5, lat=47, first_point=at, parent=other)
        for at, (one, other) in enumerate((("a", "b"), ("b", "a"), ("c", "c")))
    )
    desk = Desk()
    desk.feed(
        catalogue=Catalogue(
            revision="l",
            title="l",
            demonstration=True,
            points_total=3,
            kinds=(kind,),
            equipment=items,
        )
    )
    assert set(Watch(desk.world).causes()) == {"a", "b", "c"}
