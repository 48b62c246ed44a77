"""The column beside the map: layers with their counts, and how to read a lamp."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QVBoxLayout, QWidget

from backend_bridge.contract.alarms import AlarmState
from ui import icons, patterns
from ui.map.bitmaps import lamp_bitmaps, state_colour
from ui.map.kind_symbols import paint_symbol
from ui.map.source import LayerRowFacts
from ui.marks import blink, paint_alarm
from ui.texts import number, text
from ui.theme import Theme

WIDTH_PX = 288
LEGEND = (
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

_LEGEND_ROW_PX = 24
_ROW_PX = 28
_SECTION_PX = 22
_COUNT_PX = 46  # room of a count, so that marks stand under each other


class Heading(QWidget):
    """Show a part's title: icon, name in bold, and a fact at the right."""

    def __init__(self, icon: str, title: str, fact: str = "") -> None:
        super().__init__()
        self._theme = Theme.current()
        self._icon, self._title, self._fact = icon, title, fact
        self.setFixedHeight(self._theme.px("panel_title"))
        self.setAccessibleName(title)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("raised"))
        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        ratio = self.devicePixelRatioF()
        painter.drawPixmap(12, 8, icons.pixmap(self._icon, theme, ratio=ratio))
        painter.setFont(theme.font(13, bold=True))
        painter.setPen(theme.color("text_1"))
        area = self.rect().adjusted(38, 0, -12, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, self._title)
        painter.setFont(theme.font(12))
        painter.setPen(theme.color("text_2"))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(area, right, self._fact)
        painter.end()


