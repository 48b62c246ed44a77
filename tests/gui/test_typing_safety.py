"""Nothing takes the focus or a letter away while somebody writes, whatever comes in."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backend_bridge.contract.alarms import AlarmChange, AlarmState, Severity
from backend_bridge.contract.incidents import IncidentChange
from backend_bridge.contract.journal import AlarmEvent, Event, IncidentEvent
from backend_bridge.contract.results import SituationResult
from console.models.queue import QueueModel
from console.panels.queue import QueuePresenter
from tests.fakes.panel_context import Desk
from tests.fakes.small_city import alarm, incident, small_city
from tests.fakes.views import FakeStrip
from ui.incidents.queue import QueueView
from ui.shell.frame import PanelFrame
from ui.shell.layout import Place, Split
from ui.shell.strip import StatusStrip
from ui.shell.window import ShellWindow

SENTENCE = 'Un riverain signale 12 lampes eteintes, A/B "e" \' ; equipe EP-A2 prevenue a 06:42. '
PER_BATCH = 25
BATCHES = 20
"""Twenty batches of twenty-five: what one second of 500 alarms looks like to a window."""


@pytest.mark.parametrize("seconds", [2, pytest.param(20, marks=pytest.mark.slow)])
async def test_500_alarms_a_second_lose_no_letter(
    dressed: QApplication, qtbot: QtBot, tmp_path: object, seconds: int
) -> None:
    desk = Desk(drafts_directory=str(tmp_path))
    city = small_city(cabinets=20)
    desk.feed(catalogue=city)
    desk.feed(situation=SituationResult(seq=0, alarms=(), incidents=(incident(1),), service=()))
    presenter = QueuePresenter(desk.context)
    view = QueueView(presenter, QueueModel(presenter))
    frame = PanelFrame("queue", "File", "mdi6.format-list-bulleted")
    window = ShellWindow([], lambda: "06:42")
    qtbot.addWidget(window)
    window.show_workspace(StatusStrip(FakeStrip()), Split((Place("queue"),)), {"queue": frame})
    frame.set_view(view)
    window.panels_built()
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    presenter.select("INC-1")
    await desk.settle()
    comment = view.detail.comment
    comment.setFocus()
    text = (SENTENCE * (seconds * BATCHES * 4 // len(SENTENCE) + 1))[: seconds * BATCHES * 4]
    number = 0
    for batch in range(seconds * BATCHES):
        events: list[Event] = []
        for _ in range(PER_BATCH):
            number += 1
            raised = alarm(number, severity=Severity(1 + number % 4))
            events.append(AlarmEvent(change=AlarmChange.RAISED, alarm=raised))
            if number % 5 == 0:
                opened = incident(number + 1, alarm_ids=(raised.id,))
                events.append(IncidentEvent(change=IncidentChange.OPENED, incident=opened))
        desk.feed(events=events)
        foot = window.foot
        assert foot is not None
        foot.set_alarm(Severity.URGENT, AlarmState.UNACKNOWLEDGED, "06:42", f"AL-{number}", "x")
        window.notify(f"avis {number}")
        for character in text[batch * 4 : batch * 4 + 4]:
            QTest.keyClicks(comment, character)
        QApplication.processEvents()
        assert QApplication.focusWidget() is comment
        assert QApplication.activeModalWidget() is None
    assert comment.toPlainText() == text
    assert presenter.selected_id == "INC-1"
    assert view.list.model().rowCount() == number // 5 + 1
    QTest.keyClick(comment, Qt.Key.Key_Escape)
    assert comment.toPlainText() == text
    assert presenter.draft == text
    presenter.close()
    view.release()
