"""The alarm panel: most pressing first; cause, consequence and action of the chosen one."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.listing import Column, Listing, ListingView

COLUMNS = (
    Column("alarms.head.mark", 88),
    Column("alarms.head.time", 84),
    Column("alarms.head.code", 124),
    Column("alarms.head.text"),
    Column("alarms.head.value", 108, below=560),
    Column("alarms.head.state", 96, below=480),
    Column("alarms.head.place", below=820),
)


class AlarmsView(ListingView):
    """Show the alarms."""

    def __init__(self, presenter: Listing, parent: QWidget | None = None) -> None:
        super().__init__(presenter, "alarms", COLUMNS, parent)
