"""How often something costly may be done over: at a tenth of the time at most."""

from __future__ import annotations

from backend_bridge.contract.times import Clock

LEAST_S = 0.25
"""Shortest time between two runs."""
REST = 9
"""A run is followed by at least so many times its own duration of rest."""


class Pace:
    """Say when a costly run is due again; the first is due at once."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._rested_s = 0.0
        self._start_s = 0.0

    def begin(self) -> bool:
        """Begin a run if it is due; :meth:`end` follows."""
        self._start_s = self._clock.mono_s()
        return self._start_s >= self._rested_s

    def end(self) -> None:
        """End a run: its duration says how long to rest."""
        end_s = self._clock.mono_s()
        self._rested_s = end_s + max(LEAST_S, REST * (end_s - self._start_s))

    def end_in_slices(self) -> None:
        """End a run that took a little of each of many turns: the shortest rest is enough."""
        self._rested_s = self._clock.mono_s() + LEAST_S

    def hurry(self) -> None:
        """Make the next run due at once."""
        self._rested_s = 0.0
