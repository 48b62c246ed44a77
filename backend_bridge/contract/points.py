"""Equipment, points and their values as the consoles receive them.

A point is addressed on the wire by its *index*: ``equipment.first_point`` plus the position of its
definition in the equipment's kind. Indexes live as long as a catalogue revision.
"""

from __future__ import annotations

import enum

import msgspec

from backend_bridge.contract.quality import Quality, ServiceState

Scalar = bool | int | float | str | None
"""What a point may hold; ``None`` only when nothing was ever heard."""


class ValueType(enum.StrEnum):
    """Name the type of a point's value."""

    BOOL = "bool"
    INT = "int"
    FLOAT = "float"
    TEXT = "text"


class WayBack(enum.StrEnum):
    """Say how a point that somebody commanded goes back."""

    PROGRAMME = "programme"
    """It is released: its own programme decides again."""
    BEFORE = "before"
    """It becomes what it was before."""
    REST = "rest"
    """It becomes what it is at rest."""
    NONE = "none"
    """It does not: the command is the new normal, no override."""


class Commanding(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Say how a point may be commanded.

    Attributes:
        values: the only values it takes, empty for any within its limits.
        back: where it goes when an override ends; ``rest`` is the value of ``WayBack.REST``.
        default_s: seconds an override lasts when nobody says otherwise; ``longest_s`` at most.
        shows: point whose value proves the effect, empty when reading the point itself back does.
        held: boolean point, true while the device holds a commanded value: false proves that it
            was given back; without one a release is proven only by a value that moved away.
        held: boolean point that says whether a command holds the point away from its programme,
            empty where nothing says so; false proves a release.
        refusal: integer point that says why the device refused its last command, 0 that it did not;
            its texts are ``command.result.refused.<kind>.<number>``. Empty where nothing says so.
        settle_s: seconds the effect may take (a bollard's way up).
        dangerous: values that need a second person at another seat.
    """

    values: tuple[Scalar, ...] = ()
    back: WayBack = WayBack.NONE
    rest: Scalar = None
    default_s: float = 600.0
    longest_s: float = 86_400.0
    shows: str = ""
    held: str = ""
    refusal: str = ""
    settle_s: float = 0.0
    dangerous: tuple[Scalar, ...] = ()


class PointDef(msgspec.Struct, frozen=True, kw_only=True):
    """Define one point of an equipment kind.

    Attributes:
        key: short name, unique in its kind, ``level``, ``door_open``.
        value_type: type of a known value.
        unit: UCUM-like unit as shown (``%``, ``W``, ``kWh``, ``V``), empty for none.
        allowed_age_s: seconds after which a value not heard again is stale; above 0.
        low: lowest possible value; below it the reading is *bad*.
        high: highest possible value; above it the reading is *bad*.
        dead_band: change below which history keeps nothing, in ``unit``.
        decimals: digits shown after the decimal separator.
        commanding: how people command it, ``None`` where nobody does.
    """

    key: str
    value_type: ValueType
    unit: str = ""
    allowed_age_s: float = 10.0
    low: float | None = None
    high: float | None = None
    dead_band: float = 0.0
    decimals: int = 0
    commanding: Commanding | None = None


class EquipmentKind(msgspec.Struct, frozen=True, kw_only=True):
    """Describe every equipment of one sort: its points and the trade that answers for it.

    Attributes:
        main_point: key of the point a map symbol or a list shows first; empty for none.
        police_power: commanding it is a power of the police: no other role includes it.
    """

    key: str
    trade: str
    points: tuple[PointDef, ...]
    main_point: str = ""
    police_power: bool = False


class Sight(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Say which way a camera looks.

    Attributes:
        bearing: degrees clockwise from north, 0 to below 360; ``None`` where it turns or nobody
            knows.
        width: opening of its cone in degrees, 360 for all round.
        range_m: metres within which its picture shows a person.
    """

    bearing: float | None = None
    width: float = 360.0
    range_m: float = 60.0


class Equipment(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Place one equipment in the city.

    Attributes:
        id: the city's own identifier, unique, any printable text (``EP-0312``).
        kind: key of its :class:`EquipmentKind`.
        lon: WGS84 longitude in degrees.
        lat: WGS84 latitude in degrees.
        parent: id of the equipment it depends on (a lamp's cabinet); lost parent, lost child.
        place: street address as said on the radio.
        first_point: index of its first point in this catalogue revision.
        number: short number it is called by, of cameras; 0 for none.
        sight: which way it looks, of cameras.
        published: its pictures may be seen by visitors of the room, of cameras.
    """

    id: str
    kind: str
    name: str
    lon: float
    lat: float
    first_point: int
    parent: str = ""
    place: str = ""
    commune: str = ""
    sector: str = ""
    number: int = 0
    sight: Sight | None = None
    published: bool = False


class ServiceMark(msgspec.Struct, frozen=True, kw_only=True):
    """Say that an equipment is not in service: by whom, why, since and until when (UTC ms)."""

    equipment_id: str
    state: ServiceState
    by: str
    reason: str
    since_ms: int
    until_ms: int | None = None


class Catalogue(msgspec.Struct, frozen=True, kw_only=True):
    """List everything a session may see of the territory, in point-index order.

    ``revision`` is a digest of the content: equal revisions mean equal indexes, so a console that
    already holds it need not ask again. ``points_total`` counts index space, gaps included: points
    of kinds the session may not see keep their indexes and are simply absent. ``circuits`` counts
    the plough circuits, which :class:`~backend_bridge.contract.requests.GetCircuits` asks for.
    """

    revision: str
    title: str
    demonstration: bool
    points_total: int
    kinds: tuple[EquipmentKind, ...]
    equipment: tuple[Equipment, ...]
    circuits: int = 0


class PointChange(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Carry the latest state of one point: index, value, quality, time of change (UTC ms).

    ``source`` is the index of the poll group that confirms it; the age of the value is counted
    from that source's last :class:`SourceHeard`, so an unchanged value costs nothing.
    """

    index: int
    value: Scalar
    quality: Quality
    changed_ms: int
    source: int


class SourceHeard(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Say when a poll group last answered (UTC ms, bridge's clock)."""

    source: int
    heard_ms: int


class TrendPoint(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One bucket of a point's history: start (UTC ms), lowest, highest, last value, worst quality.

    The numbers are ``None`` where the quality says there was no value.
    """

    at_ms: int
    low: float | None
    high: float | None
    last: float | None
    quality: Quality
