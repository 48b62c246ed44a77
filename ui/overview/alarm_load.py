"""Draw the room's load: bars against target and limit, three figures, what rings most."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui.grid import Cell, Grid, GridModel, Head, paint_ground, paint_words
from ui.panel_view import PanelView
from ui.texts import text
from ui.theme import Theme
from ui.widgets.labels import ElidedLabel, Rule, TextLabel

_CHART_PX = 150
_ID_PX = 116
_BAR_PX = 110
_COUNT_PX = 60


class SourceRow(Protocol):
    """One of the equipment that ring most; texts are finished."""

    @property
    def equipment_id(self) -> str: ...
    @property
    def said(self) -> str: ...
    @property
    def fraction(self) -> float: ...
    @property
    def count(self) -> str: ...


class LoadChart(Protocol):
    """The periods, oldest first."""

    @property
    def counts(self) -> Sequence[int]: ...
    @property
    def hours(self) -> Sequence[tuple[int, str]]: ...
    @property
    def peak(self) -> tuple[int, str] | None: ...
    @property
    def said(self) -> str: ...


class AlarmLoad(Protocol):
    """What this view asks of whoever decides."""

    @property
    def target(self) -> int: ...
    @property
    def limit(self) -> int: ...
    @property
    def headline(self) -> str: ...
    @property
    def chart(self) -> LoadChart | None: ...
    @property
    def figures(self) -> Sequence[tuple[str, str, str]]: ...
    @property
    def sources(self) -> Sequence[SourceRow]: ...
    @property
    def footer(self) -> str: ...

    def choose(self, row: int, /) -> None: ...
    def subscribe(self, callback: Callable[[], None], /) -> Callable[[], None]: ...


class AlarmLoadView(PanelView):
    """Show the chart, the figures and the ten worst; choosing one chooses its equipment."""

    def __init__(self, presenter: AlarmLoad, parent: QWidget | None = None) -> None:
        super().__init__(presenter, parent)
        theme = Theme.current()
        self._presenter = presenter
        self.chart = LoadPlot(theme, presenter.target, presenter.limit)
        self._figures = [_Figure(theme) for _ in range(3)]
        self._model = GridModel()
        self.grid = Grid(self._model, _SourceDelegate(theme), row_px=26, head_px=26)
        self.grid.setAccessibleName(text("overview.load.sources"))
        self.grid.chosen.connect(lambda row, _column: presenter.choose(row))
        self._footer = ElidedLabel()
        self._lay_out()
        self._unsubscribe = presenter.subscribe(self.refresh)
        self.refresh()
        header = self.grid.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for section, width in ((0, _ID_PX), (2, _BAR_PX), (3, _COUNT_PX)):
            header.resizeSection(section, width)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)

    def refresh(self) -> None:
        """Draw the presenter's present state."""
        chart = self._presenter.chart
        if chart is not None:
            self.chart.draw(chart)
        for widget, figure in zip(self._figures, self._presenter.figures, strict=True):
            widget.say(*figure)
        heads = [
            Head(text("overview.load.source"), left=True),
            Head(text("overview.load.what"), left=True),
            Head(""),
            Head(text("overview.load.times"), right=True),
        ]
        self._model.set_grid(
            heads,
            [
                [Cell(row, f"{row.equipment_id} · {row.said} · {row.count}")] * len(heads)
                for row in self._presenter.sources
            ],
        )
        self._footer.say("", self._presenter.footer)

    def _lay_out(self) -> None:
        figures = QHBoxLayout()
        figures.setContentsMargins(0, 0, 0, 0)
        figures.setSpacing(0)
        for place, figure in enumerate(self._figures):
            if place:
                figures.addWidget(Rule(vertical=True))
            figures.addWidget(figure, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 4, 12, 4)
        foot.addWidget(self._footer, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.chart, 1)
        layout.addWidget(Rule())
        layout.addLayout(figures)
        layout.addWidget(Rule())
        layout.addWidget(self.grid, 2)
        layout.addWidget(Rule())
        layout.addLayout(foot)
        self.setFocusProxy(self.grid)


