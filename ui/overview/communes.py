"""Draw the matrix of communes and trades: a dot is normal, a blank is nothing there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from backend_bridge.contract.alarms import AlarmState, Severity
from ui import patterns
from ui.grid import Cell, Grid, GridModel, Head, paint_ground, paint_words
from ui.marks import blink, paint_alarm
from ui.panel_view import PanelView
from ui.texts import text
from ui.theme import Theme
from ui.widgets.labels import Rule
from ui.widgets.states import OrNothing
from ui.widgets.wrapped import WrappedLabel

_NAME_PX = 200
_MARK_PX = 16
LEGEND = ("unknown", "unavailable", "stale", "bad", "disabled", "maintenance")


class MatrixCell(Protocol):
    """One commune and trade; texts are finished."""

    @property
    def there(self) -> bool: ...
    @property
    def alarm(self) -> tuple[Severity, AlarmState] | None: ...
    @property
    def count(self) -> str: ...
    @property
    def mark(self) -> str: ...
    @property
    def said(self) -> str: ...


class MatrixRow(Protocol):
    """One commune."""

    @property
    def commune(self) -> str: ...
    @property
    def cells(self) -> Sequence[MatrixCell]: ...


class MatrixColumn(Protocol):
    """One trade."""

    @property
    def title(self) -> str: ...
    @property
    def long_title(self) -> str: ...
    @property
    def icon(self) -> str: ...


class Communes(Protocol):
    """What this view asks of whoever decides."""

    @property
    def headline(self) -> str: ...
    @property
    def unheard(self) -> str: ...
    @property
    def columns(self) -> Sequence[MatrixColumn]: ...
    @property
    def rows(self) -> Sequence[MatrixRow]: ...

    def choose(self, row: int, column: int, /) -> None: ...
    def subscribe(self, callback: Callable[[], None], /) -> Callable[[], None]: ...


class CommunesView(PanelView):
    """Show the matrix with its legend; choosing a cell chooses its equipment everywhere."""

    def __init__(self, presenter: Communes, parent: QWidget | None = None) -> None:
        super().__init__(presenter, parent)
        theme = Theme.current()
        self._presenter = presenter
        self._model = GridModel()
        self.grid = Grid(self._model, _CellDelegate(theme), row_px=24, head_px=46)
        self.grid.setAccessibleName(text("overview.communes.title"))
        self.grid.chosen.connect(self._on_grid_chosen)
        none = text("ui.equipment.empty"), text("ui.equipment.empty.body")
        self._rows = OrNothing(self.grid, *none)
        legend = QHBoxLayout()
        legend.setContentsMargins(12, 4, 12, 4)
        legend.setSpacing(12)
        for word in LEGEND:
            legend.addWidget(_Sign(theme, word, text(f"overview.legend.{word}")))
        legend.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._unheard = WrappedLabel()
        self._unheard.setObjectName("communes-unheard")
        self._unheard_line = QWidget()
        line = QHBoxLayout(self._unheard_line)
        line.setContentsMargins(12, 6, 12, 0)
        line.addWidget(self._unheard, 1)
        layout.addWidget(self._rows, 1)
        layout.addWidget(Rule())
        layout.addWidget(self._unheard_line)
        layout.addLayout(legend)
        self.setFocusProxy(self.grid)
        self._unsubscribe = presenter.subscribe(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Draw the presenter's present state."""
        heads = [Head(text("overview.commune"), left=True)]
        heads += [
            Head(one.title, one.icon, long_title=one.long_title) for one in self._presenter.columns
        ]
        unheard = self._presenter.unheard
        self._unheard.say("", unheard)
        self._unheard_line.setVisible(bool(unheard))
        self._rows.show_rows(there_are=bool(self._presenter.rows))
        shaped = len(heads) == self._model.columnCount()
        self._model.set_grid(
            heads,
            [
                [Cell(row.commune, row.commune), *(Cell(one, one.said) for one in row.cells)]
                for row in self._presenter.rows
            ],
        )
        if not shaped:
            header = self.grid.horizontalHeader()
            header.setMinimumSectionSize(40)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(0, _NAME_PX)
        self._say_headline()

    def _on_grid_chosen(self, row: int, column: int) -> None:
        if column > 0:
            self._presenter.choose(row, column - 1)


class _Sign(QWidget):
    """One entry of the legend: the sign of a word, and the word."""

    def __init__(self, theme: Theme, word: str, name: str) -> None:
        super().__init__()
        self._theme, self._word, self._name = theme, word, name
        self._font = theme.font(12)
        self.setAccessibleName(name)
        self.setFixedSize(28 + QFontMetrics(self._font).horizontalAdvance(name), 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        patterns.paint_swatch(painter, self._theme, QRectF(0, 2, 22, 16), self._word)
        painter.setFont(self._font)
        painter.setPen(self._theme.color("text_2"))
        room = self.rect().adjusted(27, 0, 0, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self._name)
        painter.end()


class _CellDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        theme, rect = self._theme, option.rect
        focus = QStyle.StateFlag.State_HasFocus
        painter.save()
        paint_ground(painter, theme, rect, current=bool(option.state & focus))
        shown = index.data(Qt.ItemDataRole.UserRole)
        if isinstance(shown, str):
            paint_words(painter, theme, rect.adjusted(12, 0, -4, 0), shown)
        elif shown is not None and shown.there:
            self._paint_cell(painter, QRectF(rect), shown)
        painter.restore()

    def _paint_cell(self, painter: QPainter, rect: QRectF, cell: MatrixCell) -> None:
        theme, centre = self._theme, rect.center()
        if cell.alarm is not None:
            severity, state = cell.alarm
            middle = QPointF(centre.x() - (8 if cell.count else 0), centre.y())
            paint_alarm(painter, theme, middle, severity, state, lit=blink().lit, size_px=_MARK_PX)
            if cell.count:
                painter.setFont(theme.font(12))
                painter.setPen(theme.color("text_1"))
                words = QRectF(middle.x() + 13, rect.top(), rect.width() / 2, rect.height())
                painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, cell.count)
        elif cell.mark:
            swatch = QRectF(0, 0, 22, 16)
            swatch.moveCenter(centre)
            patterns.paint_value_sign(painter, theme, swatch, cell.mark)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("text_3"))
            painter.drawEllipse(centre, 1.5, 1.5)
