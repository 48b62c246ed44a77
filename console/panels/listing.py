"""Lists with a filter, a chosen row and its acts: what such a presenter hands to its view."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass

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


CellContent = Text | Mark | Chain | Left


@dataclass(frozen=True, slots=True)
class Row:
    """One row; ``said`` is what a screen reader says of it, and its tip."""

    id: str
    cells: tuple[CellContent, ...]
    said: str


@dataclass(frozen=True, slots=True)
class Scope:
    """One way to look at the list."""

    key: str
    label: str
    count: int
    chosen: bool


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
