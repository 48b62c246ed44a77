"""One person relieving another: the panel, the one request, and what is said afterwards."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from shiboken6 import isValid

from backend_bridge.contract.errors import RequestError
from console.app_lock import Room
from console.app_signing import MUST_CHANGE
from console.app_workspace import Workspace
from console.link.batch import LinkSession
from console.panels.handover import HandoverPresenter
from console.panels.presence import PresencePresenter
from console.panels.wording import Words
from console.seats.layout import Seat
from ui.shell.handover import HandoverSheet
from ui.shell.presence import PresenceBox
from ui.shell.window import ShellWindow
from ui.texts import text


class ReliefDesk(QObject):
    """Own the hand-over panel and what the strip says of others at this seat.

    Args:
        room: the console.
        never: this workstation signs in by itself: nobody hands it over.
        parent: Qt parent.
    """

    def __init__(self, room: Room, *, never: bool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self._never = never
        self._brief: HandoverPresenter | None = None
        self._presence: PresencePresenter | None = None
        self._boxes: list[PresenceBox] = []
        self._sheets: dict[ShellWindow, HandoverSheet] = {}
        self._desks: list[ShellWindow] = []
        self._greeting = ""
        self._greeted = ""
        self._announced = True

    def opened(self, seat: Seat, workspace: Workspace) -> None:
        """Make what belongs to a workspace just made."""
        windows = self._room.windows.roles
        desks = [windows[screen.role] for screen in seat.screens if not screen.wall]
        self._desks = [] if self._never else desks
        self._brief = HandoverPresenter(workspace.context("handover"))
        self._presence = PresencePresenter(workspace.context("presence"), seat.relief_at)
        for strip in workspace.strips:
            box = PresenceBox(self._presence)
            strip.put_beside_person(box)
            self._boxes.append(box)
        self._announced = False
        self._presence.subscribe(self._announce)
        self._announce()
        self._greet()

    def closed(self) -> None:
        """Let go: nobody sits here any more; no password stays behind."""
        for sheet in self._sheets.values():
            if isValid(sheet):
                sheet.release()
        self._sheets = {}
        for box in self._boxes:
            if isValid(box):
                box.release()
        self._boxes = []
        for presenter in (self._brief, self._presence):
            if presenter is not None:
                presenter.close()
        self._brief = self._presence = None

    def toggle(self) -> None:
        """Open the hand-over panel where somebody works, or close it; never on a wall."""
        if self._brief is None:
            return
        if not self._desks:
            self._room.windows.notify(text("ui.handover.wall"))
            return
        active = self._room.windows.active
        window = active if active in self._desks else self._desks[0]
        if window is not active:
            window.bring()
        self._sheet(window).toggle()

    def relieve(
        self,
        user: str,
        password: str,
        incidents: tuple[str, ...],
        shown: dict[str, int],
        refused: Callable[[str], None],
    ) -> None:
        """Let ``user`` relieve who sits here; ``refused`` hears why not, in words."""
        self._room.spawn(self._relieve(user, password, incidents, shown, refused))

    # -- inside ---------------------------------------------------------------------------------

    def _sheet(self, window: ShellWindow) -> HandoverSheet:
        sheet = self._sheets.get(window)
        if sheet is None:
            brief, page = self._brief, window.page
            assert brief is not None
            assert page is not None  # a workspace is open
            sheet = HandoverSheet(brief, page)
            window.dock(sheet)
            made = sheet
            sheet.relieved.connect(
                lambda user, password, take: self.relieve(
                    user,
                    password,
                    brief.incident_ids if take else (),
                    dict(brief.receipt),
                    lambda words: _say(made, words),
                )
            )
            self._sheets[window] = sheet
        return sheet

    async def _relieve(
        self,
        user: str,
        password: str,
        incidents: tuple[str, ...],
        shown: dict[str, int],
        refused: Callable[[str], None],
    ) -> None:
        leaver = self._room.world.session
        windows = self._room.windows
        windows.keep_places(keep=True)
        try:
            session = await self._room.link.hand_over(user, password, incidents, shown)
        except RequestError as error:
            windows.keep_places(keep=False)
            key = "ui.handover.must_change" if error.text_key == MUST_CHANGE else error.text_key
            refused(text(key, **error.params))
            return
        name = leaver.display_name if leaver is not None else ""
        self._greeted = session.user
        self._greeting = _done(Words(text), session, name, len(incidents))
        self._greet()

    def _greet(self) -> None:
        """Say how the hand-over went, once the newcomer's own workspace stands."""
        session = self._room.world.session
        if self._brief is None or session is None or session.user != self._greeted:
            return
        if self._greeting:
            self._room.windows.notify(self._greeting)
            self._greeting = ""

    def _announce(self) -> None:
        """Say once after a sign-in who else sits at this seat."""
        if self._announced or self._presence is None:
            return
        if self._room.world.seated_since_ms() is None:
            return  # who sits where is not here yet
        self._announced = True
        occupied = self._presence.occupied()
        if occupied:
            self._room.windows.notify(occupied)


def _done(words: Words, session: LinkSession, leaver: str, wanted: int) -> str:
    said = [text("ui.handover.done", name=leaver)]
    moved = len(session.incidents)
    if moved:
        said.append(words.plural("handover.moved", moved))
    if wanted > moved:
        said.append(words.plural("handover.stayed", wanted - moved, name=leaver))
    return " ".join(said)


def _say(sheet: HandoverSheet, words: str) -> None:
    if isValid(sheet):
        sheet.say(words)
