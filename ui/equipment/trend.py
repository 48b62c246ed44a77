"""A point's history: steps of what was said, hatching where nothing may be believed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from backend_bridge.contract.points import TrendPoint
from backend_bridge.contract.quality import Quality
from ui.equipment.facts import Trend
from ui.texts import day_month, number, text
from ui.widgets.labels import ElidedLabel, TextLabel

_TIME_STEPS_S = (1, 5, 10, 30, 60, 300, 600, 1800, 3600, 7200, 14400, 43200, 86400, 604800)
_TICK_ROOM_PX = 84
_DRAWN_PX = 190
_SAID_PX = 72


class Gap(NamedTuple):
    """A time without a value to believe: seconds since the epoch, and the word of its quality."""

    from_s: float
    to_s: float
    word: str


class Series(NamedTuple):
    """A history ready to draw: step corners (NaN breaks the line), ranges, and gaps to hatch.

    ``range_x_s`` and ``range_y`` hold pairs: from the lowest to the highest value in a bucket.
    """

    x_s: list[float]
    y: list[float]
    range_x_s: list[float]
    range_y: list[float]
    gaps: list[Gap]


def series_of(points: Sequence[TrendPoint], now_ms: int) -> Series:
    """Return step corners and gaps of a history; nothing is interpolated across a gap.

    Args:
        points: buckets, oldest first; each holds until the next one.
        now_ms: right edge; the last bucket holds until then.
    """
    xs: list[float] = []
    ys: list[float] = []
    range_xs: list[float] = []
    range_ys: list[float] = []
    gaps: list[Gap] = []
    for place, point in enumerate(points):
        start = point.at_ms / 1000
        after = points[place + 1].at_ms if place + 1 < len(points) else now_ms
        end = max(start, after / 1000)
        if point.quality is Quality.GOOD and point.last is not None:
            if not xs or math.isnan(ys[-1]):
                xs.append(start)
                ys.append(point.last)
            else:
                xs.append(start)
                ys.append(ys[-1])
            if (
                point.low is not None
                and point.high is not None
                and (point.low < point.last or point.high > point.last)
            ):
                middle = (start + end) / 2
                range_xs += [middle, middle]
                range_ys += [point.low, point.high]
            xs += [start, end]
            ys += [point.last, point.last]
            continue
        if xs and not math.isnan(ys[-1]):
            xs.append(start)
            ys.append(math.nan)
        word = "unknown" if point.quality is Quality.GOOD else point.quality.word
        if gaps and gaps[-1].word == word and gaps[-1].to_s >= start:
            gaps[-1] = Gap(gaps[-1].from_s, end, word)
        else:
            gaps.append(Gap(start, end, word))
    return Series(xs, ys, range_xs, range_ys, gaps)


def time_step_s(span_s: float, width_px: float) -> int:
    """Return the round step between two time ticks so that their labels have room."""
    wanted = span_s * _TICK_ROOM_PX / max(width_px, 1.0)
    for step in _TIME_STEPS_S:
        if step >= wanted:
            return step
    return _TIME_STEPS_S[-1]


def time_label(at_s: float, step_s: float) -> str:
    """Return a local time as a tick says it: day, minutes or seconds, by the step."""
    local = datetime.fromtimestamp(at_s, UTC).astimezone()
    if step_s >= 86400:
        return day_month(local.day, local.month)
    return local.strftime("%H:%M" if step_s >= 60 else "%H:%M:%S")


class TrendView(QWidget):
    """Draw one point's trend, or say why there is none to draw.

    pyqtgraph is loaded with the first trend drawn, not with the console.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trend")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._title = ElidedLabel()
        self._note = TextLabel(tone="text_2", wrap=True)
        self._note.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._body = QWidget()
        self._stack = QStackedLayout(self._body)
        self._stack.addWidget(self._note)
        self._plot: QWidget | None = None
        self._shown: Trend | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._title)
        layout.addWidget(self._body, 1)

    def sizeHint(self) -> QSize:
        drawn = self._plot is not None and self._stack.currentWidget() is self._plot
        return QSize(320, _DRAWN_PX if drawn else _SAID_PX)

    @property
    def state(self) -> str:
        """Return the state of the trend shown, empty while none is."""
        return "" if self._shown is None else self._shown.state

    def show_trend(self, trend: Trend | None) -> None:
        """Draw a trend; ``None`` leaves the place with the way to choose one."""
        if trend == self._shown:
            return
        self._shown = trend
        if trend is None:
            self._title.say(text("ui.trend.title"))
            self._say(text("ui.trend.choose"))
            return
        unit = f" ({trend.unit})" if trend.unit else ""
        series = series_of(trend.points, trend.now_ms)
        # without one value there is no axis either: 0 to 1 would be a scale of nothing
        if trend.state != "ready" or not any(not math.isnan(value) for value in series.y):
            self._title.say(f"{text('ui.trend.title')} · {trend.label}{unit}")
            nothing = text("ui.trend.no_value.body")
            said = nothing if trend.state == "ready" else text(f"ui.trend.{trend.state}")
            self._say(trend.note or said)
            return
        self._title.say(f"{text('ui.trend.title')} · {trend.label}{unit}", _summary(trend, series))
        # loaded here and not above: numpy and pyqtgraph take a third of a second at start
        from ui.equipment.plot import TrendPlot  # noqa: PLC0415 - see the line above

        if not isinstance(self._plot, TrendPlot):
            self._plot = TrendPlot()
            self._stack.addWidget(self._plot)
        self._plot.draw(series, trend)
        self._plot.setAccessibleName(f"{self._title.accessibleName()}")
        self._stack.setCurrentWidget(self._plot)
        self.updateGeometry()

    def _say(self, words: str) -> None:
        self._note.say(words)
        self._stack.setCurrentWidget(self._note)
        self.updateGeometry()


def _summary(trend: Trend, series: Series) -> str:
    known = [value for value in (*series.y, *series.range_y) if not math.isnan(value)]
    low, high = (number(end, trend.decimals) for end in (min(known), max(known)))
    words = low if low == high else text("ui.trend.summary", low=low, high=high)
    return f"{words} · {text('ui.trend.gaps')}" if series.gaps else words
