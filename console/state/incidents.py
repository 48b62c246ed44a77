"""The incidents and their queue: severity, then unacknowledged, then age."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from backend_bridge.contract.alarms import Alarm
from backend_bridge.contract.incidents import Incident, IncidentState
from console.state.alarms import Alarms
from console.state.sorted_index import Key

CLOSED_KEPT = 200
"""Closed incidents kept at hand to be looked at and opened again; the bridge has them all."""


class Incidents:
    """Hold the open incidents and the most recently closed ones."""

    def __init__(self) -> None:
        self.by_id: dict[str, Incident] = {}
        self._of_alarm: dict[str, str] = {}
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
        self.by_id[incident.id] = incident
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
            for alarm_id in self.by_id.pop(gone).alarm_ids:
                self._of_alarm.pop(alarm_id, None)
            left.append(gone)
        return left

    def of_alarm(self, alarm_id: str) -> str | None:
        """Return the incident an alarm is gathered under."""
        return self._of_alarm.get(alarm_id)

    def alarms_of(self, incident: Incident, alarms: Alarms) -> list[Alarm]:
        """Return the incident's alarms that are still listed, in the order they joined."""
        found = (alarms.get(alarm_id) for alarm_id in incident.alarm_ids)
        return [alarm for alarm in found if alarm is not None]

    def queue_key(self, incident: Incident, alarms: Alarms) -> Key:
        """Return the incident's place in the queue: open, severity, unacknowledged, oldest."""
        listed = alarms.by_id
        waiting = False
        for alarm_id in incident.alarm_ids:
            alarm = listed.get(alarm_id)
            if alarm is not None and not alarm.acknowledged:
                waiting = True
                break
        closed = incident.state is IncidentState.CLOSED
        return (closed, int(incident.severity), not waiting, incident.opened_ms)
