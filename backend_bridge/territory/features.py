"""GeoJSON (RFC 7946) read with every mistake named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from backend_bridge.core.settings import nearest
from backend_bridge.territory.problems import Findings
from backend_bridge.territory.records import Lines, Position

LONGEST_TEXT = 300
"""Longest id, name or place, in characters."""
NO_LINE = "its geometry is no line on Earth"
NO_AREA = "its geometry is no area on Earth"
GIVE_LINE = "Give it a LineString or MultiLineString of [longitude, latitude] in degrees."
GIVE_AREA = "Give it a Polygon or MultiPolygon of [longitude, latitude] in degrees."


class _Collection(msgspec.Struct, frozen=True):
    type: str
    features: list[msgspec.Raw]


_collection_decoder = msgspec.json.Decoder(_Collection)
_feature_decoder = msgspec.json.Decoder()


def read_collection(path: Path, findings: Findings, *, needed: bool = True) -> Iterator[Any]:
    """Yield the features of a FeatureCollection, unchecked; none when it cannot be read.

    Decoded one by one: all features of a city at once would take four times its memory. A missing
    file is a problem only when it is ``needed``.
    """
    try:
        data = _collection_decoder.decode(path.read_bytes())
    except FileNotFoundError:
        if needed:
            advice = "A territory needs this file; add it."
            findings.add(path.name, "", f"not found in {path.parent}", advice)
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


def printable(text: str) -> bool:
    """Return whether a text can stand on one line: no control characters, not empty."""
    return 0 < len(text) <= LONGEST_TEXT and (text.isprintable() or _only_joined(text))


def _only_joined(text: str) -> bool:
    """Accept what Python calls unprintable and people write: no-break spaces, emoji joiners."""
    return all(char.isprintable() or char in "\u00a0\u202f\u2009\u200d\u00ad" for char in text)


@dataclass(slots=True)
class Feature:
    """One feature being read; ``sound`` turns false at its first mistake."""

    file: str
    number: int
    properties: Mapping[str, Any]
    geometry_type: str
    coordinates: object
    findings: Findings
    sound: bool = True

    @property
    def where(self) -> str:
        """Return how a person finds the feature in its file."""
        name = self.properties.get("id") or self.properties.get("name")
        known = isinstance(name, str) and printable(name)
        return f'feature {self.number} "{name}"' if known else f"feature {self.number}"

    def refuse(self, what: str, advice: str) -> None:
        """Note a mistake of this feature."""
        self.sound = False
        self.findings.add(self.file, self.where, what, advice)

    def text(self, key: str, *, required: bool = False) -> str:
        """Return a property that is one line of text; empty when absent or refused."""
        value = self.properties.get(key)
        if value is None or value == "":
            if required:
                self.refuse(f"it has no {key}", f'Give it a property "{key}".')
            return ""
        if not isinstance(value, str) or not printable(value):
            self.refuse(
                f'its "{key}" is no line of text',
                f"Write at most {LONGEST_TEXT} printable characters.",
            )
            return ""
        return value

    def choice(self, key: str, known: Sequence[str], default: str) -> str:
        """Return a property that is one of a few words."""
        value = self.properties.get(key)
        if value is None:
            return default
        if value not in known:
            hint = nearest(str(value), known)
            self.refuse(f'unknown {key} "{value}"{hint}', f'Write one of these as "{key}".')
            return default
        return str(value)

    def amount(self, key: str, low: float, high: float) -> float | None:
        """Return a property that is a number from ``low`` to ``high``; ``None`` when absent."""
        value = self.properties.get(key)
        if value is None:
            return None
        if type(value) not in (int, float) or not low <= value <= high:
            self.refuse(f"its {key} {value!r} is out of range", f"Write {low:g} to {high:g}.")
            return None
        return float(value)

    def lines(self) -> Lines | None:
        """Return the pieces of a LineString or MultiLineString; ``None`` for anything else."""
        found = {"LineString": [self.coordinates], "MultiLineString": self.coordinates}
        return _lines(found.get(self.geometry_type), shortest=2)

    def rings(self) -> Lines | None:
        """Return the outer rings of a Polygon or MultiPolygon; ``None`` for anything else."""
        rings: object = None
        if self.geometry_type == "Polygon" and isinstance(self.coordinates, list):
            rings = self.coordinates[:1]
        elif self.geometry_type == "MultiPolygon" and isinstance(self.coordinates, list):
            rings = [part[0] for part in self.coordinates if isinstance(part, list) and part]
        return _lines(rings, shortest=4)


def read_features(path: Path, findings: Findings, *, needed: bool = True) -> Iterator[Feature]:
    """Yield the features of a file, ready to be asked for what they hold."""
    for number, raw in enumerate(read_collection(path, findings, needed=needed), 1):
        properties = raw.get("properties") if isinstance(raw, Mapping) else None
        geometry = raw.get("geometry") if isinstance(raw, Mapping) else None
        shape = geometry if isinstance(geometry, Mapping) else {}
        yield Feature(
            path.name,
            number,
            properties if isinstance(properties, Mapping) else {},
            str(shape.get("type", "")),
            shape.get("coordinates"),
            findings,
        )


def _lines(value: object, *, shortest: int) -> Lines | None:
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
