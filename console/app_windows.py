"""The windows of one console: the main one always, a seat's others while somebody is signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, QPoint, QRect, Qt, Signal

from backend_bridge.contract.alarms import Severity
from console.app_screens import Screens
from console.seats.layout import Seat
from console.seats.placing import Placed, place
from console.watchdog.client import WindowBeat
from ui.shell.frame import PanelFrame
from ui.shell.keys import WindowKey
from ui.shell.window import LEAST, ShellWindow
from ui.texts import text

MAIN = "main"
MAIN_SCREEN = ""
REMEMBERED = "screens"


class Windows(QObject):
    """Make, place and close the windows of a seat; none is ever left off-screen.

    At a desk the main window may be an ordinary one (``fullscreen`` false) as long as the seat has
    no other; a seat of several screens fills them.

    Args:
        keys: makes the keys of one window.
        local_time: gives the time printed with notices.
        screens: the screens of this workstation.
        fullscreen: whether the main window fills its screen also when it is the only one.

    Signals:
        closed: the main window is being closed.
        placed: windows stand on other screens than before.
        number_called: a number was typed on the number pad of one of them.
    """

    closed = Signal()
    placed = Signal()
    number_called = Signal(int)

    def __init__(
        self,
        keys: Callable[[], list[WindowKey]],
        local_time: Callable[[], str],
        screens: Screens,
        *,
        fullscreen: bool,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._keys = keys
        self._local_time = local_time
        self._screens = screens
        self._fullscreen = fullscreen
        self._roles: dict[str, ShellWindow] = {}
        self._help_of: Callable[[str], str] = lambda _panel_id: ""
        self._seat: Seat | None = None
        self._settings: MutableMapping[str, Any] = {}
        self._inherited: Mapping[str, str] = {}
        self._left_behind: Mapping[str, str] = {}
        self._factors: dict[str, float] = {}
        self.main = self._make_window()
        self.main.closed.connect(self.closed)
        screens.changed.connect(self._on_screens_changed)

    def __iter__(self) -> Iterator[ShellWindow]:
        yield self.main
        yield from (window for window in self._roles.values() if window is not self.main)

    # -- showing --------------------------------------------------------------------------------

    def show(self) -> None:
        """Show the main window."""
        if self._fullscreen:
            self.main.showFullScreen()
        else:
            self.main.resize(1920, 1080)
            self.main.show()

    def open(self, seat: Seat, settings: MutableMapping[str, Any]) -> Mapping[str, ShellWindow]:
        """Make a seat's windows and put each on its screen.

        Args:
            seat: its first screen is the main window.
            settings: of this person; remembers under ``screens`` which window was where, by seat.

        Returns:
            The windows by role.
        """
        self._seat, self._settings = seat, settings
        self._inherited, self._left_behind = self._left_behind, {}
        first, *others = seat.screens
        self._roles = {first.role: self.main}
        for screen in others:
            window = self._make_window()
            window.setObjectName(f"shell-{screen.role}")
            window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
            window.closing_refused = text("ui.shell.close_main")
            self._roles[screen.role] = window
        for window in self:
            window.neighbours = [other for other in self if other is not window]
        if self._fills:
            self._place()
        return dict(self._roles)

    def keep_places(self, *, keep: bool) -> None:
        """Let whoever relieves the person here find the windows where they stand.

        His own places, if he ever moved a window at this seat, go before; who signs in after
        somebody left inherits nothing.
        """
        self._left_behind = dict(self._remembered()) if keep else {}

    def close_others(self) -> None:
        """Take every window but the main one down: nobody is signed in any more."""
        for window in list(self):
            window.neighbours = []
            if window is not self.main:
                window.closing_refused = ""
                window.close()
                window.deleteLater()
        if len(self._roles) > 1 and not self._fullscreen:
            self.main.showNormal()
        self._roles = {}
        self._seat = None

    @property
    def active(self) -> ShellWindow:
        """Return the window somebody works in, the main one when in none."""
        return next((window for window in self if window.isActiveWindow()), self.main)

    def bring(self, number: int) -> None:
        """Bring the window of a screen to the front, from 1; another number is said to be none."""
        windows = list(self)
        if 1 <= number <= len(windows):
            windows[number - 1].raise_()
            windows[number - 1].activateWindow()
        else:
            self.active.notify(text("ui.shell.no_screen", number=number, count=len(windows)))

    def move(self, window: ShellWindow, screen_name: str) -> None:
        """Put a window on another screen, exchanging with the one that is there; remembered."""
        if self._seat is None:
            return
        role = self._role_of(window)
        where = {one.role: one.screen.name for one in self._plan()}
        for other, name in where.items():
            if name == screen_name:
                where[other] = where[role]
        where[role] = screen_name
        kept = self._settings.get(REMEMBERED)
        seats = kept if isinstance(kept, dict) else {}
        self._settings[REMEMBERED] = {**seats, self._seat.id: where}
        self._place()
        self.placed.emit()

    def scale(self, factors: Mapping[str, float]) -> None:
        """Draw the windows larger, by role; the others at their normal size.

        A screen has one scale: where windows share it, the largest asked for.
        """
        wanted: dict[str, float] = {}
        for role, name in self._where().items():
            wanted[name] = max(wanted.get(name, 1.0), factors.get(role, 1.0))
        before = self._factors.get(MAIN_SCREEN, 1.0)
        now = wanted.get(self._where().get(self._main_role(), ""), 1.0)
        if not self._screens.scale(wanted):
            return
        self._factors = {**wanted, MAIN_SCREEN: now}
        if self._fills:
            self._place()
        elif not self.main.isFullScreen():
            self.main.setMinimumSize(LEAST / now)
            self.main.resize(self.main.size() * before / now)

    def relabel(self) -> None:
        """Take the keys' labels in the language loaded now."""
        for window in self:
            window.relabel(self._keys())

    @property
    def roles(self) -> Mapping[str, ShellWindow]:
        """Return the seat's windows by role."""
        return dict(self._roles)

    def set_help(self, help_of: Callable[[str], str]) -> None:
        """Let F1 show these pages in every window, those made later too."""
        self._help_of = help_of
        for window in self:
            window.help_of = help_of

    # -- what concerns them all -----------------------------------------------------------------

    def notify(self, text: str, *, severity: Severity | None = None) -> None:
        """Say something in the foot of every window."""
        for window in self:
            window.notify(text, severity=severity)

    def frame(self, panel_id: str) -> PanelFrame:
        """Return a panel's frame, in whichever window it is.

        Raises:
            KeyError: the seat has no such panel, or nobody is signed in.
        """
        for window in self:
            if panel_id in window.frames:
                return window.frames[panel_id]
        raise KeyError(panel_id)

    def focus_panel(self, panel_id: str) -> bool:
        """Give the keyboard to a panel, in whichever window it is; false where none shows it."""
        for window in self:
            if panel_id in window.frames:
                if not window.isActiveWindow():
                    window.raise_()
                    window.activateWindow()
                window.focus_panel(panel_id)
                return True
        return False

    def set_title(self, title: str) -> None:
        """Name the windows after seat and person; beyond the first with their number."""
        windows = list(self)
        for number, window in enumerate(windows, start=1):
            window.setWindowTitle(title if number == 1 else f"{title} · {number}/{len(windows)}")

    def beats(self) -> list[WindowBeat]:
        """Return what the watchdog must know of every window."""
        where = self._where()
        corners = {screen.name: QPoint(screen.x, screen.y) for screen in self._screens.present()}
        found = []
        for role, window in (self._roles or {MAIN: self.main}).items():
            name = where.get(role, "")
            corner, factor = corners.get(name, QPoint()), self._factors.get(name, 1.0)
            # the watchdog draws on screens as they are, whatever scale this console asks for
            at = corner + (window.geometry().topLeft() - corner) * factor
            found.append(
                WindowBeat(
                    id=role,
                    title=window.windowTitle(),
                    x=at.x(),
                    y=at.y(),
                    width=round(window.width() * factor),
                    height=round(window.height() * factor),
                    visible=window.isVisible() and not window.isMinimized(),
                )
            )
        return found

    # -- inside ---------------------------------------------------------------------------------

    def _make_window(self) -> ShellWindow:
        window = ShellWindow(self._keys(), self._local_time)
        window.help_of = self._help_of
        window.number_called.connect(self.number_called)
        return window

    @property
    def _fills(self) -> bool:
        """Return whether the seat's windows fill screens: several do, and one where asked to."""
        return self._seat is not None and (len(self._roles) > 1 or self._fullscreen)

    def _main_role(self) -> str:
        return next(iter(self._roles), MAIN)

    def _where(self) -> dict[str, str]:
        """Return the screen each window stands on, by role."""
        if self._fills:
            return {one.role: one.screen.name for one in self._plan()}
        here = self.main.geometry().center()
        there = self._screens.present()
        names = [s.name for s in there if QRect(s.x, s.y, s.width, s.height).contains(here)]
        return {self._main_role(): (names or [there[0].name])[0]} if there else {}

    def _role_of(self, window: ShellWindow) -> str:
        return next(role for role, one in self._roles.items() if one is window)

    def _plan(self) -> Sequence[Placed]:
        seat = self._seat
        assert seat is not None  # asked for only while a seat is open
        return place(seat.screens, self._screens.present(), self._remembered())

    def _remembered(self) -> Mapping[str, str]:
        """Return where this person last had the seat's windows: screen name by role."""
        kept = self._settings.get(REMEMBERED, {})
        seat = "" if self._seat is None else self._seat.id
        remembered = kept.get(seat, {}) if isinstance(kept, dict) else {}
        names = remembered if isinstance(remembered, dict) else {}
        # a file mended by hand, or of another version, may hold anything
        return {k: name for k, name in names.items() if isinstance(name, str)} or self._inherited

    def _place(self) -> None:
        working = self.active
        for placed in self._plan():
            window = self._roles[placed.role]
            area = placed.screen
            # no window manager is asked: on a wall there may be none
            window.setMinimumSize(0, 0)
            window.setGeometry(QRect(area.x, area.y, area.width, area.height))
            window.showFullScreen()
            if placed.shared:
                window.lower()
        working.raise_()  # what is being typed in stays in sight, on whichever screen is left

    def _on_screens_changed(self) -> None:
        if self._fills:
            self._place()
        else:
            self._keep_in_sight(self.main)
        self.placed.emit()

    def _keep_in_sight(self, window: ShellWindow) -> None:
        """Bring a single window back when the screen it stood on is gone; a full one fills it."""
        frame = window.geometry()
        screens = [QRect(s.x, s.y, s.width, s.height) for s in self._screens.present()]
        if not screens:
            return
        centre = frame.center()
        home = next((screen for screen in screens if screen.contains(centre)), screens[0])
        if self._fullscreen:
            window.setMinimumSize(0, 0)
            window.setGeometry(home)
            window.showFullScreen()
        elif _seen(frame, screens) < 0.5:
            frame.setSize(frame.size().boundedTo(home.size()))
            frame.moveTopLeft(home.topLeft())
            window.setGeometry(frame)


def _seen(frame: QRect, screens: Sequence[QRect]) -> float:
    """Return the part of a window that lies on screens, 0 to 1."""
    on = [screen.intersected(frame) for screen in screens]
    area = sum(one.width() * one.height() for one in on)
    return area / max(1, frame.width() * frame.height())
