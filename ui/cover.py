"""The cover: what hides a picture that is no longer live, and says since when."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen, QPixmap, QRegion
from PySide6.QtWidgets import QWidget

from ui.theme import Theme

TITLE_PX = 20
LINE_PX = 13
_STEP_PX = 4


def stipple(theme: Theme, ratio: float = 1.0) -> QPixmap:
    """Return the tile of the cover's pattern: dots in quincunx on the window's ground, opaque."""
    side = 2 * _STEP_PX
    tile = QPixmap(round(side * ratio), round(side * ratio))
    tile.setDevicePixelRatio(ratio)
    tile.fill(theme.color("field"))
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("data_dim"))
    for x, y in ((1, 1), (5, 1), (3, 3), (7, 3), (1, 5), (5, 5), (3, 7), (7, 7)):
        painter.drawEllipse(QRectF(x - 0.7, y - 0.7, 1.4, 1.4))
    painter.end()
    return tile


class CoverPainter:
    """Paint a cover into any rectangle; keeps its tile, so that a repaint costs one fill."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._tile: QPixmap | None = None
        self._drawn_for = (0.0, "")

    def paint(self, painter: QPainter, rect: QRect, title: str, line: str) -> None:
        """Fill ``rect`` with the pattern and put the words in its middle.

        Args:
            painter: active painter; its state is restored.
            rect: place to cover, logical pixels.
            title: « Plus rien depuis 06:41:52 », in a box with a frame of two pixels.
            line: what has stopped and what is being done; empty for none.
        """
        painter.save()
        ratio = painter.device().devicePixelRatio()
        drawn_for = (ratio, self._theme.name)
        if self._tile is None or self._drawn_for != drawn_for:
            self._tile = stipple(self._theme, ratio)
            self._drawn_for = drawn_for
        brush = QBrush(self._tile)
        painter.setBrushOrigin(rect.topLeft())
        painter.fillRect(rect, brush)
        self._words(painter, rect, title, line)
        painter.restore()

    def _words(self, painter: QPainter, rect: QRect, title: str, line: str) -> None:
        theme = self._theme
        size = TITLE_PX if rect.width() >= 300 else 15
        painter.setFont(theme.font(size, bold=True))
        wide = painter.fontMetrics().horizontalAdvance(title) + 36
        box = QRect(0, 0, min(wide, rect.width()), size * 2 - 2)
        gap = 34 if line else 0
        box.moveCenter(QPoint(rect.center().x(), rect.center().y() - gap // 2))
        painter.fillRect(box, theme.color("panel"))
        pen = QPen(theme.color("text_1"), 2)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.drawRect(box.adjusted(1, 1, -1, -1))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, title)
        if not line:
            return
        painter.setFont(theme.font(LINE_PX))
        metrics = painter.fontMetrics()
        room = rect.width() - 24
        shown = metrics.elidedText(line, Qt.TextElideMode.ElideRight, room - 20)
        under = QRect(0, 0, min(metrics.horizontalAdvance(shown) + 20, room), 26)
        under.moveCenter(QPoint(rect.center().x(), box.bottom() + 4 + 13))
        painter.fillRect(under, theme.color("panel"))
        painter.setPen(QColor(theme.color("text_2")))
        painter.drawText(under, Qt.AlignmentFlag.AlignCenter, shown)


class Cover(QWidget):
    """Hide a widget's data with a pattern and words; take neither the focus nor the keyboard.

    The cover follows its parent's size. What may still be used (a text being written) is named
    with :meth:`leave_open`: there the cover has a hole, and mouse and eye pass through. Elsewhere
    it swallows the mouse, because what cannot be seen must not be clicked; keys go on to whoever
    has the focus.

    Args:
        parent: widget whose picture is hidden.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._title = ""
        self._line = ""
        self._open: list[QWidget] = []
        self._theme = Theme.current()
        self._painter = CoverPainter(self._theme)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.setCursor(Qt.CursorShape.ForbiddenCursor)
        self.hide()
        parent.installEventFilter(self)

    @property
    def covering(self) -> bool:
        """Return whether the cover is down, also while its window is hidden."""
        return not self.isHidden()

    @property
    def title(self) -> str:
        """Return the words in the box."""
        return self._title

    @property
    def line(self) -> str:
        """Return the words below the box."""
        return self._line

    def show_since(self, title: str, line: str = "") -> None:
        """Come down, or change the words: since when, then what has stopped and what is done."""
        changed = (title, line) != (self._title, self._line)
        self._title, self._line = title, line
        self.setAccessibleName(title)
        self.setAccessibleDescription(line)
        if self.isHidden():
            self._follow()
            self.show()
            self.raise_()
        elif changed:
            self.update()

    def lift(self) -> None:
        """Go away; harmless when already gone."""
        self.hide()

    def leave_open(self, *widgets: QWidget) -> None:
        """Leave these descendants of the parent uncovered."""
        self._open = list(widgets)
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the parent's size and stay on top of new children; called by Qt."""
        if watched is self.parent():  # asked of Qt: garbage has lost its own attributes already
            if event.type() == QEvent.Type.Resize:
                self._follow()
            elif event.type() == QEvent.Type.ChildAdded and self.covering:
                self.raise_()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the pattern and the words."""
        painter = QPainter(self)
        self._painter.paint(painter, self.rect(), self._title, self._line)
        painter.end()

    def _follow(self) -> None:
        parent = self.parentWidget()
        if parent is None:
            return
        self.setGeometry(parent.rect())
        holes = _visible_rects(self._open, parent)
        if not holes:
            self.clearMask()
            return
        region = QRegion(self.rect())
        for hole in holes:
            region -= QRegion(hole)
        self.setMask(region)


def _visible_rects(widgets: Sequence[QWidget], parent: QWidget) -> list[QRect]:
    return [
        QRect(widget.mapTo(parent, QPoint(0, 0)), widget.size())
        for widget in widgets
        if parent.isAncestorOf(widget) and not widget.isHidden()
    ]
