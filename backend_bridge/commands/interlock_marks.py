"""How the bridge itself marks an interlock's group when it compares configurations at its start."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence

import msgspec

from backend_bridge.contract.safety import InterlockMark
from backend_bridge.services.actor import BRIDGE_USER

FIRST, NEW, CHANGED, REMOVED = (
    f"interlock.reason.{why}" for why in ("first", "new", "changed", "removed")
)
"""Why the bridge armed or disarmed a group; text keys."""


def fingerprint_of(
    content: bytes,
    ids: Sequence[str],
    watched: Collection[tuple[str, str]],
    lies: Mapping[tuple[str, str], str],
) -> str:
    """Return what changes when a rule, its members, what it looks at or its wiring does.

    Args:
        content: the rule, and what else it says of this group.
        ids: members of the group.
        watched: points it looks at, each an equipment and a point.
        lies: where those points lie in the field.
    """
    whole = (sorted(ids), [(item, point, lies.get((item, point), ""))
                           for item, point in sorted(watched)])  # fmt: skip
    return hashlib.sha256(content + msgspec.json.encode(whole)).hexdigest()[:16]


def own_mark(
    interlock_id: str, armed: bool, fingerprint: str, now_ms: int, reason: str
) -> InterlockMark:
    """Return a mark of the bridge's own."""
    return InterlockMark(
        interlock_id=interlock_id,
        armed=armed,
        fingerprint=fingerprint,
        by=BRIDGE_USER,
        since_ms=now_ms,
        reason=reason,
    )
