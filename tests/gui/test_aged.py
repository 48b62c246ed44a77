"""F6 in every panel: what is too old is framed, and only that; the foot says so and how many."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from backend_bridge.contract.quality import Quality, ServiceState
from console.panels.rows import Fact
from tests.gui.seat_rig import SeatRig, taken
from tests.gui.test_equipment_view import show as show_equipment
from tests.gui.test_preferences import one_screen
from ui import patterns
from ui.aged import WORDS, aged
from ui.equipment.pointline import PointLine
from ui.theme import Theme
from ui.widgets.factgrid import FactGrid
from ui.widgets.labels import AgeLabel, TextLabel

OLD = {Quality.STALE, Quality.UNAVAILABLE, Quality.UNKNOWN}


def age_label(quality: Quality) -> QWidget:
    label = AgeLabel()
    fraction = {Quality.UNKNOWN: None, Quality.STALE: 1.2, Quality.UNAVAILABLE: 40.0}
    label.set_age(fraction.get(quality, 0.4), "12 s")
    return label


def facts(quality: Quality) -> QWidget:
    grid = FactGrid()
    grid.show_facts((Fact("Tension", "231 V", "âge 12 s", quality), Fact("Numéro", "12")))
    return grid


def headline(quality: Quality) -> QWidget:
    label = TextLabel(px=24, bold=True)
    label.say("231 V", quality=quality.word)
    return label


def picture(widget: QWidget) -> bytes:
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    return bytes(image.constBits())


@pytest.mark.parametrize("quality", list(Quality))
@pytest.mark.parametrize("make", [age_label, facts, headline])
def test_only_what_is_too_old_is_framed(
    dressed: QApplication, qtbot: QtBot, make: Callable[[Quality], QWidget], quality: Quality
) -> None:
    widget = make(quality)
    qtbot.addWidget(widget)
    widget.resize(300, 60)
    before = picture(widget)
    aged().set_outlined(on=True)
    assert (picture(widget) != before) is (quality in OLD)
    aged().set_outlined(on=False)
    assert picture(widget) == before, "the same key takes the frames away"


@pytest.mark.parametrize("quality", list(Quality))
def test_points_and_rows_of_equipment_are_framed(
    dressed: QApplication, qtbot: QtBot, quality: Quality
) -> None:
    view, _ = show_equipment(qtbot, quality, ServiceState.IN_SERVICE)
    line = view.findChild(PointLine, "point-voltage_v")
    assert line is not None
    before = picture(line)
    aged().set_outlined(on=True)
    assert (picture(line) != before) is (quality in OLD)


@pytest.mark.parametrize("word", patterns.WORDS)
def test_a_sign_of_a_value_is_framed_and_a_legend_is_not(dressed: QApplication, word: str) -> None:
    theme = Theme("dark")

    def drawn(paint: Callable[[QPainter, Theme, QRectF, str], None]) -> bytes:
        image = QImage(60, 40, QImage.Format.Format_Grayscale8)
        image.fill(theme.color("panel"))
        painter = QPainter(image)
        paint(painter, theme, QRectF(20, 12, 22, 16), word)
        painter.end()
        return bytes(image.constBits())

    plain = drawn(patterns.paint_swatch)
    assert drawn(patterns.paint_value_sign) == plain
    aged().set_outlined(on=True)
    assert drawn(patterns.paint_swatch) == plain
    assert (drawn(patterns.paint_value_sign) != plain) is (word in WORDS)


def said(rig: SeatRig) -> list[str]:
    boxes = [window.foot.findChild(QLabel, "foot-aged") for window in rig.windows if window.foot]
    return [box.text() for box in boxes if box is not None and not box.isHidden()]


async def test_f6_says_in_every_foot_how_many_that_concerns(
    dressed: QApplication,
) -> None:
    with taken(dressed, one_screen("queue", "equipment")) as rig:
        windows = list(rig.windows)
        windows[0].press("F6")
        count = len(rig.world.equipment.by_id)
        assert said(rig) == [f"F6\u00a0: {count} trop vieux, encadrés"] * len(windows)
        windows[0].press("F6")
        assert said(rig) == []


async def test_the_keys_that_go_somewhere_say_where_there_is_nowhere_to_go(
    dressed: QApplication,
) -> None:
    with taken(dressed, one_screen("equipment")) as rig:
        main = rig.windows.main

        def told(act: Callable[[], None]) -> str:
            before = len(main.notices.all())
            act()
            (said,) = main.notices.all()[: len(main.notices.all()) - before]
            return said.text

        assert "pas de file d’événements" in told(lambda: main.press("F4"))
        (alt,) = [one for one in main.findChildren(QShortcut) if one.key() == QKeySequence("Alt+7")]
        assert "Pas de panneau 7" in told(alt.activated.emit)


async def test_an_alarm_no_panel_here_can_show_is_chosen_and_that_is_said(
    dressed: QApplication,
) -> None:
    with taken(dressed, one_screen("stations")) as rig:
        rig.windows.main.press("F3")
        assert rig.selection.equipment_ids
        latest = rig.windows.main.notices.latest()
        assert latest is not None
        assert latest.text.startswith(f"{rig.selection.equipment_ids[0]} est choisi")
