"""A small table painted by a delegate, walked by the arrow keys, read aloud cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QTableView,
    QWidget,
)

from ui import icons, patterns
from ui.marks import blink
from ui.texts import text
from ui.theme import Theme

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Cell:
    """What a delegate paints, and what a screen reader says."""

    shown: object
    said: str


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head.

    Attributes:
        title: one or two words; empty where ``word`` says it.
        icon: ``mdi6`` glyph above the title, empty for none.
        word: quality or service word whose sign stands instead of a title, empty for none.
        long_title: the title in full, said and shown as a tip.
        left: whether it stands on the left of its column; ``right`` on the right, above numbers.
        scale: (place, words) along the column's bars instead of a title, 0 at their left end and 1
            at the right; ``bar_px`` is how far the bars stay from the column's edges.
    """

    title: str
    icon: str = ""
    word: str = ""
    long_title: str = ""
    left: bool = False
    right: bool = False
    scale: tuple[tuple[float, str], ...] = ()
    bar_px: int = 6


class GridModel(QAbstractTableModel):
    """Hold the cells of one grid; a table of the same shape is renewed in place."""

    def __init__(self) -> None:
        super().__init__()
        self.heads: Sequence[Head] = ()
        self._rows: Sequence[Sequence[Cell]] = ()

    def set_grid(self, heads: Sequence[Head], rows: Sequence[Sequence[Cell]]) -> None:
        """Show these cells.

        While the heads are the same, rows come and go at the end and all are drawn anew: who
        looks at a list keeps the scroll position, the current row and the pointer's.
        """
        before, now = len(self._rows), len(rows)
        if heads != self.heads or not before or not now:
            self.beginResetModel()
            self.heads, self._rows = heads, rows
            self.endResetModel()
            return
        if now > before:
            self.beginInsertRows(_NOWHERE, before, now - 1)
        elif now < before:
            self.beginRemoveRows(_NOWHERE, now, before - 1)
        self._rows = rows
        if now > before:
            self.endInsertRows()
        elif now < before:
            self.endRemoveRows()
        last = self.index(min(before, now) - 1, len(heads) - 1)
        self.dataChanged.emit(self.index(0, 0), last)

    @property
    def rows(self) -> Sequence[Sequence[Cell]]:
        """Return the cells shown."""
        return self._rows

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.heads)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own
        if not index.isValid():
            return None
        cell = self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.UserRole:
            return cell.shown
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return cell.said
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's own
        if orientation == Qt.Orientation.Horizontal and section < len(self.heads):
            head = self.heads[section]
            if role == Qt.ItemDataRole.DisplayRole:
                return head.title
            if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
                return head.long_title or head.title
        return None


class _Heads(QHeaderView):
    """Paint heads: an icon over its word, or a word alone."""

    def __init__(self, model: GridModel, theme: Theme, height: int) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._model = model
        self._theme = theme
        self._height = height
        self.setSectionsClickable(False)
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._height)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:  # noqa: N802 - Qt's name
        theme, head = self._theme, self._model.heads[section]
        painter.save()
        painter.fillRect(rect, theme.color("panel"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("line"))
        words = rect.adjusted(12 if head.left else 2, 0, -8 if head.right else -2, -4)
        if head.icon:
            ratio = self.devicePixelRatioF()
            picture = icons.pixmap(head.icon, theme, ratio=ratio)
            x = rect.center().x() - picture.deviceIndependentSize().width() / 2
            painter.drawPixmap(round(x), rect.top() + 6, picture)
        if head.word:
            sign = QRectF(0, 0, 22, 16)
            sign.moveCenter(QPointF(rect.center().x(), rect.bottom() - 14))
            patterns.paint_swatch(painter, theme, sign, head.word)
        font = theme.font(12)
        painter.setFont(font)
        painter.setPen(theme.color("text_2"))
        if head.scale:
            self._paint_scale(painter, rect, head)
        title = QFontMetrics(font).elidedText(
            head.title, Qt.TextElideMode.ElideRight, words.width()
        )
        side = Qt.AlignmentFlag.AlignHCenter
        if head.left or head.right:
            side = Qt.AlignmentFlag.AlignLeft if head.left else Qt.AlignmentFlag.AlignRight
        painter.drawText(words, side | Qt.AlignmentFlag.AlignBottom, title)
        painter.restore()

    def _paint_scale(self, painter: QPainter, rect: QRect, head: Head) -> None:
        """Draw each figure above its place on the bars, those of the ends within the column."""
        metrics = painter.fontMetrics()
        bar = rect.adjusted(head.bar_px, 0, -head.bar_px, -4)
        for place, words in head.scale:
            width = metrics.horizontalAdvance(words)
            middle = bar.left() + bar.width() * place
            x = min(max(middle - width / 2, rect.left()), rect.right() + 1 - width)
            room = QRectF(x, bar.top(), width, bar.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignBottom, words)


class Grid(QTableView):
    """Show a :class:`GridModel` without grid lines; Enter or a double click chooses a cell.

    Args:
        delegate: paints the cells.
        row_px: height of a row.
        head_px: height of the heads.
    """

    chosen = Signal(int, int)

    def __init__(
        self,
        model: GridModel,
        delegate: QStyledItemDelegate,
        *,
        row_px: int,
        head_px: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        theme = Theme.current()
        self._model = model
        self._delegate = delegate  # a view does not own its delegate
        self.setItemDelegate(delegate)
        self.setModel(model)
        heads = _Heads(model, theme, head_px)
        heads.setAccessibleName(text("ui.grid.heads"))
        self.setHorizontalHeader(heads)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(row_px)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.activated.connect(self._on_activated)
        blink().flipped.connect(self._on_blink_flipped)

    def keyboardSearch(self, _search: str) -> None:
        """Leave letters to the window's keys."""

    def _on_activated(self, index: QModelIndex) -> None:
        self.chosen.emit(index.row(), index.column())

    def _on_blink_flipped(self, _lit: bool) -> None:
        self.viewport().update()


def paint_ground(painter: QPainter, theme: Theme, rect: QRect, *, current: bool) -> None:
    """Draw a cell's ground and the line below it; the current cell wears the focus frame."""
    painter.fillRect(rect, theme.color("panel"))
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("line"))
    if current:
        paint_focus(painter, theme, rect)


def paint_focus(painter: QPainter, theme: Theme, rect: QRect) -> None:
    """Draw the frame of the cell that has the keyboard."""
    painter.setPen(theme.color("accent"))
    painter.drawRect(rect.adjusted(0, 0, -1, -1))
    painter.drawRect(rect.adjusted(1, 1, -2, -2))


def paint_words(
    painter: QPainter,
    theme: Theme,
    room: QRect,
    words: str,
    *,
    right: bool = False,
    bold: bool = False,
    mono: bool = False,
    tone: str = "text_1",
) -> None:
    """Draw a cell's words in the middle of its height, shortened at the end where they are long."""
    painter.setFont(theme.font(13, bold=bold, mono=mono))
    painter.setPen(theme.color(tone))
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, shown)
