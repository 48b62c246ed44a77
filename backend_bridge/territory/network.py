"""Lay out the streets of an invented metropolis round its real communes' centres.

Everything is in metres east and north of the metropolis' centre; deterministic by seed.

Each commune gets a bent, turned lattice of crossings within its cell. The cells share the ground:
a place belongs to the commune whose centre is nearest, distances divided by the square root of the
population, seen in a straight line from that centre.
"""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from backend_bridge.territory.area import METRES_PER_DEGREE
from backend_bridge.territory.facts import CENTRE, TOWNS, Town
from backend_bridge.territory.grid import Metres, StreetLine
from backend_bridge.territory.street_names import names

SPACING_M = 116.0
CLOSEST_M = 78.0
"""Widest and narrowest distance between parallel streets."""
MISSING = 0.08
"""Share of street pieces left out, where the town stays connected."""
LONGEST_RUN = 8
"""Pieces of street under one name."""
RAYS = 96
NEIGHBOUR_M = 1800.0
"""A commune across a smaller gap has a road to the capital of its own."""
PEDESTRIAN_M = 420.0
"""Nearer to the capital's centre than this, small streets belong to people on foot."""


@dataclass(slots=True)
class Node:
    """One crossing."""

    id: str
    x: float
    y: float
    commune: str
    runs: list[Run] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Run:
    """One named street: crossings in order. ``step_m`` is the frontage of one house."""

    name: str
    commune: str
    category: str
    direction: str
    nodes: list[Node]
    step_m: float = 18.0

    @property
    def line(self) -> StreetLine:
        """Return its course."""
        return StreetLine(self.name, tuple((node.x, node.y) for node in self.nodes))

    def house(self, at_m: float, *, left: bool) -> int:
        """Return the house number ``at_m`` along it: odd on the left, even on the right."""
        return 2 * int(at_m / self.step_m) + (1 if left else 2)


@dataclass(slots=True)
class Commune:
    """One commune laid out: outline and streets, the innermost first."""

    town: Town
    centre: Metres
    outline: list[Metres]
    nodes: list[Node]
    runs: list[Run]

    @property
    def name(self) -> str:
        """Return its name."""
        return self.town.name


def metres(lon: float, lat: float, stretch: float = 1.0) -> Metres:
    """Return a place in metres from the metropolis' centre, ``stretch`` times as far as it is."""
    wide = METRES_PER_DEGREE * math.cos(math.radians(CENTRE[1]))
    return (lon - CENTRE[0]) * wide * stretch, (lat - CENTRE[1]) * METRES_PER_DEGREE * stretch


def degrees(at: Metres) -> list[float]:
    """Return longitude and latitude of a place in metres."""
    wide = METRES_PER_DEGREE * math.cos(math.radians(CENTRE[1]))
    return [round(CENTRE[0] + at[0] / wide, 7), round(CENTRE[1] + at[1] / METRES_PER_DEGREE, 7)]


def metropolis(
    rng: random.Random, stretch: float, wanted_m: Sequence[float]
) -> tuple[list[Commune], list[Run]]:
    """Return the communes in the order of ``TOWNS``, and the roads that join them into one.

    ``wanted_m`` is the street length each commune should have; a commune shut in by its neighbours
    has less, the capital makes up for it.
    """
    centres = [metres(town.lon, town.lat, stretch) for town in TOWNS]
    weights = [math.sqrt(town.population) for town in TOWNS]
    lengths = list(wanted_m)
    found: list[Commune] = []
    for number in range(len(TOWNS) - 1, -1, -1):  # the capital last: it takes what others could not
        cell = _cell(number, centres, weights)
        commune = _commune(
            rng,
            town=TOWNS[number],
            centre=centres[number],
            cell=cell,
            wanted_m=lengths[number],
            stretch=stretch,
        )
        built_m = sum(run.line.length_m for run in commune.runs)
        lengths[0] += max(0.0, lengths[number] - built_m) if number else 0.0
        found.append(commune)
    found.reverse()
    return found, _roads(found)


