"""The alarms that are not over, by equipment and by severity; those put aside apart."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from backend_bridge.contract.alarms import Alarm, Severity

STALE_MS = 86_400_000
"""An alarm that stands longer than a day is no news any more, but somebody's work (EEMUA 191)."""


@dataclass(frozen=True, slots=True)
class SeverityCount:
    """Count the listed alarms of one severity; ``unacknowledged`` counts NA and RN among them."""

    severity: Severity
    total: int
    unacknowledged: int


def alarm_key(alarm: Alarm) -> tuple[int, bool, bool, int, str]:
    """Return the order of alarms: severity, unacknowledged first, active first, oldest first."""
    return (alarm.severity, alarm.acknowledged, not alarm.active, alarm.raised_ms, alarm.id)


def is_stale(alarm: Alarm, now_ms: int) -> bool:
    """Return whether an alarm has stood for more than a day."""
    return alarm.active and now_ms - alarm.raised_ms > STALE_MS


class Alarms:
    """Hold the listed alarms; one that is over leaves.

    What is shelved, quiet by design or out of service is in :attr:`aside` and nowhere else: no
    list, count, mark or sound knows of it.
    """

    def __init__(self) -> None:
        self.by_id: dict[str, Alarm] = {}
        self.aside: dict[str, Alarm] = {}
        self._by_equipment: dict[str, dict[str, None]] = {}
        self._totals = dict.fromkeys(Severity, 0)
        self._waiting = dict.fromkeys(Severity, 0)
        self._pressing = _First(self.by_id, alarm_key)
        self._oldest = _First(self.by_id, _age_key)

    def __len__(self) -> int:
        return len(self.by_id)

    def __iter__(self) -> Iterator[Alarm]:
        return iter(self.by_id.values())

    def get(self, alarm_id: str) -> Alarm | None:
        """Return one listed alarm."""
        return self.by_id.get(alarm_id)

    def replace(self, alarms: Iterable[Alarm]) -> None:
        """Take a whole new list."""
        for alarm_id in (*self.by_id, *self.aside):
            self._drop(alarm_id)
        for alarm in alarms:
            self.put(alarm)

    def put(self, alarm: Alarm) -> None:
        """Take an alarm's latest state."""
        self._drop(alarm.id)
        if alarm.over:
            return
        if alarm.quiet:
            self.aside[alarm.id] = alarm
            return
        self.by_id[alarm.id] = alarm
        self._by_equipment.setdefault(alarm.equipment_id, {})[alarm.id] = None
        self._totals[alarm.severity] += 1
        if not alarm.acknowledged:
            self._waiting[alarm.severity] += 1
            self._pressing.add(alarm)
            self._oldest.add(alarm)

    def of(self, equipment_id: str) -> list[Alarm]:
        """Return one equipment's listed alarms, most pressing first."""
        ids = self._by_equipment.get(equipment_id, {})
        return sorted((self.by_id[alarm_id] for alarm_id in ids), key=alarm_key)

    def worst(self, equipment_id: str) -> Alarm | None:
        """Return the alarm whose mark an equipment wears, ``None`` for none."""
        ids = self._by_equipment.get(equipment_id)
        if not ids:
            return None
        return min((self.by_id[alarm_id] for alarm_id in ids), key=alarm_key)

    def equipment_ids(self) -> Iterable[str]:
        """Return the equipment that has a listed alarm."""
        return self._by_equipment.keys()

    def ordered(self) -> list[Alarm]:
        """Return all listed alarms, most pressing first."""
        return sorted(self.by_id.values(), key=alarm_key)

    def highest(self) -> Alarm | None:
        """Return the most pressing alarm nobody acknowledged, ``None`` for none."""
        return self._pressing.first()

    def oldest_waiting(self) -> Alarm | None:
        """Return the alarm that waits longest for somebody to acknowledge it."""
        return self._oldest.first()

    def waiting(self, severity: Severity) -> int:
        """Count the alarms of one severity that nobody acknowledged."""
        return self._waiting[severity]

    def counts(self) -> tuple[SeverityCount, ...]:
        """Return the counts of all four severities, urgent first."""
        return tuple(
            SeverityCount(item, self._totals[item], self._waiting[item]) for item in Severity
        )

    def _drop(self, alarm_id: str) -> None:
        self.aside.pop(alarm_id, None)
        old = self.by_id.pop(alarm_id, None)
        if old is None:
            return
        self._totals[old.severity] -= 1
        self._waiting[old.severity] -= not old.acknowledged
        ids = self._by_equipment[old.equipment_id]
        del ids[alarm_id]
        if not ids:
            del self._by_equipment[old.equipment_id]


def _age_key(alarm: Alarm) -> tuple[int, str]:
    return (alarm.raised_ms, alarm.id)


class _First:
    """Know the first unacknowledged alarm of an order without walking through all of them."""

    def __init__(
        self, listed: dict[str, Alarm], key: Callable[[Alarm], tuple[object, ...]]
    ) -> None:
        self._listed = listed
        self._key = key
        self._heap: list[tuple[tuple[object, ...], str]] = []

    def add(self, alarm: Alarm) -> None:
        if len(self._heap) > 2 * len(self._listed) + 100:
            fresh = (item for item in self._listed.values() if not item.acknowledged)
            self._heap = [(self._key(item), item.id) for item in fresh]
            heapq.heapify(self._heap)
        else:
            heapq.heappush(self._heap, (self._key(alarm), alarm.id))

    def first(self) -> Alarm | None:
        while self._heap:
            key, alarm_id = self._heap[0]
            alarm = self._listed.get(alarm_id)
            if alarm is not None and not alarm.acknowledged and self._key(alarm) == key:
                return alarm
            heapq.heappop(self._heap)
        return None
