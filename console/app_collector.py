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

    def start(self) -> None:
        """Switch the automatic collector off and collect from this thread's event loop."""
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Give the automatic collector back."""
        self._timer.stop()
        gc.enable()

    def collect_due(self) -> int | None:
        """Collect the oldest generation whose threshold is passed, and return which; else none."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if thresholds[generation] and counts[generation] > thresholds[generation]:
                gc.collect(generation)
                return generation
        return None
