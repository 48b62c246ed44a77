"""Decide which changes of the point table are worth keeping: those beyond a point's dead band."""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from backend_bridge.contract.points import Catalogue, PointDef, Scalar
from backend_bridge.contract.quality import Quality
from backend_bridge.core.points import PointTable, Transition
from backend_bridge.core.storage import HistorySample

BUSY = 50_000
"""Samples waiting above which first values wait in the table instead: a metropolis has more points
than samples may wait."""
LOOK_UP = 5_000
"""Points looked up with one change: some milliseconds of the bridge's loop."""


class Keeper(Protocol):
    """Where samples go, and how often it lost some."""

    @property
    def holes(self) -> int:
        """Return how many times samples were lost so far."""

    @property
    def waiting(self) -> int:
        """Return how many samples are not written yet."""

    def keep(self, samples: Sequence[HistorySample]) -> None:
        """Queue samples; never blocks, never raises."""


class _Tracked(NamedTuple):
    """What each point index means to history: two lists of shared objects, not one of tuples.

    A city has tens of thousands of points; gaps in index space stay ``None``.
    """

    equipment: list[str | None]
    points: list[PointDef | None]


class HistoryRecorder:
    """Follow a point table and keep what moved; runs on the bridge's loop.

    A number is compared with the last *kept* one, so a slow drift is kept once it left the band.
    A change of quality is always kept. Texts have no number: only their quality is kept. After
    samples were lost the present state of every point is kept anew, some at each change.
    """

    def __init__(self, table: PointTable, catalogue: Catalogue, keeper: Keeper) -> None:
        self._table = table
        self._keeper = keeper
        self._tracked = _tracked(catalogue)
        size = catalogue.points_total
        self._kept_numbers = array("d", [math.nan]) * size
        """Last kept number of each point; not-a-number stands for none."""
        self._kept_qualities = bytearray([Quality.UNKNOWN]) * size
        self._holes = keeper.holes
        self._left = 0
        """Points still to be looked up, from the one after ``_next`` on."""
        self._next = -1

    def follow(self) -> None:
        """Start observing the table."""
        self._table.observe(self.on_changes)

    def on_changes(self, transitions: Sequence[Transition]) -> None:
        """Keep those transitions that left a dead band or changed quality."""
        if self._keeper.holes != self._holes:
            self._forget()
        busy = self._keeper.waiting > BUSY
        samples = []
        for change in transitions:
            if busy and change.old_quality is Quality.UNKNOWN:
                self._left = len(self._kept_qualities)  # a city is heard all at once: looked up
                continue
            sample = self._sample(change.point, change.value, change.quality, change.at_ms)
            if sample is not None:
                samples.append(sample)
        if self._left and not busy:
            samples += self._looked_up(transitions[-1].at_ms)
        if samples:
            self._keeper.keep(samples)

    def _forget(self) -> None:
        """Take nothing for kept; every point is looked up, in turn and as fast as it is written."""
        self._holes = self._keeper.holes
        size = len(self._kept_qualities)
        self._kept_numbers = array("d", [math.nan]) * size
        self._kept_qualities = bytearray([Quality.UNKNOWN]) * size
        self._left = size

    def _looked_up(self, now_ms: int) -> list[HistorySample]:
        """Return what of the next points is not kept as it stands."""
        size = min(len(self._kept_qualities), len(self._table))
        samples = []
        for _ in range(min(LOOK_UP, self._left)):
            self._left -= 1
            self._next = (self._next + 1) % len(self._kept_qualities)
            if self._next < size:
                state = self._table.state(self._next)
                sample = self._sample(self._next, state.value, state.quality, now_ms)
                if sample is not None:
                    samples.append(sample)
        return samples

    def _sample(
        self, point: int, value: Scalar, quality: Quality, at_ms: int
    ) -> HistorySample | None:
        definition = self._definition(point)
        if definition is None:
            return None
        kept = self._kept_numbers[point]
        number = as_number(value)
        if quality == self._kept_qualities[point] and not leaves_band(
            None if math.isnan(kept) else kept, number, definition.dead_band
        ):
            return None
        return self._keep(point, definition, number, quality, at_ms)

    def _definition(self, point: int) -> PointDef | None:
        return self._tracked.points[point] if point < len(self._tracked.points) else None

    def _keep(
        self, point: int, definition: PointDef, number: float | None, quality: Quality, at_ms: int
    ) -> HistorySample:
        self._kept_numbers[point] = math.nan if number is None else number
        self._kept_qualities[point] = quality
        equipment_id = self._tracked.equipment[point]
        assert equipment_id is not None
        return HistorySample(equipment_id, definition.key, at_ms, number, quality)


def as_number(value: Scalar) -> float | None:
    """Return a value as history keeps it: false 0, true 1, no number for texts and infinities."""
    if isinstance(value, str) or value is None:
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def leaves_band(kept: float | None, number: float | None, dead_band: float) -> bool:
    """Return whether a number is news: at least ``dead_band`` away from the last kept one."""
    if kept is None or number is None:
        return kept is not number
    return kept != number and abs(number - kept) >= dead_band


def _tracked(catalogue: Catalogue) -> _Tracked:
    kinds = {kind.key: kind for kind in catalogue.kinds}
    tracked = _Tracked([None] * catalogue.points_total, [None] * catalogue.points_total)
    for equipment in catalogue.equipment:
        for index, point in enumerate(kinds[equipment.kind].points, equipment.first_point):
            tracked.equipment[index] = equipment.id
            tracked.points[index] = point
    return tracked
