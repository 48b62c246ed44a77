"""Which cameras show a place best: those that look at it first, then the nearest. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from backend_bridge.contract.points import Equipment

NEAR_M = 300.0
WIDER_M = 1_000.0
WANTED = 4
_METRES_A_DEGREE = 111_320.0


@dataclass(frozen=True, slots=True)
class Near:
    """One camera and why it is proposed: metres away, and whether the place lies in its cone."""

    camera: str
    metres: float
    sees: bool


def nearest(
    cameras: Iterable[Equipment], lon: float, lat: float, *, within_m: float, wanted: int = WANTED
) -> list[Near]:
    """Return the best cameras for a place (WGS84 degrees), at most ``wanted``."""
    metres_a_lon = _METRES_A_DEGREE * math.cos(math.radians(lat))
    found = []
    for item in cameras:
        east, north = (lon - item.lon) * metres_a_lon, (lat - item.lat) * _METRES_A_DEGREE
        metres = math.hypot(east, north)
        if metres <= within_m:
            found.append(Near(item.id, metres, _sees(item, east, north, metres)))
    found.sort(key=lambda near: (not near.sees, near.metres, near.camera))
    return found[:wanted]


def _sees(item: Equipment, east: float, north: float, metres: float) -> bool:
    sight = item.sight
    if sight is None or metres > sight.range_m:
        return False
    if sight.bearing is None or sight.width >= 360 or metres < 1:
        return True
    away = (math.degrees(math.atan2(east, north)) - sight.bearing + 180) % 360 - 180
    return abs(away) <= sight.width / 2
