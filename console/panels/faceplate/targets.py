"""What the chosen equipment can be commanded to: one point that all of a kind share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from backend_bridge.contract.orders import LARGEST_ORDER, Target
from backend_bridge.contract.points import Equipment, PointDef, Scalar, ValueType, WayBack
from console.panels.wording import Words
from console.state.world import World

LEVELS = (0, 40, 70, 100)
"""Steps offered for a point that takes any number, as parts of a hundred of its range."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The equipment an act would touch.

    Attributes:
        items: of one kind, in the order chosen; empty when nothing chosen can be commanded.
        others: how many chosen ones are of another kind and are left alone.
        beyond: how many more of this kind were chosen than one order takes; they are left alone.
        host: what they hang on (a cabinet with its lamps), when that was chosen.
        point: the point an act writes, ``None`` when the kind has none.
    """

    items: tuple[Equipment, ...]
    others: int
    host: Equipment | None
    point: PointDef | None
    beyond: int = 0

    def targets(self, value: Scalar) -> tuple[Target, ...]:
        """Return what writing a value would touch."""
        if self.point is None:
            return ()
        key = self.point.key
        return tuple(Target(item.id, key, value) for item in self.items)


def chosen_of(world: World, ids: Iterable[str]) -> Chosen:
    """Return what an act on the chosen equipment would touch.

    Of several kinds the most frequent one is taken. An equipment that nobody commands stands for
    the lamps below it, if there are any: a cabinet's faceplate is that of its group.
    """
    found = [item for key in ids if (item := world.equipment.get(key)) is not None]
    items, others = _of_one_kind(found)
    point = commandable(world, items[0]) if items else None
    if point is None and len(items) == 1:
        below = [
            item
            for key in world.equipment.descendants(items[0].id)
            if (item := world.equipment.get(key)) is not None and item.kind == "lamp"
        ]
        if below:
            point = commandable(world, below[0])
            return _whole(below, others, items[0], point)
    return _whole(items, others, None, point)


def _whole(
    items: list[Equipment], others: int, host: Equipment | None, point: PointDef | None
) -> Chosen:
    """Return what is chosen, as much of it as one order takes."""
    beyond = max(0, len(items) - LARGEST_ORDER)
    return Chosen(tuple(items[:LARGEST_ORDER]), others, host, point, beyond)


def commandable(world: World, item: Equipment) -> PointDef | None:
    """Return the first point of an equipment that people command, ``None`` for none."""
    for _, definition in world.equipment.points_of(item.id):
        if definition.commanding is not None:
            return definition
    return None


def values_of(point: PointDef) -> tuple[Scalar, ...]:
    """Return the values offered for a point; giving it back comes last."""
    commanding = point.commanding
    assert commanding is not None, point.key
    if commanding.values:
        offered: tuple[Scalar, ...] = commanding.values
    elif point.value_type is ValueType.BOOL:
        offered = (True, False)
    elif point.low is not None and point.high is not None:
        span = point.high - point.low
        offered = tuple(_number(point, point.low + span * part / 100) for part in LEVELS)
    else:
        offered = ()
    return (*offered, None) if commanding.back is WayBack.PROGRAMME else offered


def verb_key(words: Words, kind: str, point: PointDef, value: Scalar) -> str:
    """Return the text key of what a button says that writes a value, without ``.one``."""
    named = "programme" if value is None else str(value).lower()
    for key in (f"act.{kind}.{point.key}.{named}", f"act.{kind}.{point.key}"):
        if words.known(f"{key}.one", count="1", value=""):
            return key
    return "acting.verb.set"


def _of_one_kind(items: list[Equipment]) -> tuple[list[Equipment], int]:
    if not items:
        return [], 0
    kinds = Counter(item.kind for item in items)
    first = items[0].kind
    kind = first if kinds[first] * 2 >= len(items) else kinds.most_common(1)[0][0]
    same = [item for item in items if item.kind == kind]
    return same, len(items) - len(same)


def _number(point: PointDef, value: float) -> Scalar:
    return round(value) if point.value_type is ValueType.INT else value
