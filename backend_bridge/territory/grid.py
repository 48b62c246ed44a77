"""Lay out an invented town: a bent street grid, denser in the middle, streets named.

Everything is in metres east and north of the centre until it is written; deterministic by seed.
"""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

Metres = tuple[float, float]

NAMES = (
    "Rue de la Liberté",
    "Rue Musette",
    "Rue des Forges",
    "Rue Verrerie",
    "Rue Chaudronnerie",
    "Rue Jeannin",
    "Rue Vannerie",
    "Rue Berbisey",
    "Rue Monge",
    "Rue Condorcet",
    "Rue du Bourg",
    "Rue Piron",
    "Rue Amiral-Roussin",
    "Rue Vauban",
    "Rue Chabot-Charny",
    "Rue Pasteur",
    "Rue Buffon",
    "Rue Saumaise",
    "Rue Legouz-Gerland",
    "Rue Devosge",
    "Rue de la Préfecture",
    "Rue Bannelier",
    "Rue Quentin",
    "Boulevard de Brosses",
    "Boulevard de Sévigné",
    "Rue Mariotte",
    "Rue Bossuet",
    "Rue Crébillon",
    "Rue du Transvaal",
    "Rue des Godrans",
    "Rue Guillaume-Tell",
    "Avenue Maréchal-Foch",
    "Rue Mably",
    "Rue Docteur-Maret",
    "Rue Michelet",
    "Rue Danton",
    "Rue Jean-Jacques-Rousseau",
    "Rue d'Assas",
    "Rue Auguste-Comte",
    "Rue Diderot",
    "Rue Lamonnoye",
    "Rue Longepierre",
    "Rue Vaillant",
    "Rue Rameau",
    "Rue Charrue",
    "Rue Philippe-Pot",
    "Rue Sainte-Anne",
    "Rue du Tillot",
    "Rue Victor-Dumay",
    "Rue Franklin",
    "Rue Turgot",
    "Rue de Mirande",
)
"""Public street names of Dijon; where they run here is invented."""

SPACING_M = 120.0
JITTER_M = 13.0
MISSING = 0.08
"""Share of street pieces left out, where the town stays connected."""


@dataclass(frozen=True, slots=True)
class StreetLine:
    """One named street as a polyline in metres."""

    name: str
    points: tuple[Metres, ...]

    @property
    def length_m(self) -> float:
        """Return its length."""
        return sum(math.dist(a, b) for a, b in itertools.pairwise(self.points))


@dataclass(frozen=True, slots=True)
class Spot:
    """A lamp's place: beside a street, at a house number."""

    x: float
    y: float
    street: str
    house: int


def town(rng: random.Random, length_m: float) -> list[StreetLine]:
    """Return connected named streets of at least ``length_m`` metres together."""
    side = 3
    while 2 * side * (side - 1) * SPACING_M * (1 - MISSING) * 0.97 < length_m:
        side += 1
    nodes = _nodes(rng, side)
    kept = _pieces(rng, side)
    names = _names(rng)
    return [
        StreetLine(next(names), tuple(nodes[node] for node in run))
        for line in _lines(side)
        for run in _runs(rng, line, kept)
    ]


def lamp_spots(rng: random.Random, streets: Iterable[StreetLine], count: int) -> list[Spot]:
    """Return ``count`` places along the streets, evenly, a few metres beside the middle."""
    lines = list(streets)
    pitch_m = sum(line.length_m for line in lines) / count
    spots: list[Spot] = []
    along_m = pitch_m / 2  # carried from street to street, so that the count comes out exactly
    for line in lines:
        beside_m = rng.choice((-1, 1)) * rng.uniform(3.0, 4.5)
        left_m = line.length_m
        while along_m < left_m:
            shift_m = rng.uniform(-2.0, 2.0)
            at_m = min(max(along_m + shift_m, 0.0), left_m)
            x, y = beside(line, at_m, beside_m)
            spots.append(Spot(x, y, line.name, 2 * (1 + int(at_m / 9)) - (beside_m < 0)))
            along_m += pitch_m
        along_m -= left_m
    while len(spots) < count:  # rounding of the carried length may lose the very last one
        last = lines[-1]
        x, y = beside(last, last.length_m, 3.5)
        spots.append(Spot(x, y, last.name, 2 * (1 + int(last.length_m / 9))))
    return spots[:count]


