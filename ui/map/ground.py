"""The ground under the map: the territory's streets, water, buildings, lines and communes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

COMMUNES = "communes"
LAYERS = ("streets", COMMUNES, "buildings", "water", "lines")
"""Files of a territory that are ground: ``<name>.geojson``."""
MAX_BYTES = 64 * 1024 * 1024
"""Largest file read; a city's streets take about 4 MB."""


class _Collection(msgspec.Struct):
    """The part of a file that is read here; the page draws the features."""

    features: list[msgspec.Raw]
    attribution: Any = None
    source: Any = None


@dataclass(frozen=True, slots=True)
class Ground:
    """Hold the files as the page's worker reads them.

    Attributes:
        files: layer of :data:`LAYERS` → GeoJSON; only what is there.
        problem: text key of why there is no ground, empty when there is; with ``detail``.
        attribution: whose data they are, as the files themselves say.
        outlines: (commune, outer ring) pairs in degrees, for the small map.
    """

    files: Mapping[str, bytes] = field(default_factory=dict)
    attribution: str = ""
    problem: str = ""
    detail: str = ""
    outlines: tuple[tuple[str, tuple[tuple[float, float], ...]], ...] = ()

    @property
    def present(self) -> bool:
        """Return whether there is anything to draw."""
        return bool(self.files)


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
    for name in LAYERS:
        path = directory / f"{name}.geojson"
        if not path.is_file():
            continue
        try:
            if path.stat().st_size > MAX_BYTES:
                return Ground(problem="map.ground.too_large", detail=str(path))
            data = path.read_bytes()
            collection = msgspec.json.decode(data, type=_Collection)
            if name == COMMUNES:
                outlines = _outlines([msgspec.json.decode(item) for item in collection.features])
        except (OSError, msgspec.MsgspecError, ValueError, RecursionError) as error:
            return Ground(problem="map.ground.unreadable", detail=f"{path}: {error}")
        found[name] = data
        said = collection.attribution or collection.source
        if isinstance(said, str) and said not in attributions:
            attributions.append(said)
    if not found:
        return Ground(problem="map.ground.empty_directory", detail=str(directory))
    return Ground(found, " · ".join(attributions), outlines=tuple(outlines))


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
