"""The circuits on the screen: said by a letter or a button, never by typing into the filter."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import NamedTuple

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from backend_bridge.contract.circuits import CircuitLook
from backend_bridge.contract.requests import RecordCircuit, UndoCircuit
from console.panels.circuits import CircuitsPresenter
from tests.fakes.panel_context import Desk
from tests.unit.console.test_circuits import CITY, Bridge
from ui.theme import Theme
from ui.widgets.buttons import ActionButton
from ui.widgets.states import Message
from ui.winter.circuits import COLUMNS, CircuitsView
from ui.winter.legend import ShareBar
from ui.winter.marks import LOOKS, paint_circuit

TITLES = [column.title for column in COLUMNS]
BY, STREETS = TITLES.index("circuits.head.by"), TITLES.index("circuits.head.streets")


class Shown(NamedTuple):
    desk: Desk
    panel: CircuitsPresenter
    view: CircuitsView


@pytest.fixture
async def shown(dressed: QApplication, qtbot: QtBot) -> AsyncIterator[Shown]:
    desk = Desk()
    Bridge(desk)
    panel = CircuitsPresenter(desk.context)
    desk.feed(catalogue=CITY)
    await desk.settle()
    view = CircuitsView(panel)
    qtbot.addWidget(view)
    view.resize(1100, 600)
    view.show()
    view.activateWindow()
    yield Shown(desk, panel, view)
    await desk.settle()
    view.release()
    panel.close()


def press(view: CircuitsView, key: Qt.Key) -> None:
    QTest.keyClick(view.grid, key)


async def test_arrows_choose_and_a_letter_says_it(shown: Shown) -> None:
    desk, panel, view = shown
    view.grid.setFocus()
    press(view, Qt.Key.Key_Down)
    press(view, Qt.Key.Key_Down)
    assert panel.chosen == "DN-02"
    press(view, Qt.Key.Key_T)
    await desk.settle()
    assert [one.circuit_id for one in desk.asked.of(RecordCircuit)] == ["DN-02"]
    said = view.grid.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "traité" in said
    press(view, Qt.Key.Key_Z)
    await desk.settle()
    assert len(desk.asked.of(UndoCircuit)) == 1


async def test_typing_in_the_filter_says_nothing_of_any_circuit(shown: Shown) -> None:
    desk, panel, view = shown
    panel.choose("DN-01")
    view.focus_filter()
    field = view.findChild(QLineEdit, "filter")
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, "rue t")
    await desk.settle()
    assert not desk.asked.of(RecordCircuit)
    assert field.text() == "rue t"


async def test_blocking_asks_for_its_reason_in_place(shown: Shown) -> None:
    desk, panel, view = shown
    panel.choose("DN-03")
    view.grid.setFocus()
    press(view, Qt.Key.Key_B)
    line = view.findChild(QLineEdit, "text-act-line")
    assert isinstance(line, QLineEdit)
    assert line.isVisible()
    assert not desk.asked.of(RecordCircuit)
    QTest.keyClicks(line, "bus en travers")
    QTest.keyClick(line, Qt.Key.Key_Return)
    await desk.settle()
    assert desk.asked.of(RecordCircuit)[0].reason == "bus en travers"
    assert panel.chosen_lines[0][1].startswith("Secteur 3 · bloqué\u00a0: bus en travers")


async def test_another_circuit_chosen_drops_the_question_about_the_first(shown: Shown) -> None:
    _, panel, view = shown
    panel.choose("DN-03")
    view.grid.setFocus()
    press(view, Qt.Key.Key_B)
    line = view.findChild(QLineEdit, "text-act-line")
    assert isinstance(line, QLineEdit)
    panel.choose("DN-01")
    assert not line.isVisible()


async def test_each_state_has_its_button_with_its_key(shown: Shown) -> None:
    desk, panel, view = shown
    panel.choose("DN-04")
    button = view.findChild(ActionButton, "action-in_progress")
    assert isinstance(button, ActionButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    await desk.settle()
    assert desk.asked.of(RecordCircuit)[0].state.value == "in_progress"


async def test_a_filter_that_finds_nothing_says_so_and_can_be_dropped(shown: Shown) -> None:
    _, panel, view = shown
    panel.set_filter("zzz")
    (message,) = (one for one in view.findChildren(Message) if one.isVisible())
    message.acted.emit()
    panel.set_filter("")
    assert len(panel.rows) == 4
    assert not message.isVisible()


async def test_narrow_it_keeps_state_number_and_time(shown: Shown) -> None:
    _, _, view = shown
    assert not view.grid.isColumnHidden(BY)
    view.resize(560, 600)
    assert view.grid.isColumnHidden(BY)
    assert view.grid.isColumnHidden(STREETS)
    assert not view.grid.isColumnHidden(0)


async def test_the_foot_tells_each_priority_in_words_too(shown: Shown) -> None:
    _, _, view = shown
    names = [bar.accessibleName() for bar in view.findChildren(ShareBar)]
    assert names == [
        "S1, traité\u00a0: 0\u00a0% · 0,0 sur 40,0\u00a0km",
        "S2, traité\u00a0: 0\u00a0% · 0,0 sur 10,0\u00a0km",
        "S3, traité\u00a0: 0\u00a0% · 0,0 sur 10,0\u00a0km",
    ]


@pytest.mark.parametrize("name", ["dark", "light"])
def test_no_two_states_look_the_same_without_colour(dressed: QApplication, name: str) -> None:
    assert set(LOOKS) == {look.value for look in CircuitLook}
    pictures = set()
    for look in LOOKS:
        image = QImage(30, 13, QImage.Format.Format_RGB32)
        image.fill(0)
        painter = QPainter(image)
        paint_circuit(painter, Theme(name), QRectF(0, 0, 30, 13), look)
        painter.end()
        grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
        pictures.add(bytes(grey.constBits()))
    assert len(pictures) == len(LOOKS)
