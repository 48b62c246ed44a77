"""The watch panel on the screen: reasons as buttons, rows that stay put, choices handed on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from backend_bridge.contract.points import PointChange
from backend_bridge.contract.quality import Quality
from console.models.watch import WatchModel
from console.panels.watch import WatchPresenter
from tests.fakes.panel_context import Desk
from tests.fakes.small_city import small_city
from tests.unit.console.test_watch_gathered import city as with_unheard
from ui.watch.panel import WatchView
from ui.widgets.buttons import ActionButton

CITY = small_city(cabinets=60, lamps=20)
T0 = 1_700_000_000_000


class Room:
    """A watch panel over a city that a test feeds."""

    def __init__(self, qtbot: QtBot) -> None:
        self.desk = Desk()
        self.desk.feed(catalogue=CITY)
        self.say(Quality.GOOD)
        self.presenter = WatchPresenter(self.desk.context)
        self.model = WatchModel(self.presenter)
        self.view = WatchView(self.presenter, self.model)
        qtbot.addWidget(self.view)
        self.view.resize(700, 500)
        with qtbot.waitExposed(self.view):
            self.view.show()

    def say(self, quality: Quality, first: int = 0, last: int = CITY.points_total) -> None:
        self.desk.feed(changes=[PointChange(n, 1, quality, T0, 0) for n in range(first, last)])
        self.desk.clock.advance(1.0)
        self.desk.feed()
        self.desk.world.tick()

    def words(self) -> list[str]:
        return [label.text() for label in self.view.findChildren(QLabel) if label.isVisible()]


@pytest.fixture
def room(dressed: QApplication, qtbot: QtBot) -> Iterator[Room]:
    room = Room(qtbot)
    yield room
    room.view.release()
    room.model.close()
    room.presenter.close()


def test_nothing_to_watch_is_said_and_rows_come_by_themselves(room: Room) -> None:
    assert any(words.startswith("Rien à surveiller") for words in room.words())
    assert not room.view.list.isVisible()
    room.say(Quality.UNAVAILABLE)
    assert room.view.list.isVisible()
    assert room.model.rowCount() == 60
    assert room.model.id_at(0) == "EP-0001"
    said = str(room.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert "Injoignable" in said
    assert "20\u00a0points lumineux dessous" in said


def test_a_click_chooses_the_equipment_everywhere(room: Room) -> None:
    room.say(Quality.UNAVAILABLE)
    QTest.mouseClick(room.view.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(200, 48 + 20))
    assert room.desk.selection.equipment_ids == ("EP-0002",)
    QTest.keyClick(room.view.list, Qt.Key.Key_Down)
    assert room.desk.selection.equipment_ids == ("EP-0003",)
    room.desk.selection.select_equipment(("EP-0001-D1-01",))
    assert not room.view.list.currentIndex().isValid(), "it is not listed here"


def test_a_reason_is_a_button_and_hides_when_it_no_longer_occurs(room: Room) -> None:
    room.say(Quality.UNAVAILABLE, 0, 10)
    room.say(Quality.BAD, 100, 101)
    button = room.view.findChild(ActionButton, "watch-bad")
    assert button is not None
    button.press()
    assert room.model.rowCount() == 1
    all_ = room.view.findChild(ActionButton, "watch-all")
    assert all_ is not None
    all_.press()
    assert room.model.rowCount() == 2
    room.say(Quality.GOOD, 100, 101)
    assert not button.isVisible()
    assert room.model.rowCount() == 1


def test_the_row_looked_at_stays_while_causes_come_and_go(room: Room) -> None:
    room.say(Quality.UNAVAILABLE)
    bar = room.view.list.verticalScrollBar()
    bar.setValue(20 * 48 + 7)
    top = room.view.list.indexAt(QPoint(1, 1))
    row_id, where = room.model.id_at(top.row()), room.view.list.row_top(top.row())
    per_cabinet = CITY.points_total // 60
    room.say(Quality.GOOD, 0, 3 * per_cabinet)
    QApplication.processEvents()
    assert room.model.rowCount() == 57
    position = room.presenter.position(str(row_id))
    assert position is not None
    assert room.view.list.row_top(position) == where


def test_a_cause_that_goes_leaves_the_choice_alone(room: Room) -> None:
    room.say(Quality.UNAVAILABLE)
    QTest.mouseClick(room.view.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(200, 20))
    assert room.desk.selection.equipment_ids == ("EP-0001",)
    room.say(Quality.GOOD, 0, CITY.points_total // 60)
    assert room.model.id_at(0) == "EP-0002"
    assert room.desk.selection.equipment_ids == ("EP-0001",)
    assert not room.view.list.currentIndex().isValid()


def test_a_cause_that_goes_never_hands_the_choice_to_the_gathered_row_above(
    dressed: QApplication, qtbot: QtBot
) -> None:
    desk = Desk()
    polled = range(small_city().points_total)
    good = [PointChange(n, 1, Quality.GOOD, T0, 0) for n in polled]
    desk.feed(catalogue=with_unheard(), changes=good)
    presenter = WatchPresenter(desk.context)
    model = WatchModel(presenter)
    view = WatchView(presenter, model)
    qtbot.addWidget(view)
    view.resize(700, 500)
    with qtbot.waitExposed(view):
        view.show()
    for quality in (Quality.UNAVAILABLE, Quality.GOOD):
        desk.feed(changes=[PointChange(0, 2, quality, T0, 0)])
        desk.clock.advance(1.0)
        desk.feed()
        desk.world.tick()
        if quality is Quality.UNAVAILABLE:
            assert model.rowCount() == 2
            view.list.choose(model.index(1, 0))
            assert desk.selection.equipment_id == presenter.ids[1]
    assert model.rowCount() == 1, "what was never heard is left"
    assert not view.list.currentIndex().isValid(), "nobody chose it"
    assert not view.list.selectedIndexes()
    QTest.keyClick(view.list, Qt.Key.Key_Down)
    desk.world.tick()
    assert view.list.currentIndex().row() == 0, "but a person's own caret rests there"
    view.release()
    model.close()
    presenter.close()
