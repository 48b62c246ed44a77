"""End a thread that uses a database, also one that waits for a server that hangs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

CLOSE_S = 1.0
"""How long a server may take over what it was asked before a bridge that ends leaves it."""

Cut = Callable[[], None]
"""End the connections, so that whoever waits on one gets an error."""


async def leave(end: Callable[[], object], cut: Cut | None) -> None:
    """Wait in a thread until ``end`` returns; after a second, cut what it may be waiting for."""
    ending = asyncio.ensure_future(asyncio.to_thread(end))
    if cut is not None:
        await asyncio.wait([ending], timeout=CLOSE_S)
        if not ending.done():
            cut()
    await ending
