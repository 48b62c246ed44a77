"""How an alarm changes, as pure functions on frozen data (ISA-18.2, clauses 5 and 11)."""

from __future__ import annotations

import msgspec

from backend_bridge.contract.alarms import Alarm, AlarmState, Severity, Shelf
from backend_bridge.services.alarms.engine import Item
from backend_bridge.services.alarms.rules import Rule


def raised(
    rule: Rule,
    number: int,
    equipment_id: str,
    kind: str,
    *,
    item: Item,
    now_ms: int,
    value: str,
    below: int,
    suppressed: str = "",
) -> Alarm:
    """Return a new alarm; ``below`` is the count of equipment under a root cause."""
    return Alarm(
        id=name(number),
        rule=rule.key,
        severity=item.severity,
        equipment_id=equipment_id,
        equipment_kind=kind,
        point_key=rule.point,
        value=value,
        raised_ms=now_ms,
        children=below,
        suppressed=suppressed,
    )


def name(number: int) -> str:
    """Return the id of the alarm with a number."""
    return f"AL-{number:04d}"


def raised_again(
    alarm: Alarm, item: Item, now_ms: int, *, value: str, below: int, suppressed: str = ""
) -> Alarm:
    """Return a returned alarm active again: to be seen again, severity latched to the worst.

    One that stays listed only because it was put aside was over: it begins anew.
    """
    anew = alarm.state is AlarmState.NORMAL
    return msgspec.structs.replace(
        alarm,
        active=True,
        acknowledged=False,
        severity=item.severity if anew else min(alarm.severity, item.severity),
        raised_ms=now_ms if anew else alarm.raised_ms,
        value=value,
        occurrences=alarm.occurrences + 1,
        children=below,
        returned_ms=None,
        ack_ms=None,
        ack_by="",
        suppressed=suppressed,
        reminded_ms=None,
        reminders=0,
    )


def escalated(alarm: Alarm, item: Item, *, value: str) -> Alarm:
    """Return an alarm with a worse severity; what was acknowledged was less, so it is seen anew."""
    return unseen(msgspec.structs.replace(alarm, severity=item.severity, value=value))


def returned(alarm: Alarm, now_ms: int) -> Alarm:
    """Return an alarm back to normal; it leaves the list if it was acknowledged."""
    return msgspec.structs.replace(alarm, active=False, returned_ms=now_ms)


def acknowledged(alarm: Alarm, user: str, now_ms: int) -> Alarm:
    """Return an alarm that somebody has seen; it leaves the list if it had returned."""
    return msgspec.structs.replace(alarm, acknowledged=True, ack_ms=now_ms, ack_by=user)


def unseen(alarm: Alarm) -> Alarm:
    """Return an alarm that nobody has seen as it is now."""
    return msgspec.structs.replace(
        alarm, acknowledged=False, ack_ms=None, ack_by="", reminded_ms=None, reminders=0
    )


def shelved(alarm: Alarm, shelf: Shelf) -> Alarm:
    """Return an alarm put aside; whoever did that has seen it."""
    seen = alarm if alarm.acknowledged else acknowledged(alarm, shelf.by, shelf.since_ms)
    return msgspec.structs.replace(seen, shelf=shelf)


def unshelved(alarm: Alarm) -> Alarm:
    """Return an alarm taken down: one that is active asks to be seen again.

    One that came and went on the shelf stays unacknowledged; one that is over leaves.
    """
    return _brought_back(msgspec.structs.replace(alarm, shelf=None))


def taken_out(alarm: Alarm, until: Shelf) -> Alarm:
    """Return an alarm out of service; it can not be shelved at the same time."""
    return msgspec.structs.replace(alarm, taken_out=until, shelf=None)


def put_back(alarm: Alarm) -> Alarm:
    """Return an alarm in service again."""
    return _brought_back(msgspec.structs.replace(alarm, taken_out=None))


def suppressed(alarm: Alarm, design: str) -> Alarm:
    """Return an alarm kept quiet by a design, or no longer when the name is empty."""
    found = msgspec.structs.replace(alarm, suppressed=design)
    return found if design else _brought_back(found)


def reminded(alarm: Alarm, now_ms: int) -> Alarm:
    """Return an alarm of which the supervisor was told once more."""
    return msgspec.structs.replace(alarm, reminded_ms=now_ms, reminders=alarm.reminders + 1)


def out_of_service(rule: Rule, number: int, equipment_id: str, kind: str, until: Shelf) -> Alarm:
    """Return the record of an alarm taken out of service before it ever rang."""
    return Alarm(
        id=name(number),
        rule=rule.key,
        severity=Severity(rule.severity),
        equipment_id=equipment_id,
        equipment_kind=kind,
        point_key=rule.point,
        raised_ms=until.since_ms,
        active=False,
        acknowledged=True,
        occurrences=0,
        taken_out=until,
    )


def _brought_back(alarm: Alarm) -> Alarm:
    return unseen(alarm) if alarm.active and not alarm.quiet else alarm
