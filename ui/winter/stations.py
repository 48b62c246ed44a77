"""Draw road weather: the chosen station's pavement over twelve hours, and all stations below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui import patterns
from ui.equipment.facts import Trend
from ui.equipment.trend import TrendView
from ui.grid import Cell, Grid, GridModel, Head, paint_focus, paint_ground, paint_words
from ui.panel_view import PanelView
from ui.texts import number, text
from ui.theme import Theme
from ui.widgets.labels import ElidedLabel, Rule
from ui.widgets.states import OrNothing

ID, PLACE, BAR, ROAD, AIR, DEW, SURFACE, AGE = range(8)
_WIDTHS = {ID: 70, BAR: 120, ROAD: 52, AIR: 52, DEW: 60, SURFACE: 132, AGE: 64}


class StationRow(Protocol):
    """One station; texts are finished."""

    @property
    def id(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def fraction(self) -> float | None: ...
    @property
    def zero(self) -> float: ...
    @property
    def road(self) -> str: ...
    @property
    def air(self) -> str: ...
    @property
    def dew(self) -> str: ...
    @property
    def surface(self) -> str: ...
    @property
    def severity(self) -> int: ...
    @property
    def age(self) -> str: ...
    @property
    def mark(self) -> str: ...
    @property
    def said(self) -> str: ...


class Stations(Protocol):
    """What this view asks of whoever decides."""

    @property
    def headline(self) -> str: ...
    @property
    def scale(self) -> tuple[float, float]: ...
    @property
    def rows(self) -> Sequence[StationRow]: ...
    @property
    def trend(self) -> Trend | None: ...
    @property
    def chosen(self) -> str: ...

    def choose(self, station_id: str, /) -> None: ...
    def subscribe(self, callback: Callable[[], None], /) -> Callable[[], None]: ...


class StationsView(PanelView):
    """Show the trend and the table; choosing a station shows its trend and chooses it."""

    def __init__(self, presenter: Stations, parent: QWidget | None = None) -> None:
        super().__init__(presenter, parent)
        theme = Theme.current()
        self._presenter = presenter
        self._station = ElidedLabel()
        self.trend = TrendView()
        self._model = GridModel()
        self.grid = Grid(self._model, _RowDelegate(theme, presenter), row_px=28, head_px=28)
        self.grid.setAccessibleName(text("winter.stations.title"))
        self.grid.chosen.connect(self._on_grid_chosen)
        inside = QWidget()
        self._rows = OrNothing(inside, text("winter.none"), text("winter.none.body"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._rows)
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        inset = QVBoxLayout()
        inset.setContentsMargins(12, 6, 12, 6)
        inset.addWidget(self._station)
        inset.addWidget(self.trend)
        layout.addLayout(inset)
        layout.addWidget(Rule())
        layout.addWidget(self.grid, 1)
        self.setFocusProxy(self.grid)
        self._unsubscribe = presenter.subscribe(self.refresh)
        self.refresh()
        header = self.grid.horizontalHeader()
        header.setMinimumSectionSize(40)
        for section in range(AGE + 1):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(section, _WIDTHS.get(section, 120))
        header.setSectionResizeMode(PLACE, QHeaderView.ResizeMode.Stretch)

    def refresh(self) -> None:
        """Draw the presenter's present state."""
        low, high = (number(end, 0) for end in self._presenter.scale)
        heads = [
            Head(text("winter.station"), left=True),
            Head(text("winter.place"), left=True),
            Head(text("winter.road.bar", low=low, high=high)),
            Head("°C", right=True),
            Head(text("winter.air"), right=True),
            Head(text("winter.dew"), long_title=text("winter.dew.long"), right=True),
            Head(text("winter.surface"), left=True),
            Head(text("winter.age"), right=True),
        ]
        rows = self._presenter.rows
        self._rows.show_rows(there_are=bool(rows))
        self._model.set_grid(heads, [[Cell(row, row.said)] * len(heads) for row in rows])
        place = next((row.place for row in rows if row.id == self._presenter.chosen), "")
        self._station.say(self._presenter.chosen, place)
        self.trend.show_trend(self._presenter.trend)
        self._say_headline()

    def _on_grid_chosen(self, row: int, _column: int) -> None:
        self._presenter.choose(self._presenter.rows[row].id)


class _RowDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, presenter: Stations) -> None:
        super().__init__()
        self._theme = theme
        self._presenter = presenter

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        rect: QRect = option.rect
        painter.save()
        row: StationRow = index.data(Qt.ItemDataRole.UserRole)
        paint_ground(painter, self._theme, rect, current=False)
        if row.id == self._presenter.chosen:  # whose trend stands above
            painter.fillRect(rect.adjusted(0, 0, 0, -1), self._theme.color("selection"))
            if index.column() == ID:
                bar = QRect(rect.left(), rect.top(), 3, rect.height() - 1)
                painter.fillRect(bar, self._theme.color("accent"))
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint_focus(painter, self._theme, rect)
        column = index.column()
        if column == BAR:
            self._paint_bar(painter, QRectF(rect), row)
        elif column == SURFACE:
            self._paint_surface(painter, rect, row)
        else:
            words = {ID: row.id, PLACE: row.place, ROAD: row.road, AIR: row.air, DEW: row.dew}
            figures = column not in (ID, PLACE)
            room = rect.adjusted(0, 0, -8, 0) if figures else rect.adjusted(12, 0, -4, 0)
            said = words.get(column, row.age)
            paint_words(painter, self._theme, room, said, right=figures, bold=column == ROAD)
        painter.restore()

    def _paint_bar(self, painter: QPainter, rect: QRectF, row: StationRow) -> None:
        """Fill from 0 °C to the value, to the left below it: how far from freezing."""
        theme = self._theme
        bar = QRectF(rect.left() + 6, rect.center().y() - 5, rect.width() - 12, 10)
        if row.fraction is None:
            patterns.fill_pattern(painter, theme, bar, row.mark or "unknown")
            patterns.paint_frame(painter, theme, bar, row.mark or "unknown")
            return
        painter.fillRect(bar, theme.color("field"))
        low, high = sorted((row.zero, min(1.0, max(0.0, row.fraction))))
        fill = QRectF(bar.left() + bar.width() * low, bar.top() + 2, bar.width() * (high - low), 6)
        painter.fillRect(fill, theme.color("data"))
        painter.setPen(theme.color("line"))
        painter.drawRect(bar.adjusted(0, 0, -1, -1))
        x = bar.left() + bar.width() * row.zero
        painter.fillRect(QRectF(x - 1, bar.top() - 2, 2, bar.height() + 4), theme.color("text_1"))

    def _paint_surface(self, painter: QPainter, rect: QRect, row: StationRow) -> None:
        left = 12
        if row.mark:
            sign = QRectF(rect.left() + left, rect.center().y() - 8, 22, 16)
            patterns.paint_value_sign(painter, self._theme, sign, row.mark)
            left += 28
        # bold and no alarm mark: what a station says is no alarm until a rule raises one
        room = rect.adjusted(left, 0, -4, 0)
        paint_words(painter, self._theme, room, row.surface, bold=row.severity > 0)
