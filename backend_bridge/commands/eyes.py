"""What the bridge last saw of the field, taken from its point table."""

from __future__ import annotations

from collections.abc import Callable

from backend_bridge.commands.needs import Seen
from backend_bridge.contract.times import Clock
from backend_bridge.core.points import NO_SOURCE, PointTable


class TableEyes:
    """Look into the point table; see :class:`backend_bridge.commands.needs.Eyes`.

    Args:
        point_index: index of a point by equipment id and point key; ``KeyError`` for no such point.
    """

    def __init__(
        self, table: PointTable, point_index: Callable[[str, str], int], clock: Clock
    ) -> None:
        self._table = table
        self._point_index = point_index
        self._clock = clock

    def see(self, equipment_id: str, point_key: str) -> Seen | None:
        """Return what is known of a point, ``None`` when there is no such point."""
        try:
            state = self._table.state(self._point_index(equipment_id, point_key))
        except KeyError:
            return None
        heard_ms = 0 if state.source == NO_SOURCE else self._table.heard_ms(state.source)
        age_s = max(0, self._clock.now_ms() - heard_ms) // 1000 if heard_ms else -1
        return Seen(state.value, state.quality, age_s)
