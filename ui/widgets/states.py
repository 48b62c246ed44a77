"""What a panel shows when it has no rows to show: loading, empty and error, never alike."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from ui import patterns
from ui.theme import Theme
from ui.widgets.buttons import ActionButton
from ui.widgets.labels import TextLabel


class Message(QWidget):
    """Say something in the place of data: a title, what it means, and the next step as a button.

    Args:
        pattern: quality word painted before the title, empty for none; an empty list has none, a
            failure has one, so that empty is never taken for broken.
        parent: Qt parent.
    """

    acted = Signal()

    def __init__(self, *, pattern: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = TextLabel(px=15, bold=True, wrap=True)
        self._body = TextLabel(tone="text_2", wrap=True)
        self._code = TextLabel(tone="text_3", px=12, wrap=True)
        self._button = ActionButton("")
        self._button.acted.connect(self.acted)
        head = QHBoxLayout()
        head.setSpacing(8)
        if pattern:
            head.addWidget(_Swatch(pattern), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._title, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 14)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self._body)
        layout.addWidget(self._button)
        layout.addWidget(self._code)
        layout.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def say(self, title: str, body: str, *, action: str = "", code: str = "") -> None:
        """Show what happened, what it means and what to do; the code, if any, comes last."""
        self._title.say(title)
        self._body.say(body)
        self._button.setVisible(bool(action))
        self._button.set_label(action)
        self._code.setVisible(bool(code))
        self._code.say(code)


class OrNothing(QStackedWidget):
    """Show a list, or in its place why it has no rows: empty is never taken for not loaded.

    Args:
        rows: the list.
        title: what there is none of; ``body`` what that means and the next step.
    """

    def __init__(self, rows: QWidget, title: str, body: str) -> None:
        super().__init__()
        self._rows = rows
        self._nothing = Message()
        self._nothing.say(title, body)
        self.addWidget(rows)
        self.addWidget(self._nothing)

    def show_rows(self, *, there_are: bool) -> None:
        """Show the list where it has rows, the message where it has none."""
        self.setCurrentWidget(self._rows if there_are else self._nothing)


class _Swatch(QWidget):
    def __init__(self, word: str) -> None:
        super().__init__()
        self._word = word
        self._theme = Theme.current()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(26, 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        patterns.paint_swatch(painter, self._theme, QRectF(0, 1, 26, 18), self._word)
        painter.end()
