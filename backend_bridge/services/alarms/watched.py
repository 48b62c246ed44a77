"""Which rules watch which point, as one small number per point index."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from backend_bridge.core.points import Transition
from backend_bridge.services.alarms.rules import Design, Rule, Watch
from backend_bridge.services.facts import Facts


class Watchers(NamedTuple):
    """Who wants to know of a point.

    Attributes:
        rules: watch the point itself.
        beside: watch another point of the same equipment, and look at this one.
        above: watch points of what hangs on the equipment, and look at this one.
        quiets: some design looks at it.
    """

    rules: tuple[Rule, ...] = ()
    beside: tuple[Rule, ...] = ()
    above: tuple[Rule, ...] = ()
    quiets: bool = False


_NOBODY = Watchers()


class WatchedPoints:
    """Find who watches a point in constant time; two bytes a point.

    Args:
        size: points in the table.
    """

    def __init__(
        self, facts: Facts, rules: Sequence[Rule], size: int, designs: Sequence[Design] = ()
    ) -> None:
        by_point = _by_point(facts, rules, designs)
        self._watchers: list[Watchers] = [_NOBODY, *by_point.values()]
        numbers = {place: number for number, place in enumerate(by_point, start=1)}
        self._number_of = array("H", bytes(2 * size))
        for equipment in facts.all_equipment():
            kind = facts.kind(equipment.kind)
            for offset, point in enumerate(kind.points if kind else ()):
                number = numbers.get((equipment.kind, point.key), 0)
                if number:
                    self._number_of[equipment.first_point + offset] = number

    def __iter__(self) -> Iterator[int]:
        """Yield the indexes of the points somebody watches."""
        return (index for index, number in enumerate(self._number_of) if number)

    def at(self, index: int) -> Watchers:
        """Return who watches a point."""
        return self._watchers[self._number_of[index]]

    def only(self, transitions: Sequence[Transition]) -> list[Transition]:
        """Return the transitions of watched points."""
        number_of = self._number_of
        return [change for change in transitions if number_of[change.point]]


def shown_point(facts: Facts, rule: Rule) -> str:
    """Return the point whose value a rule judges: of a commanded point, what proves the effect."""
    if rule.watch is not Watch.OVERRIDE:
        return rule.point
    kind = facts.kind(rule.kind)
    points = kind.points if kind is not None else ()
    commanded = next((point for point in points if point.key == rule.point), None)
    commanding = commanded.commanding if commanded is not None else None
    return (commanding.shows if commanding is not None else "") or rule.point


def looks_at(facts: Facts, rule: Rule) -> set[tuple[str, str]]:
    """Return the (kind, point) without whose values a rule can not ring; none for links."""
    if rule.watch not in (Watch.POINT, Watch.OVERRIDE):
        return set()
    found = {(rule.kind, shown_point(facts, rule))}
    if rule.differs_from:
        found.add((rule.kind, rule.differs_from))
    return found | {
        (where.kind or rule.kind, where.point) for where in rule.while_ if where.tests_value
    }


def hanging(facts: Facts, rules: Sequence[Rule]) -> dict[tuple[str, str], list[str]]:
    """Return what hangs on each equipment, of the kinds whose rules look upwards."""
    above: dict[str, set[str]] = {}
    for rule in rules:
        for where in rule.while_:
            if where.kind:
                above.setdefault(rule.kind, set()).add(where.kind)
    found: dict[tuple[str, str], list[str]] = {}
    for equipment in facts.all_equipment() if above else ():
        for ancestor in facts.ancestors(equipment.id) if equipment.kind in above else ():
            item = facts.equipment(ancestor)
            if item is not None and item.kind in above[equipment.kind]:
                found.setdefault((equipment.kind, ancestor), []).append(equipment.id)
    return found


def _by_point(
    facts: Facts, rules: Sequence[Rule], designs: Sequence[Design]
) -> dict[tuple[str, str], Watchers]:
    found: dict[tuple[str, str], Watchers] = {}

    for rule in rules:
        if rule.watch not in (Watch.POINT, Watch.OVERRIDE):
            continue
        place = (rule.kind, shown_point(facts, rule))
        known = found.get(place, _NOBODY)
        found[place] = known._replace(rules=(*known.rules, rule))
        near = {(rule.kind, where.point) for where in rule.while_ if not where.kind}
        if rule.differs_from:
            near.add((rule.kind, rule.differs_from))
        for place in near:
            known = found.get(place, _NOBODY)
            found[place] = known._replace(beside=(*known.beside, rule))
        for place in {(where.kind, where.point) for where in rule.while_ if where.kind}:
            known = found.get(place, _NOBODY)
            found[place] = known._replace(above=(*known.above, rule))
    kind_of = {rule.key: rule.kind for rule in rules}
    for design in designs:
        for where in design.while_:
            for kind in (where.kind,) if where.kind else {kind_of[key] for key in design.rules}:
                known = found.get((kind, where.point), _NOBODY)
                found[kind, where.point] = known._replace(quiets=True)
    return found
