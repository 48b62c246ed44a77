"""The override ledger: what is held, until when, by whom; and the way back in one key.

Beside it the automatic plans, which say other things of themselves: they have columns of their own.
"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtWidgets import QWidget

from ui.grid import Head
from ui.listing import Column, Listing, ListingView
from ui.texts import text

COLUMNS = (
    Column("overrides.head.equipment", 132),
    Column("overrides.head.held", 168),
    Column("overrides.head.state", 172, below=560),
    Column("overrides.head.until", 148),
    Column("overrides.head.place", below=760),
    Column("overrides.head.who", 152, below=900),
    Column("overrides.head.reason"),
)
PLAN_COLUMNS = (
    Column("plans.head.name", 236),
    Column("plans.head.held", 112),
    Column("plans.head.state"),
    Column("overrides.head.until", 148),
    Column("plans.head.targets", 220, below=1000),
    Column("plans.head.who", 244, below=1360),
    Column("overrides.head.reason", 176, below=1180),
)


class Ledger(Listing, Protocol):
    """What the view asks of whoever decides, besides a list's."""

    @property
    def lists_plans(self) -> bool: ...


class OverridesView(ListingView):
    """Show the ledger, or the plans."""

    def __init__(self, presenter: Ledger, parent: QWidget | None = None) -> None:
        self._ledger = presenter
        super().__init__(presenter, "overrides", COLUMNS, parent)

    def refresh(self) -> None:
        """Draw the presenter's present state, in the columns it has."""
        columns = PLAN_COLUMNS if self._ledger.lists_plans else COLUMNS
        anew = columns is not self._columns
        if anew:
            self._columns = columns
            self._heads = [Head(text(one.title), left=True) for one in columns]
        super().refresh()
        if anew:
            self._size_columns()
