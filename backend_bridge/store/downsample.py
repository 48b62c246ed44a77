"""Turn kept changes into trend buckets: pure, without a database.

A point holds its value until the next change, so a bucket's lowest and highest include the value
carried into it. While the bridge was not running, or lost samples, nobody knows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from backend_bridge.contract.points import TrendPoint
from backend_bridge.contract.quality import Quality

USABLE = (Quality.GOOD, Quality.STALE)
"""Qualities whose number means something; a stale one is old, the others are memories."""


class Held(NamedTuple):
    """What a point holds from a moment on."""

    at_ms: int
    value: float | None
    quality: Quality

    @property
    def number(self) -> float | None:
        """Return the value where its quality gives it a meaning."""
        return self.value if self.quality in USABLE else None


class BucketChanges(NamedTuple):
    """The changes within one bucket: first, range of usable numbers, worst quality, last."""

    first_ms: int
    low: float | None
    high: float | None
    worst: Quality
    last: Held


class Gap(NamedTuple):
    """A time, ``from_ms`` ≤ t < ``to_ms``, of which history knows nothing."""

    from_ms: int
    to_ms: int


class Window(NamedTuple):
    """``buckets`` buckets of ``width_ms`` from ``from_ms`` on; ``now_ms`` is the present."""

    from_ms: int
    width_ms: int
    buckets: int
    now_ms: int


def window(from_ms: int, to_ms: int, buckets: int, now_ms: int) -> Window:
    """Return at most ``buckets`` equal buckets that cover ``from_ms`` ≤ t < ``to_ms``."""
    span_ms = to_ms - from_ms
    if span_ms <= 0 or buckets <= 0:
        return Window(from_ms, 1, 0, now_ms)
    width_ms = -(-span_ms // buckets)
    return Window(from_ms, width_ms, -(-span_ms // width_ms), now_ms)


def fold(
    view: Window,
    carried: Held | None,
    changes: Mapping[int, BucketChanges],
    gaps: Sequence[Gap],
) -> list[TrendPoint]:
    """Return one trend point a bucket, oldest first; empty when nothing was ever known.

    Args:
        view: the buckets asked for.
        carried: what the point held before the window, ``None`` for nothing known.
        changes: the buckets in which something changed, by number.
        gaps: in order; those outside the window may be given too.
    """
    if carried is None and not changes:
        return []
    points = []
    held = carried
    last_changed = max(changes, default=-1)
    for number in range(view.buckets):
        start = view.from_ms + number * view.width_ms
        if start >= view.now_ms and number > last_changed:
            break
        if held is not None and _lost(gaps, held.at_ms, start + 1):
            held = None
        end = start + view.width_ms
        change = changes.get(number)
        left = change.last if change is not None else held
        if left is not None and _lost(gaps, left.at_ms, end):
            left = None
        blind = any(gap.from_ms < end and gap.to_ms > start for gap in gaps)
        points.append(_bucket(start, held, change, left, blind=blind))
        held = left
    return points


def _bucket(
    start: int, held: Held | None, change: BucketChanges | None, left: Held | None, *, blind: bool
) -> TrendPoint:
    """Return one point: ``held`` at its start, ``left`` at its end, ``blind`` where a gap cuts."""
    lows, highs, qualities = [], [], []
    if change is None or change.first_ms > start:
        number = held.number if held is not None else None
        lows.append(number)
        highs.append(number)
        qualities.append(held.quality if held is not None else Quality.UNKNOWN)
    if change is not None:
        lows.append(change.low)
        highs.append(change.high)
        qualities.append(change.worst)
    if blind:
        qualities.append(Quality.UNKNOWN)
    return TrendPoint(
        start,
        min((low for low in lows if low is not None), default=None),
        max((high for high in highs if high is not None), default=None),
        left.number if left is not None else None,
        max(qualities),
    )


def _lost(gaps: Sequence[Gap], since_ms: int, before_ms: int) -> bool:
    """Return whether a gap began after something was known and before a moment."""
    return any(since_ms <= gap.from_ms < before_ms for gap in gaps)
