"""When overrides end: at their time of day, and never after as long as they were to last.

A wall clock that is set back must not hold a lamp for days; the steady clock does not notice.
"""

from __future__ import annotations

from collections.abc import Iterable

from backend_bridge.contract.overrides import Override, OverrideState
from backend_bridge.contract.times import Clock

NEVER_MS = 1 << 62
NEVER_S = float(1 << 62)
LOOK_AGAIN_S = 30.0
"""Longest time between two looks at the wall clock, which may jump."""


class Ends:
    """Follow active overrides on both clocks; the ledger alone changes it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until: dict[str, tuple[int, float]] = {}
        self._soonest_ms = NEVER_MS
        self._soonest_s = NEVER_S

    def follow(self, override: Override) -> bool:
        """Take the latest state of an override; return whether one may now end sooner."""
        if override.state is not OverrideState.ACTIVE:
            self._until.pop(override.id, None)
            return False
        until_ms, _ = self._until.get(override.id, (None, NEVER_S))
        if until_ms == override.until_ms:
            return False
        left_s = (override.until_ms - self._clock.now_ms()) / 1000
        end_s = self._clock.mono_s() + left_s
        self._until[override.id] = override.until_ms, end_s
        sooner = override.until_ms < self._soonest_ms or end_s < self._soonest_s
        self._soonest_ms = min(self._soonest_ms, override.until_ms)
        self._soonest_s = min(self._soonest_s, end_s)
        return sooner

    def due(self, overrides: Iterable[Override]) -> list[Override]:
        """Return those whose time has come; looks at them only when one's may have."""
        now_ms, now_s = self._clock.now_ms(), self._clock.mono_s()
        if now_ms < self._soonest_ms and now_s < self._soonest_s:
            return []
        over = {
            override_id
            for override_id, (until_ms, end_s) in self._until.items()
            if until_ms <= now_ms or end_s <= now_s
        }
        left = [times for override_id, times in self._until.items() if override_id not in over]
        self._soonest_ms = min((until_ms for until_ms, _ in left), default=NEVER_MS)
        self._soonest_s = min((end_s for _, end_s in left), default=NEVER_S)
        return [one for one in overrides if one.id in over]

    def look_again_s(self) -> float | None:
        """Return the monotonic second of the next look, ``None`` while nothing ends."""
        if self._soonest_ms == NEVER_MS:
            return None
        now_s = self._clock.mono_s()
        wait_s = min((self._soonest_ms - self._clock.now_ms()) / 1000, self._soonest_s - now_s)
        return now_s + min(max(wait_s, 0.0), LOOK_AGAIN_S)
