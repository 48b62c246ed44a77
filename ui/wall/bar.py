"""Draw a tile's bar: number, why it is there, name, how its picture is; and a tile that is free."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from backend_bridge.contract.alarms import AlarmState
from ui import icons, patterns
from ui.aged import age_word, outline_aged
from ui.marks import paint_alarm
from ui.texts import text
from ui.theme import Theme
from ui.wall.facts import TileRow

SIGNS = {
    "frozen": "frozen",
    "black": "bad",
    "lost": "unavailable",
    "disabled": "disabled",
    "maintenance": "maintenance",
    "connecting": "unknown",
    "refused": "unknown",
    "gone": "unknown",
}
ICONS = {"forbidden": "mdi6.lock-outline", "masked": "mdi6.eye-off-outline"}
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


def paint_bar(painter: QPainter, theme: Theme, row: TileRow, width: int, height: int) -> None:
    """Draw a tile's bar, ``height`` logical pixels high."""
    painter.fillRect(QRect(0, 0, width, height), theme.color("raised"))
    free = row.state == "proposed"
    right = width - 9 if free else _paint_sign(painter, theme, row, width, height)
    if row.locked:
        side = min(20, height - 10)
        right -= side + 4
        lock = icons.pixmap("mdi6.pin-outline", theme, "text_2", side)
        painter.drawPixmap(right, (height - side) // 2, lock)
    number = theme.font(round(height * 0.75), bold=True)
    painter.setFont(number)
    painter.setPen(theme.color("text_2" if free else "text_1"))
    x = 9
    metrics = QFontMetrics(number)
    wide = metrics.horizontalAdvance(row.number)
    # a line of this font is higher than the bar: what is centred is the digits
    base = (height + metrics.tightBoundingRect("0").height()) // 2
    painter.drawText(QPoint(x, base), row.number)
    x += wide + round(height * 0.25)
    if row.severity is not None:
        side = max(16, round(height * 0.4))
        centre = QPointF(x + side / 2, height / 2)
        active = AlarmState.ACKNOWLEDGED  # its state is the queue's to say; here, still
        paint_alarm(painter, theme, centre, row.severity, active, size_px=side)
        x += side + round(height * 0.25)
    font = theme.font(max(12, round(height * 0.4)))
    painter.setFont(font)
    painter.setPen(theme.color("text_2"))
    name = f"{row.why} · {row.name}" if row.why else row.name
    words = QFontMetrics(font).elidedText(name, Qt.TextElideMode.ElideRight, right - x - 6)
    painter.drawText(QRect(x, 0, max(0, right - x), height), _LEFT, words)


def paint_free(
    painter: QPainter, theme: Theme, rect: QRect, row: TileRow | None, bar: int, *, chosen: bool
) -> None:
    """Draw a tile without a camera: the one it proposes, and the keys that fill it."""
    painter.fillRect(rect, theme.color("field"))
    size = max(12, min(20, rect.height() // 14))
    painter.setFont(theme.font(size))
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    words = text("wall.empty.chosen" if chosen else "wall.empty")
    room = rect.adjusted(12, 12, -12, -12)
    if row is not None and row.state == "proposed":
        paint_bar(painter, theme, row, rect.width(), bar)
        painter.setFont(theme.font(size))
        room = rect.adjusted(12, bar + 6, -12, -6)
        words = f"{text('wall.word.proposed')}\n{row.cause}"
        if chosen:
            words = f"{words}\n\n{text('wall.key.fill')}"
    painter.setPen(theme.color("text_2"))
    painter.drawText(room, flags, words)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color("accent" if chosen else "line"), 2 if chosen else 1))
    painter.drawRect(rect.adjusted(0, 0, -1, -1))


def _paint_sign(painter: QPainter, theme: Theme, row: TileRow, width: int, height: int) -> int:
    """Draw how the picture is at the right end of the bar; return where the rest must end."""
    side = min(24, height - 8)
    left = width - 9 - side
    if row.state in ICONS:
        picture = icons.pixmap(ICONS[row.state], theme, "text_1", side)
        painter.drawPixmap(left, (height - side) // 2, picture)
    elif row.state in SIGNS:
        left -= side // 2
        rect = QRectF(left, (height - side) / 2, side * 1.5, side)
        patterns.paint_value_sign(painter, theme, rect, SIGNS[row.state])
    else:
        ring = QRectF(0, 0, side * 0.8, side * 0.8)
        ring.moveCenter(QPointF(left + side / 2, height / 2))
        fraction = None if row.late is None else min(row.late, 0.99)
        patterns.paint_age_ring(painter, theme, ring, fraction)
        if row.late is not None:  # late is no quality: the ring stays one, and F6 frames it
            outline_aged(painter, theme, ring, age_word(row.late))
        if row.age:
            font = theme.font(max(12, round(height * 0.4)))
            wide = QFontMetrics(font).horizontalAdvance(row.age)
            painter.setFont(font)
            painter.setPen(theme.color("text_1"))
            left -= wide + 8
            painter.drawText(QRect(left, 0, wide + 2, height), _LEFT, row.age)
    return left - 4
