"""``make-demo``: a metropolis of Dijon's size, or any size, from public facts and a seed."""

from __future__ import annotations

import csv
import io
import itertools
import math
import random
from collections import deque
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from backend_bridge.territory import demo_links
from backend_bridge.territory.area import Area
from backend_bridge.territory.demo_circuits import circuits
from backend_bridge.territory.demo_things import (
    LAKE,
    City,
    addresses,
    furnish,
    gauges,
    in_address,
    locked,
    quay,
    rivers,
)
from backend_bridge.territory.facts import (
    ADDRESSES,
    CENTRE,
    LAMPS,
    LAMPS_PER_CABINET,
    PLOUGH_CIRCUITS,
    TOWNS,
)
from backend_bridge.territory.grid import Metres, Spot, split
from backend_bridge.territory.lampposts import Crowd, light, share
from backend_bridge.territory.network import Commune, Node, Run, degrees, metres, metropolis

SMALLEST, LARGEST = 0.05, 10.0
LEAST_LAMPS = 6
"""In the smallest commune."""
MOST_PORTS = 65_535
BUILDING_EACH = 5
"""One house in so many has a footprint on the base map."""
SECTORS = ("Nord-Est", "Nord-Ouest", "Sud-Est", "Sud-Ouest")
MARGINS = (1.0, 1.15, 1.4)
"""Streets laid out beyond what the lamps need, tried in turn."""

Feature = dict[str, Any]


def generate_demo(
    directory: Path,
    *,
    seed: int,
    size: float = 1.0,
    base_port: int = 15020,
    video_port: int = 15010,
    rtsp_port: int | None = None,
    poll_period_s: float = 2.0,
    host: str = "127.0.0.1",
) -> None:
    """Write a demonstration metropolis: the 23 communes of Dijon métropole, the rest invented.

    The same arguments write the same bytes. Cabinet *i* answers at ``base_port + i``, bollards,
    gauges and stations at the ports after them, camera *n* at
    ``http://127.0.0.1:video_port/camera/n``, or, every fourth one, by RTSP at ``rtsp_port`` where
    that is given. Above size 1 the ground is stretched, so that streets
    and lamps stay as far apart as they are; up to size 1 communes stand where they are.

    Raises:
        ValueError: a number out of range.
        OSError: the directory cannot be written.
    """
    if not SMALLEST <= size <= LARGEST:
        raise ValueError(f"size {size:g}: {SMALLEST:g} to {LARGEST:g} can be generated")
    if not 0.1 <= poll_period_s <= 3600:
        raise ValueError(f"a poll period of {poll_period_s:g} s: 0.1 to 3600 can be kept")
    if not 1 <= video_port <= MOST_PORTS:
        raise ValueError(f"port {video_port}: 1 to 65535 exist")
    if rtsp_port is not None and (not 1 <= rtsp_port <= MOST_PORTS or rtsp_port == video_port):
        raise ValueError(f"RTSP port {rtsp_port}: 1 to 65535 exist, and not the video port's")
    rng = random.Random(seed)  # noqa: S311 - a town, not a secret
    city, lamps = _lit_city(rng, size)
    _lighting(city, lamps)
    groups = furnish(city, video_port, rtsp_port)
    courses = rivers(city)
    outlines = [(commune, Area((_ring(commune.outline),))) for commune in city.communes]
    gauges(city, courses, lambda at: _home(at, outlines))
    things = [properties for _, properties in city.features]
    links = demo_links.count(things)
    if not 1 <= base_port <= MOST_PORTS - links + 1:
        raise ValueError(f"ports {base_port} to {base_port + links - 1}: 1 to 65535 exist")
    directory.mkdir(parents=True, exist_ok=True)
    _write(directory / "territory.toml", _head(seed, size, poll_period_s))
    links_toml = demo_links.links(things, host, base_port, poll_period_s)
    _write(directory / "links.toml", links_toml)
    _write(directory / "groups.toml", _groups(locked(groups)) + _quay(quay(city, groups)))
    _write_ground(directory, city, courses)


