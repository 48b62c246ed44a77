"""The drawn part of a catalogue as flat arrays: which position on the map is which equipment."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from console.panels.map.kinds import ANY, KindSymbol
from console.state.equipment import EquipmentIndex


@dataclass(frozen=True, slots=True)
class Layer:
    """List one kind's equipment on the map."""

    key: str
    symbol: str
    icon: str
    drawing: Mapping[str, Any] = field(repr=False, default_factory=dict)
    positions: tuple[int, ...] = field(repr=False, default=())


@dataclass(frozen=True, slots=True)
class MapLayout:
    """Number the equipment that is drawn, from 0, in catalogue order; never changed once made.

    Attributes:
        ids: equipment id of each position.
        lons: WGS84 degrees; ``lats`` likewise.
        layer_of: index into ``layers`` of each position.
        points: point indexes that decide what each position shows; for a lamp its main point.
        level_of: index of the one point a lamp's state is in, -1 for what is no such lamp.
        position_of: equipment id → position; what is not drawn stands on its nearest drawn parent.
        position_of_point: point index → position, -1 for a point that shows nowhere.
    """

    ids: tuple[str, ...]
    lons: array[float]
    lats: array[float]
    layers: tuple[Layer, ...]
    layer_of: bytes
    points: tuple[range, ...]
    level_of: array[int]
    position_of: Mapping[str, int]
    position_of_point: array[int]

    def is_lamp(self, position: int) -> bool:
        """Return whether a position is drawn as a point of light."""
        return self.layers[self.layer_of[position]].symbol == "lamp"

    def labels(self, equipment: EquipmentIndex) -> list[str]:
        """Return the short names written beside symbols: each id without its root's."""
        roots: dict[str, str] = {}
        found = []
        for equipment_id in self.ids:
            parent = equipment.by_id[equipment_id].parent
            root = roots.get(parent)
            if root is None:
                path = equipment.path(parent)
                root = roots[parent] = path[0] if path else ""
            short = equipment_id.removeprefix(root).lstrip("-_. ") if root else ""
            found.append(short or equipment_id)
        return found


def _shown_points(
    equipment: EquipmentIndex, symbols: Mapping[str, KindSymbol]
) -> dict[str, tuple[int, int, bool]]:
    """Return for each kind which of its points decide: first, count, and whether it is a level."""
    found = {}
    for key, kind in equipment.kinds.items():
        keys = [point.key for point in kind.points]
        symbol = symbols.get(key, ANY)
        if symbol.symbol == "lamp" and kind.main_point in keys:
            found[key] = (keys.index(kind.main_point), 1, True)
        else:
            found[key] = (0, len(keys), False)
    return found


def make_layout(
    equipment: EquipmentIndex, points_total: int, symbols: Mapping[str, KindSymbol]
) -> MapLayout:
    """Return the layout of one catalogue."""
    kinds = [key for key in equipment.kinds if symbols.get(key, ANY).symbol != "none"]
    kinds.sort(key=lambda key: (symbols.get(key, ANY).order, key))
    layer_index = {key: index for index, key in enumerate(kinds[:255])}
    drawn = [item for item in equipment.by_id.values() if item.kind in layer_index]
    position_of = {item.id: position for position, item in enumerate(drawn)}
    position_of_point = array("i", [-1]) * points_total
    shown_points = _shown_points(equipment, symbols)
    points = []
    level_of = array("i", [-1]) * len(drawn)
    for position, item in enumerate(drawn):
        offset, count, is_level = shown_points[item.kind]
        first = item.first_point + offset
        points.append(range(first, first + count))
        if is_level and first < points_total:
            position_of_point[first] = position
            level_of[position] = first
        else:
            for index in range(first, min(points_total, first + count)):
                position_of_point[index] = position
    for equipment_id in equipment.by_id:
        if equipment_id not in position_of:
            above = [key for key in equipment.path(equipment_id) if key in position_of]
            if above:
                position_of[equipment_id] = position_of[above[-1]]
    layer_of = bytes(layer_index[item.kind] for item in drawn)
    members: list[list[int]] = [[] for _ in layer_index]
    for position, layer in enumerate(layer_of):
        members[layer].append(position)
    layers = tuple(
        Layer(key, shown.symbol, shown.icon, shown.drawing, tuple(members[index]))
        for key, index in layer_index.items()
        for shown in (symbols.get(key, ANY),)
    )
    return MapLayout(
        ids=tuple(item.id for item in drawn),
        lons=array("d", (item.lon for item in drawn)),
        lats=array("d", (item.lat for item in drawn)),
        layers=layers,
        layer_of=layer_of,
        points=tuple(points),
        level_of=level_of,
        position_of=position_of,
        position_of_point=position_of_point,
    )
