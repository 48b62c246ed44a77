"""What kinds say of commanding is checked before anybody commands anything."""

from __future__ import annotations

from typing import Any

import pytest

from backend_bridge.contract.points import (
    Commanding,
    EquipmentKind,
    PointDef,
    ValueType,
    WayBack,
)
from backend_bridge.territory.commanding import problems_of
from backend_bridge.territory.library import kinds


def _kind(**commanding: Any) -> EquipmentKind:
    return EquipmentKind(
        key="gate",
        trade="police",
        points=(
            PointDef(
                key="commanded",
                value_type=ValueType.INT,
                low=0.0,
                high=100.0,
                commanding=Commanding(**commanding),
            ),
            PointDef(key="position", value_type=ValueType.INT),
            PointDef(key="held", value_type=ValueType.BOOL),
        ),
    )


def test_shipped_kinds_say_how_they_are_commanded() -> None:
    ways = {
        (kind.kind.key, point.key): point.commanding.back
        for kind in kinds().values()
        for point in kind.kind.points
        if point.commanding is not None
    }

    assert ways == {
        ("bollard", "commanded"): WayBack.REST,
        ("feeder", "closed"): WayBack.REST,
        ("lamp", "level"): WayBack.PROGRAMME,
    }


@pytest.mark.parametrize(
    ("commanding", "said"),
    [
        ({"back": WayBack.REST}, "needs rest"),
        ({"back": WayBack.BEFORE, "rest": 0}, "rest is for"),
        ({"back": WayBack.REST, "rest": 101}, "rest has 101"),
        ({"back": WayBack.REST, "rest": True}, "rest has True"),
        ({"values": (0, 100), "back": WayBack.REST, "rest": 50}, "none of values"),
        ({"values": (0, 1.5)}, "values has 1.5"),
        ({"dangerous": ("open",)}, "dangerous has 'open'"),
        ({"shows": "postion"}, 'did you mean "position"'),
        ({"shows": "held"}, "which is bool, not int"),
        ({"held": "position"}, "not bool"),
        ({"held": "hold"}, 'did you mean "held"'),
        ({"default_s": 0.0}, "default_s"),
        ({"default_s": 700.0, "longest_s": 600.0}, "at most longest_s"),
        ({"longest_s": 1e9}, "at most longest_s"),
        ({"settle_s": -1.0}, "settle_s"),
        ({"settle_s": float("nan")}, "finite"),
    ],
)
def test_mistake_is_named_by_kind_point_and_key(commanding: dict[str, Any], said: str) -> None:
    (problem,) = problems_of(_kind(**commanding))

    assert 'kind "gate", point "commanded"' in problem
    assert said in problem


def test_what_is_right_has_no_problem() -> None:
    right = {
        "values": (0, 100),
        "back": WayBack.REST,
        "rest": 100,
        "shows": "position",
        "held": "held",
        "dangerous": (0,),
    }

    assert problems_of(_kind(**right)) == []
