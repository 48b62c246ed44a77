"""Tell from its key pictures whether a stream coded against earlier pictures hangs.

Between two key pictures an encoder leaves out what hardly changed: pictures stay the same whether
the sensor hangs or the street is quiet. A key picture is coded anew from what the sensor gives, and
a sensor has noise. Measured with x264, constant quality and 0.3 to 2 Mbit/s, down to noise of half
a grey level by night: none of a live camera's key pictures ever came again; of one that hangs most
did, to the bit. An encoder starved of bits (0.3 Mbit/s for 640 by 360) codes even a picture that
hangs anew each time: such a camera is not told from a live one.
"""

from __future__ import annotations

import hashlib
from collections import deque

import numpy as np
from numpy.typing import NDArray

REMEMBERED = 16
"""Key pictures among which one may come again: an encoder goes to and fro between qualities."""
FRESH = 3
"""New key pictures in a row by which a stream lives that had repeated one."""
INTERVALS = 2.5
"""Times the interval of key pictures without a new one: at least two came, and were repeated."""
LONG_S = 12.0
"""An interval too long to wait for; what is left out between key pictures is looked at instead."""
UNSURE_S = 30.0
"""Seconds without the least change after which such a stream is said to hang."""
SETTLED_S = 0.5
"""Seconds after a key picture in which an encoder still mends what it coded too coarsely."""
MOVED = 24
"""Grey levels by which no encoder mends a picture later than that: something moved."""


class KeyPictures:
    """Remember a stream's key pictures. One thread's own.

    Args:
        patience_s: what the decoder before this one had learnt; 0 for nothing.
    """

    def __init__(self, patience_s: float = 0.0) -> None:
        self._told_s = patience_s
        self._known: deque[bytes] = deque(maxlen=REMEMBERED)
        self._intervals: deque[float] = deque(maxlen=2)
        self._key_s: float | None = None
        self._at_s = 0.0
        self._doubted = False
        self._new = 0
        self._settled: NDArray[np.int16] | None = None

    @property
    def patience_s(self) -> float:
        """Return the seconds without a change after which the stream hangs."""
        if not self._intervals:
            return self._told_s or UNSURE_S
        waited_s = 0.0 if self._key_s is None else self._at_s - self._key_s
        longest_s = max((*self._intervals, waited_s))
        return INTERVALS * longest_s if longest_s <= LONG_S else UNSURE_S

    def shows_change(self, sample: NDArray[np.int16], now_s: float, *, key: bool) -> bool:
        """Look at what is seen of a picture; return whether it proves that the stream lives."""
        first = self._key_s is None
        since_s = 0.0 if self._key_s is None else now_s - self._key_s
        self._at_s = now_s
        if key or first:
            if not first:
                self._intervals.append(since_s)
            self._key_s, self._settled = now_s, None
            return self._is_new(sample)
        if since_s < SETTLED_S:
            return False
        before, self._settled = self._settled, sample
        if before is None or before.shape != sample.shape:
            return False
        moved = bool(np.any(np.abs(sample - before) > (0 if since_s > LONG_S else MOVED)))
        if moved:
            self._doubted = False
        return moved

    def _is_new(self, sample: NDArray[np.int16]) -> bool:
        digest = hashlib.blake2b(sample.tobytes(), digest_size=16).digest()
        if digest in self._known:
            self._doubted, self._new = True, 0
            return False
        self._known.append(digest)
        self._new += 1
        if self._doubted and self._new < FRESH:
            return False
        self._doubted = False
        return True
