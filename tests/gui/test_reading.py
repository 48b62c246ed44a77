"""A sentence is read off the picture itself: cut, covered or faint, it is not read."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.scenarios.hand import pixels_of
from console.scenarios.reading import unread
from ui.theme import Theme
from ui.widgets.labels import TextLabel

SAID = "Lever\u00a0: un véhicule est sur la boucle, la borne ne peut pas se lever maintenant."


@pytest.fixture
def page(dressed: QApplication, qtbot: QtBot) -> QWidget:
    page = QWidget()
    qtbot.addWidget(page)
    page.setAutoFillBackground(True)
    palette = page.palette()
    palette.setColor(QPalette.ColorRole.Window, Theme.current().color("panel"))
    page.setPalette(palette)
    layout = QVBoxLayout(page)
    layout.addWidget(TextLabel(SAID, tone="text_2", wrap=True))
    layout.addStretch(1)
    page.resize(700, 200)
    page.show()
    return page


@pytest.mark.parametrize("width", [700, 333, 210])
def test_a_sentence_is_read_however_it_is_broken(page: QWidget, width: int) -> None:
    page.resize(width, 240)
    QApplication.processEvents()
    assert unread(pixels_of(page), SAID) == ""


def test_another_sentence_or_a_fainter_one_is_not_read(page: QWidget) -> None:
    picture = pixels_of(page)
    assert unread(picture, SAID.replace("boucle", "bouche"))
    assert unread(picture, SAID, tone="text_3") == SAID


def test_what_is_covered_is_not_read(page: QWidget) -> None:
    cover = QWidget(page)
    cover.setAutoFillBackground(True)
    cover.setGeometry(300, 0, 60, 200)
    cover.show()
    assert unread(pixels_of(page), SAID)


def test_what_is_scrolled_out_of_sight_is_not_read(dressed: QApplication, qtbot: QtBot) -> None:
    area = QScrollArea()
    qtbot.addWidget(area)
    inside = QWidget()
    layout = QVBoxLayout(inside)
    layout.addSpacing(300)
    layout.addWidget(TextLabel(SAID, tone="text_2", wrap=True))
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.resize(400, 200)
    area.show()
    QApplication.processEvents()
    assert unread(pixels_of(area), SAID) == SAID
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    assert unread(pixels_of(area), SAID) == ""
