"""What is dragged within the console: equipment, an incident, a tile. Others see nothing of it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QDrag, QFontMetrics, QGuiApplication, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from ui.theme import Theme

MIME = "application/x-beffroi"
_MOST = 400
_LONGEST_ID = 200
_PAD = 8


@dataclass(frozen=True, slots=True)
class Dragged:
    """What a person holds.

    Attributes:
        equipment: ids, the one under the mouse first.
        incident: id of an incident, empty for none.
        tile: the tile of the wall it was taken from, ``None`` when it comes from elsewhere.
    """

    equipment: tuple[str, ...] = ()
    incident: str = ""
    tile: int | None = None


def pack(dragged: Dragged) -> QMimeData:
    """Return it as Qt carries it."""
    words = {
        "equipment": dragged.equipment[:_MOST],
        "incident": dragged.incident,
        "tile": dragged.tile,
    }
    data = QMimeData()
    data.setData(MIME, QByteArray(json.dumps(words).encode()))
    return data


def unpack(data: QMimeData) -> Dragged | None:
    """Return what is dragged, ``None`` when it is nothing of ours."""
    if not data.hasFormat(MIME):
        return None
    try:
        words = json.loads(bytes(data.data(MIME).data()))
    except ValueError:
        return None
    if not isinstance(words, dict):
        return None
    ids, tile = words.get("equipment"), words.get("tile")
    found = [_id(item) for item in ids] if isinstance(ids, list) else []
    return Dragged(
        equipment=tuple(item for item in found if item)[:_MOST],
        incident=_id(words.get("incident")),
        tile=tile if type(tile) is int else None,
    )


def far_enough(start: QPointF, now: QPointF) -> bool:
    """Return whether a pressed mouse has moved so far that something is dragged."""
    way = now - start
    return abs(way.x()) + abs(way.y()) >= QApplication.startDragDistance()


def begin(source: QWidget, dragged: Dragged, label: str) -> None:
    """Let a person drag from a widget until the button is let go; windows live meanwhile.

    Does nothing when no button is held any more: the mouse was faster than the report of it.
    """
    if not QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
        return
    drag = QDrag(source)
    drag.setMimeData(pack(dragged))
    drag.setPixmap(_pixmap(label, source.devicePixelRatioF()))
    drag.setHotSpot(QPoint(-12, -4))
    drag.exec(Qt.DropAction.CopyAction)


def _pixmap(label: str, ratio: float) -> QPixmap:
    theme = Theme.current()
    font = theme.font(16, bold=True)
    metrics = QFontMetrics(font)
    words = metrics.elidedText(label, Qt.TextElideMode.ElideRight, 320)
    width, height = metrics.horizontalAdvance(words) + 2 * _PAD, metrics.height() + _PAD
    picture = QPixmap(round(width * ratio), round(height * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(QColor(theme.color("window")))
    painter = QPainter(picture)
    painter.setPen(theme.color("text_1"))
    painter.setFont(font)
    rect = QRect(0, 0, width, height)
    painter.drawRect(rect.adjusted(0, 0, -1, -1))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)
    painter.end()
    return picture


def _id(value: object) -> str:
    return value if isinstance(value, str) and len(value) <= _LONGEST_ID else ""
