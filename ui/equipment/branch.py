"""Draw one branch of the equipment tree: arrow, worst alarm, name, count, how many not good."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPolygonF

from backend_bridge.contract.alarms import AlarmState, Severity
from ui import icons, marks, patterns
from ui.theme import Theme
from ui.widgets.labels import paint_strong_plain

INDENT_PX = 14
"""How far in each level of the tree begins."""
ARROW_W = 18
_PAD = 10
_MARK_W = 30
_SWATCH_W = 26
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class BranchRow(Protocol):
    """A commune, a kind in a commune, or what is chosen; texts are finished."""

    @property
    def id(self) -> str: ...
    @property
    def icon(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def note(self) -> str: ...
    @property
    def depth(self) -> int: ...
    @property
    def open(self) -> bool: ...
    @property
    def not_good(self) -> str: ...
    @property
    def worst(self) -> str: ...
    @property
    def severity(self) -> Severity | None: ...
    @property
    def alarm_state(self) -> AlarmState | None: ...


def paint_branch(
    painter: QPainter, theme: Theme, rect: QRect, row: BranchRow, *, lit: bool
) -> None:
    """Draw a branch on its ground; the painter's state is the caller's to restore."""
    left = rect.left() + 4 + row.depth * INDENT_PX
    paint_arrow(painter, theme, QPointF(left + ARROW_W / 2, rect.center().y() + 0.5), row.open)
    left += ARROW_W
    device = painter.device()
    ratio = device.devicePixelRatioF() if device is not None else 1.0
    picture = icons.pixmap(row.icon, theme, "text_2", 16, ratio)
    painter.drawPixmap(left, rect.center().y() - 7, picture)
    left += 24
    right = rect.right() - _PAD
    if row.worst:
        box = QRectF(right - _SWATCH_W, rect.center().y() - 8, _SWATCH_W, 18)
        patterns.paint_value_sign(painter, theme, box, row.worst)
    right -= _SWATCH_W + 6
    if row.not_good:
        font = theme.font(12)
        painter.setFont(font)
        painter.setPen(theme.color("text_1"))
        width = QFontMetrics(font).horizontalAdvance(row.not_good) + 2
        painter.drawText(
            QRect(right - width, rect.top(), width, rect.height()), _RIGHT, row.not_good
        )
        right -= width + 8
    if row.severity is not None:
        centre = QPointF(right - _MARK_W / 2, rect.center().y() + 0.5)
        state = row.alarm_state or AlarmState.NORMAL
        marks.paint_alarm(
            painter, theme, centre, row.severity, state, lit=lit, size_px=marks.MIN_PX
        )
        right -= _MARK_W + 4
    room = QRect(left, rect.top(), right - left, rect.height())
    paint_strong_plain(painter, theme, room, row.title, row.note)


def paint_arrow(painter: QPainter, theme: Theme, centre: QPointF, opened: bool) -> None:
    """Draw the arrow of a row that unfolds: down when it is open, else to the right."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("text_2"))
    x, y = centre.x(), centre.y()
    corners = (
        (QPointF(x - 5, y - 3), QPointF(x + 5, y - 3), QPointF(x, y + 4))
        if opened
        else (QPointF(x - 3, y - 5), QPointF(x + 4, y), QPointF(x - 3, y + 5))
    )
    painter.drawPolygon(QPolygonF(corners))
    painter.restore()
