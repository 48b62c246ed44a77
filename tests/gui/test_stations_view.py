"""Road weather on the screen: a station chosen by keyboard, its name above its curve."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backend_bridge.contract.requests import GetTrend
from backend_bridge.contract.results import TrendResult
from console.panels.stations import StationsPresenter
from tests.fakes.panel_context import Desk
from tests.unit.console.test_stations import CITY, say
from ui.theme import Theme
from ui.widgets.labels import ElidedLabel
from ui.winter.stations import StationsView


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.asked.script = lambda _: TrendResult(points=())
    desk.feed(catalogue=CITY)
    return desk


async def test_station_is_chosen_by_keyboard_and_named_above_its_curve(
    dressed: QApplication, qtbot: QtBot, desk: Desk
) -> None:
    say(desk, 0, road_c=-1.0, wet=True)
    say(desk, 1, road_c=-4.0, wet=True)
    presenter = StationsPresenter(desk.context)
    view = StationsView(presenter)
    qtbot.addWidget(view)
    view.resize(700, 500)
    view.show()
    await desk.settle()
    assert presenter.chosen == "MR-1"
    view.grid.setFocus()
    view.grid.setCurrentIndex(view.grid.model().index(0, 0))
    QTest.keyClick(view.grid, Qt.Key.Key_Down)
    QTest.keyClick(view.grid, Qt.Key.Key_Return)
    await desk.settle()
    assert desk.asked.of(GetTrend)[-1].equipment_id == "MR-0"
    names = [label.accessibleName() for label in view.findChildren(ElidedLabel)]
    assert any(name.startswith("MR-0") for name in names), names
    view.setFocus()
    image = view.grid.viewport().grab().toImage()
    selection = Theme.current().color("selection").rgb()
    tops = [view.grid.rowViewportPosition(row) for row in range(3)]
    shown = [image.pixel(60, top + 3) == selection for top in tops]
    chosen = [row.id == presenter.chosen for row in presenter.rows]
    assert shown == chosen, "whose curve stands above is seen without the keyboard too"
    said = view.grid.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "gel possible" in said
    view.release()
    presenter.close()
