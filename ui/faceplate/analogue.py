"""Analogue parts of a faceplate: a level on its scale, a bollard in its street, many at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui import patterns
from ui.faceplate.facts import Box, Level, Post
from ui.theme import Theme

_BOX_PX = 18
_GAP_PX = 3


class _Painted(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = Theme.current()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()


class LevelBar(_Painted):
    """Show a reported level filled, the commanded one as a hollow mark, hatched between."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._level: Level | None = None

    def show_level(self, level: Level | None) -> None:
        """Show this level; nothing without one."""
        if level != self._level:
            self._level = level
            self.setVisible(level is not None)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, 52)

    def paintEvent(self, _event: QPaintEvent) -> None:
        level = self._level
        if level is None:
            return
        theme = self._theme
        painter = QPainter(self)
        track = QRectF(6.5, 13.5, self.width() - 13, 16)
        painter.fillRect(track, theme.color("field"))
        if level.reported is None or level.quality != "good":
            patterns.paint_value_sign(painter, theme, track, level.quality)
        if level.reported is not None:
            part = QRectF(track)
            part.setWidth(track.width() * level.reported)
            painter.fillRect(part, theme.color("data" if level.quality == "good" else "data_dim"))
            if level.commanded is not None and level.commanded != level.reported:
                low, high = sorted((level.reported, level.commanded))
                gap = QRectF(track)
                gap.setLeft(track.left() + track.width() * low)
                gap.setRight(track.left() + track.width() * high)
                patterns.fill_pattern(painter, theme, gap, "unavailable")
        painter.setPen(QPen(theme.color("control_border"), 1))
        painter.drawRect(track)
        if level.commanded is not None:
            _paint_mark(painter, theme, track.left() + track.width() * level.commanded, 13)
        painter.setFont(theme.font(12))
        painter.setPen(theme.color("text_2"))
        self._paint_marks(painter, track, level.marks)
        painter.end()

    def _paint_marks(self, painter: QPainter, track: QRectF, marks: Sequence[str]) -> None:
        last = max(1, len(marks) - 1)
        for number, mark in enumerate(marks):
            x = round(track.left() + track.width() * number / last)
            flag = (
                Qt.AlignmentFlag.AlignLeft
                if number == 0
                else Qt.AlignmentFlag.AlignRight
                if number == last
                else Qt.AlignmentFlag.AlignHCenter
            )
            left = {0: x, last: x - 60}.get(number, x - 30)
            painter.drawText(QRect(left, 33, 60, 18), flag | Qt.AlignmentFlag.AlignTop, mark)


