"""A whole console against a scripted bridge on a real socket: in, at work, cut off, out again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from backend_bridge.contract.alarms import AlarmChange, Severity
from backend_bridge.contract.incidents import IncidentChange
from backend_bridge.contract.journal import AlarmEvent, IncidentEvent
from backend_bridge.contract.requests import AcknowledgeAlarm, GetIncidentLog, Request
from backend_bridge.contract.results import AlarmResult, LogResult, Result
from backend_bridge.contract.wire import Ask, Failure
from console.app import Console
from console.link.settings import LinkSettings
from console.state.liveness import LinkWord
from tests.fakes.scripted_bridge import ScriptedBridge
from tests.fakes.small_city import alarm, incident, small_city
from tests.fakes.waiting import until
from tests.gui.console_rig import BridgeThread, keys, make_console, play, with_console
from ui.cover import Cover
from ui.incidents.queue import QueueView
from ui.texts import text
from ui.widgets.labels import ElidedLabel

Work = Callable[[Console, BridgeThread], Awaitable[None]]


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def answers(request: Request) -> Result | Failure | None:
    match request:
        case AcknowledgeAlarm():
            return AlarmResult(alarm=alarm(1, acknowledged=True, ack_by="mireille"))
        case GetIncidentLog():
            return LogResult(entries=())
    return None


async def sign_in(console: Console, bridge: ScriptedBridge) -> None:
    """Type account and password and wait for the workspace."""
    view = console.sign_in_view
    await until(console.window.isVisible)
    await until(lambda: console.world.liveness.word is LinkWord.SIGNED_OUT)
    view.user.setFocus()
    view.user.setText("mireille")
    QTest.keyClicks(view.password, "sesame")
    QTest.keyClick(view.password, Qt.Key.Key_Return)
    await until(lambda: console.workspace is not None, what="the workspace")
    await until(lambda: console.world.liveness.live, what="a live picture")
    console.window.activateWindow()
    await until(console.window.isActiveWindow)


def queue_of(console: Console) -> QueueView:
    view = console.window.frames["queue"].view
    assert isinstance(view, QueueView)
    return view


def covers(console: Console) -> dict[str, Cover]:
    return {
        name: cover
        for name, frame in console.window.frames.items()
        for cover in frame.findChildren(Cover, f"cover-{name}")
    }


def test_alarm_is_gone_to_and_acknowledged_by_keyboard(
    dressed: QApplication, tmp_path: Path
) -> None:
    settings, pair = keys(tmp_path)

    async def work(console: Console, thread: BridgeThread) -> None:
        bridge = thread.bridge
        await sign_in(console, bridge)
        raised = alarm(1, severity=Severity.HIGH, children=76)
        bridge.append(AlarmEvent(change=AlarmChange.RAISED, alarm=raised))
        bridge.append(
            IncidentEvent(change=IncidentChange.OPENED, incident=incident(1, alarm_ids=("AL-1",)))
        )
        foot = console.window.findChild(ElidedLabel, "foot-alarm")
        assert foot is not None
        await until(lambda: "EP-0001" in foot.accessibleName(), what="the alarm in the foot")
        QTest.keyClick(console.window, Qt.Key.Key_F3)
        assert console.selection.incident_id == "INC-1"
        assert console.selection.equipment_id == "EP-0001"
        assert QApplication.focusWidget() is queue_of(console).list
        QTest.keyClick(queue_of(console).list, Qt.Key.Key_F2)
        await until(lambda: bridge.asked(AcknowledgeAlarm) == 1)
        seen = alarm(1, severity=Severity.HIGH, children=76, acknowledged=True)
        bridge.append(AlarmEvent(change=AlarmChange.ACKNOWLEDGED, alarm=seen))
        await until(lambda: "Aucune alarme" in foot.accessibleName())

    _run(dressed, tmp_path, settings, pair, work)


def test_f2_acknowledges_the_foots_alarm_while_nothing_is_chosen(
    dressed: QApplication, tmp_path: Path
) -> None:
    settings, pair = keys(tmp_path)

    async def work(console: Console, thread: BridgeThread) -> None:
        bridge = thread.bridge
        await sign_in(console, bridge)
        QTest.keyClick(console.window, Qt.Key.Key_F2)
        notice = console.window.notices.latest()
        assert notice is not None
        assert notice.text == text("ui.shell.nothing_to_acknowledge")
        for number, severity in ((1, Severity.LOW), (2, Severity.URGENT), (3, Severity.HIGH)):
            raised = alarm(number, severity=severity)
            bridge.append(AlarmEvent(change=AlarmChange.RAISED, alarm=raised))
        await until(lambda: len(console.world.alarms) == 3)
        QTest.keyClick(console.window, Qt.Key.Key_F2)
        await until(lambda: bridge.asked(AcknowledgeAlarm) == 1)
        asked = [m.request for m in bridge.seen if isinstance(m, Ask)]
        assert AcknowledgeAlarm(alarm_id="AL-2") in asked, "the most pressing one"
        await until(lambda: console.window.notices.unread == 2)

    _run(dressed, tmp_path, settings, pair, work)


def test_frozen_bridge_covers_the_data_but_not_what_is_being_written(
    dressed: QApplication, tmp_path: Path
) -> None:
    settings, pair = keys(tmp_path)

    async def work(console: Console, thread: BridgeThread) -> None:
        bridge = thread.bridge
        await sign_in(console, bridge)
        bridge.append(IncidentEvent(change=IncidentChange.OPENED, incident=incident(1)))
        await until(lambda: console.world.incidents.get("INC-1"))
        console.selection.select_incident("INC-1")
        comment = queue_of(console).detail.comment
        comment.setFocus()
        QTest.keyClicks(comment, "premiere moitie")
        assert not any(cover.covering for cover in covers(console).values())
        bridge.frozen = True
        await until(lambda: all(c.covering for c in covers(console).values()))
        assert set(covers(console)) == {"queue", "equipment"}
        for cover in covers(console).values():
            assert cover.title.startswith("Plus rien depuis ")
            assert "Pont perdu" in cover.line
        assert QApplication.focusWidget() is comment
        QTest.keyClicks(comment, ", seconde")
        assert comment.toPlainText() == "premiere moitie, seconde"
        cover = covers(console)["queue"]
        hole = cover.mapFromGlobal(comment.mapToGlobal(comment.rect().center()))
        assert not cover.mask().contains(hole), "the text being written stays in sight"
        bridge.frozen = False
        await until(lambda: not any(c.covering for c in covers(console).values()), timeout_s=10)
        assert comment.toPlainText() == "premiere moitie, seconde"

    _run(dressed, tmp_path, settings, pair, work)


def test_session_ended_by_the_bridge_takes_everything_down(
    dressed: QApplication, tmp_path: Path
) -> None:
    settings, pair = keys(tmp_path)

    async def work(console: Console, thread: BridgeThread) -> None:
        bridge = thread.bridge
        await sign_in(console, bridge)
        view = queue_of(console)
        bridge.append(IncidentEvent(change=IncidentChange.OPENED, incident=incident(1)))
        await until(lambda: view.list.model().rowCount() == 1)
        console.selection.select_incident("INC-1")
        QTest.keyClicks(view.detail.comment, "a moitie ecrit")
        thread.do(bridge.sign_everybody_out("session.ended.key_revoked"))
        await until(lambda: console.workspace is None)
        assert console.window.frames == {}
        assert console.selection.incident_id is None
        assert len(console.world.incidents) == 0
        assert console.sign_in_view.isVisible()
        error = console.sign_in_view.findChild(QLabel, "sign-in-error")
        assert error is not None
        assert len(error.text()) > 10
        assert not error.text().startswith("session.")
        assert console.sign_in_view.password.text() == ""
        await sign_in(console, bridge)
        await until(lambda: queue_of(console).list.model().rowCount() == 1)
        console.selection.select_incident("INC-1")
        draft = queue_of(console).detail.comment
        assert draft.toPlainText() == "a moitie ecrit", "a draft outlives its session"
        QTest.keyClick(
            console.window,
            Qt.Key.Key_Q,
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
        )
        await until(lambda: console.workspace is None)
        await until(lambda: not bridge.sessions, what="the bridge to hear of it")

    _run(dressed, tmp_path, settings, pair, work)


def test_wrong_password_is_refused_in_words(dressed: QApplication, tmp_path: Path) -> None:
    settings, pair = keys(tmp_path)

    async def work(console: Console, thread: BridgeThread) -> None:
        view = console.sign_in_view
        await until(lambda: console.world.liveness.word is LinkWord.SIGNED_OUT)
        view.user.setText("mireille")
        view.password.setText("Sesame")
        view.enter.press()
        error = view.findChild(QLabel, "sign-in-error")
        assert error is not None
        await until(lambda: error.text() == text("error.sign_in.refused"))
        assert thread.bridge.sessions == {}
        assert view.password.text() == "Sesame"
        assert view.password.hasSelectedText()

    _run(dressed, tmp_path, settings, pair, work)


def test_console_without_a_bridge_says_so_and_lets_nobody_in(
    dressed: QApplication, tmp_path: Path
) -> None:
    settings, _ = keys(tmp_path)

    async def story(console: Console) -> None:
        view = console.sign_in_view
        await until(console.window.isVisible)
        link = [widget.accessibleName() for widget in view.findChildren(QWidget)]
        assert any(name.startswith("Pas encore de pont") for name in link)
        view.user.setText("n.perrin")
        view.password.setText("secret")
        view.enter.press()
        error = view.findChild(QLabel, "sign-in-error")
        assert error is not None
        asking = text("ui.signin.asking")
        await until(lambda: error.text() not in ("", asking), timeout_s=15)
        assert not error.text().startswith("error.")
        assert view.password.text() == "secret"
        assert console.workspace is None
        assert not view.enter.reason

    async def run() -> None:
        assert await with_console(make_console(tmp_path, settings), story) == 0

    play(dressed, run)


def _run(
    app: QApplication, folder: Path, settings: LinkSettings, pair: tuple[bytes, bytes], work: Work
) -> None:
    """Serve a small city, run a console on it with ``work(console, thread)``, and end both."""

    bridge = ScriptedBridge(small_city())
    bridge.answer = answers
    with BridgeThread(bridge, pair) as thread:

        async def story() -> None:
            here = replace(settings, addresses=(bridge.address,))
            console = make_console(folder, here)
            assert await with_console(console, lambda console: work(console, thread)) == 0

        play(app, story)
