"""Lists in little room: words stay words, nothing is squeezed to where it says nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from console.panels.listing import ListPresenter, Row, Scope, Text
from console.state.change import Change
from tests.fakes.panel_context import Desk
from ui.listing import Column, ListingView
from ui.widgets.buttons import ActionButton

COLUMNS = (
    Column("alarms.head.time", 84),
    Column("alarms.head.code", 124),
    Column("alarms.head.text"),
    Column("alarms.head.value", 108, below=560, right=True),
    Column("alarms.head.state", 96, below=480),
    Column("alarms.head.place", below=820),
)
WORDS = 2


class Presenter(ListPresenter):
    """Five rows, five ways to look at them."""

    rows = tuple(Row(str(n), tuple(Text(f"{n}") for _ in COLUMNS), f"rang {n}") for n in range(5))
    headline = "5"
    nothing = ("Rien", "Rien du tout")

    @property
    def scopes(self) -> tuple[Scope, ...]:
        names = ("En cours", "Techniciens", "Désarmés", "Hors service", "Verrouillages")
        return tuple(Scope(name, name, 0, name == names[0]) for name in names)

    def _on_world_changed(self, change: Change) -> None:
        pass


@pytest.fixture
def view(dressed: QApplication, qtbot: QtBot) -> Iterator[ListingView]:
    desk = Desk()
    presenter = Presenter(desk.context)
    view = ListingView(presenter, "alarms", COLUMNS)
    qtbot.addWidget(view)
    with qtbot.waitExposed(view):
        view.show()
    yield view
    view.release()
    presenter.close()


@pytest.mark.parametrize("width", [400, 479, 480, 520, 559, 560, 600, 700, 819, 820, 1200])
def test_columns_give_way_before_words_can_no_longer_be_read(view: ListingView, width: int) -> None:
    view.resize(width, 400)
    QApplication.processEvents()
    grid = view.grid
    hidden = [grid.isColumnHidden(section) for section in range(len(COLUMNS))]
    assert not any(hidden[: WORDS + 1])
    others = any(not one for one in hidden[WORDS + 1 :])
    assert grid.columnWidth(WORDS) >= (150 if others else 96)


def test_in_less_room_than_that_the_window_scrolls_and_rows_stay_in_sight(
    dressed: QApplication, view: ListingView, qtbot: QtBot
) -> None:
    area = QScrollArea()
    qtbot.addWidget(area)
    area.setWidgetResizable(True)
    area.setWidget(view)
    area.resize(220, 160)
    area.show()
    QApplication.processEvents()
    assert view.grid.columnWidth(WORDS) >= 96
    assert view.grid.viewport().height() >= 3 * 28
    area.takeWidget()


def test_ways_to_look_stand_beside_the_filter_where_both_have_room(view: ListingView) -> None:
    def lines() -> set[int]:
        buttons = [one for one in view.findChildren(ActionButton) if _is_scope(one)]
        return {one.mapTo(view, one.rect().topLeft()).y() for one in buttons}

    view.resize(760, 400)
    QApplication.processEvents()
    assert len(lines()) == 1
    field = view.findChild(QWidget, "filter")
    assert field is not None
    assert abs(field.mapTo(view, field.rect().center()).y() - min(lines()) - 16) < 8
    view.resize(420, 400)
    QApplication.processEvents()
    assert len(lines()) == 2


def test_head_of_a_column_of_numbers_ends_where_they_end(view: ListingView) -> None:
    view.resize(1200, 400)
    QApplication.processEvents()
    image = view.grid.horizontalHeader().grab().toImage()
    section, ratio = 3, image.devicePixelRatio()
    left = view.grid.columnViewportPosition(section)
    right = left + view.grid.columnWidth(section)
    ground = image.pixel(round((left + 4) * ratio), round(6 * ratio))
    inked = [
        x
        for x in range(round(left * ratio), round(right * ratio))
        for y in range(round(4 * ratio), round(24 * ratio))
        if image.pixel(x, y) != ground
    ]
    assert 6 <= right - max(inked) / ratio <= 11, "numbers stand 8 px from the column's end"


def test_a_button_is_as_wide_filled_as_not(dressed: QApplication, qtbot: QtBot) -> None:
    button = ActionButton("Verrouillages 478")
    qtbot.addWidget(button)
    before = button.sizeHint()
    button.set_main(True)
    assert button.sizeHint() == before, "its neighbours do not move under the hand"


def _is_scope(button: ActionButton) -> bool:
    return button.objectName().startswith("scope-")
