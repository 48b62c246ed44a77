"""What cities really publish: sequences, archives, swapped axes, odd encodings and columns."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from backend_bridge.territory import load
from backend_bridge.territory.importing import ImportRefusedError, archives
from tests.unit.territory_import.city_files import (
    HOME,
    Feature,
    bring_in,
    collection,
    line,
    point,
    projected,
    tally,
    through_gdal,
)

LAMPS: list[Feature] = [
    point(0, 0, matricule="L 1/a", nom="Éclairage 💡"),
    point(1, 0, matricule="L 2", nom="Quai « Nicolas-Rolin »"),
]


def zipped(path: Path, *files: Path, folder: str = "") -> Path:
    """Write an archive of files and remove them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(file, f"{folder}{file.name}")
            file.unlink()
    return path


# -- sequences ------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", ["geojsonl", "geojsons", "ndjson", "jsonl", "geojson", "json"])
@pytest.mark.parametrize("separator", ["", "\x1e"])
def test_a_sequence_is_read_whatever_it_is_called(
    source: Path, out: Path, suffix: str, separator: str
) -> None:
    texts = [separator + json.dumps(item, ensure_ascii=False) for item in LAMPS]
    (source / f"lampadaires.{suffix}").write_text("\n".join([*texts, ""]), "utf-8")
    assert bring_in(source, out=out).report.taken == {"lamp": 2}
    assert load(out).equipment_of["L 1/a"].name == "Éclairage 💡"


def test_a_sequence_cut_off_loses_one_feature(source: Path, out: Path) -> None:
    whole = "\r\n\r\n".join(json.dumps(item) for item in LAMPS)
    (source / "lampadaires.geojsonl").write_text(whole[:-9], "utf-8")
    layer = tally(bring_in(source, out=out), "lampadaires.geojsonl")
    assert (layer.taken_records, layer.left) == (1, {"not a GeoJSON feature": 1})


# -- archives -------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", ["", "export 2024/éclairage/"])
def test_a_zipped_shapefile_is_read(source: Path, out: Path, folder: str) -> None:
    shape = through_gdal(source / "points_lumineux.shp", LAMPS)
    parts = sorted(source.glob("points_lumineux.*"))
    assert shape in parts
    zipped(source / "livraison.zip", *parts, folder=folder)
    outcome = bring_in(source, out=out)
    title = f"livraison.zip/{folder}points_lumineux.shp"
    assert tally(outcome, title).taken_records == 2
    assert not outcome.report.files_left
    assert load(out).equipment_of["L 2"].lat == pytest.approx(HOME[1], abs=1e-6)


def test_an_archive_of_many_things_is_told_file_by_file(source: Path, out: Path) -> None:
    readme = source / "LISEZ-MOI.txt"
    readme.write_text("bonjour", "utf-8")
    lamps = collection(source / "lampes.geojson", LAMPS)
    inner = zipped(source / "cameras.zip", collection(source / "cameras.geojson", [point(0, 1)]))
    zipped(source / "tout.zip", readme, lamps, inner)
    report = bring_in(source, out=out).report
    assert report.taken == {"lamp": 2}
    assert sorted(name for name, _ in report.files_left) == [
        "tout.zip/LISEZ-MOI.txt",
        "tout.zip/cameras.zip",
    ]