def _write_ground(directory: Path, city: City, courses: Sequence[tuple[str, list[Metres]]]) -> None:
    equipment = [_point(at, properties) for at, properties in city.features]
    _write_features(directory / "equipment.geojson", equipment)
    _write_features(directory / "communes.geojson", [_commune(item) for item in city.communes])
    _write_features(directory / "sectors.geojson", _sectors(city.communes))
    arcs = _arcs(city)
    _write_features(directory / "streets.geojson", arcs)
    _write(directory / "circuits.toml", circuits(arcs, city.count(PLOUGH_CIRCUITS)))
    _write(directory / "addresses.csv", _addresses(city))
    _write_features(directory / "buildings.geojson", _buildings(city))
    _write_features(directory / "water.geojson", _water(city, courses))
    _write_features(directory / "lines.geojson", _transit(city))


def _lit_city(rng: random.Random, size: float) -> tuple[City, dict[str, list[Spot]]]:
    """Lay out the streets, number the houses, stand the lamps."""
    wanted = round(LAMPS * size)
    quotas = share(wanted, [town.population for town in TOWNS], LEAST_LAMPS)
    stretch = max(1.0, math.sqrt(size))
    for margin in MARGINS:
        lengths = [(33.0 * quota + 350.0) * margin for quota in quotas]
        communes, roads = metropolis(rng, stretch, lengths)
        city = City(rng, size, stretch, communes, roads, _sector)
        addresses(city, round(ADDRESSES * size))
        crowd, lamps, short = Crowd(), {}, 0
        for commune, quota in reversed(list(zip(communes, quotas, strict=True))):
            extra = short if commune is communes[0] else 0
            lamps[commune.name] = light(rng, commune, quota + extra, crowd)
            short += quota - len(lamps[commune.name])
        if short == 0:
            return city, {commune.name: lamps[commune.name] for commune in communes}
    raise AssertionError(f"{short} lamps found no street")  # the margins are ample by test


def _cabinet_count(spots: Sequence[Spot]) -> int:
    return max(1, round(len(spots) / LAMPS_PER_CABINET))


def _lighting(city: City, lamps: dict[str, list[Spot]]) -> None:
    """Hang the lamps on feeders and cabinets."""
    number = 0
    for commune, spots in lamps.items():
        for group in split(spots, _cabinet_count(spots)):
            number += 1
            _cabinet(city, commune, f"EP-{number:04d}", group)


