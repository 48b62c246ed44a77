"""Settings of a Modbus link and addresses of its points, checked before anything connects."""

from __future__ import annotations

import enum
import functools
import math
from typing import Annotated

import msgspec

from backend_bridge.core.driver import LinkConfig
from backend_bridge.core.errors import ConfigError
from backend_bridge.core.settings import SettingsError, typed

MAX_READ_REGISTERS = 125
"""Application Protocol V1.1b3, 6.3 and 6.4."""
MAX_READ_BITS = 2000
"""Application Protocol V1.1b3, 6.1 and 6.2."""
ADDRESSES = 65536

Unit = Annotated[int, msgspec.Meta(ge=0, le=255)]
Register = Annotated[int, msgspec.Meta(ge=0, lt=ADDRESSES)]
Word = Annotated[int, msgspec.Meta(ge=0, le=0xFFFF)]
Mask = Annotated[int, msgspec.Meta(gt=0, le=0xFFFF_FFFF)]
FlagMask = Annotated[int, msgspec.Meta(gt=0, le=0xFFFF)]


class Table(enum.StrEnum):
    """Name the four tables of the Modbus data model."""

    HOLDING = "holding"
    INPUT = "input"
    COIL = "coil"
    DISCRETE = "discrete"

    @property
    def of_bits(self) -> bool:
        """Return whether an address of this table holds one bit rather than sixteen."""
        return self in (Table.COIL, Table.DISCRETE)


class Encoding(enum.StrEnum):
    """Name how a value lies in registers."""

    UINT16 = "uint16"
    INT16 = "int16"
    UINT32 = "uint32"
    INT32 = "int32"
    FLOAT32 = "float32"
    BIT = "bit"

    @property
    def words(self) -> int:
        """Return how many registers it takes, 1 or 2."""
        return 2 if self in (Encoding.UINT32, Encoding.INT32, Encoding.FLOAT32) else 1


class WordOrder(enum.StrEnum):
    """Say which half of a 32-bit value lies at the lower register."""

    BIG = "big"
    LITTLE = "little"


class Grouping(enum.StrEnum):
    """Say which points one poll confirms together."""

    ALL = "all"
    UNIT = "unit"


class Heartbeat(msgspec.Struct, frozen=True, kw_only=True):
    """Name a counter that must move; still for ``max_still_s``, the device counts as lost."""

    register: Register
    table: Table = Table.INPUT
    unit: Unit = 1
    max_still_s: Annotated[float, msgspec.Meta(gt=0, le=3600)] = 5.0


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """Name a register that says which device answers, and what it must say."""

    register: Register
    value: Word
    table: Table = Table.INPUT
    unit: Unit = 1


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Hold a link's settings; the README says what each means."""

    host: Annotated[str, msgspec.Meta(min_length=1)]
    port: Annotated[int, msgspec.Meta(ge=1, le=65535)] = 502
    timeout_s: Annotated[float, msgspec.Meta(ge=0.05, le=30)] = 0.5
    retries: Annotated[int, msgspec.Meta(ge=0, le=1)] = 1
    gap: Annotated[int, msgspec.Meta(ge=0, le=100)] = 16
    max_registers: Annotated[int, msgspec.Meta(ge=2, le=MAX_READ_REGISTERS)] = MAX_READ_REGISTERS
    max_bits: Annotated[int, msgspec.Meta(ge=1, le=MAX_READ_BITS)] = MAX_READ_BITS
    groups: Grouping = Grouping.ALL
    heartbeat: Heartbeat | None = None
    identity: Identity | None = None


