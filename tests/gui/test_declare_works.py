"""The sheet that declares works: one key opens it, another declares; nothing typed is lost."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import NamedTuple

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from backend_bridge.contract.requests import GetAlarmGuides, Request
from backend_bridge.contract.results import AlarmGuidesResult, Result
from backend_bridge.contract.safety import (
    GetInterlocks,
    HandsOff,
    HandsOffResult,
    InterlocksResult,
    SetHandsOff,
)
from console.link.batch import LinkSession
from console.panels.faceplate.presenter import FaceplatePresenter
from console.panels.safety.declaring import Declaring
from console.panels.safety.presenter import DECLARE, SafetyPresenter
from console.panels.safety.works import HANDS
from tests.fakes.acting_city import acting_city
from tests.fakes.panel_context import Desk
from ui.safety.declare import DeclareSheet
from ui.shell.docked import DockedSheet
from ui.widgets.actions import ActionRow
from ui.widgets.buttons import ActionButton

CITY = acting_city()
MANAGER = LinkSession("mireille", "Mireille", "ECL-1", ("view:*", "manage:*"))
LOOKER = LinkSession("paul", "Paul", "ECL-1", ("view:*",))


class Shown(NamedTuple):
    rig: Desk
    page: QWidget
    sheet: DeclareSheet
    elsewhere: QLineEdit


def answer(request: Request) -> Result:
    if isinstance(request, GetInterlocks):
        return InterlocksResult(interlocks=())
    if isinstance(request, GetAlarmGuides):
        return AlarmGuidesResult(guides=())
    assert isinstance(request, SetHandsOff)
    zone = HandsOff(
        id=request.id,
        equipment_id=request.equipment_id,
        sector=request.sector,
        reason=request.reason,
        contact=request.contact,
        by="mireille",
        seat="ECL-1",
        since_ms=0,
        until_ms=request.until_ms,
    )
    return HandsOffResult(zone=zone)


@pytest.fixture
async def shown(dressed: QApplication, qtbot: QtBot) -> AsyncIterator[Shown]:
    rig = Desk()
    rig.asked.script = answer
    rig.feed(catalogue=CITY, session=MANAGER)
    declaring = Declaring(rig.context)
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(1280, 900)
    elsewhere = QLineEdit(page)
    sheet = DeclareSheet(declaring, page)
    page.show()
    page.activateWindow()
    elsewhere.setFocus()
    yield Shown(rig, page, sheet, elsewhere)
    await rig.settle()
    sheet.release()
    declaring.close()


def edit(shown: Shown, key: str) -> QLineEdit:
    found = shown.sheet.findChild(QLineEdit, f"declare-{key}")
    assert isinstance(found, QLineEdit)
    return found


def button(shown: Shown, row: str, key: str) -> ActionButton:
    found = shown.sheet.findChild(ActionRow, row)
    assert isinstance(found, ActionRow)
    inside = found.findChild(ActionButton, f"action-{key}")
    assert isinstance(inside, ActionButton)
    return inside


async def test_by_the_keyboard_alone_a_sector_is_declared(shown: Shown) -> None:
    shown.sheet.open_sheet()
    assert edit(shown, "reason").hasFocus()
    button(shown, "declare-places", "sector:Centre").press()
    QTest.keyClicks(edit(shown, "reason"), "cable")
    QTest.keyClick(edit(shown, "reason"), Qt.Key.Key_Return)
    assert edit(shown, "contact").hasFocus(), "Enter goes on, it declares nothing"
    QTest.keyClicks(edit(shown, "contact"), "06 12")
    QTest.keyClick(edit(shown, "contact"), Qt.Key.Key_Return)
    focused = shown.page.focusWidget()
    assert focused is not None
    assert focused.objectName() == "action-give_up", "the choice without effect"
    assert not shown.rig.asked.of(SetHandsOff)
    QTest.keyClick(focused, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    await shown.rig.settle()
    (sent,) = shown.rig.asked.of(SetHandsOff)
    assert (sent.sector, sent.reason, sent.contact) == ("Centre", "cable", "06 12")
    assert not shown.sheet.isVisible()
    assert shown.elsewhere.hasFocus()


async def test_escape_keeps_what_was_typed_and_gives_the_keyboard_back(shown: Shown) -> None:
    shown.sheet.open_sheet()
    QTest.keyClicks(edit(shown, "reason"), "cable a rempl")
    QTest.keyClick(edit(shown, "reason"), Qt.Key.Key_Escape)
    assert not shown.sheet.isVisible()
    assert shown.elsewhere.hasFocus()
    shown.sheet.open_sheet()
    assert edit(shown, "reason").text() == "cable a rempl"
    assert edit(shown, "contact").hasFocus()


async def test_what_is_missing_is_said_and_the_sheet_stays(shown: Shown) -> None:
    shown.sheet.open_sheet()
    reason = edit(shown, "reason")
    QTest.keyClick(reason, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert shown.sheet.isVisible()
    assert "Motif" in shown.rig.said[-1]
    assert not shown.rig.asked.of(SetHandsOff)


async def test_news_do_not_move_the_caret_nor_change_what_is_typed(shown: Shown) -> None:
    shown.sheet.open_sheet()
    reason = edit(shown, "reason")
    QTest.keyClicks(reason, "cable coupe")
    reason.setCursorPosition(5)
    shown.rig.selection.select_equipment(("B-01", "B-02"))
    shown.rig.feed(catalogue=CITY, session=MANAGER)
    shown.rig.world.tick()
    assert reason.hasFocus()
    assert (reason.text(), reason.cursorPosition()) == ("cable coupe", 5)


async def test_a_sheet_that_opens_by_itself_does_not_cover_what_is_written(shown: Shown) -> None:
    shown.page.resize(1600, 900)
    shown.sheet.open_sheet()
    reason = edit(shown, "reason")
    QTest.keyClicks(reason, "cab")
    question = DockedSheet("question", shown.page)
    question.place()
    question.show()
    question.raise_()
    assert not question.geometry().intersects(shown.sheet.geometry())
    QTest.keyClicks(reason, "le")
    assert reason.text() == "cable"
    before = question.geometry()
    shown.sheet.close_sheet()
    question.place()
    assert question.geometry() == before, "nothing jumps under the hand"


async def test_everything_is_in_sight_at_the_size_the_sheet_takes(shown: Shown) -> None:
    shown.rig.selection.select_equipment(("EP-0001", "B-01"))
    shown.sheet.open_sheet()
    QApplication.processEvents()
    inside = shown.sheet.rect()
    for widget in shown.sheet.findChildren(ActionButton):
        if widget.isVisible():
            top = widget.mapTo(shown.sheet, widget.rect().topLeft())
            end = widget.mapTo(shown.sheet, widget.rect().bottomRight())
            assert inside.contains(top), widget.text()
            assert inside.contains(end), widget.text()


async def test_panel_and_faceplate_open_the_declaration_and_say_why_not(shown: Shown) -> None:
    opened: list[str] = []
    context = replace(shown.rig.context, declare=lambda: opened.append("works"))
    panel, plate = SafetyPresenter(context), FaceplatePresenter(context)
    await shown.rig.settle()
    panel.do(DECLARE)
    shown.rig.selection.select_equipment(("B-01", "B-02"))
    face = plate.face
    assert face is not None
    assert [one.key for one in face.works] == [HANDS]
    plate.work(HANDS, {}, "")
    assert opened == ["works"] * 2
    shown.rig.feed(session=LOOKER)
    panel.do(DECLARE)
    assert opened == ["works"] * 2
    assert shown.rig.said[-1] == context.text("safety.declare.no_right")
    await shown.rig.settle()
    panel.close()
    plate.close()
