"""Files that are not what their name says; and that nothing is ever half-written."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend_bridge.territory import load
from backend_bridge.territory.importing import ImportRefusedError, write
from tests.unit.territory_import.city_files import (
    bring_in,
    collection,
    point,
    square,
    through_gdal,
)

IMPOSTORS = [
    ("lamps.geojson", b"\x89PNG\r\n\x1a\n", "it is not JSON, whatever its name"),
    ("lamps.json", b'{"a": 1}', 'it is JSON of type ""'),
    ("lamps.json", b'{"type": ', "it is not JSON, whatever its name"),
    ("lamps.json", b"[1, 2]", "it is JSON but not GeoJSON"),
    ("lamps.json", b'{"type":"FeatureCollection","features":7}', "it is JSON but not GeoJSON"),
    ("lamps.json", b'{"type":"FeatureCollection","features":[]}', "it holds no feature"),
    ("lamps.json", b"\xff\xfe{\x00", "it is not JSON, whatever its name"),
    ("lamps.shp", b"<OGRVRTDataSource/>", "it is not a ESRI Shapefile file, whatever its name"),
    ("lamps.shp", b"\x00\x00\x27\x0a", "its .dbf is missing"),
    ("lamps.gpkg", b'{"type":"FeatureCollection"}', "it is not a GPKG file, whatever its name"),
    ("lamps.gpkg", b"SQLite format 3\x00" + b"\x00" * 200, "GDAL cannot read it"),
    ("lamps.osm.pbf", b"<osm/>", "it is not an OpenStreetMap PBF, whatever its name"),
    ("lamps.osm.pbf", b"\x00\x00\x00\x0d\x0a\x09OSMHeader\x18\x05AAAA", "pyosmium cannot read it"),
    ("lamps.geojson", b"", "it is empty"),
    ("lamps.zip", b"PK\x03\x04", "it is no ZIP archive, or damaged"),
    ("lamps.tar.gz", b"\x1f\x8b", "an archive that is not ZIP"),
    ("lamps.geojsonl", b'{"a": 1}\n{"b": 2}\n', "it is not JSON, whatever its name"),
    ("lamps.pdf", b"%PDF", "not a GeoJSON, Shapefile, GeoPackage or OpenStreetMap PBF file"),
]


@pytest.mark.parametrize(("name", "content", "reason"), IMPOSTORS)
def test_an_impostor_is_named_and_the_rest_goes_on(
    source: Path, out: Path, name: str, content: bytes, reason: str
) -> None:
    (source / name).write_bytes(content)
    collection(source / "luminaires.geojson", [point()])
    outcome = bring_in(source, out=out)
    assert [file for file, _ in outcome.report.files_left] == [name]
    assert reason in outcome.report.files_left[0][1]
    assert "beffroi-import-" not in outcome.report.files_left[0][1]
    assert len(load(out).equipment) == 1


@pytest.mark.parametrize(("name", "content", "reason"), IMPOSTORS[:4])
def test_nothing_but_an_impostor_writes_nothing(
    source: Path, out: Path, name: str, content: bytes, reason: str
) -> None:
    (source / name).write_bytes(content)
    with pytest.raises(ImportRefusedError, match="nothing of these sources can be taken"):
        bring_in(source, out=out)
    assert not out.parent.exists()
    assert reason


def test_a_damaged_geopackage_is_left(source: Path, out: Path) -> None:
    path = through_gdal(source / "lamps.gpkg", [point(i, 0, nom="x" * 500) for i in range(200)])
    content = bytearray(path.read_bytes())
    for start in range(4096, len(content), 512):
        content[start : start + 256] = b"\xa5" * min(256, len(content) - start)
    path.write_bytes(content)
    collection(source / "luminaires.geojson", [point()])
    report = bring_in(source, out=out).report
    assert [file for file, _ in report.files_left] == ["lamps.gpkg"]


@pytest.mark.parametrize("part", [".shx", ".dbf", ".shp"])
def test_a_cut_shapefile_gives_what_is_left_of_it(source: Path, out: Path, part: str) -> None:
    features = [point(i, 0, matricule=f"L{i}") for i in range(40)]
    path = through_gdal(source / "lampes.shp", features).with_suffix(part)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    collection(source / "luminaires.geojson", [point(0, 1)])
    report = bring_in(source, out=out).report
    if part == ".shp":
        layer = next(layer for layer in report.layers if layer.title == "lampes.shp")
        assert 0 < layer.taken_records < 40
        assert list(layer.left) == ["no geometry"]
    else:
        assert [file for file, _ in report.files_left] == ["lampes.shp"]


def test_one_inventory_in_two_formats_is_taken_once(source: Path, out: Path) -> None:
    features = [point(i, 0) for i in range(5)]
    collection(source / "lampes.geojson", features)
    through_gdal(source / "lampes_l93.gpkg", [point(i, 0, rien="") for i in range(6)])
    report = bring_in(source, out=out).report
    assert report.taken == {"lamp": 6}
    assert report.left == {"another layer has one at the same place: the same thing twice": 5}


def test_a_missing_source_is_refused(source: Path, out: Path) -> None:
    with pytest.raises(ImportRefusedError, match="does not exist"):
        bring_in(source / "nowhere", out=out)


def test_a_directory_somebody_else_filled_is_not_touched(source: Path, out: Path) -> None:
    collection(source / "lamps.geojson", [point()])
    out.mkdir(parents=True)
    (out / "thesis.txt").write_text("my only copy")
    with pytest.raises(ImportRefusedError, match="no import wrote"):
        bring_in(source, out=out)
    assert [path.name for path in out.iterdir()] == ["thesis.txt"]
    (source / "file").write_text("")
    with pytest.raises(ImportRefusedError, match="not a directory"):
        bring_in(source, out=source / "file")


def test_an_import_replaces_an_import_whole(source: Path, out: Path) -> None:
    collection(source / "lamps.geojson", [point()])
    collection(source / "batiments.geojson", [square(0, 0, 1)])
    bring_in(source, out=out)
    (source / "batiments.geojson").unlink()
    bring_in(source, out=out)
    assert not (out / "buildings.geojson").exists()
    assert list(out.parent.iterdir()) == [out]


def test_what_the_bridge_would_refuse_is_not_put_in_place(
    source: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    collection(source / "lamps.geojson", [point()])
    bring_in(source, out=out)
    before = (out / "equipment.geojson").read_bytes()
    collection(source / "lamps.geojson", [point(), point(1)])
    monkeypatch.setattr(write, "POLL_PERIOD_S", 9999.0)
    with pytest.raises(ImportRefusedError, match="cannot be kept"):
        bring_in(source, out=out, simulate=frozenset({"lamps"}))
    assert (out / "equipment.geojson").read_bytes() == before
    assert list(out.parent.iterdir()) == [out]


def test_a_full_disk_leaves_the_old_territory(
    source: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    collection(source / "lamps.geojson", [point()])
    bring_in(source, out=out)

    def full(path: Path, text: str) -> None:
        if path.name == "streets.geojson":
            raise OSError(28, "No space left on device")
        path.write_text(text)

    monkeypatch.setattr(write, "_text", full)
    with pytest.raises(ImportRefusedError, match="No space left"):
        bring_in(source, out=out)
    assert len(load(out).equipment) == 1
    assert list(out.parent.iterdir()) == [out]
