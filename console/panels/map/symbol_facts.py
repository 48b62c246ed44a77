"""What symbols say beyond their state: where cameras look, their numbers, a value in words.

The fixed part goes to the page once for each catalogue; the value travels in the upper half of a
position's word (:mod:`console.panels.map.frames`): bits 16-31 hold the value times 10 to the power
of its decimals, two's complement, :data:`NO_VALUE` for none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from backend_bridge.contract.points import Scalar
from backend_bridge.contract.quality import Quality
from console.panels.formats import Formats
from console.panels.map.kinds import ANY, KindSymbol
from console.panels.map.layout import MapLayout
from console.panels.spec import Translate
from console.state.equipment import EquipmentIndex
from console.state.world import World

VALUE_SHIFT = 16
NO_VALUE = -(1 << 15)
_TOLD = (Quality.GOOD, Quality.STALE)


class SymbolFacts:
    """Know the value beside each symbol of one catalogue.

    Args:
        world: points are read from it.
        layout: positions.
        symbols: kind → how it is shown.
        text: translates.
    """

    def __init__(
        self,
        world: World,
        layout: MapLayout,
        symbols: Mapping[str, KindSymbol],
        text: Translate,
    ) -> None:
        self._world = world
        self._layout = layout
        self._symbols = symbols
        self._text = text
        # Per layer: offset of the value's point among the kind's, and its decimals.
        self._values: list[tuple[int, int] | None] = []
        for layer in layout.layers:
            wanted = symbols.get(layer.key, ANY).value
            points = world.equipment.kinds[layer.key].points
            at = [k for k, point in enumerate(points) if point.key == wanted]
            self._values.append((at[0], points[at[0]].decimals) if at else None)

    def bits(self, position: int) -> int:
        """Return the upper half of a position's word, 0 where its kind writes no value."""
        value = self._values[self._layout.layer_of[position]]
        if value is None:
            return 0
        offset, decimals = value
        index = self._layout.points[position].start + offset
        if self._world.quality(index) not in _TOLD:
            return encode_value(None, decimals)
        return encode_value(self._world.points.value(index), decimals)

    def message(self) -> dict[str, Any]:
        """Return the fixed part, as the page reads it.

        ``layers``: drawing, decimals and words of each; ``sights``: [position, bearing or null,
        width, range in metres]; ``numbers``: [position, short number].
        """
        equipment = self._world.equipment
        sights: list[tuple[int, float | None, float, float]] = []
        numbers: list[tuple[int, int]] = []
        for position, key in enumerate(self._layout.ids):
            item = equipment.by_id[key]
            if item.sight is not None:
                sight = item.sight
                sights.append((position, sight.bearing, sight.width, sight.range_m))
            if item.number:
                numbers.append((position, item.number))
        layers = [
            self._layer(layer.key, value, equipment)
            for layer, value in zip(self._layout.layers, self._values, strict=True)
        ]
        return {"layers": layers, "sights": sights, "numbers": numbers}

    def _layer(
        self, key: str, value: tuple[int, int] | None, equipment: EquipmentIndex
    ) -> dict[str, Any]:
        symbol = self._symbols.get(key, ANY)
        drawing = dict(symbol.drawing) or dict(ANY.drawing)
        if value is not None:
            point = equipment.kinds[key].points[value[0]]
            name = f"map.value.{key}"
            said = self._text(name, value="{value}")
            unit = Formats(self._text("language.code")).bound("{value}", point.unit)
            drawing["value"] = {
                "decimals": point.decimals,
                # A measure is worth its room from medium scale on, a number of a plan is not.
                "medium": bool(point.unit) and "flat" not in drawing,
                "words": unit if said.startswith(name) else said,
            }
        return drawing


TROUBLES = ("unavailable", "bad", "stale", "unknown")
"""States that say that nobody knows, from worse to less bad."""


def worst_state(counts: Mapping[str, int]) -> tuple[str, int] | None:
    """Return the worst state that something of a layer is in and how much, ``None`` for none."""
    return next(((state, counts[state]) for state in TROUBLES if counts[state]), None)


def encode_value(value: Scalar | None, decimals: int) -> int:
    """Return a value as the upper half of a word; what does not fit is no value."""
    if isinstance(value, bool):
        value = int(value)
    scaled = NO_VALUE
    if isinstance(value, int | float) and value == value:  # noqa: PLR0124 - not a number is no value
        scaled = round(max(-1e9, min(1e9, value)) * 10**decimals)
        if not NO_VALUE < scaled < -NO_VALUE:
            scaled = NO_VALUE
    return (scaled & 0xFFFF) << VALUE_SHIFT
