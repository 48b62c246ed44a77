"""Qt tests of the shell and its views: the application dressed, with its French texts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from console import app_texts
from ui.theme import Theme, apply_theme


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
