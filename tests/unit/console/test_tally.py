"""Equipment counted by its worst point: the count kept up equals the count made afresh."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from backend_bridge.contract.points import PointChange
from backend_bridge.contract.quality import Quality
from console.state.equipment import EquipmentIndex
from console.state.points import Points
from console.state.tally import TRUST_RANK
from tests.fakes.small_city import small_city

CITY = small_city()
INDEX = EquipmentIndex(CITY)


def worst_of_each(points: Points) -> list[int]:
    """Return the counts as one would make them by hand."""
    counts = [0] * len(Quality)
    for item in CITY.equipment:
        qualities = [points.state[index].quality for index, _ in INDEX.points_of(item.id)]
        counts[max(qualities, key=TRUST_RANK.__getitem__)] += 1
    return counts


@given(
    st.lists(
        st.tuples(st.integers(0, CITY.points_total - 1), st.sampled_from(list(Quality))),
        max_size=80,
    )
)
def test_counts_kept_up_are_counts_made_afresh(moves: list[tuple[int, Quality]]) -> None:
    points = Points()
    points.reset(CITY.points_total, INDEX.visible_points, INDEX.owner_numbers(CITY.points_total))
    assert points.equipment.counts[Quality.UNKNOWN] == len(CITY.equipment)
    for index, quality in moves:
        points.apply([PointChange(index, 1, quality, 1, 0)])
        assert points.equipment.counts == worst_of_each(points)


def test_every_quality_has_its_rank() -> None:
    assert set(TRUST_RANK) == set(Quality)


def test_points_of_nobody_count_nowhere() -> None:
    points = Points()
    points.reset(4, 2, [0, 0, -1, -1])
    points.apply([PointChange(index, 1, Quality.BAD, 1, 0) for index in range(4)])
    assert points.equipment.counts[Quality.BAD] == 1
    assert sum(points.equipment.counts) == 1


@given(
    st.lists(
        st.tuples(st.integers(0, CITY.points_total - 1), st.sampled_from(list(Quality))),
        max_size=80,
    )
)
def test_groups_kept_up_are_groups_counted_afresh(moves: list[tuple[int, Quality]]) -> None:
    points = Points()
    groups = INDEX.groups
    owner_of = INDEX.owner_numbers(CITY.points_total)
    points.reset(CITY.points_total, INDEX.visible_points, owner_of, groups.of_owner)
    points.apply([PointChange(index, 1, quality, 1, 0) for index, quality in moves])
    for group, members in enumerate(groups.members):
        counts = [0] * len(Quality)
        for key in members:
            qualities = [points.state[index].quality for index, _ in INDEX.points_of(key)]
            counts[max(TRUST_RANK[quality] for quality in qualities)] += 1
        assert points.equipment.of_group(group) == counts


def test_search_by_group_finds_what_a_search_finds() -> None:
    for text in ("", "ep-0001", "ep-0001 01", "lampadaire", "zz"):
        found = INDEX.matching(text)
        by_group = INDEX.matching_by_group(text)
        assert sorted(key for ids in by_group.values() for key in ids) == sorted(found)
        assert all(
            INDEX.groups.of_id[key] == group for group, ids in by_group.items() for key in ids
        )
