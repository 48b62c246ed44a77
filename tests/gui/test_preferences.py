"""Preferences: applied at once in every window, kept for the person, and nobody else's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from backend_bridge.contract.alarms import Severity
from console.app_prefs import HEARD, MACHINE
from console.prefs import Choice, Preference, Preferences
from console.seats.layout import Cell, Column, Seat, SeatScreen
from tests.gui.seat_rig import SEATS, SeatRig, taken
from ui import scaling
from ui.marks import blink
from ui.shell.preferences import PreferenceSheet
from ui.shell.strip import StatusStrip
from ui.shell.window import ShellWindow
from ui.theme import Theme, change_theme

DRAWN = (
    "queue",
    "equipment",
    "watch",
    "communes",
    "availability",
    "alarm_load",
    "circuits",
    "stations",
    "wall",
)
"""Panels whose picture depends on nothing but what they show; the map's page is another program."""


@pytest.fixture(autouse=True)
def _as_before(dressed: QApplication) -> Iterator[None]:
    yield
    change_theme(dressed, "dark")
    scaling.set_scale(dressed.primaryScreen(), 1.0)


def one_screen(*panels: str) -> Seat:
    columns = tuple(Column((Cell(panel),)) for panel in panels)
    return replace(SEATS["police"], screens=(SeatScreen("main", columns),))


def sheet_of(window: ShellWindow) -> PreferenceSheet:
    page = window.page
    assert page is not None
    sheet = page.findChild(PreferenceSheet)
    assert sheet is not None
    return sheet


def button(window: ShellWindow, key: str, value: str) -> QWidget:
    found = sheet_of(window).findChild(QWidget, f"choice-{key}-{value}")
    assert found is not None
    return found


# -- what is chosen -------------------------------------------------------------------------------


def test_choice_is_kept_and_told_once() -> None:
    theme = Preference("theme", "Thème", (Choice("dark", "a"), Choice("light", "b")), "dark")
    settings: dict[str, Any] = {}
    preferences = Preferences([theme], settings)
    told: list[tuple[str, str]] = []
    preferences.subscribe(lambda key, value: told.append((key, value)))
    preferences.choose("theme", "light")
    preferences.choose("theme", "light")
    assert told == [("theme", "light")]
    assert settings == {"theme": "light"}
    assert Preferences([theme], settings).value("theme") == "light"
    with pytest.raises(ValueError, match="sepia"):
        preferences.choose("theme", "sepia")


def test_word_that_is_no_choice_any_more_counts_as_none() -> None:
    theme = Preference("theme", "Thème", (Choice("dark", "a"), Choice("light", "b")), "dark")
    for kept in ("sepia", 3, None, ["light"]):
        assert Preferences([theme], {"theme": kept}).value("theme") == "dark"
    barred = replace(theme, reason="ne se change pas ici")
    assert Preferences([barred], {"theme": "light"}).value("theme") == "dark"


# -- the page -------------------------------------------------------------------------------------


async def test_page_opens_by_key_changes_the_theme_and_gives_the_caret_back(
    dressed: QApplication, qtbot: QtBot
) -> None:
    with taken(dressed, one_screen("queue", "equipment")) as rig:
        window = rig.windows.main
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        view = window.frames["queue"].view
        assert view is not None
        window.focus_panel("queue")
        before = QApplication.focusWidget()
        QTest.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
        sheet = sheet_of(window)
        assert sheet.isVisible()
        assert QApplication.activeModalWidget() is None
        light = button(window, "theme", "light")
        light.setFocus()
        QTest.keyClick(light, Qt.Key.Key_Return)
        assert Theme.current().name == "light"
        assert QApplication.focusWidget() is light, "the keyboard stays where it is"
        assert "choisi" in light.accessibleName()
        QTest.keyClick(light, Qt.Key.Key_Right)
        assert QApplication.focusWidget() is button(window, "theme", MACHINE)
        QTest.keyClick(button(window, "theme", MACHINE), Qt.Key.Key_Escape)
        assert not sheet.isVisible()
        assert QApplication.focusWidget() is before
        assert rig.settings["preferences"] == {"theme": "light"}


