"""What is said in words on the map: the incidents most pressing, how much is chosen; plain JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import islice
from typing import Any

from backend_bridge.contract.alarms import AlarmState
from backend_bridge.contract.incidents import Incident, IncidentState
from console.panels.spec import Translate
from console.state.change import Change
from console.state.selection import Selection
from console.state.sorted_index import SortedIndex
from console.state.world import World

INCIDENTS_SENT = 40
"""The page writes a few of them out, those in view; all of them are marks."""


class Overlay:
    """Keep the open incidents in the queue's order, and write the first of them down."""

    def __init__(self, world: World, text: Translate) -> None:
        self._world = world
        self._text = text
        self._order = SortedIndex()
        self.rebuild()

    def rebuild(self) -> None:
        """Read all incidents again."""
        key, alarms = self._world.incidents.queue_key, self._world.alarms
        self._order.take(
            sorted((key(item, alarms), item.id) for item in self._world.incidents if _open(item))
        )

    def note(self, change: Change) -> None:
        """Take what a change did to incidents."""
        if change.situation:
            self.rebuild()
            return
        for incident_id in change.incidents:
            incident = self._world.incidents.get(incident_id)
            if incident is not None and _open(incident):
                key = self._world.incidents.queue_key(incident, self._world.alarms)
                self._order.put(incident_id, key)
            else:
                self._order.remove(incident_id)

    def encode(self, selection: Selection, circuits: Mapping[str, Any]) -> bytes:
        """Return the overlay as the page reads it.

        ``{"incidents": [{id, lon, lat, severity, title, line}], "incident": id or null,
        "chosen": number of chosen equipment, "circuits": {revision, looks, chosen}}``, incidents
        most pressing first.
        """
        known = map(self._world.incidents.get, islice(self._order, INCIDENTS_SENT))
        message: dict[str, Any] = {
            "incidents": [self._incident(item) for item in known if item is not None],
            "incident": selection.incident_id,
            "chosen": len(selection.equipment_ids),
            "circuits": circuits,
        }
        return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()

    def _incident(self, incident: Incident) -> dict[str, Any]:
        text = self._text
        alarms = self._world.incidents.alarms_of(incident, self._world.alarms)
        children = sum(alarm.children for alarm in alarms)
        parts = [incident.equipment_id] if incident.equipment_id else []
        if children:
            key = "map.incident.children.one" if children == 1 else "map.incident.children.other"
            parts.append(text(key, count=children))
        if any(alarm.state is AlarmState.RETURNED for alarm in alarms) or (
            incident.state is IncidentState.RESOLVED
        ):
            parts.append(text("map.incident.returned"))
        if incident.assigned_to:
            parts.append(text("map.incident.assigned", to=incident.assigned_to))
        elif incident.owner:
            parts.append(text("map.incident.owned", owner=incident.owner))
        else:
            parts.append(text("map.incident.free"))
        return {
            "id": incident.id,
            "lon": incident.lon,
            "lat": incident.lat,
            "severity": int(incident.severity),
            "title": text(f"incident.{incident.kind}.title"),
            "line": " · ".join(parts),
        }


def _open(incident: Incident) -> bool:
    return incident.state is not IncidentState.CLOSED
