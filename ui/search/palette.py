"""The palette: everything of the city and everything that can be done here, from one line."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.search.field import SearchEdit
from ui.search.source import SearchSource
from ui.texts import text
from ui.theme import Theme
from ui.widgets.buttons import KeyHint
from ui.widgets.labels import TextLabel

WIDTH_PX = 640


class Palette(QWidget):
    """Lie over the top of a window while somebody searches; the foot's alarm stays in sight.

    Opening takes the keyboard, for the person asked for it; Esc and taking a row give it back
    where it was. What was typed stays for the next time, selected.
    """

    def __init__(self, source: SearchSource, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = Theme.current()
        self.setObjectName("palette")
        self.setAccessibleName(text("search.palette.title"))
        self.edit = SearchEdit(source, text("search.palette.placeholder"), self)
        self.edit.setObjectName("palette-field")
        self.edit.setFont(self._theme.font(15))
        self.edit.setMinimumHeight(36)
        self.edit.left.connect(self.hide)
        self.edit.lines.grown.connect(self.place)
        head = QHBoxLayout()
        head.addWidget(TextLabel(text("search.palette.title"), bold=True))
        head.addStretch(1)
        head.addWidget(KeyHint(text("ui.key.escape"), text("search.palette.escape")))
        top = QVBoxLayout()
        top.setContentsMargins(12, 8, 12, 8)
        top.setSpacing(8)
        top.addLayout(head)
        top.addWidget(self.edit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self.edit.lines)
        layout.addStretch(1)
        self._head = top
        self.hide()

    def toggle(self) -> None:
        """Open the palette, or close it when it is open."""
        if self.isVisible():
            self.edit.give_back()
            self.hide()
            return
        self.edit.remember_keyboard()
        self.place()
        self.show()
        self.raise_()
        self.edit.take_keyboard()

    def release(self) -> None:
        """Unsubscribe; call before it is deleted."""
        self.edit.release()

    def place(self) -> None:
        """Stand at the top, under the strip, inside the window and above its foot."""
        parent = self.parentWidget()
        if parent is None:
            return
        foot = self._theme.px("foot")
        above = parent.findChild(QWidget, "strip")  # of more than one line where it is narrow
        strip = self._theme.px("strip") if above is None else above.height()
        width = min(WIDTH_PX, parent.width() - 32)
        room = parent.height() - strip - foot - 24
        wanted = self._head.sizeHint().height() + self.edit.lines.wanted_height(width - 4) + 4
        left = (parent.width() - width) // 2
        self.setGeometry(left, strip + 12, width, min(room, wanted))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("panel"))
        painter.setPen(QPen(self._theme.color("text_1"), 2))
        painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()
