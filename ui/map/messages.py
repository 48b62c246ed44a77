"""What process and map page tell each other besides frames: positions, the look, the chosen."""

from __future__ import annotations

import base64
import struct
from collections.abc import Mapping, Sequence
from typing import Any

from ui.map.bitmaps import lamp_bitmaps
from ui.map.projection import project_all
from ui.texts import text
from ui.theme import Theme

POSITIONS_HEADER = struct.Struct("<4sIII")
"""Magic "BFP1", count n, generation, 0; then n x, n y (float64 Mercator fractions), n layers."""

_BITS_OF = tuple(tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256))
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
    "clear",
    "chosen_one",
    "chosen_other",
    "polygon_hint",
    "box_hint",
)


def encode_positions(
    generation: int, lons: Sequence[float], lats: Sequence[float], layers: bytes
) -> bytes:
    """Return the places of all points, projected once, little-endian."""
    xs, ys = project_all(lons, lats)
    head = POSITIONS_HEADER.pack(b"BFP1", len(layers), generation, 0)
    return b"".join((head, xs.astype("<f8").tobytes(), ys.astype("<f8").tobytes(), layers))


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


def chosen_positions(message: Mapping[str, Any]) -> list[int]:
    """Return the positions a page chose: a short list, or base64url bits, lowest first.

    Raises:
        ValueError: the bits are not base64url.
    """
    bits = message.get("bits")
    if bits is None:
        return [int(item) for item in message.get("points", [])]
    held = base64.b64decode(str(bits), altchars=b"-_", validate=True)
    return [number * 8 + bit for number, byte in enumerate(held) if byte for bit in _BITS_OF[byte]]
