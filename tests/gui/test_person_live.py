"""A signed-in person's own things, through the whole console: language, theme, numbers, sounds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from console.app import Console
from console.app_sounds import SoundDesk
from console.state.liveness import LinkWord
from tests.fakes.scripted_bridge import ScriptedBridge
from tests.fakes.small_city import small_city
from tests.fakes.waiting import until
from tests.gui.console_rig import BridgeThread, keys, make_console, play, with_console
from tests.gui.seat_rig import taken
from tests.gui.test_preferences import one_screen
from ui.shell.preferences import PreferenceSheet
from ui.shell.strip_parts import SoundMark
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
        assert console.window.frames["queue"].title == "File"
        await sign_out(console)
        await sign_in(console, "mireille")
        assert Theme.current().name == "light"
        assert console.window.frames["queue"].title == "Queue"
        await sign_out(console)

    bridge = ScriptedBridge(small_city(cabinets=2))
    bridge.passwords = {"mireille": "sesame", "karim": "sesame"}
    try:
        with BridgeThread(bridge, pair):
            here = replace(settings, addresses=(bridge.address,))

            async def story() -> None:
                await with_console(make_console(tmp_path, here), work)

            play(dressed, story)
    finally:
        change_theme(dressed, "dark")


async def test_strip_says_that_nothing_is_heard_and_for_how_long(
    dressed: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    with taken(dressed, one_screen("queue")) as rig:
        mark = rig.windows.main.findChild(SoundMark)
        assert mark is not None
        assert not mark.isVisible(), "while sounds are heard, or nobody knows yet"
        rig.silence()
        rig.person.refresh()
        assert mark.isVisible()
        assert "5\u00a0min" in mark.accessibleName()
        rig.desk.clock.advance(61)
        rig.person.refresh()
        assert "4\u00a0min" in mark.accessibleName()
        rig.silence()
        rig.person.refresh()
        assert not mark.isVisible()
        monkeypatch.setattr(SoundDesk, "audible", False)
        rig.person.refresh()
        assert mark.isVisible()
        assert mark.toolTip() == text("ui.sounds.none")
