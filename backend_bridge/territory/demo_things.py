"""What the demonstration's metropolis has besides lighting: invented, where it would be."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from backend_bridge.territory.facts import (
    BOLLARDS,
    CAMERAS,
    PUBLIC_BUILDINGS,
    RIVER_GAUGES,
    SIGNALS,
    WEATHER_STATIONS,
)
from backend_bridge.territory.grid import Metres, beside
from backend_bridge.territory.lampposts import Crowd, share
from backend_bridge.territory.network import Commune, Node, Run, metres

MAIN = ("primary", "secondary")
APART_M = 150.0
"""Between signalised junctions."""
SHUT_STREETS = 8
"""Fewer are a town whose few bollards may all be down; among so many one leads to a quay."""
RTSP_EVERY = 4
"""Of the cameras, where RTSP is asked for: the others stay MJPEG over HTTP."""
RESERVED_EVERY = 13
"""Of the cameras, one in so many looks at a place that only the police may watch."""
PUBLISHED_EVERY = 4
"""Of the others, one in so many may be seen by visitors of the room."""
PUBLIC = (
    *("Mairie annexe", "École élémentaire", "École maternelle", "Collège", "Gymnase", "Crèche"),
    *("Médiathèque", "Piscine", "Stade", "Maison de quartier", "Salle des fêtes", "Musée"),
    *("Centre technique", "Poste de police municipale", "Théâtre", "Archives", "Conservatoire"),
)
RIVERS = (
    (
        "L’Ouche",
        ((4.925, 47.345), (4.951, 47.339), (4.995, 47.331), (5.03, 47.316), (5.053, 47.298)),
        ((5.068, 47.285), (5.113, 47.276), (5.16, 47.262)),
    ),
    (
        "Le Suzon",
        ((5.018, 47.385), (5.03, 47.368), (5.046, 47.345)),
        ((5.05, 47.322), (5.05, 47.3)),
    ),
    ("La Tille", ((5.178, 47.325), (5.184, 47.31)), ((5.176, 47.28), (5.16, 47.262))),
)
"""Roughly where they run; their bends are invented."""
LAKE = ("Lac Kir", (4.995, 47.331), 700.0, 110.0)


@dataclass(slots=True)
class City:
    """The metropolis laid out, and what stands in it so far."""

    rng: random.Random
    size: float
    stretch: float
    communes: list[Commune]
    roads: list[Run]
    sector: Callable[[Metres], str]
    houses: dict[str, list[House]] = field(default_factory=dict)
    features: list[tuple[Metres, dict[str, Any]]] = field(default_factory=list)

    def count(self, full: int, least: int = 1) -> int:
        """Return how many of something there are at this size."""
        return max(least, round(full * self.size))

    def shares(
        self, total: int, power: float = 1.0, least: int = 0
    ) -> Iterator[tuple[Commune, int]]:
        """Share a number out among the communes by population to a power."""
        weights = [commune.town.population**power for commune in self.communes]
        yield from zip(self.communes, share(total, weights, least), strict=True)

    def put(self, at: Metres, commune: str, **properties: Any) -> None:  # noqa: ANN401 - JSON
        """Stand an equipment."""
        place = {"commune": commune, "sector": self.sector(at)}
        self.features.append((at, {**properties, **place}))


@dataclass(frozen=True, slots=True)
class House:
    """One address: where it is, and which way its street runs."""

    number: int
    street: str
    x: float
    y: float
    turn: float


def in_address(street: str) -> str:
    """Return a street's name as it stands within a line."""
    return street[0].lower() + street[1:]


def addresses(city: City, total: int) -> None:
    """Number the houses of every street: ``total`` of them, by population."""
    for commune, wanted in city.shares(total):
        frontage_m = 2 * sum(run.line.length_m for run in commune.runs)
        step_m = frontage_m / max(wanted, 1)
        while True:
            for run in commune.runs:
                run.step_m = step_m
            houses = [house for run in commune.runs for house in _houses(run)]
            if len(houses) >= wanted:
                break
            step_m *= 0.98
        city.houses[commune.name] = houses[:wanted]


