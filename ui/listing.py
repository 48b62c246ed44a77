"""A list of rows in columns with a filter, ways to look at it, and acts on the chosen row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QHeaderView,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.facts import Action, Scope
from ui.grid import Cell, Grid, GridModel, Head
from ui.listing_cells import CellDelegate
from ui.panel_view import PanelView
from ui.texts import text
from ui.theme import Theme
from ui.widgets.actions import ActionRow
from ui.widgets.fields import FilterField
from ui.widgets.labels import ElidedLabel, Rule
from ui.widgets.scopes import ScopeRow
from ui.widgets.states import Message
from ui.widgets.textact import TextAct

_FILTER_PX = 180
"""Room for the filter beside the ways to look: a row more for the list."""
_WORDS_PX = 96
"""Least width of a column of words that never gives way."""
_ROOMY_PX = 150
"""Width a column of words has before others give way for it."""
_MOST_PX = 500
"""Width that a list asks for at most: less than a column of a desk's screen has."""
_ROW_PX = 28
_LEAST_ROWS = 3
_LINES = 6
"""Most lines said of the chosen row: an alarm's procedure is the longest."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        title: its head's text key; ``<key>.long`` is said where it exists.
        width: pixels, 0 to share what is left.
        below: width of the panel below which the column gives way, 0 for never.
        right: numbers and times.
    """

    title: str
    width: int = 0
    below: int = 0
    right: bool = False


class Row(Protocol):
    """One row; cells are :class:`console.panels.listing` contents, told apart by what they hold."""

    @property
    def id(self) -> str: ...
    @property
    def cells(self) -> Sequence[Any]: ...
    @property
    def said(self) -> str: ...
    @property
    def opens(self) -> bool: ...
    @property
    def also(self) -> bool: ...


class Listing(Protocol):
    """What the view asks of whoever decides."""

    @property
    def headline(self) -> str: ...
    @property
    def nothing(self) -> tuple[str, str]: ...
    @property
    def filter_text(self) -> str: ...
    @property
    def rows(self) -> Sequence[Row]: ...
    @property
    def scopes(self) -> Sequence[Scope]: ...
    @property
    def chosen(self) -> str: ...
    @property
    def chosen_lines(self) -> Sequence[tuple[str, str]]: ...
    @property
    def actions(self) -> tuple[Action, ...]: ...

    def id_at(self, place: int, /) -> str: ...
    def place_of(self, row_id: str, /) -> int | None: ...
    def choose(self, row_id: str, /) -> None: ...
    def set_filter(self, words: str, /) -> None: ...
    def set_scope(self, key: str, /) -> None: ...
    def do(self, key: str, words: str = "", /) -> None: ...
    def explain(self, reason: str, /) -> None: ...
    def subscribe(self, callback: Callable[[], None], /) -> Callable[[], None]: ...


