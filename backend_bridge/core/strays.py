"""Make an error of what ends without being told to: a stray cancellation, a part that returns.

A task group takes a cancelled child for one that was told to end and says nothing; a library that
lets the cancellation of its own future out would silently end whoever awaited it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")


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


async def apart(work: Coroutine[Any, Any, T], name: str) -> T:
    """Await work in a task of its own, so that a cancellation of the current one always gets out.

    Before Python 3.13 a task group that is cancelled while a child fails raises the failure alone:
    a loop that catches it and goes on would never end.
    """
    task = asyncio.create_task(work, name=name)
    try:
        await asyncio.wait({task})
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    return task.result()


class PartEndedError(RuntimeError):
    """Something that runs for ever has ended: a defect."""


async def for_ever(work: Coroutine[Any, Any, None], name: str) -> None:
    """Run what ends only when cancelled; half a program must not look like a whole one.

    Raises:
        PartEndedError: it ended by itself.
        StrayCancellationError: it let a cancellation out that nobody asked for.
    """
    with no_stray_cancellation(name):
        await work
    raise PartEndedError(f"{name} ended by itself")
