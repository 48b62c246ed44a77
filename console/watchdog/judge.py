"""Decide when a window has stopped; free of Qt, so that time can be played in tests."""

from __future__ import annotations

from dataclasses import dataclass

from console.watchdog.lines import SILENCE_S, Beat

LATE_TICK_S = 0.6
"""A watchdog that was itself held up this long cannot blame the window yet."""


@dataclass(slots=True)
class Judge:
    """Follow the beats of one window; every ``now_s`` is the steady clock's.

    Nothing is covered before the first beat: there is no window yet.
    """

    beat: Beat | None = None
    _beat_s: float = 0.0
    _blame_from_s: float = 0.0
    _tick_s: float | None = None

    def hear(self, beat: Beat, now_s: float) -> None:
        """Take a beat."""
        self.beat = beat
        self._beat_s = self._blame_from_s = now_s

    def stopped(self, now_s: float) -> bool:
        """Return whether the window has stopped; call ten times a second."""
        late = self._tick_s is not None and now_s - self._tick_s > LATE_TICK_S
        self._tick_s = now_s
        if self.beat is None:
            return False
        if late:
            # The machine slept, or this process did: beats may wait in the pipe behind this call.
            self._blame_from_s = now_s
        return now_s - self._blame_from_s > SILENCE_S

    def silence_s(self, now_s: float) -> float:
        """Return seconds since the last beat."""
        return now_s - self._beat_s
