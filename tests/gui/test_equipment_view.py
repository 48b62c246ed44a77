"""The equipment panel: quality before digits, gaps never drawn over, choices handed on."""

from __future__ import annotations

import math
from collections.abc import AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from backend_bridge.contract.points import TrendPoint
from backend_bridge.contract.quality import Quality, ServiceState
from console.models.equipment import EquipmentModel
from console.panels.equipment import EquipmentPresenter
from tests.fakes import rooms
from tests.fakes.panel_context import Desk
from tests.fakes.small_city import small_city
from tests.fakes.views import FakeEquipment, FakeRows
from ui.equipment.panel import EquipmentView
from ui.equipment.plot import GapItem, TrendPlot
from ui.equipment.pointline import PointLine, paint_value, value_words
from ui.equipment.trend import TrendView, series_of, time_label, time_step_s
from ui.texts import number
from ui.theme import Theme
from ui.widgets.buttons import ActionButton

BASE_MS = rooms.NOW_MS
ROW = Qt.ItemDataRole.UserRole


def show(
    qtbot: QtBot, quality: Quality, service: ServiceState
) -> tuple[EquipmentView, FakeEquipment]:
    rows = FakeRows(rooms.equipment_rows(40))
    presenter = FakeEquipment(rows, rooms.equipment(quality, service))
    presenter.selected_id = rows.rows[0].id
    view = EquipmentView(presenter, rows)
    qtbot.addWidget(view)
    view.resize(560, 1000)
    with qtbot.waitExposed(view):
        view.show()
    return view, presenter


@pytest.mark.parametrize("quality", list(Quality))
def test_quality_is_said_in_words_with_its_note(
    dressed: QApplication, qtbot: QtBot, quality: Quality
) -> None:
    view, _ = show(qtbot, quality, ServiceState.IN_SERVICE)
    line = view.findChild(PointLine, "point-voltage_v")
    assert line is not None
    said = line.accessibleName()
    wanted = rooms.value(quality, "231,4", "V")
    assert wanted.text in said
    assert wanted.quality_word in said
    assert wanted.note in said


@pytest.mark.parametrize("quality", [Quality.UNAVAILABLE, Quality.UNKNOWN])
def test_value_without_a_value_shows_no_number_and_no_unit(quality: Quality) -> None:
    words = value_words(rooms.value(quality, "70", "%"))
    assert words in ("—", "?")
    assert not any(character.isdigit() for character in words)


def test_values_are_drawn_apart_by_quality(dressed: QApplication) -> None:
    theme = Theme("dark")
    pictures = {}
    for quality in (Quality.GOOD, Quality.STALE, Quality.BAD):
        image = QImage(120, 30, QImage.Format.Format_Grayscale8)
        image.fill(theme.color("panel"))
        painter = QPainter(image)
        paint_value(painter, theme, QRect(0, 0, 118, 30), rooms.value(quality))
        painter.end()
        pictures[quality] = bytes(image.constBits())
    assert len(set(pictures.values())) == 3


def test_service_state_is_shown_apart_from_quality(dressed: QApplication, qtbot: QtBot) -> None:
    view, _ = show(qtbot, Quality.GOOD, ServiceState.MAINTENANCE)
    said = [w.accessibleName() for w in view.findChildren(QWidget) if w.isVisible()]
    assert any(name.startswith("En travaux jusqu’au 22/01") for name in said)
    assert any(name.startswith("Bon") for name in said)


def test_choices_are_handed_on(dressed: QApplication, qtbot: QtBot) -> None:
    view, presenter = show(qtbot, Quality.UNAVAILABLE, ServiceState.IN_SERVICE)
    line = view.findChild(PointLine, "point-power_w")
    assert line is not None
    assert line.isChecked(), "the point whose history is drawn is marked"
    other = view.findChild(PointLine, "point-voltage_v")
    assert other is not None
    other.setFocus()
    QTest.keyClick(other, Qt.Key.Key_Space)
    for name in ("link-PS-07", "link-INC-1000", "diagnostics-show", "diagnostics-hide"):
        button = view.findChild(ActionButton, name)
        assert button is not None, name
        button.press()
    assert presenter.asked == [
        ("point", "voltage_v"),
        ("select", "PS-07"),
        ("incident", "INC-1000"),
        ("diagnostics", True),
        ("diagnostics", False),
    ]


