"""OpenStreetMap extracts, written through pyosmium."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from backend_bridge.territory import load
from backend_bridge.territory.importing.libraries import library
from backend_bridge.territory.importing.osm_tags import targets
from tests.unit.territory_import.city_files import (
    at,
    bring_in,
    collection,
    line,
    point,
    square,
    tally,
    written,
)

Tags = Mapping[str, str]


class Extract:
    """Write an extract; nodes first, then ways, then relations, as the format asks."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._nodes: list[Any] = []
        self._ways: list[Any] = []
        self._relations: list[Any] = []

    def node(self, east: float, north: float, **tags: str) -> int:
        item = library("osmium.osm").mutable
        number = len(self._nodes) + 1
        place = tuple(at(east, north))
        self._nodes.append(item.Node(id=number, location=place, tags=_tags(tags)))
        return number

    def way(self, nodes: Sequence[int], **tags: str) -> int:
        number = len(self._ways) + 1
        mutable = library("osmium.osm").mutable
        self._ways.append(mutable.Way(id=number, nodes=list(nodes), tags=_tags(tags)))
        return number

    def ring(self, east: float, north: float, side: float, **tags: str) -> int:
        corners = [(0, 0), (side, 0), (side, side), (0, side)]
        nodes = [self.node(east + dx, north + dy) for dx, dy in corners]
        return self.way([*nodes, nodes[0]], **tags)

    def relation(self, ways: Sequence[int], **tags: str) -> int:
        number = len(self._relations) + 1
        mutable = library("osmium.osm").mutable
        members = [("w", way, "") for way in ways]
        self._relations.append(mutable.Relation(id=number, members=members, tags=_tags(tags)))
        return number

    def write(self) -> Path:
        with library("osmium").SimpleWriter(str(self.path)) as writer:
            for node in self._nodes:
                writer.add_node(node)
            for way in self._ways:
                writer.add_way(way)
            for relation in self._relations:
                writer.add_relation(relation)
        return self.path


def _tags(tags: Tags) -> dict[str, str]:
    return {key.replace("__", ":"): value for key, value in tags.items()}


@pytest.fixture
def extract(source: Path) -> Extract:
    return Extract(source / "ville.osm.pbf")


def test_a_town_of_openstreetmap(extract: Extract, out: Path) -> None:
    extract.ring(-9, -9, 30, boundary="administrative", admin_level="8", name="Dijon")
    extract.node(0, 0, highway="street_lamp", ref="L/7")
    extract.node(0, 1, man_made="surveillance", camera__direction="135")
    extract.node(0, 2, barrier="bollard", bollard="rising")
    extract.node(0, 3, highway="traffic_signals")
    extract.node(0, 3.1, highway="traffic_signals")
    extract.node(1, 3, addr__housenumber="12", addr__street="Rue Monge", addr__city="Dijon")
    extract.ring(2, 2, 0.1, building="yes", addr__housenumber="14", addr__street="Rue Monge")
    road = [extract.node(0, 0.1), extract.node(2, 0.1), extract.node(4, 0.1)]
    street = extract.way(road, highway="residential", name="Rue Monge", oneway="yes")
    extract.way([road[0], road[2]], railway="tram", name="T1")
    extract.way([road[0], road[1]], waterway="canal", name="Canal de Bourgogne")
    extract.relation([street], type="route", route="bus", ref="L5", name="Bus L5")
    outcome = bring_in(extract.write(), out=out)
    assert outcome.report.taken == {
        "commune": 1,
        "lamp": 1,
        "camera": 1,
        "bollard": 1,
        "signal": 1,
        "address": 2,
        "building": 1,
        "street": 1,
        "tram": 1,
        "water": 1,
        "bus": 1,
    }
    assert outcome.report.left == {
        "within 30 m of a signal already taken: the same junction": 1,
    }
    territory = load(out)
    lamp = territory.equipment_of["L/7"]
    assert (lamp.commune, lamp.place) == ("Dijon", "Rue Monge")
    assert next(iter(territory.cameras.values())).bearing == 135
    properties = written(out, "streets.geojson")[0]["properties"]
    assert (properties["name"], properties["class"]) == ("Rue Monge", "residential")
    assert properties["direction"] == "forward"
    modes = {item["properties"]["mode"] for item in written(out, "lines.geojson")}
    assert modes == {"tram", "bus"}


def test_what_an_extract_cuts_off_is_counted(extract: Extract, out: Path) -> None:
    extract.node(0, 0, highway="street_lamp")
    extract.node(0, 1, barrier="bollard", bollard="removable")
    extract.way([1, 998, 999], highway="residential")
    extract.relation([777], type="route", route="tram", name="T9")
    left = bring_in(extract.write(), out=out).report.left
    assert left == {
        "parts of it lie outside the extract": 2,
        "a bollard that nothing moves (bollard=fixed, removable …)": 1,
    }


def test_openstreetmap_as_geojson(source: Path, out: Path) -> None:
    collection(
        source / "export.geojson",
        [
            point(0, 0, highway="street_lamp"),
            point(0, 1, other_tags='"man_made"=>"surveillance","x"=>"y"'),
            point(0, 2, amenity="bench"),
            line((0, 0), (1, 0), highway="primary", name="Rue Monge"),
            square(0, 0, 1, building="yes"),
        ],
    )
    outcome = bring_in(source, out=out)
    assert outcome.report.taken == {"lamp": 1, "camera": 1, "street": 1, "building": 1}
    assert tally(outcome, "export.geojson").left == {
        "an OpenStreetMap feature a territory has no use for": 1
    }


@pytest.mark.parametrize(
    ("tags", "family", "found"),
    [
        ({"highway": "proposed"}, "line", []),
        ({"highway": "footway", "area": "yes"}, "line", []),
        ({"building": "no"}, "area", []),
        ({"building": "house", "addr:housenumber": "3"}, "area", ["building", "address"]),
        ({"natural": "water"}, "area", ["water"]),
        ({"boundary": "administrative", "admin_level": "6"}, "area", []),
        ({"route": "trolleybus"}, "line", ["bus"]),
        ({"highway": "street_lamp"}, "line", []),
    ],
)
def test_what_tags_mean(tags: Tags, family: str, found: list[str]) -> None:
    assert targets(tags, family) == found
