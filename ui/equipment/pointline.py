"""One point of an equipment: bar with limits, then digits, quality, age, and a command's fate."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from backend_bridge.contract.quality import Quality
from ui import patterns
from ui.aged import outline_aged
from ui.equipment.facts import PointRow
from ui.facts import ValueText
from ui.texts import bound, text
from ui.theme import Theme
from ui.widgets.labels import paint_strong_plain

HEIGHT_PX = 46
_PAD = 12
_LABEL_W = 128
_AGE_W = 80
_VALUE_W = 72
_BAR_MIN_W = 40
"""A shorter bar says nothing: it gives its room to label and value."""


def value_words(value: ValueText) -> str:
    """Return a value with its unit as one text; a quality without a value has no unit."""
    if value.quality in (Quality.UNAVAILABLE, Quality.UNKNOWN) or not value.unit:
        return value.text
    return bound(value.text, value.unit)


def value_width(theme: Theme, value: ValueText, *, px: int = 15) -> int:
    """Return the pixels a value needs to be drawn whole, bold or not."""
    return QFontMetrics(theme.font(px, bold=True)).horizontalAdvance(value_words(value)) + 6


def has_bar(row: PointRow) -> bool:
    """Return whether a point is drawn as a bar too: it has limits, or its quality has a pattern."""
    return row.ratio is not None or row.value.quality is not Quality.GOOD


def label_width(theme: Theme, label: str) -> int:
    """Return the pixels a point's label needs to be drawn whole."""
    return QFontMetrics(theme.font(13)).horizontalAdvance(label) + 2


