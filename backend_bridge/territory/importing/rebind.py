"""Bind the lamps of a territory that has no links to simulated cabinets, in a copy of it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import msgspec

from backend_bridge.territory.importing.city import City, Ground, Item
from backend_bridge.territory.importing.libraries import library
from backend_bridge.territory.importing.problems import ImportRefusedError
from backend_bridge.territory.importing.simulate import SimulatedLink, simulate_lamps
from backend_bridge.territory.importing.tally import Report
from backend_bridge.territory.importing.write import (
    SIMULATED_HEAD,
    check_place,
    links_text,
    put_in_place,
    write_features,
)
from backend_bridge.territory.links import FILE as LINKS_FILE
from backend_bridge.territory.loader import EQUIPMENT_FILE, HEAD_FILE, load
from backend_bridge.territory.model import Territory
from backend_bridge.territory.problems import TerritoryError

_REPLACED = (EQUIPMENT_FILE, HEAD_FILE, LINKS_FILE)
_OWN = ("id", "kind", "name", "place", "commune", "sector", "parent", "rank")
_HEAD_KEYS = re.compile(r"^\s*(demonstration|allowed_age_s)\s*=")


def simulate_territory(directory: Path, out: Path, base_port: int) -> Territory:
    """Copy a territory to ``out`` with its lamps on simulated cabinets; return the copy.

    Raises:
        ImportRefusedError: with why, and what to do; nothing was written.
    """
    check_place(out)
    try:
        territory = load(directory)
    except TerritoryError as error:
        raise ImportRefusedError(str(error)) from error
    if territory.links:
        raise ImportRefusedError(
            f"{directory} has {len(territory.links)} links already; the demonstration can use it "
            "as it is"
        )
    city = City()
    city.items = {item.id: item for item in map(_item, _features(directory))}
    if any(item.kind == "feeder" or item.parent for item in city.items.values()):
        raise ImportRefusedError(
            f"{directory} says which cabinet its lamps hang on; write links.toml for these cabinets"
        )
    shapely = library("shapely")
    city.streets = [
        Ground(shapely.MultiLineString(street.lines), {"name": street.name})
        for street in territory.streets
        if street.name
    ]
    links = simulate_lamps(city, Report(), base_port)
    if not links:
        raise ImportRefusedError(f"{directory} has no lamp to simulate")

    def fill(new: Path) -> None:
        for path in sorted(directory.iterdir()):
            if path.is_file() and path.name not in _REPLACED:
                shutil.copyfile(path, new / path.name)
        _write(directory, new, city, links)

    return put_in_place(out, fill)


def _write(directory: Path, new: Path, city: City, links: list[SimulatedLink]) -> None:
    write_features(new / EQUIPMENT_FILE, (item.as_feature() for item in city.items.values()))
    (new / LINKS_FILE).write_text(links_text(links), "utf-8", newline="\n")
    head = (directory / HEAD_FILE).read_text("utf-8")
    (new / HEAD_FILE).write_text(_simulated(head), "utf-8", newline="\n")


def _simulated(head: str) -> str:
    """Return ``territory.toml`` as a demonstration, its top-level keys before its tables."""
    lines = head.splitlines()
    first_table = next((n for n, text in enumerate(lines) if text.startswith("[")), len(lines))
    top = [text for text in lines[:first_table] if not _HEAD_KEYS.match(text)]
    return "\n".join([*top, *SIMULATED_HEAD.splitlines(), *lines[first_table:]]) + "\n"


def _features(directory: Path) -> list[dict[str, Any]]:
    features: list[dict[str, Any]] = msgspec.json.decode((directory / EQUIPMENT_FILE).read_bytes())[
        "features"
    ]
    return features


def _item(feature: dict[str, Any]) -> Item:
    properties = {"id": feature.get("id"), **feature["properties"]}
    lon, lat, *_ = feature["geometry"]["coordinates"]
    texts: dict[str, Any] = {key: properties.get(key) or "" for key in _OWN[2:-1]}
    return Item(
        id=properties["id"],
        kind=properties["kind"],
        target="",
        lon=lon,
        lat=lat,
        rank=properties.get("rank"),
        extras={key: value for key, value in properties.items() if key not in _OWN},
        **texts,
    )
