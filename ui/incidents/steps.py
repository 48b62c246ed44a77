"""The steps of an incident's life as boxes: done outlined, the present one filled, the rest dim."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.incidents.facts import StateStep
from ui.theme import Theme

_PAD = 9
_GAP = 4


class StepsBar(QWidget):
    """Show where an incident stands; steps that do not fit lose their times first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = Theme.current()
        self._steps: tuple[StateStep, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_steps(self, steps: tuple[StateStep, ...]) -> None:
        """Show these steps, first one left."""
        if steps != self._steps:
            self._steps = steps
            self.setAccessibleName(" · ".join(f"{s.word} {s.time}".strip() for s in steps))
            self.setToolTip(self.accessibleName())
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, 24)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        timed = [f"{step.word} {step.time}".strip() for step in self._steps]
        labels = timed if self._width(timed) <= self.width() else [s.word for s in self._steps]
        if self._width(labels) > self.width():
            labels = [s.word if s.stage == "current" else s.word[:1] for s in self._steps]
        x = 0
        for step, label in zip(self._steps, labels, strict=True):
            width = self._box_width(label)
            self._paint_step(painter, step, label, QRect(x, 1, width, self.height() - 2))
            x += width + _GAP
        painter.end()

    def _paint_step(self, painter: QPainter, step: StateStep, label: str, box: QRect) -> None:
        theme = self._theme
        current = step.stage == "current"
        if current:
            painter.fillRect(box, theme.color("inverse"))
            painter.setPen(theme.color("on_inverse"))
        else:
            done = step.stage == "done"
            if done:
                painter.fillRect(box, theme.color("raised"))
            painter.setPen(QPen(theme.color("control_border" if done else "line"), 1))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
            painter.setPen(theme.color("text_2" if done else "text_3"))
        painter.setFont(theme.font(12, bold=current))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, label)

    def _box_width(self, label: str) -> int:
        return QFontMetrics(self._theme.font(12, bold=True)).horizontalAdvance(label) + 2 * _PAD

    def _width(self, labels: list[str]) -> int:
        return sum(self._box_width(label) + _GAP for label in labels) - _GAP
