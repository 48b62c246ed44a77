"""A locked desk: all hidden, nothing answers below, nothing typed is lost; a wall goes on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from backend_bridge.contract.alarms import AlarmChange, Severity
from backend_bridge.contract.errors import ErrorCode
from backend_bridge.contract.incidents import IncidentChange
from backend_bridge.contract.journal import AlarmEvent, IncidentEvent
from backend_bridge.contract.requests import AcknowledgeAlarm, GetIncidentLog, Request
from backend_bridge.contract.results import LogResult, Result
from backend_bridge.contract.seats import LockSeat, SeatLockResult, UnlockSeat
from backend_bridge.contract.wire import Failure, HandOver
from console.app import Console
from console.app_kiosk import KioskSettings
from console.seats.locking import IdleLock
from console.state.change import Change
from tests.fakes.clock import ManualClock
from tests.fakes.scripted_bridge import ScriptedBridge
from tests.fakes.small_city import alarm, incident, small_city
from tests.fakes.waiting import until
from tests.gui import console_rig
from tests.gui.console_rig import BridgeThread, keys, make_console, play, with_console
from tests.gui.test_console_live import sign_in
from ui.shell.handover import HandoverSheet
from ui.shell.lock import LockCover
from ui.shell.window import ShellWindow
from ui.texts import text
from ui.widgets.labels import TextLabel

THREE = """title = "seat.lighting"
[[screen]]
role = "main"
[[screen.column]]
cell = [{ panel = "queue" }]
[[screen]]
role = "wall"
wall = true
[[screen.column]]
cell = [{ panel = "equipment" }]
[[screen]]
role = "overview"
[[screen.column]]
cell = [{ panel = "alarm_load" }]
"""
Work = Callable[[Console, BridgeThread], Awaitable[None]]


@pytest.fixture(autouse=True)
def _own_seat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(console_rig, "SEAT", THREE)


def answers(request: Request) -> Result | Failure | None:
    match request:
        case GetIncidentLog():
            return LogResult(entries=())
        case LockSeat():
            return SeatLockResult(locked=True)
        case UnlockSeat(password="sesame"):
            return SeatLockResult(locked=False)
        case UnlockSeat():
            return Failure(
                id=0, epoch="", utc_ms=0, code=ErrorCode.REFUSED, text_key="error.unlock.wrong"
            )
    return None


def lock_of(window: ShellWindow) -> LockCover | None:
    found = [cover for cover in window.findChildren(LockCover) if cover.isVisible()]
    return found[0] if found else None


def card(console: Console) -> LockCover:
    cover = lock_of(console.window)
    assert cover is not None
    return cover


def message(cover: LockCover) -> str:
    label = cover.findChild(TextLabel, "lock-message")
    assert label is not None
    return label.text()


def press(window: ShellWindow, key: Qt.Key, words: str = "") -> bool:
    """Press a key as the platform does, on the native window; return whether shortcuts got it."""
    handle = window.windowHandle()
    none = Qt.KeyboardModifier.NoModifier
    override = QKeyEvent(QEvent.Type.ShortcutOverride, key, none, words)
    override.ignore()
    QApplication.sendEvent(handle, override)
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(handle, QKeyEvent(kind, key, none, words))
    return not override.isAccepted()


def click(window: ShellWindow, at: QPoint) -> None:
    """Click on the native window."""
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    everywhere = QPointF(window.mapToGlobal(at))
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
        event = QMouseEvent(kind, QPointF(at), QPointF(at), everywhere, left, left, none)
        QApplication.sendEvent(window.windowHandle(), event)


def ctrl_l(widget: QWidget) -> None:
    QTest.keyClick(widget, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


async def with_incident(console: Console, bridge: ScriptedBridge) -> QPlainTextEdit:
    """Sign in, open an incident's comment field, and return it with the caret in it."""
    await sign_in(console, bridge)
    raised = alarm(1, severity=Severity.HIGH)
    bridge.append(AlarmEvent(change=AlarmChange.RAISED, alarm=raised))
    bridge.append(
        IncidentEvent(
            change=IncidentChange.OPENED,
            incident=incident(1, alarm_ids=("AL-1",), owner="mireille"),
        )
    )
    await until(lambda: console.world.incidents.get("INC-1") is not None)
    console.selection.select_incident("INC-1", ("EP-0001",))
    field = console.window.findChild(QPlainTextEdit)
    assert field is not None
    await until(field.isVisible)
    field.setFocus()
    return field


