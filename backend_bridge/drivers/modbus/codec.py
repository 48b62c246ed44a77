"""Plan reads, turn registers into readings and commands into registers. Pure."""

from __future__ import annotations

import functools
import math
import struct
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import msgspec

from backend_bridge.contract.points import Scalar
from backend_bridge.contract.quality import Quality
from backend_bridge.core.driver import Reading
from backend_bridge.core.errors import CommandRejectedError
from backend_bridge.drivers.modbus.config import Address, Encoding, Settings, Table, WordOrder
from backend_bridge.drivers.modbus.frames import (
    COIL_ON,
    READ_COILS,
    READ_DISCRETES,
    READ_HOLDING,
    READ_INPUT,
    WRITE_COIL,
    WRITE_REGISTER,
    request_frame,
    write_registers_frame,
)

Decode = Callable[[Sequence[int], int, int], Reading]
"""Takes a block's registers (or bits), where the first one lies, and the slot; gives the reading.

Shared by all points of one shape, so that tens of thousands of lamps cost a tuple each.
"""

_LIMITS = {
    Encoding.UINT16: (0, 0xFFFF),
    Encoding.INT16: (-0x8000, 0x7FFF),
    Encoding.UINT32: (0, 0xFFFF_FFFF),
    Encoding.INT32: (-0x8000_0000, 0x7FFF_FFFF),
}
_READS = {
    Table.COIL: READ_COILS,
    Table.DISCRETE: READ_DISCRETES,
    Table.HOLDING: READ_HOLDING,
    Table.INPUT: READ_INPUT,
}

# --- planning ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to read: a point, or the heartbeat, whose slot is negative."""

    slot: int
    address: Address


@dataclass(frozen=True, slots=True)
class Block:
    """One read: ``count`` registers or bits from ``start``, and what lies in them.

    Attributes:
        steps: (decode, offset in the block, slot) of each point, by offset.
        heartbeat: offset of the heartbeat register, ``None`` when it lies elsewhere.
        contiguous: whether every register in it was asked for.
    """

    unit: int
    table: Table
    start: int
    count: int
    steps: tuple[tuple[Decode, int, int], ...]
    heartbeat: int | None
    contiguous: bool

    @property
    def slots(self) -> tuple[int, ...]:
        """Return the points it confirms."""
        return tuple(slot for _, _, slot in self.steps)

    @property
    def request(self) -> bytes:
        """Return the frame that asks for it, without its transaction number."""
        return request_frame(self.unit, _READS[self.table], self.start, self.count)

    def unpack(self, content: bytes) -> Sequence[int]:
        """Return its ``count`` registers or bits from the bytes of a reply."""
        if self.table.of_bits:
            bits = int.from_bytes(content, "little")
            return [bits >> at & 1 for at in range(self.count)]
        return struct.unpack(f">{self.count}H", content)

    def __str__(self) -> str:
        return f"unit {self.unit} {self.table} {self.start}+{self.count}"


def plan(items: Iterable[Item], settings: Settings, *, gap: int | None = None) -> list[Block]:
    """Merge items into as few reads as the protocol's limits and the tolerated gap allow.

    Every item is in exactly one block, whole; no block exceeds ``max_registers`` or ``max_bits``,
    and no run of registers nobody asked for inside a block is longer than ``gap``.
    """
    gap = settings.gap if gap is None else gap
    blocks: list[Block] = []
    run: list[Item] = []
    last = -1
    for item in sorted(items, key=_order):
        if run and not _fits(run[0].address, last, item.address, gap, settings):
            blocks.append(_block(run, last))
            run = []
        last = max(last, item.address.last) if run else item.address.last
        run.append(item)
    if run:
        blocks.append(_block(run, last))
    return blocks


def _order(item: Item) -> tuple[int, str, int, int]:
    address = item.address
    return (address.unit, address.table, address.register, address.last)


def _fits(first: Address, last: int, new: Address, gap: int, settings: Settings) -> bool:
    if (first.unit, first.table) != (new.unit, new.table) or new.register - last - 1 > gap:
        return False
    limit = settings.max_bits if new.table.of_bits else settings.max_registers
    return max(last, new.last) - first.register + 1 <= limit


def _block(run: Sequence[Item], last: int) -> Block:
    first = run[0].address
    start = first.register
    beats = [item.address.register - start for item in run if item.slot < 0]
    wanted: set[int] = set()
    for item in run:
        wanted.update(range(item.address.register, item.address.last + 1))
    return Block(
        unit=first.unit,
        table=first.table,
        start=start,
        count=last - start + 1,
        steps=tuple(
            _step(decoder(item.address), item.address.register - start, item.slot)
            for item in run
            if item.slot >= 0
        ),
        heartbeat=beats[0] if beats else None,
        contiguous=len(wanted) == last - start + 1,
    )


