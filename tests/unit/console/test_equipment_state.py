"""The territory's index: points, parents, search."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.state.equipment import EquipmentIndex
from tests.fakes.small_city import small_city

CITY = small_city()
INDEX = EquipmentIndex(CITY)


def test_every_point_knows_its_owner_and_back() -> None:
    seen = set()
    for item in CITY.equipment:
        for index, definition in INDEX.points_of(item.id):
            assert INDEX.owner(index) == item.id
            assert INDEX.point_index(item.id, definition.key) == index
            seen.add(index)
    assert seen == set(range(CITY.points_total))
    assert INDEX.visible_points == CITY.points_total


@given(st.integers(-5, CITY.points_total + 5))
def test_owner_of_any_index(index: int) -> None:
    owner = INDEX.owner(index)
    assert (owner is not None) == (0 <= index < CITY.points_total)


def test_gaps_of_kinds_not_seen_have_no_owner() -> None:
    lamps_hidden = msgspec.structs.replace(
        CITY, equipment=tuple(item for item in CITY.equipment if item.kind != "lamp")
    )
    index = EquipmentIndex(lamps_hidden)
    hidden = next(item for item in CITY.equipment if item.kind == "lamp")
    assert index.owner(hidden.first_point) is None
    assert index.visible_points == 3 * 4
    assert index.get(hidden.id) is None


def test_children_descendants_and_path() -> None:
    assert INDEX.children("EP-0001") == ("EP-0001-D1",)
    assert INDEX.child_count("EP-0001-D1") == 8
    assert len(list(INDEX.descendants("EP-0001"))) == 9
    assert INDEX.path("EP-0001-D1-03") == ("EP-0001", "EP-0001-D1", "EP-0001-D1-03")
    assert INDEX.roots == ("EP-0001", "EP-0002", "EP-0003")
    assert INDEX.main_point("EP-0001-D1-03") is not None
    assert INDEX.main_point("nobody") is None


def test_tree_order_lists_parents_first_and_everything_once() -> None:
    order = INDEX.tree_order()
    place = {key: number for number, key in enumerate(order)}
    assert sorted(order) == sorted(INDEX.by_id)
    assert all(
        place[item.parent] < place[item.id] for item in CITY.equipment if item.parent in place
    )


def test_a_loop_of_parents_is_survived() -> None:
    looped = msgspec.structs.replace(
        CITY,
        equipment=tuple(
            msgspec.structs.replace(item, parent="EP-0001-D1") if item.id == "EP-0001" else item
            for item in CITY.equipment
        ),
    )
    index = EquipmentIndex(looped)
    assert sorted(index.tree_order()) == sorted(index.by_id)
    assert "EP-0001" in index.path("EP-0001-D1-01")
    assert len(list(index.descendants("EP-0001"))) == 9


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 30),
        ("EP-0002", 10),
        ("universite", 10),
        ("CHATEAU eau", 10),
        ("longvic 0003-d1-0", 8),
        ("xyz", 0),
    ],
)
def test_search_holds_every_word_without_accents(text: str, count: int) -> None:
    assert len(INDEX.search(text)) == count


def test_search_puts_ids_that_start_so_first() -> None:
    assert INDEX.search("ep-0003-d1")[0] == "EP-0003-D1"
    assert INDEX.search("EP", limit=4) == list(INDEX.search("EP")[:4])
