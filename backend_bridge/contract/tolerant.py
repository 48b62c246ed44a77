"""Read what a newer version wrote as far as it can be read: an unknown entry keeps its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from backend_bridge.contract.journal import Event

LONGEST_KIND = 64


def legible(frame: bytes | memoryview) -> Any:  # noqa: ANN401 - MessagePack of whatever shape
    """Return a frame's content in which each event nobody here can read stands as ``newer``.

    Slow beside a typed decoder: for frames that one refused.

    Raises:
        msgspec.MsgspecError: not MessagePack; ``UnicodeDecodeError``, ``RecursionError`` likewise.
    """
    content = msgspec.msgpack.decode(frame)
    for entry in _entries(content):
        entry["event"] = readable(entry.get("event"))
    return content


def readable(event: object) -> object:
    """Return an event as it is, or what stands for one that cannot be read here."""
    try:
        msgspec.convert(event, Event)
    except msgspec.ValidationError:
        kind = event.get("type") if isinstance(event, dict) else None
        return {"type": "newer", "kind": str(kind or "")[:LONGEST_KIND]}
    return event


def _entries(content: object) -> Iterator[dict[str, Any]]:
    """Yield the entries of a journal batch, of a log or of a page of the audit chain."""
    match content:
        case {"type": "journal", "entries": [*found]}:
            entries = found
        case {"type": "answer", "result": {"type": "log", "entries": [*found]}}:
            entries = found
        case {"type": "answer", "result": {"type": "audit", "links": [*found]}}:
            entries = [link.get("entry") for link in found if isinstance(link, dict)]
        case _:
            entries = []
    yield from (entry for entry in entries if isinstance(entry, dict))
