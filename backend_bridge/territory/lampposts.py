"""Stand lamps along streets: beside them, 20 to 40 metres from the nearest other."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence

from backend_bridge.territory.grid import Metres, Spot, beside
from backend_bridge.territory.network import Commune, Run

NEAREST_M = 20.5
FARTHEST_M = 39.5
"""To the nearest other lamp."""
PITCH_M = {"primary": 31.0, "secondary": 28.0}
USUAL_PITCH_M = 26.0
RESERVE = 60
"""Lamps placed beyond those asked, to replace any that would stand alone."""


class Crowd:
    """Answer who stands near, among many places, in constant time."""

    def __init__(self, cell_m: float = FARTHEST_M) -> None:
        self._cell_m = cell_m
        self._cells: dict[tuple[int, int], list[Metres]] = {}

    def add(self, place: Metres) -> None:
        """Take a place."""
        self._cells.setdefault(self._key(place), []).append(place)

    def remove(self, place: Metres) -> None:
        """Give a place back."""
        self._cells[self._key(place)].remove(place)

    def nearest_m(self, place: Metres) -> float:
        """Return the distance to the nearest other place; infinite beyond one cell."""
        return min((math.dist(place, other) for other in self._near(place)), default=math.inf)

    def is_free(self, place: Metres, clear_m: float) -> bool:
        """Return whether nothing stands nearer than ``clear_m``."""
        return all(math.dist(place, other) >= clear_m for other in self._near(place))

    def _near(self, place: Metres) -> Iterator[Metres]:
        row, column = self._key(place)
        for r in (row - 1, row, row + 1):
            for c in (column - 1, column, column + 1):
                for other in self._cells.get((r, c), ()):
                    if other != place:
                        yield other

    def _key(self, place: Metres) -> tuple[int, int]:
        return int(place[0] // self._cell_m), int(place[1] // self._cell_m)


def light(rng: random.Random, commune: Commune, wanted: int, crowd: Crowd) -> list[Spot]:
    """Return up to ``wanted`` lamps of a commune, the innermost streets first.

    ``crowd`` holds the lamps of the communes before, and gets these.
    """
    placed: list[Spot] = []
    for run in commune.runs:
        placed += _along(rng, run, crowd)
        if len(placed) >= wanted + RESERVE:
            break
    kept, reserve = placed[:wanted], placed[wanted:]
    for spot in reserve:
        crowd.remove((spot.x, spot.y))
    alone = {spot for spot in kept if crowd.nearest_m((spot.x, spot.y)) > FARTHEST_M}
    for spot in alone:
        crowd.remove((spot.x, spot.y))
    kept = [spot for spot in kept if spot not in alone]
    for spot in reserve:
        if len(kept) == wanted:
            break
        if crowd.nearest_m((spot.x, spot.y)) <= FARTHEST_M:
            crowd.add((spot.x, spot.y))
            kept.append(spot)
    return kept


def _along(rng: random.Random, run: Run, crowd: Crowd) -> Sequence[Spot]:
    line = run.line
    pitch_m = PITCH_M.get(run.category, USUAL_PITCH_M)
    left = rng.random() < 0.5
    aside_m = rng.uniform(3.0, 4.5) + (3.0 if run.category == "primary" else 0.0)
    length_m = line.length_m
    at_m = rng.uniform(4.0, pitch_m / 2)
    spots = []
    while at_m < length_m:
        place = beside(line, at_m, aside_m if left else -aside_m)
        if crowd.is_free(place, NEAREST_M):
            crowd.add(place)
            spots.append(Spot(*place, run.name, run.house(at_m, left=left)))
            at_m += pitch_m + rng.uniform(-3.0, 3.0)
        else:
            at_m += 3.0  # past the corner's lamp
    return spots


def share(total: int, weights: Sequence[float], least: int = 0) -> list[int]:
    """Return ``total`` shared out by weight, rests to the largest remainders, ``least`` to each.

    Raises:
        ValueError: there is not enough for everybody's least.
    """
    spare = total - least * len(weights)
    if spare < 0:
        raise ValueError(f"{total} cannot give {least} to each of {len(weights)}")
    exact = [spare * weight / sum(weights) for weight in weights]
    parts = [int(part) for part in exact]
    order = sorted(range(len(exact)), key=lambda n: (parts[n] - exact[n], n))
    for number in order[: spare - sum(parts)]:
        parts[number] += 1
    return [part + least for part in parts]
