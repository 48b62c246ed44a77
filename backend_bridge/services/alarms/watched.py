"""Which rules watch which point, as one small number per point index."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence

from backend_bridge.core.points import Transition
from backend_bridge.services.alarms.rules import Rule, Watch
from backend_bridge.services.facts import Facts


class WatchedPoints:
    """Find the rules of a point in constant time; two bytes a point.

    Args:
        size: points in the table.
    """

    def __init__(self, facts: Facts, rules: Sequence[Rule], size: int) -> None:
        by_point: dict[tuple[str, str], list[Rule]] = {}
        for rule in rules:
            if rule.watch is Watch.POINT:
                by_point.setdefault((rule.kind, rule.point), []).append(rule)
        self._rulesets: list[tuple[Rule, ...]] = [()]
        numbers: dict[tuple[str, str], int] = {}
        for place, found in by_point.items():
            numbers[place] = len(self._rulesets)
            self._rulesets.append(tuple(found))
        self._number_of = array("H", bytes(2 * size))
        for equipment in facts.all_equipment():
            kind = facts.kind(equipment.kind)
            for offset, point in enumerate(kind.points if kind else ()):
                number = numbers.get((equipment.kind, point.key), 0)
                if number:
                    self._number_of[equipment.first_point + offset] = number

    def __iter__(self) -> Iterator[int]:
        """Yield the indexes of the points some rule watches."""
        return (index for index, number in enumerate(self._number_of) if number)

    def rules_at(self, index: int) -> tuple[Rule, ...]:
        """Return the rules that watch a point."""
        return self._rulesets[self._number_of[index]]

    def only(self, transitions: Sequence[Transition]) -> list[Transition]:
        """Return the transitions of watched points."""
        number_of = self._number_of
        return [change for change in transitions if number_of[change.point]]
