"""A time limit that does not blame a device for the bridge's own delay."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

LATE_S = 0.05
"""A timer that comes later than this comes from a loop that was held up."""
GRACE_S = 0.25
"""What is then given on top, to take an answer that already lies in the socket."""


@asynccontextmanager
async def patient_timeout(limit_s: float) -> AsyncIterator[None]:
    """Cancel the block after ``limit_s`` seconds, or a little later when the loop was held up.

    Raises:
        TimeoutError: the block was not done in time.
    """
    loop = asyncio.get_running_loop()
    due_s = loop.time() + limit_s
    async with asyncio.timeout(None) as limit:

        def expire() -> None:
            limit.reschedule(loop.time())

        def look() -> None:
            if loop.time() - due_s > LATE_S:
                timers.append(loop.call_later(GRACE_S, expire))
            else:
                expire()

        timers = [loop.call_at(due_s, look)]
        try:
            yield
        finally:
            for timer in timers:
                timer.cancel()