def test_an_archive_writes_nothing_outside(source: Path, out: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(source / "evil.zip", "w") as archive:
        for name in ("../../outside.geojson", "/outside.geojson", "..", "a/../../lampes.geojson"):
            archive.writestr(name, json.dumps({"type": "FeatureCollection", "features": LAMPS}))
    assert bring_in(source, out=out).report.taken == {"lamp": 2}
    assert not list(tmp_path.rglob("outside.geojson"))
    assert not Path("/outside.geojson").exists()


def test_an_archive_that_would_fill_the_disk_is_left(
    source: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MOST_BYTES", 1000)
    big = source / "lampes.geojson"
    big.write_text(" " * 2000, "utf-8")
    zipped(source / "bombe.zip", big)
    collection(source / "lampes.geojson", LAMPS)
    report = bring_in(source, out=out).report
    assert report.taken == {"lamp": 2}
    assert [name for name, _ in report.files_left] == ["bombe.zip"]
    assert "unpack it" in report.files_left[0][1]


# -- coordinates ----------------------------------------------------------------------------------


def test_latitude_before_longitude_is_seen_and_said(source: Path, out: Path) -> None:
    swapped = [
        {
            **item,
            "geometry": {"type": "Point", "coordinates": item["geometry"]["coordinates"][::-1]},
        }
        for item in LAMPS
    ]
    collection(source / "lampes.geojson", swapped)
    layer = tally(bring_in(source, out=out), "lampes.geojson")
    assert [note for note in layer.notes if "wrong order" in note]
    found = load(out).equipment_of["L 1/a"]
    assert [found.lon, found.lat] == pytest.approx(list(HOME))


def test_the_person_may_say_that_nothing_is_swapped(source: Path, out: Path) -> None:
    mogadishu = {"type": "Point", "coordinates": [45.34, 2.04]}
    collection(source / "lampes.geojson", [{**LAMPS[0], "geometry": mogadishu}])
    bring_in(source, out=out, crs="EPSG:4326")
    assert load(out).equipment[0].lat == pytest.approx(2.04)


@pytest.mark.parametrize(
    ("coordinates", "reason"),
    [
        ([1e300, 1e300], "coordinates that are not on Earth"),
        ([1e12, -4e9], "coordinates that are not on Earth"),
        ([0, 0], "at 0, 0: a place nobody entered"),
        ([], "an empty geometry"),
        (["a", "b"], "broken geometry: it cannot be read"),
        ([5.0], "broken geometry: it cannot be read"),
        ({}, "broken geometry: it cannot be read"),
    ],
)
def test_nonsense_costs_one_feature(
    source: Path, out: Path, coordinates: object, reason: str
) -> None:
    wrong = {**LAMPS[0], "geometry": {"type": "Point", "coordinates": coordinates}}
    collection(source / "lampes.geojson", [wrong, *LAMPS])
    layer = tally(bring_in(source, out=out), "lampes.geojson")
    assert layer.left == {reason: 1}


@pytest.mark.parametrize("kind", ["gpkg", "geojson"])
def test_geometries_of_all_sorts_in_one_layer(source: Path, out: Path, kind: str) -> None:
    here = LAMPS[0]["geometry"]["coordinates"]
    shapes: list[object] = [
        {"type": "Point", "coordinates": [*here, 240.0]},
        {"type": "MultiPoint", "coordinates": [[5.041, 47.32], [5.042, 47.32], [5.043, 47.32]]},
        {"type": "Polygon", "coordinates": [[[5, 47], [5.01, 47], [5.01, 47.01], [5, 47]]]},
        {"type": "LineString", "coordinates": [[5, 47], [5.01, 47]]},
        {"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": here}]},
        None,
    ]
    features: list[Feature] = [
        {"type": "Feature", "properties": {"matricule": f"L{number}"}, "geometry": shape}
        for number, shape in enumerate(shapes)
    ]
    path = source / f"lampadaires.{kind}"
    if kind == "gpkg":
        through_gdal(path, features, crs=None, kind="Unknown")
    else:
        collection(path, features)
    outcome = bring_in(source, out=out)
    layer = outcome.report.layers[0]
    assert layer.records == len(shapes)
    assert layer.left["no geometry"] == 1
    assert sum(layer.left.values()) <= 3
    assert {item.id for item in load(out).equipment} >= {"L0", "L1", "L1-2", "L1-3", "L2"}


