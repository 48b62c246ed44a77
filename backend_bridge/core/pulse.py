"""Watch the bridge's own loop and the machine's clock."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from backend_bridge.contract.times import Clock
from backend_bridge.core.backoff import Sleep

PERIOD_S = 0.25
JUMP_S = 2.0
"""Wall clock against steady clock: a larger step between two looks is a jump."""


class Pulse:
    """Measure how late the loop runs, and notice when the wall clock jumps.

    Args:
        on_jump: told by how many seconds the wall clock moved (negative: back); on the loop.
        on_beat: called at each look while the loop runs, for a watchdog outside.
    """

    def __init__(
        self,
        clock: Clock,
        on_jump: Callable[[float], None],
        *,
        on_beat: Callable[[], None] | None = None,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._clock = clock
        self._on_jump = on_jump
        self._on_beat = on_beat
        self._sleep = sleep
        self.lag_ms = 0.0
        """How late the last look was."""
        self.worst_lag_ms = 0.0
        """The latest look since the start."""

    async def run(self) -> None:
        """Watch until cancelled."""
        clock = self._clock
        while True:
            mono_s, wall_ms = clock.mono_s(), clock.now_ms()
            await self._sleep(PERIOD_S)
            elapsed_s = clock.mono_s() - mono_s
            self.lag_ms = max(0.0, (elapsed_s - PERIOD_S) * 1000)
            self.worst_lag_ms = max(self.worst_lag_ms, self.lag_ms)
            jump_s = (clock.now_ms() - wall_ms) / 1000 - elapsed_s
            if abs(jump_s) > JUMP_S:
                self._on_jump(jump_s)
            if self._on_beat is not None:
                self._on_beat()
