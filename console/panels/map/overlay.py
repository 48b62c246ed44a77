"""What is few on the map and must be seen: alarms, incidents, the selection, as plain JSON."""

from __future__ import annotations

import json
from typing import Any

from backend_bridge.contract.alarms import AlarmState
from backend_bridge.contract.incidents import Incident, IncidentState
from console.panels.map.layout import MapLayout
from console.panels.spec import Translate
from console.state.alarms import alarm_key
from console.state.selection import Selection
from console.state.world import World

ALARMS_SENT = 1_000
"""Most pressing alarms sent to the page; a flood beyond that is one picture anyway."""
INCIDENTS_SENT = 40


def encode_overlay(world: World, selection: Selection, layout: MapLayout, text: Translate) -> bytes:
    """Return the overlay as the page reads it.

    ``{"alarms": [[position, severity, state, children]], "incidents": [{id, lon, lat, severity,
    title, line}], "selection": [position], "incident": id or null}``, alarms and incidents most
    pressing first; one alarm at most for each place.
    """
    positions = [layout.position_of.get(key) for key in selection.equipment_ids]
    message: dict[str, Any] = {
        "alarms": _alarms(world, layout),
        "incidents": [
            _incident(world, incident, text) for incident in _open_incidents(world)[:INCIDENTS_SENT]
        ],
        "selection": [position for position in positions if position is not None],
        "incident": selection.incident_id,
    }
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()


def _alarms(world: World, layout: MapLayout) -> list[list[int | str]]:
    worst: dict[int, list[int | str]] = {}
    for alarm in sorted(world.alarms, key=alarm_key):
        position = layout.position_of.get(alarm.equipment_id)
        if position is None or position in worst:
            continue
        worst[position] = [position, int(alarm.severity), alarm.state.value, alarm.children]
        if len(worst) >= ALARMS_SENT:
            break
    return list(worst.values())


def _open_incidents(world: World) -> list[Incident]:
    found = [item for item in world.incidents if item.state is not IncidentState.CLOSED]
    return sorted(found, key=lambda item: world.incidents.queue_key(item, world.alarms))


def _incident(world: World, incident: Incident, text: Translate) -> dict[str, Any]:
    alarms = world.incidents.alarms_of(incident, world.alarms)
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
