"""The way back of many overrides at once, as a wish like any other."""

from __future__ import annotations

from collections.abc import Sequence

from backend_bridge.contract.orders import LARGEST_ORDER, Target
from backend_bridge.contract.overrides import Override
from backend_bridge.contract.points import WayBack
from console.panels.acting.proposal import Intent
from console.panels.wording import Words

MANY = 20
"""Overrides sent back one by one; more become an order that is counted, and can be stopped."""


def way_back(held: Sequence[Override], reason: str, words: Words) -> Intent:
    """Return the wish that gives many points back, each to what its override leads back to."""
    targets = tuple(
        Target(
            one.equipment_id,
            one.point_key,
            None if one.back is WayBack.PROGRAMME else one.back_value,
        )
        for one in held[:LARGEST_ORDER]
    )
    return Intent(
        title=words.plural("acting.way_back", len(targets)),
        verb="acting.undo",
        targets=targets,
        reason=reason,
    )