@functools.lru_cache(maxsize=1 << 16)
def _step(decode: Decode, at: int, slot: int) -> tuple[Decode, int, int]:
    """Return equal steps as one object: the cabinets of a city are laid out alike."""
    return decode, at, slot


# --- reading ----------------------------------------------------------------------------------


def decoder(address: Address) -> Decode:
    """Return the function that reads points of this shape, wherever they lie.

    Everything about the address is settled here, once; equal shapes share one function.
    """
    shape = msgspec.structs.replace(address, register=0, unit=0, write_register=None)
    return _shared(shape, type(shape.scale).__name__, type(shape.offset).__name__)


@functools.lru_cache(maxsize=1024)
def _shared(shape: Address, _scale: str, _offset: str) -> Decode:
    """Make a decoder; the types are part of the key because 1 and 1.0 are equal."""
    raw = _raw_bit(shape) if shape.encoding is Encoding.BIT else _raw_number(shape)
    judged = shape.low, shape.high, shape.bad_mask, shape.unavailable_mask
    make = _maker(shape)
    return _plain(raw, make) if judged == (None,) * 4 else _judged(raw, shape, make)


_Raw = Callable[[Sequence[int], int], bool | int | float | None]


_Make = Callable[[int, bool | int | float | None, Quality], Reading]

_kept = functools.lru_cache(maxsize=1 << 16, typed=True)(Reading)
"""Makes equal readings one object: lamp 7 at 100 % is the same on each of a city's cabinets."""


def _maker(shape: Address) -> _Make:
    """Return what makes a shape's readings: kept where the values are few."""
    whole = isinstance(shape.scale, int) and isinstance(shape.offset, int)
    few = shape.encoding.words == 1 and whole
    return _kept if few else Reading


def _plain(raw: _Raw, make: _Make) -> Decode:
    def decode(content: Sequence[int], at: int, slot: int) -> Reading:
        value = raw(content, at)
        return make(slot, value, Quality.BAD if value is None else Quality.GOOD)

    return decode


def _judged(raw: _Raw, address: Address, make: _Make) -> Decode:
    unavailable, bad = address.unavailable_mask or 0, address.bad_mask or 0
    low = -math.inf if address.low is None else address.low
    high = math.inf if address.high is None else address.high

    def decode(content: Sequence[int], at: int, slot: int) -> Reading:
        word = content[at]
        if word & unavailable:
            return make(slot, None, Quality.UNAVAILABLE)
        value = raw(content, at)
        if value is None or word & bad or not low <= value <= high:
            return make(slot, value, Quality.BAD)
        return make(slot, value, Quality.GOOD)

    return decode


def _raw_bit(address: Address) -> _Raw:
    invert = address.invert
    if address.table.of_bits:
        return lambda content, at: bool(content[at]) is not invert
    mask = 1 << address.bit
    return lambda content, at: bool(content[at] & mask) is not invert


def _raw_number(address: Address) -> _Raw:
    whole = _whole(address)
    if address.encoding is Encoding.FLOAT32:
        return _raw_float(address)
    scale, offset = address.scale, address.offset
    if scale == 1 and offset == 0:
        if isinstance(scale, float) or isinstance(offset, float):
            return lambda content, at: float(whole(content, at))
        return whole
    if isinstance(scale, int) and isinstance(offset, int):
        return lambda content, at: whole(content, at) * scale + offset
    digits = max(_digits(scale), _digits(offset))
    return lambda content, at: round(whole(content, at) * scale + offset, digits)


def _raw_float(address: Address) -> _Raw:
    high, low = _halves(address)
    scale, offset = address.scale, address.offset
    pack, unpack = struct.Struct(">HH").pack, struct.Struct(">f").unpack

    def read(content: Sequence[int], at: int) -> float | None:
        value: float = unpack(pack(content[at + high], content[at + low]))[0]
        return value * scale + offset if math.isfinite(value) else None

    return read


