"""Notices: what the console says about a person's own acts, kept until read; free of widgets."""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

from backend_bridge.contract.alarms import Severity

KEPT = 50


class Notice(NamedTuple):
    """One notice: local time as shown, words, and the severity it borrows, ``None`` for none."""

    at: str
    text: str
    severity: Severity | None


class Notices:
    """Keep the last notices and how many nobody has read."""

    def __init__(self) -> None:
        self._kept: deque[Notice] = deque(maxlen=KEPT)
        self.unread = 0

    def add(self, notice: Notice) -> None:
        """Keep a notice; the oldest leaves when there are too many."""
        self._kept.appendleft(notice)
        self.unread = min(self.unread + 1, KEPT)

    def read(self) -> None:
        """Mark all as read."""
        self.unread = 0

    def latest(self) -> Notice | None:
        """Return the newest notice."""
        return self._kept[0] if self._kept else None

    def all(self) -> list[Notice]:
        """Return the kept notices, newest first."""
        return list(self._kept)
