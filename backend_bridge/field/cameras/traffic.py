"""Who is in the street at a moment: vehicles in their lanes, people on the pavements.

Where everybody is follows from the seed and the time alone: nothing is remembered between two
pictures, so a picture can be drawn for any moment.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from backend_bridge.field.cameras.street import FAR_M, NEAR_M, Street

LAST_M = NEAR_M - 3.5
"""Behind this distance nobody is in the picture any more."""
_HEADWAY_S = 4.5
_PACE_S = 7.0
VEHICLES = ("car", "car", "car", "van", "bus")
COLOURS = 8


@dataclass(frozen=True, slots=True)
class Mover:
    """One vehicle or person: sort, look, and where it is in metres.

    Attributes:
        sort: ``car``, ``van``, ``bus`` or ``person``.
        colour: which of ``COLOURS`` looks.
        coming: whether it comes towards the camera.
        stride: phase of a walker's step, 0 to 3.
    """

    sort: str
    colour: int
    coming: bool
    across_m: float
    distance_m: float
    stride: int = 0


def movers(street: Street, seed: int, at_s: float, busy: float) -> list[Mover]:
    """Return who is there at ``at_s`` seconds, far to near.

    Args:
        street: where.
        seed: the camera's own.
        at_s: any steady time in seconds.
        busy: how full it is, 0 nobody to 1 rush hour.
    """
    found = [*_vehicles(street, seed, at_s, busy), *_people(street, seed, at_s, busy)]
    found.sort(key=lambda mover: -mover.distance_m)
    return found


def _vehicles(street: Street, seed: int, at_s: float, busy: float) -> Iterator[Mover]:
    lanes = 1 if street.road_m < 4.5 else 2
    for rank in range(lanes):
        offset = street.road_m * (rank + 0.5) / lanes
        for coming in (False, True):
            key = f"{seed}/{rank}/{coming}"
            across = -offset if coming else offset  # they keep to the right
            for passer, gone_m in _passers(key, at_s, _HEADWAY_S, _lane_speed(key), busy):
                distance = FAR_M - gone_m if coming else LAST_M + gone_m
                sort = VEHICLES[passer % len(VEHICLES)]
                colour = passer // 8 % COLOURS
                yield Mover(sort, colour, coming, across, distance)


def _people(street: Street, seed: int, at_s: float, busy: float) -> Iterator[Mover]:
    for side in (-1, 1):
        for coming in (False, True):
            key = f"walk/{seed}/{side}/{coming}"
            for passer, gone_m in _passers(key, at_s, _PACE_S, 1.35, 0.25 + busy * 0.6):
                distance = 70 - gone_m if coming else LAST_M + gone_m
                if not LAST_M < distance < 70:
                    continue
                wander = (passer % 97) / 97 * (street.pavement_m - 1.2) + 0.6
                stride = int(at_s * 4 + passer) % 4
                yield Mover(
                    "person",
                    passer % COLOURS,
                    coming,
                    side * (street.road_m + wander),
                    distance,
                    stride,
                )


def _passers(
    key: str, at_s: float, headway_s: float, speed_m_s: float, busy: float
) -> Iterator[tuple[int, float]]:
    """Yield who entered a lane and is still in it: a number of its own, metres gone."""
    length_m = FAR_M - LAST_M
    newest = math.floor(at_s / headway_s)
    oldest = newest - math.ceil(length_m / speed_m_s / headway_s) - 1
    for slot in range(oldest, newest + 1):
        number, chance, late = _lot(key, slot)
        if chance >= busy:
            continue
        gone_m = (at_s - (slot + late * 0.5) * headway_s) * speed_m_s
        if 0 <= gone_m < length_m:
            yield number, gone_m


@lru_cache(maxsize=20_000)
def _lot(key: str, slot: int) -> tuple[int, float, float]:
    lots = random.Random(f"{key}/{slot}")  # noqa: S311 - scenery
    return lots.getrandbits(30), lots.random(), lots.random()


@lru_cache(maxsize=4_000)
def _lane_speed(key: str) -> float:
    return random.Random(f"speed/{key}").uniform(8.0, 13.0)  # noqa: S311 - scenery
