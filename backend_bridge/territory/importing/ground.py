"""Streets, addresses, buildings, water, communes, sectors and lines out of records."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from backend_bridge.territory.importing.attributes import Fields, as_number
from backend_bridge.territory.importing.city import City, Ground
from backend_bridge.territory.importing.layers import Record
from backend_bridge.territory.importing.libraries import library
from backend_bridge.territory.importing.targets import plain
from backend_bridge.territory.records import STREET_CLASSES

NO_ADDRESS = "an address with neither number nor street"
MERGED = "the same name as another: the two outlines are one now"
ID_DROPPED = "its id was used twice: this arc has none"
NO_INSEE = "its INSEE code is none or used twice: left out"
_HOUSE = re.compile(r"^\s*(\d+\s*(?:bis|ter|quater|[A-Za-z](?![A-Za-z]))?)[\s,]+(.+)$", re.I)
_INSEE = re.compile(r"^(?:\d\d|2[AB])\d{3}$")
_NAMELESS = ("non denomme", "sans nom", "sans denomination", "unnamed", "non renseigne")

_CLASS_WORDS = (
    ("autorout", "motorway"),
    ("motorway", "motorway"),
    ("trunk", "trunk"),
    ("primary", "primary"),
    ("secondary", "secondary"),
    ("tertiary", "tertiary"),
    ("pieton", "pedestrian"),
    ("cyclable", "cycleway"),
    ("steps", "footway"),
    ("path", "footway"),
    ("sentier", "footway"),
    ("escalier", "footway"),
    ("chemin", "track"),
    ("fluvial", "other"),
    ("bridleway", "track"),
    ("busway", "service"),
)
_WATER_WORDS = (
    ("canal", "canal"),
    ("lac", "lake"),
    ("lake", "lake"),
    ("plan d eau", "lake"),
    ("etang", "lake"),
    ("bassin", "lake"),
    ("pond", "lake"),
    ("reservoir", "lake"),
    ("ruisseau", "stream"),
    ("stream", "stream"),
    ("fosse", "stream"),
    ("ditch", "stream"),
    ("drain", "stream"),
    ("river", "river"),
    ("cours d eau", "river"),
)

Taker = Callable[[City, Fields, Record, Any, list[str]], str]


def take_street(city: City, fields: Fields, record: Record, line: Any, changes: list[str]) -> str:  # noqa: ANN401 - shapely
    """Add an arc."""
    if line.geom_type == "MultiLineString":
        line = library("shapely").line_merge(line)
    name = fields.text(record, "name", changes)
    if any(word in plain(name) for word in _NAMELESS):
        name = ""
    kind = _class(fields, record)
    properties: dict[str, Any] = {
        "name": name,
        "class": kind,
        "direction": _direction(fields.value(record, "direction"), kind),
    }
    arc = fields.text(record, "id", changes)
    if arc and arc in city.street_ids:
        changes.append(ID_DROPPED)
    elif arc:
        city.street_ids.add(arc)
        properties["id"] = arc
    city.streets.append(Ground(line, properties))
    return ""


def _class(fields: Fields, record: Record) -> str:
    value = fields.value(record, "class")
    if not isinstance(value, str):
        return "residential"
    if value in STREET_CLASSES:
        return value
    text = plain(value)
    return next((kind for word, kind in _CLASS_WORDS if word in text), "residential")


def _direction(value: object, kind: str) -> str:
    text = plain(str(value)) if value is not None else ""
    raw = str(value).strip()
    if kind in {"pedestrian", "footway"} or text.startswith(("interdit", "sans objet")):
        return "none"
    if raw == "-1" or text.startswith(("sens inverse", "inverse", "backward", "reverse")):
        return "backward"
    if text.startswith(("sens unique", "sens direct", "direct", "forward", "unique")):
        return "forward"
    return "forward" if text in {"yes", "true", "1", "oneway"} else "both"


def take_address(
    city: City,
    fields: Fields,
    record: Record,
    point: Any,  # noqa: ANN401 - shapely
    changes: list[str],
) -> str:
    """Add a house number, or a place with a name and no number."""
    number = fields.text(record, "number", changes)
    street = fields.text(record, "street", changes)
    suffix = fields.text(record, "suffix", changes)
    if number and suffix and suffix.casefold() not in number.casefold():
        number = f"{number} {suffix}"
    if not street or not number:
        whole = fields.text(record, "full_address", changes)
        house = _HOUSE.match(whole)
        if house and not number:
            number = house[1].strip()
        if not street:
            street = house[2].strip() if house else whole
    if not street:
        return NO_ADDRESS
    commune = fields.text(record, "commune", changes)
    city.addresses.append((number, street, commune, round(point.x, 7), round(point.y, 7)))
    return ""


def take_building(city: City, fields: Fields, record: Record, area: Any, changes: list[str]) -> str:  # noqa: ANN401 - shapely
    """Add a footprint."""
    city.buildings.append(Ground(area, _named(fields, record, ("name", "use"), changes)))
    return ""


def take_water(city: City, fields: Fields, record: Record, shape: Any, changes: list[str]) -> str:  # noqa: ANN401 - shapely
    """Add a river, a lake or a ditch."""
    properties = _named(fields, record, ("name",), changes)
    told = plain(f"{fields.value(record, 'class') or ''} {properties.get('name', '')}")
    properties["class"] = next((kind for word, kind in _WATER_WORDS if word in told), "river")
    city.water.append(Ground(shape, properties))
    return ""


def take_commune(city: City, fields: Fields, record: Record, area: Any, changes: list[str]) -> str:  # noqa: ANN401 - shapely
    """Add a commune's outline; one without a name is named when the city's title is known."""
    properties = _named(fields, record, ("name",), changes)
    name = properties.setdefault("name", "")
    insee = fields.text(record, "insee", changes).upper()
    if insee:
        used = {other.properties.get("insee") for other in city.communes.values()}
        if _INSEE.match(insee) and insee not in used:
            properties["insee"] = insee
        elif name not in city.communes:
            changes.append(NO_INSEE)
    population = as_number(fields.value(record, "population"))
    if population is not None and population >= 0:
        properties["population"] = int(population)
    _merge(city.communes, name, Ground(area, properties), changes)
    return ""


def take_sector(city: City, fields: Fields, record: Record, area: Any, changes: list[str]) -> str:  # noqa: ANN401 - shapely
    """Add a sector's outline."""
    name = fields.text(record, "name", changes) or f"Secteur {record.number}"
    _merge(city.sectors, name, Ground(area, {"name": name}), changes)
    return ""


