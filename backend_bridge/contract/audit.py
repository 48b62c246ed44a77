"""The audit chain as whoever may read it sees it."""

from __future__ import annotations

import msgspec

from backend_bridge.contract.journal import JournalEntry


class AuditLink(msgspec.Struct, frozen=True, kw_only=True):
    """One link of the chain: an entry, its place, and the digests that tie it to the one before.

    Attributes:
        number: 1 and up, without a gap.
        digest: hexadecimal SHA-256 of this link; ``before`` is the digest of the link before.
    """

    number: int
    entry: JournalEntry
    before: str
    digest: str
