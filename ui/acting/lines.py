"""The parts of a card that are painted: targets one by one, counts by fate, the bar of an order."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import patterns
from ui.acting.facts import Count, Line
from ui.texts import text
from ui.theme import Theme
from ui.widgets.labels import paint_strong_plain

_CODE_PX = 150
_SIGN_PX = 100
_WORD_PX = 84
"""Of a dry run's one word; a fate takes more."""
_FATE_PX = 110


class TargetLines(QWidget):
    """List targets: code, chain or sign, what is so, why."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = Theme.current()
        self._lines: Sequence[Line] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these targets."""
        if list(lines) == list(self._lines):
            return
        self._lines = lines
        self.setVisible(bool(lines))
        said = [f"{line.code} {line.words} {line.note}" for line in lines]
        self.setAccessibleName("; ".join(said))
        self.setToolTip("\n".join(said))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(420, len(self._lines) * self._theme.px("row"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        height = self._theme.px("row")
        for number, line in enumerate(self._lines):
            self._paint_line(painter, QRect(0, number * height, self.width(), height), line)
        painter.end()

    def _paint_line(self, painter: QPainter, rect: QRect, line: Line) -> None:
        theme = self._theme
        code = QRect(rect.left(), rect.top(), min(_CODE_PX, rect.width() // 3), rect.height())
        paint_strong_plain(painter, theme, code, line.code, "")
        left = code.right() + 8
        room = _WORD_PX if line.outcome is None else _FATE_PX
        if line.outcome is not None:
            top = rect.center().y() - patterns.CHAIN_BOX_PX / 2
            boxes = patterns.chain_boxes(line.outcome, read=line.read)
            letters = text("ui.command.chain.letters")
            patterns.paint_chain(painter, theme, QPointF(left, top), boxes, letters)
            left += _SIGN_PX
        else:
            sign = QRectF(left, rect.center().y() - 7, 14, 14)
            _paint_sign(painter, theme, sign, refused=line.refused)
            left += 22
        words = QRect(left, rect.top(), room, rect.height())
        metrics = QFontMetrics(theme.font(13))
        painter.setFont(theme.font(13))
        painter.setPen(theme.color("text_1"))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(words, flags, _elided(metrics, line.words, words.width()))
        note = QRect(words.right() + 8, rect.top(), rect.right() - words.right() - 8, rect.height())
        painter.setPen(theme.color("text_2"))
        painter.drawText(note, flags, _elided(metrics, line.note, note.width()))


class FateBar(QWidget):
    """Show an order: verified filled, failed crossed out, unknown dotted, the rest empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = Theme.current()
        self._shares: Sequence[float] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_shares(self, shares: Sequence[float]) -> None:
        """Show these parts of the whole: verified, failed, unknown; nothing without any."""
        if tuple(shares) != tuple(self._shares):
            self._shares = tuple(shares)
            self.setVisible(bool(shares))
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(420, 22)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        box = QRectF(self.rect()).adjusted(0.5, 2.5, -0.5, -2.5)
        painter.fillRect(box, theme.color("field"))
        left = box.left()
        words = ("good", "unavailable", "unknown")
        for share, word in zip(self._shares, words, strict=False):
            part = QRectF(left, box.top(), share * box.width(), box.height())
            if word == "good":
                painter.fillRect(part, theme.color("data"))
            elif share:
                patterns.paint_swatch(painter, theme, part, word)
            left += part.width()
        painter.setPen(QPen(theme.color("control_border"), 1))
        painter.drawRect(box)
        painter.end()


class Counts(QWidget):
    """Show how many targets have which fate, number first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = Theme.current()
        self._counts: Sequence[Count] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_counts(self, counts: Sequence[Count]) -> None:
        """Show these counts."""
        if list(counts) != list(self._counts):
            self._counts = counts
            self.setVisible(bool(counts))
            self.setAccessibleName(", ".join(f"{one.number} {one.label}" for one in counts))
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(420, 30)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        left = 0
        for count in self._counts:
            if count.word not in ("", "good"):
                sign = QRectF(left, self.height() / 2 - 8, 24, 16)
                patterns.paint_swatch(painter, theme, sign, count.word)
                left += 30
            bold, plain = theme.font(15, bold=True), theme.font(13)
            number = QFontMetrics(bold).horizontalAdvance(count.number)
            words = QFontMetrics(plain).horizontalAdvance(count.label)
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.setFont(bold)
            painter.setPen(theme.color("text_1"))
            painter.drawText(QRect(left, 0, number + 2, self.height()), flags, count.number)
            painter.setFont(plain)
            painter.setPen(theme.color("text_2"))
            rest = QRect(left + number + 6, 0, words + 4, self.height())
            painter.drawText(rest, flags, count.label)
            left += number + words + 24
        painter.end()


def _elided(metrics: QFontMetrics, words: str, width: int) -> str:
    return metrics.elidedText(words, Qt.TextElideMode.ElideRight, width)


def _paint_sign(painter: QPainter, theme: Theme, box: QRectF, *, refused: bool) -> None:
    """Draw a tick for what would be accepted, a struck circle for what would not."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("text_1"), 1.6))
    if refused:
        ring = box.adjusted(1, 1, -1, -1)
        painter.drawEllipse(ring)
        painter.drawLine(
            QPointF(ring.left() + 2, ring.top() + 2), QPointF(ring.right() - 2, ring.bottom() - 2)
        )
    else:
        middle = QPointF(box.left() + box.width() * 0.4, box.bottom() - 3)
        painter.drawLine(QPointF(box.left() + 1, box.center().y()), middle)
        painter.drawLine(middle, QPointF(box.right() - 1, box.top() + 3))
    painter.restore()
