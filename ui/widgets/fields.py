"""Fields that never lose what was typed: a filter and a draft; Esc only gives the focus back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from ui import icons
from ui.theme import Theme


class FilterField(QWidget):
    """Take a filter text; ``/`` (bound by the shell) puts the caret in it.

    ``changed`` follows every keystroke; ``left`` is emitted by Esc, Enter and the down arrow,
    which give the focus back to the list and keep the text.
    """

    changed = Signal(str)
    left = Signal()

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = Theme.current()
        self._theme = theme
        self._edit = QLineEdit(self)
        self._edit.setPlaceholderText(placeholder)
        self._edit.setAccessibleName(placeholder)
        self._edit.setObjectName("filter")
        self._sign = self._edit.addAction(
            icons.icon("magnify", theme), QLineEdit.ActionPosition.LeadingPosition
        )
        self._sign.setText(placeholder)
        self._edit.setTextMargins(0, 0, 26, 0)  # the hint's place
        self._edit.textChanged.connect(self.changed)
        self._edit.installEventFilter(self)
        self._hint = QLabel("/", self._edit)
        self._hint.setFont(theme.font(12))
        self._hint.setProperty("look", "key")
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._edit)
        self.setFocusProxy(self._edit)

    def text(self) -> str:
        """Return the filter text."""
        return self._edit.text()

    def set_text(self, text: str) -> None:
        """Put a text into the field, as if typed."""
        self._edit.setText(text)

    def focus(self) -> None:
        """Put the caret in the field, the old text selected."""
        self._edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._edit.selectAll()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._sign.setIcon(icons.icon("magnify", self._theme))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._edit:
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                keys = (
                    Qt.Key.Key_Escape,
                    Qt.Key.Key_Return,
                    Qt.Key.Key_Enter,
                    Qt.Key.Key_Down,
                )
                if event.key() in keys and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
                    self.left.emit()
                    return True
            elif event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
                self._place_hint()
            elif event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
                self._hint.setVisible(event.type() == QEvent.Type.FocusOut)
        return super().eventFilter(watched, event)

    def _place_hint(self) -> None:
        self._hint.adjustSize()
        self._hint.move(
            self._edit.width() - self._hint.width() - 8,
            (self._edit.height() - self._hint.height()) // 2,
        )


class DraftEdit(QPlainTextEdit):
    """Take a few lines of text and keep them whatever happens around.

    ``submitted`` is emitted by Ctrl+Enter with the text; the text stays until :meth:`taken`
    says that it is safely in the log. ``drafted`` follows every change. Esc emits ``left``.
    """

    submitted = Signal(str)
    drafted = Signal(str)
    left = Signal()

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.textChanged.connect(self._on_text_changed)
        self._quiet = False

    def load(self, text: str) -> None:
        """Show a kept draft, without telling that it changed; the caret goes to its end."""
        if text == self.toPlainText():
            return
        self._quiet = True
        self.setPlainText(text)
        self.moveCursor(self.textCursor().MoveOperation.End)
        self._quiet = False

    def taken(self, text: str) -> None:
        """Drop the text if it is still what was submitted; words typed since then stay."""
        if self.toPlainText().strip() == text:
            self.clear()

    def submit(self) -> None:
        """Submit the text if there is any."""
        text = self.toPlainText().strip()
        if text:
            self.submitted.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.submit()
            return
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.drafted.emit(self.toPlainText())

    def _on_text_changed(self) -> None:
        if not self._quiet:
            self.drafted.emit(self.toPlainText())
