"""GeoJSON feature by feature: one broken feature costs one feature, never the file.

Also as a sequence (RFC 8142, or one feature a line), whatever the file is called.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from backend_bridge.territory.importing.layers import Layer, Record
from backend_bridge.territory.importing.libraries import library
from backend_bridge.territory.importing.problems import UnreadableSourceError

NO_GEOMETRY = "no geometry"
BROKEN = "broken geometry: it cannot be read"
NOT_A_FEATURE = "not a GeoJSON feature"
RECORD_SEPARATOR = b"\x1e"


class _Document(msgspec.Struct, frozen=True):
    type: str = ""
    features: list[msgspec.Raw] = []
    crs: msgspec.Raw = msgspec.Raw(b"null")


def read_geojson(path: Path, shown: str) -> list[Layer]:
    """Read a FeatureCollection, one feature or a sequence of features as one layer.

    Raises:
        UnreadableSourceError: it is not GeoJSON.
    """
    data = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    features, document = _features(data)
    records = [_record(number, raw) for number, raw in enumerate(features, 1)]
    fields = dict.fromkeys(key for record in records for key in record.attributes)
    return [
        Layer(file=shown, name="", crs=_crs(document), fields=tuple(fields), records=records),
    ]


def _features(data: bytes) -> tuple[list[msgspec.Raw], _Document]:
    """Return the features as they are written, and the document that holds them."""
    try:
        document = msgspec.json.decode(data, type=_Document)
    except msgspec.ValidationError as error:
        raise UnreadableSourceError(f"it is JSON but not GeoJSON: {error}") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        sequence = _sequence(data)
        if sequence:
            return sequence, _Document()
        raise UnreadableSourceError(f"it is not JSON, whatever its name: {error}") from error
    if document.type == "Feature":
        return [msgspec.Raw(data)], document
    if document.type != "FeatureCollection":
        raise UnreadableSourceError(
            f'it is JSON of type "{document.type}", not a GeoJSON FeatureCollection'
        )
    return list(document.features), document


def _sequence(data: bytes) -> list[msgspec.Raw]:
    """Return the features of a sequence, none when this is not one: its first text is no feature.

    A text that is damaged or cut off further on stays, to be counted as what it is.
    """
    texts = data.split(RECORD_SEPARATOR) if RECORD_SEPARATOR in data else data.splitlines()
    texts = [text for text in map(bytes.strip, texts) if text]
    try:
        first = msgspec.json.decode(texts[0], type=_Document) if texts else _Document()
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return []
    return list(map(msgspec.Raw, texts)) if first.type == "Feature" else []


def _record(number: int, raw: msgspec.Raw) -> Record:
    try:
        feature = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Record(number, None, {}, flaw=NOT_A_FEATURE)
    if not isinstance(feature, dict):
        return Record(number, None, {}, flaw=NOT_A_FEATURE)
    properties = feature.get("properties")
    attributes = dict(properties) if isinstance(properties, dict) else {}
    if "id" in feature and "id" not in attributes:
        attributes["id"] = feature["id"]
    described = feature.get("geometry")
    if described is None:
        return Record(number, None, attributes, flaw=NO_GEOMETRY)
    geometry = _shape(described)
    return Record(number, geometry, attributes, flaw="" if geometry is not None else BROKEN)


def _shape(described: object) -> Any:  # noqa: ANN401 - a shapely geometry
    if not isinstance(described, Mapping):
        return None
    try:
        return library("shapely.geometry").shape(described)
    except Exception:  # noqa: BLE001 - shapely raises whatever the nonsense inside leads to
        return None


def _crs(document: _Document) -> str | None:
    """Return the old ``crs`` member's name (GeoJSON 2008), which many city portals still write."""
    try:
        member = msgspec.json.decode(document.crs)
        name = member["properties"]["name"]
    except (msgspec.DecodeError, TypeError, KeyError):
        return None
    return name if isinstance(name, str) else None
