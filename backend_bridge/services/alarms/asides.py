"""What ends by itself: time on the shelf or out of service, and the patience with the unseen."""

from __future__ import annotations

import heapq
from collections.abc import Mapping

from backend_bridge.contract.alarms import Alarm, Shelf
from backend_bridge.services.alarms.rules import Rule

LOOK_AGAIN_S = 10.0
"""The clock of day may be set meanwhile: it is looked at this often while something is aside."""
AFTER_START_S = 20.0
"""After a start no reminder comes sooner."""
MOST_REMINDERS = 3
"""The supervisor is told so often of one alarm, then it stands as told."""


class Asides:
    """Know when what was put aside comes back.

    The clock of day decides, and the monotonic one sees to it that a clock set back keeps nothing
    aside for longer than was agreed.
    """

    def __init__(self) -> None:
        self._ends: dict[str, tuple[Shelf, float]] = {}

    def note(self, alarm: Alarm, mono_s: float, now_ms: int) -> None:
        """Take an alarm's latest state."""
        shelf = alarm.taken_out or alarm.shelf
        if shelf is None:
            self._ends.pop(alarm.id, None)
            return
        known = self._ends.get(alarm.id)
        if known is None or known[0] != shelf:
            left_ms = min(shelf.until_ms - now_ms, shelf.until_ms - shelf.since_ms)
            self._ends[alarm.id] = (shelf, mono_s + left_ms / 1000)

    def over(self, mono_s: float, now_ms: int) -> list[str]:
        """Return the ids of the alarms that come back now."""
        return [
            alarm_id
            for alarm_id, (shelf, end_s) in self._ends.items()
            if now_ms >= shelf.until_ms or mono_s >= end_s
        ]

    def due_s(self, mono_s: float) -> float | None:
        """Return the monotonic second of the next look, ``None`` while nothing is aside."""
        first_s = min((end_s for _, end_s in self._ends.values()), default=None)
        return None if first_s is None else min(first_s, mono_s + LOOK_AGAIN_S)


class Reminders:
    """Know which unacknowledged alarms the supervisor is to be told of."""

    def __init__(self, rules: Mapping[str, Rule]) -> None:
        self._every_s = {rule.key: rule.remind_s for rule in rules.values() if rule.remind_s}
        self._due: list[tuple[float, str]] = []
        self._waits: dict[str, tuple[float, int]] = {}

    def note(self, alarm: Alarm, mono_s: float) -> None:
        """Take an alarm's latest state."""
        every_s = self._every_s.get(alarm.rule)
        if every_s is None:
            return
        if not _waits(alarm):
            self._waits.pop(alarm.id, None)
            return
        known = self._waits.get(alarm.id)
        if known is None or known[1] != alarm.reminders:
            self._wait(alarm, mono_s + every_s)

    def restore(self, alarm: Alarm, mono_s: float, now_ms: int) -> None:
        """Take an alarm from before the start: what it waited already counts.

        A bridge that starts again and again must not put off for ever what nobody acknowledges.
        The field has a moment to say that it is over.
        """
        every_s = self._every_s.get(alarm.rule)
        if every_s is None or not _waits(alarm):
            return
        since_ms = alarm.raised_ms if alarm.reminded_ms is None else alarm.reminded_ms
        waited_s = max(0.0, (now_ms - since_ms) / 1000)
        self._wait(alarm, mono_s + max(every_s - waited_s, min(every_s, AFTER_START_S)))

    def _wait(self, alarm: Alarm, due_s: float) -> None:
        self._waits[alarm.id] = (due_s, alarm.reminders)
        heapq.heappush(self._due, (due_s, alarm.id))

    def over(self, mono_s: float) -> list[str]:
        """Return the ids of the alarms to remind of now."""
        found = []
        while self._due and self._due[0][0] <= mono_s:
            due_s, alarm_id = heapq.heappop(self._due)
            if self._waits.get(alarm_id, (None,))[0] == due_s:
                found.append(alarm_id)
        return found

    def due_s(self) -> float | None:
        """Return the monotonic second of the next reminder."""
        return self._due[0][0] if self._due else None


def _waits(alarm: Alarm) -> bool:
    waits = alarm.active and not alarm.acknowledged and not alarm.quiet
    return waits and alarm.reminders < MOST_REMINDERS
