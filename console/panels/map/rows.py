"""The list of layers beside the map: how many, how bad, how old; free of Qt."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from backend_bridge.contract.alarms import Alarm, AlarmState, Severity
from console.panels.map.layout import Layer, MapLayout
from console.panels.map.symbol_facts import worst_state
from console.panels.map.words import Words
from console.state.alarms import alarm_key
from console.state.world import World

Worst = tuple[Severity, AlarmState]


@dataclass(frozen=True, slots=True)
class LayerRow:
    """Sum up one layer for the list beside the map.

    Attributes:
        key: equipment kind, or ``incidents``.
        icon: ``mdi6.`` name.
        count: equipment on the map.
        visible: whether the person lets it be drawn.
        alarm: worst listed alarm of the layer, its severity and state; ``None`` for none.
        drawing: how the map draws it (:data:`console.panels.map.kinds.DRAWING`).
        troubled: the worst state some of it is in, and how many; ``None`` when all are well.
        age: oldest good value's age divided by the age allowed; ``None`` when nothing is good.
    """

    key: str
    icon: str
    symbol: str
    count: int
    visible: bool
    alarm: Worst | None = None
    age: float | None = None
    drawing: Mapping[str, Any] = field(default_factory=dict)
    troubled: tuple[str, int] | None = None


class Rows:
    """Make the rows; what alarms and incidents say is worked out once for each change of them."""

    def __init__(self, world: World, layout: MapLayout, words: Words) -> None:
        self._world = world
        self._layout = layout
        self._words = words
        self._worst: dict[int, Worst] | None = None
        self._incidents: tuple[int, Worst | None] = (0, None)

    def forget(self) -> None:
        """Note that alarms or incidents changed."""
        self._worst = None

    def make(self, hidden: Collection[str]) -> list[LayerRow]:
        """Return one row a layer, incidents first."""
        if self._worst is None:
            self._worst = self._worst_by_layer()
            self._incidents = self._open_incidents()
        count, worst = self._incidents
        icon = "mdi6.alert-circle-outline"
        rows = [LayerRow("incidents", icon, "", count, "incidents" not in hidden, worst)]
        for number, (layer, states) in enumerate(self._words.state_counts()):
            rows.append(
                LayerRow(
                    key=layer.key,
                    icon=layer.icon,
                    symbol=layer.symbol,
                    count=len(layer.positions),
                    visible=layer.key not in hidden,
                    alarm=self._worst.get(number),
                    age=self._age(layer, number),
                    drawing=layer.drawing,
                    troubled=worst_state(states),
                )
            )
        return rows

    def _worst_by_layer(self) -> dict[int, Worst]:
        of_layer: dict[int, list[Alarm]] = {}
        for alarm in self._world.alarms:
            position = self._layout.position_of.get(alarm.equipment_id)
            if position is not None:
                of_layer.setdefault(self._layout.layer_of[position], []).append(alarm)
        return {layer: _worst(alarms) for layer, alarms in of_layer.items()}

    def _open_incidents(self) -> tuple[int, Worst | None]:
        incidents = self._world.incidents
        opened = [item for item in incidents if item.closed_ms is None]
        alarms = [a for item in opened for a in incidents.alarms_of(item, self._world.alarms)]
        # Hue is for alarms: incidents whose alarms are all over wear none.
        return len(opened), _worst(alarms) if alarms else None

    def _age(self, layer: Layer, number: int) -> float | None:
        heard = self._world.points.heard_ms
        sources = self._words.sources(number)
        times = [heard[source] for source in sources if 0 <= source < len(heard) and heard[source]]
        if not times or not self._world.liveness.live:
            return None if not times else 1.0
        age_s = max(0.0, (self._world.bridge_now_ms() - min(times)) / 1000)
        kind = self._world.equipment.kinds[layer.key]
        allowed = min((point.allowed_age_s for point in kind.points), default=1.0)
        return age_s / allowed


def _worst(alarms: Iterable[Alarm]) -> Worst:
    worst = min(alarms, key=alarm_key)
    return worst.severity, worst.state
