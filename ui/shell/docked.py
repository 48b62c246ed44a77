"""Docked sheets inside the window, as notices are; never modal, closed by Esc or their key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from backend_bridge.contract.alarms import AlarmState
from ui.marks import MIN_PX, AlarmMark
from ui.shell.notices import Notice
from ui.texts import text
from ui.theme import Theme
from ui.widgets.buttons import ActionButton
from ui.widgets.labels import TextLabel


class DockedSheet(QWidget):
    """Lie over the window's lower right corner with a two-pixel frame, until closed.

    Opening takes the focus, for the person asked for it; closing gives it back where it was, text
    and caret untouched.
    """

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = Theme.current()
        self._before: QWidget | None = None
        self._taken_px = 0
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        close = ActionButton(text("ui.shell.close"), key=text("ui.key.escape"))
        close.setObjectName("sheet-close")
        close.acted.connect(self.close_sheet)
        self._heading = TextLabel(title, px=15, bold=True)
        head = QHBoxLayout()
        head.addWidget(self._heading, 1)
        head.addWidget(close)
        self._content = QWidget()
        self._scroll = scroll = QScrollArea()
        scroll.setWidget(self._content)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        scroll.setAccessibleName(title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 12)
        layout.addLayout(head)
        layout.addWidget(scroll, 1)
        self.hide()

    @property
    def content(self) -> QWidget:
        """Return the widget to lay rows into."""
        return self._content

    def set_title(self, title: str) -> None:
        """Change the heading, and what assistive tools read."""
        self._heading.say(title)
        self.setAccessibleName(title)
        self._scroll.setAccessibleName(title)

    def to_top(self) -> None:
        """Show the beginning of what it holds."""
        self._scroll.verticalScrollBar().setValue(0)

    def wanted_size(self) -> QSize:
        """Return the size the sheet takes when the window has room for it."""
        return QSize(520, min(640, self._content.sizeHint().height() + 76))

    def toggle(self) -> None:
        """Open the sheet, or close it when it is open."""
        if self.isVisible():
            self.close_sheet()
            return
        self._before = QApplication.focusWidget()
        self.place()
        self.show()
        self.raise_()
        # the arrows scroll what was opened
        self._scroll.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_sheet(self) -> None:
        """Hide the sheet and give the focus back."""
        before, self._before = self._before, None
        if before is not None:
            # before hiding: Qt would move the focus on as Tab does, and select all of a field
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()

    def place(self) -> None:
        """Stand in the lower right corner, above the foot, inside the window.

        Where other sheets are open, beside them: what somebody writes in is never covered, unless
        the window has no room for both.
        """
        parent = self.parentWidget()
        if parent is None:
            return
        foot = self._theme.px("foot")
        above = parent.findChild(QWidget, "strip")  # of more than one line where it is narrow
        strip = self._theme.px("strip") if above is None else above.height()
        room = parent.rect().adjusted(8, strip + 8, -8, -foot - 8)
        size = self.wanted_size().boundedTo(room.size())
        if not self.isVisible():
            self._taken_px = self._taken(room)
        right = room.right() - self._taken_px
        if right - size.width() < room.left():
            right = room.right()
        corner = QPoint(right - size.width() + 1, room.bottom() - size.height() + 1)
        self.setGeometry(QRect(corner, size))

    def _taken(self, room: QRect) -> int:
        """Return how many pixels from the right other open sheets take."""
        parent = self.parentWidget()
        others = [] if parent is None else parent.findChildren(DockedSheet)
        open_ = [one for one in others if one is not self and one.isVisible()]
        return max((room.right() - one.x() + 9 for one in open_), default=0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("panel"))
        painter.setPen(QPen(self._theme.color("text_1"), 2))
        painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()


class NoticeSheet(DockedSheet):
    """List the last notices, newest first, with their times."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(text("ui.notice.title"), parent)
        self.setObjectName("notices")
        self._grid = QGridLayout(self.content)
        self._grid.setContentsMargins(0, 8, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self._grid.setVerticalSpacing(8)

    def fill(self, notices: Sequence[Notice]) -> None:
        """Show these notices, newest first."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        if not notices:
            self._grid.addWidget(TextLabel(text("ui.notice.none"), tone="text_2"), 0, 0, 1, 2)
        for row, notice in enumerate(notices):
            self._grid.addWidget(
                TextLabel(notice.at, tone="text_2"), row, 0, Qt.AlignmentFlag.AlignTop
            )
            self._grid.addWidget(TextLabel(notice.text, wrap=True), row, 1)
            if notice.severity is not None:
                mark = AlarmMark(MIN_PX)
                mark.set_alarm(notice.severity, AlarmState.ACKNOWLEDGED)
                self._grid.addWidget(mark, row, 2, Qt.AlignmentFlag.AlignTop)
        self._grid.setRowStretch(len(notices) + 1, 1)
