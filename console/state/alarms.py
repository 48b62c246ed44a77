"""The alarms that are not over, by equipment and by severity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from backend_bridge.contract.alarms import Alarm, AlarmState, Severity


@dataclass(frozen=True, slots=True)
class SeverityCount:
    """Count the listed alarms of one severity; ``unacknowledged`` counts NA and RN among them."""

    severity: Severity
    total: int
    unacknowledged: int


def alarm_key(alarm: Alarm) -> tuple[int, bool, bool, int, str]:
    """Return the order of alarms: severity, unacknowledged first, active first, oldest first."""
    return (alarm.severity, alarm.acknowledged, not alarm.active, alarm.raised_ms, alarm.id)


class Alarms:
    """Hold the listed alarms; one that is back to normal and acknowledged leaves."""

    def __init__(self) -> None:
        self.by_id: dict[str, Alarm] = {}
        self._by_equipment: dict[str, dict[str, None]] = {}

    def __len__(self) -> int:
        return len(self.by_id)

    def __iter__(self) -> Iterator[Alarm]:
        return iter(self.by_id.values())

    def get(self, alarm_id: str) -> Alarm | None:
        """Return one listed alarm."""
        return self.by_id.get(alarm_id)

    def replace(self, alarms: Iterable[Alarm]) -> None:
        """Take a whole new list."""
        self.by_id = {}
        self._by_equipment = {}
        for alarm in alarms:
            self.put(alarm)

    def put(self, alarm: Alarm) -> None:
        """Take an alarm's latest state."""
        if alarm.state is AlarmState.NORMAL:
            self.by_id.pop(alarm.id, None)
            ids = self._by_equipment.get(alarm.equipment_id)
            if ids is not None:
                ids.pop(alarm.id, None)
                if not ids:
                    del self._by_equipment[alarm.equipment_id]
            return
        self.by_id[alarm.id] = alarm
        self._by_equipment.setdefault(alarm.equipment_id, {})[alarm.id] = None

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

    def counts(self) -> tuple[SeverityCount, ...]:
        """Return the counts of all four severities, urgent first."""
        total = dict.fromkeys(Severity, 0)
        waiting = dict.fromkeys(Severity, 0)
        for alarm in self.by_id.values():
            total[alarm.severity] += 1
            waiting[alarm.severity] += not alarm.acknowledged
        return tuple(SeverityCount(item, total[item], waiting[item]) for item in Severity)
