"""The wall: a grid of tiles, what may be done beneath it, and its keys."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import (
    QDragLeaveEvent,
    QDropEvent,
    QHideEvent,
    QKeyEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.dragging import Dragged, unpack
from ui.facts import Action
from ui.texts import text
from ui.theme import Theme
from ui.wall.acts import MORE, FoldingRow
from ui.wall.facts import Wall
from ui.wall.tile import TileView
from ui.wall.typed import Typed

FRAME_MS = 40
"""A picture is painted at most 25 times a second."""
LOOK_EVERY = 5
"""Frames between two judgements of every tile."""
RESIZE_MS = 250
"""How long a size must stand before streams are asked for in it."""
LEAST_PX = 120
_WINDOW_KEYS = ("F11",)
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class WallView(QWidget):
    """Show the wall of a presenter."""

    def __init__(self, presenter: Wall, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._theme = Theme.current()
        self._tiles: list[TileView] = []
        self._headline: Callable[[], None] = _nobody
        self._frames = 0
        self._shown: tuple[int, int | None] = (0, None)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(text("panel.wall.title"))
        self._stage = QWidget(self)
        self._stage.setAcceptDrops(True)
        self._stage.setMinimumHeight(LEAST_PX)  # however many lines its acts take
        self._acts = FoldingRow(self)
        self._acts.acted.connect(self._on_action)
        self._acts.explained.connect(presenter.explain)
        self._typed = Typed(self)
        self._typed.named.connect(self._on_named)
        self._typed.left.connect(self._take_focus_back)
        self._typed.resized.connect(self._place_typed)
        foot = QVBoxLayout()
        foot.setContentsMargins(6, 4, 6, 4)
        foot.addWidget(self._acts)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._stage, 1)
        layout.addLayout(foot)
        self._stage.installEventFilter(self)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self._on_frame)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(RESIZE_MS)
        self._settle.timeout.connect(self._tell_sizes)
        self._unsubscribe = presenter.subscribe(self.refresh)
        self.refresh()

    @property
    def tiles(self) -> tuple[TileView, ...]:
        """Return the tiles, from the top left."""
        return tuple(self._tiles)

    @property
    def chosen(self) -> int:
        """Return the tile typed numbers go to."""
        return self._presenter.chosen

    def key_actions(self) -> dict[str, Callable[[], None]]:
        """Return the window's keys this panel answers, wherever the keyboard is."""
        return {
            action.shortcut: partial(self._on_action, action)
            for action in self._presenter.actions
            if action.shortcut in _WINDOW_KEYS
        }

    def headline(self) -> str:
        """Return what the title bar says."""
        return self._presenter.headline

    def on_headline(self, callback: Callable[[], None]) -> None:
        """Call back when the title bar's words may have changed."""
        self._headline = callback

    def release(self) -> None:
        """Stop following the presenter."""
        self._timer.stop()
        self._settle.stop()
        self._headline = _nobody
        self._unsubscribe()

    def refresh(self) -> None:
        """Draw the presenter's present state; what did not change costs a comparison."""
        presenter = self._presenter
        shown = (presenter.side, presenter.full)
        if shown != self._shown:
            self._shown = shown
            self._make_tiles(presenter.side**2)
            self._arrange()
        clock = presenter.clock
        carried = presenter.carried
        for tile, row in zip(self._tiles, presenter.rows, strict=True):
            tile.show_row(row, chosen=tile.slot == presenter.chosen and self.hasFocus())
            tile.show_clock(clock)
            tile.set_aimed(carried is not None and tile.slot in (carried, presenter.chosen))
        self._acts.set_unfolded(presenter.unfolded)
        self._acts.show_actions(presenter.actions)
        self._typed.show_call(presenter.call)
        self._headline()

    # -- keys -----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take numbers, arrows and the letters printed on the buttons."""
        presenter, key = self._presenter, Qt.Key(event.key())
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain != Qt.KeyboardModifier.NoModifier:
            super().keyPressEvent(event)
            return
        letters = {
            action.shortcut: action for action in presenter.actions if len(action.shortcut) == 1
        }
        typed = event.text().upper()
        if typed.isascii() and typed.isdigit():
            presenter.type_digit(typed)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if presenter.typed:
                presenter.call_typed()
            else:
                presenter.do("full")
        elif key == Qt.Key.Key_Backspace and presenter.typed:
            presenter.untype()
        elif key == Qt.Key.Key_Delete:
            presenter.do("empty")
        elif key == Qt.Key.Key_Escape and self._can_escape():
            self._escape()
        elif key in _ARROWS:
            presenter.move(*_ARROWS[key])
        elif typed in letters:
            self._on_action(letters[typed])
        else:
            super().keyPressEvent(event)

    def _can_escape(self) -> bool:
        presenter = self._presenter
        return bool(presenter.typed) or presenter.carried is not None or presenter.full is not None

    def _escape(self) -> None:
        """Take back one thing at a time: what is typed, what was taken up, the tile shown alone."""
        presenter = self._presenter
        if presenter.typed:
            presenter.untype(all_of_it=True)
        elif presenter.carried is not None:
            presenter.drop_carried()
        else:
            presenter.set_full(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the stage's size, and what is dragged over it."""
        if watched is self._stage and event.type() == QEvent.Type.Resize:
            self._arrange()
        if watched is self._stage and isinstance(event, QDropEvent | QDragLeaveEvent):
            return self._on_dragged_over(event)
        return super().eventFilter(watched, event)

    def focusInEvent(self, event: QEvent) -> None:
        """Show which tile is chosen."""
        del event
        self.refresh()

    def focusOutEvent(self, event: QEvent) -> None:
        """Show that keys go elsewhere."""
        del event
        self.refresh()

    # -- painting -------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to paint pictures."""
        super().showEvent(event)
        self._timer.start()
        self._settle.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Paint nothing while nobody sees it."""
        super().hideEvent(event)
        self._timer.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the tiles in their grid."""
        super().resizeEvent(event)
        self._arrange()

    def _on_frame(self) -> None:
        """Take the newest picture of each tile that is seen."""
        self._frames += 1
        if self._frames % LOOK_EVERY == 0:
            self._presenter.look()
            clock = self._presenter.clock
            for tile in self._tiles:
                tile.show_clock(clock)
        for tile in self._tiles:
            if not tile.isHidden():
                picture = self._presenter.read(tile.slot)
                if picture is not None:
                    tile.take(picture)

    def _make_tiles(self, count: int) -> None:
        while len(self._tiles) > count:
            tile = self._tiles.pop()
            tile.hide()
            tile.deleteLater()
        while len(self._tiles) < count:
            tile = TileView(len(self._tiles), self._stage)
            tile.pressed.connect(self._on_pressed)
            tile.opened.connect(self._on_opened)
            tile.pointed.connect(self._on_pointed)
            self._tiles.append(tile)

    def _arrange(self) -> None:
        """Place the tiles; streams follow once the size stands."""
        side, full = self._shown
        gap = self._theme.px("gap")
        room = self._stage.rect()
        for tile in self._tiles:
            row, column = divmod(tile.slot, side)
            place = _cell(room, side, row, column, gap) if full is None else room
            tile.setGeometry(place)
            tile.setVisible(full is None or tile.slot == full)
        self._place_typed()
        if self._timer.isActive():
            self._settle.start()

    def _tell_sizes(self) -> None:
        side, full = self._shown
        ratio = self.devicePixelRatioF()
        gap = self._theme.px("gap")
        sizes = {}
        for tile in self._tiles:
            if full is not None and tile.slot != full:
                row, column = divmod(tile.slot, side)
                tile.setGeometry(_cell(self._stage.rect(), side, row, column, gap))
            box = tile.picture_box()
            sizes[tile.slot] = (round(box.width() * ratio), round(box.height() * ratio))
        self._presenter.set_sizes(sizes)

    # -- acts -----------------------------------------------------------------------------------

    def _on_action(self, action: Action) -> None:
        if action.wants_text and not action.reason:
            self._typed.ask_name()
        elif action.key == MORE and not self._acts.folds:
            self._presenter.explain(text("wall.all_acts_shown"))
        else:
            self._presenter.do(action.key)

    def _on_named(self, name: str) -> None:
        self._presenter.do("save", name)
        if name.strip():
            self._typed.leave_name()

    def _take_focus_back(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place_typed(self) -> None:
        """Keep what is typed over the lower left corner of the pictures: nothing moves for it."""
        room = self._stage.geometry()
        size = self._typed.sizeHint().boundedTo(room.size())
        self._typed.setGeometry(
            room.left(), room.bottom() + 1 - size.height(), size.width(), size.height()
        )
        self._typed.raise_()

    def _on_pressed(self, slot: int) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._presenter.choose(slot)

    def _on_pointed(self, slot: int, here: bool) -> None:
        self._presenter.point_at(slot if here else None)

    def _on_dragged_over(self, event: QDropEvent | QDragLeaveEvent) -> bool:
        """Follow what is dragged over the tiles; let go, it is shown where it was let go."""
        under, dragged = None, None
        if isinstance(event, QDropEvent):
            dragged = unpack(event.mimeData())
            place = event.position().toPoint()
            under = next(
                (t for t in self._tiles if not t.isHidden() and t.geometry().contains(place)), None
            )
        let_go = event.type() == QEvent.Type.Drop
        for tile in self._tiles:
            tile.set_aimed(dragged is not None and not let_go and tile is under)
        if not isinstance(event, QDropEvent):
            return True
        if dragged is None or (under is None and event.type() != QEvent.Type.DragEnter):
            event.ignore()
            return True
        event.acceptProposedAction()
        if let_go and under is not None:
            self._drop(dragged, under, event.source())
        return True

    def _drop(self, dragged: Dragged, tile: TileView, source: QObject | None) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if dragged.incident:
            self._presenter.drop_incident(dragged.incident)
        else:
            own = source in self._tiles  # from another wall's tile it is copied, not moved
            came_from = dragged.tile if own else None
            self._presenter.drop(tile.slot, dragged.equipment, came_from)

    def _on_opened(self, slot: int) -> None:
        self._presenter.set_full(None if self._presenter.full is not None else slot)


def _cell(room: QRect, side: int, row: int, column: int, gap: int) -> QRect:
    """Return a cell's place; the rest of the division goes where nobody sees it."""
    lefts = [round(at * (room.width() + gap) / side) for at in range(side + 1)]
    tops = [round(at * (room.height() + gap) / side) for at in range(side + 1)]
    return QRect(
        lefts[column],
        tops[row],
        lefts[column + 1] - lefts[column] - gap,
        tops[row + 1] - tops[row] - gap,
    )


def _nobody() -> None:
    """Stand in until a title bar listens."""
