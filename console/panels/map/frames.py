"""Frames of the map: what changed since the last one, as bytes the page reads without parsing.

Little-endian, one message per animation frame, never a call per point::

    offset  size  field
    0       4     magic "BFF2"
    4       4     sequence: grows by one at each frame; the page repeats it as "painted"
    8       4     count n of points in this frame
    12      4     length j of the overlay's JSON, 0 when it did not change
    16      4     flags: bit 0 every point is in this frame
    20      4     generation of the catalogue the positions belong to
    24      4     count m of marks in this frame
    28      4n    position of each point (uint32), in no order
    28+4n   4n    word of each point (uint32)
    28+8n   20m   marks of alarms and incidents, five uint32 each (:mod:`console.panels.map.marks`)
    …       j     overlay: callouts and the number of chosen equipment (UTF-8 JSON)

Word: bits 0-3 index in :data:`STATES`, bit 4 not confirmed within its allowed age, bit 5 chosen,
bits 8-15 level in per cent (0 to 100) of a lamp whose quality is good, bits 16-31 the value
written beside a symbol (:mod:`console.panels.map.symbol_facts`).
"""

from __future__ import annotations

import struct
import sys
from array import array
from dataclasses import dataclass, field

MAGIC = b"BFF2"
HEADER = struct.Struct("<4sIIIIII")
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
CHOSEN_BIT = 0x20
MARK_FIELDS = 5
_CODE = {state: code for code, state in enumerate(STATES)}


class FrameFormatError(ValueError):
    """Say that bytes are no frame of the map."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Hold one frame; ``overlay`` is JSON, empty when it did not change.

    ``marks`` holds :data:`MARK_FIELDS` numbers a mark.
    """

    sequence: int
    generation: int
    positions: array[int]
    words: array[int]
    overlay: bytes = b""
    full: bool = False
    marks: array[int] = field(default_factory=lambda: array("I"))


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
        len(frame.marks) // MARK_FIELDS,
    )
    numbers = (_little(part) for part in (frame.positions, frame.words, frame.marks))
    return b"".join((head, *numbers, frame.overlay))


def decode(data: bytes) -> Frame:
    """Return the frame in ``data``.

    Raises:
        FrameFormatError: too short, too long, or not a frame.
    """
    if len(data) < HEADER.size:
        raise FrameFormatError(f"{len(data)} bytes, a header has {HEADER.size}")
    magic, sequence, count, length, flags, generation, marks = HEADER.unpack_from(data)
    sizes = (4 * count, 4 * count, 4 * MARK_FIELDS * marks, length)
    if magic != MAGIC or len(data) != HEADER.size + sum(sizes):
        raise FrameFormatError(f"not a frame, or {len(data)} bytes are not what its header says")
    at = HEADER.size
    parts = []
    for size in sizes:
        parts.append(data[at : at + size])
        at += size
    numbers = [array("I", part) for part in parts[:3]]
    if sys.byteorder == "big":
        for part in numbers:
            part.byteswap()
    positions, words, shown = numbers
    return Frame(sequence, generation, positions, words, parts[3], bool(flags & FULL), marks=shown)


def _little(values: array[int]) -> bytes:
    if sys.byteorder == "big":
        values = array("I", values)
        values.byteswap()
    return values.tobytes()
