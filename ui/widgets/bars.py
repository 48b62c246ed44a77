"""Bars against a limit as widgets."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import patterns
from ui.theme import Theme

LIMIT_AT = 0.8
"""Where on a timer's bar the limit stands: past it there is still room to be late in."""


def limit_fraction(fraction: float) -> float:
    """Return the filled part of a timer's bar for elapsed over limit."""
    return fraction * LIMIT_AT


class TimerBar(QWidget):
    """Show elapsed over limit; nothing when there is no limit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = Theme.current()
        self._fraction: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def set_fraction(self, fraction: float | None) -> None:
        """Show this fraction of the limit; past 1 the bar goes past its tick."""
        if fraction != self._fraction:
            self._fraction = fraction
            self.setVisible(fraction is not None)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(96, 16)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._fraction is None:
            return
        painter = QPainter(self)
        patterns.paint_limit_bar(
            painter,
            self._theme,
            QRectF(0, 3, self.width(), 10),
            limit_fraction(self._fraction),
            limits=(LIMIT_AT,),
        )
        painter.end()
