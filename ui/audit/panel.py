"""The auditor's panel: who did, watched and took out what, newest first."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.listing import Column, Listing, ListingView

COLUMNS = (
    Column("audit.head.number", 84, right=True),
    Column("audit.head.day", 108),
    Column("audit.head.time", 76),
    Column("audit.head.who", 200),
    Column("audit.head.what", 244),
    Column("audit.head.about", 200),
    Column("audit.head.detail", below=900),
)


class AuditView(ListingView):
    """Show the chain."""

    def __init__(self, presenter: Listing, parent: QWidget | None = None) -> None:
        super().__init__(presenter, "audit", COLUMNS, parent)
