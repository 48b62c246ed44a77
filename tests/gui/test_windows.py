"""A seat's windows: each on its screen, one key map over all, none closed or lost by accident."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from console.app_windows import Windows
from console.seats.layout import Cell, Column, Seat, SeatScreen
from console.seats.placing import Screen
from ui.shell.frame import PanelFrame
from ui.shell.keys import WindowKey
from ui.shell.layout import Place
from ui.shell.window import ShellWindow

LEFT = Screen("DP-1", 0, 0, 1920, 1080, primary=True)
RIGHT = Screen("DP-2", 1920, 0, 1920, 1080)


class FakeScreens(QObject):
    """Screens a test plugs in and out."""

    changed = Signal()

    def __init__(self, *screens: Screen) -> None:
        super().__init__()
        self.there = list(screens)

    def present(self) -> tuple[Screen, ...]:
        return tuple(self.there)

    def plug(self, *screens: Screen) -> None:
        self.there = list(screens)
        self.changed.emit()


def screen(role: str, *names: str) -> SeatScreen:
    return SeatScreen(role, (Column((Cell(role),)),), names)


TWO = Seat("essai", "seat.supervisor", (screen("map", "DP-1"), screen("wall", "DP-2")))
ONE = Seat("seul", "seat.supervisor", (screen("map"),))


class View(QLineEdit):
    """A view that answers one key."""

    def __init__(self, key: str, pressed: list[str]) -> None:
        super().__init__()
        self._key, self._pressed = key, pressed

    def key_actions(self) -> dict[str, Callable[[], None]]:
        return {self._key: lambda: self._pressed.append(self._key)}


class Room:
    def __init__(self, qtbot: QtBot, *screens: Screen, fullscreen: bool = False) -> None:
        self.qtbot = qtbot
        self.screens = FakeScreens(*screens)
        self.settings: dict[str, Any] = {}
        self.pressed: list[str] = []
        self.brought: list[int] = []
        self.windows = Windows(
            lambda: [WindowKey("F2", "a"), WindowKey("F5", "b")],
            lambda: "12:00:00",
            self.screens,  # type: ignore[arg-type] # stands in for the machine's screens
            fullscreen=fullscreen,
        )
        qtbot.addWidget(self.windows.main)
        self.windows.show()

    def open(self, seat: Seat) -> dict[str, ShellWindow]:
        found = dict(self.windows.open(seat, self.settings))
        for place, (role, window) in enumerate(found.items()):
            frame = PanelFrame(role, role, "mdi6.map")
            frame.set_view(View("F2" if place == 0 else "F5", self.pressed))
            window.show_workspace(QWidget(), Place(role), {role: frame})
            window.panels_built()
        return found

    def where(self, window: ShellWindow) -> tuple[int, int, int, int]:
        return window.geometry().getRect()  # type: ignore[return-value] # four whole numbers


@pytest.fixture
def room(dressed: QApplication, qtbot: QtBot) -> Iterator[Room]:
    room = Room(qtbot, LEFT, RIGHT)
    yield room
    room.windows.close_others()
    for window in room.windows:
        window.drop_workspace()


def test_each_window_fills_the_screen_its_seat_names(room: Room) -> None:
    found = room.open(TWO)
    assert room.where(found["map"]) == (0, 0, 1920, 1080)
    assert room.where(found["wall"]) == (1920, 0, 1920, 1080)
    assert all(window.isVisible() for window in found.values())


def test_unplugged_screen_loses_no_window_and_plugged_in_again_gets_it_back(room: Room) -> None:
    found = room.open(TWO)
    room.screens.plug(LEFT)
    home = QRect(0, 0, 1920, 1080)
    assert all(home.contains(window.geometry()) for window in found.values())
    room.screens.plug(LEFT, RIGHT)
    assert room.where(found["wall"]) == (1920, 0, 1920, 1080)


def test_single_window_comes_back_from_a_screen_that_is_gone(room: Room) -> None:
    room.open(ONE)
    room.windows.main.setGeometry(2500, 100, 1400, 800)
    room.screens.plug(LEFT)
    assert QRect(0, 0, 1920, 1080).contains(room.windows.main.geometry())


def test_single_window_hardly_seen_any_more_comes_back_whole(room: Room) -> None:
    room.open(ONE)
    room.windows.main.setGeometry(1800, 100, 1400, 800)
    room.screens.plug(LEFT)
    assert QRect(0, 0, 1920, 1080).contains(room.windows.main.geometry())


def test_single_wall_fills_its_named_screen_and_what_is_left_of_them(
    dressed: QApplication, qtbot: QtBot
) -> None:
    room = Room(qtbot, LEFT, RIGHT, fullscreen=True)
    small = Screen("HDMI-1", 0, 0, 1280, 720, primary=True)
    room.screens.plug(small)
    assert room.where(room.windows.main) == (0, 0, 1280, 720), "nobody is signed in yet"
    room.screens.plug(LEFT, RIGHT)
    assert room.where(room.windows.main) == (0, 0, 1920, 1080)
    found = room.open(Seat("mur", "seat.crisis", (screen("map", "DP-2"),)))
    assert room.where(found["map"]) == (1920, 0, 1920, 1080)
    room.screens.plug(small)
    assert room.where(found["map"]) == (0, 0, 1280, 720)
    room.screens.plug(LEFT, RIGHT)
    assert room.where(found["map"]) == (1920, 0, 1920, 1080)
    room.windows.close_others()
    room.windows.main.drop_workspace()


def test_window_somebody_types_in_stays_in_sight_on_the_screen_that_is_left(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = room.open(TWO)
    wall = found["wall"]
    field = wall.findChild(View)
    assert isinstance(field, View)
    wall.activateWindow()
    field.setFocus()
    room.qtbot.waitUntil(lambda: wall.isActiveWindow() and field.hasFocus())
    QTest.keyClicks(field, "balay")
    front: list[ShellWindow] = []

    def raised(window: ShellWindow) -> None:
        front.append(window)

    monkeypatch.setattr(ShellWindow, "raise_", raised)
    room.screens.plug(LEFT)
    assert front == [wall]
    assert QRect(0, 0, 1920, 1080).contains(wall.geometry())
    QTest.keyClicks(field, "euse")
    assert field.text() == "balayeuse"
    assert field.hasFocus()


def test_moved_window_is_remembered_for_the_person(room: Room) -> None:
    found = room.open(TWO)
    room.windows.move(found["map"], "DP-2")
    assert room.where(found["map"])[0] == 1920
    assert room.where(found["wall"])[0] == 0, "they changed places"
    assert room.settings["screens"] == {"essai": {"map": "DP-2", "wall": "DP-1"}}


def test_key_reaches_a_panel_in_another_window(room: Room) -> None:
    found = room.open(TWO)
    QTest.keyClick(found["map"], Qt.Key.Key_F5)
    QTest.keyClick(found["wall"], Qt.Key.Key_F2)
    assert room.pressed == ["F5", "F2"]


def test_side_window_says_why_it_is_not_closed(room: Room) -> None:
    found = room.open(TWO)
    assert not found["wall"].close()
    assert found["wall"].isVisible()
    assert found["wall"].notices.latest() is not None


def test_key_of_a_screen_the_seat_has_not_says_so(room: Room) -> None:
    room.open(TWO)
    room.windows.bring(2)
    assert room.windows.main.notices.latest() is None
    room.windows.bring(4)
    said = [window.notices.latest() for window in room.windows]
    assert [one.text for one in said if one] == ["Ce poste n’a pas d’écran 4 : il en a 2."]


def test_windows_are_named_and_beat_one_by_one(room: Room) -> None:
    room.open(TWO)
    room.windows.set_title("Beffroi · Poste")
    beats = room.windows.beats()
    assert [beat.id for beat in beats] == ["map", "wall"]
    assert [beat.title for beat in beats] == ["Beffroi · Poste", "Beffroi · Poste · 2/2"]
    assert beats[1].x == 1920


def test_leaving_the_seat_leaves_one_window(room: Room) -> None:
    found = room.open(TWO)
    wall = found["wall"]
    for window in found.values():
        window.drop_workspace()
    with room.qtbot.waitSignal(wall.destroyed):
        room.windows.close_others()
    assert list(room.windows) == [room.windows.main]
    assert room.windows.main.isVisible()


WRONG: list[dict[str, Any]] = [
    {"screens": 3},
    {"screens": {"essai": [1]}},
    {"screens": {"essai": {"map": "X"}}},
    {"screens": {"essai": {"map": ["DP-2"], "wall": {"name": "DP-1"}}}},
    {"screens": {"a seat that is gone": {"map": "DP-2"}}},
]


@pytest.mark.parametrize("remembered", WRONG)
def test_settings_that_make_no_sense_are_ignored(room: Room, remembered: dict[str, Any]) -> None:
    room.settings.update(remembered)
    found = room.open(TWO)
    assert room.where(found["map"])[0] == 0
    room.windows.move(found["map"], "DP-2")
    assert room.where(found["map"])[0] == 1920
    assert room.settings["screens"]["essai"] == {"map": "DP-2", "wall": "DP-1"}
