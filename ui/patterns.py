"""Quality patterns, age rings, command chains and bars: readable without any colour."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from backend_bridge.contract.commands import CommandOutcome
from ui.aged import age_word, outline_aged
from ui.theme import Theme

WORDS = ("good", "stale", "bad", "unavailable", "unknown", "disabled", "maintenance", "frozen")
"""What a pattern may say: the five quality words, the two service states shown apart, and frozen:
a device says of itself that what it gives does not move."""

CHAIN_BOX_PX = 18
CHAIN_GAP_PX = 3
_DASHES = {"unknown": [2.0, 2.0], "stale": [4.0, 2.0]}


def fill_pattern(painter: QPainter, theme: Theme, rect: QRectF, word: str) -> None:
    """Fill ``rect`` with the pattern of a quality or service word; ``good``, ``unknown``: none."""
    painter.save()
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if word == "unavailable":
        _diagonals(painter, theme, rect, step=5.0, width=1.3, rising=True)
    elif word == "maintenance":
        _diagonals(painter, theme, rect, step=12.0, width=6.0, rising=False)
    elif word == "bad":
        painter.setPen(QPen(theme.color("hatch"), 1.3))
        x = rect.left() + 2.5
        while x < rect.right():
            painter.drawLine(QLineF(x, rect.top(), x, rect.bottom()))
            x += 5
    elif word == "stale":
        _dots(painter, theme, rect)
    elif word == "disabled":
        painter.fillRect(rect, theme.color("disabled_fill"))
    elif word == "frozen":
        painter.fillRect(rect, theme.color("data_dim"))
        _dots(painter, theme, rect)
    painter.restore()


def paint_frame(painter: QPainter, theme: Theme, rect: QRectF, word: str) -> None:
    """Draw the border of a quality word: solid, dotted, dashed or double."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    pen = QPen(theme.color("hatch" if word != "good" else "control_border"), 1)
    if word in _DASHES:
        pen.setStyle(Qt.PenStyle.CustomDashLine)
        pen.setDashPattern(_DASHES[word])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.adjusted(0, 0, -1, -1))
    if word == "bad":
        painter.drawRect(rect.adjusted(2, 2, -3, -3))
    painter.restore()


def paint_swatch(painter: QPainter, theme: Theme, rect: QRectF, word: str) -> None:
    """Draw the small sign of a word: pattern, border and glyph on a clear middle."""
    fill_pattern(painter, theme, rect, word)
    paint_frame(painter, theme, rect, word)
    if word == "good":
        return
    side = min(rect.width(), rect.height()) - 4
    middle = QRectF(0, 0, side, side)
    middle.moveCenter(rect.center())
    if word in ("unavailable", "stale", "bad", "maintenance", "frozen"):
        painter.fillRect(middle.adjusted(-1, 0, 1, 0), theme.color("panel"))
    paint_glyph(painter, theme, middle, word)


def paint_value_sign(painter: QPainter, theme: Theme, rect: QRectF, word: str) -> None:
    """Draw the sign of a value's quality, which F6 frames when it is too old; no legend's."""
    paint_swatch(painter, theme, rect, word)
    outline_aged(painter, theme, rect, word)


