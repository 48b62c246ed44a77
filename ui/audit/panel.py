"""The auditor's panel: who did, watched and took out what, newest first."""

from __future__ import annotations

from typing import Protocol

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


class Audit(Listing, Protocol):
    """What this view asks of whoever decides."""

    @property
    def age_s(self) -> float | None: ...


class AuditView(ListingView):
    """Show the chain as it was read: nothing is added to it before it is asked anew."""

    def __init__(self, presenter: Audit, parent: QWidget | None = None) -> None:
        self._audit = presenter
        super().__init__(presenter, "audit", COLUMNS, parent)

    def painted_age_s(self) -> float | None:
        """Return how long ago what stands here was read, for the title; ``None`` before."""
        return self._audit.age_s
