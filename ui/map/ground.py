"""The ground under the map: the territory's streets and communes, read from a directory."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

STREETS = "streets.geojson"
COMMUNES = "communes.geojson"
MAX_BYTES = 64 * 1024 * 1024
"""Largest file read; a city's streets take about 4 MB."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Hold the files as the page reads them; empty bytes for a file that is not there.

    Attributes:
        problem: text key of why there is no ground, empty when there is; with ``detail``.
        attribution: whose data they are, as the files themselves say.
    """

    streets: bytes = b""
    communes: bytes = b""
    attribution: str = ""
    problem: str = ""
    detail: str = ""
    outlines: tuple[tuple[str, tuple[tuple[float, float], ...]], ...] = ()

    @property
    def present(self) -> bool:
        """Return whether there is anything to draw."""
        return bool(self.streets or self.communes)


def read_ground(directory: Path | None) -> Ground:
    """Return the ground in ``directory``; never raises: a map without ground still tells states.

    Reads at most :data:`MAX_BYTES` a file; call it off the interface's thread.
    """
    if directory is None:
        return Ground(problem="map.ground.not_given")
    if not directory.is_dir():
        return Ground(problem="map.ground.no_directory", detail=str(directory))
    found: dict[str, bytes] = {}
    attributions: list[str] = []
    outlines: list[tuple[str, tuple[tuple[float, float], ...]]] = []
    for name in (STREETS, COMMUNES):
        path = directory / name
        if not path.is_file():
            continue
        try:
            if path.stat().st_size > MAX_BYTES:
                return Ground(problem="map.ground.too_large", detail=str(path))
            data = path.read_bytes()
            collection = json.loads(data)
        except (OSError, ValueError, RecursionError) as error:
            return Ground(problem="map.ground.unreadable", detail=f"{path}: {error}")
        if not isinstance(collection, dict) or not isinstance(collection.get("features"), list):
            return Ground(problem="map.ground.unreadable", detail=f"{path}: no FeatureCollection")
        found[name] = data
        said = collection.get("attribution") or collection.get("source")
        if isinstance(said, str) and said not in attributions:
            attributions.append(said)
        if name == COMMUNES:
            outlines = _outlines(collection["features"])
    if not found:
        return Ground(problem="map.ground.empty_directory", detail=str(directory))
    return Ground(
        found.get(STREETS, b""),
        found.get(COMMUNES, b""),
        " · ".join(attributions),
        outlines=tuple(outlines),
    )


def _outlines(features: list[Any]) -> list[tuple[str, tuple[tuple[float, float], ...]]]:
    """Return (commune, outer ring) pairs in degrees; what is no polygon is left to the page."""
    found = []
    for feature in features:
        try:
            geometry, name = feature["geometry"], str(feature["properties"].get("name", ""))
            polygons = {
                "Polygon": [geometry["coordinates"]],
                "MultiPolygon": geometry["coordinates"],
            }.get(geometry["type"], [])
            for polygon in polygons:
                ring = tuple((float(place[0]), float(place[1])) for place in polygon[0])
                found.append((name, ring))
        except (KeyError, TypeError, IndexError, ValueError, AttributeError):
            continue
    return found
