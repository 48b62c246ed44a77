"""How to read the map: a lamp's states, and the marks every equipment may wear; it folds."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFontMetrics,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from backend_bridge.contract.alarms import AlarmState, Severity
from ui import icons, patterns
from ui.map.bitmaps import lamp_bitmaps, state_colour
from ui.map.column import WIDTH_PX, layer_title, paint_heading
from ui.marks import paint_alarm
from ui.texts import number, text
from ui.theme import Theme

STATES = (
    "on",
    "dimmed",
    "off",
    "stale",
    "bad",
    "unavailable",
    "unknown",
    "disabled",
    "maintenance",
)
"""What a lamp does; then why nobody can say, from bad to worse; then why it is not in use."""
ALARMS = (AlarmState.UNACKNOWLEDGED, AlarmState.ACKNOWLEDGED, AlarmState.RETURNED)

_ROW_PX = 24
_MARK_ROW_PX = 30  # a mark to be acknowledged has a contour around it
_PART_PX = 26
_MARGIN_PX = 6


class FoldHeading(QAbstractButton):
    """Show a part's title; a click folds or unfolds what stands below (checked: unfolded)."""

    def __init__(self, icon: str, title: str) -> None:
        super().__init__()
        self._theme = Theme.current()
        self._icon, self._title = icon, title
        self.setCheckable(True)
        self.setFixedHeight(self._theme.px("panel_title"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(title)
        self.toggled.connect(self._speak)
        self._speak()

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        ground = "hover" if self.underMouse() else "raised"
        paint_heading(painter, self, self._icon, self._title, ground=ground)
        sign = "mdi6.chevron-up" if self.isChecked() else "mdi6.chevron-down"
        ratio = self.devicePixelRatioF()
        painter.drawPixmap(
            self.width() - 28, (self.height() - 16) // 2, icons.pixmap(sign, theme, ratio=ratio)
        )
        if self.hasFocus():
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _speak(self) -> None:
        self.setToolTip(text("map.legend.fold" if self.isChecked() else "map.legend.unfold"))


class Legend(QWidget):
    """Say each state small as pixels, larger as a disc, in words, counted; then the marks."""

    def __init__(self) -> None:
        super().__init__()
        self._theme = Theme.current()
        self._bitmaps = lamp_bitmaps(self._theme.tokens)
        self._counts: dict[str, int] = {}
        self._note = text("map.legend.same")
        self.setObjectName("legend")
        self.setAccessibleName(text("map.legend.title"))
        self._fit(WIDTH_PX)

    def show_counts(self, counts: dict[str, int]) -> None:
        """Show how many lamps are in each state."""
        if counts != self._counts:
            self._counts = dict(counts)
            words = [
                f"{text(f'map.state.{state}')} {number(counts.get(state, 0))}" for state in STATES
            ]
            self.setAccessibleDescription(", ".join(words))
            self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(self.width())

    def _fit(self, width: int) -> None:
        self.setFixedHeight(
            len(STATES) * _ROW_PX
            + (len(ALARMS) + 1) * _MARK_ROW_PX
            + 2 * _PART_PX
            + self._note_height(width)
            + 3 * _MARGIN_PX
        )

    def _note_height(self, width: int) -> int:
        metrics = QFontMetrics(self._theme.font(12))
        room = QRectF(0, 0, width - 24, 200).toRect()
        return metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), self._note).height()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("panel"))
        top = self._paint_part(painter, 0, layer_title("lamp"))
        for state in STATES:
            self._paint_state(painter, self._row(top), state)
            top += _ROW_PX
        note = QRectF(12, top + _MARGIN_PX, self.width() - 24, self._note_height(self.width()))
        painter.setFont(self._theme.font(12))
        painter.setPen(self._theme.color("text_2"))
        painter.drawText(note, Qt.TextFlag.TextWordWrap, self._note)
        top = self._paint_part(painter, round(note.bottom()) + _MARGIN_PX, text("map.legend.marks"))
        for alarm in ALARMS:
            self._paint_alarm(painter, self._row(top, _MARK_ROW_PX), alarm)
            top += _MARK_ROW_PX
        self._paint_gathered(painter, self._row(top, _MARK_ROW_PX))
        painter.end()

    def _row(self, top: int, height: int = _ROW_PX) -> QRectF:
        return QRectF(12, top, self.width() - 46, height)

    def _paint_part(self, painter: QPainter, top: int, title: str) -> int:
        """Head a part; return where its rows begin."""
        painter.setFont(self._theme.font(12, bold=True))
        painter.setPen(self._theme.color("text_2"))
        area = QRectF(12, top, self.width() - 24, _PART_PX)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, title)
        return top + _PART_PX

    def _paint_state(self, painter: QPainter, area: QRectF, state: str) -> None:
        theme = self._theme
        red, green, blue = state_colour(state, theme.colors_hex())
        rows = self._bitmaps[state]
        left, top = round(area.left() + 8), round(area.center().y() - len(rows) / 2)
        colour = QColor(red, green, blue)
        for y, line in enumerate(rows):
            for x, mark in enumerate(line):
                if mark == "#":
                    painter.fillRect(left - len(line) // 2 + x, top + y, 1, 1, colour)
        paint_disc(painter, theme, QPointF(area.left() + 34, area.center().y()), state)
        words = self._paint_words(painter, area, text(f"map.state.{state}"))
        painter.setPen(theme.color("text_2"))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(words, right, number(self._counts.get(state, 0)))

    def _paint_alarm(self, painter: QPainter, area: QRectF, state: AlarmState) -> None:
        centre = QPointF(area.left() + 22, area.center().y())
        # The contour that flashes on the map stands still here: it tells the two marks apart.
        paint_alarm(painter, self._theme, centre, Severity.HIGH, state, size_px=16)
        self._paint_words(painter, area, text(f"map.legend.alarm.{state.value}"))

    def _paint_gathered(self, painter: QPainter, area: QRectF) -> None:
        painter.setFont(self._theme.font(12, bold=True))
        painter.setPen(self._theme.color("text_1"))
        painter.drawText(area.adjusted(12, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, "×3")
        self._paint_words(painter, area, text("map.legend.gathered"))

    def _paint_words(self, painter: QPainter, area: QRectF, words: str) -> QRectF:
        room = area.adjusted(52, 0, 0, 0)
        painter.setFont(self._theme.font(13))
        painter.setPen(self._theme.color("text_1"))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        return room


def paint_disc(painter: QPainter, theme: Theme, centre: QPointF, state: str) -> None:
    """Draw a lamp as the map does at medium scale: a disc filled by level, or a glyph."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ordinary = state in ("on", "dimmed", "off")
    pen = QPen(theme.color("text_2" if ordinary else "text_1"), 1.3)
    disc = QRectF(centre.x() - 5.5, centre.y() - 5.5, 11, 11)
    if state in ("on", "dimmed"):
        inner = disc.adjusted(2, 2, -2, -2)
        clip = QPainterPath()
        clip.addEllipse(inner)
        painter.setClipPath(clip)
        part = inner if state == "on" else inner.adjusted(0, inner.height() / 2, 0, 0)
        painter.fillRect(part, theme.color("text_2"))
        painter.setClipping(False)
    elif state == "disabled":
        painter.setBrush(theme.color("disabled_fill"))
    if state in ("unknown", "stale"):
        pen.setStyle(Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([1.6, 1.6] if state == "unknown" else [3, 1.6])
    painter.setPen(pen)
    painter.drawEllipse(disc)
    painter.restore()
    if not ordinary:
        inset = 0 if state == "unavailable" else 1.5
        patterns.paint_glyph(painter, theme, disc.adjusted(inset, inset, -inset, -inset), state)
