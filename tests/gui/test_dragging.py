"""Dragging onto the wall: from a tile, the lists, the search, the map; only ours is taken."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray, QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QMouseEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyledItemDelegate, QWidget
from pytestqt.qtbot import QtBot

import ui.search.lines
import ui.wall.tile
from backend_bridge.contract.incidents import IncidentChange
from backend_bridge.contract.journal import IncidentEvent
from console.panels.search.hits import Hit, HitKind
from tests.fakes.wall_city import Wall, incident
from ui.dragging import MIME, Dragged, pack, unpack
from ui.search.lines import ROW_PX, _Rows
from ui.wall.panel import WallView
from ui.widgets.lists import SteadyList

IDS = st.text(min_size=1, max_size=200)


@given(st.lists(IDS, max_size=8), st.text(max_size=200), st.none() | st.integers(0, 24))
def test_what_is_packed_is_unpacked(ids: list[str], incident: str, tile: int | None) -> None:
    dragged = Dragged(tuple(ids), incident, tile)
    assert unpack(pack(dragged)) == dragged


@given(
    st.binary(max_size=60)
    | st.from_regex(r'\{"(equipment|incident|tile)":.{0,20}\}').map(str.encode)
)
def test_whatever_somebody_else_packs_is_nothing_or_harmless(held: bytes) -> None:
    data = QMimeData()
    data.setData(MIME, QByteArray(held))
    found = unpack(data)
    assert found is None or all(isinstance(item, str) for item in found.equipment)
    assert unpack(QMimeData()) is None


@pytest.fixture
async def wall(dressed: QApplication, qtbot: QtBot) -> AsyncIterator[tuple[Wall, WallView]]:
    made = Wall()
    view = WallView(made.presenter)
    qtbot.addWidget(view)
    view.resize(900, 700)
    view.show()
    await made.stand(1, 2)
    QApplication.processEvents()
    yield made, view
    view.release()
    await made.close()


def middle(widget: QWidget) -> QPointF:
    return QPointF(widget.geometry().center())


def let_go(view: WallView, slot: int, data: QMimeData) -> bool:
    """Drag into the stage and let go over a tile; return whether it was accepted."""
    stage, place = view._stage, middle(view.tiles[slot])
    held = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton)
    enter = QDragEnterEvent(place.toPoint(), *held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(stage, enter)
    drop = QDropEvent(place, *held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(stage, drop)
    return enter.isAccepted() and drop.isAccepted()


async def test_equipment_and_incidents_let_go_over_a_tile_are_shown(
    wall: tuple[Wall, WallView],
) -> None:
    made, view = wall
    made.presenter.do("auto")
    assert let_go(view, 3, pack(Dragged(equipment=("CAM-009", "CAM-010"))))
    assert made.cameras == ["CAM-001", "CAM-002", "CAM-010", "CAM-009"]
    assert made.presenter.chosen == 3
    made.desk.feed(events=[IncidentEvent(change=IncidentChange.OPENED, incident=incident())])
    assert let_go(view, 0, pack(Dragged(incident="INC-457")))
    assert {"CAM-003", "CAM-004"} <= set(made.cameras)
    stranger = QMimeData()
    stranger.setText("CAM-011")
    before = made.cameras
    assert not let_go(view, 1, stranger)
    assert made.cameras == before


async def test_a_tile_pulled_away_is_dragged_with_its_camera(
    wall: tuple[Wall, WallView], monkeypatch: pytest.MonkeyPatch
) -> None:
    made, view = wall
    begun: list[Dragged] = []
    monkeypatch.setattr(ui.wall.tile, "begin", lambda _s, dragged, _l: begun.append(dragged))
    tile = view.tiles[1]
    start = QPoint(40, 90)
    QTest.mousePress(tile, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(tile, start + QPoint(1, 1))
    assert begun == []
    pull(tile, start)
    assert begun == [Dragged(equipment=("CAM-002",), tile=1)]
    QTest.mouseRelease(tile, Qt.MouseButton.LeftButton, pos=start)
    free = view.tiles[2]
    QTest.mousePress(free, Qt.MouseButton.LeftButton, pos=start)
    pull(free, start)
    assert len(begun) == 1, "there is nothing in it to drag"
    assert made.presenter.chosen == 2


def pull(widget: QWidget, start: QPoint) -> None:
    """Move the mouse, its button held, further than a shaky hand does."""
    there = QPointF(start + QPoint(60, 8))
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        there,
        QPointF(widget.mapToGlobal(there.toPoint())),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget, event)


def test_a_row_of_a_list_is_dragged_and_the_choice_stays(
    dressed: QApplication, qtbot: QtBot
) -> None:
    model = QStandardItemModel()
    for name in ("a", "b", "c"):
        model.appendRow(QStandardItem(name))
    rows = SteadyList(model, QStyledItemDelegate(), 30)
    qtbot.addWidget(rows)
    rows.resize(200, 200)
    rows.show()
    pulled: list[str] = []
    rows.dragged.connect(lambda index: pulled.append(index.data()))
    start = rows.visualRect(model.index(1, 0)).center()
    QTest.mousePress(rows.viewport(), Qt.MouseButton.LeftButton, pos=start)
    pull(rows.viewport(), start)
    pull(rows.viewport(), start)
    assert pulled == ["b"], "once, however far it is pulled"
    assert rows.currentIndex().row() == 1
    QTest.mouseRelease(rows.viewport(), Qt.MouseButton.LeftButton, pos=start)


def test_a_result_of_the_search_is_dragged_and_not_taken(
    dressed: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[Dragged] = []
    monkeypatch.setattr(ui.search.lines, "begin", lambda _s, dragged, _l: begun.append(dragged))
    rows = _Rows()
    qtbot.addWidget(rows)
    hits = (
        Hit(HitKind.EQUIPMENT, "CAM-007", "mdi6.cctv", "007"),
        Hit(HitKind.INCIDENT, "INC-457", "mdi6.alarm-light-outline", "Accident"),
        Hit(HitKind.PLACE, "Rue", "mdi6.map-marker", "Rue"),
    )
    rows.show_hits(hits, 0)
    rows.resize(400, 3 * ROW_PX)
    rows.show()
    taken: list[int] = []
    rows.pressed.connect(taken.append)
    for row in range(3):
        start = QPoint(50, row * ROW_PX + 10)
        QTest.mousePress(rows, Qt.MouseButton.LeftButton, pos=start)
        pull(rows, start)
        QTest.mouseRelease(rows, Qt.MouseButton.LeftButton, pos=start)
    assert begun == [Dragged(equipment=("CAM-007",)), Dragged(incident="INC-457")]
    assert taken == []
    QTest.mouseClick(rows, Qt.MouseButton.LeftButton, pos=QPoint(50, ROW_PX + 10))
    assert taken == [1]
