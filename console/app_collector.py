"""Python's garbage collector, kept on the interface's thread.

A collection runs in whichever thread allocates next: with a link thread beside the interface, that
thread may be the one that destroys a closed panel's widgets and timers, which Qt answers with
"Timers cannot be stopped from another thread" and then a crash. So the collector is switched off
and run from a timer of the interface instead.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 500
KEEP_OUT_AFTER_MS = 2_000
"""The first picture must not wait for it."""


def keep_out() -> None:
    """Take all that lives now out of the collector's rounds; garbage is collected first.

    A full round over a city's catalogue takes 70 ms.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


class Collector(QObject):
    """Collect garbage on the thread that owns this object; one for a process.

    Args:
        parent: Qt parent.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self.collect_due)
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(KEEP_OUT_AFTER_MS)
        self._keeping.timeout.connect(keep_out)
        self._was_on = True

    def start(self) -> None:
        """Switch the automatic collector off and collect from this thread's event loop."""
        self._was_on = gc.isenabled()
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Give everything back to the collector, and the automatic one if it was on before."""
        self._timer.stop()
        self.release()
        if self._was_on:
            gc.enable()

    def keep_out_soon(self) -> None:
        """Take what lives long out of the rounds in two seconds: a catalogue has come."""
        self._keeping.start()

    def release(self) -> None:
        """Give the collector back what was kept out: a workspace was closed."""
        self._keeping.stop()
        gc.unfreeze()

    def collect_due(self) -> int | None:
        """Collect the oldest generation whose threshold is passed, and return which; else none."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if thresholds[generation] and counts[generation] > thresholds[generation]:
                gc.collect(generation)
                return generation
        return None
