"""Icons of the interface: Material Design glyphs from qtawesome, painted once and kept."""

from __future__ import annotations

import qtawesome
from PySide6.QtGui import QIcon, QPixmap

from ui.theme import Theme

SIZE_PX = 16

_RATIOS = (1.0, 2.0, 3.1)

_pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}


def _full(name: str) -> str:
    return name if name.startswith("mdi6.") else f"mdi6.{name}"


def pixmap(
    name: str, theme: Theme, color: str = "text_2", size_px: int = SIZE_PX, ratio: float = 1.0
) -> QPixmap:
    """Return an icon as a pixmap in a token's colour, from the cache after the first time.

    Args:
        name: glyph, with or without the ``mdi6.`` before it.
        theme: gives the colour.
        color: colour token.
        size_px: side in logical pixels.
        ratio: device pixel ratio of the surface it is drawn on.

    Raises:
        Exception: qtawesome knows no such glyph; a name is never taken from outside data.
    """
    key = (_full(name), theme.hex(color), size_px, ratio)
    found = _pixmaps.get(key)
    if found is None:
        icon: QIcon = qtawesome.icon(key[0], color=key[1])
        side = round(size_px * ratio)
        found = icon.pixmap(side, side)
        found.setDevicePixelRatio(ratio)
        _pixmaps[key] = found
    return found


def icon(name: str, theme: Theme, color: str = "text_2") -> QIcon:
    """Return an icon in a token's colour, the same when disabled: grey has meanings here."""
    found = QIcon()
    for ratio in _RATIOS:  # sharp at every text scale
        found.addPixmap(pixmap(name, theme, color, ratio=ratio))
    return found


def clear_cache() -> None:
    """Forget all pixmaps; they must not outlive the QApplication that painted them."""
    _pixmaps.clear()
