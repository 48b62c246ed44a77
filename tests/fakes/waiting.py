"""Wait for a condition with a deadline, instead of sleeping and hoping."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

_STEP_S = 0.01
PATIENCE_S = 20.0
"""A condition takes milliseconds; a machine busy with other tests is given this long."""
_STILL_S = 0.2
"""Most that one look costs of the patience: a machine that stood still had no time to act."""


async def until(
    predicate: Callable[[], object], *, timeout_s: float = PATIENCE_S, what: str = "the condition"
) -> None:
    """Return as soon as ``predicate()`` is true; checked every 10 ms on the running loop.

    Raises:
        AssertionError: still false after ``timeout_s``; names ``what``.
    """
    left_s = timeout_s
    while not predicate():
        if left_s < 0:
            raise AssertionError(f"waited {timeout_s} s for {what}")
        began_s = time.monotonic()
        await asyncio.sleep(_STEP_S)
        left_s -= min(time.monotonic() - began_s, _STILL_S)


def until_sync(
    predicate: Callable[[], object], *, timeout_s: float = PATIENCE_S, what: str = "the condition"
) -> None:
    """Do the same in a thread without a loop."""
    left_s = timeout_s
    while not predicate():
        if left_s < 0:
            raise AssertionError(f"waited {timeout_s} s for {what}")
        began_s = time.monotonic()
        time.sleep(_STEP_S)
        left_s -= min(time.monotonic() - began_s, _STILL_S)
