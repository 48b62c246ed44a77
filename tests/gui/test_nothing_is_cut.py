"""What must never be cut is whole at every width: values, codes, counts, modes, facts."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from backend_bridge.contract.alarms import AlarmState, Severity
from backend_bridge.contract.quality import Quality, ServiceState
from console.panels.rows import Fact
from tests.fakes import rooms
from tests.fakes.views import FakeEquipment, FakeQueue, FakeRows, FakeStrip, strip_state
from ui.equipment.detail import EquipmentDetailView
from ui.equipment.panel import EquipmentView
from ui.equipment.pointline import paint_value, value_width
from ui.equipment.trend import TrendView
from ui.incidents.detail import IncidentDetailView
from ui.incidents.queue import QueueView
from ui.marks import AlarmMark
from ui.shell.foot import Foot
from ui.shell.notices import Notice
from ui.shell.strip import StatusStrip
from ui.shell.strip_parts import QualityCount
from ui.theme import Theme
from ui.widgets.factgrid import FactGrid
from ui.widgets.labels import ModeBox
from ui.widgets.wrapped import WrappedLabel

WIDTHS = (1280, 1440, 1600, 1920)


def shown(qtbot: QtBot, widget: QWidget, width: int, height: int) -> None:
    qtbot.addWidget(widget)
    widget.resize(width, height)
    with qtbot.waitExposed(widget):
        widget.show()


@pytest.mark.parametrize("width", WIDTHS)
def test_strip_gives_up_words_and_never_a_number(
    dressed: QApplication, qtbot: QtBot, width: int
) -> None:
    state = strip_state(
        stale="34\u00a0012\u00a0périmés",
        unavailable="10\u00a0000\u00a0injoignables",
        skew="Ce poste retarde de 3\u00a0min",
    )
    strip = StatusStrip(FakeStrip(state))
    shown(qtbot, strip, width, 38)
    for name, number in (("stale", "34\u00a0012"), ("unavailable", "10\u00a0000")):
        count = strip.findChild(QualityCount, f"strip-{name}")
        assert count is not None
        assert count.width() >= count.sizeHint().width(), (name, width)
        assert number in count.toolTip()
    for mode in strip.findChildren(ModeBox):
        if mode.isVisible():
            assert mode.width() >= mode.sizeHint().width()
    clock = strip.findChild(QWidget, "strip-clock")
    assert clock is not None
    assert clock.geometry().right() <= strip.width()


def test_a_count_without_its_word_keeps_all_its_digits(dressed: QApplication) -> None:
    count = QualityCount("stale")
    count.say("34\u00a0012 périmés")
    whole = count.sizeHint().width()
    count.be_brief(brief=True)
    metrics = QFontMetrics(Theme.current().font(13))
    digits = 32 + metrics.horizontalAdvance("34\u00a0012")
    assert digits <= count.sizeHint().width() < whole, "the group of thousands stays"


def colourful(widget: QWidget) -> bool:
    """Return whether any pixel of a widget has a hue."""
    image = widget.grab().toImage()
    return any(
        QColor(image.pixel(x, y)).hsvSaturation() > 90 and QColor(image.pixel(x, y)).value() > 90
        for x in range(image.width())
        for y in range(image.height())
    )


def test_a_severity_that_nothing_has_wears_no_hue(dressed: QApplication, qtbot: QtBot) -> None:
    tallies = tuple(
        replace(tally, total=0, unacknowledged=0, waiting="") for tally in strip_state().alarms
    )
    strip = StatusStrip(FakeStrip(strip_state(alarms=tallies)))
    shown(qtbot, strip, 1920, 38)
    assert not colourful(strip)
    mark = AlarmMark()
    qtbot.addWidget(mark)
    mark.resize(36, 36)
    mark.set_alarm(Severity.URGENT, AlarmState.ACKNOWLEDGED)
    assert colourful(mark)
    mark.set_alarm(Severity.URGENT, AlarmState.ACKNOWLEDGED, grey=True)
    assert not colourful(mark)


def test_an_incident_without_a_listed_alarm_wears_no_hue(
    dressed: QApplication, qtbot: QtBot
) -> None:
    row = rooms.queue_rows(1)[0]
    view = IncidentDetailView()
    shown(qtbot, view, 520, 520)
    detail = rooms.incident(row)
    for state, hue in ((AlarmState.NORMAL, False), (AlarmState.ACKNOWLEDGED, True)):
        view.show_detail(replace(detail, alarm_state=state))
        assert colourful(view.findChildren(AlarmMark)[0]) is hue


@pytest.mark.parametrize("width", [360, 455, 560, 900])
def test_a_value_is_drawn_whole_at_every_width(
    dressed: QApplication, qtbot: QtBot, width: int
) -> None:
    theme = Theme.current()
    value = rooms.value(Quality.GOOD, "15\u00a0993,71", "kWh")
    needed = value_width(theme, value)
    pictures = []
    for room in (needed, 20):  # too narrow a rectangle must not cut it either
        image = QImage(needed + 40, 30, QImage.Format.Format_RGB32)
        image.fill(theme.color("panel"))
        painter = QPainter(image)
        paint_value(painter, theme, QRect(image.width() - room, 0, room, 30), value)
        painter.end()
        pictures.append(image)
    assert pictures[0] == pictures[1]
    detail = rooms.equipment(Quality.GOOD, ServiceState.IN_SERVICE)
    points = (replace(detail.points[0], value=value, label="Attente sur la liaison"),)
    view = EquipmentDetailView()
    shown(qtbot, view, width, 700)
    view.show_detail(replace(detail, points=points))
    assert needed + 90 < width


def test_facts_are_broken_and_not_cut(dressed: QApplication, qtbot: QtBot) -> None:
    grid = FactGrid()
    shown(qtbot, grid, 240, 400)
    long = Fact("État", "Ne répond plus", "perdu à 11:40:27")
    grid.show_facts((long, Fact("En dessous", "80 équipements comptés dessous")))
    values = grid.findChildren(WrappedLabel)
    qtbot.waitUntil(lambda: all(value.height() > 20 for value in values))
    for value in values:
        assert value.line_count > 1
        assert value.height() >= value.heightForWidth(value.width())
    grid.show_facts((long,))
    assert [value.isHidden() for value in values] == [False, True]
    assert len(grid.findChildren(WrappedLabel)) == 2, "lines are filled again, not rebuilt"


@pytest.mark.parametrize("size", [(526, 604), (510, 1000), (790, 1000)])
def test_nothing_of_an_incident_is_drawn_over(
    dressed: QApplication, qtbot: QtBot, size: tuple[int, int]
) -> None:
    rows = FakeRows(rooms.queue_rows(40))
    queue = FakeQueue(rows, rooms.incident)
    queue.selected_id = rows.rows[3].id
    view = QueueView(queue, rows)
    shown(qtbot, view, *size)
    qtbot.wait(1)
    QApplication.processEvents()
    detail = view.detail
    log = detail.findChild(QWidget, "incident-log")
    comment = detail.findChild(QWidget, "incident-comment")
    write = detail.findChild(QWidget, "incident-comment-write")
    assert log is not None
    assert comment is not None
    assert write is not None
    spans = [
        (widget.mapTo(view, widget.rect().topLeft()).y(), widget.height())
        for widget in (log, comment, write)
    ]
    for (top, height), (below, _) in pairwise(spans):
        assert top + height <= below
    assert spans[-1][0] + spans[-1][1] <= view.height()
    for label in detail.findChildren(WrappedLabel):
        if label.isVisible():
            assert label.height() >= label.heightForWidth(label.width())


def test_a_foot_without_a_notice_has_no_empty_box(dressed: QApplication, qtbot: QtBot) -> None:
    foot = Foot()
    shown(qtbot, foot, 1280, 32)
    notice = foot.findChild(QWidget, "foot-notice")
    assert notice is not None
    assert not notice.isVisible()
    lines = _vertical_lines(foot)
    assert lines == 1, "only the rule before the keys"
    foot.set_notice(Notice("06:41", "INC-1 : acquittée.", None), 1)
    assert notice.isVisible()


def _vertical_lines(widget: QWidget) -> int:
    image = widget.grab().toImage()
    line = Theme.current().color("line").rgb()
    middle = range(4, image.height() - 4)
    return sum(all(image.pixel(x, y) == line for y in middle) for x in range(image.width()))


def test_a_trend_without_a_value_has_no_axis(dressed: QApplication, qtbot: QtBot) -> None:
    view = TrendView()
    shown(qtbot, view, 440, 190)
    trend = rooms.trend()
    lost = tuple(
        type(point)(point.at_ms, None, None, None, Quality.UNAVAILABLE) for point in trend.points
    )
    view.show_trend(replace(trend, points=lost))
    assert view.findChild(QWidget, "trend-plot") is None
    view.show_trend(trend)
    plot = view.findChild(QWidget, "trend-plot")
    assert plot is not None
    assert plot.isVisible()
    view.show_trend(replace(trend, points=lost))
    assert not plot.isVisible()


def test_an_equipment_panel_keeps_its_least_width(dressed: QApplication, qtbot: QtBot) -> None:
    rows = FakeRows(rooms.equipment_rows(3))
    view = EquipmentView(FakeEquipment(rows, None), rows)
    qtbot.addWidget(view)
    assert view.minimumWidth() >= 360


def test_what_follows_an_emoji_keeps_its_tone(dressed: QApplication, qtbot: QtBot) -> None:
    label = WrappedLabel()
    qtbot.addWidget(label)
    label.say("", "🚒🔥🚒🔥 Rue de Longvic")
    label.resize(600, label.heightForWidth(600))
    picture = label.grab().toImage()
    colours = (
        picture.pixelColor(x, y)
        for x in range(60, picture.width())
        for y in range(picture.height())
    )
    letters = [one.lightness() for one in colours if one.hslSaturation() < 60]
    theme = Theme.current()
    middle = (theme.color("text_1").lightness() + theme.color("text_2").lightness()) / 2
    assert max(letters) < middle, "nothing plain is as bright as what is bold"
