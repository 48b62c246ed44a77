"""A clock that moves when told."""

from __future__ import annotations


class ManualClock:
    """Tell a time that only ``advance`` and ``jump`` change."""

    def __init__(self, now_ms: int = 1_700_000_000_000) -> None:
        self._now_ms = now_ms
        self._mono_s = 1_000.0

    def now_ms(self) -> int:
        return self._now_ms

    def mono_s(self) -> float:
        return self._mono_s

    def advance(self, seconds: float) -> None:
        """Let time pass on both clocks."""
        self._now_ms += round(seconds * 1000)
        self._mono_s += seconds

    def jump(self, seconds: float) -> None:
        """Set the wall clock forward or back; the steady one does not notice."""
        self._now_ms += round(seconds * 1000)
