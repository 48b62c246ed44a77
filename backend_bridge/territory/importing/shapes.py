"""Coordinates brought to WGS84 and geometries made usable, each change counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from backend_bridge.territory.importing.layers import Layer
from backend_bridge.territory.importing.libraries import library
from backend_bridge.territory.importing.problems import UnreadableSourceError
from backend_bridge.territory.importing.recognise import family
from backend_bridge.territory.importing.targets import TARGETS

WGS84 = "EPSG:4326"
LAMBERT_93 = "EPSG:2154"
EMPTY = "an empty geometry"
NOT_NUMBERS = "coordinates that are no numbers"
NOT_ON_EARTH = "coordinates that are not on Earth"
NOWHERE = "at 0, 0: a place nobody entered"
LATITUDE_FIRST = (
    "latitude stood before longitude, which is the wrong order: swapped, as the places are then in "
    "France (--crs EPSG:4326 leaves them as they are)"
)
UNREPAIRABLE = "broken geometry: it cannot be repaired"
HEIGHT_DROPPED = "its heights were dropped (3D)"
REPAIRED = "its broken outline was repaired"
CENTRE_TAKEN = "an area: its centre was taken"
SPLIT = "several points: each became one of its own"
PART_TAKEN = "a mixed collection: the parts that suit were taken"


@dataclass(slots=True)
class Shape:
    """One record's geometry in WGS84, two dimensions; ``flaw`` says why there is none."""

    geometry: Any = None
    flaw: str = ""
    notes: list[str] = field(default_factory=list)


def in_degrees(layer: Layer, default_crs: str | None) -> list[Shape]:
    """Return every record's geometry in longitude and latitude, in the records' order.

    Adds to the layer's notes where its coordinate system was guessed.

    Raises:
        UnreadableSourceError: its coordinate system is not known and cannot be guessed.
    """
    shapely, numpy = library("shapely"), library("numpy")
    shapes = [Shape(record.geometry, record.flaw) for record in layer.records]
    for shape in shapes:
        _first_look(shape)
    kept = [shape for shape in shapes if not shape.flaw]
    if not kept:
        return shapes
    flat = shapely.force_2d(numpy.array([shape.geometry for shape in kept], dtype=object))
    places = shapely.get_coordinates(flat)
    crs = _crs(layer, places, default_crs)
    if crs == WGS84 and default_crs is None and _latitude_first(numpy.median(places, axis=0)):
        layer.notes.append(LATITUDE_FIRST)
        flat = shapely.transform(flat, lambda x, y: (y, x), interleaved=False)
    if crs != WGS84:
        transformer = library("pyproj").Transformer.from_crs(crs, WGS84, always_xy=True)
        flat = shapely.transform(flat, transformer.transform, interleaved=False)
    corners = shapely.bounds(flat)
    on_earth = (
        numpy.isfinite(corners).all(axis=1)
        & (numpy.abs(corners[:, [0, 2]]) <= 180).all(axis=1)
        & (numpy.abs(corners[:, [1, 3]]) <= 90).all(axis=1)
    )
    for shape, geometry, good in zip(kept, flat, on_earth, strict=True):
        shape.geometry = geometry if good else None
        shape.flaw = "" if good else NOT_ON_EARTH
    return shapes


def _first_look(shape: Shape) -> None:
    if shape.flaw or shape.geometry is None:
        shape.flaw = shape.flaw or EMPTY
        return
    shapely, numpy = library("shapely"), library("numpy")
    geometry = shape.geometry
    flaw = ""
    if geometry.is_empty:
        flaw = EMPTY
    elif not numpy.isfinite(shapely.get_coordinates(geometry)).all():
        flaw = NOT_NUMBERS
    elif geometry.geom_type == "Point" and geometry.x == 0 and geometry.y == 0:
        flaw = NOWHERE
    elif geometry.has_z:
        shape.notes.append(HEIGHT_DROPPED)
    if flaw:
        shape.geometry, shape.flaw = None, flaw


