"""Facts in two columns; a value is broken into lines, never cut."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.aged import outline_aged
from ui.facts import Fact
from ui.theme import Theme
from ui.widgets.labels import TextLabel
from ui.widgets.wrapped import WrappedLabel


class FactGrid(QWidget):
    """Show facts as label, value and note.

    Lines are kept and filled again: a grid rebuilt while it is on the screen shows blank for a
    moment, and blank says that nothing is known.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = Theme.current()
        self._facts: tuple[Fact, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnMinimumWidth(0, 92)
        self._grid.setColumnStretch(1, 1)
        self._lines: list[tuple[TextLabel, WrappedLabel]] = []

    def show_facts(self, facts: tuple[Fact, ...]) -> None:
        """Show these facts in this order."""
        if facts == self._facts:
            return
        self._facts = facts
        while len(self._lines) < len(facts):
            self._add_line()
        for place, (label, value) in enumerate(self._lines):
            shown = place < len(facts)
            if shown:
                label.say(facts[place].label)
                value.say(facts[place].value, facts[place].note)
            label.setVisible(shown)
            value.setVisible(shown)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Frame, while F6 asks for it, the values that are too old."""
        painter = QPainter(self)
        for fact, (_, value) in zip(self._facts, self._lines, strict=False):
            if fact.quality is not None:
                room = QRectF(value.geometry()).adjusted(0, 2, -4, -2)
                outline_aged(painter, self._theme, room, fact.quality.word)
        painter.end()

    def _add_line(self) -> None:
        label, value = TextLabel(tone="text_3"), WrappedLabel()
        row = len(self._lines)
        self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, row, 1)
        self._lines.append((label, value))
