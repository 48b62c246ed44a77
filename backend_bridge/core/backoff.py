"""Wait before trying again: capped, jittered, and no storm of connections."""

from __future__ import annotations

import asyncio
import random
from collections import deque
from collections.abc import Awaitable, Callable

Sleep = Callable[[float], Awaitable[None]]
"""Waits that many seconds; ``asyncio.sleep`` outside tests."""


class Backoff:
    """Give the pause before each attempt: doubling from ``start_s``, at most ``cap_s``, jittered.

    Each pause is drawn between half of the nominal one and all of it, so that what was lost
    together does not come back together.
    """

    def __init__(self, start_s: float, cap_s: float, rng: random.Random) -> None:
        if not 0 < start_s <= cap_s:
            raise ValueError(f"back-off from {start_s} s to {cap_s} s cannot work")
        self._start_s = start_s
        self._cap_s = cap_s
        self._rng = rng
        self._nominal_s = start_s

    def next_s(self) -> float:
        """Return the next pause, in seconds."""
        nominal_s = self._nominal_s
        self._nominal_s = min(nominal_s * 2, self._cap_s)
        return nominal_s * self._rng.uniform(0.5, 1.0)

    def reset(self) -> None:
        """Begin again with the shortest pause."""
        self._nominal_s = self._start_s


class ConnectionGate:
    """Let at most ``per_s`` connection attempts begin in any second, first come first served.

    Several may begin at once: a small territory is not held up, a large one comes in waves.
    """

    def __init__(
        self, per_s: float, mono_s: Callable[[], float], sleep: Sleep = asyncio.sleep
    ) -> None:
        if per_s <= 0:
            raise ValueError(f"{per_s} connections a second cannot work")
        self._window_s = max(1.0, 1 / per_s)
        self._turns = deque[float](maxlen=max(1, int(per_s)))
        self._mono_s = mono_s
        self._sleep = sleep

    async def wait(self) -> None:
        """Return when it is this caller's turn."""
        now_s = self._mono_s()
        full = len(self._turns) == self._turns.maxlen
        turn_s = max(now_s, self._turns[0] + self._window_s) if full else now_s
        self._turns.append(turn_s)
        if turn_s > now_s:
            await self._sleep(turn_s - now_s)
