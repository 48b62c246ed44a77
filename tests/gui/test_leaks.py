"""Opening and closing a workspace gives everything back: memory, timers, threads, listeners."""

from __future__ import annotations

import gc
import threading
import weakref

import psutil
import pytest
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from backend_bridge.contract.quality import Quality, ServiceState
from tests.fakes import rooms
from tests.fakes.views import FakeQueue, FakeRows, FakeStrip
from tests.gui.shots import room
from ui.incidents.queue import QueueView
from ui.marks import blink


def open_and_close(qtbot: QtBot) -> list[weakref.ref[QObject]]:
    window = room(40, Quality.UNAVAILABLE, ServiceState.MAINTENANCE, FakeStrip())
    window.resize(1280, 800)
    window.show()
    QApplication.processEvents()
    watched: list[weakref.ref[QObject]] = [
        weakref.ref(widget) for widget in window.findChildren(QueueView)
    ]
    watched.append(weakref.ref(window))
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    return watched


def _grown_mib(qtbot: QtBot, times: int, watched: list[weakref.ref[QObject]]) -> float:
    process = psutil.Process()
    before_bytes = process.memory_info().rss
    for _ in range(times):
        watched += open_and_close(qtbot)
    gc.collect()
    QApplication.processEvents()
    return float(process.memory_info().rss - before_bytes) / 2**20


@pytest.mark.parametrize("times", [12, pytest.param(100, marks=pytest.mark.slow)])
def test_windows_give_everything_back(dressed: QApplication, qtbot: QtBot, times: int) -> None:
    blink()
    for _ in range(3):
        open_and_close(qtbot)
    gc.collect()
    before_threads = threading.active_count()
    before_timers = len(dressed.findChildren(QTimer))
    before_windows = len(QApplication.topLevelWidgets())
    watched: list[weakref.ref[QObject]] = []
    allowed_mib = 4 + 0.15 * times
    grown_mib = _grown_mib(qtbot, times, watched)
    if grown_mib >= allowed_mib:  # what is kept for the next time is no leak; what grows again is
        grown_mib = _grown_mib(qtbot, times, watched)
    assert threading.active_count() == before_threads
    assert len(dressed.findChildren(QTimer)) == before_timers
    assert len(QApplication.topLevelWidgets()) <= before_windows
    alive = [item for ref in watched if (item := ref()) is not None]
    assert not alive, f"{len(alive)} of {len(watched)} widgets are still held"
    assert grown_mib < allowed_mib, f"{grown_mib:.1f} MiB after {times} windows, not once only"
    assert not [w for w in QApplication.allWidgets() if isinstance(w, QueueView)]


def test_closed_panel_no_longer_hears_its_presenter(dressed: QApplication, qtbot: QtBot) -> None:
    rows = FakeRows(rooms.queue_rows(5))
    queue = FakeQueue(rows, rooms.incident)
    view: QWidget = QueueView(queue, rows)
    qtbot.addWidget(view)
    assert len(queue.callbacks) == 1
    assert isinstance(view, QueueView)
    view.release()
    assert not queue.callbacks
