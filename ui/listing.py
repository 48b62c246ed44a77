"""A list of rows in columns with a filter, ways to look at it, and acts on the chosen row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QKeySequence, QPainter, QPen, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QHeaderView,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui import patterns
from ui.facts import Action, Scope
from ui.grid import Cell, Grid, GridModel, Head, paint_ground, paint_words
from ui.marks import MIN_PX, blink, paint_alarm
from ui.texts import text
from ui.theme import Theme
from ui.widgets.actions import ActionRow
from ui.widgets.buttons import ActionButton
from ui.widgets.fields import FilterField
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import ElidedLabel, Rule
from ui.widgets.states import Message
from ui.widgets.textact import TextAct

_BAR_PX = 64
_WIDE_PX = 720
"""From here on the ways to look stand beside the filter: a row more for the list."""


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

    def choose(self, row_id: str, /) -> None: ...
    def set_filter(self, words: str, /) -> None: ...
    def set_scope(self, key: str, /) -> None: ...
    def do(self, key: str, words: str = "", /) -> None: ...
    def explain(self, reason: str, /) -> None: ...
    def subscribe(self, callback: Callable[[], None], /) -> Callable[[], None]: ...


class ListingView(QWidget):
    """Draw a list; letters act only while the list has the keyboard.

    Args:
        presenter: decides and is told what the person does.
        name: of the panel, for object names and text keys (``<name>.filter``, ``<name>.list``).
        columns: left to right.
    """

    def __init__(
        self,
        presenter: Listing,
        name: str,
        columns: Sequence[Column],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}-view")
        self._presenter = presenter
        self._columns = tuple(columns)
        self._headline_callback: Callable[[], None] | None = None
        self._choosing = False
        self._shown = ""
        self._filter = FilterField(text(f"{name}.filter"))
        self._filter.set_text(presenter.filter_text)
        self._scopes = _Scopes(presenter.set_scope, self)
        self._model = GridModel()
        self._heads = [
            Head(text(one.title), left=not one.right, long_title=_long(one.title))
            for one in self._columns
        ]
        delegate = _Delegate(Theme.current(), presenter, self._columns)
        self.grid = Grid(self._model, delegate, row_px=28, head_px=28)
        self.grid.setObjectName(f"{name}-grid")
        self.grid.setAccessibleName(text(f"{name}.list"))
        self._empty = Message()
        self._rows = QStackedWidget()
        self._rows.addWidget(self.grid)
        self._rows.addWidget(self._empty)
        self._lines = [ElidedLabel() for _ in range(4)]
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

    def headline(self) -> str:
        """Return what the title bar says."""
        return self._presenter.headline

    def on_headline(self, callback: Callable[[], None]) -> None:
        """Call back when it may have changed."""
        self._headline_callback = callback

    def focus_filter(self) -> None:
        """Put the caret in the filter."""
        self._filter.focus()

    def release(self) -> None:
        """Stop following the presenter."""
        self._unsubscribe()

    def refresh(self) -> None:
        """Draw the presenter's present state."""
        rows = self._presenter.rows
        if self._presenter.chosen != self._shown:
            self._shown = self._presenter.chosen
            self._asking.cancel()  # what was being asked was about another row
        self._choosing = True
        try:
            self._model.set_grid(self._heads, _Cells(rows))
            self._show_chosen(rows)
        finally:
            self._choosing = False
        self.grid.viewport().update()
        self._show_emptiness(rows)
        self._scopes.show_scopes(self._presenter.scopes)
        self._show_lines()
        self._acts.show_actions(self._presenter.actions)
        self._bind_keys()
        if self._headline_callback is not None:
            self._headline_callback()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= _WIDE_PX and bool(self._presenter.scopes)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._top.setDirection(across if wide else down)
        self._size_columns()

    # -- building -------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._top.setContentsMargins(8, 6, 8, 6)
        self._top.setSpacing(4)
        self._top.addWidget(self._filter, 1)
        self._top.addWidget(self._scopes, 1)
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
        for section, column in enumerate(self._columns):
            fixed = QHeaderView.ResizeMode.Fixed
            header.setSectionResizeMode(
                section, fixed if column.width else QHeaderView.ResizeMode.Stretch
            )
            if column.width:
                header.resizeSection(section, column.width)
            self.grid.setColumnHidden(section, width < column.below)

    # -- drawing --------------------------------------------------------------------------------

    def _show_chosen(self, rows: Sequence[Row]) -> None:
        chosen = self._presenter.chosen
        here = self.grid.currentIndex().row()
        if chosen and 0 <= here < len(rows) and rows[here].id == chosen:
            return
        at = next((n for n, row in enumerate(rows) if row.id == chosen), None) if chosen else None
        if at is None:
            self.grid.setCurrentIndex(QModelIndex())
        else:
            self.grid.setCurrentIndex(self._model.index(at, 0))

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


