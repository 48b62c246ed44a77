"""What both lists of the list bench go through: keys typed, updates arriving, frames counted."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit

COMMUNES = ("Dijon", "Chenôve", "Talant", "Longvic", "Quetigny", "Fontaine-lès-Dijon")
STREETS = ("rue de la Liberté", "avenue Foch", "boulevard de Brosses", "impasse du Nord")
FRAME_MS = 16
UPDATES_EACH_MS = 50
"""The link hands over at most twenty batches a second."""


def texts(count: int) -> Iterator[str]:
    """Give what a row says, the same for both lists."""
    chance = random.Random(2)
    for number in range(count):
        street, commune = chance.choice(STREETS), chance.choice(COMMUNES)
        yield f"INC-{number:06d} Rue éteinte {chance.randrange(200)} {street} · {commune}"


class ListRig(QObject):
    """Type, and let updates arrive, into one list that is on the screen.

    Args:
        update: changes the row of a number, so that it moves.
        batch: begins and ends a batch of updates, called with the numbers instead of ``update``.
    """

    def __init__(
        self,
        app: QApplication,
        edit: QLineEdit,
        view: QAbstractItemView,
        update: Callable[[int], None] | None = None,
        batch: Callable[[list[int]], None] | None = None,
    ) -> None:
        super().__init__()
        self._app = app
        self._edit = edit
        self._view = view
        self._update = batch or self._one_by_one(update)
        self._paints: list[float] = []
        view.viewport().installEventFilter(self)
        self.rest()

    @staticmethod
    def _one_by_one(update: Callable[[int], None] | None) -> Callable[[list[int]], None]:
        assert update is not None

        def run(numbers: list[int]) -> None:
            for number in numbers:
                update(number)

        return run

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._paints.append(time.perf_counter())
        return super().eventFilter(watched, event)

    def rest(self) -> None:
        """Run the event loop until it has nothing left to do."""
        end_s = time.perf_counter() + 0.2
        while time.perf_counter() < end_s:
            self._app.processEvents()

    def timed(self, act: Callable[[], object]) -> float:
        """Return milliseconds from an act to the list painted after it."""
        self.rest()
        before = len(self._paints)
        start_s = time.perf_counter()
        act()
        self._view.viewport().update()  # rows that stay the same are painted again all the same
        while len(self._paints) == before:
            self._app.processEvents()
            if time.perf_counter() - start_s > 60:
                raise RuntimeError("the list was not painted for a minute")
        return (time.perf_counter() - start_s) * 1000

    def type(self, words: str) -> list[float]:
        """Type a text and rub it out again; return each key's milliseconds to the paint."""
        found = [self.timed(lambda key=key: QTest.keyClicks(self._edit, key)) for key in words]  # type: ignore[misc] # a default argument is how a lambda keeps its loop's value
        backspace = Qt.Key.Key_Backspace
        return found + [self.timed(lambda: QTest.keyClick(self._edit, backspace)) for _ in words]

    def live(self, rate: float, seconds: float) -> dict[str, object]:
        """Let updates arrive while the list repaints at each frame; return the frame times in ms.

        A frame time is the time from one paint to the next; the list asks for one at every 16 ms.
        """
        chance = random.Random(3)
        frames, batches = QTimer(), QTimer()
        frames.setTimerType(Qt.TimerType.PreciseTimer)
        frames.timeout.connect(self._view.viewport().update)
        done = 0
        spent: list[float] = []
        start_s = time.perf_counter()

        def arrive() -> None:
            nonlocal done
            due = int((time.perf_counter() - start_s) * rate) - done
            at_s = time.perf_counter()
            self._update([chance.randrange(10**6) for _ in range(due)])
            spent.append((time.perf_counter() - at_s) * 1000)
            done += due

        batches.timeout.connect(arrive)
        self.rest()
        self._paints.clear()
        start_s = time.perf_counter()
        frames.start(FRAME_MS)
        batches.start(UPDATES_EACH_MS)
        while time.perf_counter() - start_s < seconds:
            self._app.processEvents()
            time.sleep(0.0005)  # as an event loop that waits: leaves the core to others
        frames.stop()
        batches.stop()
        return {
            "frames_ms": [(b - a) * 1000 for a, b in pairwise(self._paints)],
            "batch_ms": spent,
            "rate": done / seconds,
        }
