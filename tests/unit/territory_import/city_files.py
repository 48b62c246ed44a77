"""Write the files a city might publish: by hand, through pyogrio and through pyosmium."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from backend_bridge.territory.importing import ImportOptions, ImportOutcome, import_territory
from backend_bridge.territory.importing.libraries import library
from backend_bridge.territory.importing.tally import LayerTally

HOME = (5.04, 47.32)

Feature = dict[str, Any]


def feature(geometry: object, **properties: object) -> Feature:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def point(east: float = 0, north: float = 0, **properties: object) -> Feature:
    """Return a point feature some thousandths of a degree from home."""
    return feature({"type": "Point", "coordinates": at(east, north)}, **properties)


def line(*steps: tuple[float, float], **properties: object) -> Feature:
    places = [at(*step) for step in steps]
    return feature({"type": "LineString", "coordinates": places}, **properties)


def square(east: float, north: float, side: float, **properties: object) -> Feature:
    corners = [(0, 0), (side, 0), (side, side), (0, side), (0, 0)]
    ring = [at(east + dx, north + dy) for dx, dy in corners]
    return feature({"type": "Polygon", "coordinates": [ring]}, **properties)


def at(east: float, north: float) -> list[float]:
    return [round(HOME[0] + east / 1000, 7), round(HOME[1] + north / 1000, 7)]


def collection(path: Path, features: Sequence[object], **members: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    document = {"type": "FeatureCollection", **members, "features": list(features)}
    path.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    return path


def projected(features: Sequence[Feature], crs: str = "EPSG:2154") -> list[Feature]:
    """Return features with their coordinates in metres of ``crs``."""
    shapely = library("shapely")
    shapes = library("shapely.geometry")
    change = library("pyproj").Transformer.from_crs("EPSG:4326", crs, always_xy=True).transform
    return [
        {
            **item,
            "geometry": json.loads(
                json.dumps(
                    shapes.mapping(
                        shapely.transform(shapes.shape(item["geometry"]), change, interleaved=False)
                    )
                )
            ),
        }
        for item in features
    ]


def through_gdal(
    path: Path,
    features: Sequence[Feature],
    *,
    layer: str | None = None,
    crs: str | None = "EPSG:2154",
    append: bool = False,
    kind: str | None = None,
    encoding: str = "UTF-8",
    mkdir: bool = False,
) -> Path:
    """Write a Shapefile or GeoPackage; features are given in degrees and projected."""
    if mkdir:
        path.parent.mkdir(parents=True, exist_ok=True)
    numpy, shapely = library("numpy"), library("shapely")
    shapes = library("shapely.geometry")
    wanted = projected(features, crs) if crs else list(features)
    geometry: list[Any] = [
        None if item["geometry"] is None else shapes.shape(item["geometry"]) for item in wanted
    ]
    fields = list(features[0]["properties"]) if features else []
    columns = [
        numpy.array([item["properties"].get(name) for item in features], dtype=object)
        for name in fields
    ]
    library("pyogrio.raw").write(
        path,
        shapely.to_wkb(numpy.array(geometry, dtype=object)),
        columns,
        fields,
        layer=layer,
        driver="GPKG" if path.suffix == ".gpkg" else "ESRI Shapefile",
        geometry_type=kind or (geometry[0].geom_type if geometry else "Point"),
        crs=crs or "EPSG:4326",
        append=append,
        encoding=encoding,
    )
    return path


def bring_in(*sources: Path, out: Path, **options: Any) -> ImportOutcome:
    outcome = import_territory(ImportOptions(sources=sources, out=out, **options))
    for layer in outcome.report.layers:
        assert layer.taken_records + sum(layer.left.values()) == layer.records, layer.title
    return outcome


def tally(outcome: ImportOutcome, title: str) -> LayerTally:
    return next(layer for layer in outcome.report.layers if layer.title == title)


def written(out: Path, file: str) -> list[Feature]:
    features: list[Feature] = json.loads((out / file).read_text("utf-8"))["features"]
    return features


def equipment(out: Path) -> Mapping[str, Feature]:
    return {item["properties"]["id"]: item for item in written(out, "equipment.geojson")}
