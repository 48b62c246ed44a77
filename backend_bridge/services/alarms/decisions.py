"""What people may do with an alarm: acknowledge it, put it aside for a while, take it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from backend_bridge.contract.alarms import Alarm, AlarmChange, Shelf
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.services.alarms import moves
from backend_bridge.services.alarms.rules import Rule

LONGEST_REASON = 500
LONGEST_OUT_S = 365 * 86_400.0
"""An alarm is out of service for a year at most; whoever wants it gone changes the rules."""


class Decision(NamedTuple):
    """What a request makes of an alarm; without changes it was so already."""

    alarm: Alarm
    changes: tuple[AlarmChange, ...] = ()


def acknowledge(alarm: Alarm, user: str, now_ms: int) -> Decision:
    """Return an alarm as somebody saw it."""
    if alarm.acknowledged:
        return Decision(alarm)
    return Decision(moves.acknowledged(alarm, user, now_ms), (AlarmChange.ACKNOWLEDGED,))


def shelve(alarm: Alarm, rule: Rule | None, shelf: Shelf) -> Decision:
    """Return an alarm put aside; one that is aside already gets the new end and reason.

    Raises:
        RequestError: no reason, an end that is past or farther than the rule allows, or the alarm
            is out of service.
    """
    if alarm.taken_out is not None:
        raise RequestError(ErrorCode.CONFLICT, "error.alarm.out_of_service", {"alarm": alarm.id})
    _check(shelf, rule.longest_shelf_s if rule is not None else 0.0, "error.alarm.shelf_too_long")
    return Decision(moves.shelved(alarm, shelf), (AlarmChange.SHELVED,))


def unshelve(alarm: Alarm) -> Decision:
    """Return an alarm taken down from the shelf.

    Raises:
        RequestError: it is not on it.
    """
    if alarm.shelf is None:
        raise RequestError(ErrorCode.CONFLICT, "error.alarm.not_shelved", {"alarm": alarm.id})
    return Decision(moves.unshelved(alarm), (AlarmChange.UNSHELVED,))


def take_out(
    alarm: Alarm | None,
    rule: Rule,
    equipment_id: str,
    kind: str,
    until: Shelf,
    *,
    next_number: Callable[[], int],
) -> Decision:
    """Return the alarm of a rule on an equipment, out of service.

    Raises:
        RequestError: no reason, or an end that is past or too far.
    """
    _check(until, LONGEST_OUT_S, "error.alarm.out_too_long")
    if alarm is not None:
        out = moves.taken_out(alarm, until)
    else:
        out = moves.out_of_service(rule, next_number(), equipment_id, kind, until)
    return Decision(out, (AlarmChange.OUT_OF_SERVICE,))


def put_back(alarm: Alarm | None, equipment_id: str) -> Decision:
    """Return an alarm in service again.

    Raises:
        RequestError: it is in service.
    """
    if alarm is None or alarm.taken_out is None:
        raise RequestError(
            ErrorCode.CONFLICT, "error.alarm.in_service", {"equipment": equipment_id[:64]}
        )
    return Decision(moves.put_back(alarm), (AlarmChange.IN_SERVICE,))


def _check(shelf: Shelf, longest_s: float, too_long: str) -> None:
    if not shelf.reason:
        raise RequestError(ErrorCode.BAD_REQUEST, "error.alarm.reason_missing")
    if len(shelf.reason) > LONGEST_REASON:
        raise RequestError(
            ErrorCode.BAD_REQUEST,
            "error.alarm.reason_too_long",
            {"length": len(shelf.reason), "limit": LONGEST_REASON},
        )
    if shelf.until_ms <= shelf.since_ms:
        raise RequestError(ErrorCode.BAD_REQUEST, "error.alarm.end_past")
    if shelf.until_ms - shelf.since_ms > longest_s * 1000:
        raise RequestError(
            ErrorCode.BAD_REQUEST, too_long, {"minutes": max(1, round(longest_s / 60))}
        )
