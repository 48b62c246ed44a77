"""Whole seats over the product's own panels, without a bridge: every window, view and page real."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from backend_bridge.contract.points import Catalogue
from backend_bridge.contract.results import SituationResult
from console.app_editing import EditDesk
from console.app_keys import WindowActs
from console.app_panels import Parts
from console.app_people import PeopleDesk
from console.app_person import PersonDesk
from console.app_prefs import Defaults
from console.app_sounds import SoundDesk
from console.app_windows import Windows
from console.app_workspace import Workspace, WorkspacePlan
from console.panels.discovery import discover
from console.panels.formats import Formats
from console.seats.files import load_seats
from console.seats.layout import Seat
from console.seats.placing import Screen
from tests.fakes.panel_context import Desk
from tests.fakes.small_city import alarm, incident, small_city
from ui import scaling

SEATS = load_seats(Path(str(files("resources") / "seats")))
SCREENS = tuple(Screen(f"ecran-{n + 1}", n * 1920, 0, 1920, 1080, primary=n == 0) for n in range(3))


class FakeScreens(QObject):
    """Three screens, where the test's platform has one; their scale is the real screen's."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.factors: dict[str, float] = {}

    def present(self) -> tuple[Screen, ...]:
        return tuple(
            Screen(
                one.name,
                one.x,
                one.y,
                round(one.width / self.factors.get(one.name, 1.0)),
                round(one.height / self.factors.get(one.name, 1.0)),
                primary=one.primary,
            )
            for one in SCREENS
        )

    def scale(self, factors: dict[str, float]) -> bool:
        changed = factors != self.factors
        self.factors = dict(factors)
        largest = max(factors.values(), default=1.0)
        return scaling.set_scale(QApplication.primaryScreen(), largest) or changed


class SeatRig:
    """One seat taken by Mireille; what she does reaches scripted answers only."""

    def __init__(self, app: QApplication, seat: Seat, city: Catalogue, language: str) -> None:
        self.desk = Desk(language)
        self.desk.feed(catalogue=city)
        situation = SituationResult(
            seq=0, alarms=(alarm(1), alarm(2)), incidents=(incident(1),), service=()
        )
        self.desk.feed(situation=situation)
        self.world, self.selection = self.desk.world, self.desk.selection
        self.seat = seat
        self.link: Any = None
        self.settings: dict[str, dict[str, Any]] = {}
        self.screens = FakeScreens()
        self.sounds = SoundDesk(self.world, self.desk.clock, self._notify)
        self.people = PeopleDesk(self, self.desk.clock, kiosk=False)
        self.windows = Windows(
            WindowActs(self).keys,
            lambda: "12:00:00",
            self.screens,  # type: ignore[arg-type] # stands in for the machine's screens
            fullscreen=False,
        )
        self.editing = EditDesk(self.world, self.desk.asked.ask, self.spawn, self.windows)
        defaults = Defaults("dark", language)
        self.person = PersonDesk(
            app, self.windows, self.world, self.selection, self.sounds, defaults
        )
        self.windows.show()
        self.person.begin(self.panel("preferences"), seat)
        parts = Parts(
            state=self.world,
            selection=self.selection,
            clock=self.desk.clock,
            notify=self.windows.notify,
            ask=self.desk.asked.ask,
            settings_for=self.panel,
        )
        plan = WorkspacePlan(
            seat=seat, specs=discover().specs, parts=parts, formats=Formats(language)
        )
        self.workspace: Workspace | None = Workspace(plan, self.windows.open(seat, {}))
        self.person.opened(self.workspace)
        self.people.opened(seat, self.workspace)

    def panel(self, panel_id: str) -> dict[str, Any]:
        return self.settings.setdefault(panel_id, {})

    def _notify(self, text: str, **_: Any) -> None:
        self.desk.said.append(text)

    def spawn(self, work: Any) -> None:
        work.close()

    def sign_out(self) -> None:
        self.desk.said.append("sign_out")

    def silence(self) -> None:
        self.sounds.silence()

    def widgets(self) -> list[QWidget]:
        """Return every widget of every window."""
        return [one for window in self.windows for one in (window, *window.findChildren(QWidget))]

    def close(self) -> None:
        workspace, self.workspace = self.workspace, None
        if workspace is not None:
            workspace.close()
        self.people.closed()
        self.person.end()
        self.windows.close_others()
        self.windows.main.close()
        self.windows.main.deleteLater()
        self.people.close()
        self.editing.close()
        self.person.close()
        self.sounds.close()


@contextmanager
def taken(
    app: QApplication, seat: str | Seat, *, city: Catalogue | None = None, language: str = "fr"
) -> Iterator[SeatRig]:
    """Take a seat for the length of a test, inside a running loop."""
    chosen = SEATS[seat] if isinstance(seat, str) else seat
    rig = SeatRig(app, chosen, city or small_city(cabinets=6), language)
    try:
        yield rig
    finally:
        rig.close()
