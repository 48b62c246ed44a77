"""How to read a circuit's state, and how much of each priority is treated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import patterns
from ui.texts import text
from ui.theme import Theme
from ui.widgets.flow import FlowLayout
from ui.winter.marks import LOOKS, paint_circuit

_SWATCH_PX = 22
_BAR_PX = 96


class Share(Protocol):
    """How much of a priority is treated."""

    @property
    def priority(self) -> str: ...
    @property
    def fraction(self) -> float: ...
    @property
    def text(self) -> str: ...


class _Word(QWidget):
    """Draw one state's pattern and its word."""

    def __init__(self, look: str) -> None:
        super().__init__()
        self._theme = Theme.current()
        self._look = look
        self._word = text(f"circuit.look.{look}")
        self.setAccessibleName(self._word)

    def sizeHint(self) -> QSize:
        words = QFontMetrics(self._theme.font(12)).horizontalAdvance(self._word)
        return QSize(_SWATCH_PX + 8 + words + 8, 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        swatch = QRectF(0, 4, _SWATCH_PX, 12)
        paint_circuit(painter, self._theme, swatch, self._look)
        painter.setFont(self._theme.font(12))
        painter.setPen(self._theme.color("text_2"))
        words = self.rect().adjusted(_SWATCH_PX + 8, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self._word)
        painter.end()


class CircuitLegend(QWidget):
    """Say in words what each pattern means; wraps where there is little room."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("circuit-legend")
        self.setAccessibleName(text("circuits.legend"))
        layout = FlowLayout(6, self)
        for look in LOOKS:
            layout.put(_Word(look))


class ShareBar(QWidget):
    """Draw one priority's treated part as a bar that ends where all of it is treated."""

    def __init__(self) -> None:
        super().__init__()
        self._theme = Theme.current()
        self._share: Share | None = None

    def show_share(self, share: Share) -> None:
        """Draw this share."""
        if share != self._share:
            self._share = share
            said = text("circuit.share.said", priority=share.priority, share=share.text)
            self.setAccessibleName(said)
            self.setToolTip(said)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        if self._share is None:
            return QSize(0, 0)
        label = QFontMetrics(self._theme.font(13, bold=True)).horizontalAdvance(
            self._share.priority
        )
        words = QFontMetrics(self._theme.font(13)).horizontalAdvance(self._share.text)
        return QSize(label + _BAR_PX + words + 40, 24)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._share is None:
            return
        theme, share = self._theme, self._share
        painter = QPainter(self)
        painter.setFont(theme.font(13, bold=True))
        painter.setPen(theme.color("text_1"))
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(self.rect(), left, share.priority)
        at = painter.fontMetrics().horizontalAdvance(share.priority) + 8
        bar = QRectF(at, self.height() / 2 - 5, _BAR_PX, 10)
        patterns.paint_limit_bar(painter, theme, bar, share.fraction, limits=(1.0,))
        painter.setFont(theme.font(13))
        painter.setPen(theme.color("text_1"))
        words = self.rect().adjusted(round(bar.right()) + 10, 0, 0, 0)
        painter.drawText(words, left, share.text)
        painter.end()


class ShareRow(QWidget):
    """Show one bar a priority."""

    def __init__(self) -> None:
        super().__init__()
        self._layout = FlowLayout(8, self)
        self._bars: list[ShareBar] = []

    def show_shares(self, shares: Sequence[Share]) -> None:
        """Show these shares; bars are made once and reused."""
        while len(self._bars) < len(shares):
            bar = ShareBar()
            self._layout.put(bar)
            self._bars.append(bar)
        for number, bar in enumerate(self._bars):
            bar.setVisible(number < len(shares))
            if number < len(shares):
                bar.show_share(shares[number])
