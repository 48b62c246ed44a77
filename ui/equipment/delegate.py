"""Draw one equipment on a row: mark, code, name and place, service state, value with quality."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from backend_bridge.contract.alarms import AlarmState
from backend_bridge.contract.quality import Quality, ServiceState
from ui import icons, marks, patterns
from ui.equipment.branch import ARROW_W, INDENT_PX, BranchRow, paint_branch
from ui.equipment.facts import EquipmentRow
from ui.equipment.pointline import paint_value, value_width
from ui.incidents.delegate import paint_row_ground
from ui.marks import Blink
from ui.theme import Theme
from ui.widgets.labels import paint_strong_plain

_PAD = 10
_MARK_W = 34
_EDGE = 8
"""Room left of a mark: its contour keeps clear of the bar of a chosen row."""
_VALUE_W = 72
_SWATCH_W = 26
_ROOMY_PX = 360


def branch_of(index: QModelIndex | QPersistentModelIndex) -> BranchRow | None:
    """Return the branch in a row, ``None`` for an equipment or none."""
    row = index.data(Qt.ItemDataRole.UserRole)
    branch: BranchRow | None = row if hasattr(row, "open") else None
    return branch


def equipment_of(index: QModelIndex | QPersistentModelIndex) -> EquipmentRow | None:
    """Return the equipment in a row, ``None`` for a branch or none."""
    row = index.data(Qt.ItemDataRole.UserRole)
    equipment: EquipmentRow | None = None if hasattr(row, "open") else row
    return equipment


class EquipmentDelegate(QStyledItemDelegate):
    """Paint rows whose ``UserRole`` is a :class:`ui.equipment.facts.EquipmentRow` or a branch's."""

    def __init__(self, theme: Theme, blink: Blink) -> None:
        super().__init__()
        self._theme = theme
        self._blink = blink

    def sizeHint(
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(240, self._theme.px("row"))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        theme, rect = self._theme, option.rect
        branch, row = branch_of(index), equipment_of(index)
        painter.save()
        paint_row_ground(painter, theme, rect, option.state)
        if branch is not None:
            paint_branch(painter, theme, rect, branch, lit=self._blink.lit)
        elif row is not None:
            self._paint_equipment(painter, row, rect)
        painter.restore()

    def _paint_equipment(self, painter: QPainter, row: EquipmentRow, rect: QRect) -> None:
        theme = self._theme
        left = rect.left() + 4
        if row.depth:
            left += row.depth * INDENT_PX + ARROW_W - _MARK_W  # the icon stands under a branch's
        left = max(left, rect.left() + _EDGE)
        if row.severity is not None:
            marks.paint_alarm(
                painter,
                theme,
                QPointF(left + _MARK_W / 2, rect.center().y() + 0.5),
                row.severity,
                row.alarm_state or AlarmState.NORMAL,
                lit=self._blink.lit,
                size_px=marks.MIN_PX,
            )
        left += _MARK_W
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        painter.drawPixmap(
            left, rect.center().y() - 7, icons.pixmap(row.icon, theme, "text_2", 16, ratio)
        )
        left += 24
        right = self._paint_right(painter, row, rect)
        paint_strong_plain(
            painter,
            theme,
            QRect(left, rect.top(), right - left, rect.height()),
            row.title,
            " · ".join(part for part in (row.name, row.place) if part and part != row.title),
        )

    def _paint_right(self, painter: QPainter, row: EquipmentRow, rect: QRect) -> int:
        theme = self._theme
        right = rect.right() - _PAD
        swatch = QRectF(right - _SWATCH_W, rect.center().y() - 8, _SWATCH_W, 18)
        if row.value is not None:
            if row.value.quality is not Quality.GOOD:
                patterns.paint_swatch(painter, theme, swatch, row.value.quality.word)
            right -= _SWATCH_W + 6
            value_w = _VALUE_W if rect.width() >= _ROOMY_PX else _VALUE_W - 28
            value_w = max(value_w, value_width(theme, row.value, px=13))
            paint_value(
                painter,
                theme,
                QRect(right - value_w, rect.top(), value_w, rect.height()),
                row.value,
                px=13,
            )
            right -= value_w + 8
        if row.service is not ServiceState.IN_SERVICE:
            box = QRectF(right - _SWATCH_W, rect.center().y() - 8, _SWATCH_W, 18)
            patterns.paint_swatch(painter, theme, box, row.service.value)
            right -= _SWATCH_W + 6
            if rect.width() < _ROOMY_PX:
                return right  # the pattern says it; the word is in the tooltip
            width = min(120, QFontMetrics(theme.font(12)).horizontalAdvance(row.service_word) + 2)
            painter.setFont(theme.font(12))
            painter.setPen(theme.color("text_2"))
            painter.drawText(
                QRect(right - width, rect.top(), width, rect.height()),
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
                QFontMetrics(theme.font(12)).elidedText(
                    row.service_word, Qt.TextElideMode.ElideRight, width
                ),
            )
            right -= width + 8
        if row.children and rect.width() >= _ROOMY_PX:
            words = str(row.children)
            width = QFontMetrics(theme.font(12)).horizontalAdvance(words) + 12
            painter.setFont(theme.font(12))
            painter.setPen(theme.color("text_3"))
            painter.drawText(
                QRect(right - width, rect.top(), width, rect.height()),
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
                words,
            )
            right -= width + 4
        return right
