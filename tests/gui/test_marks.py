"""Alarm marks and patterns: told apart without colour, flashing together, cores steady."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QPointF, QRectF, QTimer
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from backend_bridge.contract.alarms import AlarmState, Severity
from backend_bridge.contract.commands import CommandOutcome
from ui import patterns
from ui.marks import AlarmMark, Blink, blink, outset, paint_alarm
from ui.theme import Theme

SIDE = 60


def picture(theme: Theme, draw: object) -> QImage:
    """Return what ``draw(painter)`` leaves on a panel's ground."""
    image = QImage(SIDE, SIDE, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(theme.color("panel"))
    painter = QPainter(image)
    assert callable(draw)
    draw(painter)
    painter.end()
    return image


def mark(
    theme: Theme, severity: Severity, state: AlarmState, *, lit: bool = True, shelved: bool = False
) -> QImage:
    return picture(
        theme,
        lambda painter: paint_alarm(
            painter,
            theme,
            QPointF(SIDE / 2, SIDE / 2),
            severity,
            state,
            lit=lit,
            size_px=24,
            shelved=shelved,
        ),
    )


def greys(image: QImage) -> list[int]:
    """Return the image as somebody without colour sees it."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return [grey.pixelColor(x, y).red() for y in range(SIDE) for x in range(SIDE)]


def differs(one: QImage, other: QImage, by: int = 40) -> int:
    """Return how many pixels differ clearly in grey."""
    pairs = zip(greys(one), greys(other), strict=True)
    return sum(abs(a - b) > by for a, b in pairs)


@pytest.mark.parametrize("name", ["dark", "light"])
def test_severities_and_states_differ_without_colour(dressed: QApplication, name: str) -> None:
    theme = Theme(name)
    states = (AlarmState.UNACKNOWLEDGED, AlarmState.ACKNOWLEDGED, AlarmState.RETURNED)
    pictures = {
        (severity, state): mark(theme, severity, state) for severity in Severity for state in states
    }
    for severity in Severity:
        pictures[severity, AlarmState.NORMAL] = mark(
            theme, severity, AlarmState.ACKNOWLEDGED, shelved=True
        )
    for one, other in itertools.combinations(pictures, 2):
        assert differs(pictures[one], pictures[other]) > 12, (one, other)


def test_only_the_contour_flashes_and_the_core_is_steady(dressed: QApplication) -> None:
    theme = Theme("dark")
    for severity in Severity:
        lit = mark(theme, severity, AlarmState.UNACKNOWLEDGED)
        dark = mark(theme, severity, AlarmState.UNACKNOWLEDGED, lit=False)
        assert differs(lit, dark, by=8) > 20
        middle = range(SIDE // 2 - 4, SIDE // 2 + 4)
        for x, y in itertools.product(middle, middle):
            assert lit.pixelColor(x, y) == dark.pixelColor(x, y)
        assert dark == mark(theme, severity, AlarmState.ACKNOWLEDGED)
        returned = mark(theme, severity, AlarmState.RETURNED)
        assert returned == mark(theme, severity, AlarmState.RETURNED, lit=False)


def test_core_is_in_the_severitys_colour_and_hollow_when_returned(dressed: QApplication) -> None:
    theme = Theme("dark")
    for severity in Severity:
        filled = mark(theme, severity, AlarmState.ACKNOWLEDGED)
        colour = theme.color(f"alarm_{int(severity)}")
        at = (SIDE // 2 - 6, SIDE // 2 + (7 if severity is Severity.HIGH else -6))
        assert filled.pixelColor(*at) == QColor(colour), severity


def test_one_timer_flashes_the_whole_room(dressed: QApplication, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    marks = [AlarmMark(parent=window) for _ in range(40)]
    for widget in marks:
        widget.set_alarm(Severity.HIGH, AlarmState.UNACKNOWLEDGED)
    assert len(dressed.findChildren(Blink)) == 1
    assert len(blink().findChildren(QTimer)) == 1
    assert not window.findChildren(QTimer)
    lit = blink().lit
    with qtbot.waitSignal(blink().flipped, timeout=3000):
        pass
    assert blink().lit is not lit


def test_outset_moves_each_edge_outward() -> None:
    square = [QPointF(0, 0), QPointF(10, 0), QPointF(10, 10), QPointF(0, 10)]
    polygon = outset(square, 4)
    points = [polygon.at(place) for place in range(polygon.count())]
    grown = [(point.x(), point.y()) for point in points]
    assert grown == [(-4, -4), (14, -4), (14, 14), (-4, 14)]


@pytest.mark.parametrize("name", ["dark", "light"])
def test_quality_words_differ_without_colour_in_swatch_and_bar(
    dressed: QApplication, name: str
) -> None:
    theme = Theme(name)
    box = QRectF(10, 16, 40, 26)
    swatches = {
        word: picture(theme, lambda p, word=word: patterns.paint_swatch(p, theme, box, word))
        for word in patterns.WORDS
    }
    bars = {
        word: picture(
            theme,
            lambda p, word=word: patterns.paint_limit_bar(p, theme, box, 0.6, word=word),
        )
        for word in patterns.WORDS
    }
    for pictures in (swatches, bars):
        for one, other in itertools.combinations(pictures, 2):
            assert differs(pictures[one], pictures[other], by=20) > 20, (one, other)


def test_age_ring_empties_clockwise_then_turns_into_a_square(dressed: QApplication) -> None:
    theme = Theme("dark")
    box = QRectF(10, 10, 40, 40)

    def ring(fraction: float | None) -> QImage:
        return picture(theme, lambda p: patterns.paint_age_ring(p, theme, box, fraction))

    full = theme.color("text_1").lightness() - 20
    right, left = (46, 30), (14, 30)
    assert ring(0.0).pixelColor(*right).lightness() > full
    half = ring(0.5)
    # the first half to go is the right one: from twelve o'clock clockwise
    assert half.pixelColor(*right).lightness() < full
    assert half.pixelColor(*left).lightness() > full
    assert ring(0.99).pixelColor(*left).lightness() < full
    late, never = ring(1.0), ring(None)
    assert late == ring(7.5)
    assert differs(late, never, by=20) > 20


def test_chain_never_shows_verified_before_it_was_read_back() -> None:
    for outcome in CommandOutcome:
        boxes = patterns.chain_boxes(outcome)
        assert len(boxes) == 4
        assert (boxes[3] == "done") is (outcome is CommandOutcome.CONFIRMED), outcome
    assert patterns.chain_boxes(CommandOutcome.UNKNOWN)[2] == "unknown"
    assert patterns.chain_boxes(CommandOutcome.EXPIRED)[1] == "failed"


def test_overdue_bar_passes_its_limit_with_a_head(dressed: QApplication) -> None:
    theme = Theme("dark")
    box = QRectF(5, 20, 50, 12)
    full = picture(theme, lambda p: patterns.paint_limit_bar(p, theme, box, 1.0, limits=(0.8,)))
    over = picture(theme, lambda p: patterns.paint_limit_bar(p, theme, box, 1.3, limits=(0.8,)))
    assert differs(full, over, by=20) > 4
