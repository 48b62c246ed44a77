"""Alarm marks: shape, digit and colour together, and the one timer that flashes their contour."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from backend_bridge.contract.alarms import AlarmState, Severity
from ui.theme import Theme

ROW_PX = 20
"""Core of a mark in a row; never below :data:`MIN_PX`."""
MIN_PX = 16
HEADER_PX = 34
WALL_PX = 38


class Blink(QObject):
    """Flash every unacknowledged contour of the process in step, from one timer.

    ``lit`` tells whether contours show now; ``flipped`` says that it changed.
    """

    flipped = Signal(bool)

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.lit = True
        self._on_ms = int(theme.tokens["alarm"]["flash_on_ms"])
        self._off_ms = int(theme.tokens["alarm"]["flash_off_ms"])
        self._timer = QTimer(self)
        self._timer.setInterval(self._on_ms)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._timer.start()

    def _on_timer_timeout(self) -> None:
        self.lit = not self.lit
        self._timer.setInterval(self._on_ms if self.lit else self._off_ms)
        self.flipped.emit(self.lit)


def blink() -> Blink:
    """Return the application's one :class:`Blink`, made at the first call.

    Raises:
        RuntimeError: there is no QApplication yet.
    """
    app = QApplication.instance()
    if app is None:
        raise RuntimeError("marks flash only inside a QApplication: make it first")
    found = app.findChild(Blink)
    return found if found is not None else Blink(Theme.current(), app)


def outset(points: Sequence[QPointF], distance: float) -> QPolygonF:
    """Return a convex, clockwise polygon (y down) whose edges moved outward by ``distance``."""
    count = len(points)
    lines = []
    for index in range(count):
        start, end = points[index], points[(index + 1) % count]
        dx, dy = end.x() - start.x(), end.y() - start.y()
        length = math.hypot(dx, dy)
        nx, ny = dy / length, -dx / length
        lines.append((start.x() + nx * distance, start.y() + ny * distance, dx, dy))
    corners = []
    for index in range(count):
        x1, y1, dx1, dy1 = lines[index - 1]
        x2, y2, dx2, dy2 = lines[index]
        cross = dx1 * dy2 - dy1 * dx2
        along = ((x2 - x1) * dy2 - (y2 - y1) * dx2) / cross
        corners.append(QPointF(x1 + dx1 * along, y1 + dy1 * along))
    return QPolygonF(corners)


class _Shape:
    """One severity's outline in a 24 by 24 box, placed around a centre."""

    def __init__(self, tokens: dict[str, Any], centre: QPointF, size_px: float) -> None:
        scale = size_px / 24
        self._centre = centre
        self._radius = float(tokens["radius"]) * scale if "radius" in tokens else 0.0
        points: list[list[float]] = tokens.get("points", [])
        if points:
            # a triangle's visual middle is not its box's: centre what is drawn on the row
            middle_y = (min(p[1] for p in points) + max(p[1] for p in points)) / 2
            self._points = [
                QPointF(centre.x() + (x - 12) * scale, centre.y() + (y - middle_y) * scale)
                for x, y in points
            ]

    def path(self, distance: float = 0.0) -> QPainterPath:
        path = QPainterPath()
        if self._radius:
            path.addEllipse(self._centre, self._radius + distance, self._radius + distance)
        else:
            polygon = outset(self._points, distance) if distance else QPolygonF(self._points)
            path.addPolygon(polygon)
            path.closeSubpath()
        return path

    def digit_rect(self, size_px: float, severity: Severity) -> QRectF:
        shift = {Severity.HIGH: 0.13, Severity.MEDIUM: -0.13}.get(severity, 0.0) * size_px
        side = size_px * 1.2
        return QRectF(self._centre.x() - side / 2, self._centre.y() - side / 2 + shift, side, side)


