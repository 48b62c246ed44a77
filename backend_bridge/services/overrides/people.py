"""What people may do with an override: pure rules."""

from __future__ import annotations

from msgspec.structs import replace

from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.journal import SessionChange
from backend_bridge.contract.order_requests import ExtendOverride
from backend_bridge.contract.overrides import Override, OverrideState
from backend_bridge.contract.points import PointDef
from backend_bridge.core.requests import Caller
from backend_bridge.services.actor import BRIDGE_USER

LONGEST_REASON = 500
LEAVES = (
    SessionChange.SIGNED_OUT,
    SessionChange.REVOKED,
    SessionChange.LOST,
    SessionChange.HANDED_OVER,
)
"""After these nobody takes anything back in a person's name."""


def returning_caller(override: Override, person: Caller | None) -> Caller:
    """Return as whom an override is taken back; its owner may always do so."""
    rights = frozenset({f"{action}:{override.equipment_kind}" for action in ("view", "operate")})
    if person is None:
        return Caller(user=BRIDGE_USER, seat="", console="", session="", rights=rights)
    if person.user == override.owner:
        return replace(person, rights=person.rights | rights)
    return person


def check_end(caller: Caller, override: Override, sector: str) -> None:
    """Refuse to end an override that is not theirs, or whose own command still goes on.

    Raises:
        RequestError: ``refused`` or ``conflict``.
    """
    _check_theirs(caller, override, sector)
    if override.state is OverrideState.PENDING:
        raise RequestError(ErrorCode.CONFLICT, "error.override.pending")


def check_extend(
    caller: Caller,
    override: Override,
    request: ExtendOverride,
    *,
    sector: str,
    point: PointDef | None,
    now_ms: int,
) -> None:
    """Refuse an extension that is not theirs, has no reason, or goes too far.

    Raises:
        RequestError: ``refused``, ``conflict`` or ``bad_request``.
    """
    _check_theirs(caller, override, sector)
    if override.state is not OverrideState.ACTIVE:
        raise RequestError(ErrorCode.CONFLICT, "error.override.not_active")
    if not request.reason.strip() or len(request.reason) > LONGEST_REASON:
        raise RequestError(
            ErrorCode.BAD_REQUEST, "error.override.reason", {"limit": LONGEST_REASON}
        )
    if point is None or point.commanding is None:
        raise RequestError(ErrorCode.CONFLICT, "error.override.no_point")
    if request.until_ms <= now_ms:
        raise RequestError(ErrorCode.BAD_REQUEST, "error.override.end_past")
    longest_s = point.commanding.longest_s
    began_ms = min(override.since_ms, now_ms)  # the clock may have been put back since
    if request.until_ms - began_ms > longest_s * 1000:
        minutes = round(longest_s / 60)
        raise RequestError(ErrorCode.BAD_REQUEST, "error.override.end_far", {"minutes": minutes})


def _check_theirs(caller: Caller, override: Override, sector: str) -> None:
    if caller.user == override.owner:
        return
    if not caller.holds("view", override.equipment_kind, sector):
        raise no_longer_there()
    caller.require("operate", override.equipment_kind, sector)


def no_longer_there() -> RequestError:
    """Return what is said of an override that is over, never was, or is not to be seen."""
    return RequestError(ErrorCode.CONFLICT, "error.override.over")
