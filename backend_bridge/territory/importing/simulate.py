"""Bind imported equipment to simulated devices, so that a demonstration can run on it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from backend_bridge.territory.area import METRES_PER_DEGREE
from backend_bridge.territory.importing.city import City, Item
from backend_bridge.territory.importing.finish import nearest_streets
from backend_bridge.territory.importing.problems import ImportRefusedError
from backend_bridge.territory.importing.tally import Report
from backend_bridge.territory.library import profiles

MOST_LAMPS = 80
USUAL_LAMPS = 76
RUN_LAMPS = 10
"""Lamps of one street kept together."""
FEEDER_LAMPS = 20
GAP_M = 150.0
"""Two lamps of one street farther apart than this are two runs."""
SITE_REACH_M = 400.0
"""A cabinet of the sources serves lamps whose middle is nearer than this."""
MOST_PORTS = 65_535
PROFILE = "lighting-cabinet"
HOST = "127.0.0.1"
RING_CABINETS = 120
"""Neighbouring cabinets behind one simulated network; each network has its own rate of connects."""
UNUSED_SITE = "a cabinet on which no simulated lamp hangs"
LAMPS = "lamps"
THINGS = "things"
"""Bollards, gauges, weather stations: whatever has a register profile and hangs on nothing."""

Spot = tuple[float, float, Item]
"""Metres east and north of the first lamp, and the lamp."""


@dataclass(frozen=True, slots=True)
class SimulatedLink:
    """One device's root, the port its simulator listens on, the number of its network."""

    root: str
    port: int
    ring: int
    profile: str = PROFILE