class ListingView(PanelView):
    """Draw a list; letters act only while the list has the keyboard.

    A subclass puts more beside the list in :meth:`_lay_out`, and renews it in :meth:`refresh`.

    Args:
        presenter: decides and is told what the person does.
        name: of the panel, for object names and text keys (``<name>.filter``, ``<name>.list``).
        columns: left to right.
        cells: paints them; a class of its own where a cell holds what only this panel knows.
    """

    def __init__(
        self,
        presenter: Listing,
        name: str,
        columns: Sequence[Column],
        parent: QWidget | None = None,
        *,
        cells: type[CellDelegate] = CellDelegate,
    ) -> None:
        super().__init__(presenter, parent)
        self.setObjectName(f"{name}-view")
        self._presenter = presenter
        self._columns = tuple(columns)
        self._choosing = False
        self._shown = ""
        self._filter = FilterField(text(f"{name}.filter"))
        self._filter.set_text(presenter.filter_text)
        self._scopes = ScopeRow(presenter.set_scope, self)
        self._model = GridModel()
        self._heads = [
            Head(text(one.title), left=not one.right, right=one.right, long_title=_long(one.title))
            for one in self._columns
        ]
        delegate = cells(
            Theme.current(), lambda: presenter.chosen, [one.right for one in self._columns]
        )
        self.grid = Grid(self._model, delegate, row_px=_ROW_PX, head_px=_ROW_PX)
        self.grid.setObjectName(f"{name}-grid")
        self.grid.setAccessibleName(text(f"{name}.list"))
        self._empty = Message()
        self._rows = QStackedWidget()
        self._rows.addWidget(self.grid)
        self._rows.addWidget(self._empty)
        # below this the window scrolls: a list of which nothing can be read says nothing
        self._rows.setMinimumHeight((_LEAST_ROWS + 1) * _ROW_PX)
        least = sum(one.width or _WORDS_PX for one in self._columns if not one.below)
        self.setMinimumWidth(min(least, _MOST_PX))
        self._lines = [ElidedLabel() for _ in range(_LINES)]
        self._top = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._acts = ActionRow()
        self._asking = TextAct()
        self._bound: set[str] = set()
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
        chosen = self._presenter.chosen
        newly, self._shown = chosen != self._shown, chosen
        at = self._presenter.place_of(chosen)
        if newly:
            self._asking.cancel()  # what was being asked was about another row
        elif at is None and self._asking.isVisible():
            self._asking.cancel()  # the line is kept; nothing is done to what is not in sight
            self._presenter.explain(text("listing.reason.left"))
        anchor = self._anchor()
        self._choosing = True
        try:
            self._model.set_grid(self._heads, _Cells(rows))
            self._show_chosen(at, newly=newly)
        finally:
            self._choosing = False
        if anchor is not None and not newly:
            self._hold(*anchor)
        self.grid.viewport().update()
        self._show_emptiness(rows)
        self._scopes.show_scopes(self._presenter.scopes)
        self._place_tools()
        self._show_lines()
        self._acts.show_actions(self._presenter.actions)
        self._bind_keys()
        self._say_headline()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_tools()
        self._size_columns()

    # -- building -------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._top.setContentsMargins(8, 6, 8, 6)
        self._top.setSpacing(4)
        self._top.addWidget(self._filter, 1)
        self._top.addWidget(self._scopes)
        layout.addLayout(self._top)
        layout.addWidget(Rule())
        layout.addWidget(self._rows, 1)
        layout.addWidget(Rule())
        below = QVBoxLayout()
        below.setContentsMargins(12, 6, 12, 6)
        below.setSpacing(4)
        for part in (*self._lines, self._acts, self._asking):
            below.addWidget(part)
        layout.addLayout(below)
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
            if len(letter) == 1 and letter not in self._bound:
                self._bound.add(letter)
                shortcut = QShortcut(QKeySequence(letter), self.grid)
                shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
                shortcut.setAutoRepeat(False)
                shortcut.activated.connect(partial(self._on_letter, letter))

    def _size_columns(self) -> None:
        header, width = self.grid.horizontalHeader(), self.width()
        header.setMinimumSectionSize(24)
        shown = self._shown_columns(width)
        for section, column in enumerate(self._columns):
            fixed = QHeaderView.ResizeMode.Fixed
            header.setSectionResizeMode(
                section, fixed if column.width else QHeaderView.ResizeMode.Stretch
            )
            if column.width:
                header.resizeSection(section, column.width)
            self.grid.setColumnHidden(section, column not in shown)

    def _shown_columns(self, width: int) -> list[Column]:
        """Return what has room, the first to give way left out until words can be read."""
        shown = [column for column in self._columns if width >= column.below]
        while True:
            words = sum(not column.width for column in shown)
            left = width - sum(column.width for column in shown)
            foldable = [column for column in shown if column.below]
            if left >= words * _ROOMY_PX or not foldable:
                return shown
            shown.remove(max(foldable, key=lambda column: column.below))

    def _place_tools(self) -> None:
        """Put the ways to look beside the filter, or below it where both have no room."""
        beside = self.width() - self._scopes.sizeHint().width() >= _FILTER_PX
        direction = QBoxLayout.Direction
        self._top.setDirection(direction.LeftToRight if beside else direction.TopToBottom)

    # -- drawing --------------------------------------------------------------------------------

    def _show_chosen(self, at: int | None, *, newly: bool) -> None:
        """Make the chosen row the current one; only a new choice scrolls to it."""
        here = self.grid.currentIndex()
        if at is None:
            self.grid.setCurrentIndex(QModelIndex())
        elif here.row() != at:
            self.grid.setAutoScroll(newly)
            self.grid.setCurrentIndex(self._model.index(at, max(0, here.column())))
            self.grid.setAutoScroll(True)

    def _anchor(self) -> tuple[str, int] | None:
        """Return a row in sight and where it is, ``None`` at the top, where news may push in."""
        top = self.grid.rowAt(0)
        cells = self._model.rows
        if not self.grid.verticalScrollBar().value() or not isinstance(cells, _Cells) or top < 0:
            return None
        return cells.id_at(top), self.grid.rowViewportPosition(top)

    def _hold(self, row_id: str, y: int) -> None:
        """Keep a row where it was while others come and go above it."""
        at = self._presenter.place_of(row_id)
        if at is not None:
            bar = self.grid.verticalScrollBar()
            bar.setValue(bar.value() + self.grid.rowViewportPosition(at) - y)

    def _show_emptiness(self, rows: Sequence[Row]) -> None:
        if rows:
            self._rows.setCurrentWidget(self.grid)
            return
        title, body = self._presenter.nothing
        drop = text("ui.filter.drop") if self._presenter.filter_text else ""
        self._empty.say(title, body, action=drop)
        self._rows.setCurrentWidget(self._empty)

    def _show_lines(self) -> None:
        said = self._presenter.chosen_lines
        for number, label in enumerate(self._lines):
            label.setVisible(number < len(said))
            if number < len(said):
                label.say(*said[number])

    # -- what the person does -------------------------------------------------------------------

    def _on_row_changed(self, index: QModelIndex) -> None:
        if not self._choosing and index.isValid():
            self._presenter.choose(self._presenter.id_at(index.row()))

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


class _Cells(Sequence[Sequence[Cell]]):
    """The rows as a grid wants them, each made once and only when it is drawn."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows
        self._made: dict[int, tuple[str, list[Cell]]] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, at: Any) -> Any:  # noqa: ANN401 - a sequence's own
        return self._row(at)[1]

    def id_at(self, at: int) -> str:
        """Return a row's id."""
        return self._row(at)[0]

    def _row(self, at: int) -> tuple[str, list[Cell]]:
        made = self._made.get(at)
        if made is None:
            row = self._rows[at]
            cells = [Cell((row, cell), row.said) for cell in row.cells]
            made = self._made[at] = (row.id, cells)
        return made


def _long(key: str) -> str:
    found = text(f"{key}.long")
    return "" if found == f"{key}.long" else found
