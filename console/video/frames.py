"""Pictures in shared memory: three slots, one writer, the newest wins, nobody waits for anybody.

The console makes a buffer, reads it and unlinks it; a worker attaches and writes, so a worker that
dies leaves the last picture where it is. A writer fills the slot after the newest and only then
says so; with three slots a reader is overtaken only when two more pictures come while it copies
one, which it sees from the slot's numbers, and copies the newer one.
"""

from __future__ import annotations

import struct
import sys
import threading
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.shared_memory import SharedMemory

SLOTS = 3
PIXEL_BYTES = 4
"""Blue, green, red and one unused: what Qt calls RGB32 and paints without converting."""
_HEAD = struct.Struct("<4sIIIQ")  # magic, version, box width, box height, newest picture's number
_NEWEST = struct.Struct("<Q")
_NEWEST_AT = _HEAD.size - _NEWEST.size
_SLOT = struct.Struct("<QIIdQ")  # number before, width, height, decoded at (monotonic s), after
_MAGIC = b"BFVF"
_VERSION = 1
_HEAD_BYTES = 64
_SLOT_BYTES = 64
_TRIES = 4
_attaching = threading.Lock()


class FrameError(ValueError):
    """Say that a segment is not a picture buffer, or not this big."""


@dataclass(frozen=True, slots=True)
class Size:
    """Pixels a tile takes: the box a picture is scaled to fit, never beyond its own size."""

    width: int
    height: int

    @property
    def slot_bytes(self) -> int:
        """Return the bytes of one slot's pixels."""
        return self.width * self.height * PIXEL_BYTES


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture as copied out of shared memory.

    Attributes:
        number: counts the buffer's pictures from 1; grows, may skip.
        width: of this picture in pixels, at most the buffer's.
        height: of this picture in pixels.
        decoded_s: when it was decoded, on the machine's monotonic clock.
        pixels: ``height`` rows of ``width`` times blue, green, red, unused; the reader's own
            memory, overwritten by its next :meth:`FrameBuffer.newest`.
    """

    number: int
    width: int
    height: int
    decoded_s: float
    pixels: memoryview


class FrameBuffer:
    """The console's side of a buffer: make it, read it, unlink it. One thread at a time.

    Args:
        size: largest picture, each side 1 to 8192.

    Raises:
        FrameError: a size nobody has a screen for.
        OSError: there is no shared memory left.
    """

    def __init__(self, size: Size) -> None:
        if not (1 <= size.width <= 8192 and 1 <= size.height <= 8192):
            raise FrameError(f"a picture of {size.width} by {size.height} pixels")
        self.size = size
        total = _HEAD_BYTES + SLOTS * (_SLOT_BYTES + size.slot_bytes)
        self._memory = SharedMemory(create=True, size=total)
        self._view = _view(self._memory)
        _HEAD.pack_into(self._view, 0, _MAGIC, _VERSION, size.width, size.height, 0)
        self._copy = bytearray(size.slot_bytes)

    @property
    def name(self) -> str:
        """Return what a writer attaches by."""
        return self._memory.name

    @property
    def number(self) -> int:
        """Return the newest picture's number, 0 before the first; costs a microsecond."""
        newest: int = _NEWEST.unpack_from(self._view, _NEWEST_AT)[0]
        return newest

    def newest(self, after: int = 0) -> Picture | None:
        """Copy and return the newest picture, or ``None`` if its number is not above ``after``."""
        for _ in range(_TRIES):
            number = self.number
            if number <= after:
                return None
            at = _slot_at(self.size, number)
            before, width, height, decoded_s, done = _SLOT.unpack_from(self._view, at)
            length = width * height * PIXEL_BYTES
            if before != number or done != number or length > len(self._copy):
                continue
            start = at + _SLOT_BYTES
            self._copy[:length] = self._view[start : start + length]
            if _SLOT.unpack_from(self._view, at)[0] == number:
                return Picture(number, width, height, decoded_s, memoryview(self._copy)[:length])
        return None  # overtaken each time: the next call finds a newer one

    def close(self) -> None:
        """Give the memory back; writers keep theirs until they let go. May be called twice."""
        try:
            self._memory.close()
            self._memory.unlink()
        except FileNotFoundError:
            return


class FrameWriter:
    """A worker's side of a buffer: attach by name, fill, say so, let go.

    Args:
        name: of the console's buffer.

    Raises:
        FileNotFoundError: it is gone: nobody wants the pictures any more.
        FrameError: the segment is something else.
    """

    def __init__(self, name: str) -> None:
        self._memory = attach(name)
        self._view = _view(self._memory)
        magic, version, width, height, number = _HEAD.unpack_from(self._view, 0)
        if magic != _MAGIC or version != _VERSION:
            self._memory.close()
            raise FrameError(f"segment {name} holds no pictures")
        self.name = name
        self.size = Size(width, height)
        self._number: int = number  # a worker that replaces another goes on counting

    def begin(self, width: int, height: int) -> memoryview:
        """Return the pixels to fill for the next picture; release the view before :meth:`close`.

        Raises:
            FrameError: the picture is larger than the buffer's.
        """
        length = width * height * PIXEL_BYTES
        if not 0 < length <= self.size.slot_bytes:
            raise FrameError(f"{width} by {height} pixels do not fit")
        at = _slot_at(self.size, self._number + 1)
        _SLOT.pack_into(self._view, at, self._number + 1, width, height, 0.0, 0)
        start = at + _SLOT_BYTES
        return self._view[start : start + length]

    def publish(self, width: int, height: int, decoded_s: float) -> None:
        """Make what was filled since :meth:`begin` the newest picture."""
        self._number += 1
        at = _slot_at(self.size, self._number)
        _SLOT.pack_into(self._view, at, self._number, width, height, decoded_s, self._number)
        _NEWEST.pack_into(self._view, _NEWEST_AT, self._number)

    def close(self) -> None:
        """Let go of the memory; the console's buffer stays."""
        self._memory.close()


def attach(name: str) -> SharedMemory:
    """Attach to another process's segment without taking it along when this process ends.

    Raises:
        FileNotFoundError: there is none of this name.
    """
    if sys.version_info >= (3, 13):
        return SharedMemory(name, track=False)
    # WORKAROUND(https://github.com/python/cpython/issues/82300): before 3.13 attaching registers
    # the segment with this process's resource tracker, which unlinks it when the process ends
    with _attaching:
        register = resource_tracker.register
        resource_tracker.register = _register_nothing
        try:
            return SharedMemory(name)
        finally:
            resource_tracker.register = register


def _view(memory: SharedMemory) -> memoryview:
    if memory.buf is None:
        raise FrameError("the segment is closed")
    return memory.buf


def _register_nothing(name: object, rtype: str) -> None:
    del name, rtype


def _slot_at(size: Size, number: int) -> int:
    return _HEAD_BYTES + number % SLOTS * (_SLOT_BYTES + size.slot_bytes)