def _crs(layer: Layer, places: Any, default_crs: str | None) -> str:  # noqa: ANN401 - numpy (n, 2)
    """Return the layer's coordinate system: said, else asked for, else told by the numbers."""
    pyproj, numpy = library("pyproj"), library("numpy")
    middle = numpy.median(places, axis=0)
    said = layer.crs
    if said is not None:
        try:
            known = pyproj.CRS.from_user_input(said)
        except pyproj.exceptions.CRSError:
            layer.notes.append(f'its coordinate system "{said[:60]}" is not known to PROJ')
        else:
            if not known.is_geographic or _degrees(middle):
                return WGS84 if known.equals(pyproj.CRS(WGS84)) else said
            layer.notes.append("it says degrees and holds metres: what it says was not believed")
    if default_crs is not None and (
        not _degrees(middle) or pyproj.CRS.from_user_input(default_crs).is_geographic
    ):
        layer.notes.append(f"no coordinate system in the file: {default_crs} as asked")
        return default_crs
    guess = _guess(float(middle[0]), float(middle[1]))
    if not guess:
        raise UnreadableSourceError(
            f"it does not say its coordinate system, and {middle[0]:.0f}, {middle[1]:.0f} is "
            "neither degrees nor French metres; say it with --crs EPSG:… or in a mapping file"
        )
    if guess != WGS84:
        layer.notes.append(f"no coordinate system in the file: {guess} by its numbers")
    elif said is None and not layer.file.lower().endswith("json"):
        layer.notes.append("no coordinate system in the file: degrees (WGS84) by its numbers")
    return guess


def _latitude_first(middle: Sequence[float]) -> bool:
    """Return whether degrees are France's if read the other way round, and sea or desert if not."""
    x, y = middle
    return 41 <= x <= 51.5 and -5.5 <= y <= 10


def _degrees(middle: Sequence[float]) -> bool:
    return abs(middle[0]) <= 180 and abs(middle[1]) <= 90


def _guess(x: float, y: float) -> str:
    """Tell degrees, Lambert-93 and the nine conical zones (CC42 to CC50) by where they fall."""
    if _degrees((x, y)):
        return WGS84
    if 0 <= x <= 1_300_000 and 6_000_000 <= y <= 7_200_000:
        return LAMBERT_93
    zone = 41 + round((y - 200_000) / 1_000_000)
    northing = (zone - 41) * 1_000_000 + 200_000
    if 42 <= zone <= 50 and 1_000_000 <= x <= 2_400_000 and abs(y - northing) <= 200_000:
        return f"EPSG:{3900 + zone}"
    return ""


def suited(shape: Shape, target: str) -> tuple[list[Any], str, list[str]]:
    """Return the geometries a target can use, or why there is none; and what was changed.

    Points come one by one (a MultiPoint of three lamps is three lamps); lines and areas whole.
    """
    wanted = TARGETS[target].family
    geometry = shape.geometry
    notes = list(shape.notes)
    if not family(geometry):
        parts = [part for part in geometry.geoms if _suits(part, wanted)]
        if not parts:
            return [], _wrong(geometry, target), notes
        notes.append(PART_TAKEN)
        geometry = library("shapely").union_all(parts) if wanted != "point" else parts[0]
    if wanted == "point":
        return _points(geometry, target, notes)
    if not _suits(geometry, wanted):
        return [], _wrong(geometry, target), notes
    if family(geometry) == "area" and not geometry.is_valid:
        geometry = _repaired(geometry)
        if geometry is None:
            return [], UNREPAIRABLE, notes
        notes.append(REPAIRED)
    if family(geometry) == "line" and geometry.length == 0:
        return [], EMPTY, notes
    return [geometry], "", notes


def _suits(geometry: Any, wanted: str) -> bool:  # noqa: ANN401 - shapely
    found = family(geometry)
    return found == wanted or (wanted == "shape" and found in {"line", "area"})


def _wrong(geometry: Any, target: str) -> str:  # noqa: ANN401 - shapely
    wanted = {"point": "a point", "line": "a line", "area": "an area", "shape": "a line or area"}
    need = wanted[TARGETS[target].family]
    return f"its geometry is a {geometry.geom_type}; {target} needs {need}"


def _points(
    geometry: Any,  # noqa: ANN401 - shapely
    target: str,
    notes: list[str],
) -> tuple[list[Any], str, list[str]]:
    if geometry.geom_type == "Point":
        return [geometry], "", notes
    if geometry.geom_type == "MultiPoint":
        points = list(geometry.geoms)
        return points, "", [*notes, SPLIT] if len(points) > 1 else notes
    if family(geometry) == "area":
        return [geometry.representative_point()], "", [*notes, CENTRE_TAKEN]
    return [], _wrong(geometry, target), notes


def _repaired(geometry: Any) -> Any:  # noqa: ANN401 - shapely
    """Return the area of a self-crossing or unclosed outline, ``None`` when nothing is left."""
    shapely = library("shapely")
    fixed = shapely.make_valid(geometry)
    areas = [part for part in shapely.get_parts([fixed]) if family(part) == "area"]
    areas += [
        inner
        for part in shapely.get_parts([fixed])
        if not family(part)
        for inner in part.geoms
        if family(inner) == "area"
    ]
    whole = shapely.union_all(areas) if areas else None
    return whole if whole is not None and family(whole) == "area" and whole.area > 0 else None
