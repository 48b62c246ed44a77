"""OpenStreetMap extracts (PBF), through pyosmium: only what a territory can use."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from backend_bridge.territory.area import METRES_PER_DEGREE
from backend_bridge.territory.importing import osm_tags
from backend_bridge.territory.importing.alias import as_named, plain_name
from backend_bridge.territory.importing.layers import Layer, Record
from backend_bridge.territory.importing.libraries import library
from backend_bridge.territory.importing.problems import UnreadableSourceError
from backend_bridge.territory.importing.read_geojson import BROKEN

SAME_JUNCTION_M = 30.0
SAME_JUNCTION = f"within {SAME_JUNCTION_M:.0f} m of a signal already taken: the same junction"
PARTS_MISSING = "parts of it lie outside the extract"
_KEYS = ("highway", "man_made", "barrier", "building", "waterway", "natural", "railway")
_OTHER_KEYS = ("addr:housenumber", "boundary", "route")
_ROUTES = frozenset({"bus", "trolleybus", "tram"})


def read_osm(path: Path, shown: str) -> list[Layer]:
    """Read an extract as one layer for each thing found in it.

    Raises:
        UnreadableSourceError: it is not an extract, or it is damaged.
    """
    if not _is_pbf(path):
        raise UnreadableSourceError("it is not an OpenStreetMap PBF, whatever its name")
    reader = _Reader()
    try:
        with plain_name(path, "extract.osm.pbf") as alias:
            reader.read(alias)
    except (RuntimeError, ValueError, OSError) as error:
        raise UnreadableSourceError(f"pyosmium cannot read it: {as_named(error, path)}") from error
    return reader.layers(shown)


def _is_pbf(path: Path) -> bool:
    """Return whether the file starts with a length and a blob header of type OSMHeader."""
    with path.open("rb") as file:
        return b"OSMHeader" in file.read(64)


class _Reader:
    def __init__(self) -> None:
        self._found: defaultdict[str, list[Record]] = defaultdict(list)
        self._routes: dict[int, tuple[dict[str, Any], list[int]]] = {}
        self._ways: dict[int, Any] = {}

    def read(self, path: Path) -> None:
        """Go through the file three times: the routes, their ways, and all the rest."""
        osmium = library("osmium")
        relation = osmium.osm.RELATION
        for item in osmium.FileProcessor(str(path), relation).with_filter(
            osmium.filter.KeyFilter("route")
        ):
            tags = _tags(item)
            if tags.get("route") in _ROUTES:
                members = [member.ref for member in item.members if member.type == "w"]
                self._routes[item.id] = (tags, members)
        wanted = {way for _, members in self._routes.values() for way in members}
        if wanted:
            self._read_ways(path, wanted)
        self._factory = osmium.geom.WKBFactory()
        features = osmium.FileProcessor(str(path)).with_locations().with_areas()
        for item in features.with_filter(osmium.filter.KeyFilter(*_KEYS, *_OTHER_KEYS)):
            self._take(item)
        for number, (tags, members) in self._routes.items():
            self._take_route(number, tags, members)
        _one_per_junction(self._found["signal"])

    def _read_ways(self, path: Path, wanted: Iterable[int]) -> None:
        osmium = library("osmium")
        factory = osmium.geom.WKBFactory()
        shapely = library("shapely")
        chosen = osmium.filter.IdFilter(wanted).enable_for(osmium.osm.WAY)
        for item in osmium.FileProcessor(str(path)).with_locations().with_filter(chosen):
            if item.is_way():
                try:
                    line = factory.create_linestring(item)
                except (osmium.InvalidLocationError, RuntimeError):
                    continue
                self._ways[item.id] = shapely.from_wkb(bytes.fromhex(line))

    def _take(self, item: Any) -> None:  # noqa: ANN401 - a pyosmium object
        osmium = library("osmium")
        tags = _tags(item)
        if item.is_node():
            family, letter, number = "point", "n", item.id
        elif item.is_area():
            family = "area"
            letter, number = ("w" if item.from_way() else "r"), item.orig_id()
        elif item.is_way():
            family, letter, number = "line", "w", item.id
        else:
            return
        for target in osm_tags.targets(tags, family):
            flaw = osm_tags.reason_against(tags, target)
            geometry = None
            if not flaw:
                try:
                    geometry = self._geometry(item, family)
                except osmium.InvalidLocationError:
                    flaw = PARTS_MISSING
                except RuntimeError:  # pyosmium's word for a shape that is none
                    flaw = BROKEN
            attributes = {"osm_id": f"{letter}{number}", **tags}
            records = self._found[target]
            records.append(Record(len(records) + 1, geometry, attributes, flaw, target))

    def _geometry(self, item: Any, family: str) -> Any:  # noqa: ANN401 - pyosmium in, shapely out
        if family == "point":
            blob = self._factory.create_point(item)
        elif family == "line":
            blob = self._factory.create_linestring(item)
        else:
            blob = self._factory.create_multipolygon(item)
        return library("shapely").from_wkb(bytes.fromhex(blob))

    def _take_route(self, number: int, tags: dict[str, Any], members: list[int]) -> None:
        lines = [self._ways[way] for way in members if way in self._ways]
        geometry = library("shapely").MultiLineString(lines) if lines else None
        target = "tram" if tags["route"] == "tram" else "bus"
        records = self._found[target]
        flaw = "" if lines else PARTS_MISSING
        attributes = {"osm_id": f"r{number}", **tags}
        records.append(Record(len(records) + 1, geometry, attributes, flaw, target))

    def layers(self, shown: str) -> list[Layer]:
        """Return one layer for each target found."""
        return [
            Layer(
                file=shown,
                name=target,
                crs="EPSG:4326",
                fields=tuple(dict.fromkeys(key for r in records for key in r.attributes)),
                records=records,
            )
            for target, records in sorted(self._found.items())
            if records
        ]


def _one_per_junction(records: Iterable[Record]) -> None:
    """Keep one signal of each junction: OpenStreetMap has one for each approach."""
    kept: defaultdict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
    for record in records:
        if record.geometry is None:
            continue
        y = record.geometry.y * METRES_PER_DEGREE
        x = record.geometry.x * METRES_PER_DEGREE * math.cos(math.radians(record.geometry.y))
        column, row = int(x // SAME_JUNCTION_M), int(y // SAME_JUNCTION_M)
        near = (
            place
            for i in (column - 1, column, column + 1)
            for j in (row - 1, row, row + 1)
            for place in kept.get((i, j), ())
        )
        if any(math.hypot(x - px, y - py) < SAME_JUNCTION_M for px, py in near):
            record.geometry, record.flaw = None, SAME_JUNCTION
        else:
            kept[column, row].append((x, y))


def _tags(item: Any) -> dict[str, Any]:  # noqa: ANN401 - a pyosmium object
    return {tag.k: tag.v for tag in item.tags}
