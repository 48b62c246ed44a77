"""Look at pictures twice a second: do they change, is there anything on them.

A stream of single pictures (MJPEG) that hangs repeats them to the bit. Of one that is coded against
the pictures before (H.264) the key pictures are compared (:mod:`console.video.worker.keys`).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from console.video.protocol import Seen
from console.video.worker.keys import KeyPictures

EVERY_S = 0.5
STEP = 8
"""Every eighth pixel of every eighth row is looked at."""
ALIKE = 5
"""Grey levels by which two coarse looks at one and the same scene may differ: another size, another
key frame. What is taken for the same scene by mistake is called changed at the next look."""
_CELLS = (9, 16)
_TRACE_COLUMNS = 160
"""Columns looked at for a trace: as many of a large picture as of a small one."""
_EDGE = 8
"""The upper and lower eighth of a picture, where clocks are burnt in, are left out."""
_DARK = 28
"""Grey level below which 99 of 100 looked-at values of a black picture lie."""


class Look:
    """Remember what the picture looked like when it last changed. One thread's own.

    Args:
        exact: whether each picture is coded by itself, and one that hangs is repeated to the bit.
        seen: what was seen of the stream before this connection.
    """

    def __init__(self, *, exact: bool = True, seen: Seen | None = None) -> None:
        self._before = seen or Seen()
        self._keys = None if exact else KeyPictures(self._before.patience_s)
        self._key_s = 0.0
        self.trace = self._before.trace
        self._last: NDArray[np.int16] | None = None
        self._next_s = 0.0
        self.changed_s = 0.0
        self.black_s = 0.0

    @property
    def patience_s(self) -> float:
        """Return the seconds without a change that mean more than a quiet street, 0 for any."""
        return 0.0 if self._keys is None else self._keys.patience_s

    def at(self, image: NDArray[np.uint8], now_s: float, *, key: bool = False) -> None:
        """Look at a picture, ``(H, W, 3)``, at ``now_s``; between two looks it costs nothing.

        ``key`` says that it is coded by itself in a stream where others are not.
        """
        key = key and self._keys is not None and now_s >= self._key_s + EVERY_S
        if now_s < self._next_s and not key:
            return
        self._next_s = now_s + EVERY_S
        self._key_s = now_s if key else self._key_s
        height = image.shape[0]
        sample = image[height // _EDGE : height - height // _EDGE : STEP, ::STEP].astype(np.int16)
        first = self._last is None
        if self._changes(sample, now_s, key=key):
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
        return Seen(self.changed_s, self.black_s, self.trace, self.patience_s)

    def _changes(self, sample: NDArray[np.int16], now_s: float, *, key: bool) -> bool:
        last = self._last
        if self._keys is not None:
            return self._keys.shows_change(sample, now_s, key=key)
        return last is None or last.shape != sample.shape or bool(np.any(sample != last))


def trace_of(image: NDArray[np.uint8]) -> bytes:
    """Return what a picture ``(H, W, 3)`` looks like: 9 by 16 mean grey levels, whatever its size.

    Empty for one too small to tell. The upper and lower eighth are left out.
    """
    rows, columns = _CELLS
    edge, step = image.shape[0] // _EDGE, max(1, image.shape[1] // _TRACE_COLUMNS)
    sample = image[edge : image.shape[0] - edge : step, ::step]
    high, wide = sample.shape[:2]
    if high < rows or wide < columns:
        return b""
    tops = np.linspace(0, high, rows + 1).astype(np.intp)
    lefts = np.linspace(0, wide, columns + 1).astype(np.intp)
    bands = np.add.reduceat(sample, tops[:-1], axis=0, dtype=np.uint32)
    sums = np.add.reduceat(bands, lefts[:-1], axis=1).sum(axis=2)
    values = np.outer(np.diff(tops), 3 * np.diff(lefts))
    return bytes((sums // values).astype(np.uint8))


def same_scene(trace: bytes, before: bytes) -> bool:
    """Return whether two traces may be of one scene; two empty ones are not."""
    if not trace or len(trace) != len(before):
        return False
    one, other = (np.frombuffer(item, np.uint8).astype(np.int16) for item in (trace, before))
    return bool(np.all(np.abs(one - other) <= ALIKE))
