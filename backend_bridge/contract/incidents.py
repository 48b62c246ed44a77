"""Incidents: what the room works on, whatever opened them."""

from __future__ import annotations

import enum

import msgspec

from backend_bridge.contract.alarms import Severity


class IncidentState(enum.StrEnum):
    """Follow an incident from its opening to its end."""

    NEW = "new"
    QUALIFIED = "qualified"
    """Somebody owns it and has looked."""
    DISPATCHED = "dispatched"
    """A crew or unit is assigned."""
    RESOLVED = "resolved"
    """The cause is gone; the owner has not closed it yet."""
    CLOSED = "closed"


class IncidentChange(enum.StrEnum):
    """Say what happened to an incident."""

    OPENED = "opened"
    ALARM_JOINED = "alarm_joined"
    ALARM_RETURNED = "alarm_returned"
    TAKEN = "taken"
    ASSIGNED = "assigned"
    COMMENTED = "commented"
    CLOSED = "closed"
    REOPENED = "reopened"
    HANDED_OVER = "handed_over"
    """Its owner was relieved; ``text`` of the event names the owner before."""


class Incident(msgspec.Struct, frozen=True, kw_only=True):
    """Hold one incident as it stands after its last journal entry.

    Attributes:
        id: ``INC-<number>``, unique for ever.
        kind: key of its type; the title is the text ``incident.<kind>.title``.
        version: grows by one at each change; a request that names an older one is a conflict.
        owner: user who took it, empty while nobody has; ``owner_seat`` where from.
        assigned_to: crew or unit it was given to, empty for none.
        alarm_ids: alarms gathered under it.
        limit_s: seconds from opening within which it must be closed, from its kind.
        comments: count of comments in its log.
    """

    id: str
    kind: str
    version: int
    state: IncidentState
    severity: Severity
    equipment_id: str
    equipment_kind: str
    trade: str
    place: str
    commune: str
    lon: float
    lat: float
    opened_ms: int
    changed_ms: int
    owner: str = ""
    owner_seat: str = ""
    assigned_to: str = ""
    alarm_ids: tuple[str, ...] = ()
    comments: int = 0
    limit_s: int | None = None
    closed_ms: int | None = None