class LoadPlot(pg.PlotWidget):  # type: ignore[misc]  # pyqtgraph has no types; ends when it has
    """Draw one bar a period, a dashed line at the target and a full one at the limit."""

    def __init__(self, theme: Theme, target: int, limit: int) -> None:
        self._limit = limit
        axis = pg.AxisItem("bottom")
        side = pg.AxisItem("right")
        for item in (axis, side):
            item.setTickFont(theme.font(12))
            item.setStyle(tickLength=-4)
        super().__init__(
            axisItems={"bottom": axis, "right": side},
            background=theme.color("panel"),
            enableMenu=False,
        )
        self._axis, self._side = axis, side
        axis.setTicks([[]])  # before the first answer there are no hours, and none is made up
        side.setTicks([[(target, str(target)), (limit, str(limit))]])
        side.setWidth(34)
        self.setObjectName("load-plot")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumHeight(_CHART_PX)
        self.setMouseEnabled(x=False, y=False)
        self.hideButtons()
        plot = self.getPlotItem()
        plot.hideAxis("left")
        plot.showAxis("right")
        plot.layout.setContentsMargins(10, 8, 4, 0)
        self._bars = pg.BarGraphItem(x=[], height=[], width=0.7, pen=pg.mkPen(None))
        self.addItem(self._bars)
        self._lines = [pg.InfiniteLine(pos=height, angle=0) for height in (target, limit)]
        for line in self._lines:
            self.addItem(line)
        self._peak = pg.TextItem(anchor=(1, 1))
        self._peak.setFont(theme.font(12))
        self.addItem(self._peak, ignoreBounds=True)
        self._dress(theme)

    def _dress(self, theme: Theme) -> None:
        """Hand the theme's colours to what pyqtgraph draws by itself."""
        self.setBackground(theme.color("panel"))
        for axis in (self._axis, self._side):
            axis.setPen(QPen(theme.color("line"), 1))
            axis.setTextPen(theme.color("text_2"))
        self._bars.setOpts(brush=theme.color("data"))
        styles = (Qt.PenStyle.DashLine, Qt.PenStyle.SolidLine)
        for line, style in zip(self._lines, styles, strict=True):
            pen = QPen(theme.color("text_1"), 1, style)
            pen.setCosmetic(True)
            line.setPen(pen)
        self._peak.setColor(theme.color("text_2"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of theme; called by Qt."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_peak"):
            self._dress(Theme.current())

    def draw(self, chart: LoadChart) -> None:
        """Show the periods."""
        self._bars.setOpts(x=list(range(len(chart.counts))), height=list(chart.counts))
        self._axis.setTicks([list(chart.hours)])
        self.setXRange(-0.5, len(chart.counts) - 0.5, padding=0)
        top = max(self._limit * 1.25, max(chart.counts, default=0) * 1.25)
        self.setYRange(0, top, padding=0)
        self._peak.setVisible(chart.peak is not None)
        if chart.peak is not None:
            place, words = chart.peak
            self._peak.setText(words)
            # left of its bar, or right of it where the chart begins
            self._peak.setAnchor((1, 1) if place > len(chart.counts) / 3 else (0, 1))
            self._peak.setPos(place, chart.counts[place])
        self.setAccessibleName(chart.said)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel around."""
        event.ignore()


class _Figure(QWidget):
    """One figure: large, its words beside it, a note below."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._large = TextLabel(px=20, bold=True)
        self._beside = TextLabel(px=13)
        self._below = TextLabel(tone="text_2", px=12)
        top = QHBoxLayout()
        top.setSpacing(theme.px("gap"))
        top.addWidget(self._large)
        top.addWidget(self._beside, 1, Qt.AlignmentFlag.AlignBottom)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 6, 8, 6)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self._below)

    def say(self, figure: str, beside: str, below: str) -> None:
        self._large.say(figure)
        self._beside.say(beside)
        self._below.say(below)
        self.setAccessibleName(f"{figure} {beside}, {below}")


class _SourceDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

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
        row: SourceRow = index.data(Qt.ItemDataRole.UserRole)
        if index.column() == 2:
            bar = QRectF(rect.left() + 4, rect.center().y() - 4, rect.width() - 8, 9)
            bar.setWidth(max(2.0, bar.width() * row.fraction))
            painter.fillRect(bar, theme.color("data"))
        else:
            words = (row.equipment_id, row.said, "", row.count)[index.column()]
            right = index.column() == 3
            room = rect.adjusted(0 if right else 12, 0, -12 if right else -4, 0)
            paint_words(painter, theme, room, words, right=right, mono=index.column() == 0)
        painter.restore()
