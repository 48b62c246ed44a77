"""A camera is called from anywhere by its number; a text field keeps its digits."""

from __future__ import annotations

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from console.app_calls import CameraCalls, nearest_numbers
from tests.fakes.panel_context import Desk
from tests.fakes.views import FakeStrip
from tests.fakes.wall_city import CITY, camera
from tests.gui.seat_rig import taken
from tests.gui.test_preferences import one_screen
from ui.shell.frame import PanelFrame
from ui.shell.layout import Place, Split
from ui.shell.strip import StatusStrip
from ui.shell.window import ShellWindow

PAD = Qt.KeyboardModifier.KeypadModifier
DIGITS = {str(n): Qt.Key(Qt.Key.Key_0.value + n) for n in range(10)}


class Room:
    """A window with a list-like panel and a text field."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = ShellWindow([], lambda: "06:42:31")
        qtbot.addWidget(self.window)
        self.called: list[int] = []
        self.window.number_called.connect(self.called.append)
        frames = {name: PanelFrame(name, name, "mdi6.map-outline") for name in ("list", "text")}
        self.window.show_workspace(
            StatusStrip(FakeStrip()), Split((Place("list"), Place("text"))), frames
        )
        self.list = QWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.edit = QLineEdit()
        frames["list"].set_view(self.list)
        frames["text"].set_view(self.edit)
        self.window.panels_built()
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.list.setFocus()

    def type(self, words: str) -> None:
        for digit in words:
            here = QApplication.focusWidget()
            assert here is not None
            QTest.keyClick(here, DIGITS[digit], PAD)

    @property
    def said(self) -> str:
        label = self.window.findChild(QLabel, "foot-typed")
        assert label is not None
        return label.text() if label.isVisible() else ""


@pytest.fixture
def room(dressed: QApplication, qtbot: QtBot) -> Room:
    return Room(qtbot)


def test_digits_and_enter_call_and_are_seen_while_typed(room: Room) -> None:
    room.type("4")
    room.type("7")
    assert "47" in room.said
    QTest.keyClick(room.list, Qt.Key.Key_Enter, PAD)
    assert room.called == [47]
    assert room.said == ""
    assert QApplication.focusWidget() is room.list, "the keyboard has not moved"


def test_return_calls_too_and_means_what_it_always_does_without_digits(room: Room) -> None:
    QTest.keyClick(room.list, Qt.Key.Key_Return)
    assert room.called == []
    room.type("12")
    QTest.keyClick(room.list, Qt.Key.Key_Return)
    assert room.called == [12]


def test_esc_forgets_and_backspace_takes_one_back(room: Room) -> None:
    room.type("123")
    QTest.keyClick(room.list, Qt.Key.Key_Backspace)
    assert "12" in room.said
    QTest.keyClick(room.list, Qt.Key.Key_Escape)
    assert room.said == ""
    QTest.keyClick(room.list, Qt.Key.Key_Enter, PAD)
    assert room.called == []


def test_number_lock_off_calls_all_the_same(room: Room) -> None:
    for key in (Qt.Key.Key_End, Qt.Key.Key_Insert, Qt.Key.Key_PageUp, Qt.Key.Key_Clear):
        QTest.keyClick(room.list, key, PAD)
    assert "1095" in room.said
    QTest.keyClick(room.list, Qt.Key.Key_Enter, PAD)
    assert room.called == [1095]
    for key in (Qt.Key.Key_End, Qt.Key.Key_Down, Qt.Key.Key_PageUp):
        QTest.keyClick(room.list, key)
    assert room.said == "", "the arrows beside the pad stay arrows"


def test_number_lock_off_moves_the_caret_of_a_text_field(room: Room) -> None:
    room.edit.setText("balayeuse")
    room.edit.setFocus()
    QTest.keyClick(room.edit, Qt.Key.Key_Home, PAD)
    assert room.edit.cursorPosition() == 0
    QTest.keyClick(room.edit, Qt.Key.Key_Right, PAD)
    assert (room.edit.cursorPosition(), room.said) == (1, "")


def test_digits_in_a_text_field_stay_text(room: Room) -> None:
    room.edit.setFocus()
    room.type("112")
    assert room.edit.text() == "112"
    assert room.said == ""


def test_going_to_a_text_field_forgets_what_was_typed(room: Room) -> None:
    room.type("11")
    room.edit.setFocus()
    assert room.said == ""
    QTest.keyClicks(room.edit, "bonjour")
    QTest.keyClick(room.edit, Qt.Key.Key_Return)
    assert room.called == []
    assert room.edit.text() == "bonjour"


def test_digits_nobody_calls_with_are_forgotten(room: Room, qtbot: QtBot) -> None:
    room.window.pad.forget_after_ms = 20
    room.type("9")
    qtbot.waitUntil(lambda: room.said == "")
    QTest.keyClick(room.list, Qt.Key.Key_Return)
    assert room.called == []


# -- what a call does -----------------------------------------------------------------------------


class Wall:
    """A wall's presenter that notes what was called."""

    def __init__(self) -> None:
        self.called: list[int] = []

    def call_number(self, number: int) -> bool:
        self.called.append(number)
        return True


def desk_with_cameras(*numbers: int) -> Desk:
    desk = Desk()
    equipment = tuple(camera(number) for number in numbers)
    desk.feed(catalogue=msgspec.structs.replace(CITY, equipment=equipment))
    return desk


def test_call_chooses_shows_and_brings_to_the_wall(dressed: QApplication) -> None:
    desk = desk_with_cameras(12, 47)
    sought: list[str] = []
    desk.selection.subscribe_sought(sought.append)
    calls = CameraCalls(desk.world, desk.selection, desk.context.notify)
    wall = Wall()
    assert calls.call(47, [object(), wall])
    chosen = camera(47).id
    assert wall.called == [47]
    assert desk.selection.equipment_ids == (chosen,)
    assert sought == [chosen]
    assert "47" in desk.said[-1]
    assert calls.call(12, [])
    assert desk.said[-1] != desk.said[0], "without a wall, that is said"


def test_unknown_number_names_the_nearest(dressed: QApplication) -> None:
    desk = desk_with_cameras(12, 47, 51, 300)
    calls = CameraCalls(desk.world, desk.selection, desk.context.notify)
    assert not calls.call(48, [Wall()])
    assert "48" in desk.said[-1]
    assert "12, 47, 51" in desk.said[-1]
    assert desk.selection.equipment_ids == ()
    assert nearest_numbers(5, [1, 9, 300]) == [1, 9, 300]
    assert nearest_numbers(5, []) == []


async def test_every_panel_lets_the_digits_through(dressed: QApplication, qtbot: QtBot) -> None:
    panels = ("queue", "equipment", "watch", "communes", "circuits", "stations", "wall")
    with taken(dressed, one_screen(*panels)) as rig:
        window = rig.windows.main
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        for panel_id in panels:
            window.focus_panel(panel_id)
            here = QApplication.focusWidget()
            assert here is not None
            QTest.keyClick(here, Qt.Key.Key_4, PAD)
            QTest.keyClick(here, Qt.Key.Key_7, PAD)
            assert window.pad.typed == "47", panel_id
            assert QApplication.focusWidget() is here
            QTest.keyClick(here, Qt.Key.Key_Escape)
            assert window.pad.typed == "", panel_id
