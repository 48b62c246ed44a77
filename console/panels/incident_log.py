"""The log of the chosen incident: asked for when chosen, asked for again when it changed."""

from __future__ import annotations

from collections.abc import Callable

from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.journal import JournalEntry
from backend_bridge.contract.requests import GetIncidentLog
from backend_bridge.contract.results import LogResult
from console.panels.log_lines import log_lines
from console.panels.rows import LogLine
from console.panels.spec import PanelContext
from console.panels.wording import Words


class IncidentLog:
    """Hold one incident's log; one question outstanding, the newest wish wins.

    Attributes:
        entries: journal entries, oldest first.
        note: why the log is not whole, empty when it is.
    """

    def __init__(self, context: PanelContext, words: Words, tell: Callable[[], None]) -> None:
        self._context = context
        self._words = words
        self._tell = tell
        self._incident_id: str | None = None
        self._asking = False
        self._again = False
        self.entries: tuple[JournalEntry, ...] = ()
        self.lines: tuple[LogLine, ...] = ()
        self.note = ""

    def show(self, incident_id: str | None) -> None:
        """Follow another incident; the same one changes nothing."""
        if incident_id == self._incident_id:
            return
        self._incident_id = incident_id
        self.entries = ()
        self.lines = ()
        self.note = self._words.text("queue.log.loading") if incident_id is not None else ""
        self.refresh()

    def refresh(self) -> None:
        """Ask again; while a question is out, ask once more after its answer."""
        if self._incident_id is None:
            return
        if self._asking:
            self._again = True
            return
        self._asking = True
        self._context.spawn(self._fetch())

    async def _fetch(self) -> None:
        try:
            while self._incident_id is not None:
                self._again = False
                await self._fetch_once(self._incident_id)
                if not self._again:
                    break
        finally:
            self._asking = False
        self._tell()

    async def _fetch_once(self, incident_id: str) -> None:
        try:
            result = await self._context.actions.ask(GetIncidentLog(incident_id=incident_id))
        except RequestError as error:
            if incident_id == self._incident_id:
                # The lines already here stay: they are true, only perhaps not all.
                self.note = self._words.refusal(error)
            return
        if incident_id != self._incident_id:
            self._again = True
            return
        if isinstance(result, LogResult):
            self.entries = result.entries
            now_ms = self._context.state.bridge_now_ms()
            self.lines = log_lines(self._words, result.entries, now_ms)
            hidden = result.hidden
            self.note = self._words.plural("queue.log.hidden", hidden) if hidden else ""
