"""The last frames and counters of the link an equipment hangs on, asked for when wanted."""

from __future__ import annotations

from collections.abc import Callable

from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.requests import GetDiagnostics
from backend_bridge.contract.results import DiagnosticsResult
from console.panels.rows import Diagnostics
from console.panels.spec import PanelContext
from console.panels.wording import Words


class LinkDetails:
    """Hold what one link said of itself when it was asked."""

    def __init__(self, context: PanelContext, words: Words, tell: Callable[[], None]) -> None:
        self._context = context
        self._words = words
        self._tell = tell
        self._equipment_id: str | None = None
        self.diagnostics: Diagnostics | None = None

    def follow(self, equipment_id: str | None) -> None:
        """Hide what belongs to another equipment."""
        if equipment_id != self._equipment_id:
            self._equipment_id = None
            self.diagnostics = None

    def show(self, equipment_id: str | None) -> None:
        """Ask now, and again at each call; ``None`` hides."""
        self._equipment_id = equipment_id
        if equipment_id is None:
            self.diagnostics = None
            return
        self.diagnostics = Diagnostics("loading", self._words.text("diagnostics.loading"))
        self._context.spawn(self._fetch(equipment_id))
        self._tell()

    async def _fetch(self, equipment_id: str) -> None:
        try:
            result = await self._context.actions.ask(GetDiagnostics(equipment_id=equipment_id))
        except RequestError as error:
            found = Diagnostics("failed", self._words.refusal(error))
        else:
            if not isinstance(result, DiagnosticsResult):
                return
            found = self._made(result)
        if equipment_id == self._equipment_id:
            self.diagnostics = found
            self._tell()

    def _made(self, result: DiagnosticsResult) -> Diagnostics:
        formats = self._words.formats
        counters = tuple(
            (
                self._words.known(f"counter.{name}") or name,
                formats.number(value, 0 if value == int(value) else 2),
            )
            for name, value in result.counters.items()
            if value == value and abs(value) != float("inf")  # noqa: PLR0124 - leaves NaN out
        )
        at = formats.clock(self._context.state.bridge_now_ms())
        note = self._words.text("diagnostics.as_of", time=at)
        return Diagnostics("ready", note, result.link, counters, result.frames)
