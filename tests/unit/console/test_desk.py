"""The desk: nothing leaves before its dry run was seen and confirmed, and nothing leaves twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import msgspec

from backend_bridge.contract.commands import CommandOutcome, CommandRecord
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.journal import ApprovalEvent, CommandEvent
from backend_bridge.contract.orders import Approval, ApprovalState, Order, Target, TargetCheck
from backend_bridge.contract.requests import (
    AskApproval,
    CheckOrder,
    EndOverride,
    ExecuteCommand,
    ExecuteOrder,
    Request,
)
from backend_bridge.contract.results import (
    ApprovalResult,
    CommandResult,
    OrderCheckResult,
    OrderResult,
    Result,
)
from console.panels.acting.desk import CommandDesk
from console.panels.acting.proposal import EXPIRES_S, Intent, Proposal, Stage
from tests.fakes.panel_context import Desk
from tests.fakes.small_city import small_city

R = TypeVar("R")
TARGETS = (Target("EP-0001-D1-01", "level", 100), Target("EP-0001-D1-02", "level", 100))


class Bench:
    """A desk on a live world and a bridge that answers dry runs as the test says."""

    def __init__(self, *, real_texts: bool = False) -> None:
        self.rig = Desk()
        self.rig.feed(catalogue=small_city())
        self.refuse: dict[str, str] = {}
        self.dangerous = False
        self.answer: Callable[[Request], Result] | None = None
        self.rig.asked.script = self._answer
        context = self.rig.context
        self.desk = CommandDesk(
            context.state,
            context.actions.ask,
            context.spawn,
            context.notify,
            context.text if real_texts else _text,
        )

    def _answer(self, request: Request) -> Result:
        if isinstance(request, CheckOrder):
            return OrderCheckResult(checks=tuple(map(self._judge, request.targets)))
        assert self.answer is not None, request
        return self.answer(request)

    def _judge(self, target: Target) -> TargetCheck:
        return TargetCheck(
            equipment_id=target.equipment_id,
            point_key=target.point_key,
            text_key=self.refuse.get(target.equipment_id, ""),
            dangerous=self.dangerous,
        )

    def sent(self, kind: type[R]) -> list[R]:
        return self.rig.asked.of(kind)

    async def ready(self, targets: tuple[Target, ...] = TARGETS, reason: str = "ronde") -> Proposal:
        proposal = self.desk.propose(Intent("Allumer", "act.lamp", targets, 600.0, reason))
        await self.rig.settle()
        return proposal


def _text(key: str, /, **_params: object) -> str:
    return key


def stage(proposal: Proposal) -> Stage:
    """Return a stage anew: mypy believes that an attribute once compared never changes."""
    return proposal.stage


def record(key: str, target: Target, outcome: CommandOutcome, order: str = "") -> CommandRecord:
    return CommandRecord(
        key=key,
        equipment_id=target.equipment_id,
        equipment_kind="lamp",
        point_key=target.point_key,
        value=target.value,
        outcome=outcome,
        issuer="dubois",
        seat="police",
        reason="ronde",
        created_ms=1,
        deadline_ms=2,
        order=order,
    )


async def test_a_wish_sends_nothing_but_its_dry_run() -> None:
    bench = Bench()
    proposal = await bench.ready()
    assert proposal.stage is Stage.READY
    assert [type(request) for request in bench.rig.asked.requests] == [CheckOrder]


async def test_confirmed_twice_it_is_sent_once_and_only_what_was_accepted() -> None:
    bench = Bench()
    bench.refuse = {"EP-0001-D1-02": "error.command.device_down"}
    bench.answer = lambda request: CommandResult(
        command=record(request.key, TARGETS[0], CommandOutcome.CONFIRMED)  # type: ignore[union-attr]  # an ExecuteCommand
    )
    proposal = await bench.ready()
    bench.desk.confirm(proposal.key)
    bench.desk.confirm(proposal.key)
    await bench.rig.settle()
    (sent,) = bench.sent(ExecuteCommand)
    assert (sent.key, sent.equipment_id, sent.reason) == (proposal.key, "EP-0001-D1-01", "ronde")
    assert proposal.stage is Stage.ENDED
    assert proposal.outcomes() == {CommandOutcome.CONFIRMED: 1}


async def test_without_a_reason_nothing_is_sent_and_it_says_so() -> None:
    bench = Bench()
    proposal = await bench.ready(reason=" ")
    bench.desk.confirm(proposal.key)
    await bench.rig.settle()
    assert bench.rig.said == ["acting.reason.no_reason"]
    assert proposal.stage is Stage.READY


async def test_unconfirmed_it_is_gone_after_its_time() -> None:
    bench = Bench()
    proposal = await bench.ready()
    bench.rig.clock.advance(EXPIRES_S + 1)
    bench.rig.world.tick()
    assert proposal.stage is Stage.GONE
    bench.desk.confirm(proposal.key)
    await bench.rig.settle()
    assert not bench.sent(ExecuteOrder)


async def test_an_order_lists_what_failed_and_retries_only_that() -> None:
    bench = Bench()
    proposal = await bench.ready()

    def answer(request: Request) -> Result:
        assert isinstance(request, ExecuteOrder)
        failed = record(f"{request.key}/1", TARGETS[1], CommandOutcome.FAILED, request.key)
        return OrderResult(
            order=Order(key=request.key, issuer="d", seat="p", reason="r", total=2, created_ms=1),
            failed=(failed,),
        )

    bench.answer = answer
    bench.desk.confirm(proposal.key)
    await bench.rig.settle()
    again = bench.desk.retry(proposal.key)
    assert again is not None
    assert again.intent.targets == (TARGETS[1],)
    assert again.key != proposal.key


async def test_an_unknown_fate_is_never_retried() -> None:
    bench = Bench()
    bench.answer = lambda request: CommandResult(
        command=record(request.key, TARGETS[0], CommandOutcome.UNKNOWN)  # type: ignore[union-attr]  # an ExecuteCommand
    )
    proposal = await bench.ready(TARGETS[:1])
    bench.desk.confirm(proposal.key)
    await bench.rig.settle()
    assert bench.desk.retry(proposal.key) is None


async def test_something_dangerous_asks_a_second_person_and_follows_the_answer() -> None:
    bench = Bench()
    bench.dangerous = True
    proposal = await bench.ready(TARGETS[:1])
    waiting = Approval(
        id=proposal.key,
        asked_by="dubois",
        seat="police",
        reason="ronde",
        targets=TARGETS[:1],
        equipment_kind="lamp",
        challenge="EP-0001-D1-01",
        asked_ms=1,
        expires_ms=2,
    )
    bench.answer = lambda _request: ApprovalResult(approval=waiting)
    bench.desk.confirm(proposal.key)
    await bench.rig.settle()
    assert len(bench.sent(AskApproval)) == 1
    assert proposal.stage is Stage.WAITING
    agreed = msgspec.structs.replace(waiting, state=ApprovalState.AGREED, decided_by="roy")
    bench.rig.feed(events=[ApprovalEvent(approval=agreed)])
    assert stage(proposal) is Stage.SENDING
    bench.rig.feed(
        events=[CommandEvent(command=record(proposal.key, TARGETS[0], CommandOutcome.CONFIRMED))]
    )
    assert stage(proposal) is Stage.ENDED
    assert not bench.sent(ExecuteCommand)


async def test_a_refusal_of_the_whole_is_said_and_nothing_is_called_done() -> None:
    bench = Bench()
    proposal = await bench.ready()

    def refuse(_request: Request) -> Result:
        raise RequestError(ErrorCode.REFUSED, "error.command.other_epoch")

    bench.answer = refuse
    bench.desk.confirm(proposal.key)
    await bench.rig.settle()
    assert (proposal.stage, proposal.problem) == (Stage.GONE, "error.command.other_epoch")


async def test_ending_an_override_names_the_epoch() -> None:
    bench = Bench()
    bench.answer = lambda _request: CommandResult(
        command=record("K", TARGETS[0], CommandOutcome.CONFIRMED)
    )
    bench.desk.end_override("K-1")
    await bench.rig.settle()
    (request,) = bench.sent(EndOverride)
    assert (request.override_id, request.epoch) == ("K-1", bench.rig.world.epoch)
