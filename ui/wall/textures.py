"""Patterns laid over a whole picture, as small pixmaps that repeat: a frame costs one fill."""

from __future__ import annotations

import functools

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap

from ui.theme import Theme


@functools.cache
def _pixmap(name: str, color: str, ratio: float) -> QPixmap:
    side = {"stipple": 4, "rising": 8, "bands": 24}[name]
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if name == "stipple":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(color))
        for x, y in ((1.0, 1.0), (3.0, 3.0)):
            painter.drawRect(QRectF(x - 0.5, y - 0.5, 1, 1))
    else:
        rising = name == "rising"
        painter.setPen(QPen(QColor(color), 1.3 if rising else 7.0))
        low, high = (2 * side, -side) if rising else (-side, 2 * side)
        for shift in (-side, 0, side):  # thrice, so that the corners of the repeated square meet
            painter.drawLine(QLineF(shift - side, low, shift + 2 * side, high))
    painter.end()
    return picture


def fill(painter: QPainter, theme: Theme, rect: QRectF, name: str) -> None:
    """Lay a texture over ``rect``: ``stipple``, ``rising`` lines at 45° or ``bands``."""
    device = painter.device()
    ratio = device.devicePixelRatioF() if device is not None else 1.0
    painter.save()
    painter.setBrushOrigin(rect.topLeft())
    painter.fillRect(rect, QBrush(_pixmap(name, theme.hex("hatch"), ratio)))
    painter.restore()


def clear_cache() -> None:
    """Drop the pixmaps; before the application ends."""
    _pixmap.cache_clear()
