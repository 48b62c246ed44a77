"""The lock screen of one desk window: it hides everything, and only its own controls answer.

No name but of who sits here, no place, no picture; counts, clock and link stay in sight, because
the room works on while somebody is away from his desk.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from backend_bridge.contract.alarms import Severity
from ui import icons
from ui.shell.persons import PersonFields, SecretField
from ui.shell.strip_parts import LinkBox, SeverityCount, StripFacts
from ui.texts import text
from ui.theme import Theme
from ui.widgets.buttons import ActionButton
from ui.widgets.labels import Rule, TextLabel

CARD_PX = 720
_ICON_PX = 24


class LockPresenter(Protocol):
    """The strip's: link, counts and clock, and nothing of the city."""

    @property
    def state(self) -> StripFacts: ...

    def subscribe(self, callback: Callable[[], None], /) -> Callable[[], None]: ...


class LockCover(QWidget):
    """Cover a window until the person is back, or another one takes the seat.

    Args:
        presenter: gives what may be shown.
        window: what is covered; its size is followed.
    """

    unlocked = Signal(str)
    """The password of the person signed in."""
    relieved = Signal(str, str, bool)
    """Account and password of who comes, and whether the incidents go to him."""
    left = Signal()
    """Sign out without a bridge."""

    def __init__(self, presenter: LockPresenter, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._presenter = presenter
        self._theme = Theme.current()
        self._busy = False
        self.setObjectName("lock")
        self.setAccessibleName(text("ui.lock.title"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._who = TextLabel(px=20, bold=True)
        self._since = TextLabel(tone="text_2", px=15)
        self._clock = TextLabel(px=24, bold=True)
        self._date = TextLabel(tone="text_2")
        self._counts = {severity: SeverityCount(severity) for severity in Severity}
        self._link = LinkBox()
        self.password = SecretField("lock-password", text("ui.signin.password"))
        self.unlock = ActionButton(text("ui.lock.unlock"), key=text("ui.key.enter"), main=True)
        self.other = ActionButton("")
        self.leave = ActionButton(text("ui.lock.leave"))
        self.fields = PersonFields("lock-other")
        self.take = QCheckBox()
        self.relieve = ActionButton(text("ui.lock.relieve"), key=text("ui.key.enter"), main=True)
        self.nothing = ActionButton(text("ui.handover.nothing"), key=text("ui.key.escape"))
        self._message = TextLabel(wrap=True, bold=True)
        self._caps = TextLabel(tone="text_2")
        self._box = QWidget(self)
        self._own = QWidget()
        self._others = QWidget()
        self._name_controls()
        self._lay_out()
        self._connect()
        window.installEventFilter(self)
        self._unsubscribe = presenter.subscribe(self.refresh)
        self.hide()

    # -- what it shows --------------------------------------------------------------------------

    def show_person(self, name: str, seat: str, incidents: str) -> None:
        """Say who is away, from where, and what a newcomer may take over (empty for nothing)."""
        self._who.say(f"{seat} · {name}")
        self._label.say(text("ui.lock.password_of", name=name))
        self.other.set_label(text("ui.lock.other", name=name))
        self.take.setText(incidents)
        self.take.setAccessibleName(incidents)
        self.take.setVisible(bool(incidents))

    def show_since(self, words: str) -> None:
        """Say since when the desk is locked."""
        self._since.say(words)

    def refresh(self) -> None:
        """Show the presenter's present state."""
        if self.isHidden():
            return
        state = self._presenter.state
        self._clock.say(state.clock)
        self._date.say(state.date)
        self._link.show_link(state)
        for tally in state.alarms:
            self._counts[tally.severity].show_tally(tally)
        if self.leave.isHidden() is not state.live:
            self.leave.setVisible(not state.live)
            self.other.setVisible(state.live)
            if not state.live:
                self._fold()
                self._message.say(text("ui.lock.no_bridge"))
            elif not self._busy:
                self._message.say("")

    def say(self, message: str) -> None:
        """Say why it stays locked; the typed words stay, selected."""
        self.set_busy(busy=False)
        self._message.say(message)
        if self._others.isHidden():
            self.password.setFocus(Qt.FocusReason.OtherFocusReason)
            self.password.selectAll()
        else:
            self.fields.correct()

    def set_busy(self, *, busy: bool) -> None:
        """Say that the bridge is being asked, or not any more."""
        self._busy = busy
        reason = text("ui.lock.asking") if busy else ""
        self.unlock.set_reason(reason)
        self.relieve.set_reason(reason)
        if busy:
            self._message.say(reason)

    def cover(self) -> None:
        """Come down over the window and take its keyboard."""
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self.refresh()
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_keyboard(self) -> None:
        """Have the keyboard again, unless one of the card's own controls has it."""
        now = self._window.focusWidget()
        if now is None or not self.isAncestorOf(now):
            own = self.password if self._others.isHidden() else self.fields.user
            own.setFocus(Qt.FocusReason.OtherFocusReason)

    def release(self) -> None:
        """Stop following; nothing of what was typed remains."""
        self._unsubscribe()
        self.password.clear()
        self.fields.forget()
        self.hide()
        self.deleteLater()

    # -- Qt -------------------------------------------------------------------------------------

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go round among the card's own controls: below there is nothing to reach."""
        chain = [
            widget
            for widget in self._chain()
            if widget.isVisibleTo(self) and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        ]
        if not chain:
            return False
        now = self.window().focusWidget()
        place = chain.index(now) if now in chain else -1
        chain[(place + (1 if forward else -1)) % len(chain)].setFocus(
            Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        )
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size, and stay above what is added to it."""
        if watched is self._window:
            if event.type() == QEvent.Type.Resize:
                self.setGeometry(self._window.rect())
            elif event.type() == QEvent.Type.ChildAdded and self.isVisible():
                self.raise_()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._fold()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("window"))
        box = self._box.geometry()
        painter.fillRect(box, self._theme.color("panel"))
        painter.setPen(QPen(self._theme.color("text_1"), 2))
        painter.drawRect(box.adjusted(1, 1, -1, -1))
        painter.end()

    # -- inside ---------------------------------------------------------------------------------

    def _chain(self) -> tuple[QWidget, ...]:
        fields = self.fields
        own = (self.password, self.unlock, self.other, self.leave)
        return (*own, fields.user, fields.password, self.take, self.relieve, self.nothing)

    def _name_controls(self) -> None:
        for widget, name in (
            (self.unlock, "lock-unlock"),
            (self.other, "lock-other"),
            (self.leave, "lock-leave"),
            (self.take, "lock-take"),
            (self.relieve, "lock-relieve"),
            (self.nothing, "lock-nothing"),
            (self._message, "lock-message"),
            (self._caps, "lock-caps"),
        ):
            widget.setObjectName(name)

    def _connect(self) -> None:
        self.password.returnPressed.connect(self._on_password_entered)
        self.unlock.acted.connect(self._on_password_entered)
        self.other.acted.connect(self._on_other_acted)
        self.leave.acted.connect(self.left)
        self.fields.entered.connect(self._on_newcomer_entered)
        self.relieve.acted.connect(self._on_newcomer_entered)
        self.nothing.acted.connect(self._fold)
        for field in (self.password, self.fields.password):
            field.caps.connect(self._on_caps)

    def _lay_out(self) -> None:
        self._box.setFixedWidth(CARD_PX)
        column = QVBoxLayout(self._box)
        column.setContentsMargins(28, 22, 28, 22)
        column.setSpacing(10)
        column.addLayout(self._head())
        column.addWidget(self._who)
        column.addWidget(self._since)
        column.addWidget(Rule())
        column.addLayout(self._room())
        column.addWidget(Rule())
        self._lay_out_own()
        self._lay_out_others()
        column.addWidget(self._own)
        column.addWidget(self._others)
        column.addWidget(self._caps)
        column.addWidget(self._message)
        # room kept for messages, so that nothing jumps when one comes
        self._caps.setMinimumHeight(18)
        self._message.setMinimumHeight(40)
        self._message.setAlignment(Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.addWidget(self._box, 0, Qt.AlignmentFlag.AlignCenter)

    def _head(self) -> QHBoxLayout:
        sign = QLabel()
        ratio = self.devicePixelRatioF()
        sign.setPixmap(icons.pixmap("lock-outline", self._theme, size_px=_ICON_PX, ratio=ratio))
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(sign)
        row.addWidget(TextLabel(text("ui.lock.title"), px=24, bold=True), 1)
        row.addWidget(self._date)
        row.addWidget(self._clock)
        return row

    def _room(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(14)
        for count in self._counts.values():
            row.addWidget(count)
        row.addStretch(1)
        row.addWidget(self._link)
        return row

    def _lay_out_own(self) -> None:
        self._label = TextLabel(tone="text_2")
        grid = QGridLayout(self._own)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self._label, 0, 0, 1, 2)
        grid.addWidget(self.password, 1, 0)
        grid.addWidget(self.unlock, 1, 1)
        row = QHBoxLayout()
        row.addWidget(self.other)
        row.addWidget(self.leave)
        row.addStretch(1)
        grid.addLayout(row, 2, 0, 1, 2)
        self.leave.hide()

    def _lay_out_others(self) -> None:
        column = QVBoxLayout(self._others)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(TextLabel(text("ui.lock.other.title"), bold=True))
        column.addWidget(TextLabel(text("ui.lock.other.body"), tone="text_2", wrap=True))
        column.addWidget(self.fields)
        column.addWidget(self.take)
        row = QHBoxLayout()
        row.addWidget(self.relieve)
        row.addWidget(self.nothing)
        row.addStretch(1)
        column.addLayout(row)
        self._others.hide()

    def _fold(self) -> None:
        """Show the person's own field again; what a newcomer typed is forgotten."""
        if not self._others.isHidden() and not self._busy:
            self.fields.forget()
            self._message.say("")
            self._own.show()
            self.password.setFocus(Qt.FocusReason.OtherFocusReason)
            self._others.hide()

    def _on_other_acted(self) -> None:
        self._message.say("")
        self.take.setChecked(not self.take.isHidden())
        self._others.show()
        # before hiding: Qt looks for another control while the focused one goes
        self.fields.user.setFocus(Qt.FocusReason.OtherFocusReason)
        self._own.hide()

    def _on_caps(self, locked: bool) -> None:
        self._caps.say(text("ui.signin.caps_lock") if locked else "")

    def _on_password_entered(self) -> None:
        if self._busy:
            return
        if not self.password.text():
            self.say(text("ui.lock.missing"))
            return
        self.set_busy(busy=True)
        self.unlocked.emit(self.password.text())

    def _on_newcomer_entered(self) -> None:
        if self._busy:
            return
        if self.fields.missing:
            self.say(self.fields.missing)
            return
        self.set_busy(busy=True)
        self.relieved.emit(
            self.fields.user.text().strip(), self.fields.password.text(), self.take.isChecked()
        )
