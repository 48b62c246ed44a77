"""Measured values on their scales: an upright tube for a height, bars in rows for the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from backend_bridge.contract.alarms import AlarmState
from ui import patterns
from ui.faceplate.facts import Limit, Scale
from ui.marks import MIN_PX, paint_alarm
from ui.theme import Theme

_TALL_PX = 168
_ROW_PX = 62
_GAP_PX = 3
_APART_PX = 8
_WORDS_PX = 16
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Scales(QWidget):
    """Draw scales below each other; a value that may not be believed wears its pattern.

    Where nothing rings is a band; each limit is a tick with its alarm's mark and its value, the
    place from which its alarm returns a dotted line.
    """

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
        self.setAccessibleName("; ".join(said))
        limits = ["\n".join((one.label, *(limit.full for limit in one.limits))) for one in scales]
        self.setAccessibleDescription("; ".join(limits))
        self.setToolTip("\n\n".join(limits))
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
        heights = [tube.bottom() - tube.height() * limit.at for limit in scale.limits]
        room = (tube.top() - 8, tube.bottom() + 8)
        for limit, y, left in zip(
            scale.limits, heights, apart(heights, [_WORDS_PX] * len(heights), room, 1), strict=True
        ):
            painter.setPen(QPen(theme.color("text_1"), 2))
            painter.drawLine(QPointF(tube.left() - 3, y), QPointF(tube.right() + 6, y))
            middle = left + _WORDS_PX / 2
            self._paint_mark(painter, limit, QPointF(tube.right() + 18, middle))
            words = QRectF(tube.right() + 32, middle - 9, 120, 18)
            painter.setPen(theme.color("text_2"))
            painter.drawText(words, _LEFT, limit.words)
        self._paint_reading(painter, scale, tube.top())

    def _paint_reading(self, painter: QPainter, scale: Scale, top: float) -> None:
        """Write at the right of a tube what it measures, how old that is, how it returns."""
        theme = self._theme
        words = QRectF(self.width() * 0.45, top, self.width() * 0.55 - 4, 20)
        painter.setPen(theme.color("text_2"))
        painter.setFont(theme.font(12))
        painter.drawText(words, _RIGHT, scale.label)
        painter.drawText(words.translated(0, 58), _RIGHT, scale.note)
        wrapped = Qt.AlignmentFlag.AlignRight | Qt.TextFlag.TextWordWrap
        painter.drawText(
            words.translated(0, 82).adjusted(0, 0, 0, 24), wrapped, scale.returns or scale.only
        )
        painter.setPen(theme.color("text_1"))
        painter.setFont(theme.font(24, bold=True))
        painter.drawText(words.translated(0, 24).adjusted(0, 0, 0, 12), _RIGHT, scale.value)

    def _paint_bar(self, painter: QPainter, scale: Scale, top: float) -> None:
        theme, width = self._theme, self.width()
        track = QRectF(0.5, top + 23.5, width - 2, 12)
        self._paint_track(painter, scale, track, upright=False)
        painter.setFont(theme.font(13, bold=True))
        value_px = painter.fontMetrics().horizontalAdvance(scale.value)
        painter.setPen(theme.color("text_1"))
        painter.drawText(QRectF(width - value_px - 4, top, value_px + 2, 20), _RIGHT, scale.value)
        painter.setFont(theme.font(13))
        painter.setPen(theme.color("text_2"))
        label_px = painter.fontMetrics().horizontalAdvance(scale.label)
        painter.drawText(QRectF(0, top, label_px + 2, 20), _LEFT, scale.label)
        painter.setFont(theme.font(12))
        note = QRectF(label_px + 10, top, max(0, width - value_px - label_px - 24), 20)
        said = " · ".join(part for part in (scale.returns, scale.only, scale.note) if part)
        elided = painter.fontMetrics().elidedText(
            said, Qt.TextElideMode.ElideRight, round(note.width())
        )
        painter.drawText(note, _RIGHT, elided)
        for limit in scale.limits:
            x = track.left() + track.width() * limit.at
            painter.setPen(QPen(theme.color("text_1"), 2))
            painter.drawLine(QPointF(x, track.top() - 3), QPointF(x, track.bottom() + 4))
        self._paint_words(painter, scale, track)

    def _paint_words(self, painter: QPainter, scale: Scale, track: QRectF) -> None:
        """Write each limit with its mark under its tick, moved aside where two would meet."""
        metrics, limits = painter.fontMetrics(), scale.limits
        ticks = [track.left() + track.width() * limit.at for limit in limits]
        words = [metrics.horizontalAdvance(limit.words) + 1.0 for limit in limits]
        marked = [MIN_PX + _GAP_PX + width for width in words]
        apart_px = min(_APART_PX, (self.width() - sum(marked)) / max(1, len(limits) - 1))
        with_marks = apart_px >= _GAP_PX  # in a very narrow panel the values alone
        widths = marked if with_marks else words
        lefts = apart(ticks, widths, (0.0, float(self.width())), max(apart_px, _GAP_PX))
        for limit, left, width in zip(limits, lefts, widths, strict=True):
            place = QRectF(left, track.bottom() + 6, width, _WORDS_PX)
            if with_marks:
                middle = QPointF(left + MIN_PX / 2, place.center().y())
                self._paint_mark(painter, limit, middle)
                place.setLeft(left + MIN_PX + _GAP_PX)
            painter.setPen(self._theme.color("text_2"))
            painter.drawText(place, _LEFT, limit.words)

    def _paint_mark(self, painter: QPainter, limit: Limit, place: QPointF) -> None:
        """Draw the mark of a limit's alarm: hollow and grey unless it rings."""
        paint_alarm(
            painter,
            self._theme,
            place,
            limit.severity,
            AlarmState.ACKNOWLEDGED,
            size_px=MIN_PX,
            shelved=not limit.passed,
        )

    def _paint_track(
        self, painter: QPainter, scale: Scale, track: QRectF, *, upright: bool
    ) -> None:
        theme, good = self._theme, scale.quality == "good"
        painter.fillRect(track, theme.color("field"))
        if scale.normal is not None:
            painter.fillRect(_span(track, *scale.normal, upright), theme.color("normal_band"))
        if not good:
            patterns.paint_value_sign(painter, theme, track, scale.quality)
        if scale.at is not None:
            part = _span(track, 0.0, scale.at, upright)
            inset = (track.width() if upright else track.height()) / 5
            part.adjust(*((inset, 0, -inset, 0) if upright else (0, inset, 0, -inset)))
            painter.fillRect(part, theme.color("data" if good else "data_dim"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        dotted = QPen(theme.color("text_2"), 1)
        dotted.setDashPattern([2, 2])
        painter.setPen(dotted)
        for limit in scale.limits:
            if limit.back is not None:
                line = _span(track, limit.back, limit.back, upright)
                painter.drawLine(line.topLeft(), line.bottomRight())
        painter.setPen(QPen(theme.color("control_border"), 1))
        painter.drawRect(track)


def apart(
    ticks: Sequence[float], sizes: Sequence[float], room: tuple[float, float], gap: float
) -> list[float]:
    """Return where words under ticks begin: in the middle of each, moved apart to be read.

    Args:
        ticks: where the words belong, in any order.
        sizes: of the words along the scale, in the same order.
        room: where they may begin and must end; words too long for it go past its end.
        gap: least room between two.
    """
    order = sorted(range(len(ticks)), key=ticks.__getitem__)
    blocks: list[_Block] = []
    for place in order:
        blocks.append(_Block([place], ticks[place] - sizes[place] / 2, sizes[place]))
        while len(blocks) > 1 and blocks[-2].begin + blocks[-2].size + gap > blocks[-1].begin:
            after, before = blocks.pop(), blocks.pop()
            blocks.append(before.joined(after, gap))
    end = room[1]
    for block in reversed(blocks):  # not past the end, nor into the next one
        block.begin = min(block.begin, end - block.size)
        end = block.begin - gap
    begins, start = [0.0] * len(ticks), room[0]
    for block in blocks:
        start = max(block.begin, start)
        for place in block.places:
            begins[place] = start
            start += sizes[place] + gap
    return begins


@dataclass(slots=True)
class _Block:
    """Words that stand shoulder to shoulder, as near to their ticks as they can together."""

    places: list[int]
    begin: float
    size: float

    def joined(self, after: _Block, gap: float) -> _Block:
        """Return both as one, each word as far from its tick as the others, on the whole."""
        wanted = after.begin - self.size - gap
        ours, theirs = len(self.places), len(after.places)
        begin = (self.begin * ours + wanted * theirs) / (ours + theirs)
        return _Block([*self.places, *after.places], begin, self.size + gap + after.size)


def _span(track: QRectF, start: float, end: float, upright: bool) -> QRectF:
    """Return the part of a track between two places along it, 0 to 1."""
    if upright:
        top = track.bottom() - track.height() * end
        return QRectF(track.left(), top, track.width(), track.height() * (end - start))
    left = track.left() + track.width() * start
    return QRectF(left, track.top(), track.width() * (end - start), track.height())
