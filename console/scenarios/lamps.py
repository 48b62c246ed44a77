"""Read lamps off the screen: which state the map's pixels show, lamp by lamp."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from PySide6.QtGui import QImage

from backend_bridge.contract.points import Equipment
from console.scenarios.hand import pixels_of
from ui.map.bitmaps import cell_px, lamp_bitmaps, read_lamp
from ui.map.view import MapView
from ui.theme import Theme

CLEAR_CELLS = 6
"""A lamp with another nearer than this is left out: bitmaps are 5 cells wide, with a border of 1.

A cell is a whole number of device pixels: on a screen of 150 % it is larger than a CSS pixel.
"""
READ_MOST = 14.99
"""Zoom up to which every lamp is a bitmap."""
CLEAR_OF_SYMBOLS_PX = 24
"""The same for a cabinet or any other symbol, in CSS pixels, with the mark of its alarm."""
CELL_PX = CLEAR_OF_SYMBOLS_PX
CORNER_PX = (130, 110)
"""In the corners of the map lie its buttons, its scale and what is said of its ground."""
FOOT_PX = 44


class LampReader:
    """Read the lamps of one map view while the page draws them small: each state is a bitmap."""

    def __init__(self, view: MapView, equipment: Sequence[Equipment]) -> None:
        self._view = view
        self._bitmaps = lamp_bitmaps(Theme.current().tokens)
        self._colours = Theme.current().colors_hex()
        self._others = [item for item in equipment if item.kind != "feeder"]

    def readable(self) -> list[Equipment]:
        """Return the lamps in view that no neighbour, mark or edge can touch."""
        report = self._view.report
        if report is None or not report.readable:
            return []
        placed = [
            (item, *report.css_pixel(item.lon, item.lat))
            for item in self._others
            if report.visible(item.lon, item.lat, margin_px=0)
        ]
        width, height = report.size
        grid: dict[tuple[int, int], list[tuple[Equipment, float, float]]] = {}
        for place in placed:
            grid.setdefault((int(place[1] // CELL_PX), int(place[2] // CELL_PX)), []).append(place)
        room_px = clear_px(report.ratio)
        boxes = [*(box[1:] for box in report.callouts), *report.marks, *report.words]
        return [
            item
            for item, x, y in placed
            if item.kind == "lamp"
            and CELL_PX < x < width - CELL_PX
            and CELL_PX < y < height - CELL_PX
            and not _crowded(grid, item, x, y, room_px)
            and not _under_controls(x, y, width, height)
            and not any(x0 - 4 < x < x1 + 4 and y0 - 4 < y < y1 + 4 for x0, y0, x1, y1 in boxes)
        ]

    def read(self, lamps: Sequence[Equipment]) -> Mapping[str, str | None]:
        """Return lamp id → state word shown, ``None`` where the pixels are no lamp's bitmap."""
        report = self._view.report
        if report is None:
            return {lamp.id: None for lamp in lamps}
        picture = pixels_of(self._view.surface)

        def pixel(x: int, y: int) -> tuple[int, int, int]:
            if not (0 <= x < picture.width() and 0 <= y < picture.height()):
                return (0, 0, 0)
            return _rgb(picture, x, y)

        return {
            lamp.id: read_lamp(
                pixel,
                report.device_pixel(lamp.lon, lamp.lat),
                bitmaps=self._bitmaps,
                colours=self._colours,
                ratio=report.ratio,
            )
            for lamp in lamps
        }


def clear_px(ratio: float) -> float:
    """Return how far, in CSS pixels, the next lamp must be at so many device pixels in one."""
    return CLEAR_CELLS * cell_px(ratio) / ratio


def read_zoom(zoom: float, ratio: float) -> float:
    """Return the zoom at which lamps stand as far apart, in their own size, as at ``zoom`` at 1.

    Below the one from which a lamp may be drawn as a disc, which nobody reads back.
    """
    return min(READ_MOST, zoom + math.log2(clear_px(ratio) / clear_px(1.0)))


def _rgb(picture: QImage, x: int, y: int) -> tuple[int, int, int]:
    value = picture.pixel(x, y)
    return (value >> 16) & 0xFF, (value >> 8) & 0xFF, value & 0xFF


def _under_controls(x: float, y: float, width: int, height: int) -> bool:
    aside = min(x, width - x) < CORNER_PX[0] and min(y, height - y) < CORNER_PX[1]
    return aside or height - y < FOOT_PX


def _crowded(
    grid: Mapping[tuple[int, int], Sequence[tuple[Equipment, float, float]]],
    item: Equipment,
    x: float,
    y: float,
    room_px: float,
) -> bool:
    column, row = int(x // CELL_PX), int(y // CELL_PX)
    for near_column in (column - 1, column, column + 1):
        for near_row in (row - 1, row, row + 1):
            for other, other_x, other_y in grid.get((near_column, near_row), ()):
                clear = room_px if other.kind == "lamp" else CLEAR_OF_SYMBOLS_PX
                if other is not item and max(abs(other_x - x), abs(other_y - y)) < clear:
                    return True
    return False


def shown_word(level: object, quality: str) -> str:
    """Return the state word a lamp's pixels must show for its level (percent) and quality."""
    if quality != "good":
        return quality
    if not isinstance(level, int | float):
        return "unknown"
    return "off" if level <= 0 else "on" if level >= 100 else "dimmed"
