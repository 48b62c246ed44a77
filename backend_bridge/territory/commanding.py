"""Check what kinds say of how their points are commanded, before anybody commands one."""

from __future__ import annotations

import math
from collections.abc import Iterator

from backend_bridge.contract.points import (
    Commanding,
    EquipmentKind,
    PointDef,
    Scalar,
    ValueType,
    WayBack,
)
from backend_bridge.core.settings import nearest

LONGEST_S = 7 * 86_400.0
"""No override lasts longer than a week: what lasts longer is a change of programme."""

_TYPES: dict[ValueType, tuple[type, ...]] = {
    ValueType.BOOL: (bool,),
    ValueType.INT: (int,),
    ValueType.FLOAT: (int, float),
    ValueType.TEXT: (str,),
}


def problems_of(kind: EquipmentKind) -> list[str]:
    """Return every mistake in a kind's ``commanding``, each naming kind, point and key."""
    return [
        f'kind "{kind.key}", point "{point.key}", commanding: {problem}'
        for point in kind.points
        if point.commanding is not None
        for problem in _problems(kind, point, point.commanding)
    ]


def _problems(kind: EquipmentKind, point: PointDef, commanding: Commanding) -> Iterator[str]:
    yield from _times(commanding)
    named = (*(("values", value) for value in commanding.values),)
    named += (*(("dangerous", value) for value in commanding.dangerous),)
    if commanding.back is WayBack.REST:
        if commanding.rest is None:
            yield 'back = "rest" needs rest, the value it goes back to'
        named += (("rest", commanding.rest),)
    elif commanding.rest is not None:
        yield f'rest is for back = "rest" and not for back = "{commanding.back}"'
    for key, value in named:
        if value is None:
            continue
        if not _fits(point, value):
            yield f"{key} has {value!r}, which the point cannot hold"
        elif key != "values" and commanding.values and value not in commanding.values:
            yield f"{key} has {value!r}, which is none of values"
    points = {item.key: item for item in kind.points}
    named_points = (
        ("shows", commanding.shows), ("held", commanding.held), ("refusal", commanding.refusal)
    )  # fmt: skip
    for key, wanted in named_points:
        if wanted and wanted not in points:
            yield f'{key} names no point "{wanted}" of the kind{nearest(wanted, list(points))}'
    shown, held = points.get(commanding.shows), points.get(commanding.held)
    if shown is not None and shown.value_type is not point.value_type:
        yield f'shows names "{shown.key}", which is {shown.value_type}, not {point.value_type}'
    refusal = points.get(commanding.refusal)
    if refusal is not None and refusal.value_type is not ValueType.INT:
        yield f'refusal names "{refusal.key}", which is {refusal.value_type}, not int'
    if held is not None and held.value_type is not ValueType.BOOL:
        yield f'held names "{held.key}", which is {held.value_type}, not bool'


def _times(commanding: Commanding) -> Iterator[str]:
    times = commanding.default_s, commanding.longest_s, commanding.settle_s
    if not all(math.isfinite(seconds) for seconds in times):
        yield "default_s, longest_s and settle_s must be finite"
    elif not 0 < commanding.default_s <= commanding.longest_s <= LONGEST_S:
        yield f"default_s must be above 0 and at most longest_s, and that at most {LONGEST_S:g}"
    elif commanding.settle_s < 0:
        yield "settle_s must be 0 or more"


def _fits(point: PointDef, value: Scalar) -> bool:
    is_type = isinstance(value, _TYPES[point.value_type])
    if not is_type or (isinstance(value, bool) and point.value_type is not ValueType.BOOL):
        return False
    if isinstance(value, bool | str) or value is None:
        return True
    above = point.low is None or value >= point.low
    return above and (point.high is None or value <= point.high)
