"""What an import has gathered, before it is written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from backend_bridge.territory.importing.tally import LayerTally


@dataclass(slots=True)
class Item:
    """One equipment, with where it came from so that a later refusal can be counted."""

    id: str
    kind: str
    target: str
    lon: float
    lat: float
    name: str = ""
    place: str = ""
    commune: str = ""
    sector: str = ""
    parent: str = ""
    rank: int | None = None
    extras: dict[str, Any] = field(default_factory=dict)
    origin: LayerTally | None = None
    number: int = 0

    def as_feature(self) -> dict[str, Any]:
        """Return the GeoJSON feature of ``equipment.geojson``."""
        texts = {
            key: value
            for key in ("name", "place", "commune", "sector", "parent")
            if (value := getattr(self, key))
        }
        rank = {} if self.rank is None else {"rank": self.rank}
        return {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [self.lon, self.lat]},
            "properties": {"id": self.id, "kind": self.kind, **texts, **rank, **self.extras},
        }


@dataclass(slots=True)
class Ground:
    """One shape of the ground: its properties and a shapely geometry in degrees."""

    geometry: Any
    properties: dict[str, Any]


@dataclass(slots=True)
class City:
    """Everything gathered, in the order of the sources."""

    items: dict[str, Item] = field(default_factory=dict)
    streets: list[Ground] = field(default_factory=list)
    addresses: list[tuple[str, str, str, float, float]] = field(default_factory=list)
    buildings: list[Ground] = field(default_factory=list)
    water: list[Ground] = field(default_factory=list)
    communes: dict[str, Ground] = field(default_factory=dict)
    sectors: dict[str, Ground] = field(default_factory=dict)
    lines: list[Ground] = field(default_factory=list)
    street_ids: set[str] = field(default_factory=set)
    given: Counter[str] = field(default_factory=Counter)
    places: dict[tuple[str, float, float], LayerTally] = field(default_factory=dict)

    def drop(self, item: Item, reason: str) -> None:
        """Leave an equipment that was taken, and count it."""
        del self.items[item.id]
        if item.origin is not None:
            item.origin.untake(item.target, reason, item.number)
