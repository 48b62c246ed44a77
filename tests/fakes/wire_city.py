"""A catalogue and a point table of any size, without files: cabinets and their lamps."""

from __future__ import annotations

from backend_bridge.contract.points import Catalogue, Equipment, EquipmentKind, PointDef, ValueType
from backend_bridge.contract.times import Clock
from backend_bridge.core.points import PointTable

CABINET = EquipmentKind(
    key="cabinet",
    trade="lighting",
    points=(
        PointDef(key="door_open", value_type=ValueType.BOOL),
        PointDef(key="voltage_v", value_type=ValueType.FLOAT, unit="V"),
    ),
    main_point="voltage_v",
)
LAMP = EquipmentKind(
    key="lamp",
    trade="lighting",
    points=(PointDef(key="level", value_type=ValueType.INT, unit="%"),),
    main_point="level",
)


def wire_catalogue(cabinets: int = 3, lamps: int = 10) -> Catalogue:
    """Return ``cabinets`` with ``lamps`` each; points of a cabinet come before its lamps'."""
    equipment = []
    point = 0
    for cabinet in range(1, cabinets + 1):
        cabinet_id = f"EP-{cabinet:04d}"
        equipment.append(_place(cabinet_id, "cabinet", point, ""))
        point += len(CABINET.points)
        for lamp in range(1, lamps + 1):
            equipment.append(_place(f"{cabinet_id}-{lamp:02d}", "lamp", point, cabinet_id))
            point += len(LAMP.points)
    return Catalogue(
        revision=f"wire-{cabinets}-{lamps}",
        title="Petite ville",
        demonstration=True,
        points_total=point,
        kinds=(CABINET, LAMP),
        equipment=tuple(equipment),
    )


def empty_table(catalogue: Catalogue, clock: Clock, *, points_per_source: int = 100) -> PointTable:
    """Return a table of the catalogue's size whose sources confirm runs of neighbouring points."""
    table = PointTable([10.0] * catalogue.points_total, clock)
    for first in range(0, catalogue.points_total, points_per_source):
        last = min(first + points_per_source, catalogue.points_total)
        table.add_source(f"source-{first}", range(first, last))
    return table


def _place(equipment_id: str, kind: str, first_point: int, parent: str) -> Equipment:
    return Equipment(
        id=equipment_id,
        kind=kind,
        name=equipment_id,
        lon=5.04,
        lat=47.32,
        first_point=first_point,
        parent=parent,
    )
