"""The declaration of works of a signed-in person, and the sheet that shows it in each window."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace

from console.app_panels import PanelTasks, Parts, context_for, drafts_of
from console.panels.safety.declaring import Declaring
from ui.safety.declare import DeclareSheet
from ui.shell.window import ShellWindow


class WorksRoom:
    """Own what is being declared while one person is signed in; lives on the interface's thread."""

    def __init__(self, parts: Parts) -> None:
        self._tasks = PanelTasks("works", parts.notify)
        self._declaring = Declaring(
            context_for("works", parts, self._tasks), drafts_of(parts, "works")
        )
        self.parts = replace(parts, declare=self.open)
        """What panels are given from here on."""
        self._windows: Mapping[str, ShellWindow] = {}
        self._sheets: dict[str, DeclareSheet] = {}

    def show_in(self, windows: Mapping[str, ShellWindow]) -> None:
        """Lay a closed sheet over each window's page."""
        self._windows = windows
        for role, window in windows.items():
            page = window.page
            assert page is not None  # filled before
            self._sheets[role] = sheet = DeclareSheet(self._declaring, page)
            window.dock(sheet)

    def open(self) -> None:
        """Open the sheet in the window somebody works in."""
        here = (role for role, window in self._windows.items() if window.isActiveWindow())
        role = next(here, next(iter(self._windows), ""))
        if role in self._sheets:
            self._sheets[role].open_sheet()

    def close(self) -> list[asyncio.Task[None]]:
        """Take everything down; return the coroutines, cancelled, to be awaited."""
        for sheet in self._sheets.values():
            sheet.release()
        self._declaring.close()
        return self._tasks.close()
