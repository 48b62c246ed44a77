"""Where technicians have their hands, as every panel says it; pure functions of the world."""

from __future__ import annotations

from collections.abc import Iterable

from backend_bridge.contract.points import Equipment
from backend_bridge.contract.safety import HandsOff
from console.panels.formats import NBSP
from console.panels.safety.forms import until
from console.panels.wording import Words
from console.state.world import World


def zone_over(world: World, item: Equipment) -> HandsOff | None:
    """Return the zone an equipment lies in: its own, of what it hangs on, or of its sector."""
    if not len(world.acting.zones):
        return None
    return world.acting.zone_over(world.equipment.path(item.id), item.sector)


def zone_over_all(world: World, words: Words, items: Iterable[Equipment]) -> str:
    """Return who has his hands in all of some equipment, empty when somewhere nobody has."""
    first = None
    for item in items:
        zone = zone_over(world, item)
        if zone is None:
            return ""
        first = first or zone
    return "" if first is None else zone_text(world, words, first)


def zone_text(world: World, words: Words, zone: HandsOff) -> str:
    """Return until when, who to call first and why, in one sentence."""
    time = until(words, zone.until_ms, world.bridge_now_ms())
    contact = zone.contact.replace(" ", NBSP)  # a number is read in one go
    return words.text("safety.zone.over", time=time, contact=contact, reason=zone.reason)
