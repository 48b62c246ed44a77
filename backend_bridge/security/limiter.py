"""Slow guessing down: each failure beyond a few doubles the wait, in bounded memory."""

from __future__ import annotations

from collections import OrderedDict
from typing import NamedTuple

import msgspec

from backend_bridge.contract.times import Clock


class LimiterSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Set how fast failures are slowed.

    Attributes:
        free: failures in a row that cost nothing.
        first_wait_s: wait after the next one; doubles at each further failure.
        longest_wait_s: where doubling stops.
        forget_s: quiet time after which failures are forgotten; above ``longest_wait_s``.
        remembered: keys kept; the one that failed longest ago goes first.
    """

    free: int = 3
    first_wait_s: float = 1.0
    longest_wait_s: float = 60.0
    forget_s: float = 900.0
    remembered: int = 10_000


class _Failures(NamedTuple):
    in_a_row: int
    last_mono_s: float


class Limiter:
    """Remember failures by key (a user's name, a console) and say how long to wait."""

    def __init__(self, settings: LimiterSettings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._failures: OrderedDict[str, _Failures] = OrderedDict()

    def __len__(self) -> int:
        return len(self._failures)

    def wait_s(self, key: str) -> float:
        """Return the seconds this key must still wait, 0 when it may try now."""
        found = self._failures.get(key)
        if found is None:
            return 0.0
        since_s = self._clock.mono_s() - found.last_mono_s
        if since_s > self._settings.forget_s:
            del self._failures[key]
            return 0.0
        return max(0.0, self._penalty_s(found.in_a_row) - since_s)

    def failed(self, key: str) -> None:
        """Count a failure of a key."""
        found = self._failures.pop(key, None)
        count = found.in_a_row + 1 if found else 1
        self._failures[key] = _Failures(count, self._clock.mono_s())
        while len(self._failures) > self._settings.remembered:
            self._failures.popitem(last=False)

    def forgive(self, key: str) -> None:
        """Take one failure back: what was counted beforehand was never judged."""
        found = self._failures.get(key)
        if found is not None:
            self._failures[key] = found._replace(in_a_row=max(0, found.in_a_row - 1))

    def succeeded(self, key: str) -> None:
        """Forget a key's failures."""
        self._failures.pop(key, None)

    def _penalty_s(self, count: int) -> float:
        beyond = count - self._settings.free
        if beyond <= 0:
            return 0.0
        # The exponent is bounded: 2.0 ** 2000 would overflow after a long siege.
        doubled = self._settings.first_wait_s * 2.0 ** min(beyond - 1, 40)
        return min(doubled, self._settings.longest_wait_s)