def test_lock_hides_every_desk_window_and_leaves_the_wall_alone(
    dressed: QApplication, tmp_path: Path
) -> None:
    async def work(console: Console, thread: BridgeThread) -> None:
        await with_incident(console, thread.bridge)
        console.window.resize(1600, 900)
        console.world.edit(console.world.bridge_now_ms() + 900_000)
        ctrl_l(console.window)
        assert console.world.editing_until_ms is None, "the bridge ends it with the lock"
        roles = console.windows.roles
        assert lock_of(roles["wall"]) is None
        for role in ("main", "overview"):
            cover = lock_of(roles[role])
            assert cover is not None, role
            assert cover.geometry() == roles[role].rect()
            shown = " ".join(
                label.text() for label in cover.findChildren(TextLabel) if label.isVisible()
            )
            assert "Mireille" in shown
            for private in ("EP-0001", "INC-1", "Longvic"):
                assert private not in shown
        await until(lambda: thread.bridge.asked(LockSeat) == 1)
        picture = console.window.grab().toImage()
        ground = picture.pixelColor(3, 300)
        assert all(picture.pixelColor(x, 300) == ground for x in range(0, 400, 7))
        console.window.resize(1700, 950)
        await until(lambda: card(console).geometry() == console.window.rect())

    _run(dressed, tmp_path, work)


def test_no_key_and_no_click_reaches_below_and_the_text_is_there_afterwards(
    dressed: QApplication, tmp_path: Path
) -> None:
    async def work(console: Console, thread: BridgeThread) -> None:
        field = await with_incident(console, thread.bridge)
        QTest.keyClicks(field, "balayeuse dem")
        ctrl_l(field)
        assert QApplication.focusWidget() is card(console).password
        wall = console.windows.roles["wall"]
        wall_field = wall.findChild(QLineEdit)
        assert wall_field is not None
        wall_field.setFocus()
        for window in console.windows:
            click(window, field.mapTo(field.window(), QPoint(9, 9)))
            for key in (Qt.Key.Key_F2, Qt.Key.Key_F1, Qt.Key.Key_Slash):
                assert not press(window, key), "no shortcut may hear of it"
            assert not press(window, Qt.Key.Key_X, "x")
        field.setFocus()  # as a program would, not a person
        press(console.window, Qt.Key.Key_Y, "y")
        assert QApplication.focusWidget() is card(console).password
        assert "y" in card(console).password.text()
        card(console).password.clear()
        assert thread.bridge.asked(AcknowledgeAlarm) == 0
        assert field.toPlainText() == "balayeuse dem"
        assert wall_field.text() == ""
        for _ in range(6):
            press(console.window, Qt.Key.Key_Tab)
            inside = QApplication.focusWidget()
            assert inside is not None
            assert card(console).isAncestorOf(inside), inside.objectName()
        card(console).password.setFocus()
        QTest.keyClicks(card(console).password, "faux")
        QTest.keyClick(card(console).password, Qt.Key.Key_Return)
        await until(lambda: message(card(console)) == text("error.unlock.wrong"))
        assert card(console).password.selectedText() == "faux", "ready to be typed again"
        QTest.keyClicks(card(console).password, "sesame")
        QTest.keyClick(card(console).password, Qt.Key.Key_Return)
        await until(lambda: lock_of(console.window) is None, what="the lock to lift")
        assert not console.people.lock.locked
        assert QApplication.focusWidget() is field
        QTest.keyClicks(field, "andee")
        assert field.toPlainText() == "balayeuse demandee"
        assert console.world.session is not None

    _run(dressed, tmp_path, work)


def test_without_a_bridge_the_desk_stays_locked_and_can_be_left(
    dressed: QApplication, tmp_path: Path
) -> None:
    async def work(console: Console, thread: BridgeThread) -> None:
        await with_incident(console, thread.bridge)
        console.people.lock.lock()
        assert card(console).leave.isHidden()
        thread.bridge.frozen = True
        await until(card(console).leave.isVisible, what="a way out")
        assert message(card(console)) == text("ui.lock.no_bridge")
        assert not card(console).other.isVisible()
        card(console).leave.press()
        await until(lambda: console.workspace is None)
        assert lock_of(console.window) is None
        assert console.sign_in_view.isVisible()
        QTest.keyClicks(console.sign_in_view.user, "x")
        assert console.sign_in_view.user.text().endswith("x"), "the form takes keys again"
        thread.bridge.frozen = False

    _run(dressed, tmp_path, work)


