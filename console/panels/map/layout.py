"""The drawn part of a catalogue as flat arrays: which position on the map is which equipment."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field

from console.panels.map.kinds import ANY, KindSymbol
from console.state.equipment import EquipmentIndex


@dataclass(frozen=True, slots=True)
class Layer:
    """List one kind's equipment on the map."""

    key: str
    symbol: str
    icon: str
    positions: tuple[int, ...] = field(repr=False, default=())


@dataclass(frozen=True, slots=True)
class MapLayout:
    """Number the equipment that is drawn, from 0, in catalogue order; never changed once made.

    Attributes:
        ids: equipment id of each position.
        lons: WGS84 degrees; ``lats`` likewise.
        layer_of: index into ``layers`` of each position.
        points: point indexes that decide what each position shows; for a lamp its main point.
        position_of: equipment id → position; what is not drawn stands on its nearest drawn parent.
        position_of_point: point index → position, -1 for a point that shows nowhere.
    """

    ids: tuple[str, ...]
    lons: array[float]
    lats: array[float]
    layers: tuple[Layer, ...]
    layer_of: bytes
    points: tuple[range, ...]
    position_of: Mapping[str, int]
    position_of_point: array[int]

    def is_lamp(self, position: int) -> bool:
        """Return whether a position is drawn as a point of light."""
        return self.layers[self.layer_of[position]].symbol == "lamp"

    def label(self, position: int, equipment: EquipmentIndex) -> str:
        """Return the short name written beside a symbol: its id without its root's."""
        equipment_id = self.ids[position]
        root = equipment.path(equipment_id)[0]
        short = equipment_id.removeprefix(root).lstrip("-_. ")
        return short or equipment_id


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
    points = []
    for position, item in enumerate(drawn):
        kind = equipment.kinds[item.kind]
        shown = range(item.first_point, item.first_point + len(kind.points))
        main = equipment.main_point(item.id)
        if symbols.get(item.kind, ANY).symbol == "lamp" and main is not None:
            shown = range(main[0], main[0] + 1)
        points.append(shown)
        for index in shown:
            if 0 <= index < points_total:
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
        Layer(key, symbols.get(key, ANY).symbol, symbols.get(key, ANY).icon, tuple(members[index]))
        for key, index in layer_index.items()
    )
    return MapLayout(
        ids=tuple(item.id for item in drawn),
        lons=array("d", (item.lon for item in drawn)),
        lats=array("d", (item.lat for item in drawn)),
        layers=layers,
        layer_of=layer_of,
        points=tuple(points),
        position_of=position_of,
        position_of_point=position_of_point,
    )
