"""Measure a territory: how many, how far apart, how connected. Printed by ``make-demo``."""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from backend_bridge.territory.area import METRES_PER_DEGREE
from backend_bridge.territory.model import Territory
from backend_bridge.territory.records import Position, Street

CELL_M = 60.0
Place = tuple[float, float]
Segment = tuple[Place, Place]


@dataclass(frozen=True, slots=True)
class Spread:
    """How a number is distributed; all zero over nothing."""

    count: int
    low: float
    p5: float
    median: float
    p95: float
    high: float

    @classmethod
    def of(cls, values: Iterable[float]) -> Spread:
        """Return the distribution of some numbers."""
        ordered = sorted(values)
        if not ordered:
            return cls(0, 0.0, 0.0, 0.0, 0.0, 0.0)
        last = len(ordered) - 1
        low, p5, median, p95, high = (
            float(ordered[round(last * part)]) for part in (0, 0.05, 0.5, 0.95, 1)
        )
        return cls(len(ordered), low, p5, median, p95, high)

    def __str__(self) -> str:
        return f"{self.low:8.1f} {self.p5:8.1f} {self.median:8.1f} {self.p95:8.1f} {self.high:8.1f}"


@dataclass(frozen=True, slots=True)
class Report:
    """What was measured.

    Attributes:
        spreads: distributions by what they are of; distances in metres.
        by_commune: lamps, addresses and kilometres of street of each commune.
        networks: separate street networks; one when every street can be reached from any other.
        split: communes whose own streets fall into several pieces.
    """

    spreads: Mapping[str, Spread]
    by_commune: Mapping[str, tuple[int, int, float]]
    networks: int
    split: tuple[str, ...]

    def __str__(self) -> str:
        lines = [f"{'':32} {'lowest':>8} {'5 %':>8} {'median':>8} {'95 %':>8} {'highest':>8}"]
        lines += [f"{name:32} {spread}" for name, spread in self.spreads.items()]
        lines += ["", f"{'commune':32} {'lamps':>8} {'houses':>8} {'km':>8}"]
        lines += [
            f"{name:32} {lamps:8} {houses:8} {km:8.1f}"
            for name, (lamps, houses, km) in self.by_commune.items()
        ]
        pieces = ", ".join(self.split) or "none"
        lines += ["", f"separate street networks: {self.networks}; communes in pieces: {pieces}"]
        return "\n".join(lines)


def measure(territory: Territory) -> Report:
    """Measure a loaded territory."""
    place = _Plane(territory.centre)
    kinds: dict[str, list[Place]] = defaultdict(list)
    for item in territory.equipment:
        kinds[item.kind].append(place((item.lon, item.lat)))
    lamps = kinds["lamp"]
    segments = [
        (place(a), place(b))
        for street in territory.streets
        for line in street.lines
        for a, b in itertools.pairwise(line)
    ]
    behind = Counter(territory.link_of.get(i.id) for i in territory.equipment if i.kind == "lamp")
    behind.pop(None, 0)
    feeders = Counter(i.parent for i in territory.equipment if i.kind == "lamp" and i.parent)
    spreads = {
        "lamp to nearest lamp, m": Spread.of(nearest_m(lamps)),
        "lamp to nearest street, m": Spread.of(to_nearest_m(lamps, segments)),
        "lamps behind a cabinet": Spread.of(behind.values()),
        "lamps on a feeder": Spread.of(feeders.values()),
        "street arc, m": Spread.of(street.length_m for street in territory.streets),
        "arcs of a plough circuit": Spread.of(len(item.arcs) for item in territory.circuits),
    }
    by_commune = _by_commune(territory)
    split = tuple(
        name
        for name in by_commune
        if networks([street for street in territory.streets if street.commune == name]) > 1
    )
    return Report(spreads, by_commune, networks(territory.streets), split)


def _by_commune(territory: Territory) -> dict[str, tuple[int, int, float]]:
    lamps = Counter(item.commune for item in territory.equipment if item.kind == "lamp")
    houses = Counter(address.commune for address in territory.addresses)
    lengths_m: Counter[str] = Counter()
    for street in territory.streets:
        lengths_m[street.commune] += round(street.length_m)
    names = [commune.name for commune in territory.communes]
    return {name: (lamps[name], houses[name], lengths_m[name] / 1000) for name in names}


def networks(streets: Sequence[Street]) -> int:
    """Return how many separate networks arcs form by the nodes they share (0 without nodes)."""
    joined: dict[str, str] = {}

    def root(node: str) -> str:
        while joined[node] != node:
            joined[node] = joined[joined[node]]
            node = joined[node]
        return node

    for street in streets:
        if street.start and street.end:
            a, b = joined.setdefault(street.start, street.start), street.end
            joined.setdefault(b, b)
            joined[root(a)] = root(b)
    return len({root(node) for node in joined})


class _Plane:
    """Lay longitudes and latitudes flat round a centre, in metres."""

    def __init__(self, centre: Position) -> None:
        self._wide = METRES_PER_DEGREE * math.cos(math.radians(centre[1]))
        self._centre = centre

    def __call__(self, at: Position) -> Place:
        return (
            (at[0] - self._centre[0]) * self._wide,
            (at[1] - self._centre[1]) * METRES_PER_DEGREE,
        )


def nearest_m(places: Sequence[Place]) -> list[float]:
    """Return each place's distance to the nearest other; infinite beyond 60 m."""
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, (x, y) in enumerate(places):
        cells[int(x // CELL_M), int(y // CELL_M)].append(number)
    found = []
    for number, place in enumerate(places):
        row, column = int(place[0] // CELL_M), int(place[1] // CELL_M)
        found.append(
            min(
                (
                    math.dist(place, places[other])
                    for r in (row - 1, row, row + 1)
                    for c in (column - 1, column, column + 1)
                    for other in cells.get((r, c), ())
                    if other != number
                ),
                default=math.inf,
            )
        )
    return found


def to_nearest_m(places: Sequence[Place], segments: Iterable[Segment]) -> list[float]:
    """Return each place's distance to the nearest segment; infinite beyond 60 m."""
    cells: dict[tuple[int, int], list[Segment]] = defaultdict(list)
    for a, b in segments:
        steps = max(1, math.ceil(math.dist(a, b) / CELL_M))
        passed = {
            (
                int((a[0] + (b[0] - a[0]) * step / steps) // CELL_M),
                int((a[1] + (b[1] - a[1]) * step / steps) // CELL_M),
            )
            for step in range(steps + 1)
        }
        for cell in passed:
            cells[cell].append((a, b))
    found = []
    for place in places:
        row, column = int(place[0] // CELL_M), int(place[1] // CELL_M)
        near = {
            segment
            for r in (row - 1, row, row + 1)
            for c in (column - 1, column, column + 1)
            for segment in cells.get((r, c), ())
        }
        found.append(min((_to_segment(place, a, b) for a, b in near), default=math.inf))
    return found


def _to_segment(place: Place, a: Place, b: Place) -> float:
    square = (b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2
    along = (place[0] - a[0]) * (b[0] - a[0]) + (place[1] - a[1]) * (b[1] - a[1])
    part = min(1.0, max(0.0, along / square)) if square else 0.0
    return math.dist(place, (a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])))
