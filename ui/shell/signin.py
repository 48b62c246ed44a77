"""The sign-in view: who, at which seat; says errors in words and never clears what was typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from ui import icons
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

    Args:
        seats: (seat id, title), in the order shown.
        chosen: seat id to show first, empty for the first one.
        parent: Qt parent.
    """

    submitted = Signal(str, str, str)
    """user, password, seat id"""

    def __init__(
        self, seats: Sequence[tuple[str, str]], chosen: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = Theme.current()
        self._busy = False
        self.setObjectName("sign-in")
        self.setAccessibleName(text("ui.signin.title"))
        self.user = QLineEdit()
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.installEventFilter(self)
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
        self.user.returnPressed.connect(self.password.setFocus)
        self.password.returnPressed.connect(self._on_enter_acted)
        self.enter.acted.connect(self._on_enter_acted)
        self.setFocusProxy(self.user)

    def set_link(self, word: str, name: str, detail: str) -> None:
        """Say whether a bridge can be reached: pattern word, its name, and the detail."""
        self._link.say(word, name, detail)

    def show_error(self, message: str) -> None:
        """Say why it did not work; fields keep their content, the password gets the caret."""
        self.set_busy(busy=False)
        self._error.say(message)
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)
        self.password.selectAll()

    def set_busy(self, *, busy: bool) -> None:
        """Say that the bridge is being asked, or not any more."""
        self._busy = busy
        self.enter.set_reason(text("ui.signin.asking") if busy else "")
        if busy:
            self._error.say(text("ui.signin.asking"))

    def accepted(self) -> None:
        """Forget the password: it was right, and nobody needs it here any more."""
        self.set_busy(busy=False)
        self._error.say("")
        self.password.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.password
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
        ):
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
            (self.enter, "sign-in-enter", "ui.signin.enter"),
        ):
            widget.setObjectName(name)
            widget.setAccessibleName(text(key))
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
        grid.addWidget(self._caps, 6, 1)
        grid.addWidget(self.enter, 7, 1, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(self._error, 8, 0, 1, 2)
        # room kept for messages, so that nothing jumps when one comes
        self._caps.setMinimumHeight(18)
        self._error.setMinimumHeight(58)
        self._error.setAlignment(Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.addWidget(self._box, 0, Qt.AlignmentFlag.AlignCenter)

    def _look_for_caps_lock(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_CapsLock:
            self._caps.say("")  # unknown until the next letter tells
            return
        letter = event.text()
        if len(letter) == 1 and letter.isalpha():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            locked = letter.isupper() != shift
            self._caps.say(text("ui.signin.caps_lock") if locked else "")

    def _on_enter_acted(self) -> None:
        if self._busy:
            return
        if not self.user.text().strip() or not self.password.text():
            empty = self.user if not self.user.text().strip() else self.password
            self._error.say(text("ui.signin.missing"))
            empty.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.set_busy(busy=True)
        self.submitted.emit(
            self.user.text().strip(), self.password.text(), str(self.seat.currentData() or "")
        )
