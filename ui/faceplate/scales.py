"""Measured values on their scales: an upright tube for a height, bars in rows for the others."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from backend_bridge.contract.alarms import AlarmState
from ui import patterns
from ui.faceplate.facts import Scale
from ui.marks import MIN_PX, paint_alarm
from ui.theme import Theme

_TALL_PX = 148
_ROW_PX = 44
_LABEL_PX = 132
_VALUE_PX = 104
_APART_PX = 8
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Scales(QWidget):
    """Draw scales below each other; a value that may not be believed wears its pattern."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = Theme.current()
        self._scales: Sequence[Scale] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_scales(self, scales: Sequence[Scale]) -> None:
        """Show these values; nothing without any."""
        if tuple(scales) == tuple(self._scales):
            return
        self._scales = tuple(scales)
        self.setVisible(bool(scales))
        said = [f"{one.label} {one.value} {one.note}".strip() for one in scales]
        limits = [", ".join(limit.words for limit in one.limits) for one in scales]
        self.setAccessibleName("; ".join(said))
        self.setToolTip("\n".join(f"{a}  |  {b}" for a, b in zip(said, limits, strict=True)))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, sum(_TALL_PX if one.tall else _ROW_PX for one in self._scales))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        top = 0.0
        for scale in self._scales:
            if scale.tall:
                self._paint_tube(painter, scale, top)
            else:
                self._paint_bar(painter, scale, top)
            top += _TALL_PX if scale.tall else _ROW_PX
        painter.end()

    def _paint_tube(self, painter: QPainter, scale: Scale, top: float) -> None:
        theme = self._theme
        tube = QRectF(72.5, top + 10.5, 30, _TALL_PX - 21)
        self._paint_track(painter, scale, tube, upright=True)
        painter.setFont(theme.font(12))
        painter.setPen(theme.color("text_2"))
        painter.drawText(QRectF(0, tube.top() - 9, 64, 18), _RIGHT, scale.high)
        painter.drawText(QRectF(0, tube.bottom() - 9, 64, 18), _RIGHT, scale.low)
        for limit in scale.limits:
            y = tube.bottom() - tube.height() * limit.at
            painter.setPen(QPen(theme.color("text_1"), 2))
            painter.drawLine(QPointF(tube.left() - 3, y), QPointF(tube.right() + 8, y))
            mark = QPointF(tube.right() + 18, y)
            paint_alarm(
                painter, theme, mark, limit.severity, AlarmState.ACKNOWLEDGED, size_px=MIN_PX
            )
            painter.setFont(theme.font(12))
            painter.setPen(theme.color("text_2"))
            painter.drawText(QRectF(mark.x() + 14, y - 9, 120, 18), _LEFT, limit.words)
        words = QRectF(self.width() * 0.55, tube.top(), self.width() * 0.45 - 4, 20)
        painter.setPen(theme.color("text_2"))
        painter.setFont(theme.font(12))
        painter.drawText(words, _RIGHT, scale.label)
        painter.setPen(theme.color("text_1"))
        painter.setFont(theme.font(24, bold=True))
        painter.drawText(words.translated(0, 24).adjusted(0, 0, 0, 12), _RIGHT, scale.value)
        painter.setPen(theme.color("text_2"))
        painter.setFont(theme.font(12))
        painter.drawText(words.translated(0, 58), _RIGHT, scale.note)

    def _paint_bar(self, painter: QPainter, scale: Scale, top: float) -> None:
        theme = self._theme
        right = self.width() - _VALUE_PX
        track = QRectF(_LABEL_PX + 0.5, top + 9.5, max(40, right - _LABEL_PX - 12), 12)
        painter.setFont(theme.font(13))
        painter.setPen(theme.color("text_2"))
        label = painter.fontMetrics().elidedText(
            scale.label, Qt.TextElideMode.ElideRight, _LABEL_PX - 8
        )
        painter.drawText(QRectF(0, top + 5, _LABEL_PX - 8, 20), _LEFT, label)
        self._paint_track(painter, scale, track, upright=False)
        painter.setPen(theme.color("text_1"))
        painter.setFont(theme.font(13, bold=True))
        painter.drawText(QRectF(right, top + 5, _VALUE_PX, 20), _RIGHT, scale.value)
        painter.setFont(theme.font(12))
        for limit in scale.limits:
            x = track.left() + track.width() * limit.at
            painter.setPen(QPen(theme.color("text_1"), 2))
            painter.drawLine(QPointF(x, track.top() - 4), QPointF(x, track.bottom() + 4))
        painter.setPen(theme.color("text_2"))
        metrics = painter.fontMetrics()
        widths = [metrics.horizontalAdvance(limit.words) for limit in scale.limits]
        ticks = [track.left() + track.width() * limit.at for limit in scale.limits]
        for limit, left in zip(scale.limits, beside(ticks, widths), strict=True):
            painter.drawText(QRectF(left, track.bottom() + 4, 120, 16), _LEFT, limit.words)

    def _paint_track(
        self, painter: QPainter, scale: Scale, track: QRectF, *, upright: bool
    ) -> None:
        theme, good = self._theme, scale.quality == "good"
        painter.fillRect(track, theme.color("field"))
        if not good:
            patterns.paint_swatch(painter, theme, track, scale.quality)
        if scale.at is not None:
            part = QRectF(track)
            if upright:
                part.setTop(track.bottom() - track.height() * scale.at)
            else:
                part.setWidth(track.width() * scale.at)
            painter.fillRect(part, theme.color("data" if good else "data_dim"))
        painter.setPen(QPen(theme.color("control_border"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(track)


def beside(ticks: Sequence[float], widths: Sequence[float]) -> list[float]:
    """Return the left edges of words under ticks: in the middle of each, moved apart to be read.

    Args:
        ticks: where the words belong, in any order.
        widths: of the words, in the same order.
    """
    lefts = [tick - width / 2 for tick, width in zip(ticks, widths, strict=True)]
    order = sorted(range(len(ticks)), key=ticks.__getitem__)
    for before, after in pairwise(order):
        over = lefts[before] + widths[before] + _APART_PX - lefts[after]
        if over > 0:
            lefts[before] -= over / 2
            lefts[after] += over / 2
    return lefts
