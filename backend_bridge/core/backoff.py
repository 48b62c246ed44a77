"""Wait before trying again: capped and jittered."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable

Sleep = Callable[[float], Awaitable[None]]
"""Waits that many seconds; ``asyncio.sleep`` outside tests."""


class Backoff:
    """Give the pause before each attempt: doubling from ``start_s``, at most ``cap_s``, jittered.

    Each pause is drawn between half of the nominal one and all of it, so that what was lost
    together does not come back together.
    """

    def __init__(self, start_s: float, cap_s: float, rng: random.Random) -> None:
        if not 0 < start_s <= cap_s:
            raise ValueError(f"back-off from {start_s} s to {cap_s} s cannot work")
        self._start_s = start_s
        self._cap_s = cap_s
        self._rng = rng
        self._nominal_s = start_s

    def next_s(self) -> float:
        """Return the next pause, in seconds."""
        nominal_s = self._nominal_s
        self._nominal_s = min(nominal_s * 2, self._cap_s)
        return nominal_s * self._rng.uniform(0.5, 1.0)

    def reset(self) -> None:
        """Begin again with the shortest pause."""
        self._nominal_s = self._start_s