class Address(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Hold where and how one point lies in the device; the README says what each means."""

    table: Table
    register: Register
    unit: Unit = 1
    type: Encoding | None = None
    mask: Mask | None = None
    bit: Annotated[int, msgspec.Meta(ge=0, le=15)] = 0
    invert: bool = False
    scale: int | float = 1
    offset: int | float = 0
    word_order: WordOrder = WordOrder.BIG
    low: int | float | None = None
    high: int | float | None = None
    bad_mask: FlagMask | None = None
    unavailable_mask: FlagMask | None = None
    write_register: Register | None = None
    write_table: Table | None = None
    write_type: Encoding | None = None
    write_release: Word | None = None
    write_hold_s: Annotated[float, msgspec.Meta(gt=0, le=3600)] | None = None
    write_hold_most: Annotated[int, msgspec.Meta(ge=1, le=0xFFFF)] = 0xFFFF

    @property
    def longest_hold_s(self) -> float:
        """Return how long the device can hold what it is told, in seconds; 0 for never."""
        return (self.write_hold_s or 0.0) * self.write_hold_most

    @property
    def encoding(self) -> Encoding:
        """Return how it is read: as said, otherwise a bit in a table of bits, else a word."""
        return self.type or (Encoding.BIT if self.table.of_bits else Encoding.UINT16)

    @property
    def write_to(self) -> Table:
        """Return the table commands go to: as said, otherwise the writable one of its sort."""
        return self.write_table or (Table.COIL if self.table.of_bits else Table.HOLDING)

    @property
    def write_encoding(self) -> Encoding:
        """Return how a command is encoded: as said, otherwise as it is read."""
        if self.write_to.of_bits:
            return Encoding.BIT
        return self.write_type or self.encoding

    @property
    def last(self) -> int:
        """Return the last register it touches."""
        return self.register + self.encoding.words - 1


def parse(link: LinkConfig) -> tuple[Settings, dict[int, Address]]:
    """Check everything a link says and return its settings, and its addresses by slot.

    Raises:
        ConfigError: naming every mistake, by point and key.
    """
    problems: list[str] = []
    settings = None
    try:
        settings = typed(link.settings, Settings)
    except SettingsError as error:
        problems += [f"link {link.id}: {problem}" for problem in error.problems]
    if settings is not None and settings.identity is not None and settings.identity.table.of_bits:
        problems.append(f"link {link.id}: identity is a register: say table input or holding")
    addresses: dict[int, Address] = {}
    for point in link.points:
        where = f"{point.equipment_id}.{point.point_key}"
        if point.slot in addresses:
            problems.append(f"{where}: slot {point.slot} is used twice on link {link.id}")
        try:
            address, found = _checked(msgspec.msgpack.encode(point.address))
        except SettingsError as error:
            problems += [f"{where}: {problem}" for problem in error.problems]
        else:
            problems += [f"{where}: {problem}" for problem in found]
            addresses[point.slot] = address
    if problems or settings is None:
        raise ConfigError("; ".join(problems))
    return settings, addresses


def address_of(link: LinkConfig, slot: int) -> Address:
    """Return one point's address again; a link of thousands of points keeps none of them typed.

    Raises:
        ConfigError: the link has no such slot.
    """
    for point in link.points:
        if point.slot == slot:
            return typed(point.address, Address)
    raise ConfigError(f"link {link.id} has no slot {slot}")


@functools.lru_cache(maxsize=8192)
def _checked(address: bytes) -> tuple[Address, tuple[str, ...]]:
    """Return an address and what is wrong with it, once for all the cabinets of a city.

    Takes it as MessagePack, where 1, 1.0 and true are three things.

    Raises:
        SettingsError: it is not even an address.
    """
    found = typed(msgspec.msgpack.decode(address), Address)
    return found, tuple(_contradictions(found))


def _contradictions(address: Address) -> list[str]:
    """Return what is possible key by key and not together."""
    found = []
    encoding = address.encoding
    numbers = address.scale, address.offset, address.low or 0, address.high or 0
    if address.scale <= 0 or not all(math.isfinite(number) for number in numbers):
        found.append("scale must be above 0, and scale, offset, low and high finite")
    if address.table.of_bits and encoding is not Encoding.BIT:
        found.append(f"table {address.table} holds bits: leave out type or say bit")
    if address.table.of_bits and (address.bad_mask or address.unavailable_mask):
        found.append(f"table {address.table} holds bits: it has no bad_mask or unavailable_mask")
    if address.mask is not None and encoding not in (Encoding.UINT16, Encoding.UINT32):
        found.append(f"mask needs type uint16 or uint32, not {encoding}")
    if address.mask is not None and address.mask >= 1 << 16 * encoding.words:
        found.append(f"mask {address.mask:#x} is wider than type {encoding}")
    if address.last >= ADDRESSES:
        found.append(f"register {address.register} leaves no room for type {encoding}")
    if address.low is not None and address.high is not None and address.low > address.high:
        found.append(f"low {address.low} is above high {address.high}")
    return found + _write_contradictions(address)


def _write_contradictions(address: Address) -> list[str]:
    found = []
    if address.write_register is None:
        if address.write_table or address.write_type or address.write_release is not None:
            found.append("write_table, write_type and write_release need write_register")
        if address.write_hold_s is not None:
            found.append("write_hold_s needs write_register")
        return found
    if address.write_to in (Table.INPUT, Table.DISCRETE):
        found.append(f"table {address.write_to} cannot be written: say holding or coil")
    if address.write_register + address.write_encoding.words > ADDRESSES:
        found.append(f"write_register {address.write_register} leaves no room for its type")
    if address.write_to is Table.HOLDING and address.write_encoding is Encoding.BIT:
        found.append("a single bit of a holding register cannot be written: say write_type")
    if address.write_release is not None and address.write_encoding.words != 1:
        found.append("write_release is one register: it needs a 16-bit write_type")
    if address.write_hold_s is not None:
        if address.write_to is not Table.HOLDING:
            found.append("write_hold_s needs a holding register: a coil is written alone")
        elif address.write_register + address.write_encoding.words >= ADDRESSES:
            found.append(f"write_register {address.write_register} leaves no room for its hold")
    return found