def paint_alarm(
    painter: QPainter,
    theme: Theme,
    centre: QPointF,
    severity: Severity,
    state: AlarmState,
    *,
    lit: bool = True,
    size_px: float = ROW_PX,
    shelved: bool = False,
) -> None:
    """Draw one alarm mark around ``centre``.

    Args:
        painter: active painter; its state is restored.
        theme: gives colours; light themes add the outline that yellow and orange need.
        centre: middle of the core, logical pixels.
        severity: shape, digit and colour.
        state: NA has a flashing contour, AQ the core alone, RN is hollow with a dashed contour.
        lit: whether a flashing contour shows now (:attr:`Blink.lit`); the core never flashes.
        size_px: box of the core; at least 16.
        shelved: grey and hollow, whatever the state; the word (or a count of 0) goes beside it.
    """
    size_px = max(size_px, MIN_PX)
    tokens = theme.tokens["alarm"]["shape_24"][str(int(severity))]
    shape = _Shape(tokens, centre, size_px)
    color = theme.color("text_3" if shelved else f"alarm_{int(severity)}")
    hollow = shelved or state is AlarmState.RETURNED
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_core(painter, theme, shape, color, hollow=hollow, edged=theme.light and not shelved)
    if not shelved:
        _paint_contour(painter, theme, shape, color, state, lit=lit)
    digit = (
        color if shelved else theme.color("text_1" if hollow else f"alarm_{int(severity)}_digit")
    )
    painter.setPen(digit)
    painter.setFont(theme.font(max(10, round(size_px * 0.6)), bold=True))
    painter.drawText(
        shape.digit_rect(size_px, severity), Qt.AlignmentFlag.AlignCenter, str(int(severity))
    )
    painter.restore()


def _paint_core(
    painter: QPainter,
    theme: Theme,
    shape: _Shape,
    color: QColor,
    *,
    hollow: bool,
    edged: bool,
) -> None:
    if hollow:
        if edged:
            painter.setPen(QPen(theme.color("alarm_edge"), 3.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(shape.path(-1.0))
        painter.setPen(QPen(color, 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(shape.path(-0.8))
        return
    edge = QPen(theme.color("alarm_edge"), 1.5) if edged else QPen(Qt.PenStyle.NoPen)
    painter.setPen(edge)
    painter.setBrush(color)
    painter.drawPath(shape.path())


def _paint_contour(
    painter: QPainter, theme: Theme, shape: _Shape, color: QColor, state: AlarmState, *, lit: bool
) -> None:
    if state is AlarmState.UNACKNOWLEDGED:
        if not lit:
            return
        style = Qt.PenStyle.SolidLine
    elif state is AlarmState.RETURNED:
        style = Qt.PenStyle.CustomDashLine
    else:
        return
    alarm = theme.tokens["alarm"]
    width = float(alarm["contour_width_px"])
    path = shape.path(float(alarm["contour_gap_px"]) + width / 2)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen_color, pen_width in _contour_pens(theme, color, width):
        pen = QPen(pen_color, pen_width)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        pen.setStyle(style)
        if style is Qt.PenStyle.CustomDashLine:
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            pen.setDashPattern([3 / pen_width, 2.2 / pen_width])
        painter.setPen(pen)
        painter.drawPath(path)


def _contour_pens(theme: Theme, color: QColor, width: float) -> list[tuple[QColor, float]]:
    """Return the strokes of a contour: in light, a dark edge under the hue."""
    if theme.light:
        return [(theme.color("alarm_edge"), width + 1.5), (color, width - 0.5)]
    return [(color, width)]


class AlarmMark(QWidget):
    """Show one alarm mark as a widget, flashing with the room's timer.

    Args:
        size_px: box of the core.
        parent: Qt parent.
    """

    def __init__(self, size_px: int = ROW_PX, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size_px = size_px
        self._severity: Severity | None = None
        self._state = AlarmState.NORMAL
        self._grey = False
        self._theme = Theme.current()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._blink = blink()
        self._blink.flipped.connect(self._on_blink_flipped)

    def set_alarm(
        self, severity: Severity | None, state: AlarmState, *, grey: bool = False
    ) -> None:
        """Show this alarm; ``None`` leaves the place blank.

        ``grey`` draws the shape hollow and without hue, still: a severity that nothing has now.
        """
        if (severity, state, grey) != (self._severity, self._state, self._grey):
            self._severity, self._state, self._grey = severity, state, grey
            self.update()

    def sizeHint(self) -> QSize:
        """Return the room a contour needs around the core."""
        side = self._size_px + 16
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the mark."""
        if self._severity is None:
            return
        painter = QPainter(self)
        paint_alarm(
            painter,
            self._theme,
            QRectF(self.rect()).center(),
            self._severity,
            self._state,
            lit=self._blink.lit,
            size_px=self._size_px,
            shelved=self._grey,
        )
        painter.end()

    def _on_blink_flipped(self, _lit: bool) -> None:
        flashes = self._state is AlarmState.UNACKNOWLEDGED and not self._grey
        if self._severity is not None and flashes:
            self.update()