def paint_glyph(painter: QPainter, theme: Theme, rect: QRectF, word: str) -> None:
    """Draw the glyph of a word in text 1: ? × clock ≠ ⊘ △ ‖; B612 has not all of them."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("text_1"), max(1.4, rect.width() / 9)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    box = rect.adjusted(1, 1, -1, -1)
    centre = box.center()
    if word == "unknown":
        painter.setFont(theme.font(max(10, round(rect.height() * 0.95)), bold=True))
        painter.drawText(rect.adjusted(-4, -4, 4, 4), Qt.AlignmentFlag.AlignCenter, "?")
    elif word == "unavailable":
        inner = box.adjusted(2, 2, -2, -2)
        painter.drawLine(inner.topLeft(), inner.bottomRight())
        painter.drawLine(inner.bottomLeft(), inner.topRight())
    elif word == "stale":
        painter.drawEllipse(box)
        painter.drawLine(centre, QPointF(centre.x(), box.top() + box.height() * 0.2))
        painter.drawLine(centre, QPointF(box.right() - box.width() * 0.25, centre.y()))
    elif word == "bad":
        third = box.height() / 3
        for y in (box.top() + third, box.bottom() - third):
            painter.drawLine(QPointF(box.left() + 1, y), QPointF(box.right() - 1, y))
        painter.drawLine(
            QPointF(box.left() + box.width() * 0.3, box.bottom()),
            QPointF(box.right() - box.width() * 0.3, box.top()),
        )
    elif word == "disabled":
        painter.drawEllipse(box)
        offset = box.width() / 2 * math.sqrt(0.5)
        painter.drawLine(
            QPointF(centre.x() - offset, centre.y() + offset),
            QPointF(centre.x() + offset, centre.y() - offset),
        )
    elif word == "frozen":
        for x in (centre.x() - 4, centre.x() + 1):
            painter.fillRect(QRectF(x, box.top() + 1, 3, box.height() - 2), theme.color("text_1"))
    elif word == "maintenance":
        painter.drawPolygon(
            QPolygonF([QPointF(centre.x(), box.top()), box.bottomRight(), box.bottomLeft()])
        )
    painter.restore()


def paint_age_ring(painter: QPainter, theme: Theme, rect: QRectF, fraction: float | None) -> None:
    """Draw an age: a ring emptying clockwise toward the allowed age, then a stippled square.

    F6 frames the square, in three pixels around it.

    Args:
        painter: active painter; its state is restored.
        theme: gives colours.
        rect: square of the ring.
        fraction: age divided by allowed age; 1 and more is too old, ``None`` is never heard.
    """
    word = age_word(fraction)
    if fraction is None or word != "good":
        fill_pattern(painter, theme, rect, word)
        paint_frame(painter, theme, rect, word)
        if word == "unknown":
            paint_glyph(painter, theme, rect.adjusted(2, 2, -2, -2), word)
        outline_aged(painter, theme, rect, word)
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    width = max(2.5, rect.width() / 4.5)
    box = rect.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    painter.setPen(QPen(theme.color("line"), width))
    painter.drawEllipse(box)
    pen = QPen(theme.color("text_1"), width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    # Qt counts sixteenths of a degree counter-clockwise from three o'clock; emptying clockwise
    # from twelve leaves the last part of the turn: from twelve, counter-clockwise
    painter.drawArc(box, 90 * 16, round((1 - max(0.0, fraction)) * 360 * 16))
    painter.restore()


def chain_boxes(outcome: CommandOutcome, *, read: bool = False) -> tuple[str, str, str, str]:
    """Return what C, A, R and V show: ``done``, ``not_yet``, ``failed`` or ``unknown``.

    ``read`` says that the command was read back and its effect is still awaited.
    """
    match outcome:
        case CommandOutcome.ACCEPTED | CommandOutcome.SENT:
            return ("done", "done", "done" if read else "not_yet", "not_yet")
        case CommandOutcome.CONFIRMED:
            return ("done", "done", "done", "done")
        case CommandOutcome.REFUSED | CommandOutcome.EXPIRED:
            return ("done", "failed", "not_yet", "not_yet")
        case CommandOutcome.FAILED:
            return ("done", "done", "failed", "not_yet")
        case CommandOutcome.UNKNOWN:
            return ("done", "done", "unknown", "not_yet")


def chain_width() -> int:
    """Return the width in pixels that :func:`paint_chain` uses."""
    return 4 * CHAIN_BOX_PX + 3 * CHAIN_GAP_PX


def paint_chain(
    painter: QPainter,
    theme: Theme,
    origin: QPointF,
    boxes: Sequence[str],
    letters: str = "CARV",
) -> None:
    """Draw the four boxes of a command's fate from ``origin`` (top left)."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setFont(theme.font(12, bold=True))
    for index, (state, letter) in enumerate(zip(boxes, letters, strict=True)):
        rect = QRectF(
            origin.x() + index * (CHAIN_BOX_PX + CHAIN_GAP_PX),
            origin.y(),
            CHAIN_BOX_PX,
            CHAIN_BOX_PX,
        )
        if index:
            painter.setPen(QPen(theme.color("line"), 1))
            y = rect.center().y()
            painter.drawLine(QLineF(rect.left() - CHAIN_GAP_PX, y, rect.left(), y))
        _chain_box(painter, theme, rect, state, letter)
    painter.restore()


