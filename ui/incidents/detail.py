"""One incident: what, where, since when, whose; facts, alarms with guidance, log, and the acts."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from backend_bridge.contract.alarms import AlarmState
from ui.facts import Action
from ui.incidents.facts import IncidentDetail
from ui.incidents.log import LogView
from ui.incidents.steps import StepsBar
from ui.marks import HEADER_PX, AlarmMark
from ui.texts import text
from ui.widgets.actions import ActionRow
from ui.widgets.alarmcard import AlarmCards
from ui.widgets.bars import TimerBar
from ui.widgets.buttons import ActionButton
from ui.widgets.factgrid import FactGrid
from ui.widgets.fields import DraftEdit
from ui.widgets.labels import Rule, TextLabel
from ui.widgets.textact import TextAct
from ui.widgets.wrapped import WrappedLabel

_WIDE_PX = 600
"""From this width on, the log stands beside the facts; narrower, words would break within them."""
_HEADER_WIDE_PX = 720
"""From this width on, the timers and the owner stand beside the title; else beneath it."""


class IncidentDetailView(QWidget):
    """Draw an incident and hand what the person does to whoever listens.

    Signals:
        acted: action key and the text it was given, empty for none.
        explained: why something would be refused now.
        commented: the comment, still in its field until :meth:`comment_taken`.
        drafted: the comment field's content after each change.
        left: Esc was pressed: the keyboard goes back to the list.
    """

    acted = Signal(str, str)
    explained = Signal(str)
    commented = Signal(str)
    drafted = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("incident-detail")
        self._shown: IncidentDetail | None = None
        self._header = _Header()
        self._steps = StepsBar()
        # F3 goes to the alarm in the foot, wherever it is: an older incident must not take it
        self._actions = ActionRow(window_keys=frozenset({"F3"}))
        self._actions.acted.connect(self._on_action_acted)
        self._actions.explained.connect(self.explained)
        self._asking = TextAct()
        self._asking.given.connect(self.acted)
        self._facts = FactGrid()
        self._alarms = AlarmCards()
        self._alarms_title = TextLabel(bold=True)
        self._log_title = TextLabel(bold=True)
        self._log_note = TextLabel(tone="text_2", wrap=True)
        self._log = LogView(text("ui.incident.log"))
        self._log.setObjectName("incident-log")
        self._log.setMinimumHeight(72)
        self._comment = DraftEdit(text("ui.incident.comment.placeholder"))
        self._comment.setObjectName("incident-comment")
        self._comment.setMinimumHeight(44)
        self._comment.setMaximumHeight(64)
        self._comment.submitted.connect(self.commented)
        self._comment.drafted.connect(self.drafted)
        self._comment.left.connect(self.left)
        self._write = ActionButton(text("ui.incident.comment.write"), key=text("ui.key.ctrl_enter"))
        self._write.setObjectName("incident-comment-write")
        self._write.acted.connect(self._comment.submit)
        self._write.explained.connect(self.explained)
        self._draft_note = TextLabel(tone="text_3", px=12)
        self._columns = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._lay_out()

    @property
    def comment(self) -> DraftEdit:
        """Return the comment field."""
        return self._comment

    def show_detail(self, detail: IncidentDetail) -> None:
        """Draw an incident; only what differs from the one drawn before is touched."""
        old = self._shown
        self._shown = detail
        if old is not None and old.id != detail.id:
            self._asking.cancel()
        self.setAccessibleName(f"{detail.id} {detail.title}")
        self._header.show_detail(detail)
        self._steps.show_steps(tuple(detail.steps))
        self._actions.show_actions(tuple(detail.actions))
        self._facts.show_facts(tuple(detail.facts))
        self._alarms.show_alarms(tuple(detail.alarms))
        self._alarms_title.say(
            text("ui.incident.alarms" if detail.alarms else "ui.incident.no_alarm")
        )
        self._log_title.say(detail.log_title)
        self._log_note.say(detail.log_note)
        self._log_note.setVisible(bool(detail.log_note))
        self._log.show_lines(tuple(detail.log), detail.id)
        self._write.set_reason(detail.write_reason)

    def load_draft(self, draft: str) -> None:
        """Put a kept draft into the comment field."""
        self._comment.load(draft)
        self._on_draft(draft)

    def comment_taken(self, words: str) -> None:
        """Clear the comment if it is still what was written to the log."""
        self._comment.taken(words)

    def press(self, action: str) -> bool:
        """Do an action as its button would; ``False`` when the incident has no such action."""
        return self._actions.press(action)

    def shortcuts(self) -> dict[str, Callable[[], None]]:
        """Return what each action's key does."""
        return self._actions.shortcuts()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= _WIDE_PX
        self._columns.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )
        # beneath each other, the facts take the room they need and the log has the rest
        self._columns.setStretch(0, int(wide))
        self._columns.setStretch(2, 1)
        self._reading.set_whole(not wide)

    def _lay_out(self) -> None:
        inner = QWidget()
        reading = QVBoxLayout(inner)
        reading.setContentsMargins(12, 6, 12, 6)
        reading.setSpacing(4)
        reading.addWidget(self._facts)
        reading.addWidget(Rule())
        reading.addWidget(self._alarms_title)
        reading.addWidget(self._alarms)
        reading.addStretch(1)
        self._reading = _Reading(inner)
        writing = QVBoxLayout()
        writing.setContentsMargins(12, 6, 12, 8)
        writing.setSpacing(4)
        writing.addWidget(self._log_title)
        writing.addWidget(self._log_note)
        writing.addWidget(self._log, 1)
        writing.addWidget(self._comment)
        foot = QHBoxLayout()
        foot.addWidget(self._draft_note, 1)
        foot.addWidget(self._write)
        writing.addLayout(foot)
        self._columns.setSpacing(0)
        self._columns.addWidget(self._reading, 1)
        self._columns.addWidget(Rule())
        self._columns.addLayout(writing, 1)
        self._comment.drafted.connect(self._on_draft)
        second = QHBoxLayout()
        second.setContentsMargins(12, 4, 12, 4)
        second.setSpacing(8)
        second.addWidget(self._steps, 1)
        acts = QVBoxLayout()
        acts.setContentsMargins(10, 0, 10, 4)
        acts.addWidget(self._actions)
        acts.addWidget(self._asking)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._header)
        layout.addLayout(second)
        layout.addLayout(acts)
        layout.addWidget(Rule())
        layout.addLayout(self._columns, 1)

    def _on_action_acted(self, action: Action) -> None:
        if action.wants_text:
            self._asking.ask(action)
        else:
            self.acted.emit(action.key, "")

    def _on_draft(self, draft: str) -> None:
        self._draft_note.say(text("ui.incident.comment.draft_kept") if draft else "")


