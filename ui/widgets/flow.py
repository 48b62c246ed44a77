"""A layout that puts widgets in lines and starts another line when one is full."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Lay widgets out left to right at their preferred sizes, wrapping; hidden ones take no room.

    Args:
        gap_px: space between widgets and between lines.
        parent: Qt parent.
    """

    def __init__(self, gap_px: int = 6, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gap_px = gap_px
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def put(self, widget: QWidget) -> None:
        """Add a widget and show it now: by itself it would show with the event loop's next turn."""
        self.addWidget(widget)
        parent = self.parentWidget()
        if parent is not None and parent.isVisible():
            widget.show()
            self.setGeometry(self.geometry())

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() + self._gap_px for size in shown)
        return QSize(width, max((size.height() for size in shown), default=0))

    def minimumSize(self) -> QSize:
        shown = [item.minimumSize() for item in self._items if not item.isEmpty()]
        least = QSize(
            max((size.width() for size in shown), default=0),
            max((size.height() for size in shown), default=0),
        )
        # all the lines of the present width: with less, what stands below would be drawn over
        width = self.geometry().width()
        if width >= least.width() > 0:
            least.setHeight(max(least.height(), self.heightForWidth(width)))
        return least

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        x, y, line = rect.left(), rect.top(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if x > rect.left() and x + size.width() > rect.right() + 1:
                x = rect.left()
                y += line + self._gap_px
                line = 0
            if move:
                item.setGeometry(QRect(x, y, min(size.width(), rect.width()), size.height()))
            x += size.width() + self._gap_px
            line = max(line, size.height())
        return y + line - rect.top()
