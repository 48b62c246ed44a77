"""Draw one incident of the queue on 48 pixels: mark, what and where, whose, how late."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from backend_bridge.contract.alarms import AlarmState
from ui import icons, marks, patterns
from ui.incidents.facts import QueueRow
from ui.marks import Blink
from ui.theme import Theme
from ui.widgets.bars import LIMIT_AT, limit_fraction
from ui.widgets.labels import paint_strong_plain

_MARK_X = 26
_TEXT_X = 54
_BAR_W = 128
_OWNER_W = 86
_OWNER_SHARE = 6
"""The part of a roomy row's width that is the owner's column: a seat's whole name, as a rule."""
_PAD = 12
_ROOMY_PX = 600
"""Narrower than this, the bar and the owner's place give room to the words."""
_TIGHT_BAR_W = 124


def row_of(index: QModelIndex | QPersistentModelIndex) -> QueueRow | None:
    """Return the row object a model hands out, ``None`` when there is none."""
    row: QueueRow | None = index.data(Qt.ItemDataRole.UserRole)
    return row


class QueueDelegate(QStyledItemDelegate):
    """Paint rows whose ``UserRole`` is a :class:`ui.incidents.facts.QueueRow`."""

    def __init__(self, theme: Theme, blink: Blink) -> None:
        super().__init__()
        self._theme = theme
        self._blink = blink

    def sizeHint(
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(240, self._theme.px("row_queue"))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row = row_of(index)
        if row is None:
            return
        theme = self._theme
        rect = option.rect
        state = option.state
        painter.save()
        paint_row_ground(painter, theme, rect, state)
        marks.paint_alarm(
            painter,
            theme,
            QPointF(rect.left() + _MARK_X, rect.center().y() + 0.5),
            row.severity,
            row.alarm_state,
            lit=self._blink.lit,
            size_px=marks.ROW_PX,
            shelved=row.alarm_state is AlarmState.NORMAL,
        )
        right = rect.right() - _PAD
        if rect.width() >= 300:
            bar_w = _BAR_W if rect.width() >= _ROOMY_PX else _TIGHT_BAR_W
            self._paint_bar(painter, row, QRect(right - bar_w, rect.top(), bar_w, rect.height()))
            right -= bar_w + _PAD
        left = rect.left() + _TEXT_X
        second = QRect(left, rect.top() + 24, right - left, 20)
        if rect.width() >= 420:
            # The owner stands on the first line alone: the second has the room beneath it too.
            owner_w = self._owner_width(row, rect.width())
            self._paint_owner(painter, row, QRect(right - owner_w, rect.top() + 4, owner_w, 20))
            right -= owner_w + _PAD
        paint_strong_plain(
            painter, theme, QRect(left, rect.top() + 4, right - left, 20), row.title, row.place
        )
        self._paint_sources(painter, row, second)
        painter.restore()

    def _owner_width(self, row: QueueRow, width: int) -> int:
        """Return the owner's room: one column where there is room, else what the word needs."""
        if width >= _ROOMY_PX:
            return width // _OWNER_SHARE
        metrics = QFontMetrics(self._theme.font(13, bold=row.mine))
        return min(_OWNER_W, metrics.horizontalAdvance(row.owner) + 1)

    def _paint_sources(self, painter: QPainter, row: QueueRow, rect: QRect) -> None:
        theme = self._theme
        font = theme.font(12)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        x = rect.left()
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        for source in row.sources:
            text = str(source.count)
            painter.drawPixmap(
                x, rect.top() + 3, icons.pixmap(source.icon, theme, "text_3", 14, ratio)
            )
            painter.setPen(theme.color("text_2"))
            painter.drawText(
                QRect(x + 18, rect.top(), 40, rect.height()), Qt.AlignmentFlag.AlignVCenter, text
            )
            x += 18 + metrics.horizontalAdvance(text) + 10
        left = rect.right() - x
        if left > 20:
            painter.setPen(theme.color("text_2"))
            shown = metrics.elidedText(row.state, Qt.TextElideMode.ElideRight, left)
            painter.drawText(
                QRect(x, rect.top(), left, rect.height()), Qt.AlignmentFlag.AlignVCenter, shown
            )

    def _paint_owner(self, painter: QPainter, row: QueueRow, rect: QRect) -> None:
        font = self._theme.font(13, bold=row.mine)
        painter.setFont(font)
        painter.setPen(self._theme.color("text_1" if row.mine else "text_2"))
        shown = QFontMetrics(font).elidedText(row.owner, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_bar(self, painter: QPainter, row: QueueRow, rect: QRect) -> None:
        theme = self._theme
        if row.fraction is not None:
            patterns.paint_limit_bar(
                painter,
                theme,
                QRectF(rect.left(), rect.top() + 9, rect.width(), 12),
                limit_fraction(row.fraction),
                limits=(LIMIT_AT,),
            )
        line = QRect(rect.left(), rect.top() + 24, rect.width(), 20)
        painter.setFont(theme.font(12, bold=row.overdue))
        painter.setPen(theme.color("text_1" if row.overdue else "text_2"))
        painter.drawText(
            line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, row.elapsed
        )
        left = line.width() - painter.fontMetrics().horizontalAdvance(row.elapsed) - 6
        painter.setFont(theme.font(12))
        painter.setPen(theme.color("text_2"))
        shown = painter.fontMetrics().elidedText(row.limit, Qt.TextElideMode.ElideRight, left)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, shown)


def paint_row_ground(painter: QPainter, theme: Theme, rect: QRect, state: QStyle.StateFlag) -> None:
    """Draw a row's ground: selection with its bar and focus, hover, and the line beneath."""
    selected = bool(state & QStyle.StateFlag.State_Selected)
    hovered = bool(state & QStyle.StateFlag.State_MouseOver)
    if selected:
        painter.fillRect(rect, theme.color("selection"))
        bar = theme.px("selection_bar")
        painter.fillRect(QRect(rect.left(), rect.top(), bar, rect.height()), theme.color("accent"))
    elif hovered:
        painter.fillRect(rect, theme.color("hover"))
    painter.setPen(theme.color("line"))
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())
    if selected and state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(theme.color("accent"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.drawRect(rect.adjusted(1, 1, -2, -2))
