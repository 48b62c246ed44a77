"""Look at pictures twice a second: do they change, is there anything on them.

A stream of single pictures (MJPEG) that hangs repeats them to the bit. One that is coded against
the pictures before (H.264) still breathes a little with each key frame: measured, up to 6 grey
levels with x264. So the first must differ by nothing, the second by ``BREATH`` at most.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

EVERY_S = 0.5
STEP = 8
"""Every eighth pixel of every eighth row is looked at."""
BREATH = 8
"""Grey levels by which an inter-coded picture that hangs may seem to change."""
_EDGE = 8
"""The upper and lower eighth of a picture, where clocks are burnt in, are left out."""
_DARK = 28
"""Grey level below which 99 of 100 looked-at values of a black picture lie."""


class Look:
    """Remember what the picture looked like when it last changed. One thread's own.

    Args:
        exact: whether a picture that hangs is repeated to the bit.
    """

    def __init__(self, *, exact: bool = True) -> None:
        self.exact = exact
        self._last: NDArray[np.int16] | None = None
        self._next_s = 0.0
        self.changed_s = 0.0
        self.black_s = 0.0

    def at(self, image: NDArray[np.uint8], now_s: float) -> None:
        """Look at a picture, ``(H, W, 3)``, at ``now_s``; between two looks it costs nothing."""
        if now_s < self._next_s:
            return
        self._next_s = now_s + EVERY_S
        height = image.shape[0]
        sample = image[height // _EDGE : height - height // _EDGE : STEP, ::STEP].astype(np.int16)
        if self._last is None or self._differs(sample, self._last):
            self.changed_s = now_s
            self._last = sample
        dark = sample.size == 0 or np.count_nonzero(sample >= _DARK) <= sample.size // 100
        if not dark:
            self.black_s = 0.0
        elif not self.black_s:
            self.black_s = now_s

    def _differs(self, sample: NDArray[np.int16], last: NDArray[np.int16]) -> bool:
        if sample.shape != last.shape:
            return True
        limit = 0 if self.exact else BREATH
        return bool(np.any(np.abs(sample - last) > limit))
