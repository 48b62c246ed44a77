"""A directory of GeoJSON: what is taken, what is left, and that every feature is one of them."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from backend_bridge.territory import load
from backend_bridge.territory.importing import ImportRefusedError
from tests.unit.territory_import.city_files import (
    HOME,
    at,
    bring_in,
    collection,
    equipment,
    feature,
    line,
    point,
    projected,
    square,
    tally,
    written,
)


def test_every_sort_of_layer_is_taken(source: Path, out: Path) -> None:
    street = {"LIB_OFF": "Rue Monge", "SENS_CIRCU": "SENS UNIQUE"}
    collection(source / "eclairage_public.geojson", [point(i / 10, 0) for i in range(3)])
    collection(source / "feux_tricolores.geojson", [point(1, 1, nom="Monge / Berbisey")])
    collection(source / "Vidéoprotection.geojson", [point(1, 2, nom="C12")])
    collection(source / "bornes_escamotables.json", [point(2, 2)])
    collection(source / "filaire_voies.geojson", [line((0, 0.1), (3, 0.1), **street)])
    house = {"numero": 12, "rep": "bis", "nom_voie": "Rue de l’Écu, prolongée"}
    collection(source / "adresses.geojson", [point(0.5, 0.2, **house)])
    collection(source / "batiments.geojson", [square(1, 1, 0.1, usage="public")])
    collection(source / "cours_eau.geojson", [line((0, 3), (3, 3), nom="Canal de Bourgogne")])
    collection(source / "communes.geojson", [square(-5, -5, 20, nom="Dijon", insee="21231")])
    collection(source / "quartiers.geojson", [square(-5, -5, 10, nom="Centre")])
    collection(source / "lignes_tram.geojson", [line((0, 0), (4, 4), ligne="T1")])
    collection(source / "lignes_bus.geojson", [line((0, 0), (4, 3), ligne="L5")])
    outcome = bring_in(source, out=out, title="Dijon")
    assert outcome.report.taken == {
        "lamp": 3,
        "signal": 1,
        "camera": 1,
        "bollard": 1,
        "street": 1,
        "address": 1,
        "building": 1,
        "water": 1,
        "commune": 1,
        "sector": 1,
        "tram": 1,
        "bus": 1,
    }
    assert not outcome.report.left
    assert not outcome.report.files_left
    territory = load(out)
    assert territory.title == "Dijon"
    assert not territory.demonstration
    lamp = territory.equipment_of["PL-00001"]
    assert (lamp.place, lamp.commune, lamp.sector) == ("Rue Monge", "Dijon", "Centre")
    assert written(out, "streets.geojson")[0]["properties"]["direction"] == "forward"
    assert written(out, "water.geojson")[0]["properties"]["class"] == "canal"
    assert [item["properties"]["mode"] for item in written(out, "lines.geojson")] == ["bus", "tram"]
    with (out / "addresses.csv").open(encoding="utf-8", newline="") as file:
        row = next(csv.DictReader(file))
    assert (row["number"], row["street"]) == ("12 bis", "Rue de l’Écu, prolongée")


HOSTILE = [
    ({"type": "Feature", "properties": {}, "geometry": None}, "no geometry"),
    (feature({"type": "Point"}), "broken geometry: it cannot be read"),
    (feature({"type": "Point", "coordinates": "5,47"}), "broken geometry: it cannot be read"),
    (feature({"type": "Blob", "coordinates": [5, 47]}), "broken geometry: it cannot be read"),
    (feature(["Point", 5, 47]), "broken geometry: it cannot be read"),
    (feature({"type": "Point", "coordinates": []}), "an empty geometry"),
    (feature({"type": "MultiPoint", "coordinates": []}), "an empty geometry"),
    (feature({"type": "Point", "coordinates": [0, 0]}), "at 0, 0: a place nobody entered"),
    (feature({"type": "Point", "coordinates": [5, 470]}), "coordinates that are not on Earth"),
    (
        feature({"type": "LineString", "coordinates": [[5, 47], [5.1, 47]]}),
        "its geometry is a LineString; lamp needs a point",
    ),
    ("a text", "not a GeoJSON feature"),
    ([], "not a GeoJSON feature"),
    (None, "not a GeoJSON feature"),
    (point(0, 900), "farther than 60 km from the middle of everything"),
]


@pytest.mark.parametrize(("bad", "reason"), HOSTILE)
def test_one_bad_feature_costs_one_feature(
    source: Path, out: Path, bad: object, reason: str
) -> None:
    good = [point(i / 10, 0) for i in range(4)]
    collection(source / "lamps.geojson", [*good[:2], bad, *good[2:]])
    outcome = bring_in(source, out=out)
    layer = tally(outcome, "lamps.geojson")
    assert layer.left == {reason: 1}
    assert layer.examples[reason] == [3]
    assert len(load(out).equipment) == 4


def test_all_bad_features_together(source: Path, out: Path) -> None:
    collection(source / "lamps.geojson", [point(), point(0.1), *(bad for bad, _ in HOSTILE)])
    layer = tally(bring_in(source, out=out), "lamps.geojson")
    assert layer.taken == {"lamp": 2}
    assert sum(layer.left.values()) == len(HOSTILE)


def test_same_id_same_place_is_one_thing_and_elsewhere_another(source: Path, out: Path) -> None:
    collection(
        source / "lamps.geojson",
        [point(0, 0, id="A/1"), point(0, 0, id="A/1"), point(1, 0, id="A/1"), point(2, 0, id="B")],
    )
    layer = tally(bring_in(source, out=out), "lamps.geojson")
    assert layer.left == {"the same id and place as one before: the same thing twice": 1}
    assert layer.changed == {"its id was taken: it got another": 1}
    assert set(equipment(out)) == {"A/1", "A/1-2", "B"}


def test_ids_of_different_kinds_do_not_meet(source: Path, out: Path) -> None:
    collection(source / "lamps.geojson", [point(0, 0, id=7), point(1, 0, id=8)])
    collection(source / "cameras.geojson", [point(0, 0, id=7), point(0, 1, id="X 9")])
    bring_in(source, out=out)
    assert set(equipment(out)) == {"PL-7", "PL-8", "CAM-7", "X 9"}


def test_heights_are_dropped_and_several_points_are_several_lamps(source: Path, out: Path) -> None:
    several = {"type": "MultiPoint", "coordinates": [[5.04, 47.32, 210.5], [5.041, 47.32, 3]]}
    mixed = {
        "type": "GeometryCollection",
        "geometries": [
            {"type": "Point", "coordinates": [5.042, 47.32]},
            {"type": "LineString", "coordinates": [[5, 47], [5.1, 47]]},
        ],
    }
    collection(source / "lamps.geojson", [feature(several), feature(mixed), square(0, 0, 0.1)])
    layer = tally(bring_in(source, out=out), "lamps.geojson")
    assert (layer.taken_records, layer.taken["lamp"]) == (3, 4)
    assert layer.changed["its heights were dropped (3D)"] == 1
    assert layer.changed["several points: each became one of its own"] == 1
    assert layer.changed["a mixed collection: the parts that suit were taken"] == 1
    assert layer.changed["an area: its centre was taken"] == 1
    assert all(len(item["geometry"]["coordinates"]) == 2 for item in equipment(out).values())


def test_a_crossing_outline_is_repaired_and_a_flat_one_left(source: Path, out: Path) -> None:
    bow = [[5, 47], [5.1, 47.1], [5.1, 47], [5, 47.1], [5, 47]]
    flat = [[5, 47], [5.1, 47], [5.2, 47], [5, 47]]
    collection(
        source / "buildings.geojson",
        [
            square(0, 0, 1),
            feature({"type": "Polygon", "coordinates": [bow]}),
            feature({"type": "Polygon", "coordinates": [flat]}),
        ],
    )
    collection(source / "lamps.geojson", [point()])
    layer = tally(bring_in(source, out=out), "buildings.geojson")
    assert layer.changed == {"its broken outline was repaired": 1}
    assert layer.left == {"broken geometry: it cannot be repaired": 1}


def test_hostile_names_arrive_whole(source: Path, out: Path) -> None:
    names = [
        "A/B, \"C\" 'D'",
        "🚦 Place 👩‍👩‍👧",
        "../../etc/passwd",
        "=1+1",
        "</script>",
        "a\u202fb",
    ]
    lamps: list[Any] = [point(i, 0, id=f"L{i}", nom=name) for i, name in enumerate(names)]
    lamps += [
        point(0, 1, id="x\ny", nom="deux\nlignes\x00\x1b[31m"),
        point(1, 1, id="long", nom="é" * 900),
        point(2, 1, id="nul", nom=None),
        point(3, 1, id="obj", nom={"fr": "x"}),
    ]
    collection(source / "lamps.geojson", lamps)
    layer = tally(bring_in(source, out=out), "lamps.geojson")
    assert not layer.left
    found = load(out).equipment_of
    assert [found[f"L{i}"].name for i in range(len(names))] == names
    assert found["x y"].name == "deux lignes [31m"
    assert found["long"].name == "é" * 300
    assert found["nul"].name == "nul"
    assert found["obj"].name == "obj"
    assert layer.changed["a text was shortened to 300 characters"] == 1


def test_cameras_keep_a_good_stream_and_say_when_they_have_none(source: Path, out: Path) -> None:
    collection(
        source / "cameras.geojson",
        [
            point(0, 0, nom="C1", url="rtsp://10.0.0.1/live", azimut="92,5"),
            point(1, 0, nom="C2", url="rtsp://10.0.0.1/live"),
            point(2, 0, nom="C3", url="javascript:alert(1)"),
            point(3, 0, nom="C4", url="http://[bad"),
        ],
    )
    bring_in(source, out=out)
    cameras = load(out).cameras
    assert cameras["C1"].stream == "rtsp://10.0.0.1/live"
    assert cameras["C1"].bearing == 92.5
    assert [cameras[name].stream for name in ("C2", "C3", "C4")] == ["", "", ""]
    assert sorted(camera.number for camera in cameras.values()) == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("crs", "member"),
    [
        ("EPSG:2154", "urn:ogc:def:crs:EPSG::2154"),
        ("EPSG:2154", None),
        ("EPSG:2154", "urn:ogc:def:crs:OGC:1.3:CRS84"),
        ("EPSG:2154", "EPSG:notanumber"),
        ("EPSG:3947", None),
        ("EPSG:3857", "EPSG:3857"),
    ],
)
def test_metres_become_degrees(source: Path, out: Path, crs: str, member: str | None) -> None:
    members = {"crs": {"type": "name", "properties": {"name": member}}} if member else {}
    collection(source / "lamps.geojson", projected([point(0, 0, id="L1")], crs), **members)
    bring_in(source, out=out)
    lamp = load(out).equipment_of["L1"]
    assert [lamp.lon, lamp.lat] == pytest.approx(list(HOME), abs=1e-6)


def test_unknown_metres_are_left_unless_the_person_says(source: Path, out: Path) -> None:
    metres = projected([point(0, 0, id="L1")], "EPSG:3857")
    collection(source / "lamps.geojson", metres)
    collection(source / "cameras.geojson", [point(0, 0, nom="C1")])
    left = tally(bring_in(source, out=out), "lamps.geojson").left
    assert ["--crs" in reason for reason in left] == [True]
    bring_in(source, out=out, crs="EPSG:3857")
    assert set(equipment(out)) == {"L1", "C1"}
    with pytest.raises(ImportRefusedError, match="EPSG:2154"):
        bring_in(source, out=out, crs="EPSG:12")


def test_equipment_round_the_city_stays_and_farther_goes(source: Path, out: Path) -> None:
    collection(source / "limite_commune.geojson", [square(-5, -5, 10)])
    lamps = [point(0, 0), point(0, 6.0), point(0, 20), point(0, 100), point(0, 5.5)]
    collection(source / "lamps.geojson", lamps)
    outcome = bring_in(source, out=out, title="Dijon")
    communes = [item.commune for item in load(out).equipment]
    assert communes == ["Dijon", "Dijon", "Environs de Dijon", "Dijon"]
    layer = tally(outcome, "lamps.geojson")
    assert layer.left == {"farther than 5 km outside every commune": 1}


def test_communes_of_one_name_are_one(source: Path, out: Path) -> None:
    parts = [
        square(0, 0, 1, nom="Dijon"),
        square(2, 0, 1, nom="Dijon"),
        square(9, 9, 1, nom="Ahuy"),
    ]
    collection(source / "communes.geojson", parts)
    collection(source / "lamps.geojson", [point(2.5, 0.5)])
    layer = tally(bring_in(source, out=out), "communes.geojson")
    assert layer.changed == {"the same name as another: the two outlines are one now": 1}
    territory = load(out)
    assert [commune.name for commune in territory.communes] == ["Dijon", "Ahuy"]
    assert territory.equipment[0].commune == "Dijon"


def test_arcs_that_end_at_one_place_meet(source: Path, out: Path) -> None:
    pieces = [at(2, 0), at(3, 0)], [at(5, 0), at(6, 0)]
    collection(
        source / "voies.geojson",
        [
            line((0, 0), (1, 0), nom_voie="Rue Monge", sens="Sens inverse"),
            line((1, 1), (1, 0), nom_voie="Voie non dénommée", nature="Autoroute"),
            feature({"type": "MultiLineString", "coordinates": pieces}, nom_voie="Rue Piron"),
            line((7, 7), (7, 7), nom_voie="Rue de rien"),
        ],
    )
    outcome = bring_in(source, out=out)
    assert tally(outcome, "voies.geojson").left == {"an empty geometry": 1}
    monge, nameless, piron = load(out).streets
    assert (monge.direction, nameless.category, nameless.name) == ("backward", "motorway", "")
    assert monge.end == nameless.end != ""
    assert monge.start != nameless.start
    assert (piron.start, len(piron.lines)) == ("", 2)
