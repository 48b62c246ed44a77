"""What a territory is, in a few words: its title, what stands in it, what is simulated of it."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Camera:
    """Name a camera that has pictures: its number, and the seats it is reserved for, if any."""

    number: int
    seats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class City:
    """Sum up a territory's files.

    Attributes:
        counts: kind → how many, most first.
        roots: ids of the equipment that have a link, in the order of ``links.toml``; what hangs
            below them is behind the same link.
        cabinets: those of them that are cabinets.
        cameras: those with a number and an address of their pictures, by number.
        last_port: the highest port a link names, 0 for none.
    """

    title: str
    counts: Mapping[str, int]
    roots: tuple[str, ...]
    cabinets: tuple[str, ...]
    cameras: tuple[Camera, ...]
    last_port: int


def read_city(directory: Path) -> City:
    """Read what a checked territory says of itself.

    Raises:
        OSError: a file is gone.
    """
    head = tomllib.loads((directory / "territory.toml").read_text("utf-8"))
    links = tomllib.loads((directory / "links.toml").read_text("utf-8")).get("link", [])
    features = json.loads((directory / "equipment.geojson").read_bytes())["features"]
    kind_of = {
        feature["properties"].get("id", feature.get("id")): feature["properties"]["kind"]
        for feature in features
    }
    roots = tuple(str(link["equipment"]) for link in links)
    shown = (feature["properties"] for feature in features)
    cameras = [
        Camera(int(one["number"]), tuple(one.get("seats", ())))
        for one in shown
        if one["kind"] == "camera" and one.get("number") and one.get("stream")
    ]
    return City(
        title=str(head["title"]),
        counts=dict(Counter(kind_of.values()).most_common()),
        roots=roots,
        cabinets=tuple(root for root in roots if kind_of.get(root) == "cabinet"),
        cameras=tuple(sorted(cameras, key=lambda one: one.number)),
        last_port=max((int(link.get("settings", {}).get("port", 0)) for link in links), default=0),
    )
