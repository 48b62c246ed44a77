"""Links and the equipment they stand for: down as soon as one is, up only when all say so."""

from __future__ import annotations

from collections.abc import Sequence

from backend_bridge.core.linkstate import LinkCause, LinkState
from backend_bridge.services.alarms.rules import Rule, Watch
from backend_bridge.services.facts import Facts

_OF_CAUSE = {LinkCause.CONFIG: Watch.DRIVER, LinkCause.DEFECT: Watch.DRIVER}


class LinkBoard:
    """Remember what each link last said and which rule speaks for it."""

    def __init__(self, facts: Facts, rules: Sequence[Rule]) -> None:
        self._facts = facts
        self._rules: dict[tuple[str, Watch], Rule] = {
            (rule.kind, rule.watch): rule for rule in rules if rule.of_link
        }
        self._said: dict[str, LinkState] = {}

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return the rules that watch links."""
        return tuple(self._rules.values())

    def take(self, state: LinkState) -> str:
        """Take a link's state; return the equipment it stands for, empty for none."""
        self._said[state.link_id] = state
        return self._facts.link_root(state.link_id)

    def down(self, root: str) -> bool | None:
        """Return whether the way to an equipment is lost; ``None`` while not all links spoke."""
        states = [self._said.get(link) for link in self._facts.links_of_root(root)]
        if any(state is not None and not state.up for state in states):
            return True
        return None if None in states else False

    def rule_for(self, root: str) -> Rule | None:
        """Return the rule that speaks for a lost equipment, by its kind and its links' cause."""
        states = [self._said.get(link) for link in self._facts.links_of_root(root)]
        causes = [state.cause for state in states if state is not None and not state.up]
        watches = {_OF_CAUSE.get(cause, Watch.LINK) for cause in causes}
        first = Watch.DRIVER if Watch.DRIVER in watches else Watch.LINK
        other = Watch.LINK if first is Watch.DRIVER else Watch.DRIVER
        equipment = self._facts.equipment(root)
        kind = equipment.kind if equipment is not None else ""
        found = (self._rules.get((of, watch)) for of in (kind, "") for watch in (first, other))
        return next((rule for rule in found if rule is not None), None)

    def below(self, root: str) -> int:
        """Count the equipment lost with the links of an equipment, itself not counted."""
        links = self._facts.links_of_root(root)
        return max((self._facts.link_below(link) for link in links), default=0)
