"""Read a territory directory and check everything in it."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from backend_bridge.contract.points import Catalogue, Equipment, EquipmentKind
from backend_bridge.core.driver import LinkConfig
from backend_bridge.core.settings import SettingsError, typed
from backend_bridge.territory import library
from backend_bridge.territory.features import read_collection, read_communes, read_streets
from backend_bridge.territory.inventory import Inventory
from backend_bridge.territory.links import FILE as LINKS_FILE
from backend_bridge.territory.links import LinkBuilder
from backend_bridge.territory.model import Territory
from backend_bridge.territory.problems import Findings

FORMAT = 1
"""The layout of a territory directory this program reads."""
HEAD_FILE = "territory.toml"
EQUIPMENT_FILE = "equipment.geojson"
STREETS_FILE = "streets.geojson"
COMMUNES_FILE = "communes.geojson"


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What ``territory.toml`` says.

    ``allowed_age_s`` replaces the allowed age of every point (a demonstration polls faster).
    """

    format: int
    title: str
    centre: tuple[float, float]
    demonstration: bool = False
    seed: int = 0
    allowed_age_s: float | None = None


def load(directory: Path) -> Territory:
    """Read and check a territory directory.

    Raises:
        TerritoryError: with every problem found, each with its file, its feature and what to do.
    """
    findings = Findings()
    head = _head(directory, findings)
    rules = library.kinds()
    features = read_collection(directory / EQUIPMENT_FILE, findings)
    inventory = Inventory(rules, findings)
    inventory.read(EQUIPMENT_FILE, features)
    builder = LinkBuilder(library.profiles(), inventory.equipment, inventory.ranks, findings)
    links = builder.build(_toml(directory / LINKS_FILE, findings))
    if head is not None:
        _check_ages(head, rules, links.links, inventory.equipment, findings)
    streets = read_streets(directory / STREETS_FILE, findings)
    communes = read_communes(directory / COMMUNES_FILE, findings)
    findings.raise_if_any()
    assert head is not None
    kinds = tuple(_aged(rule.kind, head.allowed_age_s) for rule in rules.values())
    equipment = tuple(inventory.equipment.values())
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
        catalogue=_catalogue(head, kinds, equipment, inventory.points_total),
    )


def _head(directory: Path, findings: Findings) -> Head | None:
    data = _toml(directory / HEAD_FILE, findings)
    if not data:
        return None
    try:
        head = typed(data, Head)
    except SettingsError as error:
        for problem in error.problems:
            findings.add(HEAD_FILE, "", problem, "Correct the key or its value.")
        return None
    if head.format != FORMAT:
        findings.add(
            HEAD_FILE,
            "format",
            f"this directory has layout {head.format}, this program reads layout {FORMAT}",
            "Use the program that made it, or make the territory again.",
        )
    lon, lat = head.centre
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        findings.add(
            HEAD_FILE,
            "centre",
            f"[{lon}, {lat}] is not on Earth",
            "Write longitude, then latitude, in degrees.",
        )
    if head.allowed_age_s is not None and not 0 < head.allowed_age_s <= 86400:
        findings.add(
            HEAD_FILE,
            "allowed_age_s",
            f"{head.allowed_age_s} s is no allowed age",
            "Write more than 0 and at most 86400 seconds.",
        )
    return head


def _toml(path: Path, findings: Findings) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        findings.add(
            path.name,
            "",
            f"not found in {path.parent}",
            "Name a territory directory, or make one: beffroi territory make-small DIR.",
        )
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        findings.add(path.name, "", f"cannot be read: {error}", "Correct the file at that place.")
    return {}


def _check_ages(
    head: Head,
    rules: Mapping[str, library.KindRule],
    links: Iterable[LinkConfig],
    equipment: Mapping[str, Equipment],
    findings: Findings,
) -> None:
    """Refuse links polled so rarely that their values would be stale between two polls."""
    ages_s = {
        (key, point.key): head.allowed_age_s or point.allowed_age_s
        for key, rule in rules.items()
        for point in rule.kind.points
    }
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


def _aged(kind: EquipmentKind, allowed_age_s: float | None) -> EquipmentKind:
    if allowed_age_s is None:
        return kind
    points = tuple(
        msgspec.structs.replace(point, allowed_age_s=allowed_age_s) for point in kind.points
    )
    return msgspec.structs.replace(kind, points=points)


def _catalogue(
    head: Head,
    kinds: tuple[EquipmentKind, ...],
    equipment: tuple[Equipment, ...],
    points_total: int,
) -> Catalogue:
    present = {item.kind for item in equipment}
    used = tuple(kind for kind in kinds if kind.key in present)
    digest = hashlib.sha256(msgspec.msgpack.encode((head.title, used, equipment)))
    return Catalogue(
        revision=digest.hexdigest()[:16],
        title=head.title,
        demonstration=head.demonstration,
        points_total=points_total,
        kinds=used,
        equipment=equipment,
    )


def summary(territory: Territory) -> Mapping[str, int]:
    """Return how many of each kind, links, points and streets a territory has."""
    counts = {kind.key: 0 for kind in territory.catalogue.kinds}
    for item in territory.equipment:
        counts[item.kind] += 1
    return {
        **counts,
        "links": len(territory.links),
        "points": territory.catalogue.points_total,
        "streets": len(territory.streets),
    }