def _houses(run: Run) -> Iterator[House]:
    line = run.line
    length_m = line.length_m
    for rank in range(math.ceil(length_m / run.step_m - 0.5)):
        at_m = (rank + 0.5) * run.step_m
        here, ahead = beside(line, at_m, 0.0), beside(line, min(at_m + 1, length_m), 0.0)
        turn = math.atan2(ahead[1] - here[1], ahead[0] - here[0])
        for left in (True, False):
            x, y = beside(line, at_m, 11.0 if left else -11.0)
            yield House(
                run.house(at_m, left=left), run.name, x, y, turn if left else turn + math.pi
            )


def furnish(city: City, video_port: int, rtsp_port: int | None = None) -> list[dict[str, Any]]:
    """Stand everything but lighting; return the interlock groups."""
    junctions = _junctions(city)
    _cameras(city, junctions, video_port, rtsp_port)
    groups = _bollards(city)
    _public_buildings(city)
    _weather(city)
    return groups


def _junctions(city: City) -> list[Node]:
    wanted = city.count(SIGNALS)
    crowd = Crowd(APART_M)
    found: list[Node] = []
    taken: set[str] = set()
    short = 0
    for commune, quota in reversed(list(city.shares(wanted, 1.1))):
        left = quota + (short if commune is city.communes[0] else 0)
        for clear_m in (APART_M, 60.0):  # a small commune has few: then nearer to one another
            for node in commune.nodes:
                main = any(run.category in MAIN for run in node.runs)
                if not left or not main or len(node.runs) < 2 or node.id in taken:
                    continue
                if crowd.is_free((node.x, node.y), clear_m):
                    crowd.add((node.x, node.y))
                    taken.add(node.id)
                    found.append(node)
                    left -= 1
        short += left
    found.sort(key=lambda node: math.hypot(node.x, node.y))
    for number, node in enumerate(found, 1):
        streets = list(dict.fromkeys(run.name for run in node.runs))
        city.put(
            (node.x + 6.0, node.y + 6.0),
            node.commune,
            id=f"CF-{number:03d}",
            kind="signal_controller",
            name=f"Carrefour {' / '.join(streets[:2])}",
            place=" / ".join(streets[:2]),
        )
    return found


def _cameras(city: City, junctions: Sequence[Node], video_port: int, rtsp_port: int | None) -> None:
    """Stand cameras: at every second signalised junction, the others by population at crossings."""
    wanted = city.count(CAMERAS)
    spots = list(junctions[::2])[:wanted]
    used = {node.id for node in spots}
    for commune, quota in city.shares(wanted - len(spots), 1.15):
        free = [node for node in commune.nodes if node.id not in used]
        inner = sorted(free, key=lambda n: math.dist(commune.centre, (n.x, n.y)))[: 6 * quota]
        spots += city.rng.sample(inner, min(quota, len(inner)))
    used = {node.id for node in spots}
    capital = [node for node in city.communes[0].nodes if node.id not in used]
    spots += capital[: wanted - len(spots)]
    spots.sort(key=lambda node: (node.commune != city.communes[0].name, node.id))
    for number, node in enumerate(spots, 1):
        street = node.runs[0].name
        served = f"http://127.0.0.1:{video_port}"
        if rtsp_port is not None and number % RTSP_EVERY == 0:
            served = f"rtsp://127.0.0.1:{rtsp_port}"
        dome = city.rng.random() < 0.2
        city.put(
            (node.x - 5.0, node.y + 5.0),
            node.commune,
            id=f"CAM-{number:03d}",
            kind="camera",
            name=f"Caméra {number}, {in_address(street)}",
            place=in_address(street),
            number=number,
            bearing=city.rng.randrange(360),
            width=110 if dome else city.rng.choice((45, 60, 75, 90)),
            range_m=city.rng.choice((40, 60, 80, 120)),
            stream=f"{served}/camera/{number}",
            **_watchers(number),
        )


def _watchers(number: int) -> dict[str, Any]:
    """Return what says who may watch a camera; nothing where everybody of the room may."""
    if number % RESERVED_EVERY == RESERVED_EVERY - 1:
        return {"seats": ["police"]}
    return {"published": True} if number % PUBLISHED_EVERY == 1 else {}


