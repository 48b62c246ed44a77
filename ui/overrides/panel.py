"""The override ledger: what is held, until when, by whom; and the way back in one key."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.listing import Column, Listing, ListingView

COLUMNS = (
    Column("overrides.head.equipment", 132),
    Column("overrides.head.held", 168),
    Column("overrides.head.state", 172, below=560),
    Column("overrides.head.until", 148),
    Column("overrides.head.place", below=760),
    Column("overrides.head.who", 152, below=900),
    Column("overrides.head.reason"),
)


class OverridesView(ListingView):
    """Show the ledger."""

    def __init__(self, presenter: Listing, parent: QWidget | None = None) -> None:
        super().__init__(presenter, "overrides", COLUMNS, parent)
