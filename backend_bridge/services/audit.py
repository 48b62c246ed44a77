"""The auditor's desk: who did what is one question; reading and taking data out are said first."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping, Sequence

import msgspec

from backend_bridge.contract.access import AuditReadEvent
from backend_bridge.contract.audit import AuditLink
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.journal import (
    KINDS,
    ExportEvent,
    JournalEntry,
    event_places,
    sees_all,
)
from backend_bridge.contract.requests import GetAudit, RecordExport, Request
from backend_bridge.contract.results import AuditResult, ExportResult, Result
from backend_bridge.contract.rights import ANYWHERE
from backend_bridge.contract.times import Clock
from backend_bridge.core.bus import Bus
from backend_bridge.core.requests import Caller, Handler
from backend_bridge.core.storage import (
    AuditQuery,
    AuditStore,
    Draft,
    JournalStore,
    StorageError,
)
from backend_bridge.services.actor import JournalActor, Plan, storage_refusal
from backend_bridge.services.facts import Facts

MOST_LINKS = 1_000
MOST_READ = 20_000
"""Links looked at for one answer, when rights hide most of them."""
MOST_BYTES = 4 * 1024 * 1024
"""Bytes of one page: far below the largest frame."""
READING_S = 900.0
"""Seconds within which further pages of one question, and the question again, are counted."""
LONGEST_SUBJECT = 200
LONGEST_REASON = 500
_DIGEST = re.compile(r"[0-9a-f]{64}")

_encode: Callable[[object], bytes] = msgspec.msgpack.Encoder().encode


@dataclasses.dataclass(slots=True)
class _Reading:
    """What one session reads: its question, and what is counted of it and not written yet."""

    caller: Caller
    event: AuditReadEvent
    ends_s: float
    shown: int = 0
    hidden: int = 0
    times: int = 0

    def asks(self, event: AuditReadEvent) -> bool:
        """Return whether an event is of the same question."""
        mine = (self.event.question, self.event.equipment_id)
        return mine == (event.question, event.equipment_id)


class AuditDesk(JournalActor):
    """Answer what auditors ask, within their rights, and journal who reads and takes data out."""

    def __init__(
        self,
        *,
        audit: AuditStore,
        facts: Facts,
        journal: JournalStore,
        bus: Bus,
        clock: Clock,
    ) -> None:
        super().__init__(journal=journal, bus=bus, clock=clock)
        self._audit = audit
        self._facts = facts
        self._readings: dict[str, _Reading] = {}

    def handlers(self) -> Mapping[type, Handler]:
        """Return what answers which request."""
        return {GetAudit: self.handle_get_audit, RecordExport: self.ask}

    async def handle_get_audit(self, caller: Caller, request: GetAudit) -> Result:
        """Return a page of the chain; what the caller may not see is counted, not sent.

        That it was read is durable before anybody reads it.

        Raises:
            RequestError: no right to audit anything, a question that is none, or a disk that does
                not take that it was asked.
        """
        if not caller.holds("audit", "", ANYWHERE):
            raise RequestError(
                ErrorCode.REFUSED, "error.rights.missing", {"action": "audit", "kind": "*"}
            )
        _check(request)
        result = await self._page(caller, request)
        await self._note_reading(caller, request, result)
        return result

    async def _page(self, caller: Caller, request: GetAudit) -> AuditResult:
        named = request.equipment_id
        if named and not caller.holds("audit", *self._facts.place(named)):
            return AuditResult(links=(), hidden=0)  # as of equipment that was never there
        wanted = AuditQuery(
            user=request.user,
            equipment_id=request.equipment_id,
            event=request.event,
            from_ms=request.from_ms,
            to_ms=request.to_ms,
        )
        links: list[AuditLink] = []
        size = hidden = read = 0
        before = request.before
        while True:
            try:
                page = await self._audit.links(wanted, before, request.limit)
            except StorageError as error:
                raise RequestError(ErrorCode.UNAVAILABLE, "error.storage.unread") from error
            for link in page:
                read += 1
                before = link.number
                if self._sees(caller, link):
                    links.append(link)
                    size += len(_encode(link))
                else:
                    hidden += 1
                if len(links) == request.limit or size > MOST_BYTES or read == MOST_READ:
                    return AuditResult(links=tuple(links), hidden=hidden, next=before)
            if len(page) < request.limit:
                return AuditResult(links=tuple(links), hidden=hidden)

    async def _note_reading(self, caller: Caller, request: GetAudit, page: AuditResult) -> None:
        event = AuditReadEvent(
            question=_question(request),
            equipment_id=request.equipment_id[:LONGEST_SUBJECT],
            shown=len(page.links),
            hidden=page.hidden,
        )
        reading = self._readings.get(caller.session)
        if reading is not None and reading.asks(event) and self._clock.mono_s() < reading.ends_s:
            reading.shown += event.shown
            reading.hidden += event.hidden
            reading.times += 1
            return
        if reading is not None:
            self._end(caller.session)
        draft = Draft(user=caller.user, seat=caller.seat, at_ms=self._clock.now_ms(), event=event)
        try:
            entries = await self._journal.append([draft])
        except StorageError as error:
            raise storage_refusal(error) from error
        self._readings[caller.session] = _Reading(caller, event, self._clock.mono_s() + READING_S)
        self.wake()  # it has another end to look for
        for entry in entries:
            self._bus.publish(entry)

    def _end(self, session: str) -> None:
        """Have what was counted of a reading written."""
        reading = self._readings.pop(session, None)
        if reading is not None and reading.times:
            self.post(reading)

    def _due_s(self) -> float | None:
        return min((reading.ends_s for reading in self._readings.values()), default=None)

    def _sees(self, caller: Caller, link: AuditLink) -> bool:
        places = event_places(link.entry.event, self._facts.place)
        return sees_all(caller.rights, "audit", places)

    def _absorb(self, items: Sequence[object]) -> list[Draft]:
        now_s = self._clock.mono_s()
        over = [key for key, reading in self._readings.items() if reading.ends_s <= now_s]
        ended = [self._readings.pop(key) for key in over]
        drafts = []
        for reading in (*items, *ended):
            assert isinstance(reading, _Reading)
            if reading.times:
                drafts.append(self._rest_of(reading))
        return drafts

    def _rest_of(self, reading: _Reading) -> Draft:
        event = msgspec.structs.replace(
            reading.event, shown=reading.shown, hidden=reading.hidden, times=reading.times
        )
        caller = reading.caller
        return Draft(user=caller.user, seat=caller.seat, at_ms=self._clock.now_ms(), event=event)

    def _subject(self, request: Request) -> str:
        return str(id(request))

    async def _plan(self, caller: Caller, request: Request) -> Plan:
        assert isinstance(request, RecordExport)
        self._check_export(caller, request)
        draft = Draft(
            user=caller.user,
            seat=caller.seat,
            at_ms=self._clock.now_ms(),
            event=ExportEvent(
                subject=request.subject.strip(),
                rows=request.rows,
                reason=request.reason.strip(),
                digest=request.digest,
                equipment_id=request.equipment_id,
            ),
        )

        def finish(entries: Sequence[JournalEntry]) -> Result:
            return ExportResult(seq=entries[0].seq)

        return Plan((draft,), finish)

    def _check_export(self, caller: Caller, request: RecordExport) -> None:
        if request.equipment_id:
            item = self._facts.equipment(request.equipment_id)
            if item is None or not caller.holds("view", item.kind, item.sector):
                raise RequestError(
                    ErrorCode.BAD_REQUEST,
                    "error.equipment.not_found",
                    {"equipment": request.equipment_id[:64]},
                )
        elif not caller.holds("view", "", ANYWHERE):
            raise RequestError(
                ErrorCode.REFUSED, "error.rights.missing", {"action": "view", "kind": "*"}
            )
        for text, most, key in (
            (request.subject, LONGEST_SUBJECT, "error.export.subject"),
            (request.reason, LONGEST_REASON, "error.export.reason"),
        ):
            if not text.strip() or len(text) > most:
                raise RequestError(ErrorCode.BAD_REQUEST, key, {"most": most})
        if request.rows < 0 or not _DIGEST.fullmatch(request.digest):
            raise RequestError(ErrorCode.BAD_REQUEST, "error.export.digest")


def _question(request: GetAudit) -> dict[str, str]:
    """Return the filters of a question, as far as given."""
    given = {
        "user": request.user,
        "event": request.event,
        "from_ms": str(request.from_ms or ""),
        "to_ms": str(request.to_ms or ""),
    }
    return {name: value[:LONGEST_SUBJECT] for name, value in given.items() if value}


def _check(request: GetAudit) -> None:
    if not 1 <= request.limit <= MOST_LINKS or request.before < 0:
        raise RequestError(ErrorCode.BAD_REQUEST, "error.audit.page", {"most": MOST_LINKS})
    if request.event and request.event not in KINDS:
        raise RequestError(
            ErrorCode.BAD_REQUEST, "error.audit.event", {"event": request.event[:40]}
        )
