"""One's own load against target and limit as a bar with two ticks, and a flood in one line."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui import patterns
from ui.theme import Theme
from ui.widgets.labels import ElidedLabel, TextLabel

_FULL = 1.5
"""The bar is full at so many times the limit, as the one in the status strip."""


class LoadGauge(QWidget):
    """Show how many alarms appeared in ten minutes.

    Args:
        target: alarms in ten minutes that a person handles well.
        limit: alarms in ten minutes above which a person no longer follows.
        parent: Qt parent.
    """

    def __init__(self, target: int, limit: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("alarm-load")
        self._count = TextLabel()
        self._bar = _Bar(target / (limit * _FULL), 1 / _FULL)
        self._limit = limit
        self._flood = ElidedLabel()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 12, 6)
        layout.setSpacing(10)
        layout.addWidget(self._count)
        layout.addWidget(self._bar)
        layout.addWidget(self._flood, 1)

    def say(self, load: int, said: str, scale: str, flood: str) -> None:
        """Show a load: ``said`` in words, ``scale`` what the ticks are, ``flood`` what came."""
        self._count.say(said)
        self._bar.show_fraction(load / (self._limit * _FULL))
        self._flood.say(flood, "" if flood else scale)
        self.setAccessibleName(f"{said} · {scale}")


class _Bar(QWidget):
    def __init__(self, target: float, limit: float) -> None:
        super().__init__()
        self._theme = Theme.current()
        self._ticks = (target, limit)
        self._fraction = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_fraction(self, fraction: float) -> None:
        if fraction != self._fraction:
            self._fraction = fraction
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, 18)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        track = QRectF(0, 4, self.width(), 10)
        patterns.paint_limit_bar(painter, self._theme, track, self._fraction, limits=self._ticks)
        painter.end()
