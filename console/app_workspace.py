"""A signed-in person's workspace: strip, panels, covers and foot, made and taken down together."""

from __future__ import annotations

import asyncio
from collections import ChainMap
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog

from backend_bridge.contract.alarms import Alarm, AlarmState
from backend_bridge.contract.wire import LIVE_WINDOW_S
from console.app_acting import ActingRoom
from console.app_panels import PanelHost, PanelTasks, Parts, context_for
from console.app_search import WindowSearch
from console.app_settings import SettingsFile
from console.app_video import VideoHold
from console.app_works import WorksRoom
from console.panels.alarm_rows import alarm_row
from console.panels.formats import Formats
from console.panels.spec import PanelContext, PanelSpec, Presenter
from console.panels.strip import StripPresenter
from console.panels.wording import Words
from console.seats.layout import Seat, SeatScreen
from console.state.change import Change
from console.state.liveness import LinkWord
from console.state.world import World
from ui.aged import WORDS as AGED_WORDS
from ui.aged import aged
from ui.cover import Cover
from ui.shell.frame import PanelFrame
from ui.shell.layout import Place, Split
from ui.shell.strip import StatusStrip
from ui.shell.window import ShellWindow
from ui.texts import text

_log = structlog.get_logger("console.workspace")


def place_of(screen: SeatScreen) -> Split:
    """Return a screen's columns and cells as splits."""
    return Split(
        tuple(
            Split(
                tuple(Place(cell.panel, cell.weight) for cell in column.cells),
                across=False,
                weight=column.weight,
            )
            for column in screen.columns
        )
    )


@dataclass(frozen=True, slots=True)
class WorkspacePlan:
    """What a workspace is made from.

    Attributes:
        seat: each of its screens is a window, the first the main one.
        specs: panels by id.
        parts: what presenters get.
        extra: settings given on the command line, by panel; a person's own go before them.
    """

    seat: Seat
    specs: Mapping[str, PanelSpec]
    parts: Parts
    formats: Formats


