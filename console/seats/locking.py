"""When a desk locks by itself: a pure rule."""

from __future__ import annotations


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