def paint_value(
    painter: QPainter, theme: Theme, rect: QRect, value: ValueText, *, px: int = 15
) -> None:
    """Draw a value right-aligned as its quality asks: plain, underlined when stale, struck if bad.

    It is never cut: give it the room :func:`value_width` asks for. F6 frames it when too old.
    """
    sure = value.quality is Quality.GOOD
    font = theme.font(px, bold=sure)
    words = value_words(value)
    width = QFontMetrics(font).horizontalAdvance(words)
    painter.setFont(font)
    faded = value.quality in (Quality.STALE, Quality.BAD)
    painter.setPen(theme.color("text_3" if faded else "text_1"))
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(rect, right | Qt.TextFlag.TextDontClip, words)
    written = QRectF(rect.right() - width, rect.center().y() - px * 0.6, width, px * 1.3)
    outline_aged(painter, theme, written, value.quality.word)
    if not faded:
        return
    middle = rect.center().y()
    y = middle + px // 2 + 3 if value.quality is Quality.STALE else middle + 1
    pen = QPen(theme.color("text_3"), 1)
    if value.quality is Quality.STALE:
        pen.setStyle(Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([4, 2])
    painter.setPen(pen)
    painter.drawLine(rect.right() - width, y, rect.right(), y)


class PointLine(QAbstractButton):
    """Show one point; chosen, its history is drawn.

    Args:
        row: the point.
        parent: Qt parent.
    """

    def __init__(self, row: PointRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = Theme.current()
        self._row = row
        self._hover = False
        self._label_w = _LABEL_W
        self._value_w = _VALUE_W
        self.setObjectName(f"point-{row.key}")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._describe()

    @property
    def key(self) -> str:
        """Return the point's key."""
        return self._row.key

    def show_row(self, row: PointRow) -> None:
        """Show the point's present state."""
        if row != self._row:
            self._row = row
            self._describe()
            self.update()

    def set_columns(self, label_px: int, value_px: int) -> None:
        """Share columns with the lines above and below: what the widest of them needs."""
        columns = (max(_LABEL_W, label_px), max(_VALUE_W, value_px))
        if columns != (self._label_w, self._value_w):
            self._label_w, self._value_w = columns
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, HEIGHT_PX)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hover = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = False
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        if self.isChecked():
            painter.fillRect(self.rect(), theme.color("selection"))
            painter.fillRect(0, 0, theme.px("selection_bar"), self.height(), theme.color("accent"))
        elif self._hover:
            painter.fillRect(self.rect(), theme.color("hover"))
        painter.setPen(theme.color("line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        self._paint_first_line(painter, QRect(_PAD, 3, self.width() - 2 * _PAD, 20))
        self._paint_second_line(painter, QRect(_PAD, 23, self.width() - 2 * _PAD, 20))
        if self.hasFocus():
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_first_line(self, painter: QPainter, line: QRect) -> None:
        theme = self._theme
        row = self._row
        right = line.right() - _AGE_W
        value_w = max(self._value_w, value_width(theme, row.value))
        value = QRect(right - value_w, line.top(), value_w, 20)
        label_w = min(self._label_w, value.left() - 8 - line.left())
        painter.setFont(theme.font(13))
        painter.setPen(theme.color("text_2"))
        label = QFontMetrics(painter.font()).elidedText(
            row.label, Qt.TextElideMode.ElideRight, label_w
        )
        painter.drawText(
            QRect(line.left(), line.top(), label_w, line.height()),
            Qt.AlignmentFlag.AlignVCenter,
            label,
        )
        bar_left = line.left() + label_w + 8
        bar = QRectF(bar_left, line.top() + 4, value.left() - 8 - bar_left, 12)
        if bar.width() >= _BAR_MIN_W and has_bar(row):
            self._paint_bar(painter, bar)
        paint_value(painter, theme, value, row.value)
        ring = QRectF(right + 8, line.top() + 3, 14, 14)
        patterns.paint_age_ring(painter, theme, ring, row.value.age_fraction)
        painter.setFont(theme.font(12))
        painter.setPen(theme.color("text_2"))
        painter.drawText(
            QRect(right + 28, line.top(), _AGE_W - 28, 20),
            Qt.AlignmentFlag.AlignVCenter,
            row.value.age,
        )

    def _paint_bar(self, painter: QPainter, bar: QRectF) -> None:
        row = self._row
        patterns.paint_limit_bar(
            painter,
            self._theme,
            bar,
            row.ratio or 0.0,
            word="good" if row.value.quality is Quality.GOOD else row.value.quality.word,
        )
        if row.commanded_ratio is None:
            return
        x = bar.left() + bar.width() * min(1.0, max(0.0, row.commanded_ratio))
        if row.ratio is not None and row.value.quality is Quality.GOOD:
            low, high = sorted((bar.left() + bar.width() * row.ratio, x))
            between = QRectF(low, bar.top() + 1, high - low, bar.height() - 2)
            patterns.fill_pattern(painter, self._theme, between, "unavailable")
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("text_1"), 1.4))
        painter.setBrush(self._theme.color("panel"))
        top = bar.top() - 3
        painter.drawPolygon(
            QPolygonF([QPointF(x - 4, top), QPointF(x + 4, top), QPointF(x, top + 6)])
        )
        painter.restore()

    def _paint_second_line(self, painter: QPainter, line: QRect) -> None:
        theme = self._theme
        row = self._row
        right = line.right()
        if row.outcome is not None:
            width = patterns.chain_width()
            patterns.paint_chain(
                painter,
                theme,
                QPointF(right - width, line.top() + 1),
                patterns.chain_boxes(row.outcome),
                text("ui.command.chain.letters"),
            )
            right -= width + 8
            words = " ".join(part for part in (row.outcome_word, row.commanded) if part)
            shown = QFontMetrics(theme.font(12)).elidedText(words, Qt.TextElideMode.ElideRight, 180)
            taken = QFontMetrics(theme.font(12)).horizontalAdvance(shown)
            painter.setFont(theme.font(12))
            painter.setPen(theme.color("text_2"))
            painter.drawText(
                QRect(right - taken, line.top(), taken, 20), Qt.AlignmentFlag.AlignVCenter, shown
            )
            right -= taken + 8
        if row.value.quality is Quality.GOOD:
            words = text("ui.point.good", since=row.changed, allowed=row.allowed_age)
            paint_strong_plain(
                painter,
                theme,
                QRect(line.left(), line.top(), right - line.left(), 20),
                "",
                words,
                px=12,
            )
            return
        patterns.paint_swatch(
            painter, theme, QRectF(line.left(), line.top() + 1, 26, 17), row.value.quality.word
        )
        left = line.left() + 34
        paint_strong_plain(
            painter,
            theme,
            QRect(left, line.top(), right - left, 20),
            row.value.quality_word,
            row.value.note,
            px=12,
        )

    def _describe(self) -> None:
        row = self._row
        words = " · ".join(
            part
            for part in (
                f"{row.label} {value_words(row.value)}",
                row.value.quality_word,
                row.value.note,
                row.value.age,
                row.outcome_word,
            )
            if part
        )
        self.setAccessibleName(words)
        self.setToolTip(words)
