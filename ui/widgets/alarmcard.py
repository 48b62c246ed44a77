"""One alarm opened: mark, time, code, text, value, state; cause, consequence, what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.facts import AlarmRow
from ui.marks import ROW_PX, AlarmMark
from ui.texts import text
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import Rule, TextLabel
from ui.widgets.wrapped import WrappedLabel


class AlarmCard(QWidget):
    """Show one alarm with its guidance.

    Args:
        row: the alarm.
        parent: Qt parent.
    """

    def __init__(self, row: AlarmRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"alarm-{row.id}")
        self.setAccessibleName(f"{row.state_word} {row.code} {row.text} {row.value}".strip())
        mark = AlarmMark(ROW_PX)
        mark.set_alarm(row.severity, row.state)
        title = WrappedLabel()
        title.say(row.text, " · ".join(part for part in (row.value, row.children) if part))
        state = TextLabel(row.state_word, px=12)
        state.setProperty("look", "boxed")
        state.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        facts = FlowLayout(8)  # a long code in a narrow column pushes the state to the next line
        for label in (TextLabel(row.time, tone="text_2"), TextLabel(row.code, bold=True), state):
            facts.put(label)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addLayout(facts)
        words.addWidget(title)
        head.addLayout(words, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addLayout(self._guidance(row))
        layout.addWidget(Rule())

    def _guidance(self, row: AlarmRow) -> QVBoxLayout:
        """Return what is known of it, each text after its label: no narrow column."""
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(4)
        lines = (
            ("ui.alarm.cause", row.cause),
            ("ui.alarm.consequence", row.consequence),
            ("ui.alarm.action", row.action),
            ("ui.alarm.history", row.history),
        )
        for key, words in lines:
            if words:
                label = WrappedLabel()
                label.say(text(key), words)
                column.addWidget(label)
        return column


class AlarmCards(QWidget):
    """Show several alarms one under the other; rebuilt only when one of them changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[AlarmRow, ...] = ()
        self._cards: dict[str, tuple[AlarmRow, AlarmCard]] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)

    def show_alarms(self, rows: tuple[AlarmRow, ...]) -> None:
        """Show these alarms in this order."""
        if rows == self._rows:
            return
        self._rows = rows
        kept: dict[str, tuple[AlarmRow, AlarmCard]] = {}
        for place, row in enumerate(rows):
            old = self._cards.pop(row.id, None)
            card = old[1] if old is not None and old[0] == row else AlarmCard(row)
            if old is not None and old[1] is not card:
                self._discard(old[1])
            if self._layout.indexOf(card) != place:
                self._layout.removeWidget(card)
                self._layout.insertWidget(place, card)
            kept[row.id] = (row, card)
        for _, card in self._cards.values():
            self._discard(card)
        self._cards = kept

    def _discard(self, card: AlarmCard) -> None:
        self._layout.removeWidget(card)
        card.hide()
        card.deleteLater()
