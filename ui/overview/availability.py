"""Draw availability: a bar against the target, what is not good by reason, and the trend."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui import icons, patterns
from ui.grid import Cell, Grid, GridModel, Head, paint_ground, paint_words
from ui.panel_view import PanelView
from ui.texts import text
from ui.theme import Theme
from ui.widgets.states import OrNothing

TITLE, BAR, PERCENT, TOTAL, MARKS = 0, 1, 2, 3, 4
_WIDTHS = {BAR: 120, PERCENT: 50, TOTAL: 62}
_MARK_W = 36
_TREND_W = 84
_TITLE_LEAST_PX = 150


class AvailabilityRow(Protocol):
    """One kind of equipment; texts are finished."""

    @property
    def title(self) -> str: ...
    @property
    def icon(self) -> str: ...
    @property
    def percent(self) -> str: ...
    @property
    def fraction(self) -> float | None: ...
    @property
    def below(self) -> bool: ...
    @property
    def total(self) -> str: ...
    @property
    def counts(self) -> Sequence[str]: ...
    @property
    def trend(self) -> Sequence[float]: ...
    @property
    def said(self) -> str: ...


class Availability(Protocol):
    """What this view asks of whoever decides."""

    @property
    def headline(self) -> str: ...
    @property
    def rows(self) -> Sequence[AvailabilityRow]: ...
    @property
    def scale(self) -> tuple[str, str, str]: ...
    @property
    def target(self) -> float: ...
    @property
    def marks(self) -> Sequence[str]: ...

    def subscribe(self, callback: Callable[[], None], /) -> Callable[[], None]: ...


class AvailabilityView(PanelView):
    """Show one row a kind of equipment."""

    def __init__(self, presenter: Availability, parent: QWidget | None = None) -> None:
        super().__init__(presenter, parent)
        theme = Theme.current()
        self._presenter = presenter
        self._model = GridModel()
        self._marks = tuple(presenter.marks)
        delegate = _RowDelegate(theme, presenter)
        self.grid = Grid(self._model, delegate, row_px=30, head_px=46)
        self.grid.setAccessibleName(text("overview.availability.title"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        none = text("ui.equipment.empty"), text("ui.equipment.empty.body")
        self._rows = OrNothing(self.grid, *none)
        layout.addWidget(self._rows)
        self.setFocusProxy(self.grid)
        self._unsubscribe = presenter.subscribe(self.refresh)
        self.refresh()
        header = self.grid.horizontalHeader()
        header.setMinimumSectionSize(30)
        for section in range(len(self._marks) + MARKS + 1):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(section, _WIDTHS.get(section, _MARK_W))
        header.resizeSection(MARKS + len(self._marks), _TREND_W)
        header.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        fixed = sum(_WIDTHS.values()) + len(self._marks) * _MARK_W + _TREND_W
        self.setMinimumWidth(fixed + _TITLE_LEAST_PX)  # narrower, a kind has no name

    def refresh(self) -> None:
        """Draw the presenter's present state."""
        low, target, full = self._presenter.scale
        scale = ((0.0, low), (self._presenter.target, target), (1.0, full))
        heads = [
            Head(text("overview.kind"), left=True),
            Head("", long_title=f"{low} · {target} · {full}", scale=scale),
            Head("%", right=True),
            Head(text("overview.total"), right=True),
            *(
                Head("", word=word, long_title=text(f"overview.legend.{word}"))
                for word in self._marks
            ),
            Head(text("overview.trend"), long_title=text("overview.trend.long")),
        ]
        self._rows.show_rows(there_are=bool(self._presenter.rows))
        self._model.set_grid(
            heads, [[Cell(row, row.said)] * len(heads) for row in self._presenter.rows]
        )


class _RowDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, presenter: Availability) -> None:
        super().__init__()
        self._theme = theme
        self._presenter = presenter

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        theme = self._theme
        rect: QRect = option.rect
        focus = QStyle.StateFlag.State_HasFocus
        painter.save()
        paint_ground(painter, theme, rect, current=bool(option.state & focus))
        row: AvailabilityRow = index.data(Qt.ItemDataRole.UserRole)
        column = index.column()
        if column == TITLE:
            ratio = painter.device().devicePixelRatio()
            picture = icons.pixmap(row.icon, theme, ratio=ratio)
            painter.drawPixmap(rect.left() + 12, rect.center().y() - 8, picture)
            paint_words(painter, theme, rect.adjusted(36, 0, -4, 0), row.title)
        elif column == BAR:
            self._paint_bar(painter, QRectF(rect), row)
        elif column == PERCENT:
            paint_words(painter, theme, rect, row.percent, right=True, bold=row.below)
        elif column == TOTAL:
            paint_words(painter, theme, rect.adjusted(0, 0, -6, 0), row.total, right=True)
        elif column - MARKS < len(row.counts):
            said = row.counts[column - MARKS]
            painter.setFont(theme.font(13))
            painter.setPen(theme.color("text_1" if said else "text_3"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, said or "·")
        else:
            self._paint_trend(painter, QRectF(rect), row.trend)
        painter.restore()

    def _paint_bar(self, painter: QPainter, rect: QRectF, row: AvailabilityRow) -> None:
        bar = QRectF(rect.left() + 6, rect.center().y() - 5, rect.width() - 12, 10)
        target = self._presenter.target
        if row.fraction is None:
            patterns.fill_pattern(painter, self._theme, bar, "unknown")
            patterns.paint_frame(painter, self._theme, bar, "unknown")
            return
        patterns.paint_limit_bar(
            painter, self._theme, bar, max(0.0, row.fraction), limits=(target,)
        )
        if row.fraction <= 0:
            # off the bar: an arrow says that the value lies further left
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.color("text_1"), 1.6))
            x, y = bar.left() + 4, bar.center().y()
            painter.drawPolyline(
                QPolygonF([QPointF(x + 4, y - 3.5), QPointF(x, y), QPointF(x + 4, y + 3.5)])
            )

    def _paint_trend(self, painter: QPainter, rect: QRectF, trend: Sequence[float]) -> None:
        box = rect.adjusted(6, 6, -8, -7)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("line"), 1, Qt.PenStyle.DashLine))
        at = box.bottom() - box.height() * self._presenter.target
        painter.drawLine(QPointF(box.left(), at), QPointF(box.right(), at))
        if len(trend) < 2:
            return
        step = box.width() / (len(trend) - 1)
        points = [
            QPointF(box.left() + place * step, box.bottom() - box.height() * share)
            for place, share in enumerate(trend)
        ]
        painter.setPen(QPen(self._theme.color("data"), 1.4))
        painter.drawPolyline(QPolygonF(points))
