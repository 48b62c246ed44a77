"""The console's composition root: one Qt application, one window, one link.

Exit codes: 0 closed by the person, 1 defect, 2 usage or configuration, 3 texts or display
unavailable. The only connection that leaves the process is the link to the bridge.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Coroutine, Mapping, Sequence
from typing import Any

import structlog
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from backend_bridge.contract.times import Clock, SystemClock
from console import app_log, app_texts
from console.app_collector import Collector
from console.app_editing import EditDesk
from console.app_keys import WindowActs
from console.app_kiosk import Kiosk, KioskSettings
from console.app_link import LinkBridge
from console.app_options import DisplayError, Options, parse, require_display
from console.app_panels import Parts, preload
from console.app_people import PeopleDesk
from console.app_person import PersonDesk
from console.app_prefs import Defaults
from console.app_screens import Screens
from console.app_settings import SettingsFile
from console.app_signing import Signing
from console.app_sounds import SoundDesk
from console.app_start import Prepared, make_application, prepare
from console.app_windows import Windows
from console.app_workspace import Workspace, WorkspacePlan, absolute, settings_of
from console.link.settings import LinkSettings, SettingsError
from console.panels.discovery import Discovery
from console.panels.formats import Formats
from console.prefs import PANEL as PREFERENCES
from console.seats.files import SeatError
from console.seats.layout import Seat
from console.state.change import Change
from console.state.selection import Selection
from console.state.session import Session
from console.state.world import World
from console.watchdog.client import WatchdogClient, WatchdogTexts
from ui import icons
from ui.aged import aged
from ui.shell.signin import SignInView
from ui.shell.window import ShellWindow
from ui.texts import text

TICK_MS = 250

EXIT_DEFECT = 1
EXIT_CONFIGURATION = 2
EXIT_TEXTS = 3

_log = structlog.get_logger("console")


class Console(QObject):
    """Own everything of one running console.

    Args:
        options: the command line.
        link_settings: where the bridge is.
        seats: seats by id, at least one.
        found: the panels.
        kiosk: who signs in by himself on a wall; ``None`` at a desk.
        tiles: where the map's tiles come from; the territory's own ground when empty.
        clock: time; the machine's when absent.
    """

    def __init__(  # noqa: PLR0917 - the root: one argument for each thing read before the start
        self,
        options: Options,
        link_settings: LinkSettings,
        seats: Mapping[str, Seat],
        found: Discovery,
        kiosk: KioskSettings | None = None,
        tiles: Mapping[str, Any] | None = None,
        *,
        clock: Clock | None = None,
    ) -> None:
        super().__init__()
        self._options = options
        self._seats = seats
        self._found = found
        self._tiles = dict(tiles or {})
        self._clock = clock or SystemClock()
        self._formats = Formats(options.lang)
        self._closed = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._settings: SettingsFile | None = None
        self.world = World(self._clock)
        self.selection = Selection()
        self.workspace: Workspace | None = None
        self.people = PeopleDesk(self, self._clock, kiosk=kiosk is not None, parent=self)
        self._acts = WindowActs(self)
        self._screens = Screens(_application(), self)
        self.windows = Windows(
            self._acts.keys,
            self._local_time,
            self._screens,
            fullscreen=options.fullscreen,
            parent=self,
        )
        self.window = self.windows.main
        self.windows.closed.connect(self._closed.set)
        titles = [(seat.id, text(seat.title_key)) for seat in seats.values()]
        self.sign_in_view = SignInView(titles, options.seat)
        self.window.show_sign_in(self.sign_in_view)
        self._watchdog = self._make_watchdog() if options.watchdog else None
        self.link = LinkBridge(link_settings, self.world, self)
        self.editing = EditDesk(self.world, self.link.ask, self.spawn, self.windows)
        self._signing = Signing(
            self.sign_in_view,
            self.link,
            self.world,
            self.spawn,
            self.windows.notify,
            kiosk=None if kiosk is None else Kiosk(kiosk, self._clock),
            parent=self,
        )
        self._sounds = SoundDesk(self.world, self._clock, self.windows.notify)
        self.person = PersonDesk(
            _application(),
            self.windows,
            self.world,
            self.selection,
            self._sounds,
            Defaults(options.theme, options.lang),
            options.panels,
            self,
        )
        self.person.preferences.language_changed.connect(self._on_language_changed)
        self._unsubscribe = self.world.subscribe(self._on_world_changed)
        self._collector = Collector(self)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._on_tick)

    async def run(self) -> int:
        """Show the window, follow the bridge until the window is closed, then clean up.

        Returns:
            The program's exit code.
        """
        hook = app_log.take_uncaught(self._on_uncaught)
        self._collector.start()
        try:
            self.link.start()
            if self._watchdog is not None:
                self._watchdog.start()
            self.windows.show()
            self._timer.start()
            self._signing.look()
            self.spawn(preload(self._found.specs.values()))
            self.spawn(self.person.make_ready())
            for failure in self._found.failures:
                self.windows.notify(text("ui.panel.not_found", panel=failure.name))
            await self._closed.wait()
        finally:
            sys.excepthook = hook
            await self._clean_up()
        return 0

    # -- signing in and out ---------------------------------------------------------------------

    def sign_out(self) -> None:
        """Leave the seat: the workspace is taken down at once, the bridge is told."""
        self.spawn(self._sign_out())

    def silence(self) -> None:
        """Keep the alarm sounds quiet for a while, or let them be heard again."""
        if self.workspace is not None:
            self._sounds.silence()

    async def _sign_out(self) -> None:
        self._close_workspace("")
        await self._signing.sign_out()

    def _open_workspace(self) -> None:
        session = self.world.session
        if session is None:
            return
        self._signing.session_began()
        seat = self._seats.get(session.seat) or next(iter(self._seats.values()))
        self._sounds.begin(reminders=seat.reminders)
        self._settings = SettingsFile.of_user(session.user, self)
        self.person.begin(self._settings.panel(PREFERENCES), seat)
        windows = self.windows.open(seat, self._settings.panel("windows"))
        self._fill_windows(session, seat, self._settings, windows)

    def _fill_windows(
        self,
        session: Session,
        seat: Seat,
        settings: SettingsFile,
        windows: Mapping[str, ShellWindow],
    ) -> None:
        self._formats = Formats(self.person.language)
        self.workspace = Workspace(self._plan(session, seat, settings), windows)
        self.windows.set_title(f"Beffroi · {text(seat.title_key)} · {session.display_name}")
        self.person.opened(self.workspace)
        self.people.opened(seat, self.workspace)

    def _plan(self, session: Session, seat: Seat, settings: SettingsFile) -> WorkspacePlan:
        ground = {"base_map": absolute(self._options.territory), "tiles": self._tiles}
        given = {**seat.settings, "map": {**seat.settings.get("map", {}), **ground}}
        parts = Parts(
            state=self.world,
            selection=self.selection,
            clock=self._clock,
            notify=self.windows.notify,
            ask=self.editing.ask,
            settings_for=lambda panel_id: settings_of(settings, given, panel_id),
        )
        allowed = {
            panel_id: spec
            for panel_id, spec in self._found.specs.items()
            if not spec.minimum_right or session.may(*_right(spec.minimum_right))
        }
        return WorkspacePlan(seat=seat, specs=allowed, parts=parts, formats=self._formats)

    def _close_workspace(self, reason: str) -> None:
        if self.workspace is None:
            return
        for task in self.workspace.close():
            self._own(task)
        self.workspace = None
        self._collector.release()
        self.selection.select(equipment_ids=(), incident_id=None)
        if self._settings is not None:
            self._settings.close()
            self._settings.deleteLater()
            self._settings = None
        self.people.closed()
        self.person.end()
        self._formats = Formats(self.person.language)
        aged().set_outlined(on=False)  # whoever comes next asks for it himself
        self.windows.close_others()
        self.windows.set_title("Beffroi")
        self.window.show_sign_in(self.sign_in_view)
        if reason:
            self.sign_in_view.show_error(reason)

    # -- what happens ---------------------------------------------------------------------------

    def _on_world_changed(self, change: Change) -> None:
        if change.session:
            self._close_workspace(self._end_words())
            self._open_workspace()
        elif self.workspace is not None:
            self.workspace.on_change(change)
            self._sounds.on_change(change)
        if change.liveness or change.session:
            self._signing.look()
        if change.catalogue:
            self._collector.keep_out_soon()

    def _on_tick(self) -> None:
        self.world.tick()
        self._signing.look()
        if self.workspace is not None:
            self.workspace.refresh_liveness()
            self.person.refresh()
            self.people.tick()
        if self._watchdog is not None:
            self._watchdog.beat(self.windows.beats())

    def _end_words(self) -> str:
        liveness = self.world.liveness
        if self.workspace is None or self.world.session is not None:
            return ""
        if liveness.text_key:
            return text(liveness.text_key, **liveness.params)
        return text("ui.shell.sign_out_by_bridge")

    def _on_language_changed(self) -> None:
        """Make the workspace anew in the language just loaded; the keyboard stays where it was."""
        session, settings = self.world.session, self._settings
        if self.workspace is None or session is None or settings is None:
            return
        frame = self.windows.active.focused_frame
        for task in self.workspace.close():
            self._own(task)
        self.person.speak()
        seat = self._seats.get(session.seat) or next(iter(self._seats.values()))
        self._fill_windows(session, seat, settings, self.windows.roles)
        if frame is not None:
            self.windows.focus_panel(frame.panel_id)
        else:
            self.person.pages.reopen_preferences("language")

    def _on_uncaught(self) -> None:
        self.windows.notify(text("ui.shell.uncaught"))

    # -- inside ---------------------------------------------------------------------------------

    def _make_watchdog(self) -> WatchdogClient:
        texts = WatchdogTexts(
            since=text("cover.since"), frozen=text("watchdog.frozen"), theme=self._options.theme
        )
        return WatchdogClient(texts, lambda key: self.windows.notify(text(key)))

    def _local_time(self) -> str:
        return self._formats.clock(self.world.bridge_now_ms())

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Own a coroutine until the console ends; what it raises is logged and said."""
        self._own(asyncio.ensure_future(self._contain(work)))

    def _own(self, task: asyncio.Task[None]) -> None:
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _contain(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Exception:  # noqa: BLE001 - a task boundary: said, logged, and the window goes on
            _log.exception("task_failed")
            self._on_uncaught()

    async def _clean_up(self) -> None:
        self._timer.stop()
        self._unsubscribe()
        self._close_workspace("")
        self.link.stop()
        if self._watchdog is not None:
            self._watchdog.stop()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.person.close()
        self.people.close()
        self.editing.close()
        self._sounds.close()
        self._screens.close()
        self.window.close()
        self.window.deleteLater()
        self._collector.stop()


def _application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)  # made before any console
    return app


