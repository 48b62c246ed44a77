"""Edit mode: off at sign-in for everybody, on for a quarter of an hour, never by accident.

It belongs to a session and lives in memory: it survives neither a sign-out, a locked desk, a lost
connection nor a restart of the bridge.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.journal import JournalEntry, SessionChange, SessionEvent
from backend_bridge.contract.requests import Request
from backend_bridge.contract.results import Result
from backend_bridge.contract.rights import ANYWHERE
from backend_bridge.contract.safety import EditModeResult, SetEditMode
from backend_bridge.contract.times import Clock
from backend_bridge.core.bus import Bus
from backend_bridge.core.requests import Caller, Handler
from backend_bridge.core.storage import Draft, JournalStore
from backend_bridge.services.actor import JournalActor, Plan

LIFE_S = 15 * 60.0
"""Seconds after which edit mode ends by itself; turned on again it lasts as long again."""
_ENDS = (
    SessionChange.SIGNED_OUT,
    SessionChange.LOST,
    SessionChange.REVOKED,
    SessionChange.LOCKED,
    SessionChange.HANDED_OVER,
)


@dataclass(frozen=True, slots=True)
class _Editing:
    caller: Caller
    ends_s: float


class EditMode(JournalActor):
    """Know which sessions may change configuration now."""

    def __init__(self, *, journal: JournalStore, bus: Bus, clock: Clock) -> None:
        super().__init__(journal=journal, bus=bus, clock=clock)
        self._on: dict[str, _Editing] = {}
        bus.subscribe(self._on_entry)

    def handlers(self) -> Mapping[type, Handler]:
        """Return what answers which request."""
        return {SetEditMode: self.ask}

    def is_on(self, session: str) -> bool:
        """Return whether a session may change configuration at this moment."""
        held = self._on.get(session)
        return held is not None and self._clock.mono_s() < held.ends_s

    def _on_entry(self, entry: JournalEntry) -> None:
        # at once, not at the next drain: what was asked after it must find edit mode off
        event = entry.event
        if not self._on or not isinstance(event, SessionEvent) or event.change not in _ENDS:
            return
        for session, held in tuple(self._on.items()):
            if (held.caller.user, held.caller.console) == (entry.user, event.console):
                del self._on[session]

    def _absorb(self, items: Sequence[object]) -> list[Draft]:
        assert not items, "nothing is posted to the edit mode"
        now_s = self._clock.mono_s()
        over = [session for session, held in self._on.items() if held.ends_s <= now_s]
        return [self._draft(self._on.pop(session).caller, on=False) for session in over]

    def _due_s(self) -> float | None:
        return min((held.ends_s for held in self._on.values()), default=None)

    def _subject(self, request: Request) -> str:
        return str(id(request))

    async def _plan(self, caller: Caller, request: Request) -> Plan:
        assert isinstance(request, SetEditMode)
        if not request.on:
            drafts = (self._draft(caller, on=False),) if self.is_on(caller.session) else ()

            def turn_off(_: Sequence[JournalEntry]) -> Result:
                self._on.pop(caller.session, None)
                return EditModeResult(until_ms=None)

            return Plan(drafts, turn_off)
        if not caller.holds("configure", "", ANYWHERE):
            raise RequestError(
                ErrorCode.REFUSED, "error.rights.missing", {"action": "configure", "kind": "*"}
            )

        def turn_on(_: Sequence[JournalEntry]) -> Result:
            self._on[caller.session] = _Editing(caller, self._clock.mono_s() + LIFE_S)
            return EditModeResult(until_ms=self._clock.now_ms() + round(LIFE_S * 1000))

        return Plan((self._draft(caller, on=True),), turn_on)

    def _draft(self, caller: Caller, *, on: bool) -> Draft:
        return Draft(
            user=caller.user,
            seat=caller.seat,
            at_ms=self._clock.now_ms(),
            event=SessionEvent(
                change=SessionChange.EDITING if on else SessionChange.EDITED,
                console=caller.console,
            ),
        )
