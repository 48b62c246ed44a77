"""Service states: disabled or in maintenance, by whom, why, until when; they end by themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.journal import JournalEntry, ServiceEvent
from backend_bridge.contract.points import ServiceMark
from backend_bridge.contract.quality import ServiceState
from backend_bridge.contract.requests import Request, SetServiceState
from backend_bridge.contract.results import Result, ServiceResult
from backend_bridge.contract.times import Clock
from backend_bridge.core.bus import Bus
from backend_bridge.core.requests import Caller, Handler
from backend_bridge.core.storage import Draft, JournalStore, Situation
from backend_bridge.services.actor import BRIDGE_USER, JournalActor, Plan
from backend_bridge.services.facts import Facts, OutOfService

LONGEST_REASON = 500
"""Characters in a reason."""
LONGEST_MAINTENANCE_S = 90 * 24 * 3600.0
"""Seconds after which somebody must look again."""
LOOK_AGAIN_S = 30.0
"""Longest time between two looks at the wall clock, which may jump."""


class ServiceMarks(JournalActor):
    """Keep which equipment the city does not want in use.

    Args:
        situation: what was open when the bridge last committed; read once, before ``run``.
    """

    def __init__(
        self,
        *,
        facts: Facts,
        journal: JournalStore,
        bus: Bus,
        clock: Clock,
        situation: Situation,
    ) -> None:
        super().__init__(journal=journal, bus=bus, clock=clock)
        self._facts = facts
        self._out = OutOfService(facts, situation.service)

    def handlers(self) -> Mapping[type, Handler]:
        """Return what answers which request."""
        return {SetServiceState: self.ask}

    def covering(self, equipment_id: str) -> ServiceMark | None:
        """Return the mark that keeps an equipment out of service: its own or an ancestor's."""
        return self._out.covering(equipment_id)

    def _absorb(self, items: Sequence[object]) -> list[Draft]:
        assert not items, "nothing is posted to the service marks"
        now_ms = self._clock.now_ms()
        drafts = []
        for mark in self._out.all():
            if mark.until_ms is not None and mark.until_ms <= now_ms:
                back = ServiceMark(
                    equipment_id=mark.equipment_id,
                    state=ServiceState.IN_SERVICE,
                    by=BRIDGE_USER,
                    reason=mark.reason,
                    since_ms=now_ms,
                )
                self._out.take(back)
                drafts.append(self._draft(back, BRIDGE_USER, ""))
        return drafts

    def _due_s(self) -> float | None:
        ends_ms = [mark.until_ms for mark in self._out.all() if mark.until_ms is not None]
        if not ends_ms:
            return None
        wait_s = (min(ends_ms) - self._clock.now_ms()) / 1000
        return self._clock.mono_s() + min(max(wait_s, 0.0), LOOK_AGAIN_S)

    def _subject(self, request: Request) -> str:
        assert isinstance(request, SetServiceState)
        return request.equipment_id

    async def _plan(self, caller: Caller, request: Request) -> Plan:
        assert isinstance(request, SetServiceState)
        equipment = self._facts.equipment(request.equipment_id)
        if equipment is None or not caller.holds("view", equipment.kind, equipment.sector):
            raise RequestError(
                ErrorCode.BAD_REQUEST,
                "error.equipment.not_found",
                {"equipment": request.equipment_id[:64]},
            )
        caller.require("configure", equipment.kind, equipment.sector)
        now_ms = self._clock.now_ms()
        _check(request, now_ms)
        in_service = request.state is ServiceState.IN_SERVICE
        if in_service and self._out.own(equipment.id) is None:
            raise RequestError(
                ErrorCode.CONFLICT, "error.service.already_in", {"equipment": equipment.id}
            )
        mark = ServiceMark(
            equipment_id=equipment.id,
            state=request.state,
            by=caller.user,
            reason=request.reason.strip(),
            since_ms=now_ms,
            until_ms=None if in_service else request.until_ms,
        )

        def finish(_: Sequence[JournalEntry]) -> Result:
            self._out.take(mark)
            return ServiceResult(mark=mark)

        return Plan((self._draft(mark, caller.user, caller.seat),), finish)

    def _draft(self, mark: ServiceMark, user: str, seat: str) -> Draft:
        equipment = self._facts.equipment(mark.equipment_id)
        return Draft(
            user=user,
            seat=seat,
            at_ms=mark.since_ms,
            event=ServiceEvent(
                mark=mark, equipment_kind=equipment.kind if equipment is not None else ""
            ),
        )


def _check(request: SetServiceState, now_ms: int) -> None:
    """Refuse a mark without a reason, or a maintenance without an end within reach."""
    if not request.reason.strip():
        raise RequestError(ErrorCode.BAD_REQUEST, "error.service.reason_missing")
    if len(request.reason) > LONGEST_REASON:
        raise RequestError(
            ErrorCode.BAD_REQUEST,
            "error.service.reason_too_long",
            {"length": len(request.reason), "limit": LONGEST_REASON},
        )
    if request.state is ServiceState.IN_SERVICE:
        return
    until_ms = request.until_ms
    if until_ms is None:
        if request.state is ServiceState.MAINTENANCE:
            raise RequestError(ErrorCode.BAD_REQUEST, "error.service.end_missing")
        return
    if until_ms <= now_ms:
        raise RequestError(ErrorCode.BAD_REQUEST, "error.service.end_past")
    if until_ms - now_ms > LONGEST_MAINTENANCE_S * 1000:
        raise RequestError(
            ErrorCode.BAD_REQUEST,
            "error.service.end_far",
            {"days": round(LONGEST_MAINTENANCE_S / 86_400)},
        )
