"""Circuits as planned, and what people say of them: durable before it is acknowledged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from backend_bridge.contract.circuits import (
    CIRCUITS_PER_PAGE,
    KIND,
    UNSAID,
    Circuit,
    CircuitChange,
    CircuitMark,
    CircuitRecord,
    CircuitState,
)
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.journal import CircuitEvent, JournalEntry
from backend_bridge.contract.requests import GetCircuits, RecordCircuit, Request, UndoCircuit
from backend_bridge.contract.results import CircuitResult, CircuitsResult, Result
from backend_bridge.contract.times import Clock
from backend_bridge.core.bus import Bus
from backend_bridge.core.requests import Caller, Handler
from backend_bridge.core.storage import Draft, JournalStore, Situation
from backend_bridge.services.actor import JournalActor, Plan

LONGEST_REASON = 500
"""Characters in a reason."""
REPEATABLE = frozenset({CircuitState.TREATED, CircuitState.BLOCKED})
"""States that may be said twice in a row: treated again, blocked for another reason."""


class CircuitService(JournalActor):
    """Keep what people say of each circuit; only people speak, no vehicle is heard yet.

    Args:
        plan: every circuit of the territory.
        situation: what held when the bridge last committed; read once, before ``run``.
    """

    def __init__(
        self,
        *,
        plan: Sequence[Circuit],
        journal: JournalStore,
        bus: Bus,
        clock: Clock,
        situation: Situation,
    ) -> None:
        super().__init__(journal=journal, bus=bus, clock=clock)
        self._plan_of_all = tuple(plan)
        self._known = frozenset(circuit.id for circuit in plan)
        self._marks = {mark.circuit_id: mark for mark in situation.circuits}

    def handlers(self) -> Mapping[type, Handler]:
        """Return what answers which request."""
        return {GetCircuits: self.list_circuits, RecordCircuit: self.ask, UndoCircuit: self.ask}

    async def list_circuits(self, caller: Caller, request: GetCircuits) -> Result:
        """Return a page of the circuits as planned.

        Raises:
            RequestError: no right to see circuits, or no such page.
        """
        caller.require("view", KIND)
        first, total = request.first, len(self._plan_of_all)
        if not 0 <= first <= total:
            raise RequestError(
                ErrorCode.BAD_REQUEST, "error.circuit.page", {"first": first, "total": total}
            )
        after = first + CIRCUITS_PER_PAGE
        return CircuitsResult(circuits=self._plan_of_all[first:after], more=after < total)

    def _absorb(self, items: Sequence[object]) -> list[Draft]:
        assert not items, "nothing is posted to the circuits"
        return []

    def _subject(self, request: Request) -> str:
        assert isinstance(request, RecordCircuit | UndoCircuit)
        return request.circuit_id

    async def _plan(self, caller: Caller, request: Request) -> Plan:
        assert isinstance(request, RecordCircuit | UndoCircuit)
        caller.require("manage", KIND)
        if request.circuit_id not in self._known:
            raise RequestError(
                ErrorCode.BAD_REQUEST,
                "error.circuit.not_found",
                {"circuit": request.circuit_id[:64]},
            )
        held = self._marks.get(request.circuit_id) or CircuitMark(
            circuit_id=request.circuit_id, version=0, said=UNSAID
        )
        if request.version != held.version:
            raise RequestError(
                ErrorCode.CONFLICT,
                "error.circuit.changed",
                {"circuit": held.circuit_id, "user": held.said.by or "—"},
            )
        now_ms = self._clock.now_ms()
        if isinstance(request, UndoCircuit):
            mark, change = undone(held), CircuitChange.UNDONE
        else:
            mark, change = recorded(held, request, caller, now_ms), CircuitChange.RECORDED
        draft = Draft(
            user=caller.user,
            seat=caller.seat,
            at_ms=now_ms,
            event=CircuitEvent(change=change, mark=mark),
        )

        def finish(_: Sequence[JournalEntry]) -> Result:
            self._marks[mark.circuit_id] = mark
            return CircuitResult(mark=mark)

        return Plan((draft,), finish)


def recorded(held: CircuitMark, request: RecordCircuit, caller: Caller, now_ms: int) -> CircuitMark:
    """Return the mark after somebody said a state.

    Raises:
        RequestError: blocked without a reason, a reason too long, or nothing would change.
    """
    blocked = request.state is CircuitState.BLOCKED
    reason = request.reason.strip() if blocked else ""
    if blocked and not reason:
        raise RequestError(ErrorCode.BAD_REQUEST, "error.circuit.reason_missing")
    if len(reason) > LONGEST_REASON:
        raise RequestError(
            ErrorCode.BAD_REQUEST,
            "error.circuit.reason_too_long",
            {"length": len(reason), "limit": LONGEST_REASON},
        )
    if request.state is held.said.state and request.state not in REPEATABLE:
        raise RequestError(
            ErrorCode.CONFLICT, "error.circuit.already", {"circuit": held.circuit_id}
        )
    said = CircuitRecord(
        state=request.state, by=caller.user, seat=caller.seat, at_ms=now_ms, reason=reason
    )
    return CircuitMark(
        circuit_id=held.circuit_id, version=held.version + 1, said=said, before=held.said
    )


def undone(held: CircuitMark) -> CircuitMark:
    """Return the mark after its latest word was taken back; one step, never two.

    Raises:
        RequestError: nothing was said, or it was already taken back.
    """
    if held.before is None:
        raise RequestError(
            ErrorCode.CONFLICT, "error.circuit.nothing_to_undo", {"circuit": held.circuit_id}
        )
    return CircuitMark(circuit_id=held.circuit_id, version=held.version + 1, said=held.before)
