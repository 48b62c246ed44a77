"""The small map of the whole territory: its communes, and the part that is looked at."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.map.column import Heading
from ui.map.projection import ViewReport, project, world_px
from ui.texts import text
from ui.theme import Theme

Outline = tuple[str, tuple[tuple[float, float], ...]]


class Locator(QWidget):
    """Show the communes' outlines and a frame around the view.

    Hidden while none is known, and where it would not be whole.
    """

    def __init__(self) -> None:
        super().__init__()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._drawing: _Drawing | None = None
        self._room_px = 0
        self.hide()

    def show_outlines(self, outlines: Sequence[Outline], fact: str) -> None:
        """Draw these communes: name and outer ring in degrees; nothing hides the small map."""
        if not outlines or self._drawing is not None:
            return
        self._drawing = _Drawing(outlines)
        title = text("map.locator.title")
        self._layout.addWidget(Heading("mdi6.map-marker-outline", title, fact))
        self._layout.addWidget(self._drawing)
        self._show()

    def allow(self, height_px: int) -> None:
        """Stand where so much height is left, or not at all where it is too little."""
        self._room_px = height_px
        self._show()

    def _show(self) -> None:
        needed = self.minimumSizeHint().height()
        self.setVisible(self._drawing is not None and needed <= self._room_px)

    def show_view(self, report: ViewReport | None) -> None:
        """Frame the part of the territory that the map shows."""
        if self._drawing is not None and report is not None:
            self._drawing.show_view(report)


class _Drawing(QWidget):
    def __init__(self, outlines: Sequence[Outline]) -> None:
        super().__init__()
        self._theme = Theme.current()
        self._rings = [QPolygonF([QPointF(*project(*p)) for p in ring]) for _, ring in outlines]
        self._bounds = QRectF()
        for ring in self._rings:
            self._bounds = self._bounds.united(ring.boundingRect())
        self._view: QRectF | None = None
        self.setAccessibleName(text("map.locator.title"))
        self.setMinimumHeight(200)

    def show_view(self, report: ViewReport) -> None:
        side = world_px(report.zoom)
        view = QRectF(
            report.origin[0] / side,
            report.origin[1] / side,
            report.size[0] / side,
            report.size[1] / side,
        )
        if view != self._view:
            self._view = view
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, 200)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("map_land"))
        room = QRectF(self.rect()).adjusted(12, 12, -12, -12)
        if self._bounds.isEmpty() or room.isEmpty():
            painter.end()
            return
        scale = min(room.width() / self._bounds.width(), room.height() / self._bounds.height())
        painter.translate(room.center())
        painter.scale(scale, scale)
        painter.translate(-self._bounds.center())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._theme.color("map_commune_border"), 1)
        pen.setCosmetic(True)
        painter.setPen(pen)
        for ring in self._rings:
            painter.drawPolyline(ring)
        if self._view is not None:
            pen = QPen(self._theme.color("accent"), 2)
            pen.setCosmetic(True)
            painter.setPen(pen)
            painter.drawRect(self._view)
        painter.end()
