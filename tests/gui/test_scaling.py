"""The one private call: where this Qt has it not, the scale says so and nothing else changes."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from ui import scaling


@pytest.fixture(autouse=True)
def _looked_up_anew() -> Iterator[None]:
    scaling._calls.cache_clear()
    yield
    scaling._calls.cache_clear()


def test_this_qt_has_both_functions(dressed: QApplication) -> None:
    assert scaling.available()


@pytest.mark.parametrize("name", ["_SET_FACTOR", "_TELL_WINDOW"])
def test_a_qt_without_one_of_them_leaves_everything_as_it_is(
    dressed: QApplication, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(scaling, name, "_ZN15QHighDpiScaling9abolishedEv")
    screen = QApplication.primaryScreen()
    assert not scaling.available()
    assert scaling.set_scale(screen, 2.0) is False
    assert scaling.scale_of(screen) == 1.0


def test_another_system_or_a_qt_that_is_not_there_has_none(
    dressed: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert not scaling.available()
    scaling._calls.cache_clear()
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(ctypes, "CDLL", _refuse)
    assert not scaling.available()


def _refuse(_name: str) -> None:
    raise OSError("cannot open shared object file")
