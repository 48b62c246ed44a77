"""Time over the wire: the bridge's clock as seen from here, and waits before a retry."""

from __future__ import annotations

import random

JUMP_MS = 1_000
"""A beat this much behind the estimate is no slow network any more: a clock was set."""


class BridgeClock:
    """Estimate the bridge's UTC from this machine's steady clock.

    A message is never read before it was written, so ``utc_ms - received`` is a lower bound of the
    true difference; the highest bound heard is the best estimate, until a clock is set.
    """

    def __init__(self) -> None:
        self.ahead_ms: float | None = None
        """Bridge UTC minus steady clock, ms; ``None`` before the first hello."""
        self.round_trip_ms: float | None = None
        self._late = 0

    def on_hello(self, utc_ms: int, sent_mono_s: float, received_mono_s: float) -> None:
        """Measure with a round trip: the bridge wrote in the middle of it."""
        self.round_trip_ms = (received_mono_s - sent_mono_s) * 1000
        self.ahead_ms = utc_ms - (sent_mono_s + received_mono_s) * 500
        self._late = 0

    def on_beat(self, utc_ms: int, received_mono_s: float) -> None:
        """Refine with a one-way message; two far behind in a row mean that a clock was set."""
        bound = utc_ms - received_mono_s * 1000
        if self.ahead_ms is None or bound > self.ahead_ms:
            self.ahead_ms = bound
            self._late = 0
        elif bound < self.ahead_ms - JUMP_MS:
            self._late += 1
            if self._late >= 2:
                self.ahead_ms = bound
                self._late = 0
        else:
            self._late = 0


class BackOff:
    """Give growing, capped, jittered waits, so that a room of consoles does not return as one.

    Args:
        first_s: upper bound of the first wait.
        cap_s: upper bound of any wait.
        chance: source of jitter, seeded in tests.
    """

    def __init__(
        self, first_s: float = 0.2, cap_s: float = 5.0, chance: random.Random | None = None
    ) -> None:
        self._first_s = first_s
        self._cap_s = cap_s
        self._chance = chance or random.Random()  # noqa: S311 - spreads retries, guards nothing
        self._bound_s = first_s

    def reset(self) -> None:
        """Start over after a success."""
        self._bound_s = self._first_s

    def next_s(self) -> float:
        """Return the next wait, between half the bound and the bound, and double the bound."""
        wait_s = self._bound_s * (0.5 + self._chance.random() / 2)
        self._bound_s = min(self._cap_s, self._bound_s * 2)
        return wait_s
