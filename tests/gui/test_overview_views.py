"""The overview on the screen: cells chosen by keyboard, words read aloud, room for long names."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backend_bridge.contract.quality import Quality
from console.panels.alarm_load import AlarmLoadPresenter
from console.panels.availability import AvailabilityPresenter
from console.panels.communes import CommunesPresenter
from tests.fakes.panel_context import Desk
from tests.unit.console.test_overview import CITY, alarm, answer, points_of, say
from ui.overview.alarm_load import AlarmLoadView
from ui.overview.availability import AvailabilityView
from ui.overview.communes import CommunesView


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.feed(catalogue=CITY)
    say(desk, Quality.GOOD)
    return desk


@pytest.fixture
def communes(dressed: QApplication, qtbot: QtBot, desk: Desk) -> Iterator[CommunesView]:
    presenter = CommunesPresenter(desk.context)
    view = CommunesView(presenter)
    qtbot.addWidget(view)
    view.resize(520, 400)
    with qtbot.waitExposed(view):
        view.show()
    yield view
    view.release()
    presenter.close()


def test_cell_is_chosen_by_keyboard_alone(communes: CommunesView, desk: Desk) -> None:
    desk.feed(events=[alarm("EP-0003")])
    desk.clock.advance(1.0)
    desk.feed()
    desk.world.tick()
    grid = communes.grid
    grid.setFocus()
    grid.setCurrentIndex(grid.model().index(0, 0))
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Return):
        QTest.keyClick(grid, key)
    assert desk.selection.equipment_ids == ("EP-0003",)


def test_every_cell_says_in_words_what_it_shows(communes: CommunesView, desk: Desk) -> None:
    say(desk, Quality.STALE, points_of("EP-0001-D1-03"))
    model = communes.grid.model()
    said = model.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Dijon, Éclairage public · périmés"


def test_letters_are_left_to_the_window(communes: CommunesView) -> None:
    grid = communes.grid
    grid.setCurrentIndex(grid.model().index(0, 0))
    QTest.keyClicks(grid, "ahuy")
    assert grid.currentIndex().row() == 0


def test_availability_and_load_draw_what_their_presenters_say(
    dressed: QApplication, qtbot: QtBot, desk: Desk
) -> None:
    availability = AvailabilityPresenter(desk.context)
    view = AvailabilityView(availability)
    qtbot.addWidget(view)
    view.resize(660, 300)
    with qtbot.waitExposed(view):
        view.show()
    assert view.grid.columnWidth(0) >= 120, "names have room"
    say(desk, Quality.BAD)
    row = view.grid.model().index(0, 0).data(Qt.ItemDataRole.UserRole)
    assert row.percent == "0,0"
    view.release()
    availability.close()


async def test_load_is_drawn_once_the_bridge_answers(
    dressed: QApplication, qtbot: QtBot, desk: Desk
) -> None:
    desk.asked.script = answer
    presenter = AlarmLoadPresenter(desk.context)
    view = AlarmLoadView(presenter)
    qtbot.addWidget(view)
    view.resize(420, 500)
    view.show()
    assert view.grid.model().rowCount() == 0
    await desk.settle()
    assert view.grid.model().rowCount() == 2
    assert "14" in view.chart.accessibleName()
    view.grid.setCurrentIndex(view.grid.model().index(1, 0))
    QTest.keyClick(view.grid, Qt.Key.Key_Return)
    assert desk.selection.equipment_ids == ("EP-0002",)
    view.release()
    presenter.close()
