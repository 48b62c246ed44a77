"""The journal: what happened, in the order it was committed, by whom and from which seat."""

from __future__ import annotations

import enum
from collections.abc import Collection

import msgspec

from backend_bridge.contract.alarms import Alarm, AlarmChange
from backend_bridge.contract.circuits import KIND as CIRCUIT_KIND
from backend_bridge.contract.circuits import CircuitChange, CircuitMark
from backend_bridge.contract.commands import CommandRecord
from backend_bridge.contract.incidents import Incident, IncidentChange
from backend_bridge.contract.points import ServiceMark
from backend_bridge.contract.rights import allows


class SessionChange(enum.StrEnum):
    """Say what happened to a session."""

    SIGNED_IN = "signed_in"
    SIGN_IN_REFUSED = "sign_in_refused"
    SIGNED_OUT = "signed_out"
    REVOKED = "revoked"
    LOST = "lost"


class StreamChange(enum.StrEnum):
    """Say what happened to a person's leave to watch a camera."""

    OPENED = "opened"
    RELEASED = "released"
    EXPIRED = "expired"
    REVOKED = "revoked"
    """Ended by the bridge: the camera went out of service, or the right to it went away."""


class SystemChange(enum.StrEnum):
    """Say what happened to the bridge itself."""

    STARTED = "started"
    STOPPED = "stopped"
    CLOCK_JUMPED = "clock_jumped"
    DISK_FULL = "disk_full"
    DISK_BACK = "disk_back"


class AlarmEvent(msgspec.Struct, frozen=True, kw_only=True, tag="alarm"):
    """An alarm changed; ``alarm`` is its whole state after the change."""

    change: AlarmChange
    alarm: Alarm


class IncidentEvent(msgspec.Struct, frozen=True, kw_only=True, tag="incident"):
    """An incident changed; ``incident`` is its whole state after, ``text`` what a person wrote."""

    change: IncidentChange
    incident: Incident
    text: str = ""


class CommandEvent(msgspec.Struct, frozen=True, kw_only=True, tag="command"):
    """A command's outcome changed."""

    command: CommandRecord


class ServiceEvent(msgspec.Struct, frozen=True, kw_only=True, tag="service"):
    """An equipment was disabled, put in maintenance, or back in service."""

    mark: ServiceMark
    equipment_kind: str


class CircuitEvent(msgspec.Struct, frozen=True, kw_only=True, tag="circuit"):
    """Somebody said something of a plough circuit; ``mark`` is its whole state after."""

    change: CircuitChange
    mark: CircuitMark


class SessionEvent(msgspec.Struct, frozen=True, kw_only=True, tag="session"):
    """Somebody came, went or was refused; ``console`` is the name of the console's key."""

    change: SessionChange
    console: str


class StreamEvent(msgspec.Struct, frozen=True, kw_only=True, tag="stream"):
    """Somebody began or ceased to watch a camera; ``ticket`` joins the two entries."""

    change: StreamChange
    equipment_id: str
    ticket: str
    console: str


class SystemEvent(msgspec.Struct, frozen=True, kw_only=True, tag="system"):
    """The bridge says something about itself; ``detail`` is for its maintainers."""

    change: SystemChange
    detail: str = ""


Event = (
    AlarmEvent
    | IncidentEvent
    | CommandEvent
    | ServiceEvent
    | CircuitEvent
    | SessionEvent
    | StreamEvent
    | SystemEvent
)


class JournalEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One committed entry: sequence, time, author and event.

    ``user`` is ``"bridge"`` and ``seat`` empty when the bridge acted by itself.
    """

    seq: int
    at_ms: int
    user: str
    seat: str
    event: Event


def event_kind(event: Event) -> str:
    """Return the equipment kind an event speaks of, empty when it speaks of none."""
    match event:
        case AlarmEvent():
            return event.alarm.equipment_kind
        case IncidentEvent():
            return event.incident.equipment_kind
        case CommandEvent():
            return event.command.equipment_kind
        case ServiceEvent():
            return event.equipment_kind
        case CircuitEvent():
            return CIRCUIT_KIND
        case _:
            return ""


def may_see(rights: Collection[str], event: Event) -> bool:
    """Return whether whoever holds ``rights`` may be sent an event.

    What concerns an equipment kind needs ``view`` of it. Who came and went (sessions) and who
    watched which camera (streams) is personal data: it needs ``configure``. What the bridge says of
    itself needs any ``view``.
    """
    action = "configure" if isinstance(event, SessionEvent | StreamEvent) else "view"
    return allows(rights, action, event_kind(event))
