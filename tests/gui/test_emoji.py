"""What people type on telephones is drawn, in colour, in a line of the console's own type."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QFontDatabase, QImage
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ui.theme import Theme

FAMILY = "Noto Color Emoji"
COLOURED = 40
"""Difference between a pixel's strongest and weakest colour that grey text has nowhere."""
PX = 16
ENOUGH = PX * PX // 8


def _coloured(qtbot: QtBot, text: str) -> int:
    """Return how many pixels of a line are clearly coloured."""
    line = QLabel(text)
    line.setFont(Theme.current().font(PX))
    line.setStyleSheet("background: #202020; color: #e0e0e0")
    qtbot.addWidget(line)
    line.adjustSize()
    image = line.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)[..., :3]
    spread = pixels.max(axis=2).astype(int) - pixels.min(axis=2)
    return int((spread > COLOURED).sum())


@pytest.mark.parametrize("text", ["Arbre tombé 🌳 rue Monge", "Tram arrêté 🚋", "Inondation 🌊🚧"])
def test_a_line_with_an_emoji_shows_it(qtbot: QtBot, text: str) -> None:
    if FAMILY not in QFontDatabase.families():
        pytest.skip(f"{FAMILY} is not on this machine: make system installs fonts-noto-color-emoji")
    plain = "".join(letter for letter in text if ord(letter) < 0x2000)
    assert _coloured(qtbot, plain) == 0
    assert _coloured(qtbot, text) > ENOUGH, "drawn as a box, or not at all"
