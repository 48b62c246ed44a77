"""Measured values on a scale with the limits at which they ring; pure functions of the world."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

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
NEAR = 0.5
"""Where the lowest is at most this part of the highest, a scale begins at nought."""
Limits = Mapping[tuple[str, str], tuple[AlarmGuide, ...]]
"""By kind and point: the rules that have a limit there."""


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit on a scale.

    Attributes:
        at: where it is, 0 to 1; ``back`` where the value must come back to for the alarm to
            return, ``None`` of a farther limit of the same rule, which has no return of its own.
        passed: its alarm rings: colour is for that alone. Beyond a limit whose rule still waits,
            or does not count now, nothing rings.
        words: « > 253 », with ``full`` all that is known of it in one sentence.
    """

    at: float
    back: float | None
    passed: bool
    severity: Severity
    words: str
    full: str


@dataclass(frozen=True, slots=True)
class Scale:
    """One measured value between two ends.

    Attributes:
        point: key of what is measured.
        value: finished, with its unit; ``at`` is where it stands, 0 to 1, ``None`` where it may
            not be believed.
        quality: quality word of the value; ``note`` its age or what is wrong with it.
        normal: where nothing rings, 0 to 1 from and to; ``None`` without a limit.
        returns: where to and for how long a value whose alarm rings must come back, else empty.
        only: under which condition its limits count, empty where they always do or ring now.
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
    normal: tuple[float, float] | None
    returns: str
    only: str
    tall: bool


@dataclass(frozen=True, slots=True)
class _Reading:
    """A point between its scale's ends, its value where it may be believed, and what rings."""

    point: PointDef
    ends: tuple[float, float]
    number: float | None
    rung: Collection[str]

    def beyond(self, guide: AlarmGuide, limit: float) -> bool:
        """Return whether the value is beyond a limit of a rule."""
        if self.number is None:
            return False
        return self.number < limit if guide.low else self.number > limit


def limits_of(guides: Iterable[AlarmGuide]) -> Limits:
    """Return the rules that have a limit, by kind and point."""
    found: dict[tuple[str, str], tuple[AlarmGuide, ...]] = {}
    for guide in guides:
        if guide.limits and guide.point_key:
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
            scale = _scale(world, words, item, (index, point), guides, tall=upright)
            found.append((not is_main, scale))
    return tuple(scale for _, scale in sorted(found, key=lambda pair: pair[0]))


def _scale(
    world: World,
    words: Words,
    item: Equipment,
    at: tuple[int, PointDef],
    guides: Sequence[AlarmGuide],
    *,
    tall: bool,
) -> Scale:
    index, point = at
    quality = world.quality(index)
    said = world.points.state[index].value
    number = float(said) if isinstance(said, int | float) and not isinstance(said, bool) else None
    if quality not in (Quality.GOOD, Quality.STALE):
        number = None
    seen = [one.limit for guide in guides for one in guide.limits]
    rung = {alarm.rule for alarm in world.alarms.of(item.id) if alarm.active}
    foot = [0.0] if tall else []  # a height is measured from its foot, whatever it is now
    low, high = _ends(point, [*foot, *seen, *([] if number is None else [number])])
    with_unit = words.formats.with_unit
    text = value_text(world, words, item, index, point)
    return Scale(
        point=point.key,
        label=words.point(item.kind, point.key),
        value=words.formats.bound(text.text, text.unit),
        at=None if number is None else _part(number, low, high),
        quality=quality.word,
        note=" · ".join(part for part in (text.quality_word, text.note, text.age) if part),
        low=with_unit(low, point),
        high=with_unit(high, point),
        limits=tuple(_limits(words, _Reading(point, (low, high), number, rung), guides)),
        normal=_normal(guides, (low, high)),
        returns=next((_return(words, point, one) for one in guides if one.rule in rung), ""),
        only=" · ".join(
            _only(words, one) for one in guides if one.while_key and one.rule not in rung
        ),
        tall=tall,
    )


def _limits(words: Words, reading: _Reading, guides: Sequence[AlarmGuide]) -> Iterator[Limit]:
    """Return every limit of every rule, from the low end of the scale to its high end."""
    point, ends = reading.point, reading.ends
    every = [(one, n, guide) for guide in guides for n, one in enumerate(guide.limits)]
    for one, number, guide in sorted(every, key=lambda found: found[0].limit):
        side, sign = ("low", "<") if guide.low else ("high", ">")
        severity = words.text(f"ui.alarm.severity.{one.severity.value}").lower()
        value = words.formats.with_unit(one.limit, point)
        said = [words.text(f"faceplate.limit.{side}", value=value, severity=severity)]
        back = None
        if not number:
            back = _part(_back(guide), *ends)
            said.append(_return(words, point, guide))
        if guide.while_key:
            said.append(_only(words, guide))
        yield Limit(
            at=_part(one.limit, *ends),
            back=back,
            passed=guide.rule in reading.rung and (not number or reading.beyond(guide, one.limit)),
            severity=one.severity,
            words=f"{sign}\u00a0{words.formats.scalar(one.limit, point)}",
            full=", ".join(said),
        )


def _normal(guides: Sequence[AlarmGuide], ends: tuple[float, float]) -> tuple[float, float] | None:
    """Return the part of a scale where nothing rings."""
    if not guides:
        return None
    above = [guide.limits[0].limit for guide in guides if not guide.low]
    below = [guide.limits[0].limit for guide in guides if guide.low]
    start = _part(max(below), *ends) if below else 0.0
    end = _part(min(above), *ends) if above else 1.0
    return (start, end) if start < end else None


def _return(words: Words, point: PointDef, guide: AlarmGuide) -> str:
    side = "low" if guide.low else "high"
    value = words.formats.with_unit(_back(guide), point)
    if not guide.off_delay_s:
        return words.text(f"faceplate.return.{side}", value=value)
    time = words.formats.duration(guide.off_delay_s)
    return words.text(f"faceplate.return.{side}.for", value=value, time=time)


def _only(words: Words, guide: AlarmGuide) -> str:
    """Return under which condition limits count; a site's own rule may have no words for it."""
    return words.known(guide.while_key) or words.text("faceplate.limit.only")


def _back(guide: AlarmGuide) -> float:
    first = guide.limits[0].limit
    return first + guide.hysteresis if guide.low else first - guide.hysteresis


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
