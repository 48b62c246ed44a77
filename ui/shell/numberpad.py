"""Digits of the number pad, typed anywhere in a window: a camera's number, called with Enter."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QKeyCombination, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

LONGEST = 6
FORGET_MS = 8_000
"""Digits nobody called with are forgotten, so that a later Enter means what it always does."""
_PAD = Qt.KeyboardModifier.KeypadModifier
_DIGITS = (
    Qt.Key.Key_0,
    Qt.Key.Key_1,
    Qt.Key.Key_2,
    Qt.Key.Key_3,
    Qt.Key.Key_4,
    Qt.Key.Key_5,
    Qt.Key.Key_6,
    Qt.Key.Key_7,
    Qt.Key.Key_8,
    Qt.Key.Key_9,
)
_WITHOUT_LOCK = (
    Qt.Key.Key_Insert,
    Qt.Key.Key_End,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Left,
    Qt.Key.Key_Clear,
    Qt.Key.Key_Right,
    Qt.Key.Key_Home,
    Qt.Key.Key_Up,
    Qt.Key.Key_PageUp,
)
"""What the same keys say while Num Lock is off: a number called at night must not move a list."""


class NumberPad(QObject):
    """Collect digits and call with them, whether Num Lock is on or not.

    A text field keeps its digits: it claims the key before any shortcut is asked. Enter, Esc and
    the way back belong to it only while there are digits; at any other time they go where the
    focus is. Leaving for a text field forgets the digits.

    Args:
        window: whose keys it hears.

    Signals:
        changed: the digits typed so far, empty for none.
        called: the number typed, when Enter was pressed.
    """

    changed = Signal(str)
    called = Signal(int)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._typed = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.forget)
        self.forget_after_ms = FORGET_MS
        app = QApplication.instance()
        assert isinstance(app, QApplication)  # a widget was made
        app.focusChanged.connect(self._on_focus_changed)
        for value, keys in enumerate(zip(_DIGITS, _WITHOUT_LOCK, strict=True)):
            for key in keys:
                digit = QShortcut(QKeySequence(QKeyCombination(_PAD, key)), window)
                digit.activated.connect(partial(self._on_digit, value))
        self._while_typing: list[QShortcut] = []
        for combination, act in (
            (QKeyCombination(_PAD, Qt.Key.Key_Enter), self.call),
            (QKeyCombination(Qt.Key.Key_Return), self.call),
            (QKeyCombination(Qt.Key.Key_Backspace), self._untype),
            (QKeyCombination(Qt.Key.Key_Escape), self.forget),
        ):
            shortcut = QShortcut(QKeySequence(combination), window)
            shortcut.setEnabled(False)
            shortcut.activated.connect(act)
            self._while_typing.append(shortcut)

    @property
    def typed(self) -> str:
        """Return the digits typed so far."""
        return self._typed

    def call(self) -> None:
        """Call with what was typed, and forget it."""
        typed = self._typed
        self.forget()
        if typed:
            self.called.emit(int(typed))

    def forget(self) -> None:
        """Forget what was typed."""
        self._set("")

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self._typed and isinstance(now, QLineEdit | QTextEdit | QPlainTextEdit):
            self.forget()

    def _on_digit(self, value: int) -> None:
        if len(self._typed) < LONGEST:
            self._set(f"{self._typed}{value}")

    def _untype(self) -> None:
        self._set(self._typed[:-1])

    def _set(self, typed: str) -> None:
        if typed:
            self._timer.start(self.forget_after_ms)
        else:
            self._timer.stop()
        if typed != self._typed:
            self._typed = typed
            for shortcut in self._while_typing:
                shortcut.setEnabled(bool(typed))
            self.changed.emit(typed)
