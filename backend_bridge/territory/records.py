"""What a territory holds besides equipment and links: plain frozen records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

Position = tuple[float, float]
"""Longitude and latitude in degrees, WGS84."""
Lines = tuple[tuple[Position, ...], ...]

DIRECTIONS = ("both", "forward", "backward", "none")
STREET_CLASSES = (
    *("motorway", "trunk", "primary", "secondary", "tertiary", "residential", "living_street"),
    *("service", "pedestrian", "cycleway", "footway", "track", "other"),
)
WATER_CLASSES = ("river", "stream", "canal", "lake", "other")
LINE_MODES = ("tram", "bus", "rail")
TREATMENTS = ("salt", "plough", "both")


@dataclass(frozen=True, slots=True)
class Street:
    """One arc of a street, or a whole street where its crossings are not known.

    Attributes:
        lines: its pieces, in the direction ``forward`` means.
        id: what circuits call it; empty where nothing refers to it.
        start: node where it begins, ``end`` where it ends; arcs that share a node meet there.
        direction: one of ``DIRECTIONS``, along the line.
        category: one of ``STREET_CLASSES``.
        length_m: metres on the ground.
    """

    name: str
    lines: Lines
    id: str = ""
    start: str = ""
    end: str = ""
    direction: str = "both"
    category: str = "residential"
    length_m: float = 0.0
    commune: str = ""


@dataclass(frozen=True, slots=True)
class Commune:
    """One commune; ``rings`` are its outer rings, closed, empty where its outline is not known."""

    name: str
    rings: Lines
    insee: str = ""
    population: int | None = None
    centre: Position | None = None


@dataclass(frozen=True, slots=True)
class Sector:
    """One sector of the post; ``rings`` are its outer rings, closed."""

    name: str
    rings: Lines


class Address(NamedTuple):
    """One house number; ``number`` is empty for a place that has only a name."""

    number: str
    street: str
    commune: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Building:
    """One footprint of the base map; ``use`` is ``public`` or any word."""

    name: str
    rings: Lines
    use: str = ""


@dataclass(frozen=True, slots=True)
class Water:
    """A river's course (``is_area`` false) or a lake's shore; ``category`` of ``WATER_CLASSES``."""

    name: str
    lines: Lines
    category: str = "river"
    is_area: bool = False


@dataclass(frozen=True, slots=True)
class TransitLine:
    """One tram, bus or rail line of the base map; ``mode`` of ``LINE_MODES``."""

    name: str
    lines: Lines
    mode: str = "bus"


@dataclass(frozen=True, slots=True)
class Camera:
    """What a camera has besides a place.

    Attributes:
        number: called from the keypad, from 1.
        stream: URL of its pictures; empty for a camera known to have none yet.
        bearing: degrees clockwise from north; ``None`` when not known.
        width: angle of view in degrees, up to 360.
        range_m: how far it sees, in metres.
        seats: where its pictures may be watched; empty for everywhere.
        published: visitors of the room may see them.
    """

    number: int
    stream: str
    bearing: float | None
    width: float
    range_m: float
    seats: tuple[str, ...] = ()
    published: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Equipment of which at most ``most_open`` may possibly be open at once."""

    id: str
    name: str
    members: tuple[str, ...]
    most_open: int


class Relation(NamedTuple):
    """Each of ``equipment`` stands in a named relation to each of ``to``; interlocks use it."""

    name: str
    equipment: tuple[str, ...]
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Circuit:
    """One plough circuit: ``arcs`` are street ids in the order driven; ``priority`` 1 is first."""

    id: str
    name: str
    arcs: tuple[str, ...]
    priority: int
    treatment: str


@dataclass(frozen=True, slots=True)
class Uplink:
    """A shared network links go through; ``parent`` is another one or empty."""

    id: str
    name: str
    parent: str
    most_connects_per_s: float
