"""Decide which changes history keeps: every change of quality, and values beyond a dead band."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from backend_bridge.contract.points import Equipment, PointDef, Scalar
from backend_bridge.contract.quality import Quality
from backend_bridge.core.points import Transition
from backend_bridge.core.storage import HistorySample, HistoryStore

PointAt = Callable[[int], tuple[Equipment, PointDef]]


class Recorder:
    """Watch the point table (:meth:`observe` is an observer) and keep what is worth keeping.

    Text values have no history. A value that drifts is kept once it left the dead band around the
    last kept one, so the sum of what was left out stays within the band.
    """

    def __init__(self, history: HistoryStore, point_at: PointAt) -> None:
        self._history = history
        self._point_at = point_at
        self._kept: dict[int, tuple[float | None, Quality]] = {}

    def observe(self, transitions: Sequence[Transition]) -> None:
        """Take a batch of changes; called on the loop, queues and returns."""
        samples = []
        for change in transitions:
            value = _number(change.value)
            equipment, point = self._point_at(change.point)
            last = self._kept.get(change.point)
            if last is not None and last[1] is change.quality and _within(last[0], value, point):
                continue
            self._kept[change.point] = (value, change.quality)
            samples.append(
                HistorySample(equipment.id, point.key, change.at_ms, value, change.quality)
            )
        if samples:
            self._history.keep(samples)


def _number(value: Scalar) -> float | None:
    return float(value) if isinstance(value, bool | int | float) else None


def _within(kept: float | None, value: float | None, point: PointDef) -> bool:
    if kept is None or value is None:
        return kept is value
    return abs(value - kept) < point.dead_band or value == kept
