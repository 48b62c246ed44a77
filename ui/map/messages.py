"""What the process sends to the map page besides frames: positions and the look."""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Sequence
from typing import Any

from ui.map.bitmaps import lamp_bitmaps
from ui.map.projection import project
from ui.texts import text
from ui.theme import Theme

POSITIONS_HEADER = struct.Struct("<4sIII")
"""Magic "BFP1", count n, generation, 0; then n x, n y (float64 Mercator fractions), n layers."""

_TEXTS = (
    "empty",
    "waiting",
    "zoom_in",
    "zoom_out",
    "decimal",
    "north",
    "south",
    "east",
    "west",
)


def encode_positions(
    generation: int, lons: Sequence[float], lats: Sequence[float], layers: bytes
) -> bytes:
    """Return the places of all points, projected once, little-endian."""
    xs, ys = array("d"), array("d")
    for lon, lat in zip(lons, lats, strict=True):
        x, y = project(lon, lat)
        xs.append(x)
        ys.append(y)
    if sys.byteorder == "big":
        xs.byteswap()
        ys.byteswap()
    head = POSITIONS_HEADER.pack(b"BFP1", len(layers), generation, 0)
    return b"".join((head, xs.tobytes(), ys.tobytes(), layers))


def look(theme: Theme, states: Sequence[str]) -> dict[str, Any]:
    """Return colours, fonts, shapes and words of the page, for one theme and language."""
    families = (
        f'"{name}"' if name != "sans-serif" else name for name in theme.tokens["type"]["families"]
    )
    return {
        "colours": theme.colors_hex(),
        "light": theme.light,
        "fonts": ", ".join(families),
        "alarm": theme.tokens["alarm"],
        "lamp_bitmap": {key: list(rows) for key, rows in lamp_bitmaps(theme.tokens).items()},
        "states": list(states),
        "texts": {name: text(f"map.page.{name}") for name in _TEXTS},
    }
