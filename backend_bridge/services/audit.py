"""The auditor's desk: who did what is one question, and taking data out is said first."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import get_args

import msgspec

from backend_bridge.contract.audit import AuditLink
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.journal import (
    Event,
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
from backend_bridge.services.actor import JournalActor, Plan
from backend_bridge.services.facts import Facts

MOST_LINKS = 1_000
MOST_READ = 20_000
"""Links looked at for one answer, when rights hide most of them."""
MOST_BYTES = 4 * 1024 * 1024
"""Bytes of one page: far below the largest frame."""
LONGEST_SUBJECT = 200
LONGEST_REASON = 500
_DIGEST = re.compile(r"[0-9a-f]{64}")
EVENTS = frozenset(str(kind.__struct_config__.tag) for kind in get_args(Event))
"""What ``event`` of a question may be."""

_encode: Callable[[object], bytes] = msgspec.msgpack.Encoder().encode


class AuditDesk(JournalActor):
    """Answer what auditors ask, within their rights, and journal who takes data out."""

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

    def handlers(self) -> Mapping[type, Handler]:
        """Return what answers which request."""
        return {GetAudit: self.handle_get_audit, RecordExport: self.ask}

    async def handle_get_audit(self, caller: Caller, request: GetAudit) -> Result:
        """Return a page of the chain; what the caller may not see is counted, not sent.

        Raises:
            RequestError: no right to audit anything, or a question that is none.
        """
        if not caller.holds("audit", "", ANYWHERE):
            raise RequestError(
                ErrorCode.REFUSED, "error.rights.missing", {"action": "audit", "kind": "*"}
            )
        _check(request)
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

    def _sees(self, caller: Caller, link: AuditLink) -> bool:
        places = event_places(link.entry.event, self._facts.place)
        return sees_all(caller.rights, "audit", places)

    def _absorb(self, items: Sequence[object]) -> list[Draft]:
        assert not items, "nothing is posted to the auditor's desk"
        return []

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


def _check(request: GetAudit) -> None:
    if not 1 <= request.limit <= MOST_LINKS or request.before < 0:
        raise RequestError(ErrorCode.BAD_REQUEST, "error.audit.page", {"most": MOST_LINKS})
    if request.event and request.event not in EVENTS:
        raise RequestError(
            ErrorCode.BAD_REQUEST, "error.audit.event", {"event": request.event[:40]}
        )
