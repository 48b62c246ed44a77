"""The desk of a signed-in person, and the sheet that shows it in each window."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace

from console.app_panels import PanelTasks, Parts, drafts_of
from console.panels.acting.cards import news
from console.panels.acting.desk import CommandDesk
from console.panels.acting.kept import KeptReasons
from console.panels.acting.presenter import ActingPresenter
from console.panels.acting.proposal import Stage
from console.panels.wording import Words
from ui.acting.sheet import ActingSheet
from ui.shell.window import ShellWindow
from ui.texts import text


class ActingRoom:
    """Own the desk while one person is signed in; lives on the interface's thread."""

    def __init__(self, parts: Parts) -> None:
        self._tasks = PanelTasks("acting", parts.notify)
        self._notify = parts.notify
        self._words = Words(text)
        self._world = parts.state
        self.desk = CommandDesk(parts.state, parts.ask, self._tasks.spawn, parts.notify, text)
        drafts = drafts_of(parts, "acting")
        self._kept = None if drafts is None else KeptReasons(self.desk, drafts)
        self.parts = replace(parts, desk=self.desk)
        """What panels are given from here on."""
        self._windows: Mapping[str, ShellWindow] = {}
        self._sheets: dict[str, ActingSheet] = {}
        self._presenters: list[ActingPresenter] = []
        self._known: set[str] = set()
        self._asked: set[str] = set()
        self._told: set[tuple[str, Stage]] = set()
        self._ends = [
            self.desk.subscribe(self._on_desk_changed),
            parts.selection.subscribe(lambda _: self._make_room()),
        ]

    def show_in(self, windows: Mapping[str, ShellWindow]) -> None:
        """Lay a sheet over each window's page; closed until something is proposed."""
        self._windows = windows
        for role, window in windows.items():
            page = window.page
            assert page is not None  # filled before
            presenter = ActingPresenter(self.desk, self._world, self._words)
            sheet = ActingSheet(presenter, page)
            window.dock(sheet)
            self._presenters.append(presenter)
            self._sheets[role] = sheet
        self._on_desk_changed()

    def toggle(self) -> None:
        """Open the sheet in the window somebody works in, or close it."""
        sheet = self._sheet_here()
        if sheet is not None:
            sheet.toggle()

    def close(self) -> list[asyncio.Task[None]]:
        """Take everything down; return the coroutines, cancelled, to be awaited.

        What was sent goes on in the bridge; the next desk finds it in the journal.
        """
        for end in self._ends:
            end()
        for sheet in self._sheets.values():
            sheet.release()
        for presenter in self._presenters:
            presenter.close()
        if self._kept is not None:
            self._kept.close()
        self.desk.close()
        return self._tasks.close()

    def _on_desk_changed(self) -> None:
        if not self._sheets:
            return
        proposals = {proposal.key for proposal in self.desk.proposals}
        new = proposals - self._known
        self._known = proposals
        for key in new:
            sheet = self._sheet_here()
            if sheet is not None:
                sheet.open_for(key)
        asked = {approval.id: approval for approval in self.desk.asked_of_me}
        for key in asked.keys() - self._asked:
            approval = asked[key]
            person = self._words.person(approval.asked_by, approval.seat)
            self._notify(text("acting.asked", person=person))
            next(iter(self._sheets.values())).open_quietly()
        self._asked = set(asked)
        self._say_ends()

    def _say_ends(self) -> None:
        """Say in the foot what came of each wish, for whoever has closed the sheet."""
        for proposal in (*self.desk.proposals, *self.desk.followed):
            said = news(self._words, proposal)
            if said and (proposal.key, proposal.stage) not in self._told:
                self._told.add((proposal.key, proposal.stage))
                colon = self._words.text("acting.colon")
                self._notify(f"{proposal.intent.title}{colon}{said}")

    def _make_room(self) -> None:
        """Close the sheets when somebody goes on to something else and nothing waits for them."""
        waiting = any(proposal.live for proposal in self.desk.proposals)
        if not waiting and not self.desk.asked_of_me:
            for sheet in self._sheets.values():
                if sheet.isVisible():
                    sheet.hide_quietly()

    def _sheet_here(self) -> ActingSheet | None:
        for role, window in self._windows.items():
            if window.isActiveWindow():
                return self._sheets.get(role)
        return next(iter(self._sheets.values()), None)
