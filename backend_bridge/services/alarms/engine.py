"""The alarm state machine as pure functions on frozen data (ISA-18.2, clause 5).

Two things are kept apart. An :class:`Item` is what the field says about one rule on one equipment;
it lives in memory and is told again by the field after a restart. An
:class:`~backend_bridge.contract.alarms.Alarm` is what the room was told; it is durable. ``verdict``
compares the two.
"""

from __future__ import annotations

import enum
from typing import NamedTuple, TypeGuard

import msgspec

from backend_bridge.contract.alarms import Alarm, Severity
from backend_bridge.contract.points import PointDef, Scalar, ValueType
from backend_bridge.contract.quality import Quality
from backend_bridge.services.alarms.rules import Criterion, Rule, Stuck

RATE_STEPS = 60
"""Readings kept of the time a rate is measured over, at most."""


class Item(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Hold what the field says about one rule on one equipment.

    Attributes:
        on: the condition as last believed.
        believed: whether what is heard now may be believed; without it nothing moves.
        since_s: monotonic second at which ``on`` became what it is.
        onsets: monotonic seconds at which the condition came, within the rule's window.
        severity: of the value last believed.
        past: of a rate rule, the readings its rate is measured over, oldest first.
    """

    on: bool = False
    believed: bool = False
    since_s: float = 0.0
    onsets: tuple[float, ...] = ()
    severity: Severity = Severity.LOW
    value: Scalar = None
    past: tuple[tuple[float, float], ...] = ()


class Beside(NamedTuple):
    """What a condition needs to know besides its own point.

    Attributes:
        other: the value of ``differs_from``, or what somebody holds the point at.
        met: whether every ``while`` holds, ``None`` when that is not known.
    """

    other: Scalar = None
    met: bool | None = True


ALONE = Beside()


class Act(enum.Enum):
    """Say what an alarm must do."""

    NOTHING = enum.auto()
    RAISE = enum.auto()
    HOLD = enum.auto()
    """It would raise or become worse, and a filter is closed; look again when it opens."""
    RETURN = enum.auto()
    ESCALATE = enum.auto()


class Verdict(NamedTuple):
    """What to do now, and the monotonic second at which to look again, ``None`` for never."""

    act: Act
    due_s: float | None = None


_NOTHING = Verdict(Act.NOTHING)


def judge(
    rule: Rule, value: Scalar, quality: Quality, *, on: bool, other: Scalar = None
) -> bool | None:
    """Return whether a rule's condition holds, ``None`` when this reading proves nothing.

    Only good values are believed; bad ones speak only to rules that watch for them. ``on`` is the
    condition as last believed: a limit is left only beyond its hysteresis. Rates are judged by
    :func:`observe`, which remembers.
    """
    if rule.bad:
        return {Quality.BAD: True, Quality.GOOD: False}.get(quality)
    if quality is not Quality.GOOD or value is None:
        return None
    if rule.stuck is not None:
        return is_stuck(rule.stuck, other, value, rule.tolerance)
    if rule.differs_from:
        return None if other is None else _differ(value, other, rule.tolerance)
    return holds(rule, value, rule.hysteresis if on else 0.0)


def holds(criterion: Criterion, value: Scalar, back: float = 0.0) -> bool | None:
    """Return whether a value passes, ``None`` when it is none that could.

    ``back`` is how far behind its limit a value still counts as beyond it.
    """
    if criterion.is_ is not None:
        return value is criterion.is_ if isinstance(value, bool) else None
    if criterion.equals is not None:
        return value == criterion.equals and not isinstance(value, bool)
    if not _is_number(value):
        return None
    if criterion.above is not None:
        return value > criterion.above - back
    return criterion.below is not None and value < criterion.below + back


def is_stuck(stuck: Stuck, commanded: Scalar, reported: Scalar, tolerance: float) -> bool:
    """Return whether something does not do what it was told; told nothing, it is not."""
    if commanded is None or reported is None:
        return False
    match stuck:
        case Stuck.ON:
            return _is_off(commanded) and not _is_off(reported)
        case Stuck.OFF:
            return not _is_off(commanded) and _is_off(reported)
        case Stuck.AWAY:
            either_off = _is_off(commanded) or _is_off(reported)
            return not either_off and _differ(reported, commanded, tolerance)


def _is_off(value: Scalar) -> bool:
    return value is False or (_is_number(value) and value == 0)


def _is_number(value: Scalar) -> TypeGuard[int | float]:
    """Return whether it is a number; not-a-number is none."""
    return not isinstance(value, bool | str) and value is not None and value == value  # noqa: PLR0124 - not-a-number differs from itself


def _differ(value: Scalar, other: Scalar, tolerance: float) -> bool:
    if _is_number(value) and _is_number(other):
        return abs(value - other) > tolerance
    return value != other


def level_of(rule: Rule, value: Scalar) -> Severity:
    """Return the severity a value deserves under a rule that holds."""
    severity = rule.severity
    if isinstance(value, int | float) and not isinstance(value, bool):
        for level in rule.levels:
            beyond = value > level.limit if rule.above is not None else value < level.limit
            if beyond:
                severity = min(severity, level.severity)
    return severity


def observe(
    rule: Rule,
    item: Item | None,
    value: Scalar,
    quality: Quality,
    now_s: float,
    *,
    beside: Beside = ALONE,
) -> Item:
    """Return what is known after a reading; ``item`` is ``None`` when nothing was."""
    known = item or Item(severity=rule.severity, since_s=now_s)
    if rule.of_rate:
        known, on = _observe_rate(rule, known, value, quality, now_s)
    else:
        on = judge(rule, value, quality, on=known.on, other=beside.other)
    if on:
        on = beside.met
    if on is None:
        return msgspec.structs.replace(known, believed=False) if known.believed else known
    return believe(rule, known, now_s, on=on, value=value)


def look_again_s(rule: Rule, item: Item) -> float | None:
    """Return when a rate changes though no reading comes, ``None`` for never."""
    return item.past[1][0] + rule.over_s if len(item.past) > 1 else None


def _observe_rate(
    rule: Rule, item: Item, value: Scalar, quality: Quality, now_s: float
) -> tuple[Item, bool | None]:
    """Measure how fast a value moves: over all of ``over_s``, even while less of it is known."""
    if quality is not Quality.GOOD or not _is_number(value):
        return item, None
    past = (*item.past, (now_s, float(value)))
    near = len(past) > 2 and past[-1][0] - past[-3][0] < rule.over_s / RATE_STEPS
    if near:
        past = (*past[:-2], past[-1])
    start_s = now_s - rule.over_s
    while len(past) > 1 and past[1][0] <= start_s:
        past = past[1:]
    per_min = (float(value) - past[0][1]) / (rule.over_s / 60.0)
    back = rule.hysteresis if item.on else 0.0
    if rule.rises_per_min is not None:
        on = per_min > rule.rises_per_min - back
    else:
        on = -per_min > (rule.falls_per_min or 0.0) - back
    return msgspec.structs.replace(item, past=past), on


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
        past=item.past,
    )


def forgettable(rule: Rule, item: Item, now_s: float, *, listed: bool) -> bool:
    """Return whether nothing would be lost by forgetting an item."""
    if item.on or listed or item.past:
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
    if item.severity >= alarm.severity:
        return _NOTHING
    return Verdict(Act.ESCALATE if is_open else Act.HOLD)


def _tripped(rule: Rule, item: Item, now_s: float) -> bool:
    often = rule.count > 1 and len(item.onsets) >= rule.count
    if rule.on_delay_s:
        return often or now_s >= item.since_s + rule.on_delay_s
    return often or rule.count == 1


def value_text(value: Scalar, point: PointDef | None) -> str:
    """Return a reading with its unit, empty when the condition says it all (booleans)."""
    if point is None or value is None or isinstance(value, bool):
        return ""
    if isinstance(value, int | float) and point.value_type in (ValueType.INT, ValueType.FLOAT):
        number = f"{value:.{point.decimals}f}"
        return f"{number} {point.unit}".rstrip()
    return str(value)
