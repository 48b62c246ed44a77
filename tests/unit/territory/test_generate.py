"""The generated town is believable, connected, and the same for the same seed."""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend_bridge.contract.points import Equipment
from backend_bridge.territory import Territory, generate_small, load
from backend_bridge.territory.demo import generate_demo
from backend_bridge.territory.loader import check

METRES = 111_320.0


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Territory:
    path = tmp_path_factory.mktemp("town")
    generate_small(path, seed=1, base_port=15020)
    return load(path)


def metres(lon: float, lat: float) -> tuple[float, float]:
    return lon * METRES * math.cos(math.radians(47.322)), lat * METRES


def distance_m(a: Equipment, b: Equipment) -> float:
    return math.dist(metres(a.lon, a.lat), metres(b.lon, b.lat))


def test_ten_cabinets_of_seventy_six_lamps(town: Territory) -> None:
    counts = Counter(item.kind for item in town.equipment)

    assert counts == {"cabinet": 10, "feeder": 40, "lamp": 760}
    assert {"EP-0312", "EP-0312-D1", "EP-0312-D1-07"} <= set(town.equipment_of)
    assert town.demonstration
    assert town.seed == 1


def test_lamps_are_a_street_lamp_apart(town: Territory) -> None:
    by_street: dict[str, list[Equipment]] = defaultdict(list)
    for item in town.equipment:
        if item.kind == "lamp":
            by_street[item.name.partition(", ")[2]].append(item)

    nearest = [
        min(distance_m(lamp, other) for other in lamps if other is not lamp)
        for lamps in by_street.values()
        if len(lamps) > 1
        for lamp in lamps
    ]

    assert min(nearest) > 20
    assert max(nearest) < 40


def test_lamps_stand_a_few_metres_beside_a_street(town: Territory) -> None:
    pieces = [
        (metres(*a), metres(*b))
        for street in town.streets
        for line in street.lines
        for a, b in itertools.pairwise(line)
    ]
    away = [
        min(_to_piece(metres(item.lon, item.lat), a, b) for a, b in pieces)
        for item in town.equipment
        if item.kind == "lamp"
    ]

    assert max(away) < 6


def _to_piece(place: tuple[float, float], a: tuple[float, float], b: tuple[float, float]) -> float:
    along = ((place[0] - a[0]) * (b[0] - a[0]) + (place[1] - a[1]) * (b[1] - a[1])) / (
        math.dist(a, b) ** 2
    )
    at = min(1.0, max(0.0, along))
    return math.dist(place, (a[0] + at * (b[0] - a[0]), a[1] + at * (b[1] - a[1])))


def test_streets_are_named_once_and_connected(town: Territory) -> None:
    assert 35 <= len(town.streets) <= 60
    assert len({street.name for street in town.streets}) == len(town.streets)
    joined = {place: place for street in town.streets for place in street.lines[0]}

    def root(place: tuple[float, float]) -> tuple[float, float]:
        while joined[place] != place:
            place = joined[place]
        return place

    for street in town.streets:
        for place in street.lines[0]:
            joined[root(place)] = root(street.lines[0][0])

    assert len({root(place) for place in joined}) == 1


def test_everything_lies_inside_the_commune(town: Territory) -> None:
    ring = town.communes[0].rings[0]

    assert ring[0] == ring[-1]
    assert all(_inside(item.lon, item.lat, ring) for item in town.equipment)


def _inside(lon: float, lat: float, ring: tuple[tuple[float, float], ...]) -> bool:
    inside = False
    for (x1, y1), (x2, y2) in itertools.pairwise(ring):
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def test_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    for name, seed in (("a", 5), ("b", 5), ("c", 6)):
        generate_small(tmp_path / name, seed=seed, cabinets=2)

    files = [path.name for path in (tmp_path / "a").iterdir()]
    assert all(
        (tmp_path / "a" / f).read_bytes() == (tmp_path / "b" / f).read_bytes() for f in files
    )
    assert (tmp_path / "a/equipment.geojson").read_bytes() != (
        tmp_path / "c/equipment.geojson"
    ).read_bytes()


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 2**32), cabinets=st.integers(1, 12), lamps=st.integers(4, 90))
def test_any_size_loads_without_a_problem(
    tmp_path_factory: pytest.TempPathFactory, seed: int, cabinets: int, lamps: int
) -> None:
    path = tmp_path_factory.mktemp("any")
    generate_small(path, seed=seed, cabinets=cabinets, lamps=lamps, base_port=1024)

    town = load(path)

    assert sum(item.kind == "lamp" for item in town.equipment) == cabinets * lamps
    assert [link.settings["port"] for link in town.links] == list(range(1024, 1024 + cabinets))


@pytest.mark.parametrize(
    ("cabinets", "lamps", "port"), [(0, 76, 15020), (2, 3, 15020), (2, 76, 65535), (1, 76, 0)]
)
def test_impossible_numbers_are_refused(
    tmp_path: Path, cabinets: int, lamps: int, port: int
) -> None:
    with pytest.raises(ValueError, match=r"can be generated|exist"):
        generate_small(tmp_path, seed=1, cabinets=cabinets, lamps=lamps, base_port=port)


def test_a_small_town_replaces_a_large_one(tmp_path: Path) -> None:
    generate_demo(tmp_path, seed=1, size=0.05)
    generate_small(tmp_path, seed=1, cabinets=2)

    town = check(tmp_path)

    assert town.circuits == ()
    assert town.addresses == ()