class LayerButton(QAbstractButton):
    """Show one layer and let the person draw it or not: box, icon, name, alarm, count, age."""

    def __init__(self, row: LayerRowFacts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = Theme.current()
        self.row = row
        self._title = layer_title(row.key)
        self.setObjectName(f"layer-{row.key}")
        self.setCheckable(True)
        self.setChecked(row.visible)
        self.setFixedHeight(_ROW_PX)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        blink().flipped.connect(self._on_blink_flipped)
        self._speak()

    def set_row(self, row: LayerRowFacts) -> None:
        """Show the layer as it stands now."""
        if row != self.row:
            self.row = row
            self.setChecked(row.visible)
            self._speak()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH_PX, _ROW_PX)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("hover" if self.underMouse() else "panel"))
        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        self._paint_box(painter)
        tone = "text_2" if self.isChecked() else "text_3"
        self._paint_symbol(painter, tone)
        right = self._paint_facts(painter)
        painter.setFont(theme.font(13))
        painter.setPen(theme.color("text_1" if self.isChecked() else "text_3"))
        name = QRect(64, 0, right - 70, self.height())
        shown = painter.fontMetrics().elidedText(
            self._title, Qt.TextElideMode.ElideRight, name.width()
        )
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(name, left, shown)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_facts(self, painter: QPainter) -> int:
        """Draw age, count, worst alarm and worst state from the right; return where they begin."""
        theme, row = self._theme, self.row
        if row.symbol:
            ring = QRectF(self.width() - 26, (self.height() - 13) / 2, 13, 13)
            patterns.paint_age_ring(painter, theme, ring, row.age)
        painter.setFont(theme.font(13))
        painter.setPen(theme.color("text_2"))
        aside = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        count, end = number(row.count), self.width() - 34
        painter.drawText(QRect(0, 0, end, self.height()), aside, count)
        left = end - max(_COUNT_PX, painter.fontMetrics().horizontalAdvance(count) + 4)
        if row.alarm is not None:
            severity, state = row.alarm
            left -= 26
            centre = QPointF(left + 12, self.height() / 2)
            paint_alarm(painter, theme, centre, severity, state, lit=blink().lit, size_px=16)
        if row.troubled is not None:
            left -= 20
            mark = QRectF(left, (self.height() - 15) / 2, 15, 15)
            patterns.paint_swatch(painter, theme, mark, row.troubled[0])
        return left

    def _paint_symbol(self, painter: QPainter, tone: str) -> None:
        theme, row = self._theme, self.row
        if "shape" not in row.drawing:  # a lamp's and an incident's look says more than one picture
            ratio = self.devicePixelRatioF()
            painter.drawPixmap(38, 6, icons.pixmap(row.icon, theme, tone, ratio=ratio))
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_symbol(
            painter, QRectF(38, 6, 16, 16), row.drawing, theme.hex(tone), theme.hex("panel")
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _paint_box(self, painter: QPainter) -> None:
        theme = self._theme
        box = QRectF(13, (self.height() - 14) / 2, 14, 14)
        if not self.isChecked():
            painter.setPen(QPen(theme.color("control_border"), 1))
            painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
            return
        painter.fillRect(box, theme.color("inverse"))
        painter.setPen(QPen(theme.color("on_inverse"), 2))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tick = QPainterPath(box.topLeft() + QPointF(3, 7))
        tick.lineTo(box.topLeft() + QPointF(6, 10))
        tick.lineTo(box.topLeft() + QPointF(11, 4))
        painter.drawPath(tick)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _speak(self) -> None:
        said = f"{self._title}, {number(self.row.count)}"
        if self.row.troubled is not None:
            state, count = self.row.troubled
            words = text(f"map.state.{state}")
            said += f", {text('map.layers.troubled', count=number(count), state=words.lower())}"
        self.setAccessibleName(said)
        key = "map.layers.shown" if self.row.visible else "map.layers.not_shown"
        self.setToolTip(f"{said}. {text(key)}")

    def _on_blink_flipped(self, _lit: bool) -> None:
        if self.row.alarm is not None and self.row.alarm[1] is AlarmState.UNACKNOWLEDGED:
            self.update()


class Section(QLabel):
    """Head a part of the list: what happens, or what there is."""

    def __init__(self, name: str) -> None:
        super().__init__(text(f"map.layers.{name}"))
        theme = Theme.current()
        self.setObjectName(name)
        self.setFixedHeight(_SECTION_PX)
        self.setIndent(12)
        self.setFont(theme.font(12, bold=True))
        self.setStyleSheet(
            f"color: {theme.hex('text_2')}; background: {theme.hex('panel')};"
            f"border-bottom: 1px solid {theme.hex('line')}"
        )


class LayerList(QWidget):
    """List the layers; ``toggled`` says which one is to be drawn or not."""

    toggled = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__()
        self._buttons: dict[str, LayerButton] = {}
        self._sections: list[Section] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(
            Heading("mdi6.layers-outline", text("map.layers.title"), text("map.layers.fact"))
        )

    def show_rows(self, rows: Sequence[LayerRowFacts]) -> None:
        """Show the layers as they stand now."""
        keys = [row.key for row in rows]
        if keys != list(self._buttons):
            for button in self._buttons.values():
                self._layout.removeWidget(button)
                button.hide()
                button.deleteLater()
            for section in self._sections:
                self._layout.removeWidget(section)
                section.hide()
                section.deleteLater()
            self._buttons, self._sections = {}, []
            for row in rows:
                name = "equipment" if row.symbol else "situation"
                if not self._sections or self._sections[-1].objectName() != name:
                    self._sections.append(Section(name))
                    self._layout.addWidget(self._sections[-1])
                button = LayerButton(row, self)
                button.clicked.connect(
                    lambda checked=False, key=row.key: self.toggled.emit(key, checked)
                )
                self._layout.addWidget(button)
                self._buttons[row.key] = button
            return
        for row in rows:
            self._buttons[row.key].set_row(row)


class Legend(QWidget):
    """Say how to read the map: each state small as pixels, larger as a disc, in words, counted."""

    def __init__(self) -> None:
        super().__init__()
        self._theme = Theme.current()
        self._bitmaps = lamp_bitmaps(self._theme.tokens)
        self._counts: dict[str, int] = {}
        self.setFixedHeight(len(LEGEND) * _LEGEND_ROW_PX + 12)
        self.setObjectName("legend")
        self.setAccessibleName(text("map.legend.title"))

    def show_counts(self, counts: dict[str, int]) -> None:
        """Show how many lamps are in each state."""
        if counts != self._counts:
            self._counts = dict(counts)
            words = [
                f"{text(f'map.state.{state}')} {number(counts.get(state, 0))}" for state in LEGEND
            ]
            self.setAccessibleDescription(", ".join(words))
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("panel"))
        for row, state in enumerate(LEGEND):
            top = 6 + row * _LEGEND_ROW_PX
            area = QRectF(12, top, self.width() - 46, _LEGEND_ROW_PX)
            self._paint_state(painter, area, state)
        painter.end()

    def _paint_state(self, painter: QPainter, area: QRectF, state: str) -> None:
        theme = self._theme
        colours = theme.colors_hex()
        red, green, blue = state_colour(state, colours)
        rows = self._bitmaps[state]
        left, top = round(area.left() + 8), round(area.center().y() - len(rows) / 2)
        colour = QColor(red, green, blue)
        for y, line in enumerate(rows):
            for x, mark in enumerate(line):
                if mark == "#":
                    painter.fillRect(left - len(line) // 2 + x, top + y, 1, 1, colour)
        paint_disc(painter, theme, QPointF(area.left() + 34, area.center().y()), state)
        painter.setFont(theme.font(13))
        painter.setPen(theme.color("text_1"))
        words = area.adjusted(52, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text(f"map.state.{state}"))
        painter.setPen(theme.color("text_2"))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(words, right, number(self._counts.get(state, 0)))


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


def layer_title(key: str) -> str:
    """Return a layer's name; a kind nobody wrote a text for is named by its key."""
    name = f"map.layer.{key}"
    said = text(name)
    return key if said == name else said
