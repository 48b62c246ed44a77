"""A small city whose lamps, feeders and bollards can be commanded."""

from __future__ import annotations

import msgspec

from backend_bridge.contract.points import (
    Catalogue,
    Commanding,
    Equipment,
    EquipmentKind,
    PointDef,
    ValueType,
    WayBack,
)
from tests.fakes.small_city import small_city

BOLLARD = EquipmentKind(
    key="bollard",
    trade="police",
    points=(
        PointDef(key="position", value_type=ValueType.INT, unit="%", low=0.0, high=100.0),
        PointDef(
            key="commanded",
            value_type=ValueType.INT,
            unit="%",
            low=0.0,
            high=100.0,
            commanding=Commanding(
                values=(0, 100), back=WayBack.REST, rest=100, shows="position", settle_s=8.0
            ),
        ),
        PointDef(key="loop_occupied", value_type=ValueType.BOOL),
        PointDef(key="obstacle", value_type=ValueType.BOOL),
    ),
    main_point="position",
)
_COMMANDING = {
    ("lamp", "level"): Commanding(back=WayBack.PROGRAMME, default_s=600.0),
    ("feeder", "closed"): Commanding(back=WayBack.REST, rest=True, dangerous=(False,)),
}


def acting_city() -> Catalogue:
    """Return three cabinets with feeders and lamps, and bollards ``B-01`` to ``B-03``."""
    plain = small_city()
    kinds = []
    for kind in plain.kinds:
        points = tuple(
            msgspec.structs.replace(point, commanding=_COMMANDING.get((kind.key, point.key)))
            for point in kind.points
        )
        kinds.append(msgspec.structs.replace(kind, points=points))
    bollards = tuple(
        Equipment(
            id=f"B-{number:02}",
            kind="bollard",
            name=f"Borne {number}",
            lon=5.04,
            lat=47.32 + number / 1000,
            first_point=plain.points_total + 4 * (number - 1),
            place="Rue Chabot-Charny",
            commune="Dijon",
            sector="Centre",
        )
        for number in (1, 2, 3)
    )
    return msgspec.structs.replace(
        plain,
        kinds=(*kinds, BOLLARD),
        equipment=(*plain.equipment, *bollards),
        points_total=plain.points_total + 12,
    )
