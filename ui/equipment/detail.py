"""One equipment: what it does now, how far that may be believed, and what hangs on it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from backend_bridge.contract.quality import Quality, ServiceState
from ui import patterns
from ui.equipment.diagnostics import DiagnosticsView
from ui.equipment.facts import ChildCount, EquipmentDetail, Link, PointRow
from ui.equipment.pointline import PointLine, has_bar, label_width, paint_value, value_width
from ui.equipment.trend import TrendView
from ui.facts import ValueText
from ui.marks import HEADER_PX, AlarmMark
from ui.texts import text
from ui.theme import Theme
from ui.widgets.alarmcard import AlarmCards
from ui.widgets.buttons import ActionButton
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import IconLabel, QualityWord, Rule, TextLabel
from ui.widgets.wrapped import WrappedLabel


class EquipmentDetailView(QWidget):
    """Draw an equipment and hand what the person chooses to whoever listens.

    Signals:
        point_chosen: key of the point whose history is wanted.
        equipment_wanted: id of a parent.
        incident_wanted: id of an incident it is in.
        diagnostics_wanted: whether the link's frames shall be shown.
    """

    point_chosen = Signal(str)
    equipment_wanted = Signal(str)
    incident_wanted = Signal(str)
    diagnostics_wanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("equipment-detail")
        self._header = _Header()
        self._service = QualityWord()
        self._quality = QualityWord()
        self._links = LinkRow()
        self._links.equipment_wanted.connect(self.equipment_wanted)
        self._links.incident_wanted.connect(self.incident_wanted)
        self._points = PointLines()
        self._points.chosen.connect(self.point_chosen)
        self._trend = TrendView()
        self._children = ChildCounts()
        self._alarms = AlarmCards()
        self._diagnostics = DiagnosticsView()
        self._diagnostics.wanted.connect(self.diagnostics_wanted)
        self._lay_out()

    def show_detail(self, detail: EquipmentDetail) -> None:
        """Draw an equipment; only what differs from the one drawn before is touched."""
        self.setAccessibleName(f"{detail.kind_word} {detail.id} {detail.headline}")
        self._header.show_detail(detail)
        out = detail.service_state is not ServiceState.IN_SERVICE
        self._service.say(
            detail.service_state.value if out else "good",
            text(f"ui.service.{detail.service_state.value}"),
            detail.service,
        )
        self._service.setVisible(out)
        self._show_quality(detail.value)
        self._links.show_links(tuple(detail.parents), tuple(detail.incidents), detail.id)
        chosen = detail.trend.point_key if detail.trend is not None else ""
        self._points.show_points(tuple(detail.points), chosen)
        self._trend.show_trend(detail.trend)
        self._children.show_counts(tuple(detail.children))
        self._alarms.show_alarms(tuple(detail.alarms))
        self._diagnostics.show_diagnostics(detail.diagnostics)

    def _show_quality(self, value: ValueText | None) -> None:
        self._quality.setVisible(value is not None)
        if value is None:
            return
        word = value.quality.word
        self._quality.say(
            word, value.quality_word or text("ui.quality.good"), value.note or value.age
        )

    def _lay_out(self) -> None:
        inner = QWidget()
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(0, 0, 0, 8)
        layout.setSpacing(4)
        layout.addWidget(self._header)
        middle = QVBoxLayout()
        middle.setContentsMargins(12, 0, 12, 0)
        middle.setSpacing(4)
        middle.addWidget(self._quality)
        middle.addWidget(self._service)
        middle.addWidget(self._links)
        layout.addLayout(middle)
        layout.addWidget(Rule())
        layout.addWidget(self._points)
        lower = QVBoxLayout()
        lower.setContentsMargins(12, 4, 12, 0)
        lower.setSpacing(6)
        lower.addWidget(self._trend)
        lower.addWidget(self._children)
        lower.addWidget(self._alarms)
        lower.addWidget(self._diagnostics)
        layout.addLayout(lower)
        layout.addStretch(1)
        scroll = QScrollArea()
        scroll.setObjectName("equipment-detail-scroll")
        scroll.setAccessibleName(text("ui.equipment.detail"))
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # kept in sight always: a bar that comes and goes moves everything sideways
        scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)


class PointLines(QWidget):
    """Show the points of one equipment; rebuilt only for other points."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: dict[str, PointLine] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)

    def show_points(self, rows: tuple[PointRow, ...], chosen: str) -> None:
        """Show these points; the one whose history is drawn is marked."""
        if [row.key for row in rows] != list(self._lines):
            self._rebuild(rows)
        theme = Theme.current()
        label_px = max((label_width(theme, row.label) for row in rows), default=0)
        barred = (row for row in rows if has_bar(row))
        value_px = max((value_width(theme, row.value) for row in barred), default=0)
        for row in rows:
            line = self._lines[row.key]
            line.set_columns(label_px, value_px)
            line.show_row(row)
            if row.key == chosen and not line.isChecked():
                line.setChecked(True)

    def _rebuild(self, rows: tuple[PointRow, ...]) -> None:
        for line in self._lines.values():
            self._layout.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = {}
        for row in rows:
            line = PointLine(row)
            line.clicked.connect(partial(self.chosen.emit, row.key))
            self._layout.addWidget(line)
            self._lines[row.key] = line