async def test_nothing_of_one_person_is_left_for_the_next(dressed: QApplication) -> None:
    seat = one_screen("queue")
    with taken(dressed, seat) as rig:
        rig.person.preferences.choose("theme", "light")
        rig.person.preferences.choose("scale.main", "200")
        rig.person.preferences.choose("sound.heard", "urgent")
        assert scaling.scale_of(QApplication.primaryScreen()) == 2.0
        rig.person.end()
        assert Theme.current().name == "dark"
        assert scaling.scale_of(QApplication.primaryScreen()) == 1.0
        assert rig.sounds.heard == HEARD["medium"]
        rig.person.begin({}, seat)
        assert Theme.current().name == "dark"
        rig.person.end()
        rig.person.begin(rig.panel("preferences"), seat)
        assert Theme.current().name == "light", "and he finds it again"
        assert rig.sounds.heard == frozenset({Severity.URGENT})


async def test_other_parts_offer_a_line_as_data(dressed: QApplication) -> None:
    with taken(dressed, one_screen("queue")) as rig:
        delay = Preference("lock.delay", "Verrou", (Choice("5", "5 min"), Choice("0", "-")), "5")
        rig.person.preferences.also_offer(lambda: delay)
        rig.person.begin(rig.panel("preferences"), rig.seat)
        assert rig.person.preferences.value("lock.delay") == "5"
        told: list[tuple[str, str]] = []
        rig.person.preferences.subscribe(lambda key, value: told.append((key, value)))
        rig.person.preferences.choose("lock.delay", "0")
        assert told == [("lock.delay", "0")]


# -- the theme ------------------------------------------------------------------------------------


def picture(rig: SeatRig, panel_id: str) -> QImage:
    view = rig.windows.frame(panel_id).view
    assert view is not None
    view.resize(700, 500)
    blink().lit = True  # both pictures in the same half of a flash
    image = view.grab().toImage()
    return image.convertToFormat(QImage.Format.Format_RGB32)


@pytest.mark.parametrize("panel_id", DRAWN)
async def test_theme_changed_at_run_time_leaves_nothing_of_the_old_one(
    dressed: QApplication, panel_id: str
) -> None:
    def drawn(start: str) -> QImage:
        change_theme(dressed, start)
        with taken(dressed, one_screen(panel_id)) as rig:
            rig.selection.select_incident("INC-1", ("EP-0001",))
            QApplication.processEvents()
            change_theme(dressed, "light")
            QApplication.processEvents()
            return picture(rig, panel_id)

    changed, made = drawn("dark"), drawn("light")
    assert changed.size() == made.size()
    assert _different(changed, made) == 0


def _different(one: QImage, other: QImage) -> int:
    return sum(
        one.pixel(x, y) != other.pixel(x, y)
        for y in range(one.height())
        for x in range(one.width())
    )


# -- the scale ------------------------------------------------------------------------------------


@pytest.mark.parametrize("scale", ["200", "310"])
async def test_everything_grows_and_keeps_its_proportions(
    dressed: QApplication, scale: str
) -> None:
    with taken(dressed, one_screen("queue", "equipment")) as rig:
        rig.person.preferences.choose("scale.main", scale)
        QApplication.processEvents()
        window = rig.windows.main
        image = window.grab().toImage()
        factor = int(scale) / 100
        assert abs(image.devicePixelRatio() - factor) < 0.01
        strip = window.findChild(StatusStrip)
        assert strip is not None
        assert strip.width() == window.width(), "it is as wide as the window and no wider"
        rows = Theme.current().px("row_queue")
        assert round(rows * factor) >= round(48 * factor)
        window.focus_panel("equipment")
        frame = window.frames["equipment"]
        corner = frame.mapTo(window, frame.rect().topLeft())
        assert 0 <= corner.x() < window.width(), "the panel asked for is in sight"


async def test_scale_that_this_qt_cannot_change_is_said(
    dressed: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scaling, "_calls", _no_calls())
    with taken(dressed, one_screen("queue")) as rig:
        rows = {row.preference.key: row.preference for row in rig.person.preferences.rows}
        assert rows["scale.main"].reason
        with pytest.raises(ValueError, match="scale"):
            rig.person.preferences.choose("scale.main", "200")


def _no_calls() -> Callable[[], None]:
    return lambda: None


# -- the language ---------------------------------------------------------------------------------


async def test_person_in_another_language_is_spoken_to_in_it(dressed: QApplication) -> None:
    seat = one_screen("queue")
    with taken(dressed, seat) as rig:
        rig.panel("preferences")["language"] = "en"
        rig.person.end()
        rig.person.begin(rig.panel("preferences"), seat)
        titles = [row.preference.title for row in rig.person.preferences.rows]
        assert "Theme" in titles
        rig.person.end()
        rig.person.begin({}, seat)
        assert "Thème" in [row.preference.title for row in rig.person.preferences.rows]
