"""A territory as the bridge works with it: equipment, links, streets, communes, frozen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import ClassVar, TypeVar

from backend_bridge.contract.points import Catalogue, Equipment, EquipmentKind
from backend_bridge.core.driver import LinkConfig
from backend_bridge.core.linkstate import LinkMeter
from backend_bridge.territory import layers
from backend_bridge.territory.problems import Findings
from backend_bridge.territory.records import (
    Address,
    Building,
    Camera,
    Circuit,
    Commune,
    Group,
    Position,
    Relation,
    Sector,
    Street,
    TransitLine,
    Uplink,
    Water,
)

ADDRESSES_FILE = "addresses.csv"
BUILDINGS_FILE = "buildings.geojson"
WATER_FILE = "water.geojson"
TRANSIT_FILE = "lines.geojson"

T = TypeVar("T")


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
        uplink_of: shared network a link goes through, by link id; absent for none.
        cameras: number, stream and cone, by equipment id.
        seats: seats of this post; empty for all.

    Addresses, buildings, water and transit lines are read when first asked for: bridge and field
    need none of them to start.
    """

    LAYERS: ClassVar[Mapping[str, Callable[[Path, Findings], tuple[object, ...]]]] = {
        ADDRESSES_FILE: layers.read_addresses,
        BUILDINGS_FILE: layers.read_buildings,
        WATER_FILE: layers.read_water,
        TRANSIT_FILE: layers.read_transit,
    }

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
    uplinks: tuple[Uplink, ...] = ()
    uplink_of: Mapping[str, str] = field(default_factory=dict)
    cameras: Mapping[str, Camera] = field(default_factory=dict)
    sectors: tuple[Sector, ...] = ()
    groups: tuple[Group, ...] = ()
    relations: tuple[Relation, ...] = ()
    circuits: tuple[Circuit, ...] = ()
    seats: tuple[str, ...] = ()

    @cached_property
    def sector_names(self) -> tuple[str, ...]:
        """Return every sector drawn or named by equipment, sorted."""
        named = {sector.name for sector in self.sectors}
        return tuple(sorted(named | {item.sector for item in self.equipment if item.sector}))

    @cached_property
    def addresses(self) -> tuple[Address, ...]:
        """Return every house number.

        Raises:
            TerritoryError: the file holds mistakes; raised by the other layers' files likewise.
        """
        return self._layer(ADDRESSES_FILE, layers.read_addresses)

    def each_address(self) -> Iterator[Address]:
        """Give every house number without keeping them.

        Raises:
            TerritoryError: at the end, when the file holds mistakes.
        """
        findings = Findings()
        yield from layers.each_address(self.directory / ADDRESSES_FILE, findings)
        findings.raise_if_any()

    @cached_property
    def buildings(self) -> tuple[Building, ...]:
        """Return the footprints of the base map."""
        return self._layer(BUILDINGS_FILE, layers.read_buildings)

    @cached_property
    def water(self) -> tuple[Water, ...]:
        """Return rivers and lakes."""
        return self._layer(WATER_FILE, layers.read_water)

    @cached_property
    def transit(self) -> tuple[TransitLine, ...]:
        """Return tram, bus and rail lines."""
        return self._layer(TRANSIT_FILE, layers.read_transit)

    def _layer(self, file: str, read: Callable[[Path, Findings], tuple[T, ...]]) -> tuple[T, ...]:
        findings = Findings()
        found = read(self.directory / file, findings)
        findings.raise_if_any()
        return found

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
    def link_of(self) -> Mapping[str, str]:
        """Return the link that carries an equipment's points, by equipment id."""
        return {bound.equipment_id: link.id for link in self.links for bound in link.points}

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