class PostPicture(_Painted):
    """Draw a bollard between its road and its loop: up, down or between; and where it should be."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._post: Post | None = None

    def show_post(self, post: Post | None) -> None:
        """Show this bollard; nothing without one."""
        if post != self._post:
            self._post = post
            self.setVisible(post is not None)
            if post is not None:
                self.setAccessibleName(f"{post.state}, {post.words}")
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, 112)

    def paintEvent(self, _event: QPaintEvent) -> None:
        post = self._post
        if post is None:
            return
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, middle = 80.0, self.width() * 0.32
        painter.setPen(QPen(theme.color("text_2"), 2))
        painter.drawLine(QPointF(8, ground), QPointF(self.width() - 8, ground))
        self._paint_post(painter, post, middle, ground)
        self._paint_loop(painter, post, ground)
        painter.end()

    def _paint_post(self, painter: QPainter, post: Post, middle: float, ground: float) -> None:
        theme, height = self._theme, 66.0
        whole = QRectF(middle - 12, ground - height, 24, height)
        dashed = QPen(theme.color("text_3"), 1)
        dashed.setStyle(Qt.PenStyle.CustomDashLine)
        dashed.setDashPattern([3, 3])
        painter.setPen(dashed)
        painter.drawRect(whole)
        if post.up is None:
            patterns.paint_value_sign(painter, theme, whole, post.quality)
        else:
            shown = QRectF(whole)
            shown.setTop(ground - max(6.0, height * post.up))
            painter.fillRect(shown, theme.color("data" if post.quality == "good" else "data_dim"))
            painter.setPen(QPen(theme.color("text_1"), 1))
            painter.drawRect(shown)
        if post.commanded is not None:
            y = ground - max(6.0, height * post.commanded)
            arrow = QPolygonF(
                [QPointF(middle - 26, y - 5), QPointF(middle - 26, y + 5), QPointF(middle - 16, y)]
            )
            painter.setPen(QPen(theme.color("text_1"), 1.4))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolygon(arrow)
        painter.setFont(theme.font(13, bold=True))
        painter.setPen(theme.color("text_1"))
        painter.drawText(QRectF(middle + 24, ground - height, self.width(), 20), post.state)

    def _paint_loop(self, painter: QPainter, post: Post, ground: float) -> None:
        theme = self._theme
        loop = QRectF(self.width() * 0.52, ground + 3, self.width() * 0.34, 10)
        if post.loop == "possible":
            patterns.paint_swatch(painter, theme, loop, "stale")
        elif post.loop == "occupied":
            painter.fillRect(loop, theme.color("data"))
        painter.setPen(QPen(theme.color("text_1"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(loop)
        painter.setFont(theme.font(12, bold=post.loop != "free"))
        painter.setPen(theme.color("text_2" if post.loop == "free" else "text_1"))
        words = QRectF(8, ground + 14, loop.right() - 8, 18)
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(words, flags, post.words)


class BoxStrip(_Painted):
    """Draw many targets as boxes: ticked, waiting, different, or with the sign of their quality."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: Sequence[Box] = ()
        # not Fixed: that would hold it to the height of the width it had before
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_boxes(self, boxes: Sequence[Box], said: str) -> None:
        """Show these targets; ``said`` counts them."""
        self.setAccessibleName(said)
        if list(boxes) != list(self._boxes):
            self._boxes = boxes
            self.setVisible(bool(boxes))
            self.updateGeometry()
            self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        columns = max(1, (width + _GAP_PX) // (_BOX_PX + _GAP_PX))
        return -(-len(self._boxes) // columns) * (_BOX_PX + _GAP_PX)

    def sizeHint(self) -> QSize:
        return QSize(300, self.heightForWidth(max(300, self.width())))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            columns = max(1, (self.width() + _GAP_PX) // (_BOX_PX + _GAP_PX))
            step = _BOX_PX + _GAP_PX
            at = event.pos().y() // step * columns + event.pos().x() // step
            said = self._boxes[at].said if 0 <= at < len(self._boxes) else ""
            QToolTip.showText(event.globalPos(), said, self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        columns = max(1, (self.width() + _GAP_PX) // (_BOX_PX + _GAP_PX))
        for number, box in enumerate(self._boxes):
            row, column = divmod(number, columns)
            step = _BOX_PX + _GAP_PX
            self._paint_box(painter, QRectF(column * step, row * step, _BOX_PX, _BOX_PX), box)
        painter.end()

    def _paint_box(self, painter: QPainter, rect: QRectF, box: Box) -> None:
        theme = self._theme
        if box.state == "verified":
            painter.fillRect(rect, theme.color("data"))
            painter.setPen(QPen(theme.color("window"), 2))
            painter.drawPolyline(
                QPolygonF(
                    [
                        QPointF(rect.left() + 4, rect.center().y()),
                        QPointF(rect.left() + 8, rect.bottom() - 5),
                        QPointF(rect.right() - 4, rect.top() + 5),
                    ]
                )
            )
        elif box.state == "programme":
            painter.fillRect(rect, theme.color("data_dim"))
        elif box.state == "waiting":
            painter.setPen(QPen(theme.color("text_2"), 1))
            painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
        elif box.state == "differs":
            patterns.paint_swatch(painter, theme, rect, "bad")
        elif box.state == "hands":
            patterns.paint_swatch(painter, theme, rect, "maintenance")
        elif box.state == "unknown_fate":
            patterns.paint_swatch(painter, theme, rect, "unknown")
        else:
            patterns.paint_swatch(painter, theme, rect, box.state)


def _paint_mark(painter: QPainter, theme: Theme, x: float, tip_y: float) -> None:
    """Draw the hollow triangle of what was commanded, its tip on the track."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("text_1"), 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolygon(
        QPolygonF([QPointF(x - 6, tip_y - 11), QPointF(x + 6, tip_y - 11), QPointF(x, tip_y - 1)])
    )
    painter.restore()
