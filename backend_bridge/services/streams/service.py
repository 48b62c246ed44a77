"""Leave to watch a camera: asked for, journalled, renewed while it is shown, and ended.

The bridge hands out the address of the pictures; the camera itself knows no ticket. What a ticket
ends is therefore the console's leave to show them, and its word that nobody watches any more.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.journal import (
    JournalEntry,
    ServiceEvent,
    SessionChange,
    SessionEvent,
    StreamChange,
    StreamEvent,
)
from backend_bridge.contract.points import ServiceMark
from backend_bridge.contract.quality import ServiceState
from backend_bridge.contract.requests import OpenStream, ReleaseStream, Request
from backend_bridge.contract.results import Result, StreamReleasedResult, StreamTicketResult
from backend_bridge.contract.times import Clock
from backend_bridge.core.bus import Bus
from backend_bridge.core.requests import Caller, Handler
from backend_bridge.core.storage import Draft, JournalStore
from backend_bridge.services.actor import JournalActor, Plan
from backend_bridge.services.facts import Facts

LIFE_S = 60.0
"""Seconds a ticket holds without being renewed."""
_ENDS = {
    SessionChange.SIGNED_OUT: StreamChange.RELEASED,
    SessionChange.LOST: StreamChange.RELEASED,
    SessionChange.REVOKED: StreamChange.REVOKED,
    SessionChange.HANDED_OVER: StreamChange.RELEASED,
}
MOST_TICKETS = 64
"""Cameras one session may watch at once: two walls of 25 and some more."""


class Marks(Protocol):
    """Say which equipment is out of service."""

    def covering(self, equipment_id: str) -> ServiceMark | None: ...


@dataclass(frozen=True, slots=True)
class Source:
    """Where a camera's pictures are, empty for nowhere yet, and the seats that may watch them."""

    url: str
    seats: frozenset[str] = field(default=frozenset())


@dataclass(frozen=True, slots=True)
class _Ticket:
    id: str
    equipment_id: str
    caller: Caller
    expires_s: float


