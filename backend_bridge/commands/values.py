"""What a point may be told, and what proves that it took it: pure rules."""

from __future__ import annotations

import math

from backend_bridge.contract.points import PointDef, Scalar, ValueType, WayBack


def fits(point: PointDef, value: Scalar) -> bool:
    """Return whether a value may be commanded: declared, of the point's type, within its limits.

    ``None`` gives a point back to its programme: only where there is one.
    """
    commanding = point.commanding
    if commanding is None:
        return False
    if value is None:
        return commanding.back is WayBack.PROGRAMME
    if not _of_type(point, value):
        return False
    allowed = commanding.values
    return not allowed or any(equal(point, item, value) for item in allowed)


def equal(point: PointDef, commanded: Scalar, reported: Scalar) -> bool:
    """Return whether a value reads back as commanded, to half the last digit the point shows."""
    if isinstance(commanded, bool) or isinstance(reported, bool):
        return commanded is reported
    if isinstance(commanded, int | float) and isinstance(reported, int | float):
        if point.value_type is ValueType.INT:
            return commanded == reported
        return math.isclose(commanded, reported, rel_tol=0.0, abs_tol=0.5 * 10**-point.decimals)
    return commanded == reported


def dangerous(point: PointDef, value: Scalar) -> bool:
    """Return whether a value needs a second person."""
    commanding = point.commanding
    return commanding is not None and any(
        equal(point, item, value) for item in commanding.dangerous
    )


def overrides(point: PointDef, value: Scalar) -> bool:
    """Return whether a commanded value holds a point away from where it goes by itself."""
    commanding = point.commanding
    if commanding is None or value is None or commanding.back is WayBack.NONE:
        return False
    return commanding.back is not WayBack.REST or not equal(point, commanding.rest, value)


def override_end(point: PointDef, value: Scalar, until_ms: int | None, now_ms: int) -> int | None:
    """Return when the override that a command makes ends (UTC ms), ``None`` when it makes none.

    Raises:
        ValueError: the end is past, too far, or there is nothing to end; its text is the reason,
            the last part of a text key.
    """
    commanding = point.commanding
    if commanding is None or not overrides(point, value):
        ends = until_ms is not None and value is not None
        if ends and commanding is not None and commanding.back is WayBack.NONE:
            raise ValueError("no_override")
        return None
    if until_ms is None:
        return now_ms + round(min(commanding.default_s, commanding.longest_s) * 1000)
    if until_ms <= now_ms:
        raise ValueError("end_past")
    if until_ms - now_ms > commanding.longest_s * 1000:
        raise ValueError("end_far")
    return until_ms


def _of_type(point: PointDef, value: Scalar) -> bool:
    match point.value_type:
        case ValueType.BOOL:
            return isinstance(value, bool)
        case ValueType.TEXT:
            return isinstance(value, str)
        case ValueType.INT:
            return isinstance(value, int) and not isinstance(value, bool) and _within(point, value)
        case ValueType.FLOAT:
            number = isinstance(value, int | float) and not isinstance(value, bool)
            return number and isinstance(value, int | float) and _within(point, value)


def _within(point: PointDef, value: float) -> bool:
    if not math.isfinite(value):
        return False
    above = point.low is None or value >= point.low
    return above and (point.high is None or value <= point.high)
