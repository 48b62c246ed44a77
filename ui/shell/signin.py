"""The sign-in view: who, at which seat; says errors in words and never clears what was typed.

A first sign-in unfolds two more fields for a password of one's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from ui import icons
from ui.shell.persons import go_on_to
from ui.texts import text
from ui.theme import Theme
from ui.widgets.buttons import ActionButton
from ui.widgets.labels import QualityWord, TextLabel


class SeatChoice(QComboBox):
    """A combo box whose arrow is ours: a style sheet leaves Fusion's out."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        picture = icons.pixmap("chevron-down", Theme.current(), ratio=self.devicePixelRatioF())
        painter.drawPixmap(
            self.width() - icons.SIZE_PX - 8, (self.height() - icons.SIZE_PX) // 2, picture
        )
        painter.end()


class SignInView(QWidget):
    """Ask for user, password and seat; the password stays in the field until it was right.

    The fields for a new password show only while the account they were asked for stands in the
    user field: nobody else's password is changed by mistake.

    Args:
        seats: (seat id, title), in the order shown.
        chosen: seat id to show first, empty for the first one.
        parent: Qt parent.
    """

    submitted = Signal(str, str, str, str)
    """user, password, seat id, new password (empty when none is asked for)"""
    touched = Signal()
    """Somebody typed into a field."""

    def __init__(
        self, seats: Sequence[tuple[str, str]], chosen: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = Theme.current()
        self._busy = False
        self._changing_user = ""
        self.setObjectName("sign-in")
        self.setAccessibleName(text("ui.signin.title"))
        self.user = QLineEdit()
        self.password = self._make_secret_field()
        self.new_password = self._make_secret_field()
        self.again = self._make_secret_field()
        self.seat = SeatChoice()
        for seat_id, title in seats:
            self.seat.addItem(title, seat_id)
        if chosen:
            self.seat.setCurrentIndex(max(0, self.seat.findData(chosen)))
        self.enter = ActionButton(text("ui.signin.enter"), key=text("ui.key.enter"), main=True)
        self._link = QualityWord()
        self._error = TextLabel(wrap=True, bold=True)
        self._caps = TextLabel(text("ui.signin.caps_lock"), tone="text_2", wrap=True)
        self._name_controls()
        self._lay_out()
        self._caps.setText("")
        self.user.returnPressed.connect(partial(go_on_to, self.password))
        self.password.returnPressed.connect(self._on_password_entered)
        self.new_password.returnPressed.connect(partial(go_on_to, self.again))
        self.again.returnPressed.connect(self._on_enter_acted)
        self.user.textChanged.connect(self._show_new_password)
        for field in (self.user, self.password, self.new_password, self.again):
            field.textEdited.connect(self.touched)
        self.enter.acted.connect(self._on_enter_acted)
        self.setFocusProxy(self.user)

    def set_link(self, word: str, name: str, detail: str) -> None:
        """Say whether a bridge can be reached: pattern word, its name, and the detail."""
        self._link.say(word, name, detail)

    @property
    def busy(self) -> bool:
        """Return whether the bridge is being asked for the person at the form."""
        return self._busy

    @property
    def changing(self) -> bool:
        """Return whether a password of one's own is being asked for."""
        return bool(self._changing_user) and self.user.text().strip() == self._changing_user

    def say(self, message: str) -> None:
        """Say something that concerns nobody's typing; the caret stays where it is."""
        self._error.say(message)

    def show_error(self, message: str, *, about_new: bool = False) -> None:
        """Say why it did not work; fields keep their content.

        Args:
            message: what happened and what to do.
            about_new: the caret goes to the new password instead of the present one.
        """
        self.set_busy(busy=False)
        self._error.say(message)
        self._correct(self.new_password if about_new and self.changing else self.password)

    def ask_new_password(self, message: str) -> None:
        """Unfold the fields for a password of one's own; what was typed stays.

        Args:
            message: why it is asked for.
        """
        self.set_busy(busy=False)
        self._error.say(message)
        self._changing_user = self.user.text().strip()
        self._show_new_password()
        self.new_password.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_busy(self, *, busy: bool) -> None:
        """Say that the bridge is being asked, or not any more."""
        self._busy = busy
        self.enter.set_reason(text("ui.signin.asking") if busy else "")
        if busy:
            self._error.say(text("ui.signin.asking"))

    def accepted(self) -> None:
        """Forget the passwords: they were right, and nobody needs them here any more."""
        self.set_busy(busy=False)
        self._error.say("")
        self._changing_user = ""
        for field in (self.password, self.new_password, self.again):
            field.clear()
        self._show_new_password()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._look_for_caps_lock(event)
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("window"))
        box = self._box.geometry()
        painter.fillRect(box, self._theme.color("panel"))
        painter.setPen(QPen(self._theme.color("line"), 1))
        painter.drawRect(box.adjusted(0, 0, -1, -1))
        painter.end()

    def _name_controls(self) -> None:
        for widget, name, key in (
            (self.user, "sign-in-user", "ui.signin.user"),
            (self.password, "sign-in-password", "ui.signin.password"),
            (self.seat, "sign-in-seat", "ui.signin.seat"),
            (self.new_password, "sign-in-new-password", "ui.signin.new_password"),
            (self.again, "sign-in-again", "ui.signin.again"),
            (self.enter, "sign-in-enter", "ui.signin.enter"),
        ):
            widget.setObjectName(name)
            widget.setAccessibleName(text(key))
        # read out on entering the field, before the first letter
        self.new_password.setAccessibleDescription(text("ui.signin.new_password.rules"))
        self._error.setObjectName("sign-in-error")
        self._caps.setObjectName("sign-in-caps-lock")

    def _lay_out(self) -> None:
        self._box = QWidget(self)
        self._box.setFixedWidth(460)
        grid = QGridLayout(self._box)
        grid.setContentsMargins(28, 24, 28, 24)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.addWidget(TextLabel("Beffroi", px=24, bold=True), 0, 0, 1, 2)
        grid.addWidget(TextLabel(text("ui.signin.title"), tone="text_2"), 1, 0, 1, 2)
        grid.addWidget(self._link, 2, 0, 1, 2)
        for row, (key, widget) in enumerate(
            (
                ("ui.signin.user", self.user),
                ("ui.signin.password", self.password),
                ("ui.signin.seat", self.seat),
            ),
            start=3,
        ):
            grid.addWidget(TextLabel(text(key), tone="text_2"), row, 0)
            grid.addWidget(widget, row, 1)
        self._new_rows = self._make_new_rows()
        grid.addWidget(self._new_rows, 6, 0, 1, 2)
        grid.addWidget(self._caps, 7, 1)
        grid.addWidget(self.enter, 8, 1, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(self._error, 9, 0, 1, 2)
        self._align_labels(grid)
        # room kept for messages, so that nothing jumps when one comes
        self._caps.setMinimumHeight(18)
        self._error.setMinimumHeight(58)
        self._error.setAlignment(Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.addWidget(self._box, 0, Qt.AlignmentFlag.AlignCenter)

    def _make_secret_field(self) -> QLineEdit:
        field = QLineEdit()
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.installEventFilter(self)
        return field

    def _make_new_rows(self) -> QWidget:
        rows = QWidget()
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 8, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.addWidget(TextLabel(text("ui.signin.new_password.title"), bold=True), 0, 0, 1, 2)
        rules = TextLabel(text("ui.signin.new_password.rules"), tone="text_2", wrap=True)
        rules.setObjectName("sign-in-rules")
        grid.addWidget(rules, 1, 0, 1, 2)
        for row, (key, field) in enumerate(
            (("ui.signin.new_password", self.new_password), ("ui.signin.again", self.again)),
            start=2,
        ):
            grid.addWidget(TextLabel(text(key), tone="text_2"), row, 0)
            grid.addWidget(field, row, 1)
        rows.hide()
        return rows

    def _align_labels(self, grid: QGridLayout) -> None:
        """Give both grids' first columns one width, so that all fields stand in one line."""
        inner = self._new_rows.layout()
        assert isinstance(inner, QGridLayout)
        labels = [
            item.widget()
            for layout, rows in ((grid, range(3, 6)), (inner, range(2, 4)))
            for row in rows
            if (item := layout.itemAtPosition(row, 0)) is not None
        ]
        width = max(label.sizeHint().width() for label in labels if label is not None)
        for layout in (grid, inner):
            layout.setColumnMinimumWidth(0, width)

    def _show_new_password(self) -> None:
        self._new_rows.setVisible(self.changing)

    def _correct(self, field: QLineEdit) -> None:
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.selectAll()

    def _look_for_caps_lock(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_CapsLock:
            self._caps.say("")  # unknown until the next letter tells
            return
        letter = event.text()
        if len(letter) == 1 and letter.isalpha():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            locked = letter.isupper() != shift
            self._caps.say(text("ui.signin.caps_lock") if locked else "")

    def _on_password_entered(self) -> None:
        if self.changing:
            self.new_password.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._on_enter_acted()

    def _on_enter_acted(self) -> None:
        if self._busy:
            return
        wrong = self._first_wrong()
        if wrong is not None:
            field, words = wrong
            self._error.say(words)
            self._correct(field)
            return
        self.set_busy(busy=True)
        self.submitted.emit(
            self.user.text().strip(),
            self.password.text(),
            str(self.seat.currentData() or ""),
            self.new_password.text() if self.changing else "",
        )

    def _first_wrong(self) -> tuple[QLineEdit, str] | None:
        """Return the first field that keeps this from being sent, and why."""
        if not self.user.text().strip():
            return self.user, text("ui.signin.missing")
        if not self.password.text():
            return self.password, text("ui.signin.missing")
        if self.changing and not self.new_password.text():
            return self.new_password, text("ui.signin.new_password.missing")
        if self.changing and self.again.text() != self.new_password.text():
            return self.again, text("ui.signin.again.differs")
        return None
