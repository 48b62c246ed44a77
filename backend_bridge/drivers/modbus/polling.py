"""What a link polls: its blocks, what they last said, and the pulse of the device."""

from __future__ import annotations

import asyncio
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import chain, compress
from operator import is_not, ne

from backend_bridge.contract.times import Clock
from backend_bridge.core.driver import Reading
from backend_bridge.core.errors import DeviceUnavailableError
from backend_bridge.drivers.modbus.codec import Block, Item, plan
from backend_bridge.drivers.modbus.config import Address, Grouping, Heartbeat, Settings
from backend_bridge.drivers.modbus.frames import exception_quality

_HEARTBEAT_SLOT = -1


class BlockDecoder:
    """Decode a block's bytes; the very same tuple again when they have not changed.

    Where they have, only the points whose registers moved are decoded, and a reading that says
    the same again is the very same object: most polls of a city bring one or two changes.
    """

    __slots__ = ("_block", "_bytes", "_content", "_offsets", "_readings")

    def __init__(self, block: Block) -> None:
        self._block = block
        self._bytes = b""
        self._content: Sequence[int] = ()
        self._readings: tuple[Reading, ...] = ()
        self._offsets = array("H", [at for _, at, _ in block.steps])

    def __call__(self, content: bytes) -> tuple[Reading, ...]:
        """Return a reading for each point; ``content`` is what a reply says of all registers."""
        if content == self._bytes:
            return self._readings
        before, self._content = self._content, self._block.unpack(content)
        self._bytes = content
        if before:
            self._update(before)
        else:
            self._readings = tuple(
                [decode(self._content, at, slot) for decode, at, slot in self._block.steps]
            )
        return self._readings

    def _update(self, before: Sequence[int]) -> None:
        now, steps, offsets = self._content, self._block.steps, self._offsets
        readings: list[Reading] | None = None
        for register in compress(range(len(now)), map(ne, now, before)):
            # No point is longer than two registers; decoding a shorter one for nothing is harmless.
            first = bisect_left(offsets, register - 1)
            for place in range(first, bisect_right(offsets, register)):
                decode, at, slot = steps[place]
                reading = decode(now, at, slot)
                if reading != self._readings[place]:
                    readings = readings or list(self._readings)
                    readings[place] = reading
        if readings is not None:
            self._readings = tuple(readings)


class Part:
    """One block being polled: its request and decoder, and whether the device refuses it."""

    __slots__ = ("block", "decode", "refused", "refused_readings", "request")

    def __init__(self, block: Block) -> None:
        self.block = block
        self.request = block.request
        self.decode = BlockDecoder(block)
        self.refused = 0
        self.refused_readings: tuple[Reading, ...] = ()

    def refuse(self, code: int) -> tuple[Reading, ...]:
        """Return what an exception reply makes of the block's points."""
        if code != self.refused:
            self.refused = code
            quality = exception_quality(code)
            self.refused_readings = tuple(Reading(s, None, quality) for s in self.block.slots)
        return self.refused_readings


class Group:
    """One poll group: its parts, and its last readings to give again when nothing changed."""

    __slots__ = ("key", "parts", "pieces", "reading", "readings", "slots")

    def __init__(self, key: str, slots: tuple[int, ...], blocks: Sequence[Block]) -> None:
        self.key = key
        self.slots = slots
        self.reading = asyncio.Lock()  # one read at a time: a read may split the parts
        self.parts = [Part(block) for block in blocks]
        self.pieces: list[tuple[Reading, ...]] = []
        self.readings: tuple[Reading, ...] = ()

    def gather(self, pieces: list[tuple[Reading, ...]]) -> tuple[Reading, ...]:
        """Join the parts' readings; the same parts give the very same tuple."""
        if len(pieces) != len(self.pieces) or any(map(is_not, pieces, self.pieces)):
            self.pieces = pieces
            self.readings = tuple(chain.from_iterable(pieces))
        return self.readings


class Pulse:
    """Watch the heartbeat; what it saw survives closing, so a frozen device stays lost."""

    def __init__(self, heartbeat: Heartbeat, clock: Clock) -> None:
        self._max_still_s = heartbeat.max_still_s
        self._clock = clock
        self._count: int | None = None
        self._moved_s = clock.mono_s()

    def saw(self, count: int | None) -> None:
        """Take the counter's value, or ``None`` when the device refused to tell.

        Raises:
            DeviceUnavailableError: it has not moved for too long.
        """
        now_s = self._clock.mono_s()
        if self._count is None or (count is not None and count != self._count):
            self._count, self._moved_s = count, now_s
        still_s = now_s - self._moved_s
        if still_s > self._max_still_s:
            raise DeviceUnavailableError(
                f"the heartbeat has stood still at {self._count} for {still_s:.0f} s: "
                "the device answers, and what it says is old"
            )


def make_groups(addresses: Mapping[int, Address], settings: Settings) -> dict[str, Group]:
    """Return the poll groups in order; the heartbeat goes with its unit, or with the first."""
    members: dict[str, list[Item]] = {}
    for slot, address in sorted(addresses.items()):
        key = f"unit-{address.unit}" if settings.groups is Grouping.UNIT else "all"
        members.setdefault(key, []).append(Item(slot, address))
    if settings.heartbeat is not None and members:
        wanted = f"unit-{settings.heartbeat.unit}"
        key = wanted if wanted in members else next(iter(members))
        members[key].append(heartbeat_item(settings.heartbeat))
    return {
        key: Group(key, tuple(item.slot for item in items if item.slot >= 0), plan(items, settings))
        for key, items in members.items()
    }


def heartbeat_item(heartbeat: Heartbeat) -> Item:
    address = Address(
        table=heartbeat.table, register=heartbeat.register, unit=heartbeat.unit, type=None
    )
    return Item(_HEARTBEAT_SLOT, address)