def take_tram(city: City, fields: Fields, record: Record, line: Any, changes: list[str]) -> str:  # noqa: ANN401 - shapely
    """Add a tram line."""
    properties = _named(fields, record, ("name",), changes)
    city.lines.append(Ground(line, {**properties, "mode": "tram"}))
    return ""


def take_bus(city: City, fields: Fields, record: Record, line: Any, changes: list[str]) -> str:  # noqa: ANN401 - shapely
    """Add a bus line."""
    properties = _named(fields, record, ("name",), changes)
    city.lines.append(Ground(line, {**properties, "mode": "bus"}))
    return ""


TAKERS: Mapping[str, Taker] = {
    "street": take_street,
    "address": take_address,
    "building": take_building,
    "water": take_water,
    "commune": take_commune,
    "sector": take_sector,
    "tram": take_tram,
    "bus": take_bus,
}


def _named(
    fields: Fields, record: Record, keys: tuple[str, ...], changes: list[str]
) -> dict[str, Any]:
    texts = {key: fields.text(record, key, changes) for key in keys}
    return {key: text for key, text in texts.items() if text}


def _merge(into: dict[str, Ground], name: str, found: Ground, changes: list[str]) -> None:
    before = into.get(name)
    if before is None:
        into[name] = found
        return
    changes.append(MERGED)
    before.geometry = library("shapely").union(before.geometry, found.geometry)