def simulate_lamps(city: City, report: Report, base_port: int) -> list[SimulatedLink]:
    """Hang every lamp on a feeder of a cabinet of at most 80, neighbours together.

    Cabinets of the sources are used where they stand near; the others are left, and counted.

    Raises:
        ImportRefusedError: there are more cabinets than ports from ``base_port`` on.
    """
    lamps = [item for item in city.items.values() if item.kind == "lamp"]
    if not lamps:
        report.notes.append("no lamp was taken: nothing to simulate")
        return []
    groups = _grouped(_runs(lamps, nearest_streets(lamps, city.streets)))
    if not 1 <= base_port <= MOST_PORTS - len(groups) + 1:
        raise ImportRefusedError(
            f"ports {base_port} to {base_port + len(groups) - 1} are needed for {len(groups)} "
            "cabinets, and 1 to 65535 exist; choose a lower --base-port"
        )
    sites = [item for item in city.items.values() if item.kind == "cabinet"]
    rest = {key: item for key, item in city.items.items() if item.kind not in {"lamp", "cabinet"}}
    free = {site.id: site for site in sites}
    used = set(city.items)
    links = []
    ordered: dict[str, Item] = {}
    for number, group in enumerate(groups):
        cabinet = _cabinet(group, free, used)
        used.add(cabinet.id)
        links.append(SimulatedLink(cabinet.id, base_port + number, number // RING_CABINETS + 1))
        for item in [cabinet, *_below(cabinet, group, used)]:
            ordered[item.id] = item
    for site in free.values():
        city.drop(site, UNUSED_SITE)
    made = len(groups) - (len(sites) - len(free))
    city.items = {**ordered, **rest}
    report.made["simulated cabinets"] = made
    report.made["simulated feeders"] = sum(1 for i in ordered.values() if i.kind == "feeder")
    report.made["simulated links"] = len(links)
    return links


def simulate_things(
    city: City, report: Report, base_port: int, taken: Sequence[SimulatedLink]
) -> list[SimulatedLink]:
    """Give each bollard, gauge and station a device of its own, on the ports after ``taken``.

    Raises:
        ImportRefusedError: there are more of them than ports.
    """
    profile_of = {profile.root: name for name, profile in profiles().items() if name != PROFILE}
    things = [item for item in city.items.values() if item.kind in profile_of]
    first = base_port + len(taken)
    if things and not 1 <= first <= MOST_PORTS - len(things) + 1:
        raise ImportRefusedError(
            f"ports {first} to {first + len(things) - 1} are needed for {len(things)} bollards, "
            "gauges and stations, and 1 to 65535 exist; choose a lower --base-port"
        )
    ring = max((link.ring for link in taken), default=0) + 1
    if things:
        report.made["simulated things"] = len(things)
    return [
        SimulatedLink(item.id, first + number, ring, profile_of[item.kind])
        for number, item in enumerate(things)
    ]


def _runs(lamps: Sequence[Item], streets: Sequence[str]) -> list[list[Spot]]:
    """Return lamps in runs of at most 10 along one street, without a gap of 150 m."""
    lon, lat = lamps[0].lon, lamps[0].lat
    shrink = math.cos(math.radians(lat))
    by_street: defaultdict[str, list[Spot]] = defaultdict(list)
    for lamp, street in zip(lamps, streets, strict=True):
        x, y = (lamp.lon - lon) * METRES_PER_DEGREE * shrink, (lamp.lat - lat) * METRES_PER_DEGREE
        # far from every street: by squares of the ground, so that a run stays together
        key = street or f"\n{x // GAP_M:.0f} {y // GAP_M:.0f}"
        by_street[key].append((x, y, lamp))
    runs: list[list[Spot]] = []
    for spots in by_street.values():
        run: list[Spot] = []
        for spot in _along(spots):
            far = bool(run) and math.hypot(run[-1][0] - spot[0], run[-1][1] - spot[1]) > GAP_M
            if run and (far or len(run) == RUN_LAMPS):
                runs.append(run)
                run = []
            run.append(spot)
        runs.append(run)
    return runs


def _along(spots: Sequence[Spot]) -> list[Spot]:
    """Return spots in the order along the street's longer side (its principal axis)."""
    x0, y0 = _middle(spots)
    xx = sum((x - x0) ** 2 for x, _, _ in spots)
    yy = sum((y - y0) ** 2 for _, y, _ in spots)
    xy = sum((x - x0) * (y - y0) for x, y, _ in spots)
    turn = 0.5 * math.atan2(2 * xy, xx - yy)
    cos, sin = math.cos(turn), math.sin(turn)
    return sorted(spots, key=lambda spot: (spot[0] * cos + spot[1] * sin, spot[2].id))


def _middle(spots: Sequence[Spot]) -> tuple[float, float]:
    return sum(s[0] for s in spots) / len(spots), sum(s[1] for s in spots) / len(spots)


def _grouped(runs: Sequence[list[Spot]]) -> list[list[list[Spot]]]:
    """Return runs in groups of at most 80 lamps, cut from the city as a map is folded."""
    total = sum(map(len, runs))
    done: list[list[list[Spot]]] = []
    waiting = [(list(runs), math.ceil(total / USUAL_LAMPS))]
    while waiting:
        part, cabinets = waiting.pop()
        lamps = sum(map(len, part))
        if lamps <= MOST_LAMPS:
            done.append(part)
            continue
        cabinets = max(cabinets, 2)
        middles = [_middle(run) for run in part]
        wide = max(m[0] for m in middles) - min(m[0] for m in middles)
        high = max(m[1] for m in middles) - min(m[1] for m in middles)
        axis = 0 if wide >= high else 1
        order = sorted(range(len(part)), key=lambda i: (middles[i][axis], part[i][0][2].id))
        share = cabinets // 2
        wanted = lamps * share / cabinets
        first: list[list[Spot]] = []
        count = 0
        for index in order[:-1]:
            if first and count + len(part[index]) / 2 > wanted:
                break
            first.append(part[index])
            count += len(part[index])
        second = [part[index] for index in order[len(first) :]]
        waiting += [(second, cabinets - share), (first, share)]
    return done


def _cabinet(group: list[list[Spot]], free: dict[str, Item], used: set[str]) -> Item:
    """Return the source's cabinet nearest the group, otherwise a new one beside its middle lamp."""
    spots = [spot for run in group for spot in run]
    middle = _middle(spots)
    home = min(spots, key=lambda s: math.hypot(s[0] - middle[0], s[1] - middle[1]))[2]
    shrink = math.cos(math.radians(home.lat))

    def distance_m(site: Item) -> float:
        return METRES_PER_DEGREE * math.hypot((site.lon - home.lon) * shrink, site.lat - home.lat)

    nearest = min(free.values(), key=distance_m, default=None)
    if nearest is not None and distance_m(nearest) <= SITE_REACH_M:
        return free.pop(nearest.id)
    cabinet_id = _free_id("EP-{:04d}", used)
    return Item(
        id=cabinet_id,
        kind="cabinet",
        target="",
        lon=round(home.lon + 5.0 / (METRES_PER_DEGREE * shrink), 7),
        lat=round(home.lat + 2.0 / METRES_PER_DEGREE, 7),
        name=f"Armoire {cabinet_id}",
        place=home.place,
        commune=home.commune,
        sector=home.sector,
    )


def _free_id(pattern: str, used: set[str]) -> str:
    number = 1
    while pattern.format(number) in used:
        number += 1
    return pattern.format(number)


def _below(cabinet: Item, group: list[list[Spot]], used: set[str]) -> list[Item]:
    """Return a cabinet's feeders, then its lamps, with the ranks their registers follow from."""
    lamps = [spot[2] for run in group for spot in run]
    count = math.ceil(len(lamps) / FEEDER_LAMPS)
    shrink = math.cos(math.radians(cabinet.lat))
    feeders = []
    for number in range(count):
        feeder_id = f"{cabinet.id}-D{number + 1}"
        while feeder_id in used:
            feeder_id += "x"
        used.add(feeder_id)
        feeders.append(
            Item(
                id=feeder_id,
                kind="feeder",
                target="",
                lon=round(cabinet.lon + 1.2 * (number + 1) / (METRES_PER_DEGREE * shrink), 7),
                lat=cabinet.lat,
                name=f"Départ {number + 1} de {cabinet.id}",
                place=cabinet.place,
                commune=cabinet.commune,
                sector=cabinet.sector,
                parent=cabinet.id,
                rank=number,
            )
        )
    for rank, lamp in enumerate(lamps):
        lamp.rank = rank
        lamp.parent = feeders[rank * count // len(lamps)].id
    return [*feeders, *lamps]
