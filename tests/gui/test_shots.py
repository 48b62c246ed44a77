"""Every view renders with rich data, in both themes: pictures that are neither empty nor alike."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tests.gui import shots
from ui.theme import Theme, apply_theme


@pytest.mark.parametrize(
    ("theme", "names"), [("dark", tuple(shots.VIEWS)), ("light", ("empty", "stale", "signin"))]
)
def test_every_view_is_drawn(
    dressed: QApplication, tmp_path: Path, theme: str, names: tuple[str, ...]
) -> None:
    shots.shoot(tmp_path, theme, "fr", list(names))
    pictures = {path.stem: QImage(str(path)) for path in tmp_path.glob("*.png")}
    assert set(pictures) == {f"{name}-{theme}" for name in names}
    seen = set()
    for name, image in pictures.items():
        wide = 1280 if name.startswith("small") else 1920
        assert image.width() == wide, name
        small = image.scaled(96, 54, Qt.AspectRatioMode.IgnoreAspectRatio)
        shades = {small.pixelColor(x, y).lightness() // 16 for x in range(96) for y in range(54)}
        assert len(shades) > 2, f"{name} is blank"
        seen.add(bytes(small.convertToFormat(QImage.Format.Format_Grayscale8).constBits()))
    assert len(seen) == len(pictures)
    apply_theme(dressed, Theme("dark"))
