"""A kind's symbol in a widget, from the same drawing that the map's page uses."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgRenderer

BOX = 16
"""Side of the square that kinds are drawn in."""


def paint_symbol(
    painter: QPainter, rect: QRectF, drawing: Mapping[str, Any], ink: str, ground: str
) -> None:
    """Draw what the map shows for a kind at medium scale, in its ordinary state.

    Args:
        painter: active painter.
        rect: square of the symbol.
        drawing: ``resources/map/kinds/<kind>.toml`` as read; its ``shape`` is drawn.
        ink: colour, ``#rrggbb``.
        ground: colour of what is left out.
    """
    shape = drawing["shape"]
    paths = tuple((part, shape.get(part, "")) for part in ("outline", "line", "ink", "cut"))
    level = tuple(shape.get("level", ()))
    _renderer(paths, level, bool(shape.get("solid")), ink, ground).render(painter, rect)


@lru_cache(maxsize=64)
def _renderer(
    paths: tuple[tuple[str, str], ...],
    level: tuple[float, ...],
    solid: bool,
    ink: str,
    ground: str,
) -> QSvgRenderer:
    part = dict(paths)
    filled = f'fill="{ink}"' if solid else 'fill="none"'
    pen = f'stroke="{ink}" stroke-width="1.4" stroke-linejoin="round"'
    items = [f'<path d="{part["outline"]}" {filled} {pen}/>']
    if part["line"]:
        items.append(f'<path d="{part["line"]}" fill="none" {pen}/>')
    if part["ink"]:
        items.append(f'<path d="{part["ink"]}" fill="{ink}"/>')
    if part["cut"]:
        items.append(f'<path d="{part["cut"]}" fill="{ground}"/>')
    if level:
        x, y, width, height = level
        half = f'x="{x}" y="{y + height / 2}" width="{width}" height="{height / 2}"'
        items.append(f'<rect {half} fill="{ink}"/>')
    box = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {BOX} {BOX}">'
    return QSvgRenderer(QByteArray(f"{box}{''.join(items)}</svg>".encode()))
