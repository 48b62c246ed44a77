"""Time as it travels, whole milliseconds since 1970-01-01T00:00:00Z, and clocks as arguments."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol


def to_ms(moment: datetime) -> int:
    """Return an aware ``moment`` as UTC milliseconds.

    Raises:
        ValueError: ``moment`` carries no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a time on the wire must be aware: give it a time zone")
    return round(moment.timestamp() * 1000)


def from_ms(value_ms: int) -> datetime:
    """Return UTC milliseconds as an aware datetime."""
    return datetime.fromtimestamp(value_ms / 1000, UTC)


class Clock(Protocol):
    """Tell the time twice: the wall's, which may jump, and a steady one, which never does."""

    def now_ms(self) -> int:
        """Return UTC milliseconds of the wall clock."""

    def mono_s(self) -> float:
        """Return seconds of a clock that never goes back."""


class SystemClock:
    """Read the machine's clocks."""

    def now_ms(self) -> int:
        """Return UTC milliseconds of the wall clock."""
        return time.time_ns() // 1_000_000

    def mono_s(self) -> float:
        """Return seconds of a clock that never goes back."""
        return time.monotonic()
