"""What lies under the equipment: communes, sectors, streets, and the base map's layers."""

from __future__ import annotations

import csv
import itertools
import math
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from backend_bridge.territory.area import METRES_PER_DEGREE
from backend_bridge.territory.features import (
    GIVE_AREA,
    GIVE_LINE,
    NO_AREA,
    NO_LINE,
    Feature,
    position,
    printable,
    read_features,
)
from backend_bridge.territory.problems import Findings
from backend_bridge.territory.records import (
    DIRECTIONS,
    LINE_MODES,
    STREET_CLASSES,
    WATER_CLASSES,
    Address,
    Building,
    Commune,
    Lines,
    Position,
    Sector,
    Street,
    TransitLine,
    Water,
)

ADDRESS_COLUMNS = ("number", "street", "commune", "lon", "lat")
_INSEE = re.compile(r"(?:\d\d|2[AB])\d{3}")


def ground_m(line: tuple[Position, ...]) -> float:
    """Return the length of a line in metres, exact to a thousandth over a city."""
    shrink = math.cos(math.radians(line[0][1])) if line else 1.0
    return METRES_PER_DEGREE * sum(
        math.hypot((b[0] - a[0]) * shrink, b[1] - a[1]) for a, b in itertools.pairwise(line)
    )


def read_streets(path: Path, findings: Findings) -> tuple[Street, ...]:
    """Return the street arcs of a file, in its order."""
    found = []
    ids: set[str] = set()
    for feature in read_features(path, findings):
        lines = feature.lines()
        if lines is None:
            feature.refuse(NO_LINE, GIVE_LINE)
            continue
        arc_id = feature.text("id")
        if arc_id in ids:
            feature.refuse("this id is used twice", "Give each arc its own id.")
        elif arc_id:
            ids.add(arc_id)
        start, end = sys.intern(feature.text("from")), sys.intern(feature.text("to"))
        if bool(start) != bool(end):
            feature.refuse("it has one of from and to", "Give both nodes, or neither.")
        found.append(
            Street(
                sys.intern(feature.text("name")),
                lines,
                id=arc_id,
                start=start,
                end=end,
                direction=feature.choice("direction", DIRECTIONS, "both"),
                category=feature.choice("class", STREET_CLASSES, "residential"),
                length_m=_length(feature, lines),
                commune=sys.intern(feature.text("commune")),
            )
        )
    return tuple(found)


def _length(feature: Feature, lines: Lines) -> float:
    drawn_m = sum(ground_m(line) for line in lines)
    said_m = feature.amount("length_m", 0, 1_000_000)
    if said_m is None:
        return round(drawn_m, 1)
    if abs(said_m - drawn_m) > max(5.0, drawn_m / 10):
        feature.refuse(
            f"its length_m is {said_m:g} m and its line is {drawn_m:.0f} m long",
            "Correct the length, or leave it out.",
        )
    return said_m


def read_communes(path: Path, findings: Findings) -> tuple[Commune, ...]:
    """Return the communes of a file; those without a polygon have no rings."""
    found: list[Commune] = []
    names: set[str] = set()
    codes: set[str] = set()
    for feature in read_features(path, findings):
        rings: Lines | None = ()
        centre = position(feature.properties.get("centre"))
        if feature.properties.get("centre") is not None and centre is None:
            feature.refuse("its centre is no place on Earth", "Write [longitude, latitude].")
        if feature.geometry_type == "Point":
            centre = position(feature.coordinates)
            rings = () if centre is not None else None
        elif feature.geometry_type:
            rings = feature.rings()
        if rings is None:
            feature.refuse(NO_AREA, f"{GIVE_AREA[:-1]}, a Point, or null.")
            continue
        insee = feature.text("insee")
        if insee and not _INSEE.fullmatch(insee):
            feature.refuse(f'"{insee}" is no INSEE code', "Write five characters, as 21231.")
        elif insee in codes:
            feature.refuse(f"INSEE code {insee} is used twice", "Give each commune its own.")
        elif insee:
            codes.add(insee)
        found.append(Commune(_new_name(feature, names), rings, insee, _people(feature), centre))
    return tuple(found)


def _people(feature: Feature) -> int | None:
    population = feature.properties.get("population")
    if population is not None and (type(population) is not int or population < 0):
        feature.refuse(f"its population is {population!r}", "Write a whole number from 0.")
        return None
    return population