def _right(word: str) -> tuple[str, str]:
    action, _, kind = word.partition(":")
    return action, "" if kind == "*" else kind


def main(argv: Sequence[str] | None = None) -> int:
    """Run the console and return its exit code (see the module's first lines)."""
    options = parse(sys.argv[1:] if argv is None else argv)
    app_log.configure(verbose=options.verbose)
    try:
        prepared = prepare(options)
        require_display(os.environ)
        app = make_application(options)
    except (SettingsError, SeatError) as error:
        print(f"beffroi-console: {error}", file=sys.stderr)  # noqa: T201 - a program's last words
        return EXIT_CONFIGURATION
    except (app_texts.TextsError, DisplayError) as error:
        print(f"beffroi-console: {error}", file=sys.stderr)  # noqa: T201 - a program's last words
        return EXIT_TEXTS
    loop = QEventLoop(app)
    asyncio.set_event_loop(loop)
    try:
        with loop:
            return int(loop.run_until_complete(_run(options, prepared)))
    except Exception:  # noqa: BLE001 - the last boundary: logged whole, told by the exit code
        _log.exception("console_failed")
        return EXIT_DEFECT
    finally:
        icons.clear_cache()
        app_log.release_qt_messages()


async def _run(options: Options, prepared: Prepared) -> int:
    # made inside the running loop, which everything it starts belongs to
    return await Console(options, *prepared).run()


if __name__ == "__main__":
    sys.exit(main())
