"""The hand-over panel: what is left behind, read by who comes, and the act that relieves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from backend_bridge.contract.alarms import AlarmState, Severity
from ui.marks import MIN_PX, AlarmMark
from ui.shell.docked import DockedSheet
from ui.shell.persons import PersonFields
from ui.texts import number, text
from ui.widgets.buttons import ActionButton
from ui.widgets.labels import ElidedLabel, Rule, TextLabel

WIDTH_PX = 640
HEIGHT_PX = 960
ROW_PX = 28
MARK_PX = 30


class Row(Protocol):
    """One line of the brief."""

    @property
    def strong(self) -> str: ...
    @property
    def plain(self) -> str: ...
    @property
    def right(self) -> str: ...
    @property
    def severity(self) -> Severity | None: ...
    @property
    def state(self) -> AlarmState: ...


class Section(Protocol):
    """One part of the brief; ``more`` says how many lines it leaves out."""

    @property
    def key(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def count(self) -> int: ...
    @property
    def rows(self) -> Sequence[Row]: ...
    @property
    def more(self) -> str: ...


class HandoverFacts(Protocol):
    """What the panel shows."""

    @property
    def leaver(self) -> str: ...
    @property
    def where(self) -> str: ...
    @property
    def sections(self) -> Sequence[Section]: ...
    @property
    def incidents(self) -> str: ...


class HandoverPresenter(Protocol):
    """Decides what the brief says."""

    @property
    def state(self) -> HandoverFacts: ...

    def subscribe(self, callback: Callable[[], None], /) -> Callable[[], None]: ...


class HandoverSheet(DockedSheet):
    """Show the brief and take the newcomer's name and password; follows while it is open.

    Args:
        presenter: gives the brief.
        parent: the window's page.
    """

    relieved = Signal(str, str, bool)
    """Account and password of who comes, and whether the incidents go to him."""

    def __init__(self, presenter: HandoverPresenter, parent: QWidget) -> None:
        super().__init__(text("ui.handover.title"), parent)
        self.setObjectName("handover")
        self._presenter = presenter
        self._busy = False
        self._shown: object = None
        self._leaver = ElidedLabel(px=15)
        self._brief = QVBoxLayout(self.content)
        self._brief.setContentsMargins(0, 4, 8, 4)
        self._brief.setSpacing(4)
        self.fields = PersonFields("handover")
        self.take = QCheckBox()
        self.take.setObjectName("handover-take")
        self.relieve = ActionButton("", key=text("ui.key.ctrl_enter"), main=True)
        self.relieve.setObjectName("handover-relieve")
        self.nothing = ActionButton(text("ui.handover.nothing"), key=text("ui.key.escape"))
        self.nothing.setObjectName("handover-nothing")
        self._caps = TextLabel(tone="text_2")
        self._message = TextLabel(wrap=True, bold=True)
        self._message.setObjectName("handover-message")
        self._lay_out()
        self.fields.entered.connect(self._on_entered)
        self.fields.password.caps.connect(self._on_caps)
        self.relieve.acted.connect(self._on_entered)
        self.nothing.acted.connect(self.close_sheet)
        self._unsubscribe = presenter.subscribe(self.refresh)

    def wanted_size(self) -> QSize:
        """Return the size the panel takes when the window has room for it."""
        needed = self._content.sizeHint().height() + self._form.sizeHint().height() + 130
        return QSize(WIDTH_PX, min(HEIGHT_PX, needed))

    def toggle(self) -> None:
        """Open the panel with the caret where the newcomer's name goes, or close it."""
        opening = not self.isVisible()
        if opening:
            self._fill()
            self.take.setChecked(not self.take.isHidden())
        super().toggle()
        if opening:
            self.fields.user.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refresh(self) -> None:
        """Show the brief as it is now, where the eye is; nothing moves while it is the same."""
        if self.isVisible():
            self._fill()

    def say(self, message: str) -> None:
        """Say why nobody was relieved; the typed words stay."""
        self.set_busy(busy=False)
        self._message.say(message)
        self.fields.correct()

    def set_busy(self, *, busy: bool) -> None:
        """Say that the bridge is being asked, or not any more."""
        self._busy = busy
        reason = text("ui.lock.asking") if busy else ""
        self.relieve.set_reason(reason)
        if busy:
            self._message.say(reason)

    def release(self) -> None:
        """Stop following; no password stays behind."""
        self._unsubscribe()
        self.fields.forget()

    def hideEvent(self, event: QHideEvent) -> None:
        self.fields.forget()
        self._message.say("")
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if entered and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._on_entered()
            return
        super().keyPressEvent(event)

    # -- inside ---------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._form = QWidget()
        column = QVBoxLayout(self._form)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        column.addWidget(Rule())
        column.addWidget(TextLabel(text("ui.handover.newcomer"), bold=True))
        column.addWidget(self.fields)
        column.addWidget(self.take)
        column.addWidget(self._caps)
        column.addWidget(self._message)
        row = QHBoxLayout()
        row.addWidget(self.relieve)
        row.addWidget(self.nothing)
        row.addStretch(1)
        column.addLayout(row)
        self._caps.hide()
        # room kept for messages, so that nothing jumps when one comes
        self._message.setMinimumHeight(36)
        self._message.setAlignment(Qt.AlignmentFlag.AlignTop)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(1, self._leaver)
        layout.addWidget(self._form)

    def _fill(self) -> None:
        state = self._presenter.state
        if state == self._shown:
            return
        self._shown = state
        self._leaver.say(state.leaver, state.where)
        self.relieve.set_label(text("ui.handover.relieve", name=state.leaver))
        self.take.setText(state.incidents)
        self.take.setAccessibleName(state.incidents)
        self.take.setVisible(bool(state.incidents))
        while (item := self._brief.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for section in state.sections:
            self._brief.addWidget(_part(section))
        self._brief.addStretch(1)
        self.place()

    def _on_caps(self, locked: bool) -> None:
        self._caps.say(text("ui.signin.caps_lock") if locked else "")
        self._caps.setVisible(locked)

    def _on_entered(self) -> None:
        if self._busy:
            return
        if self.fields.missing:
            self.say(self.fields.missing)
            return
        self.set_busy(busy=True)
        fields = self.fields
        self.relieved.emit(
            fields.user.text().strip(), fields.password.text(), self.take.isChecked()
        )


def _part(section: Section) -> QWidget:
    part = QWidget()
    part.setObjectName(f"handover-{section.key}")
    grid = QGridLayout(part)
    grid.setContentsMargins(0, 6, 0, 0)
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(2)
    grid.setColumnMinimumWidth(0, MARK_PX)
    grid.setColumnStretch(1, 1)
    none = section.count == 0
    title = TextLabel(section.title, tone="text_2" if none else "text_1", bold=not none)
    grid.addWidget(title, 0, 0, 1, 2)
    count = text("ui.handover.none") if none else number(section.count)
    total = TextLabel(count, tone="text_3" if none else "text_1", bold=not none)
    grid.addWidget(total, 0, 2, Qt.AlignmentFlag.AlignRight)
    part.setAccessibleName(f"{section.title} {count}")
    for place, row in enumerate(section.rows, start=1):
        if row.severity is not None:
            mark = AlarmMark(MIN_PX)
            mark.set_alarm(row.severity, row.state)
            mark.setFixedSize(MARK_PX, ROW_PX)
            grid.addWidget(mark, place, 0)
        words = ElidedLabel()
        words.say(row.strong, row.plain)
        grid.addWidget(words, place, 1)
        right = TextLabel(row.right, tone="text_2")
        grid.addWidget(right, place, 2, Qt.AlignmentFlag.AlignRight)
    if section.more:
        grid.addWidget(TextLabel(section.more, tone="text_2"), len(section.rows) + 1, 1)
    return part
