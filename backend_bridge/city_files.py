"""What a city's own files add to the program's: interlocks and automatic plans."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from backend_bridge.commands import InterlockRule, load_interlocks, shipped_interlocks
from backend_bridge.config import BridgeConfig
from backend_bridge.services.facts import Facts
from backend_bridge.services.overrides import Ladder
from backend_bridge.services.plans import PlanFiles, load_plans, shipped_plans
from backend_bridge.territory import Territory


def city_facts(territory: Territory) -> Facts:
    """Return what services may ask of the territory."""
    return Facts(
        territory.catalogue,
        territory.links,
        territory.link_roots,
        territory.relations,
        territory.groups,
    )


def city_interlocks(settings: BridgeConfig, territory: Territory) -> Sequence[InterlockRule]:
    """Return the program's interlocks and the city's.

    Raises:
        SettingsError: every mistake in their files.
    """
    owners = {item.id: item.kind for item in territory.equipment}
    directories = _directories(shipped_interlocks(), settings.interlocks)
    relations = {relation.name for relation in territory.relations}
    return load_interlocks(directories, territory.kinds, owners, relations)


def city_plans(
    settings: BridgeConfig, territory: Territory, facts: Facts, ladder: Ladder
) -> PlanFiles:
    """Return the program's plans and the city's.

    Raises:
        SettingsError: every mistake in their files.
    """
    directories = _directories(shipped_plans(), settings.plans)
    return load_plans(
        directories, facts, ladder, kinds=territory.kinds, sectors=territory.sector_names
    )


def _directories(shipped: Path, citys: str) -> list[Path]:
    return [shipped, Path(citys)] if citys else [shipped]
