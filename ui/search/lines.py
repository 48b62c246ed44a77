"""The rows a search found, and beneath them what they do not say."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui import icons
from ui.dragging import Dragged, begin, far_enough
from ui.search.source import HitFacts, SearchSource
from ui.texts import text
from ui.theme import Theme
from ui.widgets.buttons import key_chip_width, paint_key_chip
from ui.widgets.labels import TextLabel, paint_strong_plain

ROW_PX = 28
_TEXT_X = 40
_PAD = 10


class SearchLines(QWidget):
    """Show what a search found; the keyboard stays in the field above.

    Signals:
        taking: a row is about to be taken: give the keyboard back first.
        grown: more or fewer rows: the sheet wants another height.
    """

    taking = Signal()
    grown = Signal()

    def __init__(self, source: SearchSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._rows = _Rows()
        self._rows.setObjectName("search-rows")
        self._rows.pressed.connect(self.take)
        self._note = TextLabel(tone="text_2", px=12, wrap=True)
        self._note.setObjectName("search-note")
        self._note.setContentsMargins(12, 6, 12, 6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._rows)
        layout.addWidget(self._note)
        self._moved = False
        self._taken = source.taken
        self.refresh()

    @property
    def current(self) -> int:
        """Return the row Enter would take, -1 for none."""
        return self._rows.current

    @property
    def count(self) -> int:
        """Return how many rows are shown."""
        return len(self._rows.hits)

    def typed(self) -> None:
        """Follow the search again: another text, no row was chosen by hand."""
        self._moved = False

    def refresh(self) -> None:
        """Show what was found by now."""
        rows = tuple(self._source.rows)
        current = self._rows.current
        if not self._moved or current >= len(rows):
            current = self._source.proposed
        before = len(self._rows.hits)
        self._rows.show_hits(rows, current)
        note = self._source.note
        changed = note != self._note.text() or len(rows) != before
        self._note.say(note)
        self._note.setVisible(bool(note))
        if changed:
            self.grown.emit()
        if self._source.taken != self._taken:
            self._taken = self._source.taken
            self.taking.emit()  # Enter came before what it was to take

    def move_current(self, steps: int) -> None:
        """Choose a row further down, or up when negative; stops at both ends."""
        if self._rows.hits:
            self._moved = True
            last = len(self._rows.hits) - 1
            self._rows.show_hits(self._rows.hits, min(last, max(0, self._rows.current + steps)))

    def take(self, row: int | None = None) -> None:
        """Take a row, the current one when none is named."""
        chosen = self._rows.current if row is None else row
        if 0 <= chosen < len(self._rows.hits):
            self.taking.emit()
        self._source.enter(chosen)
        self._taken = self._source.taken

    def wanted_height(self, width: int) -> int:
        """Return the height all rows and the note take at a width, in pixels."""
        note = self._note.heightForWidth(width) if self._note.text() else 0
        return ROW_PX * len(self._rows.hits) + note


class _Rows(QWidget):
    pressed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._theme = Theme.current()
        self.hits: tuple[HitFacts, ...] = ()
        self.current = -1
        self._under = -1
        self._held: QPointF | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_hits(self, hits: tuple[HitFacts, ...], current: int) -> None:
        self.hits, self.current = hits, current
        self.setFixedHeight(ROW_PX * len(hits))
        chosen = hits[current] if 0 <= current < len(hits) else None
        name = f"{chosen.title} {chosen.detail}" if chosen is not None else ""
        self.setAccessibleName(text("search.results", count=len(hits)))
        self.setAccessibleDescription(name)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(420, ROW_PX * len(self.hits))

    def leaveEvent(self, event: QEvent) -> None:
        self._under = -1
        self.update()
        super().leaveEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._under = self._at(event.position())
        self.update()
        held = self._held
        if held is not None and far_enough(held, event.position()):
            self._held = None
            self._drag(self._at(held))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # the field above keeps the keyboard
        left = event.button() is Qt.MouseButton.LeftButton
        self._held = event.position() if left else None

    def _drag(self, row: int) -> None:
        hit = self.hits[row] if row >= 0 else None
        if hit is not None and hit.kind in ("equipment", "incident"):
            found = {hit.kind: (hit.key,) if hit.kind == "equipment" else hit.key}
            begin(self, Dragged(**found), hit.title)  # type: ignore[arg-type]  # by its kind

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._held is None:
            return  # it was dragged away
        self._held = None
        row = self._at(event.position())
        if row >= 0 and event.button() is Qt.MouseButton.LeftButton:
            self.pressed.emit(row)

    def _at(self, position: QPointF) -> int:
        row = int(position.y() // ROW_PX)
        return row if 0 <= row < len(self.hits) else -1

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        for place, hit in enumerate(self.hits):
            self._paint_row(painter, QRect(0, place * ROW_PX, self.width(), ROW_PX), place, hit)
        painter.end()

    def _paint_row(self, painter: QPainter, rect: QRect, place: int, hit: HitFacts) -> None:
        theme = self._theme
        if place == self.current:
            painter.fillRect(rect, theme.color("selection"))
            bar = QRect(rect.left(), rect.top(), theme.px("selection_bar"), rect.height())
            painter.fillRect(bar, theme.color("accent"))
        elif place == self._under:
            painter.fillRect(rect, theme.color("hover"))
        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        ratio = self.devicePixelRatioF()
        painter.drawPixmap(
            rect.left() + 14, rect.top() + 6, icons.pixmap(hit.icon, theme, ratio=ratio)
        )
        right = rect.right() - _PAD
        for key in (text("ui.key.enter") if place == self.current else "", hit.shortcut):
            if not key:
                continue
            width = key_chip_width(theme, key)
            paint_key_chip(painter, theme, QRect(right - width, rect.top() + 4, width, 19), key)
            right -= width + _PAD
        words = QRect(rect.left() + _TEXT_X, rect.top(), right - rect.left() - _TEXT_X, ROW_PX - 1)
        paint_strong_plain(painter, theme, words, hit.title, hit.detail)