def _chain_box(painter: QPainter, theme: Theme, rect: QRectF, state: str, letter: str) -> None:
    if state == "done":
        painter.fillRect(rect, theme.color("inverse"))
        painter.setPen(theme.color("on_inverse"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, letter)
        return
    if state == "not_yet":
        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.setPen(theme.color("text_3"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, letter)
        return
    pen = QPen(theme.color("text_1"), 1)
    if state == "unknown":
        pen.setStyle(Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([2, 2])
    painter.setPen(pen)
    painter.drawRect(rect.adjusted(0, 0, -1, -1))
    paint_glyph(
        painter,
        theme,
        rect.adjusted(2, 2, -2, -2),
        "unknown" if state == "unknown" else "unavailable",
    )


def paint_limit_bar(
    painter: QPainter,
    theme: Theme,
    rect: QRectF,
    fraction: float,
    *,
    limits: Sequence[float] = (),
    normal: tuple[float, float] | None = None,
    word: str = "good",
) -> None:
    """Draw a bar with its limits: what it is out of comes before any digit.

    Args:
        painter: active painter; its state is restored.
        theme: gives colours.
        rect: the track, border included.
        fraction: filled part of the track, 0 to 1; more is drawn full with an arrow head.
        limits: ticks, as fractions of the track.
        normal: band where values normally are, as fractions of the track.
        word: quality; anything but ``good`` shows its pattern and no fill.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.fillRect(rect, theme.color("field"))
    inner = rect.adjusted(1, 1, -1, -1)
    if normal is not None:
        low, high = normal
        painter.fillRect(_part(inner, low, high), theme.color("normal_band"))
    if word == "good":
        height = inner.height() * (0.55 if normal is not None else 1)
        fill = _part(inner, 0, min(1.0, max(0.0, fraction)))
        fill.setTop(inner.center().y() - height / 2)
        fill.setHeight(height)
        painter.fillRect(fill, theme.color("data"))
        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawRect(rect.adjusted(0, 0, -1, -1))
    else:
        fill_pattern(painter, theme, inner, word)
        paint_frame(painter, theme, rect, word)
    for limit in limits:
        x = round(inner.left() + inner.width() * limit)
        painter.fillRect(QRectF(x - 1, rect.top() - 2, 2, rect.height() + 4), theme.color("text_1"))
    if word == "good" and fraction > 1:
        _overflow(painter, theme, inner)
    painter.restore()


def _part(inner: QRectF, low: float, high: float) -> QRectF:
    return QRectF(
        inner.left() + inner.width() * low,
        inner.top(),
        inner.width() * max(0.0, high - low),
        inner.height(),
    )


def _overflow(painter: QPainter, theme: Theme, inner: QRectF) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("on_inverse"), 1.6))
    tip = inner.right() - 2
    painter.drawPolyline(
        QPolygonF(
            [
                QPointF(tip - 4, inner.top() + 1),
                QPointF(tip, inner.center().y()),
                QPointF(tip - 4, inner.bottom() - 1),
            ]
        )
    )


def _diagonals(
    painter: QPainter, theme: Theme, rect: QRectF, *, step: float, width: float, rising: bool
) -> None:
    painter.setPen(QPen(theme.color("hatch"), width))
    height = rect.height()
    # measured across the lines, so the horizontal step is longer by the square root of two
    pitch = step * math.sqrt(2)
    x = rect.left() - height - pitch
    while x < rect.right() + height + pitch:
        if rising:
            painter.drawLine(QLineF(x, rect.bottom(), x + height, rect.top()))
        else:
            painter.drawLine(QLineF(x, rect.top(), x + height, rect.bottom()))
        x += pitch


def _dots(painter: QPainter, theme: Theme, rect: QRectF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("hatch"))
    row = 0
    y = rect.top() + 1.5
    while y < rect.bottom():
        x = rect.left() + (1.5 if row % 2 == 0 else 3.5)
        while x < rect.right():
            painter.drawEllipse(QPointF(x, y), 0.7, 0.7)
            x += 4
        y += 2
        row += 1
