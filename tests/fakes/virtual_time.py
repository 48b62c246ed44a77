"""An event loop whose time jumps to the next timer instead of waiting for it."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

_START_MS = 1_700_000_000_000


class VirtualLoop(asyncio.SelectorEventLoop):
    """Run coroutines in virtual time: an hour of timers takes milliseconds, always the same way.

    Only timers and futures; a thread or a socket that takes real time is not waited for.
    """

    def __init__(self) -> None:
        self._virtual_s = 1_000.0
        super().__init__(_Jump(self))

    def time(self) -> float:
        return self._virtual_s

    def jump(self, seconds: float) -> None:
        """Let virtual time pass."""
        self._virtual_s += seconds


class _Jump(selectors.SelectSelector):
    def __init__(self, loop: VirtualLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        events = super().select(0)
        if not events and timeout is None:
            raise AssertionError("everything waits and no timer is set: this would wait for ever")
        if not events and timeout:
            self._loop.jump(timeout)
        return events


class VirtualClock:
    """Tell the loop's virtual time; :meth:`set_wall` moves the wall clock alone."""

    def __init__(self, loop: VirtualLoop) -> None:
        self._loop = loop
        self._offset_ms = 0

    def now_ms(self) -> int:
        return _START_MS + round((self._loop.time() - 1_000.0) * 1000) + self._offset_ms

    def mono_s(self) -> float:
        return self._loop.time()

    def set_wall(self, seconds: float) -> None:
        """Move the wall clock by so much; the steady one does not notice."""
        self._offset_ms += round(seconds * 1000)


def run_virtual(loop: VirtualLoop, work: Coroutine[Any, Any, T]) -> T:
    """Run ``work`` to its end on a virtual loop and close nothing."""
    return loop.run_until_complete(work)


def close_virtual(loop: VirtualLoop) -> None:
    """Cancel what is left and close the loop."""

    async def end() -> None:
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    loop.run_until_complete(end())
    loop.close()
