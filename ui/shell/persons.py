"""A field for a password, and who types it: names and secrets are asked for in one way."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from ui.texts import text
from ui.widgets.labels import TextLabel


def go_on_to(field: QLineEdit) -> None:
    """Put the caret in the next field of a form, what is in it selected: typing replaces it."""
    field.setFocus(Qt.FocusReason.TabFocusReason)


class SecretField(QLineEdit):
    """Take a password; ``caps`` says that Caps Lock is probably on, and that it is not."""

    caps = Signal(bool)

    def __init__(self, name: str, words: str) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setObjectName(name)
        self.setAccessibleName(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text()
        if len(letter) == 1 and letter.isalpha():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps.emit(letter.isupper() != shift)
        super().keyPressEvent(event)


class PersonFields(QWidget):
    """Ask for account and password of who comes; ``entered`` when both were typed and Enter was."""

    entered = Signal()

    def __init__(self, prefix: str) -> None:
        super().__init__()
        self.user = QLineEdit()
        self.user.setObjectName(f"{prefix}-user")
        self.user.setAccessibleName(text("ui.signin.user"))
        self.password = SecretField(f"{prefix}-password", text("ui.signin.password"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for row, (key, field) in enumerate(
            (("ui.signin.user", self.user), ("ui.signin.password", self.password))
        ):
            grid.addWidget(TextLabel(text(key), tone="text_2"), row, 0)
            grid.addWidget(field, row, 1)
        self.user.returnPressed.connect(partial(go_on_to, self.password))
        self.password.returnPressed.connect(self.entered)

    @property
    def missing(self) -> str:
        """Return what is said while a field is empty, empty when none is."""
        if self.user.text().strip() and self.password.text():
            return ""
        return text("ui.signin.missing")

    def correct(self) -> None:
        """Put the caret where the mistake probably is, all of it selected."""
        field = self.password if self.user.text().strip() else self.user
        field.setFocus()
        field.selectAll()

    def forget(self) -> None:
        """Empty the password; a name is no secret, and Esc loses no text."""
        self.password.clear()
