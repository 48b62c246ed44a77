"""Decide which changes of the point table are worth keeping: those beyond a point's dead band."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from backend_bridge.contract.points import Catalogue, Scalar
from backend_bridge.contract.quality import Quality
from backend_bridge.core.points import PointTable, Transition
from backend_bridge.core.storage import HistorySample


class Keeper(Protocol):
    """Where samples go, and how often it lost some."""

    @property
    def holes(self) -> int:
        """Return how many times samples were lost so far."""

    def keep(self, samples: Sequence[HistorySample]) -> None:
        """Queue samples; never blocks, never raises."""


class _Tracked(NamedTuple):
    equipment_id: str
    point_key: str
    dead_band: float


class HistoryRecorder:
    """Follow a point table and keep what moved; runs on the bridge's loop.

    A number is compared with the last *kept* one, so a slow drift is kept once it left the band.
    A change of quality is always kept. Texts have no number: only their quality is kept. After
    samples were lost the present state of every point is kept anew.
    """

    def __init__(self, table: PointTable, catalogue: Catalogue, keeper: Keeper) -> None:
        self._table = table
        self._keeper = keeper
        self._tracked = _tracked(catalogue)
        self._kept: list[tuple[float | None, Quality]] = [(None, Quality.UNKNOWN)] * len(
            self._tracked
        )
        self._holes = keeper.holes

    def follow(self) -> None:
        """Start observing the table."""
        self._table.observe(self.on_changes)

    def on_changes(self, transitions: Sequence[Transition]) -> None:
        """Keep those transitions that left a dead band or changed quality."""
        if self._keeper.holes != self._holes:
            self._holes = self._keeper.holes
            self._keep_everything(transitions[-1].at_ms)
            return
        samples = []
        for change in transitions:
            sample = self._sample(change.point, change.value, change.quality, change.at_ms)
            if sample is not None:
                samples.append(sample)
        if samples:
            self._keeper.keep(samples)

    def _sample(
        self, point: int, value: Scalar, quality: Quality, at_ms: int
    ) -> HistorySample | None:
        tracked = self._tracked[point] if point < len(self._tracked) else None
        if tracked is None:
            return None
        number = as_number(value)
        before, quality_before = self._kept[point]
        if quality is quality_before and not leaves_band(before, number, tracked.dead_band):
            return None
        self._kept[point] = (number, quality)
        return HistorySample(tracked.equipment_id, tracked.point_key, at_ms, number, quality)

    def _keep_everything(self, now_ms: int) -> None:
        samples = []
        for point, tracked in enumerate(self._tracked):
            state = self._table.state(point) if tracked and point < len(self._table) else None
            if tracked is None or state is None or state.quality is Quality.UNKNOWN:
                continue
            number = as_number(state.value)
            self._kept[point] = (number, state.quality)
            samples.append(
                HistorySample(
                    tracked.equipment_id, tracked.point_key, now_ms, number, state.quality
                )
            )
        self._keeper.keep(samples)


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


def _tracked(catalogue: Catalogue) -> list[_Tracked | None]:
    """Return what each point index means to history; gaps in index space stay ``None``."""
    kinds = {kind.key: kind for kind in catalogue.kinds}
    tracked: list[_Tracked | None] = [None] * catalogue.points_total
    for equipment in catalogue.equipment:
        for position, point in enumerate(kinds[equipment.kind].points):
            tracked[equipment.first_point + position] = _Tracked(
                equipment.id, point.key, point.dead_band
            )
    return tracked
