"""When a desk locks by itself, and when the next relief comes: pure rules."""

from __future__ import annotations

from collections.abc import Sequence

DAY_MIN = 24 * 60


class IdleLock:
    """Count how long nobody touched a desk.

    Args:
        after_min: minutes after which it locks, 0 for never.
        mono_s: steady time now.
    """

    def __init__(self, after_min: int, mono_s: float) -> None:
        self._after_s = after_min * 60.0
        self._touched_s = mono_s

    def touch(self, mono_s: float) -> None:
        """Note a key or a movement of the mouse."""
        self._touched_s = mono_s

    def due(self, mono_s: float) -> bool:
        """Return whether the desk was left alone for long enough."""
        return self._after_s > 0 and mono_s - self._touched_s >= self._after_s


def minutes_to_relief(relief_at: Sequence[str], local_min: int) -> int | None:
    """Return the minutes until the next of these times of day, ``None`` without any.

    Args:
        relief_at: ``HH:MM``, local.
        local_min: minutes since local midnight.
    """
    if not relief_at:
        return None
    times = (int(each[:2]) * 60 + int(each[3:]) for each in relief_at)
    return min((time - local_min) % DAY_MIN for time in times)
