"""Read a territory directory and check everything in it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from backend_bridge.contract.points import Catalogue, Equipment, EquipmentKind
from backend_bridge.core.driver import LinkConfig
from backend_bridge.core.settings import nearest
from backend_bridge.territory import groups, layers, library
from backend_bridge.territory.area import Area
from backend_bridge.territory.features import read_collection
from backend_bridge.territory.head import HEAD_FILE, Head, aged, read_head, read_toml
from backend_bridge.territory.inventory import Inventory
from backend_bridge.territory.links import FILE as LINKS_FILE
from backend_bridge.territory.links import LinkBuilder
from backend_bridge.territory.model import Territory
from backend_bridge.territory.problems import Findings, Problem, TerritoryError
from backend_bridge.territory.records import Circuit, Commune, Sector, Street

EQUIPMENT_FILE = "equipment.geojson"
STREETS_FILE = "streets.geojson"
COMMUNES_FILE = "communes.geojson"
SECTORS_FILE = "sectors.geojson"
OUTSIDE_M = 250.0
"""How far outside every commune an equipment may stand: outlines are often simplified."""

__all__ = [
    "COMMUNES_FILE",
    "EQUIPMENT_FILE",
    "HEAD_FILE",
    "LINKS_FILE",
    "SECTORS_FILE",
    "STREETS_FILE",
    "check",
    "load",
    "summary",
    "table",
]


def load(directory: Path) -> Territory:
    """Read and check a territory directory, without the layers only search and base map need.

    Raises:
        TerritoryError: with every problem found, each with its file, its feature and what to do.
    """
    findings = Findings()
    rules = library.kinds()
    head = read_head(directory, rules, findings)
    inventory = Inventory(rules, findings)
    inventory.read(EQUIPMENT_FILE, read_collection(directory / EQUIPMENT_FILE, findings))
    known = inventory.equipment
    communes = layers.read_communes(directory / COMMUNES_FILE, findings)
    sectors = layers.read_sectors(directory / SECTORS_FILE, findings)
    _check_places(known.values(), communes, sectors, findings)
    builder = LinkBuilder(library.profiles(), known, inventory.ranks, findings)
    links = builder.build(read_toml(directory / LINKS_FILE, findings))
    kinds = tuple(rule.kind if head is None else aged(rule.kind, head) for rule in rules.values())
    if head is not None:
        _check_ages(kinds, links.links, known, findings)
    streets = layers.read_streets(directory / STREETS_FILE, findings)
    locked, relations = groups.read_groups(
        read_toml(directory / groups.GROUPS_FILE, findings, needed=False), known, findings
    )
    circuits = groups.read_circuits(
        read_toml(directory / groups.CIRCUITS_FILE, findings, needed=False), streets, findings
    )
    findings.raise_if_any()
    assert head is not None
    equipment = tuple(known.values())
    return Territory(
        directory=directory,
        title=head.title,
        demonstration=head.demonstration,
        seed=head.seed,
        centre=head.centre,
        kinds=kinds,
        equipment=equipment,
        links=links.links,
        link_roots=links.roots,
        link_meters=links.meters,
        streets=streets,
        communes=communes,
        catalogue=_catalogue(head, kinds, equipment, inventory.points_total, (circuits, streets)),
        uplinks=links.uplinks,
        uplink_of=links.uplink_of,
        cameras=inventory.cameras.found,
        sectors=sectors,
        groups=locked,
        relations=relations,
        circuits=circuits,
        seats=head.seats,
    )


def check(directory: Path) -> Territory:
    """Read and check every file of a territory, the layers read on demand included.

    Raises:
        TerritoryError: with every problem found.
    """
    problems: list[Problem] = []
    findings = Findings()
    try:
        territory = load(directory)
    except TerritoryError as error:
        problems += error.problems
        territory = None
    for name, read in Territory.LAYERS.items():
        read(directory / name, findings)
    problems += findings.problems
    if territory is None or problems:
        raise TerritoryError(problems)
    return territory


def _check_places(
    equipment: Iterable[Equipment],
    communes: tuple[Commune, ...],
    sectors: tuple[Sector, ...],
    findings: Findings,
) -> None:
    """Refuse equipment outside the territory, and communes and sectors nobody knows."""
    outlines = [Area(commune.rings) for commune in communes]
    area = {commune.name: outline for commune, outline in zip(communes, outlines, strict=True)}
    closed = bool(communes) and all(commune.rings for commune in communes)
    known_communes = [commune.name for commune in communes]
    known_sectors = [sector.name for sector in sectors]
    names = {"commune": set(known_communes), "sector": set(known_sectors)}
    for item in equipment:
        if item.commune and item.commune not in names["commune"]:
            what = f'unknown commune "{item.commune}"{nearest(item.commune, known_communes)}'
            advice = f"Correct the name, or add the commune to {COMMUNES_FILE}."
            findings.add(EQUIPMENT_FILE, f'"{item.id}"', what, advice)
        if item.sector and sectors and item.sector not in names["sector"]:
            what = f'unknown sector "{item.sector}"{nearest(item.sector, known_sectors)}'
            advice = f"Correct the name, or add the sector to {SECTORS_FILE}."
            findings.add(EQUIPMENT_FILE, f'"{item.id}"', what, advice)
        if not closed:
            continue
        own = area.get(item.commune)
        if own is not None and own.holds(item.lon, item.lat):
            continue  # its own commune first: the others are rarely needed
        if not any(outline.near(item.lon, item.lat, OUTSIDE_M) for outline in outlines):
            findings.add(
                EQUIPMENT_FILE,
                f'"{item.id}"',
                f"it stands at [{item.lon:.5f}, {item.lat:.5f}], outside the territory",
                f"Correct the place, or the outlines of {COMMUNES_FILE}.",
            )


def _check_ages(
    kinds: Iterable[EquipmentKind],
    links: Iterable[LinkConfig],
    equipment: Mapping[str, Equipment],
    findings: Findings,
) -> None:
    """Refuse links polled so rarely that their values would be stale between two polls."""
    ages_s = {(kind.key, point.key): point.allowed_age_s for kind in kinds for point in kind.points}
    for link in links:
        shortest_s = min(
            (ages_s[equipment[p.equipment_id].kind, p.point_key] for p in link.points),
            default=float("inf"),
        )
        if link.poll_period_s >= shortest_s:
            findings.add(
                LINKS_FILE,
                f'link "{link.id}"',
                f"it is polled every {link.poll_period_s:g} s, and its values may be "
                f"{shortest_s:g} s old at most: they would be stale between two polls",
                "Shorten poll_period_s, or lengthen the allowed age.",
            )


def _catalogue(
    head: Head,
    kinds: tuple[EquipmentKind, ...],
    equipment: tuple[Equipment, ...],
    points_total: int,
    ploughed: tuple[tuple[Circuit, ...], tuple[Street, ...]],
) -> Catalogue:
    """Return the catalogue; its revision changes with the circuits and their streets too."""
    present = {item.kind for item in equipment}
    used = tuple(kind for kind in kinds if kind.key in present)
    circuits, streets = ploughed
    told = (head.title, used, equipment, *((circuits, streets) if circuits else ()))
    digest = hashlib.sha256(msgspec.msgpack.encode(told))
    return Catalogue(
        revision=digest.hexdigest()[:16],
        title=head.title,
        demonstration=head.demonstration,
        points_total=points_total,
        kinds=used,
        equipment=equipment,
        circuits=len(circuits),
    )


def summary(territory: Territory) -> Mapping[str, int]:
    """Return how many of each kind, links, points, streets and the rest a territory has."""
    counts = {kind.key: 0 for kind in territory.catalogue.kinds}
    for item in territory.equipment:
        counts[item.kind] += 1
    return {
        **counts,
        "links": len(territory.links),
        "points": territory.catalogue.points_total,
        "streets": len(territory.streets),
        "communes": len(territory.communes),
        "sectors": len(territory.sectors),
        "groups": len(territory.groups),
        "relations": len(territory.relations),
        "circuits": len(territory.circuits),
    }


def table(counts: Mapping[str, int]) -> str:
    """Return counts as aligned lines."""
    width = max(10, *map(len, counts))
    return "\n".join(f"  {name:{width}} {count:6}" for name, count in counts.items())
