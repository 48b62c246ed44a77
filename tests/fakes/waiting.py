"""Wait for a condition with a deadline, instead of sleeping and hoping."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

_STEP_S = 0.01
PATIENCE_S = 20.0
"""A condition takes milliseconds; a machine busy with other tests is given this long."""


async def until(
    predicate: Callable[[], object], *, timeout_s: float = PATIENCE_S, what: str = "the condition"
) -> None:
    """Return as soon as ``predicate()`` is true; checked every 10 ms on the running loop.

    Raises:
        AssertionError: still false after ``timeout_s``; names ``what``.
    """
    end_s = time.monotonic() + timeout_s
    while not predicate():
        if time.monotonic() > end_s:
            raise AssertionError(f"waited {timeout_s} s for {what}")
        await asyncio.sleep(_STEP_S)


def until_sync(
    predicate: Callable[[], object], *, timeout_s: float = PATIENCE_S, what: str = "the condition"
) -> None:
    """Do the same in a thread without a loop."""
    end_s = time.monotonic() + timeout_s
    while not predicate():
        if time.monotonic() > end_s:
            raise AssertionError(f"waited {timeout_s} s for {what}")
        time.sleep(_STEP_S)
