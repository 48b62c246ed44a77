"""Ask for the one line of text an act needs, in place, without a dialog."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget

from ui.facts import Action
from ui.texts import text
from ui.widgets.buttons import ActionButton
from ui.widgets.labels import TextLabel


class TextAct(QWidget):
    """Ask for the one line of text an act needs; Esc closes it and keeps the line.

    ``given`` carries the action's key and the text.
    """

    given = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("text-act")
        self._action: Action | None = None
        self._kept: dict[str, str] = {}
        self._before: QWidget | None = None
        self._label = TextLabel(tone="text_2")
        self._edit = EscLine()
        self._edit.setObjectName("text-act-line")
        self._edit.returnPressed.connect(self._on_give)
        self._edit.left.connect(self.cancel)
        self._give = ActionButton("", key=text("ui.key.enter"), main=True)
        self._give.setObjectName("text-act-give")
        self._give.acted.connect(self._on_give)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._label)
        layout.addWidget(self._edit, 1)
        layout.addWidget(self._give)
        self.hide()

    def ask(self, action: Action) -> None:
        """Open for an action, with what was typed for it before; takes the focus, was asked to."""
        self._action = action
        self._label.say(text("ui.act.text", action=action.label))
        self._edit.setAccessibleName(self._label.text())
        self._edit.setText(self._kept.get(action.key, ""))
        self._give.set_label(action.label)
        if not self.isVisible():
            self._before = self.window().focusWidget()
        self.show()
        self._edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def cancel(self) -> None:
        """Close; the line is kept for the next time, the focus goes back."""
        if self._action is not None:
            self._kept[self._action.key] = self._edit.text()
        self._close()

    def _on_give(self) -> None:
        words = self._edit.text().strip()
        if self._action is None or not words:
            return
        key = self._action.key
        self._kept.pop(key, None)
        self._close()
        self.given.emit(key, words)

    def _close(self) -> None:
        self._action = None
        before, self._before = self._before, None
        if before is not None and _holds_focus(self):
            # before hiding: Qt would move the focus on as Tab does, and select all of a field
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()


class EscLine(QLineEdit):
    """A line that Esc leaves as it is."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)


def _holds_focus(widget: QWidget) -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and widget.isAncestorOf(focused)
