"""The audit chain: every journal entry carries a digest over itself and the digest before it.

What the chain proves: an entry that was changed, taken out, put in, or moved is found, because the
digests after it no longer fit. What it does not prove alone: somebody who may write the whole file
can make a new chain from any entry on, or cut the end off. The seal shows the first
(:mod:`backend_bridge.store.seal`), anchors kept elsewhere also the second
(:mod:`backend_bridge.security.anchors`).
"""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from backend_bridge.core.storage import Seal

GENESIS = bytes(32)
"""Stands before the first entry."""
SEALED_FIELDS = (
    "seq", "at_ms", "user_name", "seat", "kind", "equipment_id", "alarm_id", "incident_id",
    "payload",
)  # fmt: skip
"""Columns of the journal a digest is over, in this order."""

_encode = msgspec.msgpack.Encoder().encode


class Wrong(enum.StrEnum):
    """Say what is wrong at a place of the chain."""

    CHANGED = "changed"
    """The entry, or the digest before it, is not what it was when it was written."""
    MISSING = "missing"
    """One or more entries before this one are gone."""
    CUT = "cut"
    """The newest entries are gone: the end was cut off."""
    REPLACED = "replaced"
    """The chain fits together, but it is not the one an anchor, or the seal, was taken of."""
    UNSEALED = "unsealed"
    """There is no seal of the bridge's key where one must be."""


class Break(NamedTuple):
    """Say where a chain first fails: the sequence, what is wrong, and what shows it."""

    seq: int
    wrong: Wrong
    detail: str


def seal(before: bytes, row: Sequence[Any]) -> bytes:
    """Return the digest (32 bytes) of an entry.

    Args:
        before: digest of the entry before it, ``GENESIS`` for the first.
        row: its ``SEALED_FIELDS``; MessagePack keeps types and lengths, so that no two rows give
            the same bytes.
    """
    return hashlib.sha256(before + _encode(tuple(row))).digest()


def walk(rows: Iterable[Sequence[Any]], anchors: Iterable[Seal] = ()) -> Iterator[Break | Seal]:
    """Check rows of ``SEALED_FIELDS`` and digest in order; yield breaks, at the end the tip.

    Nothing more is checked after the first break in the chain itself: what follows it proves
    nothing. Anchors that do not fit are all told.

    Args:
        rows: oldest first, from the first entry on.
        anchors: what was written down elsewhere.
    """
    waiting: dict[int, set[bytes]] = {}
    for anchor in anchors:
        waiting.setdefault(anchor.seq, set()).add(anchor.digest)
    before, last = GENESIS, 0
    for row in rows:
        seq, digest = int(row[0]), row[-1]
        if seq != last + 1:
            gone = f"{last + 1}" if seq == last + 2 else f"{last + 1} to {seq - 1}"
            yield Break(last + 1, Wrong.MISSING, f"entries {gone} are not there; {seq} follows")
            return
        if digest is None or seal(before, row[:-1]) != bytes(digest):
            yield Break(seq, Wrong.CHANGED, "its digest does not fit it and the one before")
            return
        before, last = bytes(digest), seq
        if any(found != before for found in waiting.pop(seq, ())):
            yield Break(seq, Wrong.REPLACED, "an anchor names another digest for this entry")
    for seq in sorted(waiting):
        yield Break(last + 1, Wrong.CUT, f"an anchor names entry {seq}; the last here is {last}")
    yield Seal(last, before)
