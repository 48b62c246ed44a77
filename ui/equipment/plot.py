"""The trend's drawing with pyqtgraph: square axes, local numbers, hatched gaps."""

from __future__ import annotations

import math

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from ui import patterns
from ui.equipment.facts import Trend
from ui.equipment.trend import Gap, Series, time_label, time_step_s
from ui.texts import number
from ui.theme import Theme
from ui.widgets.labels import TextLabel

_AXIS_MIN_PX = 44
_TIME_PX = 24


class ValueAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types; ends when it has
    """Write values with the language's decimal sign and a true minus."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("left")
        _dress(self, theme)
        self.decimals = 0
        self._metrics = QFontMetrics(theme.font(12))

    def fit(self, low: float, high: float) -> None:
        """Take the width the longest number needs, so that none is cut."""
        longest = max((self._written(end) for end in (low, high)), key=len)
        self.setWidth(max(_AXIS_MIN_PX, self._metrics.horizontalAdvance(longest) + 16))

    def _written(self, value: float) -> str:
        return number(value, max(self.decimals, 1))

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """Return tick labels; called by pyqtgraph."""
        places = max(0, -math.floor(math.log10(spacing * scale))) if spacing > 0 else 0
        return [number(value * scale, min(places, max(self.decimals, 1))) for value in values]


class TimeAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types; ends when it has
    """Write local times at round steps."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("bottom")
        _dress(self, theme)
        self.setHeight(_TIME_PX)

    def tickSpacing(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, float]]:  # noqa: N803 - pyqtgraph's names
        """Return one level of round time steps; called by pyqtgraph."""
        return [(float(time_step_s(maxVal - minVal, size)), 0.0)]

    def tickStrings(self, values: list[float], _scale: float, spacing: float) -> list[str]:
        """Return tick labels; called by pyqtgraph."""
        return [time_label(value, spacing) for value in values]


class GapItem(pg.GraphicsObject):  # type: ignore[misc]  # pyqtgraph has no types; ends when it has
    """Hatch times without a value over the whole height, in the pattern of their quality."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._gaps: list[Gap] = []
        self.setZValue(-5)

    def set_gaps(self, gaps: list[Gap]) -> None:
        """Show these gaps."""
        self.prepareGeometryChange()
        self._gaps = gaps
        self.update()

    def boundingRect(self) -> QRectF:
        """Cover the whole view: gaps are clipped to it when drawn."""
        box = self.getViewBox()
        return QRectF(box.viewRect()) if box is not None else QRectF()

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """Draw in pixels, so that the pattern keeps its grain at any scale."""
        transform = painter.transform()
        view = self.boundingRect()
        painter.save()
        painter.resetTransform()
        for gap in self._gaps:
            left, right = max(gap.from_s, view.left()), min(gap.to_s, view.right())
            if right <= left:
                continue
            area = QRectF(left, view.top(), right - left, view.height())
            rect = transform.mapRect(area)
            patterns.fill_pattern(painter, self._theme, rect, gap.word)
            patterns.paint_frame(painter, self._theme, rect, gap.word)
        painter.restore()


class TrendPlot(pg.PlotWidget):  # type: ignore[misc]  # pyqtgraph has no types; ends when it has
    """Draw one history between two times; it does not pan, zoom or offer a menu."""

    def __init__(self) -> None:
        theme = Theme.current()
        self._value_axis = ValueAxis(theme)
        super().__init__(
            axisItems={"left": self._value_axis, "bottom": TimeAxis(theme)},
            background=theme.color("field"),
            enableMenu=False,
        )
        self.setObjectName("trend-plot")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hideButtons()
        self.setMouseEnabled(x=False, y=False)
        self.getPlotItem().showGrid(x=False, y=True, alpha=0.25)
        self.getPlotItem().layout.setContentsMargins(0, 6, 10, 0)
        self._unit = TextLabel(tone="text_2", px=12, parent=self)
        self._unit.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._gaps = GapItem(theme)
        self.addItem(self._gaps, ignoreBounds=True)
        self._ranges = self.plot([], [], connect="pairs")
        self._curve = self.plot([], [], connect="finite", antialias=True)
        self._dress()

    def _dress(self) -> None:
        """Hand the theme's colours to what pyqtgraph draws by itself."""
        theme = Theme.current()
        self.setBackground(theme.color("field"))
        for axis in ("left", "bottom"):
            _dress(self.getPlotItem().getAxis(axis), theme)
        for curve, token, width in ((self._ranges, "data", 1), (self._curve, "text_1", 1.6)):
            pen = QPen(theme.color(token), width)
            pen.setCosmetic(True)
            curve.setPen(pen)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of theme; called by Qt."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_curve"):
            self._dress()

    def draw(self, series: Series, trend: Trend) -> None:
        """Show a history between the trend's two edges."""
        self._value_axis.decimals = trend.decimals
        self._curve.setData(np.asarray(series.x_s), np.asarray(series.y))
        self._ranges.setData(np.asarray(series.range_x_s), np.asarray(series.range_y))
        self._gaps.set_gaps(series.gaps)
        self.setXRange(trend.from_ms / 1000, trend.now_ms / 1000, padding=0)
        low, high = value_range(series)
        self.setYRange(low, high, padding=0.08)
        self._value_axis.fit(low, high)
        self._unit.setText(trend.unit)
        self._place_unit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the unit in its corner; called by Qt."""
        super().resizeEvent(event)
        if hasattr(self, "_unit"):  # the first resize comes from the base's constructor
            self._place_unit()

    def _place_unit(self) -> None:
        # in the corner the two axes leave free, under the numbers it belongs to
        width = int(self._value_axis.width()) - 6
        self._unit.setGeometry(0, self.height() - _TIME_PX, width, _TIME_PX - 4)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel around: a trend that zooms under it surprises."""
        event.ignore()


def value_range(series: Series) -> tuple[float, float]:
    """Return the value axis's two ends: never a flat line on the border.

    The series holds a value: without one nothing is drawn (:class:`ui.equipment.trend.TrendView`).
    """
    known = [value for value in (*series.y, *series.range_y) if not math.isnan(value)]
    low, high = min(known), max(known)
    if high - low < 1e-9:
        room = max(1.0, abs(high) * 0.1)
        return low - room, high + room
    return low, high


def _dress(axis: pg.AxisItem, theme: Theme) -> None:
    axis.setPen(QPen(theme.color("line"), 1))
    axis.setTextPen(theme.color("text_2"))
    axis.setTickFont(theme.font(12))
    axis.setStyle(tickLength=-4)
    axis.enableAutoSIPrefix(False)
