"""A wall against a scripted bridge: opens by itself, comes back by itself, is left by hand."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from backend_bridge.contract.wire import SignIn
from console import app_kiosk
from console.app import Console
from console.app_kiosk import KioskSettings
from console.app_options import Options
from console.app_start import prepare
from console.seats.files import SeatError
from console.state.liveness import LinkWord
from tests.fakes.scripted_bridge import ScriptedBridge
from tests.fakes.small_city import small_city
from tests.fakes.waiting import until
from tests.gui.console_rig import BridgeThread, keys, make_console, play, with_console
from ui.texts import text

Work = Callable[[Console, BridgeThread], Awaitable[None]]
LEAVE = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(app_kiosk, "AGAIN_S", 0.2)


def said(console: Console) -> str:
    label = console.sign_in_view.findChild(QLabel, "sign-in-error")
    assert label is not None
    return label.text()


async def opened(console: Console) -> None:
    await until(lambda: console.workspace is not None, what="the workspace")
    await until(lambda: console.world.liveness.live, what="a live picture")


def tries(thread: BridgeThread) -> int:
    return sum(isinstance(message, SignIn) for message in thread.bridge.seen)


def test_wall_opens_by_itself_and_again_after_the_bridge_ended_its_session(
    dressed: QApplication, tmp_path: Path
) -> None:
    async def work(console: Console, thread: BridgeThread) -> None:
        assert said(console) == text("ui.kiosk.waiting")
        for _ in range(2):
            await opened(console)
            assert console.world.session is not None
            assert console.world.session.user == "mur"
            assert console.world.session.seat == "desk"
            thread.do(thread.bridge.sign_everybody_out("session.ended.user_changed"))
            await until(lambda: console.workspace is None, what="the end of the session")
        await opened(console)
        assert console.sign_in_view.user.text() == ""
        assert console.sign_in_view.password.text() == "", "the wall's password is in no field"

    _run(dressed, tmp_path, work)


def test_refusal_is_said_in_words_and_tried_again_with_the_mended_file(
    dressed: QApplication,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    expected_events: list[str],
) -> None:
    expected_events += ["kiosk_not_signed_in", "kiosk_password_file"]
    monkeypatch.setattr(app_kiosk, "REFUSED_AGAIN_S", 0.5)

    async def work(console: Console, thread: BridgeThread) -> None:
        secret = tmp_path / "mur.password"
        refused = text("ui.kiosk.refused", reason=text("error.sign_in.refused"), seconds=0)
        await until(lambda: said(console) == refused, what="the refusal in words")
        secret.unlink()
        await until(lambda: str(secret) in said(console), what="the missing file in words")
        _write(secret, "quatre murs blancs")
        await opened(console)
        assert tries(thread) < 10

    _run(dressed, tmp_path, work, password="faux")


def test_person_leaves_the_wall_and_it_waits_for_the_persons_own_session_to_end(
    dressed: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app_kiosk, "HANDS_OFF_S", 0.3)

    async def work(console: Console, thread: BridgeThread) -> None:
        await opened(console)
        view = console.sign_in_view
        before = tries(thread)
        QTest.keyClick(console.window, Qt.Key.Key_Q, LEAVE)
        await until(lambda: console.world.liveness.word is LinkWord.SIGNED_OUT)
        assert said(console) == text("ui.kiosk.left")
        for _ in range(10):  # time for several tries, were it not left
            console._on_tick()
        view.user.setText("mireille")
        QTest.keyClicks(view.password, "sesame")
        assert tries(thread) == before
        QTest.keyClick(view.password, Qt.Key.Key_Return)
        await opened(console)
        assert console.world.session is not None
        assert console.world.session.user == "mireille"
        QTest.keyClick(console.window, Qt.Key.Key_Q, LEAVE)
        await until(lambda: console.workspace is None)
        await opened(console)
        assert console.world.session.user == "mur"

    _run(dressed, tmp_path, work)


def test_wall_at_an_unknown_seat_does_not_start(tmp_path: Path) -> None:
    keys(tmp_path)
    _write(tmp_path / "mur.password", "quatre murs blancs")
    with (tmp_path / "console.toml").open("a", encoding="utf-8") as file:
        file.write('[kiosk]\nuser = "mur"\nseat = "wall"\npassword_file = "mur.password"\n')
    with pytest.raises(SeatError, match=r"kiosk\.seat wall: no such seat; .*supervisor"):
        prepare(Options(config=tmp_path))


def _write(path: Path, password: str) -> None:
    path.touch(mode=0o600)
    path.write_text(f"{password}\n", encoding="utf-8")


def _run(app: QApplication, folder: Path, work: Work, password: str = "quatre murs blancs") -> None:
    """Serve a small city, run a wall on it with ``work(console, thread)``, and end both."""
    settings, pair = keys(folder)
    secret = folder / "mur.password"
    _write(secret, password)
    bridge = ScriptedBridge(small_city())
    bridge.passwords["mur"] = "quatre murs blancs"
    with BridgeThread(bridge, pair) as thread:

        async def story() -> None:
            here = replace(settings, addresses=(bridge.address,))
            console = make_console(folder, here, KioskSettings("mur", "desk", secret))
            assert await with_console(console, lambda console: work(console, thread)) == 0

        play(app, story)
