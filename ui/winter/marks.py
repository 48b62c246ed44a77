"""How a circuit's state is drawn: patterns that need no colour, the same on list and map."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from ui import patterns
from ui.theme import Theme

LOOKS = (
    "fresh",
    "ageing",
    "due_again",
    "in_progress",
    "to_do",
    "snowed_over",
    "uninspected",
    "blocked",
)
"""Every state, in the order of the legend."""
_FILLS = {"fresh": "inverse", "ageing": "data", "due_again": "data_dim"}
_CHEVRON_PX = 7


def paint_circuit(painter: QPainter, theme: Theme, rect: QRectF, look: str) -> None:
    """Draw a state into ``rect``: filled by age, chevrons, stipple, dotted, or a cross."""
    painter.save()
    painter.fillRect(rect, theme.color(_FILLS.get(look, "field")))
    if look == "in_progress":
        _chevrons(painter, theme, rect)
    elif look == "snowed_over":
        patterns.fill_pattern(painter, theme, rect, "stale")
    elif look == "blocked":
        side = rect.height()
        cross = QRectF(rect.center().x() - side / 2, rect.top(), side, side)
        patterns.paint_glyph(painter, theme, cross, "unavailable")
    pen = QPen(theme.color("text_2" if look in _FILLS else "text_1"), 1)
    if look == "uninspected":
        pen.setStyle(Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([2, 2])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.adjusted(0, 0, -1, -1))
    painter.restore()


def _chevrons(painter: QPainter, theme: Theme, rect: QRectF) -> None:
    painter.save()
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("text_1"), 1.6))
    x, half = rect.left() + 2, rect.height() / 2 - 1
    while x < rect.right():
        painter.drawPolyline(
            QPolygonF(
                [
                    QPointF(x, rect.center().y() - half),
                    QPointF(x + half, rect.center().y()),
                    QPointF(x, rect.center().y() + half),
                ]
            )
        )
        x += _CHEVRON_PX
    painter.restore()
