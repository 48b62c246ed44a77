"""Say when the override that a command makes would end. Pure."""

from __future__ import annotations

from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.points import PointDef, Scalar, WayBack


def makes_override(point: PointDef, value: Scalar) -> bool:
    """Return whether a command leaves the point held away from where it goes back to.

    Giving it back to its programme, or commanding its rest, does not.
    """
    commanding = point.commanding
    if commanding is None or commanding.back is WayBack.NONE or value is None:
        return False
    return commanding.back is not WayBack.REST or not _same(value, commanding.rest)


def end_of(point: PointDef, value: Scalar, asked_ms: int | None, now_ms: int) -> int | None:
    """Return the UTC ms at which an override made now ends, ``None`` when it makes none.

    Raises:
        RequestError: ``bad_request``: the end asked for is past, or farther than the point allows.
    """
    commanding = point.commanding
    if commanding is None or not makes_override(point, value):
        return None
    if asked_ms is None:
        return now_ms + round(commanding.default_s * 1000)
    check_end(point, asked_ms, now_ms, now_ms)
    return asked_ms


def check_end(point: PointDef, asked_ms: int, since_ms: int, now_ms: int) -> None:
    """Refuse an end that is past, or too far from the override's beginning.

    Raises:
        RequestError: ``bad_request``.
    """
    commanding = point.commanding
    assert commanding is not None, "only what is commanded has an end"
    if asked_ms <= now_ms:
        raise RequestError(ErrorCode.BAD_REQUEST, "error.override.end_past")
    if asked_ms - since_ms > commanding.longest_s * 1000:
        minutes = round(commanding.longest_s / 60)
        raise RequestError(ErrorCode.BAD_REQUEST, "error.override.end_far", {"minutes": minutes})


def _same(first: Scalar, second: Scalar) -> bool:
    return first == second and isinstance(first, bool) is isinstance(second, bool)
