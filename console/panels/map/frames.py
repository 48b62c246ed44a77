"""Frames of the map: what changed since the last one, as bytes the page reads without parsing.

Little-endian, one message per animation frame, never a call per point::

    offset  size  field
    0       4     magic "BFF1"
    4       4     sequence: grows by one at each frame; the page repeats it as "painted"
    8       4     count n of points in this frame
    12      4     length j of the overlay's JSON, 0 when it did not change
    16      4     flags: bit 0 every point is in this frame
    20      4     generation of the catalogue the positions belong to
    24      4n    position of each point (uint32), in no order
    24+4n   4n    word of each point (uint32)
    24+8n   j     overlay: alarms, incidents, selection (UTF-8 JSON)

Word: bits 0-3 index in :data:`STATES`, bit 4 not confirmed within its allowed age, bits 8-15 level
in per cent (0 to 100) of a lamp whose quality is good.
"""

from __future__ import annotations

import struct
import sys
from array import array
from dataclasses import dataclass

MAGIC = b"BFF1"
HEADER = struct.Struct("<4sIIIII")
FULL = 1

STATES = (
    "unknown",
    "good",
    "on",
    "dimmed",
    "off",
    "stale",
    "bad",
    "unavailable",
    "disabled",
    "maintenance",
)
"""Words a point of the map may show; the index goes into its word. 0 is what nobody told us."""

STATE_MASK = 0x0F
AGED_BIT = 0x10
_CODE = {state: code for code, state in enumerate(STATES)}


class FrameFormatError(ValueError):
    """Say that bytes are no frame of the map."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Hold one frame; ``overlay`` is JSON, empty when it did not change."""

    sequence: int
    generation: int
    positions: array[int]
    words: array[int]
    overlay: bytes = b""
    full: bool = False


def word(state: str, *, aged: bool = False, level: int = 0) -> int:
    """Return the word of a point.

    Raises:
        KeyError: ``state`` is none of :data:`STATES`.
    """
    return _CODE[state] | (AGED_BIT if aged else 0) | (max(0, min(100, level)) << 8)


def state_of(point_word: int) -> str:
    """Return the state a word says."""
    return STATES[point_word & STATE_MASK]


def encode(frame: Frame) -> bytes:
    """Return the bytes of a frame; positions and words have the same length."""
    head = HEADER.pack(
        MAGIC,
        frame.sequence,
        len(frame.positions),
        len(frame.overlay),
        FULL if frame.full else 0,
        frame.generation,
    )
    return b"".join((head, _little(frame.positions), _little(frame.words), frame.overlay))


def decode(data: bytes) -> Frame:
    """Return the frame in ``data``.

    Raises:
        FrameFormatError: too short, too long, or not a frame.
    """
    if len(data) < HEADER.size:
        raise FrameFormatError(f"{len(data)} bytes, a header has {HEADER.size}")
    magic, sequence, count, length, flags, generation = HEADER.unpack_from(data)
    if magic != MAGIC or len(data) != HEADER.size + 8 * count + length:
        raise FrameFormatError(f"not a frame, or {len(data)} bytes are not what its header says")
    middle = HEADER.size + 4 * count
    tail = middle + 4 * count
    positions, words = array("I", data[HEADER.size : middle]), array("I", data[middle:tail])
    if sys.byteorder == "big":
        positions.byteswap()
        words.byteswap()
    return Frame(sequence, generation, positions, words, data[tail:], bool(flags & FULL))


def _little(values: array[int]) -> bytes:
    if sys.byteorder == "big":
        values = array("I", values)
        values.byteswap()
    return values.tobytes()
