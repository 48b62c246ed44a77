"""Read what a lamp shows from the pixels of a screenshot: the map's small bitmaps, backwards.

Tests compare it with the field's truth, so that a picture that lies is found out. Works where the
page draws lamps small (:attr:`ui.map.projection.ViewReport.readable`): always below zoom 15, and
above it while neighbours stand too close for discs. Each state is then a bitmap of its own with a
border of plain ground.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

ORDINARY = ("on", "dimmed", "off")

Pixel = tuple[int, int, int]
"""Red, green and blue, 0 to 255."""

# The eight bitmaps of the look leave out `bad`; drawn like its glyph, an unequal sign.
_BAD = ("...#.", "#####", "..#..", "#####", ".#...")


def lamp_bitmaps(tokens: Mapping[str, Any]) -> dict[str, Sequence[str]]:
    """Return state word → rows of ``#`` and ``.``, from the look's tokens.

    The look says *works* where the contract says *maintenance*; the contract's words decide.
    """
    bitmaps: dict[str, Sequence[str]] = {
        str(key): tuple(rows) for key, rows in tokens["lamp_bitmap"].items()
    }
    if "works" in bitmaps:
        bitmaps["maintenance"] = bitmaps.pop("works")
    bitmaps.setdefault("bad", _BAD)
    return bitmaps


def state_colour(state: str, colours: Mapping[str, str]) -> Pixel:
    """Return the colour a state's bitmap is drawn in, from tokens as ``#RRGGBB``."""
    token = "map_lamp_off" if state == "off" else "map_lamp_on" if state in ORDINARY else "text_1"
    return parse_colour(colours[token])


def parse_colour(text: str) -> Pixel:
    """Return ``#RRGGBB`` as numbers."""
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def draw_lamp(
    put: Callable[[int, int, Pixel], None],
    centre: tuple[int, int],
    state: str,
    *,
    bitmaps: Mapping[str, Sequence[str]],
    colours: Mapping[str, str],
    ratio: float = 1,
) -> None:
    """Draw a lamp as ``resources/map/stamps.js`` does: a border of ground, then the bitmap."""
    cell = cell_px(ratio)
    rows = bitmaps[state]
    left, top, width, height = _frame(rows, centre, cell)
    land = parse_colour(colours["map_land"])
    for y in range(top - cell, top + height + cell):
        for x in range(left - cell, left + width + cell):
            put(x, y, land)
    ink = state_colour(state, colours)
    for y in range(height):
        for x in range(width):
            if rows[y // cell][x // cell] == "#":
                put(left + x, top + y, ink)


def read_lamp(
    pixel: Callable[[int, int], Pixel],
    centre: tuple[int, int],
    *,
    bitmaps: Mapping[str, Sequence[str]],
    colours: Mapping[str, str],
    ratio: float = 1,
) -> str | None:
    """Return the state word a lamp shows, ``None`` when no bitmap fits or more than one does.

    Args:
        pixel: colour at a device pixel of the screenshot's map; may be asked a few pixels around
            the centre, and should return anything for pixels outside.
        centre: device pixel of the lamp (:meth:`ui.map.projection.ViewReport.device_pixel`).
        bitmaps: from :func:`lamp_bitmaps`.
        colours: the theme's tokens as ``#RRGGBB``.
        ratio: device pixels in a CSS pixel.
    """
    cell = cell_px(ratio)
    found = []
    for state, rows in bitmaps.items():
        inks = state_colour(state, colours), parse_colour(colours["map_land"])
        if _fits(pixel, centre, rows, inks, cell):
            found.append(state)
    return found[0] if len(found) == 1 else None


def _fits(
    pixel: Callable[[int, int], Pixel],
    centre: tuple[int, int],
    rows: Sequence[str],
    inks: tuple[Pixel, Pixel],
    cell: int,
) -> bool:
    left, top, width, height = _frame(rows, centre, cell)
    ink, land = inks
    for y in range(-cell, height + cell):
        for x in range(-cell, width + cell):
            inside = 0 <= x < width and 0 <= y < height
            lit = inside and rows[y // cell][x // cell] == "#"
            if pixel(left + x, top + y) != (ink if lit else land):
                return False
    return True


def cell_px(ratio: float) -> int:
    """Return the device pixels of one cell of a bitmap."""
    return max(1, int(ratio + 0.5))


def _frame(rows: Sequence[str], centre: tuple[int, int], cell: int) -> tuple[int, int, int, int]:
    width, height = len(rows[0]) * cell, len(rows) * cell
    return centre[0] - width // 2, centre[1] - height // 2, width, height
