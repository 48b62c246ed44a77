"""What lies under the equipment is read whole, and each mistake of it is named."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend_bridge.territory import TerritoryError, layers, load
from backend_bridge.territory.area import Area
from backend_bridge.territory.features import printable
from backend_bridge.territory.loader import check
from backend_bridge.territory.problems import Findings
from backend_bridge.territory.records import Address
from tests.unit.territory.conftest import edit, problems_of
from tests.unit.territory.test_load import HOSTILE

SQUARE = [[5.0, 47.3], [5.1, 47.3], [5.1, 47.4], [5.0, 47.4], [5.0, 47.3]]
LINE = [[5.0, 47.3], [5.01, 47.3]]
Read = Callable[[Path, Findings], tuple[Any, ...]]


def write(path: Path, *features: tuple[str, object, dict[str, Any]]) -> Path:
    """Write a FeatureCollection of (geometry type, coordinates, properties)."""
    data = [
        {
            "type": "Feature",
            "geometry": {"type": kind, "coordinates": where} if kind else None,
            "properties": properties,
        }
        for kind, where, properties in features
    ]
    path.write_bytes(msgspec.json.encode({"type": "FeatureCollection", "features": data}))
    return path


def said(path: Path, read: Read) -> str:
    """Return what is wrong with a file."""
    findings = Findings()
    read(path, findings)
    assert all(problem.file == path.name and problem.advice for problem in findings.problems)
    return "\n".join(map(str, findings.problems))


def test_arcs_have_all_they_say(tmp_path: Path) -> None:
    path = write(
        tmp_path / "streets.geojson",
        (
            "LineString",
            LINE,
            {
                "id": "A-1",
                "name": "Rue Monge",
                "from": "n1",
                "to": "n2",
                "direction": "backward",
                "class": "primary",
                "length_m": 755,
                "commune": "Dijon",
            },
        ),
        ("LineString", LINE, {"name": None, "direction": None}),
    )

    findings = Findings()
    arc, bare = layers.read_streets(path, findings)

    assert findings.problems == []
    assert (arc.id, arc.start, arc.end, arc.direction) == ("A-1", "n1", "n2", "backward")
    assert (arc.category, arc.length_m, arc.commune) == ("primary", 755.0, "Dijon")
    assert (bare.name, bare.direction, bare.category) == ("", "both", "residential")
    assert bare.length_m == pytest.approx(754.9, abs=0.1)  # computed from the line


@pytest.mark.parametrize(
    ("properties", "message"),
    [
        ({"id": "x"}, 'feature 2 "x": this id is used twice'),
        ({"from": "n1"}, "it has one of from and to"),
        ({"direction": "foward"}, 'unknown direction "foward" (did you mean "forward"?)'),
        ({"class": "primry"}, 'unknown class "primry" (did you mean "primary"?)'),
        ({"length_m": 100}, "its length_m is 100 m and its line is 755 m long"),
        ({"length_m": True}, "its length_m True is out of range"),
        ({"name": "two\nlines"}, 'its "name" is no line of text'),
        ({"name": ["a"]}, 'its "name" is no line of text'),
    ],
)
def test_bad_arcs_are_explained(tmp_path: Path, properties: dict[str, Any], message: str) -> None:
    path = write(
        tmp_path / "streets.geojson",
        ("LineString", LINE, {"id": "x"}),
        ("LineString", LINE, properties),
    )

    assert message in said(path, layers.read_streets)


def test_communes_may_lack_an_outline(tmp_path: Path) -> None:
    path = write(
        tmp_path / "communes.geojson",
        ("Polygon", [SQUARE], {"name": "Dijon", "insee": "21231", "population": 159941}),
        ("Point", [5.0, 47.2], {"name": "Ouges", "insee": "2A004"}),
        ("", None, {"name": "Daix", "centre": [4.97, 47.36]}),
    )
    findings = Findings()

    dijon, ouges, daix = layers.read_communes(path, findings)

    assert findings.problems == []
    assert (dijon.insee, dijon.population, len(dijon.rings[0])) == ("21231", 159941, 5)
    assert (ouges.centre, ouges.rings, ouges.population) == ((5.0, 47.2), (), None)
    assert (daix.centre, daix.rings) == ((4.97, 47.36), ())


@pytest.mark.parametrize(
    ("properties", "message"),
    [
        ({"name": "Dijon"}, "this name is used twice"),
        ({"name": "B", "insee": "21231"}, "INSEE code 21231 is used twice"),
        ({"name": "B", "insee": "2123"}, '"2123" is no INSEE code'),
        ({"name": "B", "population": -1}, "its population is -1"),
        ({"name": "B", "population": True}, "its population is True"),
        ({"name": "B", "centre": [5.0, 147.0]}, "its centre is no place on Earth"),
        ({}, "it has no name"),
    ],
)
def test_bad_communes_are_explained(
    tmp_path: Path, properties: dict[str, Any], message: str
) -> None:
    path = write(
        tmp_path / "communes.geojson",
        ("Polygon", [SQUARE], {"name": "Dijon", "insee": "21231"}),
        ("Polygon", [SQUARE], properties),
    )

    assert message in said(path, layers.read_communes)


def test_the_base_map_is_read_when_asked_for(directory: Path) -> None:
    write(directory / "buildings.geojson", ("Polygon", [SQUARE], {"name": "Mairie", "use": "x"}))
    write(
        directory / "water.geojson",
        ("LineString", LINE, {"name": "L’Ouche"}),
        ("MultiPolygon", [[SQUARE]], {"class": "lake"}),
    )
    write(directory / "lines.geojson", ("LineString", LINE, {"name": "T1", "mode": "tram"}))
    write(directory / "sectors.geojson", ("Polygon", [SQUARE], {"name": "Nord"}))

    def forget_sectors(features: list[dict[str, Any]]) -> None:
        for feature in features:
            del feature["properties"]["sector"]

    edit(directory, forget_sectors)

    town = check(directory)

    assert (town.buildings[0].name, town.buildings[0].use) == ("Mairie", "x")
    assert [(w.category, w.is_area) for w in town.water] == [("river", False), ("lake", True)]
    assert town.transit[0].mode == "tram"
    assert town.sectors[0].name == "Nord"


def test_layers_may_be_missing(directory: Path) -> None:
    town = check(directory)

    assert [*town.addresses, *town.buildings, *town.water, *town.transit] == []


def test_a_bad_layer_stops_check_and_not_the_bridge(directory: Path) -> None:
    write(directory / "water.geojson", ("Point", [5.0, 47.0], {"name": "x", "class": "sea"}))
    write(directory / "lines.geojson", ("Point", [5.0, 47.0], {}))
    write(directory / "buildings.geojson", ("LineString", LINE, {}))
    (directory / "addresses.csv").write_text("number,street\n", "utf-8")

    town = load(directory)
    with pytest.raises(TerritoryError) as caught:
        check(directory)

    files = [problem.file for problem in caught.value.problems]
    assert files == ["addresses.csv", "buildings.geojson", "water.geojson", "lines.geojson"]
    with pytest.raises(TerritoryError, match="neither a line nor an area"):
        _ = town.water
    with pytest.raises(TerritoryError, match="does not name once: commune, lon, lat"):
        _ = town.addresses


Words = st.text(min_size=1, max_size=30).filter(printable)


@given(
    st.lists(
        st.builds(
            Address,
            number=Words | st.just(""),
            street=Words,
            commune=Words | st.just(""),
            lon=st.floats(-180, 180),
            lat=st.floats(-90, 90),
        )
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_addresses_are_read_as_csv_writes_them(tmp_path: Path, houses: list[Address]) -> None:
    text = io.StringIO(newline="")
    rows = csv.writer(text)
    rows.writerow(("lat", "source", "commune", "street", "lon", "number"))
    for house in houses:
        rows.writerow((house.lat, "BAN", house.commune, house.street, house.lon, house.number))
    path = tmp_path / "addresses.csv"
    path.write_text(text.getvalue(), "utf-8", newline="")
    findings = Findings()

    assert list(layers.read_addresses(path, findings)) == houses
    assert findings.problems == []


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_names_everywhere(directory: Path, name: str) -> None:
    quoted = '"' + name.replace('"', '""') + '"'
    (directory / "addresses.csv").write_text(
        f"number,street,commune,lon,lat\n3 bis,{quoted},{quoted},5.0,47.3\n", "utf-8"
    )
    write(directory / "buildings.geojson", ("Polygon", [SQUARE], {"name": name}))
    write(directory / "sectors.geojson", ("Polygon", [SQUARE], {"name": name}))

    def rename(features: list[dict[str, Any]]) -> None:
        for feature in features:
            feature["properties"].update(commune=name, sector=name)

    edit(directory, rename)
    edit(directory, lambda fs: fs[0]["properties"].update(name=name), "communes.geojson")
    edit(directory, lambda fs: fs[0]["properties"].update(name=name, id=name), "streets.geojson")
    literal = msgspec.json.encode(name).decode()
    (directory / "circuits.toml").write_text(
        f"[[circuit]]\nid = {literal}\narcs = [{literal}]\n", "utf-8"
    )

    town = check(directory)

    assert town.addresses == (Address("3 bis", name, name, 5.0, 47.3),)
    assert (town.buildings[0].name, town.streets[0].name) == (name, name)
    assert town.equipment[0].sector == town.equipment[0].commune == name
    assert town.circuits[0].arcs == (name,)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("1,Rue,Dijon,5.0,147", "line 2: it has no place on Earth"),
        ("1,Rue,Dijon,nan,47", "line 2: it has no place on Earth"),
        ("1,Rue,Dijon", "line 2: it has no place on Earth"),
        ("1,,Dijon,5.0,47", "line 2: it has no street"),
        ("1,Ru\ae,Dijon,5.0,47", "is no line of text"),
        ('1,"Rue,Dijon,5.0,47', "cannot be read"),
        ("1,R\udcffue,Dijon,5.0,47", "cannot be read"),
    ],
)
def test_bad_addresses_are_explained(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "addresses.csv"
    path.write_text(f"number,street,commune,lon,lat\n{line}\n", "utf-8", "surrogateescape")

    assert message in said(path, layers.read_addresses)


def test_equipment_outside_the_territory_is_refused(directory: Path) -> None:
    def move(features: list[dict[str, Any]]) -> None:
        features[6]["geometry"]["coordinates"] = [5.9, 47.3]
        features[7]["properties"]["commune"] = "Dijn"

    edit(directory, move)

    outside, unknown = problems_of(directory)
    assert "stands at [5.90000, 47.30000], outside the territory" in outside.what
    assert 'unknown commune "Dijn" (did you mean "Dijon"?)' in unknown.what


def test_without_outlines_nothing_is_outside(directory: Path) -> None:
    edit(directory, lambda fs: fs[0].update(geometry=None), "communes.geojson")
    edit(directory, lambda fs: fs[6]["geometry"].update(coordinates=[5.9, 47.3]))

    assert load(directory).communes[0].rings == ()


def test_unknown_sectors_are_refused_where_sectors_are_known(directory: Path) -> None:
    write(directory / "sectors.geojson", ("Polygon", [SQUARE], {"name": "Centre"}))

    assert 'unknown sector "' in problems_of(directory)[0].what


@given(
    st.lists(st.tuples(st.floats(-1, 1), st.floats(-1, 1)), min_size=3, max_size=12),
    st.floats(-1.2, 1.2),
    st.floats(-1.2, 1.2),
)
def test_bands_answer_as_the_whole_ring(
    corners: list[tuple[float, float]], lon: float, lat: float
) -> None:
    ring = (*corners, corners[0])
    inside = False
    for (x1, y1), (x2, y2) in itertools.pairwise(ring):
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            inside = not inside

    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    boxed = min(xs) <= lon <= max(xs) and min(ys) <= lat <= max(ys)
    assert Area((ring,)).holds(lon, lat) == (inside and boxed)


def test_near_is_a_matter_of_metres() -> None:
    area = Area((tuple((x, y) for x, y in SQUARE),))

    assert area.holds(5.05, 47.35)
    assert not area.holds(5.101, 47.35)
    assert area.near(5.101, 47.35, 100)  # 75 m east of it
    assert not area.near(5.101, 47.35, 50)
