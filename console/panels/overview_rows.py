"""Rows the overview's panels hand to their views: plain data, words already chosen."""

from __future__ import annotations

from dataclasses import dataclass

from backend_bridge.contract.alarms import AlarmState, Severity


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """One commune and trade.

    Attributes:
        there: whether the commune has such equipment; a cell without is blank.
        alarm: most pressing listed alarm.
        count: listed alarms, as written, empty for one or none.
        mark: quality or service word to draw where no alarm is, empty when all is normal.
        said: the cell in words.
    """

    there: bool = False
    alarm: tuple[Severity, AlarmState] | None = None
    count: str = ""
    mark: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One commune: its name, whether anything stands out, and a cell a column."""

    commune: str
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """One trade: key of its kind, short title, full title, icon (``mdi6.`` name)."""

    key: str
    title: str
    long_title: str
    icon: str


@dataclass(frozen=True, slots=True)
class AvailabilityRow:
    """One kind of equipment.

    Attributes:
        title: the kind, in the plural.
        percent: good equipment of all, as written; ``?`` of a kind that was never heard.
        fraction: place on the bar, 0 at its low end and 1 at 100 %; below 0 when off the bar,
            ``None`` of a kind that was never heard.
        below: whether it is under the target.
        total: pieces of equipment, as written.
        counts: as written, in the order of the columns; empty for none.
        trend: places on the bar, 0 to 1, oldest first, one a minute since the sign-in.
        said: the row in words.
    """

    key: str
    title: str
    icon: str
    percent: str
    fraction: float | None
    below: bool
    total: str
    counts: tuple[str, ...]
    trend: tuple[float, ...]
    said: str
