"""A second person, at another seat, for what is declared dangerous; a question never outlives us.

Agreed, everything is checked again and carried out at once as an order of the same key. Unanswered,
withdrawn or left by a bridge that died, nothing is ever done.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from backend_bridge.commands.demands import Demand
from backend_bridge.commands.needs import GatewaySettings
from backend_bridge.commands.orders import OrderDesk
from backend_bridge.commands.words import refusal, storage_refusal
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.journal import (
    ApprovalEvent,
    JournalEntry,
    SessionChange,
    SessionEvent,
)
from backend_bridge.contract.order_requests import (
    ApprovalResult,
    AskApproval,
    DecideApproval,
    WithdrawApproval,
)
from backend_bridge.contract.orders import Approval, ApprovalState
from backend_bridge.contract.results import Result
from backend_bridge.contract.rights import Place
from backend_bridge.core.requests import Caller, Handler
from backend_bridge.core.storage import StorageError
from backend_bridge.services.actor import BRIDGE_USER

_LEAVES = (
    SessionChange.SIGNED_OUT,
    SessionChange.REVOKED,
    SessionChange.LOST,
    SessionChange.HANDED_OVER,
)
LOOK_S = 0.2
"""Longest time between two looks at the clock while a question stands."""


class _Question(NamedTuple):
    approval: Approval
    asker: Caller
    demand: Demand
    end_s: float

    @property
    def places(self) -> set[Place]:
        """Return kind and sector of everything it would let happen."""
        return {(aim.equipment.kind, aim.equipment.sector) for aim in self.demand.aims}


class ApprovalDesk:
    """Ask and hear the second person; everything runs on the bridge's loop.

    Args:
        left: questions the last life left unanswered; they expire when ``start`` is called.
    """

    def __init__(
        self, orders: OrderDesk, settings: GatewaySettings, left: Sequence[Approval]
    ) -> None:
        self._orders = orders
        self._course = orders.course
        self._records = orders.course.records
        self._clock = orders.course.records.clock
        self._settings = settings
        self._left = left
        self._waiting: dict[str, _Question] = {}
        self._answering: set[str] = set()
        self._gone: set[str] = set()
        self._tasks: asyncio.TaskGroup | None = None

    def hear(self, entry: JournalEntry) -> None:
        """Take back what somebody asked who has left since: nobody answers for who is away."""
        event = entry.event
        if isinstance(event, SessionEvent) and event.change in _LEAVES:
            self._gone.update(
                key
                for key, question in self._waiting.items()
                if (question.asker.user, question.asker.console) == (entry.user, event.console)
            )

    def handlers(self) -> Mapping[type, Handler]:
        """Return what answers which request."""
        return {
            AskApproval: self.ask,
            DecideApproval: self.decide,
            WithdrawApproval: self.withdraw,
        }

    def start(self, tasks: asyncio.TaskGroup) -> None:
        """Let what the last life left expire: nobody may agree to what nobody remembers."""
        self._tasks = tasks
        for approval in self._left:
            ended = self._decided(approval, ApprovalState.EXPIRED)
            self._records.keep_event_for_later(ApprovalEvent(approval=ended), BRIDGE_USER, "")

    async def ask(self, caller: Caller, request: AskApproval) -> Result:
        """Let a question stand; the same key again is the same question, answered or not."""
        standing = self._asked(caller, request)
        if standing is not None:
            return standing
        self._orders.check_epoch(request.epoch)
        demand = self._demand(caller, request)
        self._refuse_if_pointless(demand)
        answered = await self._answered(request.key)
        taken = await self._orders.exists(request.key)
        standing = self._asked(caller, request)  # at once with another session, it may stand now
        if standing is not None:
            return standing
        if answered is not None and _is_same(answered, caller, request):
            return ApprovalResult(approval=answered)
        if taken or answered is not None:
            raise refusal(ErrorCode.CONFLICT, "key_used")
        question = self._question(caller, request, demand)
        if self._tasks is None:
            raise RequestError(ErrorCode.UNAVAILABLE, "error.bridge.stopping")
        self._waiting[request.key] = question
        self._orders.reserved.add(request.key)
        self._answering.add(request.key)  # nobody answers what is not durable yet
        try:
            await self._write(question.approval, caller.user, caller.seat)
        except RequestError:
            self._forget(request.key)
            raise
        finally:
            self._answering.discard(request.key)
        self._tasks.create_task(self._expire(question), name=f"approval {request.key}")
        return ApprovalResult(approval=question.approval)

    async def decide(self, caller: Caller, request: DecideApproval) -> Result:
        """Take the second person's word; agreed, it is carried out at once.

        Raises:
            RequestError: this person may not, did not type what was asked, or it is over.
        """
        question = self._standing(caller, request.approval_id)
        approval = question.approval
        if caller.user == approval.asked_by:
            raise _refused("same_person")
        if caller.seat == approval.seat or caller.console == question.asker.console:
            raise _refused("same_seat", seat=approval.seat)
        for kind, sector in question.places:
            caller.require("operate", kind, sector)
        if not request.agree:
            return await self._end(question, ApprovalState.REFUSED, caller)
        if request.typed.strip().casefold() != approval.challenge.casefold():
            raise _refused("typed", challenge=approval.challenge)
        result = await self._end(question, ApprovalState.AGREED, caller)
        within_s = self._settings.approved_s
        await self._orders.begin_approved(
            question.demand._replace(
                approved_by=caller.user,
                deadline_ms=self._clock.now_ms() + round(within_s * 1000),
                deadline_s=self._clock.mono_s() + within_s,
            )
        )
        return result

    async def withdraw(self, caller: Caller, request: WithdrawApproval) -> Result:
        """Take a question back, as whoever asked it."""
        question = self._standing(caller, request.approval_id)
        if caller.user != question.approval.asked_by:
            raise _refused("not_yours", user=question.approval.asked_by)
        return await self._end(question, ApprovalState.WITHDRAWN, caller)

    # inside

    def _demand(self, caller: Caller, request: AskApproval) -> Demand:
        within_ms = round((self._settings.approval_s + self._settings.approved_s) * 1000)
        return self._orders.demand(
            caller,
            key=request.key,
            targets=request.targets,
            reason=request.reason,
            until_ms=request.until_ms,
            deadline_ms=self._clock.now_ms() + within_ms,
        )

    def _asked(self, caller: Caller, request: AskApproval) -> Result | None:
        """Return the question of this key that stands, ``None`` for none."""
        question = self._waiting.get(request.key)
        if question is None:
            return None
        if not _is_same(question.approval, caller, request):
            raise refusal(ErrorCode.CONFLICT, "key_used")
        return ApprovalResult(approval=question.approval)

    async def _answered(self, key: str) -> Approval | None:
        """Return a question of this key that stands no more: it never does again."""
        try:
            known = await self._records.journal.approval(key)
        except StorageError as error:
            raise storage_refusal(error) from error
        if known is None or known.state is not ApprovalState.WAITING:
            return known
        return self._decided(known, ApprovalState.EXPIRED)  # its end is about to be written

    def _refuse_if_pointless(self, demand: Demand) -> None:
        """Ask nobody about what needs nobody, or would be refused at every target anyway."""
        if not self._orders.needs_second(demand):
            raise _refused("not_needed")
        checks = self._course.checks
        errors = [checks.obstacle(demand.caller, aim) for aim in demand.aims]
        first = errors[0]
        if first is not None and all(errors):
            raise first

    def _question(self, caller: Caller, request: AskApproval, demand: Demand) -> _Question:
        now_ms = self._clock.now_ms()
        alone = demand.aims[0].equipment if len(demand.aims) == 1 else None
        approval = Approval(
            id=request.key,
            asked_by=caller.user,
            seat=caller.seat,
            reason=demand.reason,
            targets=request.targets,
            equipment_kind=demand.kind,
            challenge=alone.name if alone is not None else str(len(demand.aims)),
            asked_ms=now_ms,
            expires_ms=now_ms + round(self._settings.approval_s * 1000),
            until_ms=request.until_ms,
        )
        return _Question(approval, caller, demand, self._clock.mono_s() + self._settings.approval_s)

    def _standing(self, caller: Caller, approval_id: str) -> _Question:
        question = self._waiting.get(approval_id)
        if question is not None and not _may_know(caller, question):
            question = None
        over = question is None or self._clock.mono_s() >= question.end_s
        if question is None or over or approval_id in self._answering | self._gone:
            raise RequestError(
                ErrorCode.CONFLICT, "error.approval.over", {"approval": approval_id[:64]}
            )
        return question

    async def _end(self, question: _Question, state: ApprovalState, caller: Caller) -> Result:
        """Make an answer durable; while the disk refuses it, the question stands."""
        approval = msgspec.structs.replace(
            self._decided(question.approval, state),
            decided_by=caller.user,
            decided_seat=caller.seat,
        )
        self._answering.add(approval.id)
        try:
            await self._write(approval, caller.user, caller.seat)
        finally:
            self._answering.discard(approval.id)
        self._forget(approval.id)
        return ApprovalResult(approval=approval)

    async def _expire(self, question: _Question) -> None:
        """End a question that nobody answers in time, or whose asker leaves."""
        key = question.approval.id
        while key in self._waiting:
            left_s = question.end_s - self._clock.mono_s()
            if key not in self._answering and (left_s <= 0 or key in self._gone):
                break
            await asyncio.sleep(min(max(left_s, 0.01), LOOK_S))
        left = key in self._gone
        self._gone.discard(key)
        if key not in self._waiting:
            return
        self._forget(key)
        state = ApprovalState.WITHDRAWN if left else ApprovalState.EXPIRED
        ended = self._decided(question.approval, state)
        try:
            await self._write(ended, BRIDGE_USER, "")
        except RequestError:
            self._records.keep_event_for_later(ApprovalEvent(approval=ended), BRIDGE_USER, "")

    def _forget(self, key: str) -> None:
        del self._waiting[key]
        self._orders.reserved.discard(key)

    def _decided(self, approval: Approval, state: ApprovalState) -> Approval:
        return msgspec.structs.replace(approval, state=state, decided_ms=self._clock.now_ms())

    async def _write(self, approval: Approval, user: str, seat: str) -> None:
        await self._records.write_event(ApprovalEvent(approval=approval), user, seat)


def _refused(reason: str, **params: str) -> RequestError:
    return RequestError(ErrorCode.REFUSED, f"error.approval.{reason}", params)


def _is_same(approval: Approval, caller: Caller, request: AskApproval) -> bool:
    return (approval.asked_by, approval.targets) == (caller.user, request.targets)


def _may_know(caller: Caller, question: _Question) -> bool:
    """Return whether somebody may learn of a question: it is theirs, or they see all it names."""
    seen = all(caller.holds("view", kind, sector) for kind, sector in question.places)
    return seen or caller.user == question.approval.asked_by
