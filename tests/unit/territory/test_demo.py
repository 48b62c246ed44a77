"""The demonstration's metropolis has the public facts' numbers, and a city's distances."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend_bridge.territory import Territory, load
from backend_bridge.territory.area import Area
from backend_bridge.territory.demo import generate_demo
from backend_bridge.territory.facts import TOWNS
from backend_bridge.territory.lampposts import share
from backend_bridge.territory.loader import check
from backend_bridge.territory.report import Report, measure

CARRIED = ("lamp", "feeder", "cabinet", "bollard", "river_gauge", "weather_station")
PUBLISHED = Path(__file__).parents[4] / "shared" / "data" / "dijon"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Territory:
    path = tmp_path_factory.mktemp("demo")
    generate_demo(path, seed=1, size=0.05)
    return check(path)


def kinds(city: Territory) -> Counter[str]:
    return Counter(item.kind for item in city.equipment)


def assert_believable(city: Territory, report: Report) -> None:
    """Hold what issue 3 asks of any size."""
    apart = report.spreads["lamp to nearest lamp, m"]
    beside = report.spreads["lamp to nearest street, m"]
    assert apart.low >= 20
    assert apart.high <= 40
    assert beside.high <= 15
    assert report.networks == 1
    assert report.split == ()
    assert report.spreads["lamps behind a cabinet"].high <= 800
    assert len(city.link_of) == sum(kinds(city)[kind] for kind in CARRIED)


def test_a_twentieth_of_the_city(small: Territory) -> None:
    found = kinds(small)

    assert found["lamp"] == 1700
    assert len(small.addresses) == 5000
    assert (found["signal_controller"], found["camera"], found["bollard"]) == (6, 13, 2)
    assert (found["public_building"], found["river_gauge"], found["weather_station"]) == (9, 2, 1)
    assert len(small.circuits) == 2
    assert small.demonstration
    assert_believable(small, measure(small))


@pytest.mark.slow
@pytest.mark.timeout(200)
def test_the_whole_city(tmp_path: Path) -> None:
    generate_demo(tmp_path, seed=1)

    city = load(tmp_path)

    found = kinds(city)
    assert found["lamp"] == 34_000
    assert 430 <= found["cabinet"] <= 470
    assert len(city.addresses) == 100_000
    assert (found["signal_controller"], found["camera"], found["bollard"]) == (113, 269, 26)
    assert found["public_building"] == 180
    assert found["river_gauge"] + found["weather_station"] == 50
    assert len(city.circuits) == 40
    report = measure(city)
    assert_believable(city, report)
    assert 60 <= report.spreads["lamps behind a cabinet"].median <= 90
    assert {camera.number for camera in city.cameras.values()} == set(range(1, 270))
    members = [member for group in city.groups for member in group.members]
    assert sorted(members) == sorted(i.id for i in city.equipment if i.kind == "bollard")
    assert all(group.most_open == 1 for group in city.groups)
    (quay,) = city.relations
    related = [city.equipment_of[item].kind for item in (*quay.equipment, *quay.to)]
    assert (quay.name, related) == ("quay", ["bollard", "bollard", "river_gauge"])


def test_lamps_follow_the_population(small: Territory) -> None:
    report = measure(small)
    lamps = {name: counts[0] for name, counts in report.by_commune.items()}

    assert list(lamps) == [town.name for town in TOWNS]
    assert min(lamps.values()) >= 2
    assert 0.5 < lamps["Dijon"] / 1700 < 0.7
    assert lamps["Chenôve"] > lamps["Longvic"] > lamps["Ouges"]


def test_every_circuit_covers_streets_once(small: Territory) -> None:
    driven = [arc for circuit in small.circuits for arc in circuit.arcs]

    passable = {arc.id for arc in small.streets if arc.category != "pedestrian"}
    assert len(driven) == len(set(driven))
    assert set(driven) == passable
    by_id = {arc.id: arc for arc in small.streets}
    for circuit in small.circuits:
        seen: set[str] = set()
        jumps = 0
        for arc in (by_id[arc] for arc in circuit.arcs):
            jumps += bool(seen) and not {arc.start, arc.end} & seen
            seen |= {arc.start, arc.end}
        assert jumps < len(circuit.arcs) / 10


def test_what_has_no_driver_has_no_link(small: Territory) -> None:
    carried = {small.equipment_of[item].kind for item in small.link_of}

    assert carried == set(CARRIED)
    assert len(small.allowed_ages_s) == small.catalogue.points_total
    gauge = next(item for item in small.equipment if item.kind == "river_gauge")
    assert small.allowed_ages_s[gauge.first_point] == 900.0
    cabinet = next(item for item in small.equipment if item.kind == "cabinet")
    assert small.allowed_ages_s[cabinet.first_point] == 5.0


def test_links_go_through_uplinks(small: Territory) -> None:
    parents = {uplink.id: uplink.parent for uplink in small.uplinks}

    assert set(small.uplink_of) == {link.id for link in small.links}
    through = {small.equipment_of[link].kind: parents[up] for link, up in small.uplink_of.items()}
    core = "FO-COEUR"
    assert through == {"cabinet": core, "bollard": core, "river_gauge": "", "weather_station": ""}
    paces = {uplink.id: uplink.most_connects_per_s for uplink in small.uplinks}
    behind = [name for name, parent in parents.items() if parent == "FO-COEUR"]
    assert paces.pop("FO-COEUR") == sum(paces[name] for name in behind)
    assert set(paces.values()) == {20.0}


def test_every_device_has_a_port_of_its_own(small: Territory) -> None:
    ports = [link.settings["port"] for link in small.links]

    assert sorted(ports) == list(range(15020, 15020 + len(ports)))


def test_a_loop_of_fibre_is_up_within_four_seconds(small: Territory) -> None:
    assert max(Counter(small.uplink_of.values()).values()) <= 64


def test_a_town_of_few_bollards_locks_none(small: Territory) -> None:
    assert (small.groups, small.relations) == ((), ())


def test_lamps_stand_at_numbers_that_exist(small: Territory) -> None:
    known = {
        (f"{house.number} {house.street[0].lower()}{house.street[1:]}", house.commune)
        for house in small.addresses
    }
    lamps = [item for item in small.equipment if item.kind == "lamp"]

    found = sum((lamp.place, lamp.commune) in known for lamp in lamps)
    assert found > 0.9 * len(lamps)


def test_everything_is_where_it_says(small: Territory) -> None:
    areas = {commune.name: Area(commune.rings) for commune in small.communes}
    sectors = {sector.name: Area(sector.rings) for sector in small.sectors}

    strays = [i for i in small.equipment if not areas[i.commune].near(i.lon, i.lat, 20)]
    assert strays == []
    assert all(sectors[i.sector].near(i.lon, i.lat, 1) for i in small.equipment)


def test_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    for name, seed in (("a", 5), ("b", 5), ("c", 6)):
        generate_demo(tmp_path / name, seed=seed, size=0.05)

    files = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert len(files) == 12
    for file in files:
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()
    assert (tmp_path / "a/equipment.geojson").read_bytes() != (
        tmp_path / "c/equipment.geojson"
    ).read_bytes()


@settings(max_examples=4, deadline=None)
@given(seed=st.integers(0, 2**40), size=st.floats(0.05, 0.2))
def test_any_seed_and_size_is_a_city(
    tmp_path_factory: pytest.TempPathFactory, seed: int, size: float
) -> None:
    path = tmp_path_factory.mktemp("any")
    generate_demo(path, seed=seed, size=size)

    city = check(path)

    assert kinds(city)["lamp"] == round(34_000 * size)
    assert len(city.addresses) == round(100_000 * size)
    assert_believable(city, measure(city))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"size": 0.01}, "can be generated"),
        ({"size": 11.0}, "can be generated"),
        ({"size": float("nan")}, "can be generated"),
        ({"size": 0.05, "base_port": 65530}, "exist"),
        ({"size": 0.05, "poll_period_s": 0.0}, "can be kept"),
        ({"size": 0.05, "video_port": 0}, "exist"),
    ],
)
def test_impossible_numbers_are_refused(tmp_path: Path, wrong: dict[str, float], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        generate_demo(tmp_path / "x", seed=1, **wrong)  # type: ignore[arg-type]  # ports are ints
    assert not (tmp_path / "x").exists()


@given(
    total=st.integers(0, 10**6),
    weights=st.lists(st.floats(0.1, 10**6), min_size=1, max_size=40),
)
def test_shares_add_up(total: int, weights: list[float]) -> None:
    parts = share(total, weights)

    assert sum(parts) == total
    assert all(part >= 0 for part in parts)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - total * weight / sum(weights)) <= 1 + 1e-6 * total


def test_nobody_gets_more_than_there_is() -> None:
    with pytest.raises(ValueError, match="cannot give"):
        share(5, [1.0, 1.0], 3)


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the published facts are not on this machine")
def test_facts_are_those_published() -> None:
    members = json.loads((PUBLISHED / "dijon_metropole_epci.json").read_text("utf-8"))["membres"]
    features = json.loads((PUBLISHED / "dijon_metropole_23_communes.geojson").read_text("utf-8"))[
        "features"
    ]

    published = {(m["code"], m["nom"], m["populationMunicipale"]) for m in members}
    assert {(town.insee, town.name, town.population) for town in TOWNS} == published
    areas = {}
    for feature in features:
        parts = feature["geometry"]["coordinates"]
        rings = parts[:1] if feature["geometry"]["type"] == "Polygon" else [p[0] for p in parts]
        areas[feature["properties"]["insee"]] = Area(
            tuple(tuple((x, y) for x, y, *_ in ring) for ring in rings)
        )
    assert all(areas[town.insee].holds(town.lon, town.lat) for town in TOWNS)
