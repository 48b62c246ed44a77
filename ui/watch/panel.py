"""The watch panel: reasons with their counts, one row a cause, and a truthful word for none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.facts import Scope
from ui.panel_view import PanelView
from ui.texts import number, text
from ui.theme import Theme
from ui.watch.delegate import WatchDelegate, cause_of
from ui.widgets.buttons import ActionButton
from ui.widgets.fields import FilterField
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import ElidedLabel, Rule
from ui.widgets.lists import SteadyList
from ui.widgets.states import Message

_LEAST_PX = 360
"""Narrower, a row no longer says since when."""
_FILTER_PX = 400
"""Room for filter and order beside the reasons."""


class WatchPresenter(Protocol):
    """What the watch view asks of whoever decides."""

    @property
    def headline(self) -> str: ...
    @property
    def footer(self) -> str: ...
    @property
    def scopes(self) -> Sequence[Scope]: ...
    @property
    def order(self) -> str: ...
    @property
    def filter_text(self) -> str: ...
    @property
    def nothing(self) -> tuple[str, str]: ...
    @property
    def selected_id(self) -> str | None: ...

    def set_filter(self, words: str, /) -> None: ...
    def set_scope(self, key: str, /) -> None: ...
    def turn_order(self) -> None: ...
    def unfold(self, kind: str, /, *, wanted: bool) -> None: ...
    def select(self, equipment_id: str, /) -> None: ...
    def position(self, equipment_id: str, /) -> int | None: ...
    def subscribe(self, callback: Callable[[], None], /) -> Callable[[], None]: ...


class WatchView(PanelView):
    """Draw the causes to watch; choosing one chooses it on the map and in the equipment panel.

    Args:
        presenter: decides and is told what the person does.
        model: one row a cause, a :class:`ui.watch.delegate.WatchRow` under ``UserRole``.
        parent: Qt parent.
    """

    def __init__(
        self, presenter: WatchPresenter, model: QAbstractItemModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(presenter, parent)
        self.setObjectName("watch-view")
        self.setMinimumWidth(_LEAST_PX)
        theme = Theme.current()
        self._presenter = presenter
        self._chosen_id: str | None = None
        self._rests_on = ""
        self._filter = FilterField(text("ui.watch.filter"))
        self._filter.set_text(presenter.filter_text)
        self._order = ActionButton("")
        self._order.setObjectName("order")
        self._tools = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._scopes = FlowLayout(2)
        self._scope_buttons: dict[str, ActionButton] = {}
        self.list = SteadyList(model, WatchDelegate(theme), theme.px("row_queue"))
        self.list.setObjectName("watch-list")
        self.list.setAccessibleName(text("ui.watch.list"))
        self._empty = Message()
        self._rows = QStackedWidget()
        self._rows.addWidget(self.list)
        self._rows.addWidget(self._empty)
        self._footer = ElidedLabel()
        self._lay_out()
        self._filter.changed.connect(presenter.set_filter)
        self._filter.left.connect(self._on_list_wanted)
        self._order.acted.connect(presenter.turn_order)
        self._empty.acted.connect(self._on_filter_dropped)
        self.list.current_changed.connect(self._on_list_current_changed)
        self.list.unfolded.connect(self._on_list_unfolded)
        self.list.entered_row.connect(self._on_row_entered)
        self.list.clicked.connect(self._on_row_entered)
        self._unsubscribe = presenter.subscribe(self.refresh)
        self.refresh()

    # -- what the frame asks --------------------------------------------------------------------

    def focus_filter(self) -> None:
        """Put the caret in the filter."""
        self._filter.focus()

    def refresh(self) -> None:
        """Draw the presenter's present state."""
        self._show_scopes(tuple(self._presenter.scopes))
        self._order.set_label(self._presenter.order)
        self._order.setAccessibleName(text("ui.watch.order", order=self._presenter.order))
        self._footer.say("", self._presenter.footer)
        self._show_emptiness()
        self._choose_row(self._presenter.selected_id)
        self._say_headline()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_tools()

    # -- drawing --------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        words = QHBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._filter, 1)
        words.addWidget(self._order)
        self._tools.setContentsMargins(8, 6, 8, 6)
        self._tools.setSpacing(4)
        self._tools.addLayout(words, 1)
        self._tools.addLayout(self._scopes)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 4, 12, 4)
        foot.addWidget(self._footer, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._tools)
        layout.addWidget(Rule())
        layout.addWidget(self._rows, 1)
        layout.addWidget(Rule())
        layout.addLayout(foot)
        self.setFocusProxy(self.list)

    def _show_scopes(self, scopes: tuple[Scope, ...]) -> None:
        """Show a button a reason; one that no longer occurs is hidden, never moved to another."""
        for scope in scopes:
            button = self._scope_buttons.get(scope.key)
            if button is None:
                button = ActionButton("")
                button.setObjectName(f"watch-{scope.key}")
                button.acted.connect(partial(self._presenter.set_scope, scope.key))
                self._scopes.put(button)
                self._scope_buttons[scope.key] = button
            button.set_label(f"{scope.label} {number(scope.count)}")
            button.set_main(scope.chosen)
        shown = {scope.key for scope in scopes}
        for key, button in self._scope_buttons.items():
            button.setVisible(key in shown)
        self._place_tools()

    def _place_tools(self) -> None:
        """Put the reasons beside the filter where both have room: a row more to read."""
        beside = self.width() - self._scopes.sizeHint().width() >= _FILTER_PX
        direction = QBoxLayout.Direction
        self._tools.setDirection(direction.LeftToRight if beside else direction.TopToBottom)

    def _show_emptiness(self) -> None:
        if self.list.model().rowCount():
            self._rows.setCurrentWidget(self.list)
            return
        title, body = self._presenter.nothing
        filtered = bool(self._presenter.filter_text)
        self._empty.say(title, body, action=text("ui.filter.drop") if filtered else "")
        self._rows.setCurrentWidget(self._empty)

    def _choose_row(self, equipment_id: str | None) -> None:
        current = cause_of(self.list.currentIndex())
        same, self._chosen_id = equipment_id == self._chosen_id, equipment_id
        rests = current is not None and current.id == self._rests_on and same
        if current is not None and (current.id == equipment_id or rests):
            return  # the caret may rest on a row that gathers: it chooses nothing
        position = None if equipment_id is None else self._presenter.position(equipment_id)
        if position is not None:
            self.list.choose(self.list.model().index(position, 0))
        elif current is not None:
            self.list.choose(QModelIndex())

    # -- what the person does -------------------------------------------------------------------

    def _on_list_wanted(self) -> None:
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_list_current_changed(self, index: QModelIndex) -> None:
        row = cause_of(index) if index.isValid() else None
        self._rests_on = row.id if row is not None and row.kind else ""
        if row is not None and not row.kind and row.id != self._presenter.selected_id:
            self._presenter.select(row.id)

    def _on_list_unfolded(self, wanted: bool) -> None:
        row = cause_of(self.list.currentIndex())
        if row is not None and row.kind:
            self._presenter.unfold(row.kind, wanted=wanted)

    def _on_row_entered(self) -> None:
        row = cause_of(self.list.currentIndex())
        if row is not None and row.kind:
            self._presenter.unfold(row.kind, wanted=not row.unfolded)

    def _on_filter_dropped(self) -> None:
        self._filter.set_text("")
        self._on_list_wanted()
