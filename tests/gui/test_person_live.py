"""A signed-in person's own things, through the whole console: language, theme, numbers, sounds."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from backend_bridge.contract.incidents import IncidentChange
from backend_bridge.contract.journal import IncidentEvent
from console.app import Console
from console.panels.formats import Formats
from console.state.liveness import LinkWord
from tests.fakes.scripted_bridge import ScriptedBridge
from tests.fakes.small_city import incident, small_city
from tests.fakes.waiting import until
from tests.gui.console_rig import BridgeThread, keys, make_console, play, with_console
from ui.shell.preferences import PreferenceSheet
from ui.texts import text
from ui.theme import Theme, change_theme


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


async def sign_in(console: Console, user: str) -> None:
    view = console.sign_in_view
    await until(console.window.isVisible)
    await until(lambda: console.world.liveness.word is LinkWord.SIGNED_OUT)
    view.user.setFocus()
    view.user.setText(user)
    view.password.clear()
    QTest.keyClicks(view.password, "sesame")
    QTest.keyClick(view.password, Qt.Key.Key_Return)
    await until(lambda: console.workspace is not None, what="the workspace")
    await until(lambda: console.world.liveness.live, what="a live picture")
    console.window.activateWindow()
    await until(console.window.isActiveWindow)


async def sign_out(console: Console) -> None:
    console.sign_out()
    await until(lambda: console.workspace is None)


def choose(console: Console, key: str, value: str) -> QWidget:
    """Choose in the page, as a person does."""
    page = console.window.page
    assert page is not None
    sheet = page.findChild(PreferenceSheet)
    if sheet is None or not sheet.isVisible():
        QTest.keyClick(console.window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
        sheet = page.findChild(PreferenceSheet)
    assert sheet is not None
    button = sheet.findChild(QWidget, f"choice-{key}-{value}")
    assert button is not None
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    return button


def test_preferences_are_the_persons_and_the_language_changes_at_once(
    dressed: QApplication, tmp_path: Path
) -> None:
    settings, pair = keys(tmp_path)

    async def story() -> None:
        bridge = ScriptedBridge(small_city(cabinets=2))
        bridge.passwords = {"mireille": "sesame", "karim": "sesame"}
        with BridgeThread(bridge, pair):
            settings_ = type(settings)(
                **{**_fields(settings), "addresses": (bridge.address,)}
            )
            await with_console(make_console(tmp_path, settings_), work)

    async def work(console: Console) -> None:
        await sign_in(console, "mireille")
        choose(console, "theme", "light")
        assert Theme.current().name == "light"
        choose(console, "language", "en")
        assert text("ui.preferences.title") == "Preferences"
        page = console.window.page
        assert page is not None
        here = page.findChild(QWidget, "choice-language-en")
        assert QApplication.focusWidget() is here, "the page is there again, and the keyboard in it"
        assert console.window.frames["queue"].title == "Queue"
        assert "Ctrl F" not in console.window.keys["F2"].label
        assert console.window.keys["F2"].label == text("ui.key.f2")
        await sign_out(console)
        assert Theme.current().name == "dark"
        assert text("ui.preferences.title") == "Préférences"
        await sign_in(console, "karim")
        assert Theme.current().name == "dark"
        assert console.window.frames["queue"].title == text("queue.title")
        await sign_out(console)
        await sign_in(console, "mireille")
        assert Theme.current().name == "light"
        assert console.window.frames["queue"].title == "Queue"
        await sign_out(console)

    try:
        play(dressed, story)
    finally:
        change_theme(dressed, "dark")


def _fields(thing: object) -> dict[str, object]:
    return {name: getattr(thing, name) for name in thing.__dataclass_fields__}  # type: ignore[attr-defined] # a dataclass
