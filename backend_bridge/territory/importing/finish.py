"""What only the whole city can tell: communes, sectors and streets of equipment; the outside."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from backend_bridge.territory.area import METRES_PER_DEGREE, Area
from backend_bridge.territory.importing.attributes import LONGEST_TEXT
from backend_bridge.territory.importing.city import City, Ground, Item
from backend_bridge.territory.importing.libraries import library
from backend_bridge.territory.importing.tally import Report

OUTSIDE_M = 250.0
"""As docs/territory.md: equipment farther outside every outline needs a commune without one."""
SURROUNDINGS_KM = 5.0
OUTSIDE = f"farther than {SURROUNDINGS_KM:g} km outside every commune"
FAR_KM = 60.0
FAR = f"farther than {FAR_KM:g} km from the middle of everything"
STREET_REACH_M = 80.0
DIGITS = 7


def outer_rings(geometry: Any) -> list[list[tuple[float, float]]]:  # noqa: ANN401 - shapely
    """Return the outer rings of an area as they are written: seven decimals."""
    parts = geometry.geoms if hasattr(geometry, "geoms") else [geometry]
    return [
        [(round(x, DIGITS), round(y, DIGITS)) for x, y, *_ in part.exterior.coords]
        for part in parts
    ]


def finish(city: City, report: Report, title: str) -> None:
    """Name what has no name, drop what lies outside, tell each equipment where it is."""
    _drop_far(city)
    _name_communes(city, report, title)
    if not city.communes:
        _draw_outline(city, report, title)
    around = _surroundings(city, report, title)
    items = list(city.items.values())
    _set_areas(items, "commune", city.communes, keep=False)
    for item in around:
        item.commune = item.commune or around_name(title)
    _set_nearest_commune(items, city.communes)
    _set_areas(items, "sector", city.sectors, keep=not city.sectors)
    _set_places(items, city.streets)
    _join_arcs(city.streets)


def _join_arcs(streets: Sequence[Ground]) -> None:
    """Give arcs that end at one place one node there (to a decimetre), so that they meet."""
    nodes: dict[tuple[float, float], str] = {}
    for street in streets:
        if street.geometry.geom_type == "LineString":
            for key, place in (("from", 0), ("to", -1)):
                x, y = street.geometry.coords[place][:2]
                at = (round(x, 6), round(y, 6))
                street.properties[key] = nodes.setdefault(at, f"N-{len(nodes) + 1:06d}")


def _name_communes(city: City, report: Report, title: str) -> None:
    nameless = city.communes.pop("", None)
    if nameless is None:
        return
    name = title
    number = 1
    while name in city.communes:
        number += 1
        name = f"{title} ({number})"
    nameless.properties["name"] = name
    city.communes[name] = nameless
    report.notes.append(f'an outline without a name became the commune "{name}"')


def _draw_outline(city: City, report: Report, title: str) -> None:
    """Draw a commune round everything taken, for sources that bring none."""
    shapely = library("shapely")
    places = [(item.lon, item.lat) for item in city.items.values()]
    places += [(lon, lat) for *_, lon, lat in city.addresses]
    corners = [street.geometry.bounds for street in city.streets]
    places += [(west, south) for west, south, *_ in corners]
    places += [(east, north) for *_, east, north in corners]
    hull = shapely.MultiPoint(places).convex_hull.buffer(OUTSIDE_M / METRES_PER_DEGREE)
    city.communes[title] = Ground(hull, {"name": title})
    report.notes.append(
        f'no layer of communes: an outline drawn round everything stands for "{title}"'
    )


def _drop_far(city: City) -> None:
    """Leave equipment so far from all other that its coordinates must be wrong."""
    if not city.items:
        return
    lons = sorted(item.lon for item in city.items.values())
    lats = sorted(item.lat for item in city.items.values())
    lon, lat = lons[len(lons) // 2], lats[len(lats) // 2]
    shrink = math.cos(math.radians(lat))
    for item in list(city.items.values()):
        away = math.hypot((item.lon - lon) * shrink, item.lat - lat) * METRES_PER_DEGREE
        if away > FAR_KM * 1000:
            city.drop(item, FAR)


def around_name(title: str) -> str:
    """Return the name of the commune without outline that holds what stands round the city."""
    return f"Environs de {title}"[:LONGEST_TEXT]


def _surroundings(city: City, report: Report, title: str) -> list[Item]:
    """Return the equipment a city keeps beyond its limits; leave what is kilometres away."""
    outlines = [commune.geometry for commune in city.communes.values()]
    rings = (tuple(ring) for outline in outlines for ring in outer_rings(outline))
    area = Area(tuple(rings))
    outside = [i for i in city.items.values() if not area.near(i.lon, i.lat, OUTSIDE_M)]
    if not outside:
        return []
    shapely = library("shapely")
    shrink = math.cos(math.radians(outside[0].lat))

    def kilometres(places: Any) -> Any:  # noqa: ANN401 - numpy arrays (n, 2)
        return places * [METRES_PER_DEGREE * shrink / 1000, METRES_PER_DEGREE / 1000]

    whole = shapely.transform(shapely.union_all(outlines), kilometres)
    points = shapely.transform(shapely.points([(i.lon, i.lat) for i in outside]), kilometres)
    around = []
    for item, away_km in zip(outside, shapely.distance(points, whole), strict=True):
        if away_km > SURROUNDINGS_KM:
            city.drop(item, OUTSIDE)
        else:
            around.append(item)
    if around:
        name = around_name(title)
        city.communes.setdefault(name, Ground(None, {"name": name}))
        report.notes.append(
            f'{len(around)} equipment outside every commune: put in "{name}", without an outline'
        )
    return around


def _set_areas(
    items: Sequence[Item], attribute: str, areas: Mapping[str, Ground], *, keep: bool
) -> None:
    """Write the area each item lies in; else the name it came with, where such an area exists."""
    shapely = library("shapely")
    inside: dict[int, str] = {}
    drawn = [name for name in areas if areas[name].geometry is not None]
    if drawn and items:
        tree = shapely.STRtree([areas[name].geometry for name in drawn])
        points = shapely.points([(item.lon, item.lat) for item in items])
        for position, area in zip(*tree.query(points, predicate="intersects"), strict=True):
            inside.setdefault(int(position), drawn[int(area)])
    for position, item in enumerate(items):
        came_with = getattr(item, attribute)
        if not keep:
            came_with = came_with if came_with in areas else ""
        setattr(item, attribute, inside.get(position, came_with))


def _set_nearest_commune(items: Sequence[Item], communes: Mapping[str, Ground]) -> None:
    """Give what stands on a limit, a little outside, the commune it is nearest to."""
    shapely = library("shapely")
    drawn = [name for name, commune in communes.items() if commune.geometry is not None]
    left = [item for item in items if not item.commune]
    if not drawn or not left:
        return
    tree = shapely.STRtree([communes[name].geometry for name in drawn])
    points = shapely.points([(item.lon, item.lat) for item in left])
    for item, area in zip(left, tree.nearest(points), strict=True):
        item.commune = drawn[int(area)]


def _set_places(items: Sequence[Item], streets: Sequence[Ground]) -> None:
    """Give equipment without an address the name of the street it stands in."""
    homeless = [item for item in items if not item.place]
    for item, name in zip(homeless, nearest_streets(homeless, streets), strict=True):
        item.place = name


def nearest_streets(items: Sequence[Item], streets: Sequence[Ground]) -> list[str]:
    """Return the name of the nearest named street of each item, empty beyond 80 m."""
    shapely = library("shapely")
    named = [street for street in streets if street.properties.get("name")]
    found = [""] * len(items)
    if not named or not items:
        return found
    shrink = math.cos(math.radians(items[0].lat))

    def metres(places: Any) -> Any:  # noqa: ANN401 - numpy arrays (n, 2)
        return places * [METRES_PER_DEGREE * shrink, METRES_PER_DEGREE]

    tree = shapely.STRtree(shapely.transform([street.geometry for street in named], metres))
    points = shapely.transform(shapely.points([(i.lon, i.lat) for i in items]), metres)
    near = tree.query_nearest(points, max_distance=STREET_REACH_M, all_matches=False)
    for position, street in zip(*near, strict=True):
        found[int(position)] = named[int(street)].properties["name"]
    return found