def _bollards(city: City) -> list[dict[str, Any]]:
    """Shut streets of the capital's centre in pairs: of two bollards one may be open."""
    capital = city.communes[0]
    wanted = city.count(BOLLARDS, 2) // 2 * 2
    small = [run for run in capital.runs if run.category not in MAIN and run.line.length_m > 60]
    small.sort(key=lambda run: run.category != "pedestrian")
    groups = []
    for number, run in enumerate(small[: wanted // 2], 1):
        line = run.line
        members = []
        for end, at_m in enumerate((9.0, line.length_m - 9.0)):
            bollard = f"BO-{2 * number - 1 + end:02d}"
            members.append(bollard)
            city.put(
                beside(line, at_m, 0.0),
                capital.name,
                id=bollard,
                kind="bollard",
                name=f"Borne {bollard[3:]}, {in_address(run.name)}",
                place=f"{run.house(at_m, left=True)} {in_address(run.name)}",
            )
        groups.append({"id": f"SAS-{number:02d}", "name": run.name, "members": members})
    return groups


def _public_buildings(city: City) -> None:
    number = 0
    for commune, quota in city.shares(city.count(PUBLIC_BUILDINGS), 0.75):
        homes = city.rng.sample(
            city.houses[commune.name], min(quota, len(city.houses[commune.name]))
        )
        for rank, house in enumerate(homes):
            number += 1
            kind = "Mairie" if rank == 0 else PUBLIC[(rank - 1) % len(PUBLIC)]
            of = f"de {commune.name}" if rank == 0 else f"{in_address(house.street)}"
            city.put(
                (house.x, house.y),
                commune.name,
                id=f"BP-{number:03d}",
                kind="public_building",
                name=f"{kind} {of}",
                place=f"{house.number} {in_address(house.street)}",
            )


def _weather(city: City) -> None:
    wanted = city.count(WEATHER_STATIONS)
    for number in range(1, wanted + 1):
        commune = city.communes[(number - 1) % len(city.communes)]
        main = [node for node in commune.nodes if any(run.category in MAIN for run in node.runs)]
        node = city.rng.choice(main or commune.nodes)
        street = node.runs[0].name
        city.put(
            (node.x + 7.0, node.y - 7.0),
            commune.name,
            id=f"MR-{number:02d}",
            kind="weather_station",
            name=f"Météo routière {number:02d}, {commune.name}",
            place=in_address(street),
        )


def rivers(city: City) -> list[tuple[str, list[Metres]]]:
    """Return the rivers' courses, bends invented."""
    found = []
    for name, *parts in RIVERS:
        course = [metres(*place, city.stretch) for part in parts for place in part]
        for scale in (0.16, 0.12, 0.1):
            bent = [course[0]]
            for a, b in itertools.pairwise(course):
                off = city.rng.uniform(-scale, scale)
                middle = (
                    (a[0] + b[0]) / 2 - off * (b[1] - a[1]),
                    (a[1] + b[1]) / 2 + off * (b[0] - a[0]),
                )
                bent += [middle, b]
            course = bent
        found.append((name, course))
    return found


def gauges(
    city: City, courses: list[tuple[str, list[Metres]]], home: Callable[[Metres], str]
) -> None:
    """Stand gauges along the rivers, evenly, where they run through a commune."""
    banks = [(name, at, home(at)) for name, course in courses for at in course]
    banks = [bank for bank in banks if bank[2]]
    wanted = city.count(RIVER_GAUGES)
    for number in range(1, wanted + 1):
        turn, rank = divmod((number - 1) * len(banks) // wanted, len(banks))
        name, at, commune = banks[rank]
        city.put(
            (at[0] + 3.0 + turn, at[1] + 3.0),
            commune,
            id=f"HY-{number:02d}",
            kind="river_gauge",
            name=f"{name} à {commune}, station {number:02d}",
            place=f"{name}, {commune}",
        )


def locked(groups: Sequence[dict[str, Any]]) -> Sequence[dict[str, Any]]:
    """Return the shut streets of which one end alone may be open: in a small town none."""
    return groups if len(groups) >= SHUT_STREETS else ()


def quay(city: City, groups: Sequence[dict[str, Any]]) -> tuple[list[str], str] | None:
    """Return the bollards of the shut street nearest to a gauge, and that gauge.

    A town of a few shut streets has no quay: ``None``.
    """
    if len(groups) < SHUT_STREETS:
        return None
    at = {properties["id"]: place for place, properties in city.features}
    gauges_at = {
        properties["id"]: place
        for place, properties in city.features
        if properties["kind"] == "river_gauge"
    }
    _, members, gauge = min(
        (math.dist(at[group["members"][0]], place), group["members"], gauge)
        for group in groups
        for gauge, place in gauges_at.items()
    )
    return members, gauge
