"""Draw one tile of the wall: its bar, its picture, or in words why there is no sure picture."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
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

from ui.dragging import Dragged, begin, far_enough
from ui.theme import Theme
from ui.wall import textures
from ui.wall.bar import paint_bar, paint_free
from ui.wall.facts import Pixels, TileRow

SHOWN = ("live", "late", "connecting")
UNSURE = ("frozen", "black")
"""States in which the picture stays in sight, with a word over it."""
DIM = 0.38
"""Opacity of a picture that stands still."""
TEXTURES = {"frozen": "stipple", "lost": "rising", "maintenance": "bands"}
CONNECT_S = 10.0
"""Seconds after which the bar of a connection is full."""


class TileView(QWidget):
    """Show one tile; holds the last picture it was given.

    Signals:
        pressed: with its slot; ``opened`` on a double click.
        pointed: the mouse came, or with ``False`` left.
    """

    pressed = Signal(int)
    opened = Signal(int)
    pointed = Signal(int, bool)

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
        self._box = self._place = QRect()
        self._clock_at = QRect()
        self._clock_drawn: QPixmap | None = None
        self._held: QPointF | None = None
        self._aimed = False
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

    def set_aimed(self, aimed: bool) -> None:
        """Show that what is dragged, or was taken up, would be let go here."""
        if aimed != self._aimed:
            self._aimed = aimed
            self.update()

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
        before = self._image
        self._picture = picture  # Qt keeps no reference to the pixels
        self._image = QImage(
            picture.pixels,
            picture.width,
            picture.height,
            picture.width * 4,
            QImage.Format.Format_RGB32,
        )
        if before is not None and before.size() == self._image.size():
            self.update(self._place)  # what stands beside the picture stays as drawn
        else:
            self._place = self._fitted(self._image)
            self.update(self.picture_box())

    def bar_px(self) -> int:
        """Return the height of the bar: 50 on a wall of nine, less on smaller tiles."""
        return min(self._theme.px("wall_tile_bar"), max(24, round(self.height() * 0.155)))

    def picture_box(self) -> QRect:
        """Return where the picture goes, logical pixels; worked out once a size."""
        if self._box.isNull():
            bar = self.bar_px()
            self._box = QRect(2, bar, max(1, self.width() - 4), max(1, self.height() - bar - 2))
        return self._box

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw all of it again."""
        super().resizeEvent(event)
        self._box = self._clock_at = QRect()
        self._place = QRect() if self._image is None else self._fitted(self._image)
        self._clock_drawn = None
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose this tile; pulled away from, its camera is dragged."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = event.position()
            self.pressed.emit(self.slot)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the camera, once the mouse has left where it was pressed."""
        row, held = self._row, self._held
        if held is None or row is None or not row.camera:
            return
        if far_enough(held, event.position()):
            self._held = None
            begin(
                self, Dragged(equipment=(row.camera,), tile=self.slot), f"{row.number} {row.name}"
            )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drag nothing any more."""
        super().mouseReleaseEvent(event)
        self._held = None

    def enterEvent(self, event: QEnterEvent) -> None:
        """Say that the mouse is here."""
        super().enterEvent(event)
        self.pointed.emit(self.slot, True)

    def leaveEvent(self, event: QEvent) -> None:
        """Say that the mouse has left."""
        super().leaveEvent(event)
        self.pointed.emit(self.slot, False)

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
            paint_free(painter, theme, self.rect(), row, self.bar_px(), chosen=self._chosen)
            self._paint_aim(painter)
            painter.end()
            return
        box = self.picture_box()
        if event.rect().intersects(box):
            self._paint_picture(painter, row, box, event.rect())
            self.painted += 1
        if not box.contains(event.rect()):
            paint_bar(painter, theme, row, self.width(), self.bar_px())
            whole = self.rect().adjusted(0, 0, -1, -1)
            strong = self._chosen or row.severity is not None
            token = "accent" if self._chosen else "text_1" if strong else "line"
            painter.setPen(QPen(theme.color(token), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(whole)
            painter.setPen(QPen(theme.color(token if strong else "window"), 1))
            painter.drawRect(whole.adjusted(1, 1, -1, -1))
        self._paint_aim(painter)
        painter.end()

    def _paint_aim(self, painter: QPainter) -> None:
        if self._aimed:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.color("accent"), 6, Qt.PenStyle.DashLine))
            painter.drawRect(self.rect().adjusted(3, 3, -4, -4))

    def _paint_picture(self, painter: QPainter, row: TileRow, box: QRect, wanted: QRect) -> None:
        theme, image, place = self._theme, self._image, self._place
        area = QRectF(box)
        painter.setClipRect(box)
        beside = "window" if image is not None else "field"
        ground = "disabled_fill" if row.state == "disabled" else beside
        if image is None or row.state == "frozen":
            painter.fillRect(box, theme.color(ground))
        elif not place.contains(wanted):
            for bare in _beside(place, box):
                painter.fillRect(bare, theme.color(ground))
        if image is not None:
            painter.setOpacity(DIM if row.state == "frozen" else 1.0)
            if place.size() == image.size():
                painter.drawImage(place.topLeft(), image)
            else:
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

    def _fitted(self, image: QImage) -> QRect:
        """Return the largest place of the image's own proportions in the picture's box.

        In the middle, or further left where that leaves room for the clock: cameras write their own
        time into the corner where ours stands. In whole pixels: a picture decoded for this box is
        drawn as it is.
        """
        box = self.picture_box()
        scale = min(box.width() / image.width(), box.height() / image.height())
        width, height = round(image.width() * scale), round(image.height() * scale)
        left, spare = (box.width() - width) // 2, box.width() - width
        clock_px = self._clock_box().width() + 8
        if spare >= clock_px:
            left = min(left, spare - clock_px)
        return QRect(box.left() + left, box.top() + (box.height() - height) // 2, width, height)

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


def _beside(place: QRect, box: QRect) -> list[QRect]:
    """Return the parts of a box left, right, above and below a place inside it; none empty."""
    after, under = place.right() + 1, place.bottom() + 1
    left = QRect(box.left(), box.top(), place.left() - box.left(), box.height())
    right = QRect(after, box.top(), box.right() + 1 - after, box.height())
    above = QRect(place.left(), box.top(), place.width(), place.top() - box.top())
    below = QRect(place.left(), under, place.width(), box.bottom() + 1 - under)
    return [part for part in (left, right, above, below) if not part.isEmpty()]