class StreamService(JournalActor):
    """Hand out tickets, and say in the journal who watched what from when to when.

    Tickets live in memory: after a restart of the bridge all are void, and consoles ask anew.

    Args:
        sources: by equipment id.
    """

    def __init__(
        self,
        *,
        sources: Mapping[str, Source],
        facts: Facts,
        marks: Marks,
        journal: JournalStore,
        bus: Bus,
        clock: Clock,
    ) -> None:
        super().__init__(journal=journal, bus=bus, clock=clock)
        self._sources = sources
        self._facts = facts
        self._marks = marks
        self._tickets: dict[str, _Ticket] = {}
        self._held: Counter[str] = Counter()
        bus.subscribe(self._on_entry)

    def handlers(self) -> Mapping[type, Handler]:
        """Return what answers which request."""
        return {OpenStream: self.ask, ReleaseStream: self.ask}

    @property
    def open(self) -> int:
        """Return how many tickets are open."""
        return len(self._tickets)

    def _absorb(self, items: Sequence[object]) -> list[Draft]:
        now_s = self._clock.mono_s()
        over = {
            ticket.id: StreamChange.EXPIRED
            for ticket in self._tickets.values()
            if ticket.expires_s <= now_s
        }
        for entry in items:
            assert isinstance(entry, JournalEntry)
            over |= self._ended_by(entry)
        drafts = [self._draft(self._tickets[found], change) for found, change in over.items()]
        for found in over:
            self._drop(found)
        return drafts

    def _on_entry(self, entry: JournalEntry) -> None:
        if self._tickets and isinstance(entry.event, SessionEvent | ServiceEvent):
            self.post(entry)

    def _ended_by(self, entry: JournalEntry) -> dict[str, StreamChange]:
        """Return the tickets that end because a session did, or a camera went out of service."""
        event = entry.event
        if isinstance(event, SessionEvent):
            change = _ENDS.get(event.change)
            return {
                ticket.id: change
                for ticket in self._tickets.values()
                if change is not None
                and (ticket.caller.user, ticket.caller.console) == (entry.user, event.console)
            }
        return {
            ticket.id: StreamChange.REVOKED
            for ticket in self._tickets.values()
            if self._marks.covering(ticket.equipment_id) is not None
        }

    def _due_s(self) -> float | None:
        return min((ticket.expires_s for ticket in self._tickets.values()), default=None)

    def _subject(self, request: Request) -> str:
        assert isinstance(request, OpenStream | ReleaseStream)
        if isinstance(request, OpenStream) and not request.ticket:
            return f"new {request.equipment_id}"
        return request.ticket

    async def _plan(self, caller: Caller, request: Request) -> Plan:
        if isinstance(request, ReleaseStream):
            return self._plan_release(caller, request)
        assert isinstance(request, OpenStream)
        return self._plan_open(caller, request)

    def _plan_open(self, caller: Caller, request: OpenStream) -> Plan:
        held = self._tickets.get(request.ticket) if request.ticket else None
        if held is not None and (
            held.caller.session != caller.session or held.equipment_id != request.equipment_id
        ):
            held = None
        if request.ticket and held is None:
            raise RequestError(ErrorCode.CONFLICT, "error.stream.expired")
        try:
            source = self._allowed(caller, request.equipment_id)
        except RequestError:
            if held is not None:
                self._revoke(held)
            raise
        if held is None and self._held[caller.session] >= MOST_TICKETS:
            raise RequestError(ErrorCode.REFUSED, "error.stream.too_many", {"most": MOST_TICKETS})
        expires_s = self._clock.mono_s() + LIFE_S
        drafts: tuple[Draft, ...] = ()
        if held is None:
            ticket = _Ticket(secrets.token_urlsafe(12), request.equipment_id, caller, expires_s)
            drafts = (self._draft(ticket, StreamChange.OPENED),)
        else:
            ticket = replace(held, expires_s=expires_s)
        answer = StreamTicketResult(
            ticket=ticket.id,
            equipment_id=ticket.equipment_id,
            url=source.url,
            expires_ms=self._clock.now_ms() + round(LIFE_S * 1000),
        )

        def finish(_: Sequence[JournalEntry]) -> Result:
            if ticket.id not in self._tickets:
                self._held[caller.session] += 1
            self._tickets[ticket.id] = ticket
            return answer

        return Plan(drafts, finish)

    def _plan_release(self, caller: Caller, request: ReleaseStream) -> Plan:
        held = self._tickets.get(request.ticket)
        answer = StreamReleasedResult(ticket=request.ticket)
        if held is None or held.caller.session != caller.session:
            return Plan((), lambda _: answer)

        def finish(_: Sequence[JournalEntry]) -> Result:
            self._drop(held.id)
            return answer

        return Plan((self._draft(held, StreamChange.RELEASED),), finish)

    def _allowed(self, caller: Caller, equipment_id: str) -> Source:
        """Return where a camera's pictures are for somebody who may watch them now.

        Raises:
            RequestError: no such camera, no right, another seat's, out of service, no pictures.
        """
        item, source = self._facts.equipment(equipment_id), self._sources.get(equipment_id)
        seen = item is not None and caller.holds("view", item.kind, item.sector)
        if source is None or not seen:
            raise RequestError(
                ErrorCode.BAD_REQUEST, "error.equipment.not_found", {"equipment": equipment_id[:64]}
            )
        if source.seats and caller.seat not in source.seats:
            seats = " ".join(sorted(source.seats))
            raise RequestError(ErrorCode.REFUSED, "error.stream.reserved", {"seats": seats})
        mark = self._marks.covering(equipment_id)
        if mark is not None:
            word = "disabled" if mark.state is ServiceState.DISABLED else "maintenance"
            raise RequestError(
                ErrorCode.REFUSED,
                f"error.stream.{word}",
                {"by": mark.by, "reason": mark.reason, "equipment": mark.equipment_id},
            )
        if not source.url:
            raise RequestError(
                ErrorCode.UNAVAILABLE, "error.stream.none", {"equipment": equipment_id}
            )
        return source

    def _revoke(self, ticket: _Ticket) -> None:
        """End a ticket whose ground is gone, whatever becomes of the request that showed it."""
        self._drop(ticket.id)
        self._pending.append(self._draft(ticket, StreamChange.REVOKED))
        self.wake()

    def _drop(self, ticket_id: str) -> None:
        ticket = self._tickets.pop(ticket_id)
        self._held[ticket.caller.session] -= 1
        if not self._held[ticket.caller.session]:
            del self._held[ticket.caller.session]

    def _draft(self, ticket: _Ticket, change: StreamChange) -> Draft:
        return Draft(
            user=ticket.caller.user,
            seat=ticket.caller.seat,
            at_ms=self._clock.now_ms(),
            event=StreamEvent(
                change=change,
                equipment_id=ticket.equipment_id,
                ticket=ticket.id,
                console=ticket.caller.console,
            ),
        )
