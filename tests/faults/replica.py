"""Compare what a console shows with what another shows, and with what the field says is so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from backend_bridge.contract.points import PointDef, Scalar, ValueType
from backend_bridge.contract.quality import Quality
from console.state.world import World

SAMPLES = 5
LOOSE, LOOSE_SHARE = 0.2, 0.01
"""By how much a measured number may have moved on between the two looks."""


@dataclass(slots=True)
class Difference:
    """What has not been equal yet, at any of the looks since the comparing began.

    A city never stands still: a point is given up once it was seen equal, a list each time anew.
    """

    points: set[int] | None = None
    lists: dict[str, list[str]] = field(default_factory=dict)

    @property
    def none(self) -> bool:
        """Return whether all was seen equal."""
        return self.points == set() and not any(self.lists.values())

    def look(self, world: World, truth: World) -> None:
        """Look once more."""
        if len(world.points) != len(truth.points):
            self.points = {-1}
            return
        if self.points in (None, {-1}):
            self.points = set(range(len(truth.points)))
        assert self.points is not None
        mine, true = world.points.state, truth.points.state
        self.points = {
            index
            for index in self.points
            if mine[index].value != true[index].value
            or mine[index].quality is not true[index].quality
        }
        self.lists = {name: _unequal(read(world), read(truth)) for name, read in _LISTS.items()}

    def said(self) -> str:
        """Return what is unequal, in few words."""
        if self.points is None:
            return "nothing was compared"
        words = (
            [f"{len(self.points)} points {sorted(self.points)[:SAMPLES]}"] if self.points else []
        )
        words += [f"{name} {keys[:SAMPLES]}" for name, keys in self.lists.items() if keys]
        return "; ".join(words)


_LISTS: Mapping[str, Callable[[World], Mapping[str, object]]] = {
    "alarms": lambda world: {**world.alarms.by_id, **world.alarms.aside},
    "incidents": lambda world: {incident.id: incident for incident in world.incidents},
    "service": lambda world: world.service,
    "overrides": lambda world: {item.id: item for item in world.acting.overrides},
    "plans": lambda world: world.acting.plans,
    "orders": lambda world: {item.key: item for item in world.acting.orders},
    "approvals": lambda world: {item.id: item for item in world.acting.approvals},
    "zones": lambda world: {item.id: item for item in world.acting.zones},
    "commands to check": lambda world: {item.key: item for item in world.acting.to_check},
    "commands under way": lambda world: {
        item.key: item for item in world.commands.values() if not item.outcome.final
    },
}


def _unequal(mine: Mapping[str, object], true: Mapping[str, object]) -> list[str]:
    return sorted(key for key in mine.keys() | true.keys() if mine.get(key) != true.get(key))


def field_differences(
    world: World, truth: Mapping[str, Any], left: set[str] | None = None
) -> dict[str, str]:
    """Return ``equipment.point`` → what is wrong, of those in ``left`` (``None``: of all).

    What cannot be reached must not be good; what the device calls bad must be bad; all else must
    be good and equal.
    """
    found: dict[str, str] = {}
    for equipment_id, entry in truth["equipment"].items():
        item = world.equipment.get(equipment_id)
        if item is None:
            found[equipment_id] = "no console knows it"
            continue
        for index, point in world.equipment.points_of(equipment_id):
            name = f"{equipment_id}.{point.key}"
            if point.key not in entry["values"] or (left is not None and name not in left):
                continue
            change = world.points.state[index]
            wrong = _wrong(point, change.value, change.quality, entry)
            if wrong:
                found[name] = wrong
    return found


def _wrong(point: PointDef, value: Scalar, quality: Quality, entry: Mapping[str, Any]) -> str:
    true = entry["values"][point.key]
    if not entry["reachable"]:
        return "" if quality is not Quality.GOOD else "good, and cannot be reached"
    if point.key in entry.get("bad", ()):
        return "" if quality is Quality.BAD else f"{quality.word}, and the device says bad"
    if quality is not Quality.GOOD:
        return f"{quality.word}, and is {true}"
    return "" if _same(point, value, true) else f"{value}, and is {true}"


def _same(point: PointDef, value: Scalar, true: Scalar) -> bool:
    if point.value_type is ValueType.FLOAT and not isinstance(true, bool | str | None):
        if isinstance(value, bool | str | None):
            return False
        return abs(value - true) <= LOOSE + LOOSE_SHARE * abs(true)
    return value == true
