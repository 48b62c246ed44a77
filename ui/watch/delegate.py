"""Draw one cause to watch on 48 pixels: why, what and where, what hangs on it, since when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from ui import icons, patterns
from ui.equipment.branch import INDENT_PX, paint_arrow
from ui.incidents.delegate import paint_row_ground
from ui.theme import Theme
from ui.widgets.labels import paint_strong_plain

_SWATCH_X = 12
_SWATCH_W = 26
_ICON_X = 48
_TEXT_X = 74
_PAD = 12
_SINCE_W = 160
_NARROW_SINCE_W = 116
_ROOMY_PX = 520
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class WatchRow(Protocol):
    """One cause to watch; texts are finished."""

    @property
    def id(self) -> str: ...
    @property
    def icon(self) -> str: ...
    @property
    def words(self) -> Sequence[str]: ...
    @property
    def title(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def since(self) -> str: ...
    @property
    def lasting(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def unfolded(self) -> bool: ...
    @property
    def depth(self) -> int: ...


def cause_of(index: QModelIndex | QPersistentModelIndex) -> WatchRow | None:
    """Return the row object a model hands out, ``None`` when there is none."""
    row: WatchRow | None = index.data(Qt.ItemDataRole.UserRole)
    return row


class WatchDelegate(QStyledItemDelegate):
    """Paint rows whose ``UserRole`` is a :class:`WatchRow`."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

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
        row = cause_of(index)
        if row is None:
            return
        theme, rect = self._theme, option.rect
        painter.save()
        paint_row_ground(painter, theme, rect, option.state)
        tops = (rect.top() + 15,) if len(row.words) == 1 else (rect.top() + 4, rect.top() + 26)
        for top, word in zip(tops, row.words, strict=False):
            box = QRectF(rect.left() + _SWATCH_X, top, _SWATCH_W, 18)
            patterns.paint_value_sign(painter, theme, box, word)
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        painter.drawPixmap(
            rect.left() + _ICON_X + row.depth * INDENT_PX,
            rect.top() + 6,
            icons.pixmap(row.icon, theme, "text_2", 16, ratio),
        )
        if row.kind:
            arrow = QPointF(rect.left() + _ICON_X + 8, rect.top() + 34.5)
            paint_arrow(painter, theme, arrow, row.unfolded)
        right = rect.right() - _PAD
        since_w = _SINCE_W if rect.width() >= _ROOMY_PX else _NARROW_SINCE_W
        self._paint_since(painter, row, QRect(right - since_w, rect.top() + 4, since_w, 40))
        right -= since_w + _PAD
        left = rect.left() + _TEXT_X + row.depth * INDENT_PX
        paint_strong_plain(
            painter, theme, QRect(left, rect.top() + 4, right - left, 20), row.title, row.place
        )
        second = QRect(left, rect.top() + 24, right - left, 20)
        self._paint_plain(painter, second, row.state, Qt.AlignmentFlag.AlignVCenter)
        painter.restore()

    def _paint_since(self, painter: QPainter, row: WatchRow, rect: QRect) -> None:
        first = QRect(rect.left(), rect.top(), rect.width(), 20)
        if row.lasting:
            font = self._theme.font(13, bold=True)
            painter.setFont(font)
            painter.setPen(self._theme.color("text_1"))
            painter.drawText(first, _RIGHT, row.lasting)
            first.translate(0, 20)
        self._paint_plain(painter, first, row.since, _RIGHT)

    def _paint_plain(
        self, painter: QPainter, rect: QRect, words: str, flags: Qt.AlignmentFlag
    ) -> None:
        font = self._theme.font(12)
        painter.setFont(font)
        painter.setPen(self._theme.color("text_2"))
        shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, flags, shown)