class ChildCounts(QWidget):
    """Count what hangs on an equipment, by kind and quality, each with its pattern."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: tuple[ChildCount, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(2, 1)

    def show_counts(self, counts: tuple[ChildCount, ...]) -> None:
        """Show these counts; nothing when nothing hangs on it."""
        self.setVisible(bool(counts))
        if counts == self._counts:
            return
        self._counts = counts
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, count in enumerate(counts):
            self._grid.addWidget(IconLabel(count.icon), row, 0)
            self._grid.addWidget(TextLabel(count.label, bold=True), row, 1)
            self._grid.addWidget(_Qualities(count), row, 2)


class _Qualities(QWidget):
    def __init__(self, count: ChildCount) -> None:
        super().__init__()
        self._theme = Theme.current()
        self._parts = [part for part in count.by_quality if part[2]]
        self.setAccessibleName(", ".join(words for _, words, _ in self._parts))
        self.setToolTip(self.accessibleName())
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(160, 22)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        painter.setFont(theme.font(12))
        metrics = QFontMetrics(painter.font())
        x = 0
        for quality, words, _ in self._parts:
            swatch = quality is not Quality.GOOD
            width = metrics.horizontalAdvance(words) + (32 if swatch else 0)
            if x + width > self.width():
                painter.setPen(theme.color("text_2"))
                painter.drawText(x, 0, 20, self.height(), Qt.AlignmentFlag.AlignVCenter, "…")
                break
            if swatch:
                patterns.paint_swatch(painter, theme, QRectF(x, 2, 26, 18), quality.word)
            painter.setPen(theme.color("text_2"))
            painter.drawText(
                x + (32 if swatch else 0),
                0,
                width,
                self.height(),
                Qt.AlignmentFlag.AlignVCenter,
                words,
            )
            x += width + 14
        painter.end()


class LinkRow(QWidget):
    """Ways from an equipment to its parents and its incidents, as buttons."""

    equipment_wanted = Signal(str)
    incident_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[tuple[Link, ...], tuple[Link, ...]] = ((), ())
        self._layout = FlowLayout(4, self)

    def show_links(
        self, parents: tuple[Link, ...], incidents: tuple[Link, ...], own_id: str
    ) -> None:
        """Show ways to the parents, root first and without itself, and to the incidents."""
        parents = tuple(link for link in parents if link.id != own_id)
        self.setVisible(bool(parents or incidents))
        if (parents, incidents) == self._shown:
            return
        self._shown = (parents, incidents)
        while (item := self._layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for link, icon, signal in (
            *((link, "file-tree-outline", self.equipment_wanted) for link in parents),
            *((link, "alert-circle-outline", self.incident_wanted) for link in incidents),
        ):
            button = ActionButton(link.label, icon=icon)
            button.setObjectName(f"link-{link.id}")
            button.acted.connect(partial(signal.emit, link.id))
            self._layout.put(button)


class _Header(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._theme = Theme.current()
        self._mark = AlarmMark(HEADER_PX)
        self._icon = IconLabel(size_px=24)
        self._icon.setFixedWidth(32)
        self._title = WrappedLabel(px=15)
        self._place = WrappedLabel()
        self._value = _BigValue()
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._title)
        names.addWidget(self._place)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 8, 12, 4)
        layout.setSpacing(10)
        layout.addWidget(self._mark)
        layout.addWidget(self._icon)
        layout.addLayout(names, 1)
        layout.addWidget(self._value)

    def show_detail(self, detail: EquipmentDetail) -> None:
        alarmed = detail.severity is not None and detail.alarm_state is not None
        if detail.severity is not None and detail.alarm_state is not None:
            self._mark.set_alarm(detail.severity, detail.alarm_state)
        self._mark.setVisible(alarmed)
        self._icon.show_icon(detail.icon)
        self._icon.setVisible(not alarmed)
        self._title.say(detail.headline, f"{detail.kind_word} {detail.id}")
        # a name that only leads to the id (« Armoire EP-0305 ») is said by the line above
        name = "" if detail.name.endswith(detail.id) else detail.name
        self._place.say("", " · ".join(part for part in (name, detail.place) if part))
        self._value.show_value(detail.value)


class _BigValue(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._theme = Theme.current()
        self._value: ValueText | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def show_value(self, value: ValueText | None) -> None:
        if value != self._value:
            self._value = value
            self.setVisible(value is not None)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        needed = 0 if self._value is None else value_width(self._theme, self._value, px=24)
        return QSize(max(needed, 32), 36)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._value is None:
            return
        painter = QPainter(self)
        paint_value(painter, self._theme, self.rect(), self._value, px=24)
        painter.end()
