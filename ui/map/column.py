"""The column beside the map: its headings, and the layers with their counts."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFontMetrics,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QVBoxLayout, QWidget

from backend_bridge.contract.alarms import AlarmState
from ui import icons, patterns
from ui.map.kind_symbols import paint_symbol
from ui.map.source import LayerRowFacts
from ui.marks import blink, paint_alarm
from ui.texts import number, text
from ui.theme import Theme

WIDTH_PX = 308
_ROW_PX = 28
_TALL_ROW_PX = 42  # a name of two lines, or a name and what is not drawn
_SECTION_PX = 22
_NAME_LEFT_PX = 58
_COUNT_PX = 46  # room of a count, so that marks stand under each other
_ALARM_PX = 34  # room of an alarm's mark with its contour


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
        area = paint_heading(painter, self, self._icon, self._title)
        painter.setFont(theme.font(12))
        painter.setPen(theme.color("text_2"))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(area, right, self._fact)
        painter.end()


def paint_heading(
    painter: QPainter, widget: QWidget, icon: str, title: str, *, ground: str = "raised"
) -> QRect:
    """Draw a part's title over all of a widget; return where words stand."""
    theme = Theme.current()
    painter.fillRect(widget.rect(), theme.color(ground))
    painter.setPen(QPen(theme.color("line"), 1))
    painter.drawLine(0, widget.height() - 1, widget.width(), widget.height() - 1)
    ratio = widget.devicePixelRatioF()
    painter.drawPixmap(12, 8, icons.pixmap(icon, theme, ratio=ratio))
    painter.setFont(theme.font(13, bold=True))
    painter.setPen(theme.color("text_1"))
    area = widget.rect().adjusted(38, 0, -12, 0)
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, title)
    return area


class LayerButton(QAbstractButton):
    """Show one layer and let the person draw it or not: box, icon, name, alarm, count, age."""

    def __init__(self, row: LayerRowFacts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = Theme.current()
        self.row = row
        self._title = layer_title(row.key)
        self._masked = False
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
            self._fit()

    def set_masked(self, masked: bool) -> None:
        """Say that the map has no room here for those of this layer that are well."""
        if masked != self._masked:
            self._masked = masked
            self._speak()
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Take the height the words need; nothing is cut."""
        room = self._facts_left() - _NAME_LEFT_PX - 6
        wide = QFontMetrics(self._theme.font(13)).horizontalAdvance(self._title)
        self._wrapped = wide > room
        self.setFixedHeight(_TALL_ROW_PX if self._wrapped or self._noting else _ROW_PX)
        self.update()

    @property
    def _noting(self) -> bool:
        return self._masked and self.isChecked()

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
        tone = "text_2" if self.isChecked() and not self._noting else "text_3"
        self._paint_symbol(painter, tone)
        self._paint_facts(painter)
        self._paint_name(painter)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_name(self, painter: QPainter) -> None:
        theme = self._theme
        painter.setFont(theme.font(13))
        painter.setPen(theme.color("text_1" if self.isChecked() else "text_3"))
        # A note stands under the name, over the whole width; a long name takes both lines.
        height = self._line_px()
        room = QRect(_NAME_LEFT_PX, 0, self._facts_left() - _NAME_LEFT_PX - 6, height)
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, left | Qt.TextFlag.TextWordWrap, self._title)
        if self._noting and not self._wrapped:
            painter.setFont(theme.font(12))
            painter.setPen(theme.color("text_3"))
            note = QRect(_NAME_LEFT_PX, height - 4, self.width() - _NAME_LEFT_PX, 18)
            painter.drawText(note, left, text("map.layers.masked"))

    def _line_px(self) -> int:
        """Return the height of the line that name and facts share."""
        return _ROW_PX - 4 if self._noting and not self._wrapped else self.height()

    def _facts_left(self) -> int:
        """Return where count, alarm and state begin."""
        count = QFontMetrics(self._theme.font(13)).horizontalAdvance(number(self.row.count))
        left = self.width() - 34 - max(_COUNT_PX, count + 4)
        marks = _ALARM_PX * (self.row.alarm is not None) + 20 * (self.row.troubled is not None)
        return left - marks

    def _paint_facts(self, painter: QPainter) -> None:
        """Draw age, count, worst alarm and worst state, from the right."""
        theme, row, height = self._theme, self.row, self._line_px()
        if row.symbol:
            ring = QRectF(self.width() - 26, (height - 13) / 2, 13, 13)
            patterns.paint_age_ring(painter, theme, ring, row.age)
        painter.setFont(theme.font(13))
        painter.setPen(theme.color("text_2"))
        aside = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        count, end = number(row.count), self.width() - 34
        painter.drawText(QRect(0, 0, end, height), aside, count)
        left = end - max(_COUNT_PX, painter.fontMetrics().horizontalAdvance(count) + 4)
        if row.alarm is not None:
            severity, state = row.alarm
            left -= _ALARM_PX
            centre = QPointF(left + _ALARM_PX / 2, height / 2)
            paint_alarm(painter, theme, centre, severity, state, lit=blink().lit, size_px=16)
        if row.troubled is not None:
            left -= 20
            mark = QRectF(left, (height - 15) / 2, 15, 15)
            patterns.paint_swatch(painter, theme, mark, row.troubled[0])

    def _paint_symbol(self, painter: QPainter, tone: str) -> None:
        theme, row = self._theme, self.row
        if "shape" not in row.drawing:  # a lamp's and an incident's look says more than one picture
            ratio = self.devicePixelRatioF()
            painter.drawPixmap(
                34, (self.height() - 16) // 2, icons.pixmap(row.icon, theme, tone, ratio=ratio)
            )
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(34, (self.height() - 16) / 2, 16, 16)
        paint_symbol(painter, box, row.drawing, theme.hex(tone), theme.hex("panel"))
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
        if self._noting:
            said += f". {text('map.layers.masked.tip')}"
        self.setAccessibleName(said)
        key = "map.layers.shown" if self.row.visible else "map.layers.not_shown"
        self.setToolTip(f"{said.removesuffix('.')}. {text(key)}")

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
        self.setProperty("look", "section")


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

    def show_masked(self, keys: Collection[str]) -> None:
        """Say of which layers the map draws only what is not well, for want of room."""
        for key, button in self._buttons.items():
            button.set_masked(key in keys)

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


def layer_title(key: str) -> str:
    """Return a layer's name; a kind nobody wrote a text for is named by its key."""
    name = f"map.layer.{key}"
    said = text(name)
    return key if said == name else said
