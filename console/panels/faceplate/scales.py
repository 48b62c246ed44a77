"""Measured values on a scale with the limits at which they ring; pure functions of the world."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from backend_bridge.contract.alarms import AlarmGuide, Severity
from backend_bridge.contract.points import Equipment, PointDef
from backend_bridge.contract.quality import Quality
from console.panels.values import value_text
from console.panels.wording import Words
from console.state.world import World

UPRIGHT = frozenset({"river_gauge"})
"""Kinds whose main value is a height: a tube says it as the staff in the water does."""
ROOM = 0.25
"""Part of the span between what must be seen that stays free above and below it."""
NEAR = 0.7
"""Where the lowest is at most this part of the highest, a scale begins at nought."""
Limits = Mapping[tuple[str, str], tuple[AlarmGuide, ...]]
"""By kind and point: the rules that have a limit there."""


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit on a scale: where (0 to 1), how much it matters, its value."""

    at: float
    severity: Severity
    words: str


@dataclass(frozen=True, slots=True)
class Scale:
    """One measured value between two ends.

    Attributes:
        point: key of what is measured.
        value: finished, with its unit; ``at`` is where it stands, 0 to 1, ``None`` where it may
            not be believed.
        quality: quality word of the value; ``note`` its age or what is wrong with it.
        tall: whether it is drawn upright.
    """

    point: str
    label: str
    value: str
    at: float | None
    quality: str
    note: str
    low: str
    high: str
    limits: tuple[Limit, ...]
    tall: bool


def limits_of(guides: Iterable[AlarmGuide]) -> Limits:
    """Return the rules that have a limit, by kind and point."""
    found: dict[tuple[str, str], tuple[AlarmGuide, ...]] = {}
    for guide in guides:
        if guide.limit is not None and guide.point_key:
            place = (guide.kind, guide.point_key)
            found[place] = (*found.get(place, ()), guide)
    return found


def scales_of(world: World, words: Words, item: Equipment, limits: Limits) -> tuple[Scale, ...]:
    """Return the points of an equipment that have a limit, its main point first."""
    main = world.equipment.main_point(item.id)
    found = []
    for index, point in world.equipment.points_of(item.id):
        guides = limits.get((item.kind, point.key), ())
        is_main = main is not None and main[0] == index
        upright = is_main and item.kind in UPRIGHT
        if guides or upright:
            scale = _scale(world, words, item, (index, point), guides)
            found.append((not is_main, replace(scale, tall=upright)))
    return tuple(scale for _, scale in sorted(found, key=lambda pair: pair[0]))


def _scale(
    world: World,
    words: Words,
    item: Equipment,
    at: tuple[int, PointDef],
    guides: Iterable[AlarmGuide],
) -> Scale:
    index, point = at
    quality = world.quality(index)
    said = world.points.state[index].value
    number = float(said) if isinstance(said, int | float) and not isinstance(said, bool) else None
    if quality not in (Quality.GOOD, Quality.STALE):
        number = None
    marks = {guide.limit: guide for guide in guides if guide.limit is not None}
    low, high = _ends(point, [*marks, *([] if number is None else [number])])
    with_unit = words.formats.with_unit
    text = value_text(world, words, item, index, point)
    return Scale(
        point=point.key,
        label=words.point(item.kind, point.key),
        value=f"{text.text}\u00a0{text.unit}" if text.unit else text.text,
        at=None if number is None else _part(number, low, high),
        quality=quality.word,
        note=" · ".join(part for part in (text.quality_word, text.note, text.age) if part),
        low=with_unit(low, point),
        high=with_unit(high, point),
        limits=tuple(
            Limit(_part(limit, low, high), guide.severity, with_unit(limit, point))
            for limit, guide in sorted(marks.items())
        ),
        tall=False,
    )


def _ends(point: PointDef, seen: list[float]) -> tuple[float, float]:
    """Return the ends of a scale on which all that matters is far enough apart to be read."""
    if not seen:
        return point.low or 0.0, point.high if point.high is not None else 1.0
    low, high = min(seen), max(seen)
    room = ROOM * max(high - low, abs(high), 1.0)
    low, high = low - room, high + room
    if min(seen) >= 0.0:
        low = 0.0 if min(seen) <= NEAR * max(seen) else max(0.0, low)
    inside_low = low if point.low is None else max(low, point.low)
    inside_high = high if point.high is None else min(high, point.high)
    return (inside_low, inside_high) if inside_low < inside_high else (low, high)


def _part(value: float, low: float, high: float) -> float:
    return min(1.0, max(0.0, (value - low) / (high - low)))
