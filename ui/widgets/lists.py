"""A list that scrolls ten thousand rows and never moves one under the mouse or the caret."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QCursor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QWidget

from ui.dragging import far_enough
from ui.theme import Theme


class SteadyList(QListView):
    """Show rows of one height; rows entering or leaving above do not shift what is looked at.

    The row under the mouse, else the top visible row once the list is scrolled, keeps its place
    on the screen: the list scrolls by itself to make up for what came or went above it.

    ``current_changed`` tells what a person or :meth:`choose` made current, never the neighbour that
    Qt makes current when the row goes. ``entered_row`` is emitted by Enter on a row, ``unfolded``
    by right (true) and left (false), ``dragged`` when a row is pulled away; letters do nothing
    here, they belong to the window's keys.
    """

    entered_row = Signal()
    dragged = Signal(QModelIndex)
    unfolded = Signal(bool)
    current_changed = Signal(QModelIndex)

    def __init__(
        self,
        model: QAbstractItemModel,
        delegate: QStyledItemDelegate,
        row_px: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._row_px = row_px
        self._anchor: tuple[QPersistentModelIndex, int] | None = None
        self._pressed: QPointF | None = None
        self._delegate = delegate  # a view does not own its delegate
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setMouseTracking(True)
        self.setItemDelegate(delegate)
        # before Qt's own handlers, which make a neighbour current when the current row goes
        self._leaving = False
        model.rowsAboutToBeRemoved.connect(self._on_rows_about_to_leave)
        self.setModel(model)
        model.rowsRemoved.connect(self._on_rows_left)
        self.verticalScrollBar().setSingleStep(row_px)
        # its place is kept, so that nothing moves; its handle shows when there is a way to go
        self.verticalScrollBar().rangeChanged.connect(self._on_range_changed)
        for about in (
            model.rowsAboutToBeInserted,
            model.rowsAboutToBeRemoved,
            model.rowsAboutToBeMoved,
            model.layoutAboutToBeChanged,
        ):
            about.connect(self._on_model_about_to_change)

    def row_top(self, row: int) -> int:
        """Return where a row's top is in the viewport, in pixels; negative above it."""
        return row * self._row_px - self.verticalScrollBar().value()

    def rows_above(self) -> int:
        """Return how many whole rows are scrolled out above."""
        return self.verticalScrollBar().value() // self._row_px

    def choose(self, index: QModelIndex) -> None:
        """Make a row current, without scrolling unless it is out of sight."""
        if not index.isValid():
            self.clearSelection()
            self.selectionModel().clearCurrentIndex()
            return
        if index != self.currentIndex():
            self.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
        top = self.row_top(index.row())
        if top < 0 or top + self._row_px > self.viewport().height():
            self.scrollTo(index)

    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().currentChanged(current, previous)
        if not self._leaving:
            self.current_changed.emit(current)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self.currentIndex().isValid():
            super().focusInEvent(event)
            return
        # Qt would choose the first row: the keyboard coming here is nobody's choice yet
        QWidget.focusInEvent(self, event)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() and not self.currentIndex().isValid():
            painter = QPainter(self.viewport())
            painter.setPen(QPen(Theme.current().color("accent"), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))
            painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_row.emit()
            return
        if event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            self.unfolded.emit(event.key() == Qt.Key.Key_Right)
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        left = event.button() is Qt.MouseButton.LeftButton
        self._pressed = event.position() if left else None
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        pressed = self._pressed
        if pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
        elif far_enough(pressed, event.position()):
            self._pressed = None
            index = self.indexAt(pressed.toPoint())
            if index.isValid():
                self.dragged.emit(index)

    def keyboardSearch(self, _search: str) -> None:
        return

    def dataChanged(  # noqa: N802 - Qt's name
        self,
        top_left: QModelIndex | QPersistentModelIndex,
        bottom_right: QModelIndex | QPersistentModelIndex,
        roles: Sequence[int] = (),
    ) -> None:
        # QListView's own lays every row out again, 50 ms for 351,000: ours never change height
        QAbstractItemView.dataChanged(self, top_left, bottom_right, list(roles))

    def doItemsLayout(self) -> None:
        super().doItemsLayout()
        if self._anchor is None:
            return
        index, top = self._anchor
        self._anchor = None
        if index.isValid():
            self.verticalScrollBar().setValue(index.row() * self._row_px - top)

    def _on_rows_about_to_leave(self) -> None:
        self._leaving = True

    def _on_rows_left(self) -> None:
        self._leaving = False

    def _on_range_changed(self, low: int, high: int) -> None:
        self.verticalScrollBar().setEnabled(high > low)

    def _on_model_about_to_change(self) -> None:
        if self._anchor is not None:
            return  # several changes before the next layout: what was looked at first counts
        position = self.viewport().mapFromGlobal(QCursor.pos())
        inside = self.underMouse() and self.viewport().rect().contains(position)
        if not inside and self.verticalScrollBar().value() == 0:
            return  # at the top and not being pointed at: the newest row may come in
        # counted, not asked for: Qt has thrown away its layout by the time a removal is told
        row = (self.verticalScrollBar().value() + (position.y() if inside else 0)) // self._row_px
        index = self.model().index(row, 0)
        if index.isValid():
            self._anchor = (QPersistentModelIndex(index), self.row_top(row))
