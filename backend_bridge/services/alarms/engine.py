"""The alarm state machine as pure functions on frozen data (ISA-18.2, clause 5).

Two things are kept apart. An :class:`Item` is what the field says about one rule on one equipment;
it lives in memory and is told again by the field after a restart. An
:class:`~backend_bridge.contract.alarms.Alarm` is what the room was told; it is durable. ``verdict``
compares the two.
"""

from __future__ import annotations

import enum
from typing import NamedTuple

import msgspec

from backend_bridge.contract.alarms import Alarm, Severity
from backend_bridge.contract.points import Equipment, PointDef, Scalar, ValueType
from backend_bridge.contract.quality import Quality
from backend_bridge.services.alarms.rules import Rule


class Item(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Hold what the field says about one rule on one equipment.

    Attributes:
        on: the condition as last believed.
        believed: whether what is heard now may be believed; without it nothing moves.
        since_s: monotonic second at which ``on`` became what it is.
        onsets: monotonic seconds at which the condition came, within the rule's window.
        severity: of the value last believed.
    """

    on: bool = False
    believed: bool = False
    since_s: float = 0.0
    onsets: tuple[float, ...] = ()
    severity: Severity = Severity.LOW
    value: Scalar = None


class Act(enum.Enum):
    """Say what an alarm must do."""

    NOTHING = enum.auto()
    RAISE = enum.auto()
    HOLD = enum.auto()
    """It would raise, and a filter is closed; look again when it opens."""
    RETURN = enum.auto()
    ESCALATE = enum.auto()


class Verdict(NamedTuple):
    """What to do now, and the monotonic second at which to look again, ``None`` for never."""

    act: Act
    due_s: float | None = None


_NOTHING = Verdict(Act.NOTHING)


def judge(rule: Rule, value: Scalar, quality: Quality, *, on: bool) -> bool | None:
    """Return whether a rule's condition holds, ``None`` when this reading proves nothing.

    Only good values are believed; bad ones speak only to rules that watch for them. ``on`` is the
    condition as last believed: a limit is left only beyond its hysteresis.
    """
    if rule.bad:
        return {Quality.BAD: True, Quality.GOOD: False}.get(quality)
    if quality is not Quality.GOOD or value is None:
        return None
    if rule.is_ is not None:
        return value is rule.is_ if isinstance(value, bool) else None
    if rule.equals is not None:
        return value == rule.equals and not isinstance(value, bool)
    if isinstance(value, bool | str) or value != value:  # noqa: PLR0124 - not a number is no reading
        return None
    back = rule.hysteresis if on else 0.0
    if rule.above is not None:
        return value > rule.above - back
    return rule.below is not None and value < rule.below + back


def level_of(rule: Rule, value: Scalar) -> Severity:
    """Return the severity a value deserves under a rule that holds."""
    severity = rule.severity
    if isinstance(value, int | float) and not isinstance(value, bool):
        for level in rule.levels:
            beyond = value > level.limit if rule.above is not None else value < level.limit
            if beyond:
                severity = min(severity, level.severity)
    return severity


def observe(rule: Rule, item: Item | None, value: Scalar, quality: Quality, now_s: float) -> Item:
    """Return what is known after a reading; ``item`` is ``None`` when nothing was."""
    known = item or Item(severity=rule.severity, since_s=now_s)
    on = judge(rule, value, quality, on=known.on)
    if on is None:
        return msgspec.structs.replace(known, believed=False) if known.believed else known
    return believe(rule, known, now_s, on=on, value=value)


def believe(rule: Rule, item: Item, now_s: float, *, on: bool, value: Scalar = None) -> Item:
    """Return what is known once the condition is believed to be ``on``."""
    onsets = item.onsets
    if on and not item.on:
        recent = (at_s for at_s in onsets if now_s - at_s < rule.window_s)
        onsets = (*recent, now_s)[-rule.count :] if rule.count > 1 else ()
    return Item(
        on=on,
        believed=True,
        since_s=now_s if on is not item.on else item.since_s,
        onsets=onsets,
        severity=level_of(rule, value) if on else item.severity,
        value=value if on else item.value,
    )


def forgettable(rule: Rule, item: Item, now_s: float, *, listed: bool) -> bool:
    """Return whether nothing would be lost by forgetting an item."""
    if item.on or listed:
        return False
    return not any(now_s - at_s < rule.window_s for at_s in item.onsets)


def verdict(rule: Rule, item: Item, alarm: Alarm | None, now_s: float, *, is_open: bool) -> Verdict:
    """Return what the alarm must do now.

    ``alarm`` is the listed one of this rule and equipment; ``is_open`` says that no filter is
    closed: in service, and no root cause above.
    """
    if not item.believed:
        return _NOTHING
    active = alarm is not None and alarm.active
    if alarm is None or not alarm.active:
        if not item.on:
            return _NOTHING
        held_until_s = item.since_s + rule.on_delay_s
        if _tripped(rule, item, now_s):
            return Verdict(Act.RAISE if is_open else Act.HOLD)
        return Verdict(Act.NOTHING, held_until_s if rule.on_delay_s else None)
    if active and not item.on:
        over_s = item.since_s + rule.off_delay_s
        return Verdict(Act.RETURN) if now_s >= over_s else Verdict(Act.NOTHING, over_s)
    return Verdict(Act.ESCALATE) if item.severity < alarm.severity else _NOTHING


def _tripped(rule: Rule, item: Item, now_s: float) -> bool:
    often = rule.count > 1 and len(item.onsets) >= rule.count
    if rule.on_delay_s:
        return often or now_s >= item.since_s + rule.on_delay_s
    return often or rule.count == 1


def raised(
    rule: Rule,
    number: int,
    equipment: Equipment,
    item: Item,
    now_ms: int,
    *,
    value: str,
    below: int,
) -> Alarm:
    """Return a new alarm; ``below`` is the count of equipment under a root cause."""
    return Alarm(
        id=f"AL-{number:04d}",
        rule=rule.key,
        severity=item.severity,
        equipment_id=equipment.id,
        equipment_kind=equipment.kind,
        point_key=rule.point,
        value=value,
        raised_ms=now_ms,
        children=below,
    )


def raised_again(alarm: Alarm, item: Item, *, value: str, below: int) -> Alarm:
    """Return a returned alarm active again: to be seen again, severity latched to the worst."""
    return msgspec.structs.replace(
        alarm,
        active=True,
        acknowledged=False,
        severity=min(alarm.severity, item.severity),
        value=value,
        occurrences=alarm.occurrences + 1,
        children=below,
        returned_ms=None,
        ack_ms=None,
        ack_by="",
    )


def escalated(alarm: Alarm, item: Item, *, value: str) -> Alarm:
    """Return an alarm with a worse severity; what was acknowledged was less, so it is seen anew."""
    return msgspec.structs.replace(
        alarm, severity=item.severity, value=value, acknowledged=False, ack_ms=None, ack_by=""
    )


def returned(alarm: Alarm, now_ms: int) -> Alarm:
    """Return an alarm back to normal; it leaves the list if it was acknowledged."""
    return msgspec.structs.replace(alarm, active=False, returned_ms=now_ms)


def acknowledged(alarm: Alarm, user: str, now_ms: int) -> Alarm:
    """Return an alarm that somebody has seen; it leaves the list if it had returned."""
    return msgspec.structs.replace(alarm, acknowledged=True, ack_ms=now_ms, ack_by=user)


def value_text(value: Scalar, point: PointDef | None) -> str:
    """Return a reading with its unit, empty when the condition says it all (booleans)."""
    if point is None or value is None or isinstance(value, bool):
        return ""
    if isinstance(value, int | float) and point.value_type in (ValueType.INT, ValueType.FLOAT):
        number = f"{value:.{point.decimals}f}"
        return f"{number} {point.unit}".rstrip()
    return str(value)
