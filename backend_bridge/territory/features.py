"""GeoJSON (RFC 7946) read with every mistake named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from backend_bridge.territory.model import Commune, Position, Street
from backend_bridge.territory.problems import Findings


class _Collection(msgspec.Struct, frozen=True):
    type: str
    features: list[msgspec.Raw]


_collection_decoder = msgspec.json.Decoder(_Collection)
_feature_decoder = msgspec.json.Decoder()


def read_collection(path: Path, findings: Findings) -> Iterator[Any]:
    """Yield the features of a FeatureCollection, unchecked; none when it cannot be read.

    Decoded one by one: all features of a city at once would take four times its memory.
    """
    try:
        data = _collection_decoder.decode(path.read_bytes())
    except FileNotFoundError:
        findings.add(
            path.name, "", f"not found in {path.parent}", "A territory needs this file; add it."
        )
        return
    except OSError as error:
        findings.add(path.name, "", f"cannot be read: {error}", "Check the file's permissions.")
        return
    except msgspec.ValidationError as error:
        findings.add(
            path.name, "", f"is not a GeoJSON FeatureCollection: {error}", "Export it as one."
        )
        return
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        findings.add(path.name, "", f"is not JSON: {error}", "Correct the file at that place.")
        return
    if data.type != "FeatureCollection":
        findings.add(
            path.name, "", f'is a GeoJSON "{data.type}"', "Export it as a FeatureCollection."
        )
        return
    for raw in data.features:
        yield _feature_decoder.decode(raw)


def position(value: object) -> Position | None:
    """Return longitude and latitude when ``value`` is a position on Earth, otherwise ``None``."""
    if not isinstance(value, list) or len(value) < 2:
        return None
    lon, lat = value[0], value[1]
    if type(lon) not in (int, float) or type(lat) not in (int, float):
        return None  # `type`, not isinstance: true and false are no coordinates
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        return None
    return float(lon), float(lat)


def read_streets(path: Path, findings: Findings) -> tuple[Street, ...]:
    """Return the streets of a file of LineString and MultiLineString features."""
    found = []
    for number, feature in enumerate(read_collection(path, findings)):
        name, kind, coordinates = _parts(feature)
        lines = {"LineString": [coordinates], "MultiLineString": coordinates}.get(kind)
        pieces = _lines(lines, shortest=2)
        if pieces is None:
            findings.add(
                path.name,
                _where(number, name),
                "its geometry is no line on Earth",
                "Give it a LineString or MultiLineString of [longitude, latitude] in degrees.",
            )
        else:
            found.append(Street(name, pieces))
    return tuple(found)


def read_communes(path: Path, findings: Findings) -> tuple[Commune, ...]:
    """Return the communes of a file of Polygon and MultiPolygon features, outer rings only."""
    found = []
    for number, feature in enumerate(read_collection(path, findings)):
        name, kind, coordinates = _parts(feature)
        rings: object = None
        if kind == "Polygon" and isinstance(coordinates, list):
            rings = coordinates[:1]
        elif kind == "MultiPolygon" and isinstance(coordinates, list):
            rings = [part[0] for part in coordinates if isinstance(part, list) and part]
        outlines = _lines(rings, shortest=4)
        if outlines is None:
            findings.add(
                path.name,
                _where(number, name),
                "its geometry is no area on Earth",
                "Give it a Polygon or MultiPolygon of [longitude, latitude] in degrees.",
            )
        else:
            found.append(Commune(name, outlines))
    return tuple(found)


def _parts(feature: object) -> tuple[str, str, object]:
    if not isinstance(feature, Mapping):
        return "", "", None
    properties = feature.get("properties")
    geometry = feature.get("geometry")
    name = properties.get("name", "") if isinstance(properties, Mapping) else ""
    if not isinstance(geometry, Mapping):
        return str(name), "", None
    return str(name), str(geometry.get("type", "")), geometry.get("coordinates")


def _lines(value: object, *, shortest: int) -> tuple[tuple[Position, ...], ...] | None:
    if not isinstance(value, list) or not value:
        return None
    lines = []
    for line in value:
        if not isinstance(line, list) or len(line) < shortest:
            return None
        places = [position(item) for item in line]
        kept = tuple(place for place in places if place is not None)
        if len(kept) != len(places):
            return None
        lines.append(kept)
    return tuple(lines)


def _where(number: int, name: str) -> str:
    return f'feature {number + 1} "{name}"' if name else f"feature {number + 1}"
