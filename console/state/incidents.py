"""The incidents and their queue: severity, then unacknowledged, then age."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from backend_bridge.contract.alarms import Alarm
from backend_bridge.contract.incidents import Incident, IncidentState
from console.state.alarms import Alarms

CLOSED_KEPT = 200
"""Closed incidents kept at hand to be looked at and opened again; the bridge has them all."""
_CLOSED = IncidentState.CLOSED
_CLOSED_RANK = 64
_LAST_MS = 2**44 - 1
"""In the year 2527."""


class Incidents:
    """Hold the open incidents and the most recently closed ones."""

    def __init__(self) -> None:
        self.by_id: dict[str, Incident] = {}
        self._of_alarm: dict[str, str] = {}
        self._of_equipment: dict[str, dict[str, None]] = {}
        self._closed: deque[str] = deque()

    def __len__(self) -> int:
        return len(self.by_id)

    def __iter__(self) -> Iterator[Incident]:
        return iter(self.by_id.values())

    def get(self, incident_id: str) -> Incident | None:
        """Return one incident, ``None`` when it is not at hand."""
        return self.by_id.get(incident_id)

    def replace(self, incidents: Iterable[Incident]) -> None:
        """Take a whole new list."""
        self.by_id = {}
        self._of_alarm = {}
        self._of_equipment = {}
        self._closed = deque()
        for incident in incidents:
            self.put(incident)

    def put(self, incident: Incident) -> list[str]:
        """Take an incident's latest state; an older version than the one held changes nothing.

        Returns:
            Ids of closed incidents that had to leave to make room.
        """
        held = self.by_id.get(incident.id)
        if held is not None and held.version > incident.version:
            return []
        if held is not None and held.equipment_id != incident.equipment_id:
            self._of_equipment[held.equipment_id].pop(held.id, None)
        self.by_id[incident.id] = incident
        self._of_equipment.setdefault(incident.equipment_id, {})[incident.id] = None
        for alarm_id in incident.alarm_ids:
            self._of_alarm[alarm_id] = incident.id
        was_closed = held is not None and held.state is IncidentState.CLOSED
        closed = incident.state is IncidentState.CLOSED
        if closed and not was_closed:
            self._closed.append(incident.id)
        elif was_closed and not closed:
            self._closed.remove(incident.id)
        left = []
        while len(self._closed) > CLOSED_KEPT:
            gone = self._closed.popleft()
            closed_one = self.by_id.pop(gone)
            self._of_equipment[closed_one.equipment_id].pop(gone, None)
            for alarm_id in closed_one.alarm_ids:
                self._of_alarm.pop(alarm_id, None)
            left.append(gone)
        return left

    def of_alarm(self, alarm_id: str) -> str | None:
        """Return the incident an alarm is gathered under."""
        return self._of_alarm.get(alarm_id)

    def of_equipment(self, equipment_id: str) -> list[Incident]:
        """Return the incidents at hand that are about one equipment, in the order they came."""
        return [self.by_id[one] for one in self._of_equipment.get(equipment_id, ())]

    def alarms_of(self, incident: Incident, alarms: Alarms) -> list[Alarm]:
        """Return the incident's alarms that are still listed, in the order they joined."""
        found = (alarms.get(alarm_id) for alarm_id in incident.alarm_ids)
        return [alarm for alarm in found if alarm is not None]

    def queue_key(self, incident: Incident, alarms: Alarms) -> float:
        """Return the incident's place in the queue: open, severity, unacknowledged, oldest.

        One number, because a list of numbers sorts in half the time of a list of tuples; whole,
        and below 2**51, so that a float holds it exactly.
        """
        listed = alarms.by_id
        rank = 2 * incident.severity + 1
        for alarm_id in incident.alarm_ids:
            alarm = listed.get(alarm_id)
            if alarm is not None and not alarm.acknowledged:
                rank -= 1
                break
        if incident.state is _CLOSED:
            rank += _CLOSED_RANK
        opened_ms = incident.opened_ms
        if not 0 <= opened_ms <= _LAST_MS:  # a wild clock still has its place
            opened_ms = min(max(opened_ms, 0), _LAST_MS)
        return float(rank * (_LAST_MS + 1) + opened_ms)
