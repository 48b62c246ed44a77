"""Qt tests of the shell and its views: the application dressed, with its French texts."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from console import app_texts
from console.app_collector import Collector
from tests.fakes.waiting import PATIENCE_S
from ui.aged import aged
from ui.theme import Theme, apply_theme

for _wait in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitExposed):
    # five seconds by default: not enough on a machine busy with other tests
    _wait.__kwdefaults__ = {**(_wait.__kwdefaults__ or {}), "timeout": round(PATIENCE_S * 1000)}


@pytest.fixture
def dressed(
    qapp: QApplication, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[QApplication]:
    """Give the application the dark theme and French texts, built into a folder of the tests."""
    cache = Path(tmp_path_factory.getbasetemp()) / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    apply_theme(qapp, Theme("dark"))
    translator = app_texts.install(qapp, "fr")
    yield qapp
    qapp.removeTranslator(translator)
    translator.deleteLater()
    aged().set_outlined(on=False)


@pytest.fixture(scope="session", autouse=True)
def _collected_here(qapp: QApplication) -> Iterator[None]:
    """Collect garbage on Qt's thread alone, as a console does: others would crash Qt."""
    collector = Collector(qapp)
    collector.start()
    yield
    collector.stop()


@pytest.fixture(autouse=True)
def _no_window_left(qapp: QApplication) -> Iterator[None]:
    """Fail a test that leaves a window or a running timer of a window behind."""
    before = {id(widget) for widget in qapp.topLevelWidgets()}
    yield
    left = _windows_since(qapp, before)
    if left:
        gc.collect()  # views and what pyqtgraph hangs on them refer to one another
        left = _windows_since(qapp, before)
    if left:
        pytest.fail(f"windows left behind: {left}", pytrace=False)


def _windows_since(app: QApplication, before: set[int]) -> list[str]:
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    app.processEvents()
    return [
        f"{type(widget).__name__} {widget.objectName()!r}"
        for widget in app.topLevelWidgets()
        if id(widget) not in before and isValid(widget)
    ]
