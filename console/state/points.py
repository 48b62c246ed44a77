"""The values, indexed by point index: a change costs one list assignment at any city's size."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from backend_bridge.contract.points import PointChange, Scalar, SourceHeard
from backend_bridge.contract.quality import Quality
from console.state.tally import QualityTally

NO_SOURCE = -1
_UNKNOWN = PointChange(-1, None, Quality.UNKNOWN, 0, NO_SOURCE)
"""What every point is before it was heard: one for all, 765,000 of them are a city's start."""


class Points:
    """Hold the latest change of every point index, and when each source was last heard.

    ``state[i]`` is the :class:`PointChange` of index ``i``, shared with the link's batch; indexes
    this session may not see keep the initial unknown one, which all share and has no index.
    Qualities here are the bridge's; what may be *shown* is :meth:`World.quality`, which knows
    whether the link is live.
    """

    def __init__(self) -> None:
        self.state: list[PointChange] = []
        self.heard_ms: list[int] = []
        self.counts: list[int] = [0] * len(Quality)
        self.equipment = QualityTally()
        self._counted = 0

    def __len__(self) -> int:
        return len(self.state)

    def reset(
        self,
        total: int,
        visible: int,
        owner_of: Sequence[int] = (),
        group_of: Sequence[int] = (),
    ) -> None:
        """Forget all; make room for ``total`` indexes, ``visible`` of which exist for us.

        ``owner_of`` gives the equipment's number of each index, ``group_of`` the group of each
        number (:class:`QualityTally`); without them no equipment is counted.
        """
        self.state = [_UNKNOWN] * total
        self.heard_ms = []
        self.counts = [0] * len(Quality)
        self.counts[Quality.UNKNOWN] = visible
        self.equipment.reset(owner_of, group_of)
        self._counted = len(owner_of)

    def apply(self, changes: Sequence[PointChange]) -> list[int]:
        """Take the latest changes and return the indexes taken; those out of range are ignored."""
        state = self.state
        counts = self.counts
        total, counted, move = len(state), self._counted, self.equipment.move
        taken = []
        for change in changes:
            index = change.index
            if not 0 <= index < total:
                continue
            before, after = state[index].quality, change.quality
            if before is not after:
                counts[before] -= 1
                counts[after] += 1
                if index < counted:
                    move(index, before, after)
            state[index] = change
            taken.append(index)
        return taken

    def hear(self, heard: Iterable[SourceHeard]) -> list[int]:
        """Take sources' last answers and return their indexes."""
        taken = []
        times = self.heard_ms
        for item in heard:
            source = item.source
            if source < 0:
                continue
            if source >= len(times):
                if source > len(times) + len(self.state) + 1000:
                    continue  # more sources than points cannot be: a broken message, not memory
                times.extend([0] * (source + 1 - len(times)))
            times[source] = item.heard_ms
            taken.append(source)
        return taken

    def value(self, index: int) -> Scalar:
        """Return the last known value, a memory unless its quality is good."""
        return self.state[index].value

    def age_s(self, index: int, bridge_now_ms: float) -> float | None:
        """Return seconds since the point's source was heard, ``None`` when it never was."""
        source = self.state[index].source
        if not 0 <= source < len(self.heard_ms):
            return None
        heard_ms = self.heard_ms[source]
        return max(0.0, (bridge_now_ms - heard_ms) / 1000) if heard_ms else None
