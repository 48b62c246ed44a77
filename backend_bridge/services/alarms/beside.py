"""What a rule must know besides its own point: points beside and above, and who holds what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from backend_bridge.contract.commands import CommandOutcome, CommandRecord
from backend_bridge.contract.overrides import Override, OverrideState
from backend_bridge.contract.points import Scalar
from backend_bridge.contract.quality import Quality
from backend_bridge.core.points import PointTable
from backend_bridge.services.alarms import engine
from backend_bridge.services.alarms.engine import Beside
from backend_bridge.services.alarms.rules import Design, Rule, Where
from backend_bridge.services.facts import Facts

_HOLDS = (OverrideState.ACTIVE, OverrideState.RETURNING, OverrideState.STUCK)


class Surroundings:
    """Look at present values and at the overrides that hold."""

    def __init__(self, facts: Facts, table: PointTable, overrides: Iterable[Override] = ()) -> None:
        self._facts = facts
        self._table = table
        self._held: dict[tuple[str, str], Override] = {}
        for override in overrides:
            self.take(override)

    def take(self, override: Override) -> None:
        """Take the latest state of an override."""
        place = (override.equipment_id, override.point_key)
        if override.state in _HOLDS:
            self._held[place] = override
        elif (held := self._held.get(place)) is not None and held.id == override.id:
            del self._held[place]

    def held(self, equipment_id: str, point_key: str) -> bool:
        """Return whether somebody holds a point."""
        return (equipment_id, point_key) in self._held

    def state(self, equipment_id: str, point_key: str) -> tuple[Scalar, Quality]:
        """Return a point's present value and quality, unknown where there is no such point."""
        index = self._facts.index(equipment_id, point_key)
        if index is None:
            return None, Quality.UNKNOWN
        found = self._table.state(index)
        return found.value, found.quality

    def beside(self, rule: Rule, equipment_id: str) -> Beside:
        """Return what a rule's condition needs to know besides its point."""
        other: Scalar = None
        if rule.stuck is not None:
            held = self._held.get((equipment_id, rule.point))
            # on its way back it is told something else already
            other = held.value if held and held.state is OverrideState.ACTIVE else None
        elif rule.differs_from:
            value, quality = self.state(equipment_id, rule.differs_from)
            other = value if quality is Quality.GOOD else None
        return Beside(other, self.met(rule.while_, equipment_id))

    def met(self, wheres: Sequence[Where], equipment_id: str) -> bool | None:
        """Return whether all hold: one that does not decides, one not known leaves it open."""
        answers = [self._met(where, equipment_id) for where in wheres]
        if False in answers:
            return False
        return None if None in answers else True

    def _met(self, where: Where, equipment_id: str) -> bool | None:
        place = self._place(where, equipment_id)
        if place is None:
            return False
        if where.overridden is not None:
            if self.held(place, where.point) is not where.overridden:
                return False
            if not where.tests_value:
                return True
        value, quality = self.state(place, where.point)
        return engine.holds(where, value) if quality is Quality.GOOD else None

    def _place(self, where: Where, equipment_id: str) -> str | None:
        if not where.kind:
            return equipment_id
        for ancestor in self._facts.ancestors(equipment_id):
            item = self._facts.equipment(ancestor)
            if item is not None and item.kind == where.kind:
                return ancestor
        return None


class Designs:
    """Say which design keeps an alarm quiet."""

    def __init__(self, designs: Sequence[Design], surroundings: Surroundings) -> None:
        self._surroundings = surroundings
        self._of_rule: dict[str, list[Design]] = {}
        for design in designs:
            for rule in design.rules:
                self._of_rule.setdefault(rule, []).append(design)

    def __contains__(self, rule: str) -> bool:
        return rule in self._of_rule

    def of(self, rule: str, equipment_id: str, now: str = "") -> str:
        """Return the design's key, empty for none; ``now`` stays while nothing is known."""
        for design in self._of_rule.get(rule, ()):
            met = self._surroundings.met(design.while_, equipment_id)
            if met or (met is None and design.key == now):
                return design.key
        return ""


class Unproven:
    """Remember the commands of which nobody knows that they were carried out."""

    def __init__(self, rules: Iterable[Rule], to_check: Iterable[CommandRecord] = ()) -> None:
        self._rules = tuple(rules)
        self._points: dict[str, set[str]] = {}
        for command in to_check:
            self.take(command)

    def take(self, command: CommandRecord) -> tuple[Rule, ...]:
        """Take a command's outcome; return the rules to judge its equipment by anew."""
        if command.outcome in (CommandOutcome.REFUSED, CommandOutcome.EXPIRED):
            return ()
        if not command.outcome.final:
            return ()
        doubtful = command.to_check or command.outcome is CommandOutcome.FAILED
        points = self._points.setdefault(command.equipment_id, set())
        (points.add if doubtful else points.discard)(command.point_key)
        if not points:
            del self._points[command.equipment_id]
        return tuple(
            rule
            for rule in self._rules
            if rule.kind == command.equipment_kind and rule.point in ("", command.point_key)
        )

    def of(self, rule: Rule, equipment_id: str) -> bool:
        """Return whether a rule's command has no proof."""
        points = self._points.get(equipment_id, set())
        return rule.point in points if rule.point else bool(points)

    def equipment_ids(self) -> tuple[str, ...]:
        """Return the equipment with such a command."""
        return tuple(self._points)
