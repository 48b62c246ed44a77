"""A time limit that does not blame a device for the bridge's own delay."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Any, Self

SLICE_S = 0.1
"""A limit is waited for in slices, so that a delay of the loop shows within the wait."""
LATE_S = 0.05
"""A slice that ends later than this was ended late by a loop that was held up; less is usual on a
busy machine, and a silent device must be given up in time there as well."""


class Patience:
    """Cancel a block after so many seconds in which the loop was awake.

    What a slice ends too late is not counted, and as much is given on top, at most a slice for
    each: whatever came in meanwhile lies in the socket, and the loop needs a turn or two to take
    it, not as long again. All that is given on top never exceeds the limit: a loop that does not
    get its breath back gives up all the same. A loop that keeps up gives nothing.

    Limits one block after another, of whatever task. Between blocks the timer is left to run out:
    to arm and disarm it for each would cost a poll more than its blocks do.
    """

    __slots__ = (
        "_asked",
        "_began_s",
        "_due_s",
        "_end_s",
        "_ending",
        "_expired",
        "_grace_s",
        "_limit_s",
        "_loop",
        "_task",
        "_timer",
    )

    def __init__(self) -> None:
        self._limit_s = 0.0
        self._task: asyncio.Task[Any] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._ending: asyncio.Handle | None = None

    def limit(self, seconds: float) -> Self:
        """Return itself for a ``with`` block of one task, which raises ``TimeoutError``."""
        self._limit_s = seconds
        return self

    def __enter__(self) -> Self:
        task = asyncio.current_task()
        if task is None or self._task is not None:
            raise RuntimeError("a time limit needs a task to end, and one at a time")
        loop = task.get_loop()
        if loop is not self._loop:
            self._loop, self._timer = loop, None
        self._task = task
        self._asked = task.cancelling()
        self._expired = False
        self._grace_s = self._limit_s
        self._began_s = now_s = loop.time()
        self._end_s = now_s + self._limit_s
        if self._timer is None or self._due_s > self._end_s:
            self._arm(loop, now_s)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        task, self._task = self._task, None
        if self._ending is not None:
            self._ending.cancel()
            self._ending = None
        if self._expired:
            assert task is not None
            if task.uncancel() <= self._asked and kind is asyncio.CancelledError:
                raise TimeoutError from error

    def _arm(self, loop: asyncio.AbstractEventLoop, now_s: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._due_s = min(now_s + SLICE_S, self._end_s)
        self._timer = loop.call_at(self._due_s, self._look, loop)

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        self._timer = None
        if self._task is None:
            return
        now_s = loop.time()
        late_s = now_s - max(self._due_s, self._began_s)
        if late_s > LATE_S:
            granted_s = min(late_s, SLICE_S, self._grace_s)
            self._grace_s -= granted_s
            self._end_s += late_s + granted_s
        if now_s < self._end_s:
            self._arm(loop, now_s)
        else:
            # An answer read in this very turn has queued the task's waking before this.
            self._ending = loop.call_soon(self._expire)

    def _expire(self) -> None:
        self._ending = None
        if self._task is not None:
            self._expired = True
            self._task.cancel()


def patient_timeout(limit_s: float) -> Patience:
    """Return a limit for one ``with`` block of one task.

    Leaving the block raises ``TimeoutError`` when it was not done within ``limit_s`` seconds of
    the loop's waking time.
    """
    return Patience().limit(limit_s)
