"""Copy a territory so that everything in it that has a simulator is simulated on this machine.

Where links are named they are moved here; where there are none, lamps get simulated cabinets, and
bollards, gauges and stations devices of their own.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import msgspec

from backend_bridge.territory.importing.city import City, Ground, Item
from backend_bridge.territory.importing.libraries import library
from backend_bridge.territory.importing.problems import ImportRefusedError
from backend_bridge.territory.importing.readdress import readdressed, with_simulated_streams
from backend_bridge.territory.importing.simulate import simulate_lamps, simulate_things
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
_DEMONSTRATION_HEAD = "demonstration = true\n"


def simulate_territory(
    directory: Path, out: Path, base_port: int, video_port: int | None = None
) -> Territory:
    """Copy a territory to ``out``, its devices simulated on 127.0.0.1; return the copy.

    Args:
        directory: a territory; nothing in it is changed.
        out: new directory.
        base_port: port of the first device; the others follow.
        video_port: port of the cameras' simulated pictures; ``None`` leaves their streams alone.

    Raises:
        ImportRefusedError: with why, and what to do; nothing was written.
    """
    check_place(out)
    try:
        territory = load(directory)
    except TerritoryError as error:
        raise ImportRefusedError(str(error)) from error
    if territory.links:
        links, _ = readdressed(directory / LINKS_FILE, base_port)
        features = _features(directory)
        head = _DEMONSTRATION_HEAD
    else:
        city = _bound(directory, territory)
        lamps = simulate_lamps(city, Report(), base_port)
        links = links_text([*lamps, *simulate_things(city, Report(), base_port, lamps)])
        features = [item.as_feature() for item in city.items.values()]
        head = SIMULATED_HEAD
    if video_port is not None:
        features = with_simulated_streams(features, video_port)

    def fill(new: Path) -> None:
        for path in sorted(directory.iterdir()):
            if path.is_file() and path.name not in _REPLACED:
                shutil.copyfile(path, new / path.name)
        write_features(new / EQUIPMENT_FILE, features)
        (new / LINKS_FILE).write_text(links, "utf-8", newline="\n")
        text = (directory / HEAD_FILE).read_text("utf-8")
        (new / HEAD_FILE).write_text(_headed(text, head), "utf-8", newline="\n")

    return put_in_place(out, fill)


def _bound(directory: Path, territory: Territory) -> City:
    """Return a territory without links as an import would hold it before binding."""
    city = City()
    city.items = {item.id: item for item in map(_item, _features(directory))}
    if any(item.kind == "feeder" or item.parent for item in city.items.values()):
        raise ImportRefusedError(
            f"{directory} says which cabinet its lamps hang on; write links.toml for these cabinets"
        )
    if all(item.kind != "lamp" for item in city.items.values()):
        raise ImportRefusedError(f"{directory} has no lamp to simulate")
    shapely = library("shapely")
    city.streets = [
        Ground(shapely.MultiLineString(street.lines), {"name": street.name})
        for street in territory.streets
        if street.name
    ]
    return city


def _headed(head: str, said: str) -> str:
    """Return ``territory.toml`` as a demonstration, its top-level keys before its tables."""
    keys = {line.partition("=")[0].strip() for line in said.splitlines()}
    lines = head.splitlines()
    first_table = next((n for n, text in enumerate(lines) if text.startswith("[")), len(lines))
    top = [text for text in lines[:first_table] if text.partition("=")[0].strip() not in keys]
    return "\n".join([*top, *said.splitlines(), *lines[first_table:]]) + "\n"


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
