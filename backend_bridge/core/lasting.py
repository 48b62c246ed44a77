"""Keep the garbage collector from walking what lasts as long as the bridge."""

from __future__ import annotations

import gc

from backend_bridge.core.linkstate import LinkState

STEP = 200
"""Links that came up between two freezings: what they brought is walked in some 20 ms."""


class Lasting:
    """Put aside what links bring when they come up: a metropolis has millions of such objects.

    Walked again and again, they would hold up the loop for half a second every few seconds.
    """

    def __init__(self) -> None:
        self._came_up = 0

    def begin(self) -> None:
        """Put everything aside that is there now; takes a moment."""
        gc.collect()
        gc.freeze()

    def hear(self, state: LinkState) -> None:
        """Take a link's new state; now and then put aside what came in meanwhile."""
        if not state.up:
            return
        self._came_up += 1
        if self._came_up % STEP == 0:
            self.begin()

    def end(self) -> None:
        """Put everything aside at once: whoever stops has no time to look for garbage."""
        gc.freeze()
