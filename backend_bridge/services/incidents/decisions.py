"""What people may do to an incident: one pure decision a request, with every refusal in words."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.incidents import Incident, IncidentChange, IncidentState
from backend_bridge.contract.requests import (
    AssignIncident,
    CloseIncident,
    CommentIncident,
    ReopenIncident,
    TakeIncident,
)
from backend_bridge.core.requests import Caller
from backend_bridge.services.incidents import engine

LONGEST_TEXT = 4_000
"""Characters in one line of the log."""
LONGEST_NAME = 200
"""Characters in the name of a crew or in the key of a comment."""


class RelieveIncident(msgspec.Struct, frozen=True, kw_only=True):
    """Take an incident over from the owner this person relieves; asked by a hand-over only."""

    incident_id: str
    owner: str


IncidentRequest = (
    TakeIncident
    | AssignIncident
    | CommentIncident
    | CloseIncident
    | ReopenIncident
    | RelieveIncident
)


class Facing(NamedTuple):
    """What a decision looks at besides the incident and the request.

    Attributes:
        now_ms: UTC ms.
        has_active: one of the incident's alarms is active.
        reopen_s: seconds after its closing within which an incident may be opened again.
        sector: where the incident's equipment stands, empty for none.
    """

    now_ms: int
    has_active: bool
    reopen_s: float
    sector: str = ""


class Decision(NamedTuple):
    """A change to commit; ``key`` makes it idempotent when not empty."""

    change: IncidentChange
    after: Incident
    text: str = ""
    key: str = ""


def decide(
    caller: Caller, incident: Incident, request: IncidentRequest, facing: Facing
) -> Decision | None:
    """Return the change a request makes, ``None`` when it is so already.

    Raises:
        RequestError: refused: rights, an older version, another owner, a wrong text or state.
    """
    caller.require("manage", incident.equipment_kind, facing.sector)
    match request:
        case CommentIncident():
            return _comment(caller, incident, request, facing)
        case TakeIncident():
            return _take(caller, incident, request, facing)
        case AssignIncident():
            return _assign(caller, incident, request, facing)
        case CloseIncident():
            return _close(caller, incident, request, facing)
        case ReopenIncident():
            return _reopen(incident, request, facing)
        case RelieveIncident():
            return _relieve(caller, incident, request, facing)


def refusal(code: ErrorCode, reason: str, **params: str | float) -> RequestError:
    """Return a refusal with the text ``error.incident.<reason>``."""
    return RequestError(code, f"error.incident.{reason}", params)


def _comment(
    caller: Caller, incident: Incident, request: CommentIncident, facing: Facing
) -> Decision:
    _check_text(request.text)
    if not request.text.strip():
        raise refusal(ErrorCode.BAD_REQUEST, "comment_empty")
    if not 1 <= len(request.key) <= LONGEST_NAME:
        raise refusal(ErrorCode.BAD_REQUEST, "comment_key")
    after = engine.commented(incident, facing.now_ms)
    key = f"comment/{incident.id}/{caller.user}/{request.key}"
    return Decision(IncidentChange.COMMENTED, after, request.text, key)


def _take(
    caller: Caller, incident: Incident, request: TakeIncident, facing: Facing
) -> Decision | None:
    _refuse_closed(incident)
    if incident.owner == caller.user and incident.owner_seat == caller.seat:
        return None
    if incident.owner not in ("", caller.user):
        raise refusal(
            ErrorCode.CONFLICT,
            "already_taken",
            incident=incident.id,
            owner=incident.owner,
            seat=incident.owner_seat,
        )
    _check_version(incident, request.version)
    after = engine.taken(incident, caller.user, caller.seat, facing.now_ms)
    return Decision(IncidentChange.TAKEN, after)


def _assign(
    caller: Caller, incident: Incident, request: AssignIncident, facing: Facing
) -> Decision:
    _refuse_closed(incident)
    unit = request.assigned_to.strip()
    if not 1 <= len(unit) <= LONGEST_NAME:
        raise refusal(ErrorCode.BAD_REQUEST, "assigned_to", limit=LONGEST_NAME)
    _check_owner(caller, incident, facing.sector)
    _check_version(incident, request.version)
    return Decision(IncidentChange.ASSIGNED, engine.assigned(incident, unit, facing.now_ms), unit)


def _close(caller: Caller, incident: Incident, request: CloseIncident, facing: Facing) -> Decision:
    _refuse_closed(incident)
    _check_text(request.text)
    _check_owner(caller, incident, facing.sector)
    _check_version(incident, request.version)
    if facing.has_active:
        raise refusal(ErrorCode.REFUSED, "alarm_active", incident=incident.id)
    return Decision(IncidentChange.CLOSED, engine.closed(incident, facing.now_ms), request.text)


def _reopen(incident: Incident, request: ReopenIncident, facing: Facing) -> Decision:
    if incident.state is not IncidentState.CLOSED:
        raise refusal(ErrorCode.CONFLICT, "not_closed", incident=incident.id)
    _check_text(request.text)
    _check_version(incident, request.version)
    if facing.now_ms - (incident.closed_ms or 0) > facing.reopen_s * 1000:
        raise refusal(
            ErrorCode.REFUSED, "too_old", incident=incident.id, hours=round(facing.reopen_s / 3600)
        )
    return Decision(IncidentChange.REOPENED, engine.reopened(incident, facing.now_ms), request.text)


def _relieve(
    caller: Caller, incident: Incident, request: RelieveIncident, facing: Facing
) -> Decision:
    _refuse_closed(incident)
    if incident.owner != request.owner:
        raise refusal(
            ErrorCode.CONFLICT,
            "not_owner",
            incident=incident.id,
            owner=incident.owner,
            seat=incident.owner_seat,
        )
    after = engine.relieved(incident, caller.user, caller.seat, facing.now_ms)
    return Decision(IncidentChange.HANDED_OVER, after, request.owner)


def _refuse_closed(incident: Incident) -> None:
    if incident.state is IncidentState.CLOSED:
        raise refusal(ErrorCode.CONFLICT, "closed", incident=incident.id)


def _check_version(incident: Incident, version: int) -> None:
    if version != incident.version:
        raise refusal(
            ErrorCode.CONFLICT,
            "changed",
            incident=incident.id,
            seen=version,
            now=incident.version,
        )


def _check_owner(caller: Caller, incident: Incident, sector: str) -> None:
    """Refuse to work on somebody else's incident; who configures the kind arbitrates."""
    if incident.owner in ("", caller.user):
        return
    if not caller.holds("configure", incident.equipment_kind, sector):
        raise refusal(
            ErrorCode.CONFLICT,
            "not_owner",
            incident=incident.id,
            owner=incident.owner,
            seat=incident.owner_seat,
        )


def _check_text(text: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise refusal(ErrorCode.BAD_REQUEST, "text_too_long", length=len(text), limit=LONGEST_TEXT)