def test_frames_are_read_only_and_fixed_pitch(dressed: QApplication, qtbot: QtBot) -> None:
    view, _ = show(qtbot, Quality.GOOD, ServiceState.IN_SERVICE)
    frames = view.findChild(QPlainTextEdit)
    assert frames is not None
    assert frames.isReadOnly()
    assert frames.font().families()[0] == "B612 Mono"
    assert "00 01 00" in frames.toPlainText()


def test_redrawing_the_same_rebuilds_nothing(dressed: QApplication, qtbot: QtBot) -> None:
    view, presenter = show(qtbot, Quality.UNAVAILABLE, ServiceState.IN_SERVICE)
    before = {id(widget) for widget in view.findChildren(QWidget)}
    presenter.detail = rooms.equipment(Quality.GOOD)
    presenter.detail = rooms.equipment(Quality.UNAVAILABLE)
    for _ in range(5):
        presenter.tell()
    assert {id(widget) for widget in view.findChildren(QWidget)} == before


def test_trend_draws_hatching_where_nothing_may_be_believed(
    dressed: QApplication, qtbot: QtBot
) -> None:
    view = TrendView()
    qtbot.addWidget(view)
    view.resize(600, 220)
    view.show_trend(rooms.trend())
    with qtbot.waitExposed(view):
        view.show()
    plot = view.findChild(TrendPlot)
    assert plot is not None
    gaps = next(item for item in plot.getPlotItem().items if isinstance(item, GapItem))
    assert [gap.word for gap in gaps._gaps] == ["unknown", "unavailable", "stale"]
    image = plot.grab().toImage()
    theme = Theme.current()
    box = plot.getPlotItem().vb
    gap = gaps._gaps[1]
    left = box.mapViewToScene(QPointF(gap.from_s, 6000)).x() + 3
    right = box.mapViewToScene(QPointF(gap.to_s, 6000)).x() - 3
    rect = box.sceneBoundingRect()
    hatch = sum(
        image.pixelColor(int(x), int(y)).lightness() > theme.color("field").lightness() + 40
        for x in range(int(left), int(right))
        for y in range(int(rect.top()) + 4, int(rect.bottom()) - 4)
    )
    area = (right - left) * (rect.height() - 8)
    assert 0.1 < hatch / area < 0.6
    assert "sans courbe" in plot.accessibleName(), "what the hatching says is said in words"


@pytest.mark.parametrize("state", ["loading", "empty", "failed"])
def test_trend_without_points_says_why(dressed: QApplication, qtbot: QtBot, state: str) -> None:
    view = TrendView()
    qtbot.addWidget(view)
    view.show_trend(rooms.trend(state))
    with qtbot.waitExposed(view):
        view.show()
    words = [label.text() for label in view.findChildren(QLabel) if label.isVisible()]
    assert any(len(word) > 20 and not word.startswith("ui.") for word in words)


QUALITIES = st.sampled_from(list(Quality))


@given(st.lists(st.tuples(QUALITIES, st.none() | st.floats(-1e6, 1e6)), max_size=40))
def test_line_never_crosses_a_gap(buckets: list[tuple[Quality, float | None]]) -> None:
    points = [
        TrendPoint(BASE_MS + 1000 * place, value, value, value, quality)
        for place, (quality, value) in enumerate(buckets)
    ]
    series = series_of(points, BASE_MS + 1000 * len(points))
    assert len(series.x_s) == len(series.y)
    assert series.x_s == sorted(series.x_s)
    for place in range(len(series.x_s) - 1):
        if math.isnan(series.y[place]) or math.isnan(series.y[place + 1]):
            continue
        middle = (series.x_s[place] + series.x_s[place + 1]) / 2
        if series.x_s[place] == series.x_s[place + 1]:
            continue
        for gap in series.gaps:
            assert not gap.from_s < middle < gap.to_s
    good = sum(quality is Quality.GOOD and value is not None for quality, value in buckets)
    hidden = sum(gap.to_s - gap.from_s for gap in series.gaps)
    assert hidden == pytest.approx(len(buckets) - good, abs=1e-3)


