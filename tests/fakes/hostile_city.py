"""Give everything in a territory a name that breaks whatever forgets to quote."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HOSTILE = 'A/B "è" \' ; , <b>&amp; 💡 \\n %s {0} $(x) 日本'
"""Slash, quotes, separators, markup, emoji, escapes, formats; ``{}`` of each language here."""
_NAMES = ("name", "place", "commune", "sector")


def make_hostile(directory: Path) -> None:
    """Rename everything of a territory in place: title, communes, streets, equipment, links.

    Identifiers keep their own text in front, so that they stay distinct.
    """
    for path in sorted(directory.glob("*.geojson")):
        collection = json.loads(path.read_text("utf-8"))
        for feature in collection["features"]:
            _rename(feature["properties"], identified=path.name == "equipment.geojson")
        path.write_text(json.dumps(collection, ensure_ascii=False), "utf-8")
    for path in sorted(directory.glob("*.toml")):
        lines = path.read_text("utf-8").splitlines()
        path.write_text("\n".join(_toml(path.name, lines)) + "\n", "utf-8")
    _addresses(directory / "addresses.csv")


def hostile(text: str) -> str:
    """Return a text with what breaks things behind it; an empty one stays empty."""
    return f"{text} {HOSTILE}" if text else text


def _rename(properties: dict[str, Any], *, identified: bool) -> None:
    keys = (*_NAMES, "id", "parent") if identified else _NAMES
    for key in keys:
        if isinstance(properties.get(key), str):
            properties[key] = hostile(properties[key])


def _toml(name: str, lines: list[str]) -> Iterator[str]:
    """Rewrite the keys that hold names; what other files refer to keeps to one form."""
    renamed = {
        "territory.toml": ("title",),
        "links.toml": ("name", "id", "equipment", "uplink", "parent"),
        "groups.toml": ("name", "members"),
        "circuits.toml": ("name",),
    }.get(name, ())
    for line in lines:
        key, sign, value = line.partition(" = ")
        if not sign or key not in renamed:
            yield line
        elif value.startswith("["):
            items = [hostile(item) for item in json.loads(value)]
            yield f"{key} = {json.dumps(items, ensure_ascii=False)}"
        else:
            yield f"{key} = {json.dumps(hostile(json.loads(value)), ensure_ascii=False)}"


def _addresses(path: Path) -> None:
    if not path.exists():
        return
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow(
                {**row, "street": hostile(row["street"]), "commune": hostile(row["commune"])}
            )
