"""Count the references to None that Qt's calls into Python lose, in a process of its own.

In the process of the tests a garbage collection may take thousands of them at any moment.
"""

from __future__ import annotations

import gc
import json
import sys

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

EVENTS = 1000


class Counting(QWidget):
    """Count its own events."""

    def __init__(self) -> None:
        super().__init__()
        self.painted = 0
        self.resized = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted += 1

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.resized += 1


def of_events() -> dict[str, int]:
    """Repaint and resize a window; return how many of each were seen, and references lost."""
    widget = Counting()
    widget.resize(200, 100)
    widget.show()
    QApplication.processEvents()
    painted, resized, before = widget.painted, widget.resized, sys.getrefcount(None)
    for number in range(EVENTS):
        widget.repaint()
        if number % 10 == 0:
            widget.resize(200 + number % 40, 100)
    lost = before - sys.getrefcount(None)
    return {"painted": widget.painted - painted, "resized": widget.resized - resized, "lost": lost}


def of_single_shots() -> dict[str, int]:
    """Let single shots call a Python function; return how many did, and references lost."""
    calls: list[int] = []
    loop = QEventLoop()
    before = sys.getrefcount(None)
    for number in range(EVENTS):
        QTimer.singleShot(0, lambda number=number: calls.append(number))
    QTimer.singleShot(0, loop.quit)
    loop.exec()
    return {"called": len(calls), "lost": before - sys.getrefcount(None)}


def main() -> int:
    """Print both counts as one JSON object."""
    QApplication([])
    gc.disable()
    print(json.dumps({"events": of_events(), "single_shots": of_single_shots()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
