"""When to try a stream again: later each time, and never all at once."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

STEPS_S = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)
"""Seconds before each further try; the last one repeats."""
JITTER = 0.3
"""By this share each wait is longer or shorter: a link that returns is not met by a crowd."""
AWAY_EACH_S = 0.04
"""By up to so much more for each stream of this process that is away too: of a backbone cut all
cameras are back at once, and are asked twenty-five a second rather than all in the same one."""
STEADY_S = 5.0
"""Seconds a stream must have lived for its earlier failures to be forgotten."""


@dataclass(slots=True)
class Retries:
    """Count the tries of one stream. Its thread's own."""

    lots: random.Random = field(default_factory=random.Random)
    attempts: int = 0

    def failed(self, lived_s: float, away: int = 1) -> float:
        """Return the seconds to wait after a connection that lived ``lived_s``, 0 for none.

        ``away`` counts the streams that wait like this one, itself included.
        """
        if lived_s >= STEADY_S:
            self.attempts = 0
        step_s = STEPS_S[min(self.attempts, len(STEPS_S) - 1)]
        self.attempts += 1
        spread_s = self.lots.uniform(0.0, AWAY_EACH_S * (away - 1))
        return step_s * self.lots.uniform(1 - JITTER, 1 + JITTER) + spread_s

    def lives(self, lived_s: float) -> None:
        """Say that the stream lives: for long enough, and its failures are forgotten."""
        if lived_s >= STEADY_S:
            self.attempts = 0
