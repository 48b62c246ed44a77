"""Equipment out of records: identifiers made unique, cameras given what a camera needs."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from backend_bridge.territory.cameras import NO_STREAM, SCHEMES
from backend_bridge.territory.importing.attributes import Fields, as_number
from backend_bridge.territory.importing.city import City, Item
from backend_bridge.territory.importing.layers import Record
from backend_bridge.territory.importing.tally import LayerTally
from backend_bridge.territory.importing.targets import TARGETS

SAME_AGAIN = "the same id and place as one before: the same thing twice"
ID_TAKEN = "its id was taken: it got another"
ID_GIVEN = "it has no id: it got one"
STREAM_UNKNOWN = "the source tells no stream, or one used twice: it has none yet"
OTHER_LAYER = "another layer has one at the same place: the same thing twice"
SAME_PLACE_DEGREES = 1e-6
"""About a decimetre."""


def take_equipment(
    city: City,
    target: str,
    fields: Fields,
    record: Record,
    point: Any,  # noqa: ANN401 - shapely
    *,
    id_text: str,
    tally: LayerTally,
    changes: list[str],
) -> str:
    """Add one equipment; return why it is left, empty when it is taken."""
    rule = TARGETS[target]
    lon, lat = round(point.x, 7), round(point.y, 7)
    # one inventory published twice, as Shapefile and as GeoJSON
    if city.places.setdefault((target, round(lon, 6), round(lat, 6)), tally) is not tally:
        return OTHER_LAYER
    item_id = f"{rule.prefix}-{id_text}" if id_text.isdigit() else id_text
    if not item_id:
        item_id = _next_id(city, rule.prefix)
        changes.append(ID_GIVEN)
    twin = city.items.get(item_id)
    if twin is not None:
        if twin.kind == rule.kind and _same_place(twin, lon, lat):
            return SAME_AGAIN
        item_id = _another(city, item_id)
        changes.append(ID_TAKEN)
    item = Item(
        id=item_id,
        kind=rule.kind,
        target=target,
        lon=lon,
        lat=lat,
        name=fields.text(record, "name", changes),
        place=fields.text(record, "place", changes),
        commune=fields.text(record, "commune", changes),
        sector=fields.text(record, "sector", changes),
        origin=tally,
        number=record.number,
    )
    if target == "camera":
        item.extras = _camera(city, fields, record, changes)
    city.items[item_id] = item
    return ""


def _same_place(item: Item, lon: float, lat: float) -> bool:
    return max(abs(item.lon - lon), abs(item.lat - lat)) <= SAME_PLACE_DEGREES


def _next_id(city: City, prefix: str) -> str:
    while True:
        city.given[prefix] += 1
        item_id = f"{prefix}-{city.given[prefix]:05d}"
        if item_id not in city.items:
            return item_id


def _another(city: City, item_id: str) -> str:
    base = item_id[:280]
    while True:
        city.given[item_id] += 1
        other = f"{base}-{city.given[item_id] + 1}"
        if other not in city.items:
            return other


def _camera(city: City, fields: Fields, record: Record, changes: list[str]) -> dict[str, Any]:
    """Return what a camera needs beyond other equipment, as far as the source tells."""
    city.given["camera number"] += 1
    extras: dict[str, Any] = {"number": city.given["camera number"]}
    stream = fields.text(record, "stream", [])
    if not _is_stream(stream) or city.given[f"stream {stream}"]:
        stream = NO_STREAM
        changes.append(STREAM_UNKNOWN)
    else:
        city.given[f"stream {stream}"] += 1
    extras["stream"] = stream
    bearing = as_number(fields.value(record, "bearing"))
    if bearing is not None:
        extras["bearing"] = round(bearing % 360, 1) % 360
    for key, most in (("width", 360), ("range_m", 5000)):
        value = as_number(fields.value(record, key))
        if value is not None and 0 < value <= most:
            extras[key] = value
    return extras


def _is_stream(text: str) -> bool:
    try:
        parts = urlsplit(text)
        _ = parts.port  # raises when it is none
    except ValueError:
        return False
    return parts.scheme in SCHEMES and bool(parts.hostname)