class _Reading(QScrollArea):
    """Scroll through the facts; where it should, ask for no more height than they need."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self._inner = inner
        self.setWidget(inner)
        inner.setMinimumWidth(1)  # as wide as there is room: long names break, none runs outside
        self.setWidgetResizable(True)
        self.setAccessibleName(text("ui.incident.facts"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def set_whole(self, whole: bool) -> None:
        """Take at most the height of what is in it, or all there is."""
        down = QSizePolicy.Policy.Maximum if whole else QSizePolicy.Policy.Expanding
        self.setSizePolicy(QSizePolicy.Policy.Expanding, down)

    def sizeHint(self) -> QSize:
        inner = self._inner
        if inner.hasHeightForWidth():
            return QSize(240, inner.heightForWidth(self.viewport().width()))
        return QSize(240, inner.sizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask again for height when the facts do."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


class _Header(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._mark = AlarmMark(HEADER_PX)
        self._title = WrappedLabel(px=20)
        self._place = WrappedLabel()
        self._since = TextLabel(tone="text_3", px=12)
        self._bar = TimerBar()
        self._elapsed = TextLabel(bold=True)
        self._limit = TextLabel(tone="text_2")
        self._owner = WrappedLabel()
        self._owner.setMinimumWidth(140)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._title)
        names.addWidget(self._place)
        timers = QGridLayout()
        timers.setHorizontalSpacing(8)
        timers.setVerticalSpacing(2)
        timers.setColumnStretch(3, 1)
        timers.addWidget(self._since, 0, 0, 1, 4)
        timers.addWidget(self._bar, 1, 0)
        timers.addWidget(self._elapsed, 1, 1)
        timers.addWidget(self._limit, 1, 2)
        timers.setRowStretch(2, 1)
        owner = QVBoxLayout()
        owner.setSpacing(2)
        owner.addWidget(TextLabel(text("ui.incident.owner"), tone="text_3", px=12))
        owner.addWidget(self._owner)
        owner.addStretch(1)
        first = QHBoxLayout()
        first.setSpacing(10)
        first.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        first.addLayout(names, 1)
        second = QHBoxLayout()
        second.setSpacing(16)
        second.addLayout(timers)
        second.addLayout(owner, 1)
        self._parts = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._parts.setContentsMargins(8, 6, 12, 2)
        self._parts.setSpacing(4)
        self._parts.addLayout(first, 3)
        self._parts.addLayout(second, 2)
        self._second = second

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= _HEADER_WIDE_PX
        self._second.setContentsMargins(0 if wide else 4, 0, 0, 0)
        self._parts.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )

    def show_detail(self, detail: IncidentDetail) -> None:
        # hue is for alarms: an incident none of whose alarms is listed any more wears none
        none = detail.alarm_state is AlarmState.NORMAL
        self._mark.set_alarm(detail.severity, detail.alarm_state, grey=none)
        self._title.say(detail.title)
        self._place.say("", f"{detail.id} · {detail.place}")
        self._since.say(text("ui.incident.since", time=detail.opened))
        self._bar.set_fraction(detail.fraction)
        self._elapsed.say(detail.elapsed)
        self._limit.say(detail.limit)
        self._owner.say(detail.owner)
