"""The operator's load: how many alarms appeared in the last ten minutes."""

from __future__ import annotations

from collections.abc import Iterable

from backend_bridge.contract.alarms import Alarm, AlarmChange

WINDOW_S = 600
TARGET = 1
"""Alarms in ten minutes that a person handles well (EEMUA 191)."""
LIMIT = 10
"""Alarms in ten minutes above which a person no longer follows (EEMUA 191)."""

_APPEARED = (AlarmChange.RAISED, AlarmChange.RAISED_AGAIN)
_CAME_BACK = (AlarmChange.UNSHELVED, AlarmChange.UNSUPPRESSED, AlarmChange.IN_SERVICE)


class AlarmLoad:
    """Count appearances: an alarm that came back within the window counts again.

    What the journal brought since the sign-in is counted whole. From before it only the alarms
    still listed are known: until :attr:`since_ms` is ten minutes ago, the count is a least one.
    """

    def __init__(self) -> None:
        self.since_ms: int | None = None
        """UTC ms from which on nothing is missing, ``None`` before the first situation."""
        self._appeared: dict[tuple[str, int], int] = {}

    def __len__(self) -> int:
        return len(self._appeared)

    def forget(self) -> None:
        """Forget all: another person sits here, or nobody."""
        self._appeared.clear()
        self.since_ms = None

    def take_listed(self, alarms: Iterable[Alarm], now_ms: int) -> None:
        """Take the situation's alarms; those known already change nothing.

        A situation comes where the journal was not followed: what appeared and ended meanwhile is
        not in it.
        """
        self.since_ms = now_ms
        for alarm in alarms:
            if alarm.quiet:
                continue
            self._appeared[alarm.id, alarm.raised_ms] = alarm.raised_ms
        self.prune(now_ms)

    def take(self, alarm: Alarm, change: AlarmChange, at_ms: int) -> None:
        """Take one event of the journal, stamped ``at_ms``; only appearances count.

        What is put aside is no load; what comes back from there and is active is.
        """
        if alarm.quiet:
            return
        if change in _APPEARED or (change in _CAME_BACK and alarm.active):
            at_ms = alarm.raised_ms if change is AlarmChange.RAISED else at_ms
            self._appeared[alarm.id, at_ms] = at_ms

    def prune(self, now_ms: int) -> None:
        """Forget what is older than the window."""
        oldest = now_ms - WINDOW_S * 1000
        for key in [key for key, at_ms in self._appeared.items() if at_ms <= oldest]:
            del self._appeared[key]

    def whole(self, now_ms: int) -> bool:
        """Return whether the count misses nothing of the window."""
        return self.since_ms is not None and self.since_ms <= now_ms - WINDOW_S * 1000
