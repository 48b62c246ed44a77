"""The log of an incident: time, sign, words and author; what a person wrote stands out."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from ui import icons
from ui.incidents.facts import LogLine
from ui.texts import text
from ui.theme import Theme

_TIME_W = 66
_ICON_W = 24
_LINE_GAP = 6


class LogView(QScrollArea):
    """Scroll through log lines; stays at the end while it is there, else where it was put."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = _Lines()
        self.setWidget(self._lines)
        self.setWidgetResizable(True)
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verticalScrollBar().rangeChanged.connect(self._on_range_changed)
        self._at_end = True
        self.verticalScrollBar().valueChanged.connect(self._on_value_changed)

    def show_lines(self, lines: tuple[LogLine, ...], subject: str) -> None:
        """Show these lines, oldest first; another ``subject`` starts at the end again."""
        if self._lines.subject != subject:
            self._at_end = True
        self._lines.show_lines(lines, subject)

    def _on_range_changed(self, _low: int, high: int) -> None:
        if self._at_end:
            self.verticalScrollBar().setValue(high)

    def _on_value_changed(self, value: int) -> None:
        self._at_end = value >= self.verticalScrollBar().maximum() - 4


class _Lines(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._theme = Theme.current()
        self._lines: tuple[LogLine, ...] = ()
        self._tops: list[int] = []
        self._layouts: dict[tuple[int, int, bool], QTextLayout] = {}
        self.subject = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_lines(self, lines: tuple[LogLine, ...], subject: str) -> None:
        if lines == self._lines and subject == self.subject:
            return
        self._lines = lines
        self.subject = subject
        self.setAccessibleDescription("\n".join(f"{ln.time} {ln.text}" for ln in lines[-20:]))
        self._measure()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, max(24, self.minimumHeight()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._measure()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        shown = event.rect()
        for number, line in enumerate(self._lines):
            top = self._tops[number]
            bottom = self._tops[number + 1]
            if bottom < shown.top() or top > shown.bottom():
                continue
            painter.setFont(theme.font(13))
            painter.setPen(theme.color("text_3"))
            painter.drawText(QRect(0, top, _TIME_W, 20), Qt.AlignmentFlag.AlignVCenter, line.time)
            painter.drawPixmap(
                _TIME_W,
                top + 3,
                icons.pixmap(line.icon, theme, "text_2", 14, self.devicePixelRatioF()),
            )
            painter.setPen(theme.color("text_1"))
            self._layout(line).draw(painter, QPointF(_TIME_W + _ICON_W, top))
        painter.end()

    def _measure(self) -> None:
        self._layouts.clear()
        top = 2
        self._tops = []
        for line in self._lines:
            self._tops.append(top)
            top += int(self._layout(line).boundingRect().height()) + _LINE_GAP
        self._tops.append(top)
        self.setMinimumHeight(top)

    def _layout(self, line: LogLine) -> QTextLayout:
        width = max(60, self.width() - _TIME_W - _ICON_W - 4)
        key = (line.seq, width, line.said)
        layout = self._layouts.get(key)
        if layout is None:
            words = text("ui.log.said", words=line.text) if line.said else line.text
            words = f"{words} · {line.author}" if line.author else words
            layout = QTextLayout(words, self._theme.font(13, bold=line.said))
            option = QTextOption()
            option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
            layout.setTextOption(option)
            layout.beginLayout()
            height = 1.0
            while (text_line := layout.createLine()).isValid():
                text_line.setLineWidth(width)
                text_line.setPosition(QPointF(0, height))
                height += max(18.0, text_line.height())
            layout.endLayout()
            self._layouts[key] = layout
        return layout
