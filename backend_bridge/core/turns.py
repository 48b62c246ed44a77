"""Take turns on one link: commands overtake the polls that wait."""

from __future__ import annotations

import asyncio
from collections import deque

from backend_bridge.contract.times import Clock

_WINDOW_S = 10.0


class Turns:
    """Let one request through at a time; a command goes before any poll that waits."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._held = False
        self._queues: tuple[deque[_Waiter], deque[_Waiter]] = (deque(), deque())
        self._page_s = clock.mono_s()
        self._longest_s = 0.0
        self._longest_before_s = 0.0

    @property
    def waiting(self) -> int:
        """Return how many requests wait."""
        return len(self._queues[0]) + len(self._queues[1])

    @property
    def oldest_s(self) -> float:
        """Return how long the longest waiting request has waited, 0 when none waits."""
        starts = [queue[0].since_s for queue in self._queues if queue]
        return self._clock.mono_s() - min(starts) if starts else 0.0

    @property
    def longest_s(self) -> float:
        """Return the longest wait of the last 10 to 20 s, those still waiting included."""
        self._turn_page()
        return max(self._longest_s, self._longest_before_s, self.oldest_s)

    async def acquire(self, *, urgent: bool) -> None:
        """Wait for the turn; cancelled while waiting, it takes none."""
        if not self._held:
            self._held = True
            return
        waiter = _Waiter(self._clock.mono_s())
        queue = self._queues[0 if urgent else 1]
        queue.append(waiter)
        try:
            await waiter.turn
        except asyncio.CancelledError:
            if waiter.turn.done() and not waiter.turn.cancelled():
                self.release()  # the turn came in the same moment: pass it on
            elif waiter in queue:
                queue.remove(waiter)
            raise
        self._turn_page()
        self._longest_s = max(self._longest_s, self._clock.mono_s() - waiter.since_s)

    def release(self) -> None:
        """Give the turn to the next: commands first, then polls, each in order of arrival."""
        for queue in self._queues:
            while queue:
                turn = queue.popleft().turn
                if not turn.done():  # otherwise cancelled, and not yet gone from the queue
                    turn.set_result(None)
                    return
        self._held = False

    def _turn_page(self) -> None:
        """Forget waits of more than one window ago."""
        passed_s = self._clock.mono_s() - self._page_s
        if passed_s < _WINDOW_S:
            return
        self._longest_before_s = self._longest_s if passed_s < 2 * _WINDOW_S else 0.0
        self._longest_s = 0.0
        self._page_s += passed_s


class _Waiter:
    __slots__ = ("since_s", "turn")

    def __init__(self, since_s: float) -> None:
        self.since_s = since_s
        self.turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
