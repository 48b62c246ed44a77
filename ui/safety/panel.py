"""Works and interlocks: who has his hands where, until when, and the key that ends it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.listing import Column, Listing, ListingView

COLUMNS = (
    Column("safety.head.what", 104),
    Column("safety.head.where", 128),
    Column("safety.head.until", 180),
    Column("safety.head.contact", 148, below=560),
    Column("safety.head.place", below=860),
    Column("safety.head.who", 152, below=980),
    Column("safety.head.reason"),
)


class SafetyView(ListingView):
    """Show the list."""

    def __init__(self, presenter: Listing, parent: QWidget | None = None) -> None:
        super().__init__(presenter, "safety", COLUMNS, parent)