def _cell(number: int, centres: Sequence[Metres], weights: Sequence[float]) -> list[float]:
    """Return how far the commune reaches in each of ``RAYS`` directions, in metres."""
    x, y = centres[number]
    reach = [math.inf] * RAYS
    for other, (ox, oy) in enumerate(centres):
        if other == number:
            continue
        away = math.dist((x, y), (ox, oy))
        a, b = weights[number] ** 2, weights[other] ** 2
        for ray in range(RAYS):
            turn = math.tau * ray / RAYS
            c = math.cos(turn) * (ox - x) + math.sin(turn) * (oy - y)
            # |t u| / √a = |t u − d| / √b, the first t above 0
            root = a * a * c * c + (b - a) * a * away * away
            if root < 0:
                continue
            ends = [(-a * c + sign * math.sqrt(root)) / (b - a or 1e-9) for sign in (1, -1)]
            reach[ray] = min([reach[ray], *(end for end in ends if end > 0)])
    return reach


def _commune(
    rng: random.Random,
    *,
    town: Town,
    centre: Metres,
    cell: Sequence[float],
    wanted_m: float,
    stretch: float,
) -> Commune:
    per_m2 = 2 * (1 - MISSING) * 0.96
    farthest = math.sqrt(wanted_m * SPACING_M / per_m2 / math.pi) * 3 + 300
    area = sum(math.pi / RAYS * min(reach, farthest) ** 2 for reach in cell)
    spacing = min(SPACING_M, max(CLOSEST_M, area * 0.8 * per_m2 / wanted_m))
    count = max(6, math.ceil(wanted_m / (per_m2 * spacing)))
    places = _lattice(rng, centre, cell, spacing, count)
    code = town.insee[-3:]
    nodes = {
        key: Node(f"{code}-{number:05d}", *place, town.name)
        for number, (key, place) in enumerate(places.items())
    }
    kept = _pieces(rng, nodes)
    runs = _runs(rng, nodes, kept, town, centre)
    built = max(math.dist(centre, place) for place in places.values())
    widest = max(1.25 * built + 250, 1800 * stretch)
    outline = [
        (centre[0] + far * math.cos(turn), centre[1] + far * math.sin(turn))
        for ray in range(RAYS)
        for turn, far in [(math.tau * ray / RAYS, min(cell[ray], widest))]
    ]
    joined = [node for node in nodes.values() if node.runs]
    return Commune(town, centre, outline, joined, runs)


Key = tuple[int, int]
Pieces = set[tuple[Key, Key]]


def _lattice(
    rng: random.Random, centre: Metres, cell: Sequence[float], spacing: float, count: int
) -> dict[Key, Metres]:
    """Return the ``count`` crossings nearest to the centre that lie in the cell."""
    turn, bend = rng.uniform(-0.7, 0.7), rng.uniform(0, math.tau)
    side = int(math.sqrt(count) * 1.6) + 3
    found: list[tuple[float, Key, Metres]] = []
    for row in range(-side, side + 1):
        for column in range(-side, side + 1):
            u = column + 0.35 * math.sin(row / 4.0 + bend) + rng.uniform(-0.09, 0.09)
            v = row + 0.35 * math.sin(column / 4.0 + 1.3 * bend) + rng.uniform(-0.09, 0.09)
            x = spacing * (u * math.cos(turn) - v * math.sin(turn))
            y = spacing * (u * math.sin(turn) + v * math.cos(turn))
            away = math.hypot(x, y)
            ray = int(math.atan2(y, x) % math.tau / math.tau * RAYS)
            reach = min(cell[ray % RAYS], cell[(ray + 1) % RAYS])
            if away <= 0.97 * reach - 22:
                found.append((away, (row, column), (centre[0] + x, centre[1] + y)))
    found.sort()
    return {key: place for _, key, place in found[:count]}