def _cabinet(city: City, commune: str, cabinet: str, spots: list[Spot]) -> None:
    x = sum(spot.x for spot in spots) / len(spots)
    y = sum(spot.y for spot in spots) / len(spots)
    home = min(spots, key=lambda spot: math.dist((spot.x, spot.y), (x, y)))
    at = (home.x + 5.0, home.y + 2.0)
    place = f"{home.house} {in_address(home.street)}"
    city.put(at, commune, id=cabinet, kind="cabinet", name=f"Armoire {cabinet}", place=place)
    rank = 0
    waiting: list[tuple[Metres, Feature]] = []
    feeders = min(city.rng.choice((3, 4, 4, 4, 5, 6)), len(spots) // 3)
    for number, group in enumerate(split(spots, max(1, feeders)), 1):
        feeder = f"{cabinet}-D{number}"
        city.put(
            (at[0] + 1.2 * number, at[1]),
            commune,
            id=feeder,
            kind="feeder",
            name=f"Départ {number} de {cabinet}",
            parent=cabinet,
            place=place,
            rank=number - 1,
        )
        for step, spot in enumerate(sorted(group, key=lambda s: (s.street, s.house, s.x)), 1):
            lamp = {
                "id": f"{feeder}-{step:02d}",
                "kind": "lamp",
                "name": f"Lampe {step:02d}, {in_address(spot.street)}",
                "parent": feeder,
                "place": f"{spot.house} {in_address(spot.street)}",
                "rank": rank,
            }
            waiting.append(((spot.x, spot.y), lamp))
            rank += 1
    for lamp_at, lamp in waiting:
        city.put(lamp_at, commune, **lamp)


def _sector(at: Metres) -> str:
    return f"{'Nord' if at[1] >= 0 else 'Sud'}-{'Est' if at[0] >= 0 else 'Ouest'}"


def _home(at: Metres, outlines: Sequence[tuple[Commune, Area]]) -> str:
    return next((commune.name for commune, area in outlines if area.holds(*at)), "")


def _ring(outline: Sequence[Metres]) -> tuple[Metres, ...]:
    return (*outline, outline[0])


def _point(at: Metres, properties: Feature) -> Feature:
    return _feature("Point", degrees(at), properties)


def _feature(kind: str, coordinates: object, properties: Feature) -> Feature:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _polygon(outline: Iterable[Metres], properties: Feature) -> Feature:
    ring = [degrees(at) for at in outline]
    return _feature("Polygon", [[*ring, ring[0]]], properties)


def _commune(commune: Commune) -> Feature:
    town = commune.town
    facts = {"name": town.name, "insee": town.insee, "population": town.population}
    return _polygon(commune.outline, {**facts, "centre": degrees(commune.centre)})


def _sectors(communes: Sequence[Commune]) -> list[Feature]:
    places = [at for commune in communes for at in commune.outline]
    west, east = min(x for x, _ in places) - 500, max(x for x, _ in places) + 500
    south, north = min(y for _, y in places) - 500, max(y for _, y in places) + 500
    corners = {"Est": east, "Ouest": west, "Nord": north, "Sud": south}
    found = []
    for name in SECTORS:
        x, y = corners[name.split("-")[1]], corners[name.split("-")[0]]
        found.append(_polygon([(0.0, 0.0), (x, 0.0), (x, y), (0.0, y)], {"name": name}))
    return found


def _runs(city: City) -> list[Run]:
    return [*(run for commune in city.communes for run in commune.runs), *city.roads]


def _arcs(city: City) -> list[Feature]:
    found: list[Feature] = []
    for run in _runs(city):
        for a, b in itertools.pairwise(run.nodes):
            properties = {
                "id": f"A-{len(found) + 1:06d}",
                "name": run.name,
                "from": a.id,
                "to": b.id,
                "direction": run.direction,
                "class": run.category,
                "length_m": round(math.dist((a.x, a.y), (b.x, b.y)), 1),
                "commune": run.commune,
            }
            line = [degrees((a.x, a.y)), degrees((b.x, b.y))]
            found.append(_feature("LineString", line, properties))
    return found


def _addresses(city: City) -> str:
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(("number", "street", "commune", "lon", "lat"))
    for commune, houses in city.houses.items():
        for house in houses:
            lon, lat = degrees((house.x, house.y))
            rows.writerow((house.number, house.street, commune, f"{lon:.6f}", f"{lat:.6f}"))
    return text.getvalue()


def _buildings(city: City) -> list[Feature]:
    found = []
    for at, properties in city.features:
        if properties["kind"] == "public_building":
            base = (at[0] + 12.0, at[1] + 12.0)
            found.append(
                _footprint(base, 0.4, 34.0, 22.0, {"name": properties["name"], "use": "public"})
            )
    for houses in city.houses.values():
        for house in houses[::BUILDING_EACH]:
            back = 6.0
            at = (house.x - back * math.sin(house.turn), house.y + back * math.cos(house.turn))
            found.append(_footprint(at, house.turn, 12.0, 10.0, {"use": "house"}))
    return found


def _footprint(at: Metres, turn: float, wide: float, deep: float, properties: Feature) -> Feature:
    corners = []
    for u, v in ((-wide, -deep), (wide, -deep), (wide, deep), (-wide, deep)):
        x = (u * math.cos(turn) - v * math.sin(turn)) / 2
        y = (u * math.sin(turn) + v * math.cos(turn)) / 2
        corners.append((at[0] + x, at[1] + y))
    return _polygon(corners, properties)


def _water(city: City, courses: Sequence[tuple[str, list[Metres]]]) -> list[Feature]:
    found = []
    for name, course in courses:
        line = [degrees(at) for at in course]
        found.append(_feature("LineString", line, {"name": name, "class": "river"}))
    name, place, long_m, wide_m = LAKE
    x, y = metres(*place, city.stretch)
    turns = [math.tau * step / 24 for step in range(24)]
    shore = [
        (x + long_m * math.cos(t), y + wide_m * math.sin(t) - 0.16 * long_m * math.cos(t))
        for t in turns
    ]
    found.append(_polygon(shore, {"name": name, "class": "lake"}))
    return found


def _transit(city: City) -> list[Feature]:
    """Run two tram lines and a bus line to every commune along the streets."""
    middle = {
        c.name: min(c.nodes, key=lambda n: math.dist(c.centre, (n.x, n.y))) for c in city.communes
    }
    came: dict[str, Node] = {}
    capital = middle[TOWNS[0].name]
    queue = deque([capital])
    while queue:
        node = queue.popleft()
        for run in node.runs:
            rank = run.nodes.index(node)
            for other in run.nodes[max(rank - 1, 0) : rank + 2]:
                if other.id not in came and other is not capital:
                    came[other.id] = node
                    queue.append(other)
    found = []
    trams = {"Quetigny": "Tram T1", "Chenôve": "Tram T2"}
    for number, town in enumerate(TOWNS[1:], 1):
        node = middle[town.name]
        line = [node]
        while node is not capital:
            node = came[node.id]
            line.append(node)
        tram = trams.get(town.name)
        properties = {
            "name": tram or f"Bus {number} {town.name}",
            "mode": "tram" if tram else "bus",
        }
        course = [degrees((node.x, node.y)) for node in line]
        found.append(_feature("LineString", course, properties))
    return found


def _head(seed: int, size: float, poll_period_s: float) -> str:
    title = "Dijon métropole, démonstration"
    age_s = 2.5 * poll_period_s
    return f"""\
# Generated by `beffroi territory make-demo --seed {seed} --size {size:g}`. The communes are real;
# the course of streets and rivers and everything along them is invented.
format = 1
title = "{title}"
demonstration = true
seed = {seed}
centre = [{CENTRE[0]}, {CENTRE[1]}]
seats = ["supervisor", "police", "lighting"]

[allowed_ages_s]
cabinet = {age_s:g}
feeder = {age_s:g}
lamp = {age_s:g}
bollard = {age_s:g}
"""


def _groups(groups: Iterable[dict[str, Any]]) -> str:
    return "\n".join(
        f'[[group]]\nid = "{group["id"]}"\nname = "Sas {in_address(group["name"])}"\n'
        f'members = ["{group["members"][0]}", "{group["members"][1]}"]\nmost_open = 1\n'
        for group in groups
    )


def _quay(found: tuple[Sequence[str], str] | None) -> str:
    if found is None:
        return ""
    bollards, gauge = found
    named = ", ".join(f'"{bollard}"' for bollard in bollards)
    return f'\n[[relation]]\nname = "quay"\nequipment = [{named}]\nto = ["{gauge}"]\n'


def _write_features(path: Path, features: Iterable[Feature]) -> None:
    """Write a FeatureCollection, one feature a line, so that a difference can be read."""
    lines = b",\n".join(msgspec.json.encode(feature) for feature in features)
    path.write_bytes(b'{"type":"FeatureCollection","features":[\n' + lines + b"\n]}\n")


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8", newline="\n")
