"""Draw one tile of the wall: its bar, its picture, or in words why there is no sure picture."""

from __future__ import annotations

import time

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from backend_bridge.contract.alarms import AlarmState
from ui import icons, patterns
from ui.marks import paint_alarm
from ui.texts import text
from ui.theme import Theme
from ui.wall import textures
from ui.wall.facts import Pixels, TileRow

SHOWN = ("live", "late", "connecting")
UNSURE = ("frozen", "black")
"""States in which the picture stays in sight, with a word over it."""
DIM = 0.38
"""Opacity of a picture that stands still."""
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
TEXTURES = {"frozen": "stipple", "lost": "rising", "maintenance": "bands"}
CONNECT_S = 10.0
"""Seconds after which the bar of a connection is full."""
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class TileView(QWidget):
    """Show one tile; holds the last picture it was given.

    Signals:
        pressed: with its slot; ``opened`` on a double click.
    """

    pressed = Signal(int)
    opened = Signal(int)

    def __init__(self, slot: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.slot = slot
        self._theme = Theme.current()
        self._row: TileRow | None = None
        self._clock = ""
        self._chosen = False
        self._picture: Pixels | None = None
        self._image: QImage | None = None
        self._since_s = time.monotonic()
        self._clock_at = QRect()
        self._clock_drawn: QPixmap | None = None
        self.painted = 0
        """Times its picture's place was drawn; ``taken``: pictures it was given."""
        self.taken = 0
        self.setObjectName(f"tile-{slot}")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @property
    def row(self) -> TileRow | None:
        """Return what it says."""
        return self._row

    @property
    def has_picture(self) -> bool:
        """Return whether a picture is on it, sure or not."""
        return self._image is not None

    @property
    def picture_px(self) -> tuple[int, int]:
        """Return width and height of the picture as it was decoded, zero without one."""
        image = self._image
        return (0, 0) if image is None else (image.width(), image.height())

    def show_row(self, row: TileRow, *, chosen: bool) -> None:
        """Say this; a picture that must not be seen any more goes at once."""
        before = self._row
        if row == before and chosen == self._chosen:
            return
        if before is None or (before.state, before.camera) != (row.state, row.camera):
            self._since_s = time.monotonic()
        moved = before is None or before.camera != row.camera
        if moved or row.state not in (*SHOWN, *UNSURE):
            self._picture = self._image = None
        self._row, self._chosen = row, chosen
        self.setAccessibleName(row.said)
        self.setToolTip(row.said)
        self.update()

    def show_clock(self, clock: str) -> None:
        """Draw this time in the corner."""
        if clock != self._clock:
            self._clock = clock
            self._clock_drawn = None
            self.update(self._clock_box())
            if self._row is not None and self._row.state == "connecting":
                self.update(self.picture_box())

    def take(self, picture: Pixels) -> None:
        """Show a new picture; its pixels are used where they are."""
        row = self._row
        if row is None or row.state not in (*SHOWN, *UNSURE):
            return
        self.taken += 1
        self._picture = picture  # Qt keeps no reference to the pixels
        self._image = QImage(
            picture.pixels,
            picture.width,
            picture.height,
            picture.width * 4,
            QImage.Format.Format_RGB32,
        )
        self.update(self.picture_box())

    def bar_px(self) -> int:
        """Return the height of the bar: 50 on a wall of nine, less on smaller tiles."""
        return min(self._theme.px("wall_tile_bar"), max(24, round(self.height() * 0.155)))

    def picture_box(self) -> QRect:
        """Return where the picture goes, logical pixels."""
        bar = self.bar_px()
        return QRect(2, bar, max(1, self.width() - 4), max(1, self.height() - bar - 2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw all of it again."""
        super().resizeEvent(event)
        self._clock_at = QRect()
        self._clock_drawn = None
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose this tile."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit(self.slot)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show it alone, or all again."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(self.slot)

    # -- painting -------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is not as it was: most often the picture alone."""
        theme, row = self._theme, self._row
        painter = QPainter(self)
        if row is None or not row.camera:
            self._paint_empty(painter)
            painter.end()
            return
        box = self.picture_box()
        if event.rect().intersects(box):
            self._paint_picture(painter, row, box)
            self.painted += 1
        if not box.contains(event.rect()):
            self._paint_bar(painter, row)
            whole = self.rect().adjusted(0, 0, -1, -1)
            strong = self._chosen or row.severity is not None
            token = "accent" if self._chosen else "text_1" if strong else "line"
            painter.setPen(QPen(theme.color(token), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(whole)
            painter.setPen(QPen(theme.color(token if strong else "window"), 1))
            painter.drawRect(whole.adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_empty(self, painter: QPainter) -> None:
        theme = self._theme
        painter.fillRect(self.rect(), theme.color("field"))
        pen = QPen(theme.color("accent" if self._chosen else "line"), 2 if self._chosen else 1)
        painter.setPen(pen)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.setPen(theme.color("text_2"))
        painter.setFont(theme.font(max(12, min(20, self.height() // 14))))
        words = text("wall.empty.chosen" if self._chosen else "wall.empty")
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(self.rect().adjusted(12, 12, -12, -12), flags, words)

    def _paint_picture(self, painter: QPainter, row: TileRow, box: QRect) -> None:
        theme, image = self._theme, self._image
        area = QRectF(box)
        painter.setClipRect(box)
        beside = "window" if image is not None else "field"
        ground = "disabled_fill" if row.state == "disabled" else beside
        faint = row.state == "frozen"
        place = QRectF() if image is None else _fitted(image, area)
        # twenty-five times a second for each tile: what the picture covers is not filled before
        for bare in [area] if faint or image is None else _beside(place, area):
            painter.fillRect(bare, theme.color(ground))
        if image is not None:
            painter.setOpacity(DIM if faint else 1.0)
            painter.drawImage(place, image)
            painter.setOpacity(1.0)
        if row.state in TEXTURES:
            textures.fill(painter, theme, area, TEXTURES[row.state])
        if row.state == "late" or (row.state == "connecting" and image is not None):
            self._paint_words(painter, row, box, corner=True)
        elif row.word:
            self._paint_words(painter, row, box, corner=False)
        self._paint_clock(painter)
        painter.setClipping(False)

    def _paint_words(self, painter: QPainter, row: TileRow, box: QRect, *, corner: bool) -> None:
        theme = self._theme
        size = max(13, min(40, round(box.height() * (0.10 if corner else 0.15))))
        font = theme.font(size, bold=True)
        pad = size // 2
        room = box.width() - 16 - 2 * pad
        words = QFontMetrics(font).elidedText(row.word, Qt.TextElideMode.ElideRight, room)
        width = QFontMetrics(font).horizontalAdvance(words) + 2 * pad
        height = round(size * 1.4)
        frame = QRectF(box.left() + 6, box.top() + 6, width, height)
        if not corner:
            frame.moveCenter(QRectF(box).center() - QPointF(0, height * 0.45))
            frame.moveTop(max(frame.top(), box.top() + 6))
        painter.fillRect(frame, theme.color("window"))
        style = QPen(theme.color("text_1"), 1)
        if row.state == "connecting":
            style.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(style)
        painter.drawRect(frame.adjusted(0.5, 0.5, -0.5, -0.5))
        if row.state == "forbidden":
            painter.drawRect(frame.adjusted(3.5, 3.5, -3.5, -3.5))
        painter.setPen(theme.color("text_1"))
        painter.setFont(font)
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, words)
        if corner:
            return
        if row.state == "connecting":
            self._paint_progress(painter, frame)
        self._paint_cause(painter, row.cause, box, frame.bottom() + 8, size)

    def _paint_cause(
        self, painter: QPainter, cause: str, box: QRect, top: float, size: int
    ) -> None:
        theme = self._theme
        font = theme.font(max(12, min(20, round(size * 0.6))))
        metrics = QFontMetrics(font)
        if not cause or top + metrics.height() > box.bottom() - 2:
            return
        words = metrics.elidedText(cause, Qt.TextElideMode.ElideRight, box.width() - 28)
        line = QRectF(0, top, metrics.horizontalAdvance(words) + 16, metrics.height() + 4)
        line.moveLeft(box.center().x() - line.width() / 2)
        painter.fillRect(line, theme.color("panel"))
        painter.setPen(theme.color("text_1"))
        painter.setFont(font)
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_progress(self, painter: QPainter, frame: QRectF) -> None:
        share = min(1.0, (time.monotonic() - self._since_s) / CONNECT_S)
        line = QRectF(frame.left(), frame.bottom() + 2, frame.width(), 4)
        painter.fillRect(line, self._theme.color("window"))
        line.setWidth(frame.width() * share)
        painter.fillRect(line, self._theme.color("data"))

    def _clock_px(self) -> int:
        return max(12, min(20, round(self.height() * 0.065)))

    def _clock_box(self) -> QRect:
        """Return where the clock goes; worked out once a size."""
        if self._clock_at.isNull():
            self._clock_at = self._find_clock_box()
        return self._clock_at

    def _find_clock_box(self) -> QRect:
        metrics = QFontMetrics(self._theme.font(self._clock_px()))
        box = self.picture_box()
        width, height = metrics.horizontalAdvance("00:00:00") + 12, metrics.height() + 2
        return QRect(box.right() - width - 4, box.bottom() - height - 4, width, height)

    def _paint_clock(self, painter: QPainter) -> None:
        """Draw the time; its letters are drawn once a second, not with every picture."""
        box = self._clock_box()
        if self._clock_drawn is None:
            ratio = self.devicePixelRatioF()
            drawn = QPixmap(box.size() * ratio)
            drawn.setDevicePixelRatio(ratio)
            drawn.fill(self._theme.color("window"))
            letters = QPainter(drawn)
            letters.setPen(self._theme.color("text_1"))
            letters.setFont(self._theme.font(self._clock_px()))
            place = QRect(QPoint(), box.size())
            letters.drawText(place, Qt.AlignmentFlag.AlignCenter, self._clock)
            letters.end()
            self._clock_drawn = drawn
        painter.drawPixmap(box.topLeft(), self._clock_drawn)

    def _paint_bar(self, painter: QPainter, row: TileRow) -> None:
        theme, height = self._theme, self.bar_px()
        painter.fillRect(QRect(0, 0, self.width(), height), theme.color("raised"))
        right = self._paint_sign(painter, row, height)
        number = theme.font(round(height * 0.8), bold=True)
        painter.setFont(number)
        painter.setPen(theme.color("text_1"))
        x = 9
        width = QFontMetrics(number).horizontalAdvance(row.number)
        painter.drawText(QRect(x, 0, width + 2, height), _LEFT, row.number)
        x += width + round(height * 0.25)
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

    def _paint_sign(self, painter: QPainter, row: TileRow, height: int) -> int:
        """Draw how the picture is at the right end of the bar; return where the rest must end."""
        theme, side = self._theme, min(24, height - 8)
        left = self.width() - 9 - side
        if row.state == "forbidden":
            picture = icons.pixmap("mdi6.lock-outline", theme, "text_1", side)
            painter.drawPixmap(left, (height - side) // 2, picture)
        elif row.state in SIGNS:
            left -= side // 2
            rect = QRectF(left, (height - side) / 2, side * 1.5, side)
            patterns.paint_swatch(painter, theme, rect, SIGNS[row.state])
        else:
            ring = QRectF(0, 0, side * 0.8, side * 0.8)
            ring.moveCenter(QPointF(left + side / 2, height / 2))
            fraction = None if row.late is None else min(row.late, 0.99)
            patterns.paint_age_ring(painter, theme, ring, fraction)
            if row.age:
                font = theme.font(max(12, round(height * 0.4)))
                width = QFontMetrics(font).horizontalAdvance(row.age)
                painter.setFont(font)
                painter.setPen(theme.color("text_1"))
                left -= width + 8
                painter.drawText(QRect(left, 0, width + 2, height), _LEFT, row.age)
        return left - 4


def _beside(place: QRectF, area: QRectF) -> list[QRectF]:
    """Return the parts of an area left, right, above and below a place inside it; none empty."""
    left = QRectF(area.topLeft(), QPointF(place.left(), area.bottom()))
    right = QRectF(QPointF(place.right(), area.top()), area.bottomRight())
    above = QRectF(area.topLeft(), QPointF(area.right(), place.top()))
    below = QRectF(QPointF(area.left(), place.bottom()), area.bottomRight())
    return [part for part in (left, right, above, below) if part.width() > 0 and part.height() > 0]


def _fitted(image: QImage, area: QRectF) -> QRectF:
    """Return the largest place of the image's own proportions in the middle of an area."""
    scale = min(area.width() / image.width(), area.height() / image.height())
    place = QRectF(0, 0, round(image.width() * scale), round(image.height() * scale))
    place.moveCenter(area.center())
    return QRectF(place.toAlignedRect())
