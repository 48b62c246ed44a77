"""The cells of a list: words, an alarm's mark, a command's chain, a bar that empties."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import patterns
from ui.grid import paint_ground, paint_words
from ui.marks import MIN_PX, blink, paint_alarm
from ui.texts import text
from ui.theme import Theme

_BAR_PX = 64


class CellDelegate(QStyledItemDelegate):
    """Paint the cells of a list, told apart by what they hold.

    Args:
        chosen: returns the id of the chosen row.
        right: by column, whether it stands on the right.
    """

    def __init__(self, theme: Theme, chosen: Callable[[], str], right: Sequence[bool]) -> None:
        super().__init__()
        self._theme = theme
        self._chosen = chosen
        self._right = right

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        theme, rect = self._theme, QRect(option.rect)
        row, cell = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        paint_ground(painter, theme, rect, current=False)
        chosen = row.id == self._chosen()
        if chosen or row.also:
            painter.fillRect(rect.adjusted(0, 0, 0, -1), theme.color("selection"))
            if chosen and index.column() == 0:  # what the acts are about
                bar = QRect(rect.left(), rect.top(), 3, rect.height() - 1)
                painter.fillRect(bar, theme.color("accent"))
        if row.opens:
            painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 2), theme.color("text_3"))
        right = self._right[index.column()]
        room = rect.adjusted(4, 0, -8, 0) if right else rect.adjusted(12, 0, -4, 0)
        self.paint_cell(painter, theme, room, cell, right=right)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.color("accent"), 1))
            painter.drawRect(rect.adjusted(0, 0, -1, -2))
        painter.restore()

    def paint_cell(
        self,
        painter: QPainter,
        theme: Theme,
        room: QRect,
        cell: Any,  # noqa: ANN401 - told apart by its shape: ui knows no class of the console
        *,
        right: bool,
    ) -> None:
        """Draw what a cell holds into ``room``; a panel with contents of its own extends this."""
        if hasattr(cell, "severity"):
            _paint_mark(painter, theme, room, cell)
        elif hasattr(cell, "outcome"):
            top = room.center().y() - patterns.CHAIN_BOX_PX / 2
            boxes = patterns.chain_boxes(cell.outcome, read=cell.read)
            letters = text("ui.command.chain.letters")
            patterns.paint_chain(painter, theme, QPointF(room.left(), top), boxes, letters)
        elif hasattr(cell, "fraction"):
            if cell.fraction is not None:
                track = QRectF(room.left(), room.center().y() - 4, _BAR_PX, 8)
                patterns.paint_limit_bar(painter, theme, track, cell.fraction)
                room = room.adjusted(_BAR_PX + 8, 0, 0, 0)
            paint_words(painter, theme, room, cell.words, right=right)
        else:
            tone = "text_2" if cell.quiet else "text_1"
            said, bold, mono = cell.words, cell.bold, cell.mono
            paint_words(painter, theme, room, said, right=right, bold=bold, mono=mono, tone=tone)


def _paint_mark(painter: QPainter, theme: Theme, room: QRect, cell: Any) -> None:  # noqa: ANN401 - as above
    centre = QPointF(room.left() + MIN_PX / 2 + 3, room.center().y() + 0.5)
    lit = blink().lit
    paint_alarm(
        painter,
        theme,
        centre,
        cell.severity,
        cell.state,
        lit=lit,
        size_px=MIN_PX,
        shelved=cell.quiet,
    )
    if cell.children:
        words = room.adjusted(MIN_PX + 15, 0, 0, 0)  # clear of the contour
        paint_words(painter, theme, words, f"+{cell.children}", tone="text_2")
