"""The search field of a panel's title bar; what it finds lies over the panel until it is left."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui.search.field import SearchEdit
from ui.search.lines import SearchLines
from ui.search.source import SearchSource
from ui.theme import Theme

WIDEST_PX = 400
SHEET_PX = 520
_MARGIN_PX = 2


class SearchBox(QWidget):
    """Search from a title bar.

    Args:
        source: the presenter.
        placeholder: what can be searched.
        key: the key that comes here, as printed.
        parent: Qt parent.
    """

    def __init__(
        self, source: SearchSource, placeholder: str, key: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        theme = Theme.current()
        self.edit = SearchEdit(source, placeholder, self)
        self.edit.setObjectName("search-field")
        self.edit.setTextMargins(0, 0, 56, 0)  # the hint's place
        self.edit.entered.connect(self._on_edit_entered)
        self.edit.left.connect(self._on_edit_left)
        self._hint = QLabel(key, self.edit)
        self._hint.setFont(theme.font(12))
        self._hint.setProperty("look", "key")
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._sheet: ResultSheet | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, _MARGIN_PX, 0, _MARGIN_PX)
        layout.addWidget(self.edit)
        self.setMinimumWidth(120)
        self.setMaximumWidth(WIDEST_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self.edit)

    @property
    def sheet(self) -> ResultSheet | None:
        """Return what lies over the panel, ``None`` before it was first opened."""
        return self._sheet

    def open(self) -> None:
        """Put the caret in the field."""
        self.edit.take_keyboard()

    def release(self) -> None:
        """Unsubscribe and take the sheet down; call before the box is deleted."""
        self.edit.release()
        if self._sheet is not None:
            self._sheet.hide()
            self._sheet.deleteLater()
            self._sheet = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hint.adjustSize()
        room = self.contentsRect().height() - 2 * _MARGIN_PX
        middle = (room - self._hint.height()) // 2
        self._hint.move(self.edit.width() - self._hint.width() - 8, max(0, middle))
        self._hint.setVisible(self.edit.width() > 180)
        if self._sheet is not None:
            self._sheet.place()

    def _on_edit_entered(self) -> None:
        if self._sheet is None:
            self._sheet = ResultSheet(self, self.edit.lines)
        self._sheet.place()
        self._sheet.show()
        self._sheet.raise_()

    def _on_edit_left(self) -> None:
        if self._sheet is not None:
            self._sheet.hide()


class ResultSheet(QWidget):
    """Lie under a field, over whatever is there, covers included; takes no keyboard."""

    def __init__(self, box: SearchBox, lines: SearchLines) -> None:
        super().__init__(box.window())
        self._box = box
        self._lines = lines
        self._theme = Theme.current()
        self.setObjectName("search-sheet")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.addWidget(lines)
        lines.grown.connect(self.place)
        box.window().installEventFilter(self)

    def place(self) -> None:
        """Stand under the field, inside the window and above its foot."""
        window = self._box.window()
        under = self._box.edit.mapTo(window, QPoint(0, self._box.edit.height() + 2))
        width = min(max(SHEET_PX, self._box.edit.width()), window.width() - 16)
        room = window.height() - under.y() - self._theme.px("foot") - 4
        height = min(room, self._lines.wanted_height(width - 4) + 4)
        # flush with the field's right end: what lies beside its panel stays in sight
        left = max(8, under.x() + self._box.edit.width() - width)
        self.setGeometry(left, under.y(), width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parent() and event.type() is QEvent.Type.Resize and self.isVisible():
            self.place()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("panel"))
        painter.setPen(QPen(self._theme.color("text_1"), 2))
        painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()
