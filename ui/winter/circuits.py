"""The circuits panel: what is treated, since when and by whom; saying it by key or button."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QKeySequence, QPainter, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QHeaderView,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui.facts import Action
from ui.grid import Cell, Grid, GridModel, Head, paint_ground, paint_words
from ui.panel_view import PanelView
from ui.texts import text
from ui.theme import Theme
from ui.widgets.actions import ActionRow
from ui.widgets.fields import FilterField
from ui.widgets.labels import ElidedLabel, Rule
from ui.widgets.states import Message
from ui.widgets.textact import TextAct
from ui.winter.legend import CircuitLegend, Share, ShareRow
from ui.winter.marks import paint_circuit

STATE, LEVEL, ID, NAME, STREETS, SINCE, DUE, BY, KM = range(9)
_WIDTHS = {STATE: 140, LEVEL: 40, ID: 84, SINCE: 96, DUE: 96, BY: 152, KM: 56}
_FOLDED = ((BY, 900), (STREETS, 760), (DUE, 620), (LEVEL, 520))
"""Columns that give way, and below which width; the chosen circuit's line says them all."""


class CircuitRow(Protocol):
    """One circuit; texts are finished."""

    @property
    def id(self) -> str: ...
    @property
    def priority(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def streets(self) -> str: ...
    @property
    def look(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def since(self) -> str: ...
    @property
    def due(self) -> str: ...
    @property
    def by(self) -> str: ...
    @property
    def km(self) -> str: ...
    @property
    def first(self) -> bool: ...
    @property
    def said(self) -> str: ...


class Circuits(Protocol):
    """What this view asks of whoever decides."""

    @property
    def headline(self) -> str: ...
    @property
    def nothing(self) -> tuple[str, str]: ...
    @property
    def filter_text(self) -> str: ...
    @property
    def rows(self) -> Sequence[CircuitRow]: ...
    @property
    def shares(self) -> Sequence[Share]: ...
    @property
    def chosen(self) -> str: ...
    @property
    def chosen_line(self) -> tuple[str, str]: ...
    @property
    def actions(self) -> tuple[Action, ...]: ...

    def choose(self, circuit_id: str, /) -> None: ...
    def set_filter(self, words: str, /) -> None: ...
    def do(self, key: str, words: str = "", /) -> None: ...
    def explain(self, reason: str, /) -> None: ...
    def subscribe(self, callback: Callable[[], None], /) -> Callable[[], None]: ...


class CircuitsView(PanelView):
    """Show the circuits; letters say a state only while the list has the keyboard."""

    def __init__(self, presenter: Circuits, parent: QWidget | None = None) -> None:
        super().__init__(presenter, parent)
        self.setObjectName("circuits-view")
        theme = Theme.current()
        self._presenter = presenter
        self._choosing = False
        self._shown = ""
        self._filter = FilterField(text("circuits.filter"))
        self._filter.set_text(presenter.filter_text)
        self._model = GridModel()
        self.grid = Grid(self._model, _RowDelegate(theme, presenter), row_px=28, head_px=28)
        self.grid.setObjectName("circuits-grid")
        self.grid.setAccessibleName(text("circuits.list"))
        self._empty = Message()
        self._rows = QStackedWidget()
        self._rows.addWidget(self.grid)
        self._rows.addWidget(self._empty)
        self._line = ElidedLabel()
        self._acts = ActionRow()
        self._asking = TextAct()
        self._shares = ShareRow()
        self._bound: dict[str, QShortcut] = {}
        self._lay_out()
        self._connect()
        self._unsubscribe = presenter.subscribe(self.refresh)
        self.refresh()
        self._size_columns()

    # -- what the frame asks --------------------------------------------------------------------

    def focus_filter(self) -> None:
        """Put the caret in the filter."""
        self._filter.focus()

    def refresh(self) -> None:
        """Draw the presenter's present state."""
        rows = self._presenter.rows
        heads = _heads()
        if self._presenter.chosen != self._shown:
            self._shown = self._presenter.chosen
            self._asking.cancel()  # what was being asked was about another circuit
        self._choosing = True
        try:
            self._model.set_grid(heads, [[Cell(row, row.said)] * len(heads) for row in rows])
            self._show_chosen()
        finally:
            self._choosing = False
        self.grid.viewport().update()
        self._show_emptiness()
        self._line.say(*self._presenter.chosen_line)
        self._acts.show_actions(self._presenter.actions)
        self._bind_keys()
        self._shares.show_shares(self._presenter.shares)
        self._say_headline()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._size_columns()

    # -- building -------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self._filter, CircuitLegend()):
            inset = QVBoxLayout()
            inset.setContentsMargins(8, 6, 8, 2)
            inset.addWidget(widget)
            layout.addLayout(inset)
        layout.addWidget(Rule())
        layout.addWidget(self._rows, 1)
        layout.addWidget(Rule())
        acts = QVBoxLayout()
        acts.setContentsMargins(12, 6, 12, 6)
        acts.setSpacing(6)
        for part in (self._line, self._acts, self._asking):
            acts.addWidget(part)
        layout.addLayout(acts)
        layout.addWidget(Rule())
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 4, 12, 4)
        foot.addWidget(self._shares)
        layout.addLayout(foot)
        self.setFocusProxy(self.grid)

    def _connect(self) -> None:
        self._filter.changed.connect(self._presenter.set_filter)
        self._filter.left.connect(self._on_list_wanted)
        self._empty.acted.connect(self._on_filter_dropped)
        self.grid.selectionModel().currentRowChanged.connect(self._on_row_changed)
        self._acts.acted.connect(self._on_acted)
        self._acts.explained.connect(self._presenter.explain)
        self._asking.given.connect(self._presenter.do)

    def _bind_keys(self) -> None:
        """Bind the letters printed on the buttons to the list: a filter takes letters as text."""
        for letter in self._acts.shortcuts():
            if letter not in self._bound:
                shortcut = QShortcut(QKeySequence(letter), self.grid)
                shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
                shortcut.setAutoRepeat(False)
                shortcut.activated.connect(lambda letter=letter: self._on_letter(letter))
                self._bound[letter] = shortcut

    def _size_columns(self) -> None:
        header, width = self.grid.horizontalHeader(), self.width()
        header.setMinimumSectionSize(30)
        for section in range(KM + 1):
            wide = section in (NAME, STREETS)
            mode = QHeaderView.ResizeMode.Stretch if wide else QHeaderView.ResizeMode.Fixed
            header.setSectionResizeMode(section, mode)
            if not wide:
                header.resizeSection(section, _WIDTHS[section])
        for section, least in _FOLDED:
            self.grid.setColumnHidden(section, width < least)

    # -- drawing --------------------------------------------------------------------------------

    def _show_chosen(self) -> None:
        at = next(
            (n for n, row in enumerate(self._presenter.rows) if row.id == self._presenter.chosen),
            None,
        )
        if at is None:
            self.grid.setCurrentIndex(QModelIndex())
        elif self.grid.currentIndex().row() != at:
            self.grid.setCurrentIndex(self._model.index(at, STATE))

    def _show_emptiness(self) -> None:
        if self._presenter.rows:
            self._rows.setCurrentWidget(self.grid)
            return
        title, body = self._presenter.nothing
        drop = text("ui.filter.drop") if self._presenter.filter_text else ""
        self._empty.say(title, body, action=drop)
        self._rows.setCurrentWidget(self._empty)

    # -- what the person does -------------------------------------------------------------------

    def _on_row_changed(self, index: QModelIndex) -> None:
        if not self._choosing and index.isValid():
            self._presenter.choose(self._presenter.rows[index.row()].id)

    def _on_acted(self, action: Action) -> None:
        if action.wants_text:
            self._asking.ask(action)
        else:
            self._presenter.do(action.key)

    def _on_letter(self, letter: str) -> None:
        act = self._acts.shortcuts().get(letter)
        if act is not None:
            act()

    def _on_list_wanted(self) -> None:
        self.grid.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_filter_dropped(self) -> None:
        self._filter.set_text("")
        self._on_list_wanted()


def _heads() -> list[Head]:
    return [
        Head(text("circuits.head.state"), left=True),
        Head(
            text("circuits.head.priority"),
            long_title=text("circuits.head.priority.long"),
            left=True,
        ),
        Head(text("circuits.head.id"), left=True),
        Head(text("circuits.head.name"), left=True),
        Head(text("circuits.head.streets"), left=True),
        Head(text("circuits.head.since")),
        Head(text("circuits.head.due")),
        Head(text("circuits.head.by"), left=True),
        Head(text("circuits.head.km")),
    ]


class _RowDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, presenter: Circuits) -> None:
        super().__init__()
        self._theme = theme
        self._presenter = presenter

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        theme, rect = self._theme, QRect(option.rect)
        row: CircuitRow = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
        chosen = row.id == self._presenter.chosen
        paint_ground(painter, theme, rect, current=False)
        if chosen:
            painter.fillRect(rect.adjusted(0, 0, 0, -1), theme.color("selection"))
        if row.first:
            painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 2), theme.color("text_3"))
        column = index.column()
        if column == STATE:
            self._paint_state(painter, rect, row, chosen=chosen)
        else:
            words = {LEVEL: row.priority, ID: row.id, NAME: row.name, STREETS: row.streets}
            words |= {SINCE: row.since, DUE: row.due, BY: row.by, KM: row.km}
            figures = column in (SINCE, DUE, KM)
            room = rect.adjusted(4, 0, -8, 0) if figures else rect.adjusted(12, 0, -4, 0)
            tone = "text_2" if column == STREETS else "text_1"
            bold = column == DUE and row.look == "due_again"
            said = words[column]
            paint_words(painter, theme, room, said, right=figures, bold=bold, tone=tone)
        if focus:
            painter.setPen(theme.color("accent"))
            painter.drawRect(rect.adjusted(0, 0, -1, -2))
        painter.restore()

    def _paint_state(
        self, painter: QPainter, rect: QRect, row: CircuitRow, *, chosen: bool
    ) -> None:
        if chosen:
            bar = QRect(rect.left(), rect.top(), 3, rect.height() - 1)
            painter.fillRect(bar, self._theme.color("accent"))
        swatch = QRectF(rect.left() + 12, rect.center().y() - 6, 30, 13)
        paint_circuit(painter, self._theme, swatch, row.look)
        urgent = row.look in ("due_again", "blocked", "snowed_over")
        paint_words(painter, self._theme, rect.adjusted(50, 0, -2, 0), row.state, bold=urgent)
