"""A territory as the bridge works with it: equipment, links, streets, communes, frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from backend_bridge.contract.points import Catalogue, Equipment, EquipmentKind
from backend_bridge.core.driver import LinkConfig
from backend_bridge.core.linkstate import LinkMeter

Position = tuple[float, float]
"""Longitude and latitude in degrees, WGS84."""


@dataclass(frozen=True, slots=True)
class Street:
    """One named street; ``lines`` are its pieces."""

    name: str
    lines: tuple[tuple[Position, ...], ...]


@dataclass(frozen=True, slots=True)
class Commune:
    """One commune; ``rings`` are its outer rings, closed."""

    name: str
    rings: tuple[tuple[Position, ...], ...]


@dataclass(frozen=True)
class Territory:
    """Hold everything a territory directory says, checked.

    Attributes:
        centre: where a map opens, (longitude, latitude) in degrees.
        seed: the number it was generated from, 0 when it was not.
        kinds: every kind its equipment may have, in the catalogue's order.
        equipment: in point-index order.
        links: with their points bound.
        link_roots: equipment each link is the link of (its cabinet), by link id.
        link_meters: points that show a link's own counters, by link id.
    """

    directory: Path
    title: str
    demonstration: bool
    seed: int
    centre: Position
    kinds: tuple[EquipmentKind, ...]
    equipment: tuple[Equipment, ...]
    links: tuple[LinkConfig, ...]
    link_roots: Mapping[str, str]
    link_meters: Mapping[str, tuple[LinkMeter, ...]]
    streets: tuple[Street, ...]
    communes: tuple[Commune, ...]
    catalogue: Catalogue

    @cached_property
    def equipment_of(self) -> Mapping[str, Equipment]:
        """Return equipment by id."""
        return {item.id: item for item in self.equipment}

    @cached_property
    def offset_of(self) -> Mapping[tuple[str, str], int]:
        """Return a point's position among its equipment's, by (kind key, point key)."""
        return {
            (kind.key, point.key): position
            for kind in self.kinds
            for position, point in enumerate(kind.points)
        }

    @cached_property
    def allowed_ages_s(self) -> list[float]:
        """Return the allowed age of every point, by index, in seconds."""
        ages = {kind.key: [point.allowed_age_s for point in kind.points] for kind in self.kinds}
        return [age for item in self.equipment for age in ages[item.kind]]

    def point_index(self, equipment_id: str, point_key: str) -> int:
        """Return the index of a point on the wire and in the table.

        Raises:
            KeyError: no such equipment, or its kind has no such point.
        """
        item = self.equipment_of[equipment_id]
        return item.first_point + self.offset_of[item.kind, point_key]
