"""Shapefiles and GeoPackages, through GDAL (pyogrio).

A file's first bytes must be what its name says before GDAL sees it: GDAL recognises formats by
content, and some of those formats name other files and addresses.
"""

from __future__ import annotations

import math
import warnings
from pathlib import Path
from typing import Any

from backend_bridge.territory.importing.alias import as_named, plain_name
from backend_bridge.territory.importing.layers import Layer, Record
from backend_bridge.territory.importing.libraries import library
from backend_bridge.territory.importing.problems import UnreadableSourceError
from backend_bridge.territory.importing.read_geojson import BROKEN, NO_GEOMETRY

SHAPEFILE_START = b"\x00\x00\x27\x0a"
GEOPACKAGE_START = b"SQLite format 3\x00"
_PARTS = {".shp": (".shx", ".dbf", ".prj", ".cpg"), ".gpkg": (".gpkg-wal",)}
_DRIVERS = {".shp": "ESRI Shapefile", ".gpkg": "GPKG"}


def read_ogr(path: Path, shown: str) -> list[Layer]:
    """Read every spatial layer of a Shapefile or a GeoPackage.

    Raises:
        UnreadableSourceError: it is not what its name says, or it is damaged.
    """
    suffix = path.suffix.lower()
    start = SHAPEFILE_START if suffix == ".shp" else GEOPACKAGE_START
    with path.open("rb") as file:
        found = file.read(len(start))
    driver = _DRIVERS[suffix]
    if found != start:
        raise UnreadableSourceError(f"it is not a {driver} file, whatever its name")
    if suffix == ".shp" and not _beside(path, ".dbf"):
        raise UnreadableSourceError("its .dbf is missing, which holds the attributes; add it")
    if suffix == ".shp" and not _beside(path, ".shx"):
        raise UnreadableSourceError("its .shx is missing, which says where shapes start; add it")
    pyogrio = library("pyogrio")
    said: list[warnings.WarningMessage] = []
    try:
        with (
            plain_name(path, f"layer{suffix}", _PARTS[suffix]) as alias,
            warnings.catch_warnings(record=True) as said,
        ):
            warnings.simplefilter("always")
            layers = _layers(alias, shown, driver)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise UnreadableSourceError(f"GDAL cannot read it: {as_named(error, path)}") from error
    except (UnicodeDecodeError, ValueError, RuntimeError, OSError) as error:
        raise UnreadableSourceError(f"it is damaged: {as_named(error, path)}") from error
    if suffix == ".shp" and not _beside(path, ".cpg"):
        for layer in layers:
            _mend_texts(layer)
    for layer in layers:
        layer.notes += [
            f"GDAL says: {as_named(warning.message, path)[:200]}" for warning in said[:3]
        ]
    return layers


def _layers(path: Path, shown: str, driver: str) -> list[Layer]:
    """Return the layers that have shapes; a table of its own says nothing of places."""
    alone = driver == _DRIVERS[".shp"]
    listed = [(str(name), kind) for name, kind in library("pyogrio").list_layers(path)]
    return [
        _layer(path, shown, name, driver, alone=alone)
        for name, kind in listed
        if kind is not None or alone
    ]


def _beside(path: Path, suffix: str) -> bool:
    return any(path.with_suffix(s).exists() for s in (suffix, suffix.upper()))


def _layer(path: Path, shown: str, name: str, driver: str, *, alone: bool) -> Layer:
    pyogrio = library("pyogrio")
    info = pyogrio.read_info(path, layer=name)
    if info.get("driver") != driver:
        raise UnreadableSourceError(f"GDAL takes it for {info.get('driver')}, not {driver}")
    meta, _, blobs, columns = pyogrio.raw.read(
        path, layer=name, force_2d=False, datetime_as_string=True
    )
    fields = tuple(str(field) for field in meta["fields"])
    count = len(blobs) if blobs is not None else len(columns[0]) if len(columns) else 0
    rows = zip(*(column.tolist() for column in columns), strict=True) if len(columns) else None
    records = []
    for number in range(1, count + 1):
        values = next(rows) if rows is not None else ()
        attributes = {
            key: value
            for key, value in zip(fields, values, strict=True)
            if value is not None and not (isinstance(value, float) and math.isnan(value))
        }
        records.append(_record(number, None if blobs is None else blobs[number - 1], attributes))
    return Layer(
        file=shown,
        name="" if alone else name,
        crs=meta["crs"],
        fields=fields,
        records=records,
    )


def _mend_texts(layer: Layer) -> None:
    """Read the texts of a table again as UTF-8 when all of them are, which it did not say."""
    texts = {
        value
        for record in layer.records
        for value in record.attributes.values()
        if isinstance(value, str) and not value.isascii()
    }
    try:
        mended = {text: text.encode("latin-1").decode("utf-8") for text in texts}
    except UnicodeError:
        return
    if mended:
        layer.notes.append("its texts are UTF-8, and no .cpg said so: read that way")
    for record in layer.records:
        record.attributes = {
            key: mended.get(value, value) if isinstance(value, str) else value
            for key, value in record.attributes.items()
        }


def _record(number: int, blob: bytes | None, attributes: dict[str, Any]) -> Record:
    if blob is None:
        return Record(number, None, attributes, flaw=NO_GEOMETRY)
    shapely = library("shapely")
    geometry = shapely.from_wkb(blob, on_invalid="ignore")
    return Record(number, geometry, attributes, flaw="" if geometry is not None else BROKEN)
