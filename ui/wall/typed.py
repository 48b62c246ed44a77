"""What is being typed at the wall, over its pictures: a camera's number, a composition's name."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from backend_bridge.contract.compositions import LONGEST_NAME
from ui.texts import text
from ui.theme import Theme
from ui.widgets.labels import ElidedLabel

NAME_PX = 260


class Typed(QWidget):
    """Show the number called and whose it is, and take a name; hidden while there is neither.

    Signals:
        named: the name entered; it stays open until :meth:`leave_name`.
        left: the name was left or taken: the keyboard is the wall's again.
        resized: it needs another size, or a place.
    """

    named = Signal(str)
    left = Signal()
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = Theme.current()
        self._said = ""
        self._call = ElidedLabel(px=20, fitted=True)
        self._call.setObjectName("wall-call")
        self._name = QLineEdit(self)
        self._name.setObjectName("wall-name")
        self._name.setPlaceholderText(text("wall.name"))
        self._name.setAccessibleName(text("wall.name"))
        self._name.setMaxLength(LONGEST_NAME)
        self._name.setMinimumWidth(NAME_PX)
        self._name.returnPressed.connect(self._on_entered)
        self._name.installEventFilter(self)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 6, 12, 6)
        line.setSpacing(12)
        line.addWidget(self._call)
        line.addWidget(self._name)
        self._call.hide()
        self._name.hide()
        self.hide()

    def show_call(self, call: str) -> None:
        """Show a number and whose it is, as « 112 · Université nord »; empty for none."""
        if call != self._said:
            self._said = call
            number, _, name = call.partition(" · ")
            self._call.say(number, name)
            self._call.setVisible(bool(call))
            self._fit()

    def ask_name(self) -> None:
        """Open the name, what was typed before chosen, and put the caret there."""
        self._name.show()
        self._fit()
        self._name.selectAll()
        self._name.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave_name(self) -> None:
        """Close the name, its text kept."""
        self._name.hide()
        self._fit()
        self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Esc leave the name."""
        if (
            watched is self._name
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
        ):
            self.leave_name()
            return True
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lie over the pictures as a card of its own."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("raised"))
        painter.setPen(QPen(self._theme.color("text_1"), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _fit(self) -> None:
        self.setVisible(bool(self._said) or not self._name.isHidden())
        self.resized.emit()

    def _on_entered(self) -> None:
        self.named.emit(self._name.text())
