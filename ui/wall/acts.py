"""The wall's acts in one line: what has no room is behind one button and unfolds above it."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.facts import Action
from ui.widgets.actions import ActionRow
from ui.widgets.buttons import ActionButton

MORE = "more"
"""The act that unfolds the rest and folds it again; it stands at the right end of the line."""
PASSING = "propose"
"""Shown in the line only while it can be done; its room is kept, so that nothing moves for it."""
GAP_PX = 6


class FoldingRow(ActionRow):
    """Show the acts that come first in one line, and the others in lines of their own, or not.

    Every act keeps its key and its place in the palette, seen or not.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, placed=False)
        self._unfolded = False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def folds(self) -> bool:
        """Return whether an act has no room in the line."""
        return len(self._fitting()) < len(self._others())

    def set_unfolded(self, unfolded: bool) -> None:
        """Show the acts that have no room in the line above it, or hide them.

        Above: the line, and the button that unfolds, stay where they are at the panel's foot.
        """
        if unfolded != self._unfolded:
            self._unfolded = unfolded
            self._arrange()

    def show_actions(self, actions: tuple[Action, ...]) -> None:
        """Show these actions, those that matter most first."""
        if actions != self.shown:
            super().show_actions(actions)
            self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take as many acts into the line as it has room for now."""
        super().resizeEvent(event)
        self._arrange()

    def _others(self) -> list[ActionButton]:
        return [button for key, button in self._buttons.items() if key != MORE]

    def _fitting(self) -> list[ActionButton]:
        """Return the buttons of the line; the passing one has its room there, come or not."""
        others = self._others()
        widths = {button: button.sizeHint().width() + GAP_PX for button in others}
        if sum(widths.values()) <= self.width() + GAP_PX:
            return others
        passing = self._buttons.get(PASSING)
        last = [button for button in (passing, self._buttons.get(MORE)) if button is not None]
        left = self.width() + GAP_PX - sum(one.sizeHint().width() + GAP_PX for one in last)
        line = []
        for button in others:
            if button is passing:
                continue
            left -= widths[button]
            if left < 0:
                break
            line.append(button)
        return [*line, passing] if passing is not None and not passing.reason else line

    def _arrange(self) -> None:
        """Place the line, and above it the rest while it is unfolded."""
        line = self._fitting()
        rest = [button for button in self._others() if button not in line]
        more = self._buttons.get(MORE)
        high = max((button.sizeHint().height() for button in self._others()), default=0)
        x = y = 0
        for button in rest if self._unfolded else ():
            if x and x + button.sizeHint().width() > self.width():
                x, y = 0, y + high + GAP_PX
            x = _place(button, x, y) + GAP_PX
        x, y = 0, y + high + GAP_PX if x else 0
        for button in line:
            x = _place(button, x, y) + GAP_PX
        if more is not None and rest:
            _place(more, self.width() - more.sizeHint().width(), y)
        self.setFixedHeight(y + high)
        shown = {*line, *(rest if self._unfolded else ()), *((more,) if rest else ())}
        hidden_focus = any(one.hasFocus() for one in self._buttons.values() if one not in shown)
        for button in self._buttons.values():
            button.setVisible(button in shown)
        if hidden_focus and more is not None and rest:
            more.setFocus(Qt.FocusReason.OtherFocusReason)


def _place(button: ActionButton, x: int, y: int) -> int:
    """Put a button there at its own size; return its right edge."""
    size = button.sizeHint()
    button.setGeometry(QRect(max(0, x), y, size.width(), size.height()))
    return max(0, x) + size.width()
