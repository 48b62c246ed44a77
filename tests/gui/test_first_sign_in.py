"""The one-time administrator, at the real bridge, by keyboard: one word in, one's own from then."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from backend_bridge.territory import generate_small
from console import app_texts
from console.app import Console
from console.link.settings import load
from console.scenarios.stack import run_step
from tests.fakes.processes import bridge, field, free_ports
from tests.fakes.waiting import until
from tests.gui.console_rig import make_console, play, with_console
from ui.shell.signin import SignInView
from ui.texts import text
from ui.theme import Theme, apply_theme

OWN = "quatre chats gris"
LEAVE = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def focused() -> Any:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def type_line(words: str) -> None:
    """Type into whatever has the focus, over what it holds, and press Enter."""
    QTest.keyClick(focused(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(focused(), words)
    QTest.keyClick(focused(), Qt.Key.Key_Return)


def said(view: SignInView) -> str:
    label = view.findChild(QLabel, "sign-in-error")
    assert label is not None
    return label.text()


async def refused(view: SignInView, key: str, **params: int) -> None:
    words = text(key, **params)
    try:
        await until(lambda: said(view) == words, what=key)
    except AssertionError as error:
        raise AssertionError(f"{error}, not for {said(view)!r}") from error


async def story(console: Console, data: Path) -> None:
    view, window = console.sign_in_view, console.window
    secret = (data / "administrator.secret").read_text(encoding="utf-8").strip()
    await until(lambda: console.world.liveness.bridge != "", what="the bridge")
    window.activateWindow()
    await until(view.user.hasFocus)

    type_line("administrator")
    type_line(secret)
    await refused(view, "error.sign_in.must_change")
    assert view.new_password.hasFocus()
    type_line("court")
    type_line("court")
    await refused(view, "error.password.too_short", least=12)
    assert view.new_password.hasFocus()
    type_line("administrator")
    type_line("administrator")
    await refused(view, "error.password.too_common")
    type_line(OWN)
    type_line(f"{OWN}s")
    await refused(view, "ui.signin.again.differs")
    assert (data / "administrator.secret").exists()
    type_line(OWN)
    await until(lambda: console.workspace is not None, what="the workspace")
    assert console.world.session is not None
    assert console.world.session.user == "administrator"
    assert not (data / "administrator.secret").exists()

    QTest.keyClick(window, Qt.Key.Key_Q, LEAVE)
    await until(lambda: console.workspace is None)
    await until(view.user.hasFocus)
    assert view.user.text() == "administrator"
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    type_line(secret)
    await refused(view, "error.sign_in.wrong")
    assert not view.new_password.isVisible()
    type_line(OWN)
    await until(lambda: console.workspace is not None, what="the workspace, with the own password")


def test_administrators_secret_opens_once_and_an_own_password_from_then_on(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    apply_theme(qapp, Theme("dark"))
    translator = app_texts.install(qapp, "fr")
    town, data, desk = tmp_path / "town", tmp_path / "data", tmp_path / "desk"
    ports = free_ports(2)
    wire = f"tcp://127.0.0.1:{ports}"
    generate_small(town, seed=4, cabinets=1, lamps=12, base_port=ports + 1)
    run_step(
        *("keys", "new", "desk", "--data", str(data), "--enroll"),
        *("--out", str(desk), "--bridge", wire),
    )
    try:
        with field(town), bridge(town, data, "--wire", wire):

            async def told() -> None:
                await asyncio.wait_for(_run(desk, data), 60)

            play(qapp, told)
    finally:
        qapp.removeTranslator(translator)
        translator.deleteLater()


def _run(desk: Path, data: Path) -> Coroutine[Any, Any, int]:
    console = make_console(desk, load(desk, environ={}))
    return with_console(console, lambda console: story(console, data))
