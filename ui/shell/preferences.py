"""A person's preferences, docked in the window: one line each, applied the moment it is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.shell.docked import DockedSheet
from ui.texts import text
from ui.widgets.buttons import ActionButton
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import Rule, TextLabel

_WIDTH_PX = 560


class ChoiceFacts(Protocol):
    """One thing that may be chosen."""

    @property
    def value(self) -> str: ...
    @property
    def label(self) -> str: ...


class PreferenceFacts(Protocol):
    """What may be chosen, in finished texts."""

    @property
    def key(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def choices(self) -> Sequence[ChoiceFacts]: ...
    @property
    def note(self) -> str: ...
    @property
    def reason(self) -> str: ...


class RowFacts(Protocol):
    """A preference and the value that holds."""

    @property
    def preference(self) -> PreferenceFacts: ...
    @property
    def value(self) -> str: ...


class PreferenceLine(QWidget):
    """Show one preference: its choices side by side, the one that holds filled.

    Left and right go from choice to choice, Space or Enter chooses.

    Args:
        row: what it shows first.
        chosen: called with key and value when a choice is pressed.
        explained: called with the reason when it cannot be changed here.
    """

    def __init__(
        self,
        row: RowFacts,
        chosen: Callable[[str, str], None],
        explained: Callable[[str], None],
    ) -> None:
        super().__init__()
        preference = row.preference
        self.setObjectName(f"preference-{preference.key}")
        self.setAccessibleName(preference.title)
        self._title = preference.title
        self._buttons: dict[str, ActionButton] = {}
        choices = FlowLayout(6)
        for choice in preference.choices:
            button = ActionButton(choice.label)
            button.setObjectName(f"choice-{preference.key}-{choice.value}")
            button.set_reason(preference.reason)
            button.acted.connect(partial(chosen, preference.key, choice.value))
            button.explained.connect(explained)
            self._buttons[choice.value] = button
            choices.put(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 0, 6)
        layout.setSpacing(4)
        layout.addWidget(TextLabel(preference.title, bold=True))
        layout.addLayout(choices)
        said = preference.reason or preference.note
        if said:
            layout.addWidget(TextLabel(said, tone="text_2", wrap=True))
        self.show_value(row.value)

    def show_value(self, value: str) -> None:
        """Fill the choice that holds."""
        for one, button in self._buttons.items():
            holds = one == value
            button.set_main(holds)
            key = "ui.preferences.holds" if holds else "ui.preferences.choice"
            button.setAccessibleName(text(key, preference=self._title, choice=button.text()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        buttons = list(self._buttons.values())
        here = next((at for at, button in enumerate(buttons) if button.hasFocus()), None)
        if here is None:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if event.key() == Qt.Key.Key_Right else -1
            buttons[(here + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            buttons[here].press()
        else:
            super().keyPressEvent(event)


class PreferenceSheet(DockedSheet):
    """List a person's preferences.

    Args:
        chosen: called with key and value.
        explained: called with the reason when something cannot be changed here.
        parent: what it lies over.
    """

    def __init__(
        self,
        chosen: Callable[[str, str], None],
        explained: Callable[[str], None],
        parent: QWidget,
    ) -> None:
        super().__init__(text("ui.preferences.title"), parent)
        self.setObjectName("preferences")
        self._chosen, self._explained = chosen, explained
        self._lines: dict[str, PreferenceLine] = {}
        self._layout = QVBoxLayout(self.content)
        self._layout.setContentsMargins(0, 8, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(TextLabel(text("ui.preferences.body"), tone="text_2", wrap=True))
        self._layout.addStretch(1)

    def wanted_size(self) -> QSize:
        return QSize(_WIDTH_PX, self.content.sizeHint().height() + 76)

    def show_rows(self, rows: Sequence[RowFacts]) -> None:
        """Show every preference as it stands; lines that are there keep the focus they have."""
        for row in rows:
            line = self._lines.get(row.preference.key)
            if line is not None:
                line.show_value(row.value)
                continue
            line = PreferenceLine(row, self._chosen, self._explained)
            at = self._layout.count() - 1  # before the stretch
            if self._lines:
                self._layout.insertWidget(at, Rule())
                at += 1
            self._layout.insertWidget(at, line)
            self._lines[row.preference.key] = line