def _whole(address: Address) -> Callable[[Sequence[int], int], int]:
    """Return a function that gives the integer in the registers, masked or signed."""
    if address.encoding.words == 1:
        return _whole_16(address)
    high, low = _halves(address)
    if address.encoding is Encoding.INT32:
        return lambda content, at: (
            ((content[at + high] << 16 | content[at + low]) ^ 0x8000_0000) - 0x8000_0000
        )
    if address.mask is None:
        return lambda content, at: content[at + high] << 16 | content[at + low]
    mask, shift = address.mask, _shift(address.mask)
    return lambda content, at: ((content[at + high] << 16 | content[at + low]) & mask) >> shift


def _whole_16(address: Address) -> Callable[[Sequence[int], int], int]:
    if address.encoding is Encoding.INT16:
        return lambda content, at: (content[at] ^ 0x8000) - 0x8000
    if address.mask is None:
        return lambda content, at: content[at]
    mask, shift = address.mask, _shift(address.mask)
    return lambda content, at: (content[at] & mask) >> shift


def _halves(address: Address) -> tuple[int, int]:
    return (0, 1) if address.word_order is WordOrder.BIG else (1, 0)


def _shift(mask: int) -> int:
    return (mask & -mask).bit_length() - 1


def _digits(number: float) -> int:
    """Return how many decimals a number is written with: 2 for 0.01, 0 for 10."""
    exponent = Decimal(repr(number)).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


# --- commanding -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Write:
    """One write: a coil's state, or one or two registers."""

    unit: int
    table: Table
    register: int
    coil: bool = False
    words: tuple[int, ...] = ()

    @property
    def request(self) -> bytes:
        """Return the frame that asks for it, without its transaction number."""
        if self.table is Table.COIL:
            return request_frame(self.unit, WRITE_COIL, self.register, COIL_ON * self.coil)
        if len(self.words) == 1:
            return request_frame(self.unit, WRITE_REGISTER, self.register, self.words[0])
        return write_registers_frame(self.unit, self.register, self.words)


def encode(address: Address, value: Scalar, hold_s: float | None = None) -> Write:
    """Return the write that gives a point its value; ``None`` gives it back to the device.

    Where the device can hold, its hold is in the same write, 0 when ``hold_s`` is ``None``: what
    an earlier command left there must not end this one.

    Raises:
        CommandRejectedError: the point takes no command, or not this value; nothing was sent.
    """
    if address.write_register is None:
        raise CommandRejectedError("this point has no write_register: it cannot be commanded")
    hold = _hold(address, None if value is None else hold_s)
    if value is None:
        if address.write_release is None:
            raise CommandRejectedError("this point has no write_release: say a value")
        return _write(address, words=(address.write_release, *hold))
    if isinstance(value, str) or not math.isfinite(value):
        raise CommandRejectedError(f"{value!r} is not a number this point can take")
    if address.write_encoding is Encoding.BIT:
        if value not in (0, 1):
            raise CommandRejectedError(f"{value!r} is neither on nor off")
        return _write(address, coil=bool(value) is not address.invert)
    low = -math.inf if address.low is None else address.low
    high = math.inf if address.high is None else address.high
    if not low <= value <= high:
        raise CommandRejectedError(f"{value!r} is outside {low} to {high}; nothing was sent")
    words = _words(address, (value - address.offset) / address.scale)
    return _write(address, words=(*words, *hold))


def _hold(address: Address, hold_s: float | None) -> tuple[int, ...]:
    """Return the register that says how long to hold, none where the device cannot."""
    unit_s = address.write_hold_s
    if unit_s is None:
        return ()
    if hold_s is None:
        return (0,)
    if not 0 < hold_s <= address.longest_hold_s:
        raise CommandRejectedError(
            f"a hold of {hold_s:g} s is not above 0 and at most {address.longest_hold_s:g} s"
        )
    return (math.ceil(hold_s / unit_s),)


def _write(address: Address, *, coil: bool = False, words: tuple[int, ...] = ()) -> Write:
    assert address.write_register is not None
    return Write(address.unit, address.write_to, address.write_register, coil, words)


def _words(address: Address, raw: float) -> tuple[int, ...]:
    encoding = address.write_encoding
    if encoding is Encoding.FLOAT32:
        try:
            number = int.from_bytes(struct.pack(">f", raw), "big")
        except OverflowError as error:
            raise CommandRejectedError(f"{raw} is too large for float32") from error
    else:
        number = round(raw)
        low, high = _LIMITS[encoding]
        if not low <= number <= high:
            raise CommandRejectedError(f"{number} does not fit {encoding} ({low} to {high})")
    if encoding.words == 1:
        return (number & 0xFFFF,)
    pair = (number >> 16 & 0xFFFF, number & 0xFFFF)
    return pair if address.word_order is WordOrder.BIG else (pair[1], pair[0])
