"""The lock of a desk: by key, by palette or after a while alone; a wall never locks."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from shiboken6 import isValid

from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.seats import LockSeat, UnlockSeat
from backend_bridge.contract.times import Clock
from console.app_link import LinkBridge
from console.app_windows import Windows
from console.panels.handover_sections import owned
from console.panels.wording import Words
from console.seats.layout import Seat
from console.seats.locking import IdleLock
from console.state.change import Change
from console.state.liveness import LinkWord
from console.state.world import World
from ui.shell.lock import LockCover, LockPresenter
from ui.shell.window import ShellWindow
from ui.texts import text

_Type = QEvent.Type
_KEYS = frozenset({_Type.ShortcutOverride, _Type.KeyPress, _Type.KeyRelease})
_HANDS = frozenset(
    {
        *(_Type.MouseButtonPress, _Type.MouseButtonRelease, _Type.MouseButtonDblClick),
        *(_Type.MouseMove, _Type.Wheel, _Type.TouchBegin, _Type.TouchUpdate, _Type.TouchEnd),
        *(_Type.TabletPress, _Type.TabletMove, _Type.TabletRelease),
        *(_Type.DragEnter, _Type.DragMove, _Type.Drop),
    }
)
_TOUCHES = frozenset({_Type.KeyPress, *_HANDS})
"""What somebody at the desk does."""
_GONE = (LinkWord.LOST, LinkWord.CONNECTING, LinkWord.REFUSED)

Relieve = Callable[[str, str, tuple[str, ...], dict[str, int], Callable[[str], None]], None]
"""Account, password, incidents, read receipt, and who hears a refusal."""


class Room(Protocol):
    """What the lock reaches of the console."""

    @property
    def world(self) -> World: ...
    @property
    def windows(self) -> Windows: ...
    @property
    def link(self) -> LinkBridge: ...

    def spawn(self, work: Coroutine[Any, Any, None], /) -> None: ...
    def sign_out(self) -> None: ...


class LockDesk(QObject):
    """Lock and unlock the desk windows of a seat; the session, the sounds and the texts go on.

    Args:
        room: the console.
        clock: steady time.
        relieve: lets another person take the seat.
        never: this workstation signs in by itself: it never locks.
        parent: Qt parent.
    """

    def __init__(
        self,
        room: Room,
        clock: Clock,
        relieve: Relieve,
        *,
        never: bool,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._room = room
        self._clock = clock
        self._relieve = relieve
        self._never = never
        self._words = Words(text)
        self._idle = IdleLock(0, 0.0)
        self._presenter: LockPresenter | None = None
        self._desks: list[ShellWindow] = []
        self._covers: list[LockCover] = []
        self._before: list[tuple[ShellWindow, QWidget]] = []
        self._hands = _Hands(self._on_touched, self)
        self._owed = False
        self._unsubscribe = room.world.subscribe(self._on_world_changed)

    @property
    def locked(self) -> bool:
        """Return whether the desk is locked."""
        return bool(self._covers)

    def opened(self, seat: Seat, presenter: LockPresenter) -> None:
        """Watch over a workspace just made.

        Args:
            seat: says which of its windows are a wall, and after how long the desk locks.
            presenter: the strip's, which gives what a locked desk may show.
        """
        self._presenter = presenter
        self._words = Words(text)
        windows = self._room.windows.roles
        self._desks = [windows[screen.role] for screen in seat.screens if not screen.wall]
        if self._never:
            self._desks = []
        self._idle = IdleLock(seat.lock_after_min, self._clock.mono_s())
        self._hands.watch(windows.values())

    def closed(self) -> None:
        """Let go: nobody sits here any more."""
        self._lift(give_back=False)
        self._hands.watch(())
        self._desks = []
        self._presenter = None

    def close(self) -> None:
        """Follow the world no longer."""
        self.closed()
        self._unsubscribe()

    def lock(self) -> None:
        """Lock the desk now; a wall says that it never does."""
        if self.locked or self._presenter is None:
            return
        if not self._desks:
            self._room.windows.notify(text("ui.lock.never"))
            return
        windows = list(self._room.windows)
        focused = ((window, window.focusWidget()) for window in windows)
        self._before = [(window, widget) for window, widget in focused if widget is not None]
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        QToolTip.hideText()
        self._covers = [self._make_cover(window) for window in self._desks]
        self._show_person()
        now_ms = self._room.world.bridge_now_ms()
        since = text("ui.lock.since", time=self._words.formats.clock(now_ms))
        for cover in self._covers:
            cover.show_since(since)
            cover.cover()
        for window, widget in self._before:
            if window not in self._desks:
                widget.clearFocus()  # a wall shows nothing that could be typed into
        if not any(window.isActiveWindow() for window in self._desks):
            self._desks[0].activateWindow()
        self._hands.bar(self._covers)
        self._owed = True
        self._room.world.edit(None)  # the bridge ends edit mode with the lock
        self._tell()

    def tick(self) -> None:
        """Look at the clock: call it a few times a second."""
        if not self.locked and self._desks and self._idle.due(self._clock.mono_s()):
            self.lock()
        self._tell()

    # -- inside ---------------------------------------------------------------------------------

    def _make_cover(self, window: ShellWindow) -> LockCover:
        assert self._presenter is not None
        cover = LockCover(self._presenter, window)
        cover.unlocked.connect(lambda password: self._room.spawn(self._unlock(cover, password)))
        cover.relieved.connect(
            lambda user, password, take: self._on_cover_relieved(cover, user, password, take=take)
        )
        cover.left.connect(self._room.sign_out)
        return cover

    def _show_person(self) -> None:
        session = self._room.world.session
        if session is None:
            return
        mine = len(owned(self._room.world))
        take = self._words.plural("handover.take", mine) if mine else ""
        for cover in self._covers:
            cover.show_person(session.display_name, self._words.seat(session.seat), take)

    def _tell(self) -> None:
        """Have the lock written down, as soon as the bridge can be asked."""
        if self.locked and self._owed and self._room.world.liveness.live:
            self._owed = False
            self._room.spawn(self._note())

    async def _note(self) -> None:
        try:
            await self._room.link.ask(LockSeat())
        except RequestError:
            self._owed = True  # the link broke meanwhile: said again when it is back

    async def _unlock(self, cover: LockCover, password: str) -> None:
        try:
            await self._room.link.ask(UnlockSeat(password=password))
        except RequestError as error:
            if isValid(cover):
                cover.say(text(error.text_key, **error.params))
        else:
            self._lift(give_back=True)

    def _on_cover_relieved(self, cover: LockCover, user: str, password: str, *, take: bool) -> None:
        world = self._room.world
        incidents = tuple(each.id for each in owned(world)) if take else ()
        # a locked desk shows no brief: the receipt says so by being empty
        self._relieve(user, password, incidents, {}, lambda words: _say(cover, words))

    def _lift(self, *, give_back: bool) -> None:
        if not self._covers:
            return
        self._hands.free()
        covers, self._covers = self._covers, []
        before, self._before = self._before, []
        if give_back:
            for window, widget in before:
                if isValid(widget) and widget.window() is window:
                    # before the cover goes: Qt would move the focus on as Tab does
                    widget.setFocus(Qt.FocusReason.OtherFocusReason)
        for cover in covers:
            cover.release()
        self._idle.touch(self._clock.mono_s())

    def _on_world_changed(self, change: Change) -> None:
        if not self.locked:
            return
        if change.incidents:
            self._show_person()
        if self._room.world.liveness.word in _GONE:
            self._owed = True  # the next session begins unlocked on the bridge's side

    def _on_touched(self) -> None:
        self._idle.touch(self._clock.mono_s())


class _Hands(QObject):
    """See everything done in some windows: when it was, and while a desk is locked, keep it off.

    It watches the native windows, where every key and movement comes by first: few objects, few
    events. (A filter on the whole application would see every event of the map's page too.)

    Args:
        on_touch: called at each.
        parent: Qt parent.
    """

    def __init__(self, on_touch: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._on_touch = on_touch
        self._watched: list[tuple[QWindow, ShellWindow]] = []
        self._covers: Sequence[LockCover] = ()

    def watch(self, windows: Iterable[ShellWindow]) -> None:
        """Watch these windows and no others."""
        for handle, _ in self._watched:
            if isValid(handle):
                handle.removeEventFilter(self)
        self._watched = []
        for window in windows:
            window.winId()  # a window not shown yet has no handle
            handle = window.windowHandle()
            handle.installEventFilter(self)
            self._watched.append((handle, window))

    def bar(self, covers: Sequence[LockCover]) -> None:
        """Let nothing through but to these covers, each in its window."""
        self._covers = covers

    def free(self) -> None:
        """Let everything through again."""
        self._covers = ()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _TOUCHES:
            self._on_touch()
        if not self._covers or (kind not in _KEYS and kind not in _HANDS):
            return False
        window = next((window for handle, window in self._watched if handle is watched), None)
        cover = next((cover for cover in self._covers if cover.window() is window), None)
        if kind == _Type.ShortcutOverride:
            event.accept()  # the key is the card's, or nobody's: no shortcut answers it
            return True
        if cover is None:
            return True
        if kind in _KEYS:
            cover.take_keyboard()  # something below may have got the focus meanwhile
        return False


def _say(cover: LockCover, words: str) -> None:
    if isValid(cover):
        cover.say(words)