# -- texts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "UTF-8", "CP1252"])
@pytest.mark.parametrize("cpg", [True, False])
def test_accents_of_a_shapefile_arrive(source: Path, out: Path, encoding: str, cpg: bool) -> None:
    names = ["Éclairage de l'Hôtel-Dieu", "Rue du Général-Fauconnet"]
    lamps = [point(i, 0, matricule=f"L{i}", nom=name) for i, name in enumerate(names)]
    path = through_gdal(source / "lampadaires.shp", lamps, encoding=encoding)
    if not cpg:
        path.with_suffix(".cpg").unlink(missing_ok=True)
        table = path.with_suffix(".dbf")
        data = bytearray(table.read_bytes())
        data[29] = 0  # the language driver: not said either
        table.write_bytes(bytes(data))
    bring_in(source, out=out)
    assert [item.name for item in load(out).equipment] == names


FRENCH = {
    "id_pl": 17,
    "nom": "Candélabre",
    "voie": "Rue Monge",
    "hauteur": 8.5,
    "type_lampe": "LED",
}
ENGLISH = {"ref": "X9", "name": "Lamp", "street": "Rue Monge", "height": "8", "lamp_type": "LED"}


@pytest.mark.parametrize(("columns", "item_id"), [(FRENCH, "PL-17"), (ENGLISH, "X9")])
@pytest.mark.parametrize("name", ["luminaires.geojson", "EP_2023.gpkg", "street_lights.shp"])
def test_french_and_english_columns(
    source: Path, out: Path, name: str, columns: dict[str, object], item_id: str
) -> None:
    path, lamps = source / name, [point(0, 0, **columns)]
    collection(path, lamps) if name.endswith("geojson") else through_gdal(path, lamps)
    bring_in(source, out=out)
    found = load(out).equipment[0]
    assert (found.id, found.name, found.place) == (
        item_id,
        str(columns.get("nom", "Lamp")),
        "Rue Monge",
    )


def test_columns_tell_lamps_where_no_name_does(source: Path, out: Path) -> None:
    collection(source / "couche_42.geojson", [point(0, 0, **FRENCH)])
    assert bring_in(source, out=out).report.taken == {"lamp": 1}


# -- directories ----------------------------------------------------------------------------------


def test_a_directory_of_unrelated_files(source: Path, out: Path) -> None:
    through_gdal(source / "eclairage" / "PL.shp", LAMPS, mkdir=True)
    collection(source / "voies.geojson", [line((0, 0), (2, 0), voie="Rue Monge")])
    for name, content in {
        "notice.pdf": b"%PDF-1.4",
        "tableau.xlsx": b"PK\x03\x04zz",
        "photo.jpg": b"\xff\xd8\xff",
        "donnees.csv": b"lon;lat\n5;47\n",
        "metadonnees.json": b'{"title": "Eclairage", "licence": "etalab"}',
        "style.qml": b"<qgis/>",
        "vide.geojson": b"",
        "Thumbs.db": b"\xd0\xcf\x11\xe0",
    }.items():
        (source / name).write_bytes(content)
    report = bring_in(source, out=out).report
    assert report.taken == {"lamp": 2, "street": 1}
    assert len(report.files_left) == 8
    assert all(reason for _, reason in report.files_left)


def test_nothing_at_all_is_refused_in_words(source: Path, out: Path) -> None:
    collection(source / "vide.geojson", [])
    through_gdal(source / "vide.gpkg", [])
    with pytest.raises(ImportRefusedError, match="nothing of these sources can be taken"):
        bring_in(source, out=out)
    assert not out.exists()


def test_metres_of_the_web_are_told_to_be_said(source: Path, out: Path) -> None:
    collection(source / "lampes.geojson", projected(LAMPS, "EPSG:32631"))
    with pytest.raises(ImportRefusedError, match="--crs EPSG"):
        bring_in(source, out=out)
    bring_in(source, out=out, crs="EPSG:32631")
    assert load(out).equipment[0].lat == pytest.approx(HOME[1], abs=1e-6)
