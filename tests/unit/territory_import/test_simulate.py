"""Lamps bound to simulated cabinets: groups, feeders, registers, ports."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path

import pytest

from backend_bridge.territory import Territory, load
from backend_bridge.territory.importing import ImportRefusedError
from tests.unit.territory_import.city_files import Feature, bring_in, collection, line, point

LAMPS = frozenset({"lamps"})


def town(source: Path, lamps: int = 500) -> None:
    """Write ten parallel streets with lamps 30 m apart along each."""
    streets = [
        line((0, row), (lamps / 20, row), LIB_OFF=f"Rue n° {row}, dite « / »") for row in range(10)
    ]
    features: list[Feature] = [
        point((index // 10) * 0.4, index % 10, matricule=f"L/{index}") for index in range(lamps)
    ]
    collection(source / "voies.geojson", streets)
    collection(source / "lampadaires.geojson", features)


def cabinet_of(territory: Territory, lamp_id: str) -> str:
    feeder = territory.equipment_of[lamp_id].parent
    return territory.equipment_of[feeder].parent


def test_cabinets_hold_at_most_80_neighbours(source: Path, out: Path) -> None:
    town(source)
    bring_in(source, out=out, simulate=LAMPS, base_port=30000)
    territory = load(out)
    assert territory.demonstration
    lamps = [item for item in territory.equipment if item.kind == "lamp"]
    assert len(lamps) == 500
    per_cabinet = Counter(cabinet_of(territory, lamp.id) for lamp in lamps)
    assert max(per_cabinet.values()) <= 80
    assert 500 / 80 <= len(per_cabinet) <= 500 / 40
    per_feeder = Counter(lamp.parent for lamp in lamps)
    assert max(per_feeder.values()) <= 20
    for lamp in lamps:
        cabinet = territory.equipment_of[cabinet_of(territory, lamp.id)]
        away_m = 111_320 * math.hypot((lamp.lon - cabinet.lon) * 0.68, lamp.lat - cabinet.lat)
        assert away_m < 600
    ports = [link.settings["port"] for link in territory.links]
    assert ports == list(range(30000, 30000 + len(per_cabinet)))
    bound = {point.equipment_id for link in territory.links for point in link.points}
    assert bound == {item.id for item in territory.equipment}


def test_the_same_sources_make_the_same_territory(source: Path, out: Path) -> None:
    town(source, 200)
    bring_in(source, out=out, simulate=LAMPS)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    bring_in(source, out=out, simulate=LAMPS)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_cabinets_of_the_source_are_used_where_they_stand_near(source: Path, out: Path) -> None:
    town(source, 60)
    collection(
        source / "armoires.geojson",
        [point(0.1, 4, num_armoire="EP-0001"), point(0, 40, num_armoire="Loin")],
    )
    report = bring_in(source, out=out, simulate=LAMPS).report
    territory = load(out)
    assert [item.id for item in territory.equipment if item.kind == "cabinet"] == ["EP-0001"]
    assert report.left == {"a cabinet on which no simulated lamp hangs": 1}
    assert report.made["simulated cabinets"] == 0


def test_lamps_in_one_place_and_without_streets(source: Path, out: Path) -> None:
    collection(source / "lamps.geojson", [point(0, 0, id=f"n{i}") for i in range(170)])
    bring_in(source, out=out, simulate=LAMPS)
    territory = load(out)
    sizes = Counter(cabinet_of(territory, f"n{i}") for i in range(170))
    assert max(sizes.values()) <= 80


def test_too_few_ports_are_told_before_anything_is_written(source: Path, out: Path) -> None:
    town(source, 200)
    with pytest.raises(ImportRefusedError, match="lower --base-port"):
        bring_in(source, out=out, simulate=LAMPS, base_port=65535)
    assert not out.parent.exists()


def test_ids_of_the_source_that_look_like_ours_stay_the_sources(source: Path, out: Path) -> None:
    collection(
        source / "lamps.geojson",
        [point(0, 0, id="EP-0001"), point(1, 0, id="EP-0002-D1"), point(2, 0, id="EP-0003")],
    )
    bring_in(source, out=out, simulate=LAMPS)
    kinds = {item.id: item.kind for item in load(out).equipment}
    assert kinds["EP-0001"] == kinds["EP-0002-D1"] == "lamp"
    assert kinds["EP-0002"] == "cabinet"
    assert kinds["EP-0002-D1x"] == "feeder"


def test_bollards_gauges_and_stations_get_devices_of_their_own(source: Path, out: Path) -> None:
    town(source, 100)
    collection(source / "bornes_escamotables.geojson", [point(0, 0.2), point(1, 0.2)])
    collection(source / "stations_hydro.geojson", [point(0, 0.3)])
    collection(source / "stations_meteo.geojson", [point(0, 0.4)])
    collection(source / "feux.geojson", [point(0, 0.5)])
    outcome = bring_in(source, out=out, simulate=LAMPS | {"things"}, base_port=30000)
    territory = load(out)
    assert outcome.report.made["simulated things"] == 4
    ports = [link.settings["port"] for link in territory.links]
    assert ports == list(range(30000, 30000 + len(territory.links)))
    bound = {point.equipment_id for link in territory.links for point in link.points}
    unbound = [item.kind for item in territory.equipment if item.id not in bound]
    assert unbound == ["signal_controller"]
