"""The hand-over panel and what the strip says of others: docked, read, refused in words, done."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from backend_bridge.contract.seats import SeatPerson
from backend_bridge.contract.wire import HandOver
from console.app import Console
from tests.fakes.scripted_bridge import ScriptedBridge
from tests.fakes.small_city import small_city
from tests.fakes.waiting import until
from tests.gui import console_rig
from tests.gui.console_rig import BridgeThread, keys, make_console, play, with_console
from tests.gui.test_console_live import sign_in
from tests.gui.test_lock import THREE, answers, with_incident
from tests.gui.test_windows import LEFT, RIGHT, TWO
from tests.gui.test_windows import Room as DesktopRoom
from ui.shell.handover import HandoverSheet
from ui.shell.presence import PresenceBox
from ui.texts import text
from ui.widgets.labels import ElidedLabel, TextLabel

Work = Callable[[Console, BridgeThread], Awaitable[None]]
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(autouse=True)
def _own_seat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(console_rig, "SEAT", THREE)


def panel(console: Console) -> HandoverSheet:
    found = [s for w in console.windows for s in w.findChildren(HandoverSheet) if s.isVisible()]
    assert len(found) == 1
    return found[0]


def said(widget: QWidget) -> str:
    labels = [
        *(label.text() for label in widget.findChildren(TextLabel)),
        *(label.accessibleName() for label in widget.findChildren(ElidedLabel)),
    ]
    return " ".join(labels)


def notices(console: Console) -> list[str]:
    return [notice.text for notice in console.window.notices.all()]


def user(console: Console) -> str:
    session = console.world.session
    return "" if session is None or console.workspace is None else session.user


def open_panel(console: Console) -> HandoverSheet:
    QTest.keyClick(console.window, Qt.Key.Key_R, CTRL_SHIFT)
    return panel(console)


def test_newcomer_reads_the_brief_and_relieves_by_keyboard(
    dressed: QApplication, tmp_path: Path
) -> None:
    async def work(console: Console, thread: BridgeThread) -> None:
        bridge = thread.bridge
        bridge.passwords["nadia"] = "safran"
        await with_incident(console, bridge)
        sheet = open_panel(console)
        assert QApplication.focusWidget() is sheet.fields.user
        words = said(sheet)
        for expected in ("Mireille", "INC-1", "EP-0001", text("handover.service")):
            assert expected in words
        assert sheet.take.isChecked()
        QTest.keyClicks(sheet.fields.user, "nadia")
        QTest.keyClick(sheet.fields.user, Qt.Key.Key_Return)
        assert QApplication.focusWidget() is sheet.fields.password
        QTest.keyClicks(sheet.fields.password, "faux")
        QTest.keyClick(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        await until(lambda: text("error.sign_in.wrong") in said(sheet), what="the refusal")
        assert user(console) == "mireille"
        assert sheet.fields.user.text() == "nadia"
        QTest.keyClicks(sheet.fields.password, "safran")
        QTest.keyClick(sheet.fields.password, Qt.Key.Key_Return)
        await until(lambda: user(console) == "nadia", what="the newcomer")
        done = text("ui.handover.done", name="Mireille")
        await until(lambda: any(done in each for each in notices(console)), what="the notice")
        sent = [each for each in bridge.seen if isinstance(each, HandOver)][-1]
        assert sent.incidents == ("INC-1",)
        assert (sent.shown["incidents"], sent.shown["alarms"]) == (1, 1)
        assert not [s for w in console.windows for s in w.findChildren(HandoverSheet)]

    _run(dressed, tmp_path, work)


def test_closing_the_panel_forgets_the_password_keeps_the_name_and_gives_the_focus_back(
    dressed: QApplication, tmp_path: Path
) -> None:
    async def work(console: Console, thread: BridgeThread) -> None:
        field = await with_incident(console, thread.bridge)
        QTest.keyClicks(field, "balay")
        sheet = open_panel(console)
        QTest.keyClicks(sheet.fields.user, "nadia")
        QTest.keyClicks(sheet.fields.password, "saf")
        QTest.keyClick(sheet, Qt.Key.Key_Escape)
        assert not sheet.isVisible()
        assert QApplication.focusWidget() is field
        assert isinstance(field, QPlainTextEdit)
        assert field.toPlainText() == "balay"
        sheet = open_panel(console)
        assert (sheet.fields.user.text(), sheet.fields.password.text()) == ("nadia", "")
        sheet.relieve.press()
        assert text("ui.signin.missing") in said(sheet)
        assert thread.bridge.count(HandOver) == 0

    _run(dressed, tmp_path, work)


def test_first_password_is_not_replaced_in_passing(dressed: QApplication, tmp_path: Path) -> None:
    async def work(console: Console, thread: BridgeThread) -> None:
        await sign_in(console, thread.bridge)
        thread.bridge.relief_refusal = "error.sign_in.must_change"
        sheet = open_panel(console)
        QTest.keyClicks(sheet.fields.user, "neuf")
        QTest.keyClicks(sheet.fields.password, "secret d'un jour")
        sheet.relieve.press()
        assert sheet.relieve.reason == text("ui.lock.asking")
        await until(lambda: text("ui.handover.must_change") in said(sheet))
        assert sheet.relieve.reason == ""
        assert user(console) == "mireille"

    _run(dressed, tmp_path, work)


def test_panel_never_opens_on_the_wall(dressed: QApplication, tmp_path: Path) -> None:
    async def work(console: Console, thread: BridgeThread) -> None:
        await sign_in(console, thread.bridge)
        wall = console.windows.roles["wall"]
        wall.activateWindow()
        await until(wall.isActiveWindow)
        console.people.relief.toggle()
        assert panel(console).window() is not wall

    _run(dressed, tmp_path, work)


def test_who_else_sits_here_is_said_at_sign_in_and_stays_in_every_strip(
    dressed: QApplication, tmp_path: Path
) -> None:
    async def work(console: Console, thread: BridgeThread) -> None:
        bridge = thread.bridge
        now_ms = bridge.clock.now_ms()
        bridge.people = tuple(
            SeatPerson(name=name, seat="desk", console=console_name, since_ms=now_ms)
            for name, console_name in (("Mireille", "pc-01"), ("Nadia", "pc-02"))
        )
        bridge.people_revision = 4
        await sign_in(console, bridge)
        said_once = "Poste occupé aussi par Nadia depuis"
        await until(lambda: any(said_once in each for each in notices(console)))
        boxes = [b for w in console.windows for b in w.findChildren(PresenceBox)]
        assert len(boxes) == 3
        assert all("aussi Nadia" in said(box) for box in boxes)
        bridge.people = bridge.people[:1]
        bridge.people_revision = 5
        await until(lambda: not any(box.isVisibleTo(box.window()) for box in boxes))
        assert sum(said_once in each for each in notices(console)) == 1

    _run(dressed, tmp_path, work)


def test_newcomer_finds_the_windows_where_they_stand_unless_he_has_his_own_places(
    dressed: QApplication, qtbot: QtBot
) -> None:
    room = DesktopRoom(qtbot, LEFT, RIGHT)
    found = room.open(TWO)
    room.windows.move(found["map"], "DP-2")
    for settings, where in (
        ({}, 1920),
        ({"screens": {TWO.id: {"map": "DP-1", "wall": "DP-2"}}}, 0),
    ):
        room.windows.keep_places(keep=True)
        room.windows.close_others()
        room.settings = settings
        assert room.where(room.open(TWO)["map"])[0] == where
        assert "DP-2" not in settings.get("screens", {}).get("map", "")
        room.windows.move(room.windows.roles["map"], "DP-2")
    room.windows.close_others()
    room.settings = {}
    assert room.where(room.open(TWO)["map"])[0] == 0, "who signs in later inherits nothing"
    room.windows.close_others()
    for window in room.windows:
        window.drop_workspace()


def _run(app: QApplication, folder: Path, work: Work) -> None:
    settings, pair = keys(folder)
    bridge = ScriptedBridge(small_city())
    bridge.answer = answers
    with BridgeThread(bridge, pair) as thread:

        async def story() -> None:
            here = replace(settings, addresses=(bridge.address,))
            console = make_console(folder, here)
            assert await with_console(console, lambda console: work(console, thread)) == 0

        play(app, story)