def _pieces(rng: random.Random, nodes: dict[Key, Node]) -> Pieces:
    """Return the street pieces that exist: one connected town, some pieces left out."""
    pieces = [
        ((row, column), other)
        for row, column in nodes
        for other in ((row + 1, column), (row, column + 1))
        if other in nodes
    ]
    rng.shuffle(pieces)
    joined = {key: key for key in nodes}

    def root(key: Key) -> Key:
        while joined[key] != key:
            joined[key] = joined[joined[key]]
            key = joined[key]
        return key

    needed, extra = [], []
    for a, b in pieces:
        if root(a) == root(b):
            extra.append((a, b))
        else:
            joined[root(a)] = root(b)
            needed.append((a, b))
    centre = root(next(iter(nodes)))  # the first is the innermost
    kept = needed + extra[int(len(pieces) * MISSING) :]
    return {piece for piece in kept if root(piece[0]) == centre}


def _runs(
    rng: random.Random, nodes: dict[Key, Node], kept: Pieces, town: Town, centre: Metres
) -> list[Run]:
    rows = sorted({row for row, _ in nodes})
    columns = sorted({column for _, column in nodes})
    chains = [(row, [(row, column) for column in columns]) for row in rows]
    chains += [(column, [(row, column) for row in rows]) for column in columns]
    bare = [
        (place, [nodes[key] for key in keys])
        for place, line in chains
        for keys in _chains(line, kept)
    ]
    bare.sort(key=lambda item: min(math.dist(centre, (n.x, n.y)) for n in item[1]))
    given = names(rng, ("Place de la Libération",) if town is TOWNS[0] else ("Place de la Mairie",))
    runs = []
    for place, chain in bare:
        category = _category(place, chain, town, centre)
        direction = {"pedestrian": "none", "residential": rng.choice(("both", "both", "forward"))}
        run = Run(next(given), town.name, category, direction.get(category, "both"), chain)
        for node in chain:
            node.runs.append(run)
        runs.append(run)
    return runs


def _category(place: int, chain: list[Node], town: Town, centre: Metres) -> str:
    if place % 12 == 0:
        return "primary"
    if place % 4 == 0:
        return "secondary"
    inner = town is TOWNS[0] and max(math.dist(centre, (n.x, n.y)) for n in chain) < PEDESTRIAN_M
    return "pedestrian" if inner else "residential"


def _chains(line: Sequence[Key], kept: Pieces) -> Iterator[list[Key]]:
    """Cut a line of the lattice where a piece is missing, and by name where it is long."""
    chain: list[Key] = []
    for a, b in itertools.pairwise(line):
        if (a, b) not in kept:
            if len(chain) > 1:
                yield chain
            chain = []
            continue
        if len(chain) > LONGEST_RUN:
            yield chain
            chain = []
        chain = [*(chain or [a]), b]
    if len(chain) > 1:
        yield chain


def _roads(communes: Sequence[Commune]) -> list[Run]:
    """Join every commune to the one across the smallest gap; its neighbours to the capital too."""
    capital = communes[0]
    reach = {c.name: max(math.dist(c.centre, (n.x, n.y)) for n in c.nodes) for c in communes}

    def gap_m(a: Commune, b: Commune) -> float:
        return math.dist(a.centre, b.centre) - reach[a.name] - reach[b.name]

    joined = [capital]
    left = list(communes[1:])
    pairs: list[tuple[Commune, Commune]] = []
    while left:
        town, to = min(((a, b) for a in left for b in joined), key=lambda pair: gap_m(*pair))
        pairs.append((town, to))
        left.remove(town)
        joined.append(town)
    near = [town for town in communes[1:] if gap_m(town, capital) < NEIGHBOUR_M]
    pairs += [(town, capital) for town in near if (town, capital) not in pairs]
    return [_road(town, to) for town, to in pairs]


def _road(town: Commune, to: Commune) -> Run:
    start = _nearest(town.nodes, to.centre)
    end = _nearest(to.nodes, (start.x, start.y))
    start = _nearest(town.nodes, (end.x, end.y))
    road = Run(f"Route de {to.name}", town.name, "primary", "both", [start, end])
    start.runs.append(road)
    end.runs.append(road)
    return road


def _nearest(nodes: Sequence[Node], place: Metres) -> Node:
    return min(nodes, key=lambda node: math.dist((node.x, node.y), place))
