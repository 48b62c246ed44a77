"""What was never heard and hangs on no link is one row a kind; a long walk takes many turns."""

from __future__ import annotations

import msgspec
import pytest

from backend_bridge.contract.points import Catalogue, Equipment, PointChange
from backend_bridge.contract.quality import Quality
from console.panels.watch import WatchPresenter
from console.state.watch import Watch
from console.state.watched import WatchedList
from tests.fakes.panel_context import Desk
from tests.fakes.small_city import small_city

T0 = 1_700_000_000_000
LONE = [f"BAT-{number}" for number in range(4)]


def city() -> Catalogue:
    """Return a small city with four cabinets more that nobody polls."""
    plain = small_city()
    model = next(item for item in plain.equipment if item.kind == "cabinet")
    kind = next(kind for kind in plain.kinds if kind.key == "cabinet")
    lone: tuple[Equipment, ...] = tuple(
        msgspec.structs.replace(
            model, id=key, parent="", first_point=plain.points_total + place * len(kind.points)
        )
        for place, key in enumerate(LONE)
    )
    total = plain.points_total + len(lone) * len(kind.points)
    return msgspec.structs.replace(plain, equipment=plain.equipment + lone, points_total=total)


@pytest.fixture
def desk() -> Desk:
    """Give the city with everything good but what was never heard."""
    desk = Desk()
    polled = range(small_city().points_total)
    desk.feed(catalogue=city(), changes=[PointChange(n, 1, Quality.GOOD, T0, 0) for n in polled])
    return desk


def test_what_was_never_heard_is_one_row_that_unfolds(desk: Desk) -> None:
    presenter = WatchPresenter(desk.context)
    (node,) = presenter.ids
    row = presenter.row(node)
    assert row is not None
    assert row.kind == "cabinet"
    assert row.title.replace("\u00a0", " ").startswith("4 ")
    assert presenter.headline.startswith("1")
    assert presenter.scopes[0].count == 1
    presenter.unfold(row.kind, wanted=True)
    assert presenter.ids[0] == node
    rows = [presenter.row(one) for one in presenter.ids]
    assert [one.id for one in rows if one is not None][1:] == LONE
    assert presenter.position(LONE[2]) == 3
    presenter.unfold(row.kind, wanted=False)
    assert list(presenter.ids) == [node]
    presenter.close()


def test_one_that_is_heard_leaves_its_gathering(desk: Desk) -> None:
    presenter = WatchPresenter(desk.context)
    points = desk.world.equipment.points_of(LONE[0])
    desk.clock.advance(1.0)
    desk.feed(changes=[PointChange(n, 1, Quality.BAD, T0, 0) for n, _ in points])
    desk.world.tick()
    assert LONE[0] in presenter.ids
    row = presenter.row(presenter.ids[0] if presenter.ids[0] != LONE[0] else presenter.ids[1])
    assert row is not None
    assert row.title.replace("\u00a0", " ").startswith("3 ")
    presenter.close()


def test_two_of_a_kind_stay_two_rows(desk: Desk) -> None:
    presenter = WatchPresenter(desk.context)
    presenter.set_filter(LONE[0])
    assert list(presenter.ids) == [LONE[0]]
    presenter.close()


def test_a_walk_in_slices_ends_with_the_causes_of_one_turn(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.state.watched.WALK_S", 0.0)
    monkeypatch.setattr("console.state.watch._AT_ONCE", 1)
    watched = WatchedList(desk.world, lambda _cause: ())
    turns = 0
    watched.follow()
    while watched.walking:
        watched.follow()
        turns += 1
    assert turns >= len(LONE)
    assert watched.causes == Watch(desk.world).causes()
