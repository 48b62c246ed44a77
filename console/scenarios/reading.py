"""Read a sentence off the screen: its very pixels, line by line, whole and uncovered."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFontMetricsF, QImage, QPainter

from ui.theme import Theme

_BYTES = 4
"""Of one pixel, 32-bit RGB."""


def unread(picture: QImage, said: str, *, px: int = 13, tone: str = "text_2") -> str:
    """Return the words of a sentence that a picture does not show, empty when it shows them all.

    The sentence is painted anew as labels paint theirs, on a panel's ground, and looked for pixel
    by pixel: what is elided, clipped, covered or of another contrast is not found. It may be
    broken into lines between any two words.

    Args:
        picture: 32-bit RGB, one device pixel for each logical one.
        said: with ordinary spaces where it may be broken.
        px: size of the type.
        tone: token of its colour.
    """
    rows = _rows(picture)
    words = said.split(" ")
    while words:
        line = next(
            (n for n in range(len(words), 0, -1) if _shows(rows, " ".join(words[:n]), px, tone)), 0
        )
        if not line:
            return " ".join(words)
        words = words[line:]
    return ""


def _shows(rows: list[bytes], line: str, px: int, tone: str) -> bool:
    """Return whether a line stands somewhere in a picture."""
    sought = _rows(_painted(line, px, tone))
    if not sought:
        return True
    key = max(range(len(sought)), key=lambda number: len(set(sought[number])))
    for y, row in enumerate(rows):
        at = row.find(sought[key])
        while at >= 0:
            top = y - key
            same = top >= 0 and top + len(sought) <= len(rows)
            if same and all(
                rows[top + n][at : at + len(part)] == part for n, part in enumerate(sought)
            ):
                return True
            at = row.find(sought[key], at + 1)
    return False


def _painted(line: str, px: int, tone: str) -> QImage:
    """Return a line as a label paints it, cut to its ink."""
    theme = Theme.current()
    font = theme.font(px)
    metrics = QFontMetricsF(font)
    width, height = int(metrics.horizontalAdvance(line)) + 8, int(metrics.height()) + 8
    image = QImage(width, height, QImage.Format.Format_RGB32)
    ground = theme.color("panel")
    image.fill(ground)
    painter = QPainter(image)
    painter.setFont(font)
    painter.setPen(theme.color(tone))
    painter.drawText(QPointF(4, 4 + round(metrics.ascent())), line)
    painter.end()
    empty = ground.rgb()
    inked = [(x, y) for y in range(height) for x in range(width) if image.pixel(x, y) != empty]
    if not inked:
        return QImage()
    left, right = min(x for x, _ in inked), max(x for x, _ in inked)
    top, bottom = min(y for _, y in inked), max(y for _, y in inked)
    return image.copy(left, top, right - left + 1, bottom - top + 1)


def _rows(image: QImage) -> list[bytes]:
    """Return the pixels of an image row by row."""
    data, stride = image.constBits(), image.bytesPerLine()
    whole, width = bytes(data) if data is not None else b"", image.width() * _BYTES
    return [whole[y * stride : y * stride + width] for y in range(image.height())]