class _Cells(Sequence[Sequence[Cell]]):
    """The rows as a grid wants them, each made only when it is drawn."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, at: Any) -> Any:  # noqa: ANN401 - a sequence's own
        row = self._rows[at]
        return [Cell((row.id, cell), row.said) for cell in row.cells]


class _Scopes(QWidget):
    """The ways to look at the list, as buttons; the chosen one is filled."""

    def __init__(self, choose: Callable[[str], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._choose = choose
        self._buttons: dict[str, ActionButton] = {}
        self._layout = FlowLayout(4, self)
        self.hide()

    def show_scopes(self, scopes: Sequence[Scope]) -> None:
        """Show these ways with their counts; the buttons are made once."""
        self.setVisible(bool(scopes))
        for scope in scopes:
            button = self._buttons.get(scope.key)
            if button is None:
                button = self._buttons[scope.key] = ActionButton(scope.label)
                button.setObjectName(f"scope-{scope.key}")
                button.acted.connect(partial(self._choose, scope.key))
                self._layout.put(button)
            button.set_label(scope.label if not scope.count else f"{scope.label} {scope.count}")
            button.set_main(scope.chosen)


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, presenter: Listing, columns: Sequence[Column]) -> None:
        super().__init__()
        self._theme = theme
        self._presenter = presenter
        self._columns = columns

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        theme, rect = self._theme, QRect(option.rect)
        row_id, cell = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        paint_ground(painter, theme, rect, current=False)
        if row_id == self._presenter.chosen:
            painter.fillRect(rect.adjusted(0, 0, 0, -1), theme.color("selection"))
            if index.column() == 0:
                bar = QRect(rect.left(), rect.top(), 3, rect.height() - 1)
                painter.fillRect(bar, theme.color("accent"))
        right = self._columns[index.column()].right
        room = rect.adjusted(4, 0, -8, 0) if right else rect.adjusted(12, 0, -4, 0)
        _paint_cell(painter, theme, room, cell, right=right)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.color("accent"), 1))
            painter.drawRect(rect.adjusted(0, 0, -1, -2))
        painter.restore()


def _paint_cell(
    painter: QPainter,
    theme: Theme,
    room: QRect,
    cell: Any,  # noqa: ANN401 - told apart by its shape: ui knows no class of the console
    *,
    right: bool,
) -> None:
    if hasattr(cell, "severity"):
        _paint_mark(painter, theme, room, cell)
    elif hasattr(cell, "outcome"):
        top = room.center().y() - patterns.CHAIN_BOX_PX / 2
        boxes = patterns.chain_boxes(cell.outcome, read=cell.read)
        letters = text("ui.command.chain.letters")
        patterns.paint_chain(painter, theme, QPointF(room.left(), top), boxes, letters)
    elif hasattr(cell, "fraction"):
        if cell.fraction is not None:
            track = QRectF(room.left(), room.center().y() - 4, _BAR_PX, 8)
            patterns.paint_limit_bar(painter, theme, track, cell.fraction)
            room = room.adjusted(_BAR_PX + 8, 0, 0, 0)
        paint_words(painter, theme, room, cell.words, right=right)
    else:
        tone = "text_2" if cell.quiet else "text_1"
        paint_words(
            painter, theme, room, cell.words, right=right, bold=cell.bold, mono=cell.mono, tone=tone
        )


def _paint_mark(painter: QPainter, theme: Theme, room: QRect, cell: Any) -> None:  # noqa: ANN401 - as above
    centre = QPointF(room.left() + MIN_PX / 2 + 3, room.center().y() + 0.5)
    lit = blink().lit
    paint_alarm(
        painter,
        theme,
        centre,
        cell.severity,
        cell.state,
        lit=lit,
        size_px=MIN_PX,
        shelved=cell.quiet,
    )
    if cell.children:
        words = room.adjusted(MIN_PX + 10, 0, 0, 0)
        paint_words(painter, theme, words, f"+{cell.children}", tone="text_2")


def _long(key: str) -> str:
    found = text(f"{key}.long")
    return "" if found == f"{key}.long" else found
