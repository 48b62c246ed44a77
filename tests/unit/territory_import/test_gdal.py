"""Shapefiles and GeoPackages, in Lambert-93 and WGS84, written through pyogrio."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from backend_bridge.territory import load
from tests.unit.territory_import.city_files import (
    HOME,
    Feature,
    bring_in,
    collection,
    line,
    point,
    square,
    tally,
    through_gdal,
)

LAMPS: list[Feature] = [
    point(0, 0, matricule="L 1/a", nom="Éclairage 💡"),
    point(1, 0, matricule="L 2", nom=None),
]


@pytest.mark.parametrize("crs", ["EPSG:2154", "EPSG:4326", "EPSG:3947"])
@pytest.mark.parametrize("suffix", ["shp", "gpkg"])
def test_lamps_arrive_at_their_place(source: Path, out: Path, suffix: str, crs: str) -> None:
    path = through_gdal(source / f"points_lumineux.{suffix}", LAMPS, crs=crs)
    bring_in(path, out=out)
    found = load(out).equipment_of
    assert set(found) == {"L 1/a", "L 2"}
    assert found["L 1/a"].name == "Éclairage 💡"
    assert found["L 2"].name == "L 2"
    assert [found["L 1/a"].lon, found["L 1/a"].lat] == pytest.approx(list(HOME), abs=1e-6)


def test_every_layer_of_a_geopackage_is_looked_at(source: Path, out: Path) -> None:
    path = source / "ville.gpkg"
    through_gdal(path, LAMPS, layer="eclairage")
    through_gdal(path, [line((0, 0), (2, 0), nom_voie="Rue Monge")], layer="voies", append=True)
    through_gdal(path, [square(0, 0, 1)], layer="couche 3", append=True)
    outcome = bring_in(path, out=out)
    assert outcome.report.taken == {"lamp": 2, "street": 1}
    left = tally(outcome, "ville.gpkg:couche 3").left
    assert list(left.values()) == [1]
    assert load(out).equipment[0].place == "Rue Monge"


def test_a_shapefile_without_prj_is_lambert_93_by_its_numbers(source: Path, out: Path) -> None:
    path = through_gdal(source / "lampadaires.shp", LAMPS)
    path.with_suffix(".prj").unlink()
    outcome = bring_in(source, out=out)
    notes = tally(outcome, "lampadaires.shp").notes
    assert notes == ["no coordinate system in the file: EPSG:2154 by its numbers"]
    assert load(out).equipment[0].lat == pytest.approx(HOME[1], abs=1e-6)
    assert not outcome.report.files_left


def test_a_shapefile_without_attributes_is_left(source: Path, out: Path) -> None:
    through_gdal(source / "lampadaires.shp", LAMPS).with_suffix(".dbf").unlink()
    collection(source / "lampes.geojson", [point()])
    left = dict(bring_in(source, out=out).report.files_left)
    assert left["lampadaires.shp"] == "its .dbf is missing, which holds the attributes; add it"


@pytest.mark.parametrize(
    "name", [b"a!b", b"x.zip", b"x.zip!y", b"q?layer=1#2", "é 💡".encode(), b"line\nbreak", b"\xff"]
)
def test_folders_may_be_called_anything(source: Path, out: Path, name: bytes) -> None:
    through_gdal(source / "lampes.shp", LAMPS)
    through_gdal(source / "cameras.gpkg", [point(0, 1, nom="C1")])
    folder = source.parent / os.fsdecode(name)
    source.rename(folder)
    outcome = bring_in(folder, out=out)
    assert outcome.report.taken == {"lamp": 2, "camera": 1}
    assert not outcome.report.files_left
    assert load(out).title


def test_an_empty_layer_is_named(source: Path, out: Path) -> None:
    through_gdal(source / "lampadaires.gpkg", [])
    collection(source / "lampes.geojson", [point()])
    report = bring_in(source, out=out).report
    assert report.files_left == [("lampadaires.gpkg", "it holds no feature")]


def test_features_without_geometry_and_with_heights(source: Path, out: Path) -> None:
    high = {"type": "Point", "coordinates": [*HOME, 240.0]}
    features: list[Feature] = [
        {"type": "Feature", "properties": {"matricule": "L1"}, "geometry": high},
        {"type": "Feature", "properties": {"matricule": "L2"}, "geometry": None},
    ]
    through_gdal(source / "lampes.gpkg", features, crs=None, kind="Point Z")
    layer = tally(bring_in(source, out=out), "lampes.gpkg:lampes")
    assert layer.left == {"no geometry": 1}
    assert layer.changed == {"its heights were dropped (3D)": 1}
