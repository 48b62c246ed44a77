"""Facts in two columns, values cut at the end with the whole in the tooltip."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from ui.facts import Fact
from ui.widgets.labels import ElidedLabel, TextLabel


class FactGrid(QWidget):
    """Show facts as label, value and note; a measurement that is not good shows its pattern."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: tuple[Fact, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnMinimumWidth(0, 92)
        self._grid.setColumnStretch(1, 1)
        self._values: list[ElidedLabel] = []

    def show_facts(self, facts: tuple[Fact, ...]) -> None:
        """Show these facts in this order."""
        if facts == self._facts:
            return
        if [fact.label for fact in facts] != [fact.label for fact in self._facts]:
            self._rebuild(facts)
        for label, fact in zip(self._values, facts, strict=True):
            label.say(fact.value, fact.note)
        self._facts = facts

    def _rebuild(self, facts: Sequence[Fact]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._values = []
        for number, fact in enumerate(facts):
            value = ElidedLabel()
            self._grid.addWidget(TextLabel(fact.label, tone="text_3"), number, 0)
            self._grid.addWidget(value, number, 1)
            self._values.append(value)
