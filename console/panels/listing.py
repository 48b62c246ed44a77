"""Lists with a filter, a chosen row and its acts: what such a presenter hands to its view."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar, overload

from backend_bridge.contract.alarms import AlarmState, Severity
from backend_bridge.contract.commands import CommandOutcome
from console.panels.base import BasePresenter
from console.panels.rows import Action
from console.panels.spec import PanelContext


@dataclass(frozen=True, slots=True)
class Text:
    """A cell of words; ``quiet`` for what matters less, ``mono`` for codes."""

    words: str
    quiet: bool = False
    bold: bool = False
    mono: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A cell with an alarm's mark, hollow and grey while it is put aside, and its children."""

    severity: Severity
    state: AlarmState
    quiet: bool = False
    children: int = 0


@dataclass(frozen=True, slots=True)
class Chain:
    """A cell with the four boxes of a command; ``read`` when a value was read back."""

    outcome: CommandOutcome
    read: bool = False


@dataclass(frozen=True, slots=True)
class Left:
    """A cell with a bar that empties and the words beside it."""

    fraction: float | None
    words: str


@dataclass(frozen=True, slots=True)
class Swatch:
    """A cell with a pattern that the panel's own view knows by name, and its word."""

    look: str
    words: str
    bold: bool = False


Item = TypeVar("Item")
CellContent = Text | Mark | Chain | Left | Swatch


@dataclass(frozen=True, slots=True)
class Row:
    """One row; ``said`` is what a screen reader says of it, and its tip.

    Attributes:
        opens: whether a rule above it parts it from those before.
        also: whether it belongs to what is chosen elsewhere: acts are not about it.
    """

    id: str
    cells: tuple[CellContent, ...]
    said: str
    opens: bool = False
    also: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """One way to look at the list."""

    key: str
    label: str
    count: int
    chosen: bool


class LazyRows(Sequence[Row], Generic[Item]):
    """Rows made only when they are drawn: a flood lists thousands.

    Args:
        items: in order.
        make: returns an item's row; ``id_of`` its id alone.
    """

    def __init__(
        self, items: Sequence[Item], make: Callable[[Item], Row], id_of: Callable[[Item], str]
    ) -> None:
        self._items = tuple(items)
        self._make = make
        self._id_of = id_of
        self._places: dict[str, int] | None = None

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        if isinstance(at, slice):
            return LazyRows(self._items[at], self._make, self._id_of)
        return self._make(self._items[at])

    def id_at(self, at: int) -> str:
        """Return a row's id without making the row."""
        return self._id_of(self._items[at])

    def place_of(self, row_id: str) -> int | None:
        """Return where a row stands, ``None`` when it is not among them."""
        if self._places is None:
            ids = map(self._id_of, self._items)
            self._places = {one: place for place, one in enumerate(ids)}
        return self._places.get(row_id)


class ListPresenter(BasePresenter):
    """Keep filter, choice and acts of a list; the rows are the subject's own."""

    def __init__(self, context: PanelContext) -> None:
        super().__init__(context)
        self.filter_text = ""
        self.chosen = ""

    @property
    @abstractmethod
    def headline(self) -> str:
        """Return the count for the title bar."""

    @property
    @abstractmethod
    def rows(self) -> Sequence[Row]:
        """Return the rows that show, top to bottom; may be made one by one."""

    @property
    @abstractmethod
    def nothing(self) -> tuple[str, str]:
        """Return what is said in the place of rows: title and what it means."""

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """Return the ways to look at the list, none when there is one."""
        return ()

    @property
    def chosen_lines(self) -> tuple[tuple[str, str], ...]:
        """Return what is said of the chosen row below the list, strong and plain part a line."""
        return ()

    @property
    def actions(self) -> tuple[Action, ...]:
        """Return what may be done with the chosen row, each with why not."""
        return ()

    @property
    def in_sight(self) -> bool:
        """Return whether the chosen row is in the list: nothing is done to what nobody sees."""
        return self.place_of(self.chosen) is not None

    def id_at(self, place: int) -> str:
        """Return the id of the row at a place from the top."""
        rows = self.rows
        return rows.id_at(place) if isinstance(rows, LazyRows) else rows[place].id

    def place_of(self, row_id: str) -> int | None:
        """Return where a row stands from the top, ``None`` when it is not in the list."""
        rows = self.rows
        if not row_id:
            return None
        if isinstance(rows, LazyRows):
            return rows.place_of(row_id)
        return next((place for place, row in enumerate(rows) if row.id == row_id), None)

    def choose(self, row_id: str) -> None:
        """Choose a row."""
        if row_id != self.chosen:
            self.chosen = row_id
            self._on_chosen()
            self._tell()

    def set_filter(self, words: str) -> None:
        """Show only what holds all these words."""
        if words != self.filter_text:
            self.filter_text = words
            self._on_filtered()
            self._tell()

    def set_scope(self, key: str) -> None:
        """Look at the list another way."""

    def do(self, key: str, words: str = "") -> None:
        """Carry out an act on the chosen row, with the line of text it asked for."""

    def _on_chosen(self) -> None:
        """Follow a choice."""

    def _on_filtered(self) -> None:
        """Follow a filter."""