@pytest.mark.parametrize(
    ("span_s", "width_px", "step_s"),
    [(60, 600, 10), (3600, 600, 600), (86_400, 600, 14_400), (7 * 86_400, 600, 86_400)],
)
def test_time_ticks_are_round_and_have_room(
    dressed: QApplication, span_s: float, width_px: float, step_s: int
) -> None:
    assert time_step_s(span_s, width_px) == step_s
    assert len(time_label(BASE_MS / 1000, step_s)) in (5, 8)


def test_numbers_are_written_as_the_language_does(dressed: QApplication) -> None:
    assert number(1234567.891, 2) == "1\u00a0234\u00a0567,89"
    assert number(-0.04, 1) == "0,0"
    assert number(-12.5, 1) == "\u221212,5"


class Tree:
    """The panel over a real presenter and model, and a city that a test feeds."""

    def __init__(self, qtbot: QtBot) -> None:
        self.desk = Desk()
        self.desk.feed(catalogue=small_city(cabinets=4, lamps=30))
        self.presenter = EquipmentPresenter(self.desk.context)
        self.model = EquipmentModel(self.presenter)
        self.view = EquipmentView(self.presenter, self.model)
        qtbot.addWidget(self.view)
        self.view.resize(560, 900)
        with qtbot.waitExposed(self.view):
            self.view.show()

    def key(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(self.view.list, key)


@pytest.fixture
async def tree(dressed: QApplication, qtbot: QtBot) -> AsyncIterator[Tree]:
    tree = Tree(qtbot)
    yield tree
    tree.view.release()
    tree.model.close()
    tree.presenter.close()
    await tree.desk.settle()


async def test_the_tree_is_walked_with_the_keyboard_alone(tree: Tree) -> None:
    keys = Qt.Key
    tree.key(keys.Key_Down)
    assert tree.view.list.currentIndex().row() == 0
    assert tree.desk.selection.equipment_id is None, "a branch chooses nothing"
    tree.key(keys.Key_Right)
    assert [tree.model.title_of(tree.model.index(n, 0).data(ROW)) for n in range(4)] == [
        "Dijon",
        "Armoire",
        "Départ",
        "Point lumineux",
    ]
    tree.key(keys.Key_Down, keys.Key_Return, keys.Key_Down)
    assert list(tree.desk.selection.equipment_ids) == ["EP-0001"]
    tree.key(keys.Key_Left)
    assert tree.view.list.currentIndex().row() == 1, "left goes to the branch"
    tree.key(keys.Key_Left)
    # its branch is closed: the chosen one stands at the top, and the caret keeps its branch
    assert tree.model.id_at(tree.view.list.currentIndex().row()) == "\x02Dijon\x02cabinet"
    assert tree.model.rowCount() == 6


async def test_a_click_turns_a_branch(tree: Tree) -> None:
    viewport = tree.view.list.viewport()
    button = Qt.MouseButton.LeftButton
    QTest.mouseClick(viewport, button, pos=QPoint(120, 10))
    assert tree.model.rowCount() == 4
    QTest.mouseClick(viewport, button, pos=QPoint(120, 10))
    assert tree.model.rowCount() == 1
    sought: list[str] = []
    tree.desk.selection.subscribe_sought(sought.append)
    tree.desk.selection.select_equipment(("EP-0001",))
    QTest.mouseClick(viewport, button, pos=QPoint(120, 28 + 10))
    assert sought == ["EP-0001"], "a click on an equipment shows it on the map"


async def test_many_chosen_on_the_map_come_into_sight(tree: Tree) -> None:
    tree.key(Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_End, Qt.Key.Key_Right, Qt.Key.Key_End)
    assert tree.view.list.verticalScrollBar().value() > 0
    ids = [f"EP-0002-D1-{number:02}" for number in range(1, 31)]
    tree.desk.selection.select_equipment(ids)
    QApplication.processEvents()
    current = tree.view.list.currentIndex()
    assert tree.model.id_at(current.row()) == "\x01"
    assert tree.view.list.row_top(current.row()) >= 0
    said = str(current.data(Qt.ItemDataRole.AccessibleTextRole))
    assert said.startswith("Choisis, 30\u00a0équipements")