def _new_name(feature: Feature, names: set[str]) -> str:
    name = feature.text("name", required=True)
    if name in names:
        feature.refuse("this name is used twice", "Give each its own name.")
    elif name:
        names.add(name)
    return sys.intern(name)


def read_sectors(path: Path, findings: Findings) -> tuple[Sector, ...]:
    """Return the sectors of a file; none when there is no such file."""
    names: set[str] = set()
    return tuple(
        Sector(_new_name(feature, names), rings) for feature, rings in _areas(path, findings)
    )


def read_buildings(path: Path, findings: Findings) -> tuple[Building, ...]:
    """Return the footprints of a file; none when there is no such file."""
    return tuple(
        Building(feature.text("name"), rings, feature.text("use"))
        for feature, rings in _areas(path, findings)
    )


def _areas(path: Path, findings: Findings) -> Iterator[tuple[Feature, Lines]]:
    for feature in read_features(path, findings, needed=False):
        rings = feature.rings()
        if rings is None:
            feature.refuse(NO_AREA, GIVE_AREA)
        else:
            yield feature, rings


def read_water(path: Path, findings: Findings) -> tuple[Water, ...]:
    """Return rivers and lakes of a file; none when there is no such file."""
    found = []
    for feature in read_features(path, findings, needed=False):
        course, shore = feature.lines(), feature.rings()
        lines = course if course is not None else shore
        if lines is None:
            feature.refuse(
                "its geometry is neither a line nor an area on Earth",
                "Give it a LineString, a Polygon or their Multi- of [longitude, latitude].",
            )
            continue
        kind = feature.choice("class", WATER_CLASSES, "river")
        found.append(Water(feature.text("name"), lines, kind, is_area=course is None))
    return tuple(found)


def read_transit(path: Path, findings: Findings) -> tuple[TransitLine, ...]:
    """Return the tram, bus and rail lines of a file; none when there is no such file."""
    found = []
    for feature in read_features(path, findings, needed=False):
        lines = feature.lines()
        if lines is None:
            feature.refuse(NO_LINE, GIVE_LINE)
            continue
        mode = feature.choice("mode", LINE_MODES, "bus")
        found.append(TransitLine(feature.text("name"), lines, mode))
    return tuple(found)


def read_addresses(path: Path, findings: Findings) -> tuple[Address, ...]:
    """Return the house numbers of a CSV file; none when there is no such file."""
    return tuple(each_address(path, findings))


def each_address(path: Path, findings: Findings) -> Iterator[Address]:
    """Give the house numbers of a CSV file one by one: a large city's need not be held at once."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(file, strict=True)
            columns = _columns(path.name, next(rows, []), findings)
            if columns:
                for row in rows:
                    address = _address(path.name, rows.line_num, row, columns, findings)
                    if address is not None:
                        yield address
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        findings.add(path.name, "", f"cannot be read: {error}", "Export it as UTF-8 CSV.")


def _columns(file: str, header: list[str], findings: Findings) -> list[int]:
    missing = [name for name in ADDRESS_COLUMNS if header.count(name) != 1]
    if not missing:
        return [header.index(name) for name in ADDRESS_COLUMNS]
    findings.add(
        file,
        "line 1",
        f"its header does not name once: {', '.join(missing)}",
        f"Begin the file with {','.join(ADDRESS_COLUMNS)}.",
    )
    return []


def _address(
    file: str, line: int, row: list[str], columns: list[int], findings: Findings
) -> Address | None:
    if not row:
        return None  # an empty line, as editors leave at the end
    try:
        number, street, commune, lon, lat = (row[column] for column in columns)
        place = position([float(lon), float(lat)])
    except (IndexError, ValueError):
        place = None
    if place is None:
        findings.add(
            file,
            f"line {line}",
            "it has no place on Earth",
            "Write number, street, commune, longitude and latitude in degrees.",
        )
        return None
    for text in (number, street, commune):
        if text and not printable(text):
            advice = "Write at most 300 printable characters."
            findings.add(file, f"line {line}", f"{text!r:.80} is no line of text", advice)
            return None
    if not street:
        findings.add(file, f"line {line}", "it has no street", "Name the street or the place.")
        return None
    return Address(number, sys.intern(street), sys.intern(commune), *place)