def split(spots: list[Spot], parts: int) -> list[list[Spot]]:
    """Return the spots in ``parts`` groups of equal size (± 1), each together on the ground."""
    if parts == 1:
        return [spots]
    width = max(s.x for s in spots) - min(s.x for s in spots)
    height = max(s.y for s in spots) - min(s.y for s in spots)
    ordered = sorted(spots, key=(lambda s: (s.x, s.y)) if width >= height else lambda s: (s.y, s.x))
    first = parts // 2
    cut = len(ordered) * first // parts
    return split(ordered[:cut], first) + split(ordered[cut:], parts - first)


def _nodes(rng: random.Random, side: int) -> dict[tuple[int, int], Metres]:
    """Place the crossings: a grid pulled together in the middle, bent, turned and shaken."""
    half = (side - 1) / 2
    turn = math.radians(-14)
    bend = rng.uniform(0, math.tau)
    nodes = {}
    for row in range(side):
        for column in range(side):
            u, v = (column - half) / half, (row - half) / half
            pull = 0.82 + 0.18 * math.hypot(u, v)
            x = half * SPACING_M * (u * pull + 0.07 * math.sin(2.6 * v + bend))
            y = half * SPACING_M * (v * pull + 0.07 * math.sin(2.6 * u + 1.3 * bend))
            x += rng.uniform(-JITTER_M, JITTER_M)
            y += rng.uniform(-JITTER_M, JITTER_M)
            nodes[row, column] = (
                x * math.cos(turn) - y * math.sin(turn),
                x * math.sin(turn) + y * math.cos(turn),
            )
    return nodes


Node = tuple[int, int]


def _lines(side: int) -> list[list[Node]]:
    rows = [[(row, column) for column in range(side)] for row in range(side)]
    columns = [[(row, column) for row in range(side)] for column in range(side)]
    return rows + columns


def _pieces(rng: random.Random, side: int) -> set[tuple[Node, Node]]:
    """Return the street pieces that exist: some left out, everything still connected."""
    pieces = [pair for line in _lines(side) for pair in itertools.pairwise(line)]
    rng.shuffle(pieces)
    spare = int(len(pieces) * MISSING)
    joined = {node: node for line in _lines(side) for node in line}

    def root(node: Node) -> Node:
        while joined[node] != node:
            joined[node] = joined[joined[node]]
            node = joined[node]
        return node

    needed, extra = [], []
    for a, b in pieces:
        if root(a) == root(b):
            extra.append((a, b))
        else:
            joined[root(a)] = root(b)
            needed.append((a, b))
    return set(needed) | set(extra[spare:])


def _runs(rng: random.Random, line: list[Node], kept: set[tuple[Node, Node]]) -> list[list[Node]]:
    """Cut a line of crossings where a piece is missing, and once by name where it is long."""
    runs: list[list[Node]] = [[line[0]]]
    for a, b in itertools.pairwise(line):
        if (a, b) in kept:
            runs[-1].append(b)
        else:
            runs.append([b])
    named = []
    for run in (run for run in runs if len(run) > 1):
        if len(run) > 8:
            at = rng.randrange(3, len(run) - 3)
            named += [run[: at + 1], run[at:]]
        else:
            named.append(run)
    return named


def _names(rng: random.Random) -> Iterator[str]:
    """Give each street its own name, for as many streets as asked."""
    yield from rng.sample(NAMES, len(NAMES))
    for again in itertools.count(2):
        yield from (f"{name} ({again})" for name in NAMES)


def beside(line: StreetLine, at_m: float, beside_m: float) -> Metres:
    """Return the place ``at_m`` along a line and ``beside_m`` to the left of it."""
    left_m = at_m
    for a, b in itertools.pairwise(line.points):
        piece_m = math.dist(a, b)
        if left_m <= piece_m or b == line.points[-1]:
            part = min(left_m / piece_m, 1.0)
            along = ((b[0] - a[0]) / piece_m, (b[1] - a[1]) / piece_m)
            return (
                a[0] + part * (b[0] - a[0]) - beside_m * along[1],
                a[1] + part * (b[1] - a[1]) + beside_m * along[0],
            )
        left_m -= piece_m
    raise AssertionError("a street has at least two points")