class Workspace:
    """Own the strip, the panels and their covers while one person is signed in.

    Args:
        plan: what it is made from.
        windows: where it goes, by the role of the seat's screen.
    """

    def __init__(self, plan: WorkspacePlan, windows: Mapping[str, ShellWindow]) -> None:
        self._plan = plan
        self._windows = windows
        self._world: World = plan.parts.state
        self._words = Words(text)
        self.acting = ActingRoom(plan.parts)
        self.works = WorksRoom(self.acting.parts)
        self._parts = self.works.parts
        self._strip_tasks = PanelTasks("strip", plan.parts.notify)
        self._strip_presenter = StripPresenter(context_for("strip", self._parts, self._strip_tasks))
        self._strips: list[StatusStrip] = []
        self.hosts: dict[str, PanelHost] = {}
        self._covers: dict[str, Cover] = {}
        for number, screen in enumerate(plan.seat.screens, start=1):
            self._fill(windows[screen.role], screen, number)
        for host in self.hosts.values():
            host.build()
        self.searches = self._make_searches()
        self.acting.show_in(windows)
        self.works.show_in(windows)
        for window in windows.values():
            window.panels_built()
        self.refresh_liveness()
        self.refresh_foot()
        self.refresh_aged()
        aged().flipped.connect(self.refresh_aged)

    @property
    def highest_alarm(self) -> Alarm | None:
        """Return the most pressing alarm nobody acknowledged, ``None`` for none."""
        return self._world.alarms.highest()

    @property
    def video(self) -> VideoHold:
        """Return the decoding of this workspace; nothing runs before a panel shows pictures."""
        return self._plan.parts.video

    def on_change(self, change: Change) -> None:
        """Follow the world in what belongs to no panel: the foot and the covers."""
        if change.alarms or change.situation:
            self.refresh_foot()
        if change.second or change.flipped:
            self.refresh_aged()
        if change.liveness or change.flipped:
            self.refresh_liveness()

    def refresh_foot(self) -> None:
        """Show the highest unacknowledged alarm."""
        feet = [window.foot for window in self._windows.values() if window.foot is not None]
        alarm = self.highest_alarm
        if alarm is None:
            for foot in feet:
                foot.set_alarm(None, AlarmState.NORMAL, "", "", "")
            return
        row = alarm_row(self._world, self._words, alarm)
        item = self._world.equipment.get(alarm.equipment_id)
        detail = (item.place if item is not None else "", row.value, row.children)
        title = f"{row.code} {row.text}" if row.code not in row.text else row.text
        said = " · ".join(part for part in detail if part)
        for foot in feet:
            foot.set_alarm(row.severity, row.state, row.time, title, said)

    def refresh_aged(self) -> None:
        """Say in the foot, while F6 outlines what is too old, how many that concerns."""
        said = ""
        if aged().outlined:
            counts = self._world.equipment_counts()
            old = sum(count for quality, count in counts.items() if quality.word in AGED_WORDS)
            said = self._words.plural("foot.aged", old) if old else text("ui.foot.aged.none")
        for window in self._windows.values():
            if window.foot is not None:
                window.foot.set_aged(said)

    def refresh_liveness(self) -> None:
        """Renew the age in each title bar, and cover what is no longer live."""
        liveness = self._world.liveness
        covered = not liveness.live and liveness.word is not LinkWord.BEHIND
        for panel_id, host in self.hosts.items():
            if not host.spec.topics:
                continue
            age_s = _drawn_age_s(host, liveness.beat_age_s)
            if age_s is None:
                host.frame.set_age(None, text("ui.panel.never_heard"))
            else:
                host.frame.set_age(age_s / LIVE_WINDOW_S, self._plan.formats.age(age_s))
            cover = self._covers[panel_id]
            if covered and host.frame.view is not None:
                if not cover.covering:
                    # what somebody is writing stays in sight: nobody types blind, no word is lost
                    leave = getattr(host.frame.view, "open_under_cover", tuple)
                    cover.leave_open(*leave())
                cover.show_since(*self._cover_words())
            elif cover.covering:
                cover.lift()

    def show_sound(self, icon: str, left: str, tip: str) -> None:
        """Say in every strip that nothing is heard here, or nothing while it is."""
        for strip in self._strips:
            strip.show_sound(icon, left, tip)

    @property
    def strip(self) -> StripPresenter:
        """Return what decides for the strips."""
        return self._strip_presenter

    @property
    def strips(self) -> tuple[StatusStrip, ...]:
        """Return the strip of every window."""
        return tuple(self._strips)

    def context(self, part: str) -> PanelContext:
        """Return what a presenter of the shell itself is given, as long as this workspace is."""
        return context_for(part, self._plan.parts, self._strip_tasks)

    @property
    def presenters(self) -> list[Presenter]:
        """Return what decides for the panels that run."""
        return [host.presenter for host in self.hosts.values() if host.presenter is not None]

    def close(self) -> list[asyncio.Task[None]]:
        """Take everything down; return the panels' coroutines, cancelled, to be awaited."""
        aged().flipped.disconnect(self.refresh_aged)
        for strip in self._strips:
            strip.release()
        self._strip_presenter.close()
        tasks = self._strip_tasks.close() + self.acting.close() + self.works.close()
        for search in reversed(self.searches):
            tasks += search.close()
        for host in self.hosts.values():
            tasks += host.take_down()
        for window in self._windows.values():
            window.drop_workspace()
        return tasks

    @property
    def search_here(self) -> WindowSearch:
        """Return the search of the window somebody works in, the main one's when in none."""
        for window, search in zip(self._windows.values(), self.searches, strict=True):
            if window.isActiveWindow():
                return search
        return self.searches[0]

    def _fill(self, window: ShellWindow, screen: SeatScreen, number: int) -> None:
        total = len(self._plan.seat.screens)
        place = f"{number}/{total}" if total > 1 else ""
        strip = StatusStrip(self._strip_presenter, screen=place)
        self._strips.append(strip)
        window.show_workspace(strip, place_of(screen), self._make_frames(screen))

    def _make_searches(self) -> list[WindowSearch]:
        """Make one search a window; they share the index, and every map shows what was found."""
        found: list[WindowSearch] = []
        maps = tuple(self.hosts.values())
        for screen in self._plan.seat.screens:
            window = self._windows[screen.role]
            hosts = [self.hosts[key] for key in screen.panels if key in self.hosts]
            page = window.page
            assert page is not None  # filled above
            first = found[0] if found else None
            found.append(
                WindowSearch(self._plan.parts, window, hosts, page, first=first, maps=maps)
            )
        return found

    def _make_frames(self, screen: SeatScreen) -> dict[str, PanelFrame]:
        frames = {}
        for number, panel_id in enumerate(screen.panels, start=1):
            spec = self._plan.specs.get(panel_id)
            if spec is None:
                frame = PanelFrame(panel_id, panel_id, "mdi6.help-box-outline", number=number)
                frame.set_failure(
                    text("ui.panel.absent", panel=panel_id), f"seat {self._plan.seat.id}"
                )
                frames[panel_id] = frame
                continue
            frame = PanelFrame(panel_id, text(spec.title_key), spec.icon, number=number)
            if not spec.topics:
                frame.hide_age()
            frames[panel_id] = frame
            self.hosts[panel_id] = PanelHost(spec, frame, self._parts)
            self._covers[panel_id] = Cover(frame.body)
            self._covers[panel_id].setObjectName(f"cover-{panel_id}")
        return frames

    def _cover_words(self) -> tuple[str, str]:
        liveness = self._world.liveness
        state = self._strip_presenter.state
        if liveness.last_live_ms is None:
            if state.behind:  # how much of a large territory has come
                return state.link, state.behind
            return text("ui.panel.not_live.never"), text("ui.panel.not_live.first")
        since = self._plan.formats.clock(liveness.last_live_ms)
        line = text("ui.panel.not_live.line", link=state.link, age=state.link_age)
        return text("ui.panel.not_live", time=since), line


def _drawn_age_s(host: PanelHost, beat_age_s: float | None) -> float | None:
    """Return how old what a panel draws is: the link's silence, or the view's own if longer."""
    own = getattr(host.frame.view, "painted_age_s", None)
    painted = own() if callable(own) else 0.0
    if painted is None or beat_age_s is None:
        return None
    return max(float(painted), beat_age_s)


def settings_of(
    file: SettingsFile, given: Mapping[str, Mapping[str, Any]], panel_id: str
) -> MutableMapping[str, Any]:
    """Return a panel's settings: the person's own, then what the command line gave."""
    return ChainMap(file.panel(panel_id), dict(given.get(panel_id, {})))


def absolute(directory: Path | None) -> str:
    """Return a directory as settings hold it, empty for none."""
    return "" if directory is None else str(directory.resolve())
