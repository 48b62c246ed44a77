"""What happens to an incident, as pure functions on frozen data; each makes the next version."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from backend_bridge.contract.alarms import Alarm, Severity
from backend_bridge.contract.incidents import Incident, IncidentState
from backend_bridge.contract.points import Equipment
from backend_bridge.services.incidents.kinds import IncidentKind

MOST_ALARMS = 500
"""Alarms one incident gathers; it travels whole with every entry about it."""


def opened(
    kind: IncidentKind, number: int, alarm: Alarm, equipment: Equipment, *, place: str, now_ms: int
) -> Incident:
    """Return a new incident, version 1."""
    return Incident(
        id=f"INC-{number:04d}",
        kind=kind.key,
        version=1,
        state=IncidentState.NEW,
        severity=alarm.severity,
        equipment_id=equipment.id,
        equipment_kind=equipment.kind,
        trade=kind.trade,
        place=place,
        commune=equipment.commune,
        lon=equipment.lon,
        lat=equipment.lat,
        opened_ms=now_ms,
        changed_ms=now_ms,
        alarm_ids=(alarm.id,),
        limit_s=kind.limit_s,
    )


def joined(incident: Incident, alarms: Sequence[Alarm], now_ms: int) -> Incident:
    """Return the incident with further or newly active alarms: what was resolved no longer is."""
    known = set(incident.alarm_ids)
    new = tuple(dict.fromkeys(alarm.id for alarm in alarms if alarm.id not in known))
    worst = min([incident.severity, *(alarm.severity for alarm in alarms)])
    state = incident.state
    if any(alarm.active for alarm in alarms):
        state = unresolved(incident)
    return _next(
        incident,
        now_ms,
        state=state,
        severity=Severity(worst),
        alarm_ids=(*incident.alarm_ids, *new),
    )


def alarms_returned(incident: Incident, now_ms: int, *, still_active: bool) -> Incident:
    """Return the incident after alarms of it returned: resolved once none is active."""
    state = unresolved(incident) if still_active else IncidentState.RESOLVED
    return _next(incident, now_ms, state=state)


def taken(incident: Incident, user: str, seat: str, now_ms: int) -> Incident:
    """Return the incident with its owner."""
    new = incident.state is IncidentState.NEW
    state = IncidentState.QUALIFIED if new else incident.state
    return _next(incident, now_ms, state=state, owner=user, owner_seat=seat)


def relieved(incident: Incident, user: str, seat: str, now_ms: int) -> Incident:
    """Return the incident with another owner: the one before was relieved."""
    return _next(incident, now_ms, owner=user, owner_seat=seat)


def assigned(incident: Incident, unit: str, now_ms: int) -> Incident:
    """Return the incident given to a crew or unit; a resolved one stays resolved."""
    resolved = incident.state is IncidentState.RESOLVED
    state = IncidentState.RESOLVED if resolved else IncidentState.DISPATCHED
    return _next(incident, now_ms, state=state, assigned_to=unit)


def commented(incident: Incident, now_ms: int) -> Incident:
    """Return the incident with one more comment in its log."""
    return _next(incident, now_ms, comments=incident.comments + 1)


def closed(incident: Incident, now_ms: int) -> Incident:
    """Return the closed incident."""
    return _next(incident, now_ms, state=IncidentState.CLOSED, closed_ms=now_ms)


def reopened(incident: Incident, now_ms: int) -> Incident:
    """Return the incident open again: new, so that somebody takes it."""
    return _next(
        incident,
        now_ms,
        state=IncidentState.NEW,
        owner="",
        owner_seat="",
        assigned_to="",
        closed_ms=None,
    )


def unresolved(incident: Incident) -> IncidentState:
    """Return the state of an incident whose cause is not gone, from who works on it."""
    if incident.state is IncidentState.CLOSED:
        return IncidentState.CLOSED
    if incident.assigned_to:
        return IncidentState.DISPATCHED
    return IncidentState.QUALIFIED if incident.owner else IncidentState.NEW


def _next(incident: Incident, now_ms: int, **changes: Any) -> Incident:  # noqa: ANN401 - fields of Incident
    return msgspec.structs.replace(
        incident, version=incident.version + 1, changed_ms=now_ms, **changes
    )
