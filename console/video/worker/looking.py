"""Look at pictures twice a second: do they change, is there anything on them.

A stream of single pictures (MJPEG) that hangs repeats them to the bit. One that is coded against
the pictures before (H.264) still breathes a little with each key frame: measured, up to 6 grey
levels with x264. So the first must differ by nothing, the second by ``BREATH`` at most.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from console.video.protocol import Seen

EVERY_S = 0.5
STEP = 8
"""Every eighth pixel of every eighth row is looked at."""
BREATH = 8
"""Grey levels by which an inter-coded picture that hangs may seem to change."""
ALIKE = 5
"""Grey levels by which two coarse looks at one and the same scene may differ: another size, another
key frame. What is taken for the same scene by mistake is called changed at the next look."""
_CELLS = (9, 16)
_EDGE = 8
"""The upper and lower eighth of a picture, where clocks are burnt in, are left out."""
_DARK = 28
"""Grey level below which 99 of 100 looked-at values of a black picture lie."""


class Look:
    """Remember what the picture looked like when it last changed. One thread's own.

    Args:
        exact: whether a picture that hangs is repeated to the bit.
        seen: what was seen of the stream before this connection.
    """

    def __init__(self, *, exact: bool = True, seen: Seen | None = None) -> None:
        self.exact = exact
        self._before = seen or Seen()
        self.trace = self._before.trace
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
        first = self._last is None
        if self._last is None or self._differs(sample, self._last):
            self.changed_s = now_s
            self._last = sample
        trace = trace_of(image)
        if first and same_scene(trace, self._before.trace):
            self.changed_s = self._before.changed_s or now_s
            self.black_s = self._before.black_s
        self.trace = trace
        dark = sample.size == 0 or np.count_nonzero(sample >= _DARK) <= sample.size // 100
        if not dark:
            self.black_s = 0.0
        elif not self.black_s:
            self.black_s = now_s

    @property
    def seen(self) -> Seen:
        """Return what the next connection must know; what came before, while nothing was seen."""
        if self._last is None:
            return self._before
        return Seen(self.changed_s, self.black_s, self.trace)

    def _differs(self, sample: NDArray[np.int16], last: NDArray[np.int16]) -> bool:
        if sample.shape != last.shape:
            return True
        limit = 0 if self.exact else BREATH
        return bool(np.any(np.abs(sample - last) > limit))


def trace_of(image: NDArray[np.uint8]) -> bytes:
    """Return what a picture ``(H, W, 3)`` looks like: 9 by 16 mean grey levels, whatever its size.

    Empty for one too small to tell. The upper and lower eighth are left out.
    """
    rows, columns = _CELLS
    edge = image.shape[0] // _EDGE
    sample = image[edge : image.shape[0] - edge : STEP // 2, :: STEP // 2]
    high, wide = sample.shape[:2]
    if high < rows or wide < columns:
        return b""
    tops = np.linspace(0, high, rows + 1).astype(np.intp)
    lefts = np.linspace(0, wide, columns + 1).astype(np.intp)
    grey = sample.sum(axis=2, dtype=np.float64)
    sums = np.add.reduceat(np.add.reduceat(grey, tops[:-1], axis=0), lefts[:-1], axis=1)
    means: NDArray[np.uint8] = (sums / np.outer(np.diff(tops), 3 * np.diff(lefts))).astype(np.uint8)
    return means.tobytes()


def same_scene(trace: bytes, before: bytes) -> bool:
    """Return whether two traces may be of one scene; two empty ones are not."""
    if not trace or len(trace) != len(before):
        return False
    one, other = (np.frombuffer(item, np.uint8).astype(np.int16) for item in (trace, before))
    return bool(np.all(np.abs(one - other) <= ALIKE))
