"""A panel's context without Qt: texts from the real translation files, scripted answers."""

from __future__ import annotations

import asyncio
import xml.etree.ElementTree as ET
from collections.abc import Callable, Coroutine, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from backend_bridge.contract.alarms import Severity
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.journal import Event, JournalEntry
from backend_bridge.contract.points import Catalogue, PointChange, SourceHeard
from backend_bridge.contract.requests import Request
from backend_bridge.contract.results import Result, SituationResult
from console.link.batch import LinkBatch, LinkPhase, LinkSession, LinkStatus
from console.panels.spec import PanelContext
from console.state.selection import Selection
from console.state.world import World
from tests.fakes.clock import ManualClock

TRANSLATIONS = Path(__file__).parents[2] / "resources" / "translations"
Script = Callable[[Request], Result]
R = TypeVar("R")


@cache
def texts(language: str) -> dict[str, str]:
    """Return every text of one language."""
    found = {}
    for path in TRANSLATIONS.glob(f"*_{language}.ts"):
        for message in ET.parse(path).iter("message"):
            found[message.findtext("source") or ""] = message.findtext("translation") or ""
    return found


class Text:
    """Translate from the files; a key without a text comes back as it is."""

    def __init__(self, language: str = "fr") -> None:
        self._texts = texts(language)

    def __call__(self, key: str, /, **params: object) -> str:
        return self._texts.get(key, key).format_map(params)


class Asked:
    """Answer requests as a test says and remember them; without a script all are refused."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.script: Script | None = None

    async def ask(self, request: Request) -> Result:
        self.requests.append(request)
        await asyncio.sleep(0)
        if self.script is None:
            raise RequestError(ErrorCode.UNAVAILABLE, "error.link.down")
        return self.script(request)

    def of(self, kind: type[R]) -> list[R]:
        """Return the requests of one class."""
        return [request for request in self.requests if isinstance(request, kind)]


class Desk:
    """Everything a presenter is given, and a world that a test feeds."""

    def __init__(self, language: str = "fr", **settings: object) -> None:
        self.clock = ManualClock()
        self.world = World(self.clock)
        self.selection = Selection()
        self.asked = Asked()
        self.said: list[str] = []
        self.tasks: set[asyncio.Task[None]] = set()
        self.context = PanelContext(
            state=self.world,
            selection=self.selection,
            actions=self.asked,
            settings=dict(settings),
            clock=self.clock,
            notify=self._notify,
            text=Text(language),
            spawn=self._spawn,
        )

    def feed(
        self,
        *,
        catalogue: Catalogue | None = None,
        changes: Sequence[PointChange] = (),
        heard: Sequence[SourceHeard] = (),
        situation: SituationResult | None = None,
        events: Sequence[Event] = (),
        drop: bool = False,
        **status: Any,
    ) -> None:
        """Give the world a batch of a live link, or of what ``status`` says."""
        entries = [
            JournalEntry(seq=number, at_ms=self.clock.now_ms(), user="bridge", seat="", event=event)
            for number, event in enumerate(events, start=1)
        ]
        self.world.apply(
            LinkBatch(
                status=self.status(**status),
                drop=drop,
                catalogue=catalogue,
                changes=list(changes),
                heard=list(heard),
                situation=situation,
                entries=entries,
            )
        )

    def status(self, **changes: Any) -> LinkStatus:
        """Return the status of a live link with some fields changed."""
        mono_s = self.clock.mono_s()
        fields: dict[str, Any] = {
            "phase": LinkPhase.FOLLOWING,
            "session": LinkSession(
                "mireille", "Mireille", "ECL-1", ("view:*", "manage:*", "operate:*")
            ),
            "bridge": "pont-1",
            "epoch": "epoch-1",
            "last_beat_mono_s": mono_s,
            "bridge_ahead_ms": self.clock.now_ms() - mono_s * 1000,
            **changes,
        }
        return LinkStatus(**fields)

    async def settle(self) -> None:
        """Wait for every coroutine the presenter started."""
        while self.tasks:
            await asyncio.gather(*self.tasks)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    def _notify(self, text: str, *, severity: Severity | None = None) -> None:
        self.said.append(text)
