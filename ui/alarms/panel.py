"""The alarm panel: most pressing first; cause, consequence and action of the chosen one."""

from __future__ import annotations

from typing import Protocol, cast

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.alarms.gauge import LoadGauge
from ui.grid import Head
from ui.listing import Column, Listing, ListingView
from ui.texts import text

_NEVER = 1 << 20
"""A column no panel is wide enough for."""
_MARK = Column("alarms.head.mark", 108)
"""Room for the mark and +34000: what hangs below must not be cut."""
_SINCE = Column("alarms.head.time", 104)
_CODE = Column("alarms.head.code", 124)
_TEXT = Column("alarms.head.text")
_VALUE = Column("alarms.head.value", 108, below=640)
COLUMNS = (
    *(_MARK, _SINCE, _CODE, _TEXT, _VALUE),
    Column("alarms.head.state", 148, below=540),
    Column("alarms.head.place", below=900),
)
_ASIDE = (
    *(_MARK, _SINCE, _CODE, _TEXT, _VALUE),
    Column("alarms.head.until", 164, below=540),
    Column("alarms.head.why", below=900),
)
OF_WAY = {
    "shelved": _ASIDE,
    "suppressed": _ASIDE,
    "area": (
        *(_MARK, _SINCE),
        Column("alarms.head.code", 124, below=_NEVER),
        Column("alarms.head.commune"),
        Column("alarms.head.count", 148),
        Column("alarms.head.unseen", 184, below=540),
        Column("alarms.head.worst", below=820),
    ),
    "actors": (
        Column("alarms.head.mark", 108, below=_NEVER),
        Column("alarms.head.time", 104, below=_NEVER),
        Column("alarms.head.code", 148),
        Column("alarms.head.mostly"),
        Column("alarms.head.often", 148),
        Column("alarms.head.share", 124, below=640),
        Column("alarms.head.habits", below=820),
    ),
}
"""Columns of the ways to look that are not the list's; what a cell holds is the presenter's."""


class Alarms(Listing, Protocol):
    """What this view asks of whoever decides."""

    target: int
    limit: int

    @property
    def way(self) -> str: ...
    @property
    def load(self) -> int: ...
    @property
    def load_said(self) -> str: ...
    @property
    def flood(self) -> str: ...


class AlarmsView(ListingView):
    """Show the alarms, and one's own load above them."""

    def __init__(self, presenter: Alarms, parent: QWidget | None = None) -> None:
        self._alarms = presenter
        self._way = ""
        super().__init__(presenter, "alarms", COLUMNS, parent)

    def refresh(self) -> None:
        alarms = self._alarms
        changed = alarms.way != self._way
        if changed:
            self._way = alarms.way
            self._columns = OF_WAY.get(self._way, COLUMNS)
            self._heads = [Head(text(one.title), left=not one.right) for one in self._columns]
        super().refresh()
        if changed:
            self._size_columns()
        scale = text("alarms.load.scale", target=alarms.target, limit=alarms.limit)
        self._gauge.say(alarms.load, alarms.load_said, scale, alarms.flood)

    def _lay_out(self) -> None:
        super()._lay_out()
        self._gauge = LoadGauge(self._alarms.target, self._alarms.limit)
        self._gauge.setToolTip(text("alarms.load.help"))
        cast("QVBoxLayout", self.layout()).insertWidget(1, self._gauge)