def test_room_goes_on_while_the_desk_is_locked(
    dressed: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def work(console: Console, thread: BridgeThread) -> None:
        await sign_in(console, thread.bridge)
        heard: list[frozenset[str]] = []

        def hear(change: Change) -> None:
            heard.append(change.alarms)

        monkeypatch.setattr(console._sounds, "on_change", hear)
        console.people.lock.lock()
        urgent = card(console).findChild(QWidget, "strip-alarms-1")
        assert urgent is not None
        raised = alarm(7, severity=Severity.URGENT)
        thread.bridge.append(AlarmEvent(change=AlarmChange.RAISED, alarm=raised))
        none, one = (
            text("ui.strip.alarms", severity="Urgente", count=count, waiting=count)
            for count in (0, 1)
        )
        assert urgent.accessibleName() == none
        await until(lambda: urgent.accessibleName() == one, what="the count on the card")
        assert frozenset({"AL-7"}) in heard, "the sounds are told as ever"

    _run(dressed, tmp_path, work)


def test_lock_that_outlives_the_bridge_is_written_down_again(
    dressed: QApplication, tmp_path: Path
) -> None:
    async def work(console: Console, thread: BridgeThread) -> None:
        bridge = thread.bridge
        await sign_in(console, bridge)
        console.people.lock.lock()
        await until(lambda: bridge.asked(LockSeat) == 1)
        bridge.frozen = True
        await until(card(console).leave.isVisible)
        bridge.frozen = False
        await until(lambda: bridge.asked(LockSeat) == 2, what="the lock in the journal again")
        await until(card(console).other.isVisible)
        assert message(card(console)) == ""
        assert console.people.lock.locked

    _run(dressed, tmp_path, work)


def test_another_person_closes_the_session_with_his_own_password(
    dressed: QApplication, tmp_path: Path
) -> None:
    async def work(console: Console, thread: BridgeThread) -> None:
        bridge = thread.bridge
        await with_incident(console, bridge)
        bridge.passwords["nadia"] = "safran"
        console.people.lock.lock()
        cover = card(console)
        cover.other.press()
        assert QApplication.focusWidget() is cover.fields.user
        assert cover.take.isChecked()
        cover.fields.user.setText("nadia")
        QTest.keyClicks(cover.fields.password, "faux")
        QTest.keyClick(cover.fields.password, Qt.Key.Key_Return)
        await until(lambda: message(cover) == text("error.sign_in.wrong"))
        assert console.people.lock.locked
        QTest.keyClicks(cover.fields.password, "safran")
        QTest.keyClick(cover.fields.password, Qt.Key.Key_Return)
        await until(lambda: _user(console) == "nadia", what="the newcomer")
        assert lock_of(console.window) is None
        sent = [each for each in bridge.seen if isinstance(each, HandOver)]
        assert (sent[-1].incidents, sent[-1].shown) == (("INC-1",), {})

    _run(dressed, tmp_path, work)


def test_desk_left_alone_locks_by_itself_and_one_that_is_used_does_not(
    dressed: QApplication, tmp_path: Path
) -> None:
    async def work(console: Console, thread: BridgeThread) -> None:
        await sign_in(console, thread.bridge)
        clock = ManualClock()
        lock = console.people.lock
        lock._clock = clock
        lock._idle = IdleLock(15, clock.mono_s())
        for _ in range(3):
            clock.advance(14 * 60)
            press(console.window, Qt.Key.Key_Shift)
            lock.tick()
            assert not lock.locked
        clock.advance(15 * 60)
        lock.tick()
        assert lock.locked

    _run(dressed, tmp_path, work)


@pytest.mark.parametrize("kiosk", [True, False])
def test_seat_that_is_all_wall_and_a_kiosk_never_lock(
    dressed: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, kiosk: bool
) -> None:
    if not kiosk:
        monkeypatch.setattr(
            console_rig, "SEAT", console_rig.SEAT.replace('"main"', '"main"\nwall = true')
            .replace('"overview"', '"overview"\nwall = true')
        )  # fmt: skip

    async def work(console: Console, thread: BridgeThread) -> None:
        if kiosk:
            await until(lambda: console.workspace is not None)
        else:
            await sign_in(console, thread.bridge)
        console.people.lock.lock()
        console.people.relief.toggle()
        assert not console.people.lock.locked
        assert all(lock_of(window) is None for window in console.windows)
        said = [notice.text for notice in console.window.notices.all()]
        assert {text("ui.lock.never"), text("ui.handover.wall")} <= set(said)
        assert not [s for w in console.windows for s in w.findChildren(HandoverSheet)]
        clock = ManualClock()
        console.people.lock._clock = clock
        clock.advance(86_400)
        console.people.lock.tick()
        assert not console.people.lock.locked

    secret = tmp_path / "secret"
    secret.write_text("sesame\n", encoding="utf-8")
    secret.chmod(0o600)
    _run(dressed, tmp_path, work, KioskSettings("mireille", "desk", secret) if kiosk else None)


def _user(console: Console) -> str:
    session = console.world.session
    return "" if session is None or console.workspace is None else session.user


def _run(app: QApplication, folder: Path, work: Work, kiosk: KioskSettings | None = None) -> None:
    settings, pair = keys(folder)
    bridge = ScriptedBridge(small_city())
    bridge.answer = answers
    with BridgeThread(bridge, pair) as thread:

        async def story() -> None:
            here = replace(settings, addresses=(bridge.address,))
            console = make_console(folder, here, kiosk)
            assert await with_console(console, lambda console: work(console, thread)) == 0

        play(app, story)
