"""What a seat is: screens by role, panels in columns and rows, shares as weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

LOCK_AFTER_MIN = 15


@dataclass(frozen=True, slots=True)
class Cell:
    """Place one panel in a column.

    Attributes:
        weight: its share of the column's height, above 0.
        settings: of the panel at this seat, until a person sets his own.
    """

    panel: str
    weight: float = 1.0
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Column:
    """Stack cells from the top; ``weight`` is the column's share of the width, above 0."""

    cells: tuple[Cell, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class SeatScreen:
    """Describe one window of a seat.

    Attributes:
        role: ``main``, ``map``, ``wall`` …: what panels name as their preferred screen.
        names: names of the screens it belongs on, the first present one wins; empty for whichever
            is left.
        columns: from the left.
        wall: everybody looks at it and nobody types there: it never locks.
    """

    role: str
    columns: tuple[Column, ...]
    names: tuple[str, ...] = ()
    wall: bool = False

    @property
    def panels(self) -> tuple[str, ...]:
        """Return its panel ids, column by column."""
        return tuple(cell.panel for column in self.columns for cell in column.cells)


@dataclass(frozen=True, slots=True)
class Seat:
    """Describe one seat.

    Attributes:
        id: as people choose it; ``title_key`` its title, ``screens`` its windows.
        lock_after_min: minutes without a key or the mouse after which its desk locks, 0 for never.
        relief_at: local times of day, ``14:00``, at which people relieve one another here.
        reminders: who sits here is told of alarms that nobody acknowledges (a rule's ``remind_s``).
    """

    id: str
    title_key: str
    screens: tuple[SeatScreen, ...]
    lock_after_min: int = LOCK_AFTER_MIN
    relief_at: tuple[str, ...] = ()
    reminders: bool = False

    @property
    def panels(self) -> tuple[str, ...]:
        """Return all its panel ids, screen by screen."""
        return tuple(panel for screen in self.screens for panel in screen.panels)

    @property
    def settings(self) -> dict[str, Mapping[str, Any]]:
        """Return what the seat sets in its panels, by panel id."""
        columns = (column for screen in self.screens for column in screen.columns)
        return {cell.panel: cell.settings for column in columns for cell in column.cells}
