"""The equipment panel: a filtered tree, and everything about the one that is chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ui import dragging
from ui.equipment.delegate import EquipmentDelegate, branch_of, equipment_of
from ui.equipment.detail import EquipmentDetailView
from ui.equipment.facts import EquipmentDetail
from ui.marks import blink
from ui.panel_view import PanelView
from ui.texts import text
from ui.theme import Theme
from ui.widgets.fields import FilterField
from ui.widgets.labels import ElidedLabel, Rule
from ui.widgets.lists import SteadyList
from ui.widgets.states import Message

LOADED_LATER = ("ui.equipment.plot",)
"""Imported by the shell once the window is drawn: numpy and pyqtgraph take a third of a second."""

_WIDE_PX = 900
_LEAST_PX = 360
"""Narrower, a value would push its label away."""


class EquipmentPresenter(Protocol):
    """What the equipment view asks of whoever decides."""

    @property
    def headline(self) -> str: ...
    @property
    def footer(self) -> str: ...
    @property
    def filter_text(self) -> str: ...
    @property
    def current_position(self) -> int | None: ...
    @property
    def detail(self) -> EquipmentDetail | None: ...

    def set_filter(self, words: str, /) -> None: ...
    def select(self, equipment_id: str | None, /) -> None: ...
    def enter(self, position: int, /) -> None: ...
    def seek(self, position: int, /) -> None: ...
    def unfold(self, position: int, /, *, wanted: bool) -> None: ...
    def choose_point(self, key: str, /) -> None: ...
    def show_incident(self, incident_id: str, /) -> None: ...
    def want_diagnostics(self, wanted: bool, /) -> None: ...
    def subscribe(self, callback: Callable[[], None], /) -> Callable[[], None]: ...


class EquipmentView(PanelView):
    """Draw the equipment list and the chosen equipment.

    Args:
        presenter: decides and is told what the person does.
        model: rows of the tree under ``UserRole``: a :class:`ui.equipment.facts.EquipmentRow` or
            a branch.
        parent: Qt parent.
    """

    def __init__(
        self,
        presenter: EquipmentPresenter,
        model: QAbstractItemModel,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(presenter, parent)
        self.setObjectName("equipment-view")
        self.setMinimumWidth(_LEAST_PX)
        self._theme = Theme.current()
        self._presenter = presenter
        self._blink = blink()
        self._choosing = False
        self._filter = FilterField(text("ui.equipment.filter"))
        self._filter.set_text(presenter.filter_text)
        self.list = SteadyList(
            model, EquipmentDelegate(self._theme, self._blink), self._theme.px("row")
        )
        self.list.setObjectName("equipment-list")
        self.list.setAccessibleName(text("ui.equipment.list"))
        self._empty = Message()
        self._rows = QStackedWidget()
        self._rows.addWidget(self.list)
        self._rows.addWidget(self._empty)
        self._footer = ElidedLabel()
        self.detail = EquipmentDetailView()
        self._nothing = Message()
        self._nothing.say(text("ui.equipment.none_chosen"), text("ui.equipment.none_chosen.body"))
        self._right = QStackedWidget()
        self._right.addWidget(self._nothing)
        self._right.addWidget(self.detail)
        self._splitter = QSplitter(Qt.Orientation.Vertical)
        self._lay_out()
        self._connect(model)
        self._unsubscribe = presenter.subscribe(self.refresh)
        self.refresh()

    # -- what the frame asks --------------------------------------------------------------------

    def focus_filter(self) -> None:
        """Put the caret in the filter."""
        self._filter.focus()

    def refresh(self) -> None:
        """Draw the presenter's present state."""
        self._footer.say("", self._presenter.footer)
        self._show_emptiness()
        detail = self._presenter.detail
        if detail is None:
            self._right.setCurrentWidget(self._nothing)
        else:
            self.detail.show_detail(detail)
            self._right.setCurrentWidget(self.detail)
        self._choose_row(self._presenter.current_position)
        self._say_headline()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= _WIDE_PX
        orientation = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if self._splitter.orientation() != orientation:
            self._splitter.setOrientation(orientation)

    # -- building -------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.setContentsMargins(8, 6, 8, 6)
        tools.addWidget(self._filter, 1)
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
        self._splitter.setSizes([4000, 6000])
        self._splitter.setStretchFactor(0, 4)
        self._splitter.setStretchFactor(1, 6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._splitter)
        self.setFocusProxy(self.list)

    def _connect(self, model: QAbstractItemModel) -> None:
        self._filter.changed.connect(self._presenter.set_filter)
        self._filter.left.connect(self._on_list_wanted)
        self._empty.acted.connect(self._on_filter_dropped)
        self.list.current_changed.connect(self._on_list_current_changed)
        self.list.unfolded.connect(self._on_list_unfolded)
        self.list.dragged.connect(self._on_row_dragged)
        self.list.entered_row.connect(self._on_row_entered)
        self.list.clicked.connect(self._on_row_entered)
        self._blink.flipped.connect(self.list.viewport().update)
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(self._show_emptiness)
        self.detail.point_chosen.connect(self._presenter.choose_point)
        self.detail.equipment_wanted.connect(self._presenter.select)
        self.detail.incident_wanted.connect(self._presenter.show_incident)
        self.detail.diagnostics_wanted.connect(self._presenter.want_diagnostics)

    # -- drawing --------------------------------------------------------------------------------

    def _show_emptiness(self) -> None:
        if self.list.model().rowCount():
            self._rows.setCurrentWidget(self.list)
            return
        words = self._presenter.filter_text
        if words:
            self._empty.say(
                text("ui.equipment.no_match", words=words),
                text("ui.equipment.no_match.body"),
                action=text("ui.filter.drop"),
            )
        else:
            self._empty.say(text("ui.equipment.empty"), text("ui.equipment.empty.body"))
        self._rows.setCurrentWidget(self._empty)

    def _choose_row(self, position: int | None) -> None:
        self._choosing = True
        try:
            if position is None:
                if self.list.currentIndex().isValid():
                    self.list.choose(QModelIndex())
            elif self.list.currentIndex().row() != position:
                self.list.choose(self.list.model().index(position, 0))
        finally:
            self._choosing = False

    # -- what the person does -------------------------------------------------------------------

    def _on_list_wanted(self) -> None:
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_list_current_changed(self, index: QModelIndex) -> None:
        if self._choosing or not index.isValid():
            return
        self._presenter.enter(index.row())

    def _on_list_unfolded(self, wanted: bool) -> None:
        index = self.list.currentIndex()
        if index.isValid():
            self._presenter.unfold(index.row(), wanted=wanted)

    def _on_row_entered(self) -> None:
        index = self.list.currentIndex()
        if not index.isValid():
            return
        branch = branch_of(index)
        if branch is None:
            self._presenter.seek(index.row())
        else:
            self._presenter.unfold(index.row(), wanted=not branch.open)

    def _on_row_dragged(self, index: QModelIndex) -> None:
        row = equipment_of(index)
        if row is not None:
            dragging.begin(self.list, dragging.Dragged(equipment=(row.id,)), row.name)

    def _on_filter_dropped(self) -> None:
        self._filter.set_text("")
        self._on_list_wanted()
