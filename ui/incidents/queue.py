"""The queue panel: filter, one row an incident, and the chosen incident beneath or beside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui import dragging
from ui.facts import Scope
from ui.incidents.delegate import QueueDelegate, row_of
from ui.incidents.detail import IncidentDetailView
from ui.incidents.facts import IncidentDetail
from ui.marks import blink
from ui.panel_view import PanelView
from ui.texts import number, text
from ui.theme import Theme
from ui.widgets.buttons import ActionButton
from ui.widgets.fields import FilterField
from ui.widgets.labels import ElidedLabel, Rule
from ui.widgets.lists import SteadyList
from ui.widgets.states import Message

_WIDE_PX = 1100
_TOOLS_PX = 620
_TALL_PX = 760
_LIST_SHARE = 4 / 9
"""Of the height, at most, that the list takes of itself."""
_BESIDE_SHARE = 3 / 8
"""Of the width that it takes beside the incident."""
_MESSAGE_PX = 108
"""Height of what is said in the place of rows: a title and three lines."""
_LEAST_PX = 420
"""Narrower, a row no longer says whose it is."""


class QueuePresenter(Protocol):
    """What the queue view asks of whoever decides."""

    @property
    def headline(self) -> str: ...
    @property
    def footer(self) -> str: ...
    @property
    def scopes(self) -> Sequence[Scope]: ...
    @property
    def filter_text(self) -> str: ...
    @property
    def selected_id(self) -> str | None: ...
    @property
    def detail(self) -> IncidentDetail | None: ...
    @property
    def draft(self) -> str: ...
    @property
    def split(self) -> float | None: ...

    def set_filter(self, words: str, /) -> None: ...
    def set_scope(self, key: str, /) -> None: ...
    def select(self, incident_id: str | None, /) -> None: ...
    def position(self, incident_id: str, /) -> int | None: ...
    def do(self, key: str, words: str = "", /) -> None: ...
    def set_draft(self, words: str, /) -> None: ...
    def set_split(self, fraction: float, /) -> None: ...
    def comment(self, words: str, taken: Callable[[], None], /) -> None: ...
    def explain(self, reason: str, /) -> None: ...
    def subscribe(self, callback: Callable[[], None], /) -> Callable[[], None]: ...


class QueueView(PanelView):
    """Draw the queue and the chosen incident; every act has a key.

    Args:
        presenter: decides and is told what the person does.
        model: one row an incident, a :class:`ui.incidents.facts.QueueRow` under ``UserRole``.
        parent: Qt parent.
    """

    def __init__(
        self, presenter: QueuePresenter, model: QAbstractItemModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(presenter, parent)
        self.setObjectName("queue-view")
        self.setMinimumWidth(_LEAST_PX)
        self._theme = Theme.current()
        self._presenter = presenter
        self._shown_id: str | None = None
        self._blink = blink()
        self._filter = FilterField(text("ui.queue.filter"))
        self._filter.set_text(presenter.filter_text)
        self._tools = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._scopes = QHBoxLayout()
        self._scopes.setSpacing(2)
        self._scope_buttons: dict[str, ActionButton] = {}
        self.list = SteadyList(
            model, QueueDelegate(self._theme, self._blink), self._theme.px("row_queue")
        )
        self.list.setObjectName("queue-list")
        self.list.setAccessibleName(text("ui.queue.list"))
        self._empty = Message()
        self._rows = QStackedWidget()
        self._rows.addWidget(self.list)
        self._rows.setMinimumHeight(self._theme.px("row_queue") + 16)
        self._rows.addWidget(self._empty)
        self._footer = ElidedLabel()
        self.detail = IncidentDetailView()
        self._nothing = Message()
        self._nothing.say(text("ui.queue.none_chosen"), text("ui.queue.none_chosen.body"))
        self._right = QStackedWidget()
        self._right.addWidget(self._nothing)
        self._right.addWidget(self.detail)
        self._splitter = _Halves(Qt.Orientation.Vertical)
        self._lay_out()
        self._connect(model)
        self._unsubscribe = presenter.subscribe(self.refresh)
        self.refresh()

    # -- what the frame asks --------------------------------------------------------------------

    def focus_filter(self) -> None:
        """Put the caret in the filter."""
        self._filter.focus()

    def key_actions(self) -> dict[str, Callable[[], None]]:
        """Return the keys of the chosen incident's acts, and F4 for the list itself."""
        actions: dict[str, Callable[[], None]] = {"F4": self._on_list_wanted}
        if self._presenter.detail is not None:
            actions.update(self.detail.shortcuts())
        return actions

    def open_under_cover(self) -> tuple[QWidget, ...]:
        """Return what stays in sight when the data are covered: the text being written."""
        return (self.detail.comment,)

    def refresh(self) -> None:
        """Draw the presenter's present state."""
        self._show_scopes(tuple(self._presenter.scopes))
        self._footer.say("", self._footer_words())
        self._show_emptiness()
        self._show_choice()
        self._follow_rows()
        self._say_headline()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= _WIDE_PX
        orientation = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if self._splitter.orientation() != orientation:
            self._splitter.setOrientation(orientation)
        # the filter above its scopes where it would be a slit beside them, if there is the height
        room = event.size().width() * (_BESIDE_SHARE if wide else 1)
        above = room < _TOOLS_PX and event.size().height() > _TALL_PX
        self._tools.setDirection(
            QBoxLayout.Direction.TopToBottom if above else QBoxLayout.Direction.LeftToRight
        )

    # -- building -------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        tools = self._tools
        tools.setContentsMargins(8, 6, 8, 6)
        tools.setSpacing(4)
        tools.addWidget(self._filter, 1)
        tools.addLayout(self._scopes)
        self._scopes.setAlignment(Qt.AlignmentFlag.AlignLeft)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 4, 12, 4)
        foot.addWidget(self._footer, 1)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(tools)
        column.addWidget(Rule())
        column.addWidget(self._rows, 1)
        column.addWidget(Rule())
        column.addLayout(foot)
        self._splitter.setHandleWidth(self._theme.px("gap"))
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(left)
        self._splitter.addWidget(self._right)
        self._splitter.setStretchFactor(1, 1)
        self._left = left
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._splitter)
        self.setFocusProxy(self.list)

    def _connect(self, model: QAbstractItemModel) -> None:
        self._filter.changed.connect(self._presenter.set_filter)
        self._filter.left.connect(self._on_list_wanted)
        self._empty.acted.connect(self._on_filter_dropped)
        self._splitter.resized.connect(self._share_room)
        self._splitter.splitterMoved.connect(self._on_splitter_moved)
        self.list.current_changed.connect(self._on_list_current_changed)
        self.list.dragged.connect(self._on_row_dragged)
        self.list.entered_row.connect(self._on_row_entered)
        self._blink.flipped.connect(self.list.viewport().update)
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(self._on_model_rows_changed)
        self.list.verticalScrollBar().valueChanged.connect(self._on_list_scrolled)
        self.detail.acted.connect(self._presenter.do)
        self.detail.explained.connect(self._presenter.explain)
        self.detail.drafted.connect(self._presenter.set_draft)
        self.detail.commented.connect(self._on_detail_commented)
        self.detail.left.connect(self._on_list_wanted)

    # -- drawing --------------------------------------------------------------------------------

    def _show_scopes(self, scopes: tuple[Scope, ...]) -> None:
        if list(self._scope_buttons) != [scope.key for scope in scopes]:
            for button in self._scope_buttons.values():
                self._scopes.removeWidget(button)
                button.hide()
                button.deleteLater()
            self._scope_buttons = {}
            for scope in scopes:
                button = ActionButton("")
                button.setObjectName(f"scope-{scope.key}")
                button.acted.connect(partial(self._presenter.set_scope, scope.key))
                self._scopes.addWidget(button)
                self._scope_buttons[scope.key] = button
        for scope in scopes:
            button = self._scope_buttons[scope.key]
            button.set_label(f"{scope.label} {number(scope.count)}")
            button.set_main(scope.chosen)

    def _follow_rows(self) -> None:
        """Share the room again, but never move the incident under the mouse or the caret."""
        caret = QApplication.focusWidget()
        if not self._right.underMouse() and (caret is None or not self._right.isAncestorOf(caret)):
            self._share_room()

    def _share_room(self) -> None:
        """Give the list the room of its rows and the incident the rest, or as the person did."""
        room = sum(self._splitter.sizes())
        beneath = self._splitter.orientation() is Qt.Orientation.Vertical
        share = self._presenter.split if beneath else None
        if share is not None:
            first = round(share * room)
        else:
            first = round((_LIST_SHARE if beneath else _BESIDE_SHARE) * room)
            rows = self.list.model().rowCount()
            if beneath and rows:
                around = self._left.minimumSizeHint().height() - self._rows.minimumHeight()
                first = min(first, around + (rows + 1) * self._theme.px("row_queue"))
        if room and self._splitter.sizes()[0] != first:
            self._splitter.setSizes([first, room - first])

    def _show_emptiness(self) -> None:
        empty = not self.list.model().rowCount()
        least = _MESSAGE_PX if empty else self._theme.px("row_queue") + 16
        self._rows.setMinimumHeight(least)
        if not empty:
            self._rows.setCurrentWidget(self.list)
            return
        words = self._presenter.filter_text
        if words:
            self._empty.say(
                text("ui.queue.no_match", words=words),
                text("ui.queue.no_match.body"),
                action=text("ui.filter.drop"),
            )
        else:
            self._empty.say(text("ui.queue.empty"), text("ui.queue.empty.body"))
        self._rows.setCurrentWidget(self._empty)

    def _show_choice(self) -> None:
        detail = self._presenter.detail
        if detail is None:
            self._shown_id = None
            self._right.setCurrentWidget(self._nothing)
        else:
            if detail.id != self._shown_id:
                self._shown_id = detail.id
                self.detail.load_draft(self._presenter.draft)
            self.detail.show_detail(detail)
            self._right.setCurrentWidget(self.detail)
        self._choose_row(self._presenter.selected_id)

    def _choose_row(self, incident_id: str | None) -> None:
        current = row_of(self.list.currentIndex())
        if incident_id is None:
            if current is not None:
                self.list.choose(QModelIndex())
            return
        if current is not None and current.id == incident_id:
            return
        position = self._presenter.position(incident_id)
        if position is not None:
            self.list.choose(self.list.model().index(position, 0))
        elif current is not None:  # it left the list: its neighbour is nobody's choice
            self.list.choose(QModelIndex())

    def _footer_words(self) -> str:
        above = self.list.rows_above()
        words = self._presenter.footer
        return f"{words} · {text('ui.list.above', count=above)}" if above else words

    # -- what the person does -------------------------------------------------------------------

    def _on_list_wanted(self) -> None:
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_list_current_changed(self, index: QModelIndex) -> None:
        row = row_of(index) if index.isValid() else None
        if row is not None and row.id != self._presenter.selected_id:
            self._presenter.select(row.id)

    def _on_row_dragged(self, index: QModelIndex) -> None:
        row = row_of(index)
        if row is not None:
            dragging.begin(self.list, dragging.Dragged(incident=row.id), row.title)

    def _on_row_entered(self) -> None:
        if self._presenter.detail is not None:
            self.detail.comment.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_model_rows_changed(self) -> None:
        self._show_emptiness()
        self._follow_rows()
        self._footer.say("", self._footer_words())

    def _on_splitter_moved(self) -> None:
        first, second = self._splitter.sizes()
        if self._splitter.orientation() is Qt.Orientation.Vertical and first + second:
            self._presenter.set_split(first / (first + second))

    def _on_list_scrolled(self) -> None:
        self._footer.say("", self._footer_words())

    def _on_filter_dropped(self) -> None:
        self._filter.set_text("")
        self._on_list_wanted()

    def _on_detail_commented(self, words: str) -> None:
        self._presenter.comment(words, partial(self.detail.comment_taken, words))


class _Halves(QSplitter):
    """Say when there is another room to share: a widget's own resize comes before its parts'."""

    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()
