"""A row of acts as buttons, kept in place while what they may do changes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.facts import Action
from ui.widgets.buttons import ActionButton
from ui.widgets.flow import FlowLayout


class ActionRow(QWidget):
    """Show actions as buttons with their keys; one that would be refused says why when pressed.

    Args:
        window_keys: keys that mean something else in this window: neither printed nor bound here.
        parent: Qt parent.
        placed: lay the buttons out in lines; without, whoever inherits places them.

    Signals:
        acted: the :class:`ui.facts.Action` pressed.
        explained: the reason of one that would be refused.
    """

    acted = Signal(object)
    explained = Signal(str)

    def __init__(
        self,
        window_keys: frozenset[str] = frozenset(),
        parent: QWidget | None = None,
        *,
        placed: bool = True,
    ) -> None:
        super().__init__(parent)
        self._window_keys = window_keys
        self._actions: tuple[Action, ...] = ()
        self._buttons: dict[str, ActionButton] = {}
        self._layout = FlowLayout(6, self) if placed else None

    @property
    def shown(self) -> tuple[Action, ...]:
        """Return the actions shown."""
        return self._actions

    def show_actions(self, actions: tuple[Action, ...]) -> None:
        """Show these actions; buttons are remade only when other actions come."""
        if actions == self._actions:
            return
        if [a.key for a in actions] != [a.key for a in self._actions]:
            self._rebuild(actions)
        self._actions = actions
        for action in actions:
            button = self._buttons[action.key]
            button.set_label(action.label)
            button.set_icon(action.icon)
            button.set_reason(action.reason)
            button.set_main(action.main)

    def press(self, key: str) -> bool:
        """Press an action's button; ``False`` when there is none of that key."""
        button = self._buttons.get(key)
        if button is None:
            return False
        button.press()
        return True

    def shortcuts(self) -> dict[str, Callable[[], None]]:
        """Return what each key printed on a button does."""
        return {
            action.shortcut: self._buttons[action.key].press
            for action in self._actions
            if action.shortcut and action.shortcut not in self._window_keys
        }

    def _rebuild(self, actions: tuple[Action, ...]) -> None:
        for button in self._buttons.values():
            if self._layout is not None:
                self._layout.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = {}
        for action in actions:
            key = "" if action.shortcut in self._window_keys else action.shortcut
            button = ActionButton(action.label, key=key, icon=action.icon, main=action.main)
            button.setObjectName(f"action-{action.key}")
            button.acted.connect(partial(self._on_button_acted, action.key))
            button.explained.connect(self.explained)
            if self._layout is not None:
                self._layout.put(button)
            else:
                button.setParent(self)
            self._buttons[action.key] = button

    def _on_button_acted(self, key: str) -> None:
        for action in self._actions:
            if action.key == key:
                self.acted.emit(action)
