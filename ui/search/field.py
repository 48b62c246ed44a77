"""A line to search with: it keeps what was typed, and gives the keyboard back where it was."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from shiboken6 import isValid

from ui import icons
from ui.search.lines import SearchLines
from ui.search.source import SearchSource
from ui.theme import Theme

_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 6,
    Qt.Key.Key_PageUp: -6,
}


class SearchEdit(QLineEdit):
    """Take the words; Esc, or taking a row, gives the keyboard back and keeps the words.

    Signals:
        entered: the keyboard came here.
        left: the keyboard was given back, or went elsewhere.
    """

    entered = Signal()
    left = Signal()

    def __init__(
        self, source: SearchSource, placeholder: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = Theme.current()
        self._source = source
        self._before: QWidget | None = None
        self.lines = SearchLines(source)
        self.lines.taking.connect(self.give_back)
        self.setText(source.text)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self._sign = self.addAction(
            icons.icon("magnify", self._theme), QLineEdit.ActionPosition.LeadingPosition
        )
        self._sign.setText(placeholder)
        self.textChanged.connect(self._on_text_changed)
        self._end = source.subscribe(self.lines.refresh)

    def release(self) -> None:
        """Unsubscribe; call before it is deleted."""
        self._end()
        if self.lines.parent() is None:  # nobody ever looked at what it finds
            self.lines.deleteLater()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # Qt may send one from the base's constructor
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_sign"):
            self._sign.setIcon(icons.icon("magnify", self._theme))

    def take_keyboard(self) -> None:
        """Put the caret here, the old words selected."""
        self.remember_keyboard()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def remember_keyboard(self) -> None:
        """Note who has the keyboard now: it goes back there."""
        if not self.hasFocus() and self._before is None:
            self._before = QApplication.focusWidget()

    def give_back(self) -> None:
        """Give the keyboard to whoever had it before."""
        before, self._before = self._before, None
        if self.hasFocus():
            if before is not None and isValid(before) and before.isVisible():
                before.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self.clearFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.lines.move_current(_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.lines.take()
        elif key == Qt.Key.Key_Escape:
            self.give_back()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._source.begin()
        self.lines.refresh()
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (
            Qt.FocusReason.ActiveWindowFocusReason,
            Qt.FocusReason.PopupFocusReason,
        ):
            self.left.emit()

    def _on_text_changed(self, words: str) -> None:
        self.lines.typed()
        self._source.type(words)
