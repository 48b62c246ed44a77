"""A label that breaks its words into lines instead of cutting them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Theme

_GAP = "\u2002"
"""Between the bold and the plain part; may end a line."""
_MEASURED_FROM_PX = 80
"""Narrower than this a widget has not been laid out yet."""


class WrappedLabel(QWidget):
    """Show a bold part in text 1 and a plain part in text 2, whole, on as many lines as they need.

    For what must never be cut: codes, values, places. Asks for height by the width it is given.

    Args:
        px: size in pixels.
        parent: Qt parent.
    """

    def __init__(self, *, px: int = 13, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = Theme.current()
        self._px = px
        self._strong = ""
        self._plain = ""
        self._lines: dict[int, tuple[QTextLayout, int]] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def say(self, strong: str, plain: str = "") -> None:
        """Show ``strong`` in bold, then ``plain``."""
        if (strong, plain) == (self._strong, self._plain):
            return
        self._strong, self._plain = strong, plain
        self._lines.clear()
        self.setAccessibleName(" ".join(part for part in (strong, plain) if part))
        self.updateGeometry()
        self.update()

    @property
    def line_count(self) -> int:
        """Return how many lines the words take at the present width."""
        return self._laid(self.width())[0].lineCount()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._laid(width)[1]

    def sizeHint(self) -> QSize:
        return QSize(160, self._laid(max(self.width(), 60))[1])

    def minimumSizeHint(self) -> QSize:
        # the height its present width needs: a layout that gives less draws lines over others
        known = self.width() >= _MEASURED_FROM_PX
        return QSize(40, self._laid(self.width())[1] if known else self._line_px())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:  # a laid text holds the theme's colours
            self._lines.clear()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self._theme.color("text_1"))
        self._laid(self.width())[0].draw(painter, QPointF(0, 0))
        painter.end()

    def _line_px(self) -> int:
        return round(self._px * 1.4)

    def _laid(self, width: int) -> tuple[QTextLayout, int]:
        found = self._lines.get(width)
        if found is None:
            if len(self._lines) > 4:
                self._lines.clear()
            found = self._lines[width] = self._lay(width)
        return found

    def _lay(self, width: int) -> tuple[QTextLayout, int]:
        gap = _GAP if self._strong and self._plain else ""
        layout = QTextLayout(self._strong + gap + self._plain, self._theme.font(self._px))
        option = QTextOption(Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        bold = QTextCharFormat()
        bold.setFontWeight(QFont.Weight.Bold)
        plain = QTextCharFormat()
        plain.setForeground(self._theme.color("text_2"))
        formats = []
        for start, length, kind in (
            (0, _units(self._strong), bold),
            (_units(self._strong + gap), _units(self._plain), plain),
        ):
            part = QTextLayout.FormatRange()
            part.start, part.length, part.format = start, length, kind
            formats.append(part)
        layout.setFormats(formats)
        layout.beginLayout()
        top, step = 0.0, self._line_px()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(20, width))
            line.setPosition(QPointF(0, top + (step - line.height()) / 2))
            top += step
        layout.endLayout()
        return layout, max(step, round(top))


def _units(words: str) -> int:
    """Return how long Qt takes words to be: an emoji counts as two."""
    return len(words.encode("utf-16-le")) // 2
