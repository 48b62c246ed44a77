"""Make a cancellation that nobody asked for an error like any other.

A task group takes a cancelled child for one that was told to end and says nothing; a library that
lets the cancellation of its own future out would silently end whoever awaited it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager


class StrayCancellationError(RuntimeError):
    """What was awaited was cancelled, and the task that awaited it was not."""


@contextmanager
def no_stray_cancellation(what: str) -> Iterator[None]:
    """Let a cancellation of the current task pass and turn any other into an error.

    Raises:
        StrayCancellationError: names ``what`` was awaited.
    """
    task = asyncio.current_task()
    asked = task.cancelling() if task else 0
    try:
        yield
    except asyncio.CancelledError:
        if task is None or task.cancelling() > asked:
            raise
        raise StrayCancellationError(f"{what} was cancelled from within") from None
