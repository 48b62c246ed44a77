"""Make a small, believable territory to demonstrate and test with."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from backend_bridge.territory.area import METRES_PER_DEGREE
from backend_bridge.territory.grid import Metres, Spot, StreetLine, lamp_spots, split, town

CENTRE = (5.0415, 47.3220)
"""Longitude and latitude of Dijon's centre."""
FEEDERS = 4
FIRST_CABINET = 305
LAMP_PITCH_M = 27.0
BEYOND_SMALL = (
    *("sectors.geojson", "groups.toml", "circuits.toml", "addresses.csv"),
    *("buildings.geojson", "water.geojson", "lines.geojson"),
)
MOST_PORTS = 65_535


def generate_small(
    directory: Path,
    *,
    seed: int,
    cabinets: int = 10,
    lamps: int = 76,
    base_port: int = 15020,
    host: str = "127.0.0.1",
) -> None:
    """Write a territory of ``cabinets`` street-lighting cabinets with ``lamps`` lamps each.

    The same arguments write the same bytes. Cabinet *i* answers at ``base_port + i``.

    Raises:
        ValueError: a number out of range.
        OSError: the directory cannot be written.
    """
    if not 1 <= cabinets <= 600:
        raise ValueError(f"{cabinets} cabinets: 1 to 600 can be generated")
    if not FEEDERS <= lamps <= 800:
        raise ValueError(f"{lamps} lamps per cabinet: {FEEDERS} to 800 can be generated")
    if not 1 <= base_port <= MOST_PORTS - cabinets + 1:
        raise ValueError(f"ports {base_port} to {base_port + cabinets - 1}: 1 to 65535 exist")
    rng = random.Random(seed)  # noqa: S311 - a town, not a secret
    total = cabinets * lamps
    streets = town(rng, total * LAMP_PITCH_M)
    spots = lamp_spots(rng, streets, total)
    groups = split(spots, cabinets)
    directory.mkdir(parents=True, exist_ok=True)
    for name in BEYOND_SMALL:  # of a larger territory that stood here: its arcs are gone
        (directory / name).unlink(missing_ok=True)
    equipment: list[dict[str, Any]] = []
    for number, group in enumerate(groups):
        equipment += _cabinet(f"EP-{FIRST_CABINET + number:04d}", group)
    names = [f"EP-{FIRST_CABINET + number:04d}" for number in range(cabinets)]
    _write_features(directory / "equipment.geojson", equipment)
    _write_features(directory / "streets.geojson", [_street(line) for line in streets])
    _write_features(directory / "communes.geojson", [_commune(rng, spots)])
    _write(directory / "territory.toml", _head(seed))
    _write(directory / "links.toml", _links(names, host, base_port))


def _cabinet(cabinet: str, spots: list[Spot]) -> list[dict[str, Any]]:
    """Return a cabinet, its feeders and its lamps, numbered feeder after feeder."""
    middle = (
        sum(spot.x for spot in spots) / len(spots),
        sum(spot.y for spot in spots) / len(spots),
    )
    home = min(spots, key=lambda spot: math.dist((spot.x, spot.y), middle))
    sector = _sector(home)
    at = (home.x + 5.0, home.y + 2.0)
    place = f"{home.house} {_in_address(home.street)}"
    common = {"commune": "Dijon", "sector": sector}
    found = [
        _feature(at, id=cabinet, kind="cabinet", name=f"Armoire {cabinet}", place=place, **common)
    ]
    rank = 0
    lamps = []
    for feeder, group in enumerate(split(spots, FEEDERS)):
        feeder_id = f"{cabinet}-D{feeder + 1}"
        found.append(
            _feature(
                (at[0] + 1.2 * (feeder + 1), at[1]),
                id=feeder_id,
                kind="feeder",
                name=f"Départ {feeder + 1} de {cabinet}",
                parent=cabinet,
                place=place,
                rank=feeder,
                **common,
            )
        )
        for number, spot in enumerate(sorted(group, key=lambda s: (s.street, s.house, s.x)), 1):
            lamps.append(
                _feature(
                    (spot.x, spot.y),
                    id=f"{feeder_id}-{number:02d}",
                    kind="lamp",
                    name=f"Lampe {number:02d}, {_in_address(spot.street)}",
                    parent=feeder_id,
                    place=f"{spot.house} {_in_address(spot.street)}",
                    rank=rank,
                    **common,
                )
            )
            rank += 1
    return found + lamps


def _in_address(street: str) -> str:
    return street[0].lower() + street[1:]


def _sector(spot: Spot) -> str:
    north = "Nord" if spot.y >= 0 else "Sud"
    return f"{north}-{'Est' if spot.x >= 0 else 'Ouest'}"


def _degrees(at: Metres) -> list[float]:
    lon, lat = CENTRE
    return [
        round(lon + at[0] / (METRES_PER_DEGREE * math.cos(math.radians(lat))), 7),
        round(lat + at[1] / METRES_PER_DEGREE, 7),
    ]


def _feature(at: Metres, **properties: str | int) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": _degrees(at)},
        "properties": properties,
    }


def _street(line: StreetLine) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {
            "type": "LineString",
            "coordinates": [_degrees(point) for point in line.points],
        },
        "properties": {"name": line.name},
    }


def _commune(rng: random.Random, spots: Sequence[Spot]) -> dict[str, Any]:
    """Return an invented outline around everything, a little ragged as outlines are."""
    reach_m = max(math.hypot(spot.x, spot.y) for spot in spots) * 1.25 + 100
    ring = []
    for step in range(28):
        angle = math.tau * step / 28
        radius_m = reach_m * rng.uniform(1.0, 1.22)
        ring.append(_degrees((radius_m * math.cos(angle), radius_m * math.sin(angle))))
    return {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
        "properties": {"name": "Dijon"},
    }


def _head(seed: int) -> str:
    return f"""\
# Generated by `beffroi territory make-small`; the streets' names are Dijon's, their course is
# invented. Values older than allowed_age_s seconds are shown as stale.
format = 1
title = "Dijon, quartier de démonstration"
demonstration = true
seed = {seed}
centre = [{CENTRE[0]}, {CENTRE[1]}]
allowed_age_s = 2.5
"""


def _links(cabinets: Sequence[str], host: str, base_port: int) -> str:
    blocks = [
        f"""
[[link]]
id = "{cabinet}"
profile = "lighting-cabinet"
equipment = "{cabinet}"
address = {{ unit = 1 }}
settings = {{ host = "{host}", port = {base_port + number} }}
"""
        for number, cabinet in enumerate(cabinets)
    ]
    return "poll_period_s = 1.0\n" + "".join(blocks)


def _write_features(path: Path, features: Sequence[dict[str, Any]]) -> None:
    """Write a FeatureCollection, one feature a line, so that a difference can be read."""
    lines = ",\n".join(msgspec.json.encode(feature).decode() for feature in features)
    _write(path, f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n')


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8", newline="\n")
