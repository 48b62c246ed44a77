"""The ways to look at a list, as buttons with their counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from ui.facts import Scope
from ui.texts import number
from ui.widgets.buttons import ActionButton
from ui.widgets.flow import FlowLayout


class ScopeRow(QWidget):
    """The ways to look at the list, as buttons; the chosen one is filled."""

    def __init__(self, choose: Callable[[str], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._choose = choose
        self._buttons: dict[str, ActionButton] = {}
        self._layout = FlowLayout(4, self)
        self.hide()

    def show_scopes(self, scopes: Sequence[Scope]) -> None:
        """Show these ways with their counts; the buttons are made once."""
        self.setVisible(bool(scopes))
        for scope in scopes:
            button = self._buttons.get(scope.key)
            if button is None:
                button = self._buttons[scope.key] = ActionButton(scope.label)
                button.setObjectName(f"scope-{scope.key}")
                button.acted.connect(partial(self._choose, scope.key))
                self._layout.put(button)
            count = number(scope.count)
            button.set_label(f"{scope.label} {count}" if scope.count else scope.label)
            button.set_main(scope.chosen)
