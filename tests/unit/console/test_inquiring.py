"""What a console missed of its own wishes is asked for, and nothing is sent twice for it."""

from __future__ import annotations

import msgspec

from backend_bridge.contract.commands import CommandOutcome
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.order_requests import (
    AskApproval,
    ExecuteOrder,
    FoundOrderResult,
    GetOrder,
)
from backend_bridge.contract.orders import Approval, ApprovalState, OrderState
from backend_bridge.contract.requests import Request
from backend_bridge.contract.results import Result
from console.panels.acting.desk import ORDER_DEADLINE_S
from console.panels.acting.inquiring import ASK_AGAIN_S, TOO_LATE_S
from console.panels.acting.proposal import Proposal, Stage
from tests.unit.console.test_desk import (
    TARGETS,
    Bench,
    _no_answer,
    _order,
    _situation,
    record,
    stage,
)

CONFIRMED, FAILED = CommandOutcome.CONFIRMED, CommandOutcome.FAILED


async def _lost(bench: Bench) -> Proposal:
    """Return an order whose answer never came, the link being down since."""
    bench.answer = _no_answer
    proposal = await bench.ready()
    bench.desk.confirm(proposal.key)
    bench.rig.feed(last_beat_mono_s=float("-inf"))
    assert not bench.rig.world.liveness.live
    await bench.rig.settle()
    assert (stage(proposal), bench.sent(GetOrder)) == (Stage.LOST, [])
    return proposal


async def _tick(bench: Bench, seconds: float = 0.0) -> None:
    bench.rig.clock.advance(seconds)
    bench.rig.feed()
    bench.rig.world.tick()
    await bench.rig.settle()


async def test_what_ended_unseen_is_asked_for_and_told_target_by_target() -> None:
    bench = Bench()
    proposal = await _lost(bench)
    counts = {CONFIRMED: 1, FAILED: 1}
    commands = tuple(
        record(f"{proposal.key}/{number}", TARGETS[number], outcome, proposal.key)
        for number, outcome in enumerate(counts)
    )
    over = _order(proposal.key, OrderState.FINISHED, counts=counts, finished_ms=2)
    bench.found = lambda: FoundOrderResult(order=over, commands=commands)
    bench.rig.feed(situation=_situation())
    await bench.rig.settle()
    assert (stage(proposal), proposal.problem) == (Stage.ENDED, "")
    assert proposal.outcomes() == counts
    assert proposal.failed() == (TARGETS[1],)
    await _tick(bench, 60)
    assert len(bench.sent(GetOrder)) == 1
    assert len(bench.sent(ExecuteOrder)) == 1


async def test_what_still_runs_is_followed_again() -> None:
    bench = Bench()
    proposal = await _lost(bench)
    first = record(f"{proposal.key}/0", TARGETS[0], CONFIRMED, proposal.key)
    bench.found = lambda: FoundOrderResult(order=_order(proposal.key), commands=(first,))
    await _tick(bench)
    assert (stage(proposal), proposal.told) == (Stage.SENDING, 1)


async def test_nothing_taken_is_certain_only_when_it_is_too_late() -> None:
    bench = Bench()
    proposal = await _lost(bench)
    await _tick(bench)
    assert stage(proposal) is Stage.LOST, "the order may still be on its way"
    await _tick(bench, ORDER_DEADLINE_S - 1)
    assert (stage(proposal), len(bench.sent(GetOrder))) == (Stage.LOST, 1)
    await _tick(bench, TOO_LATE_S + 1)
    assert (stage(proposal), proposal.problem) == (Stage.GONE, "acting.reason.never_taken")
    assert len(bench.sent(ExecuteOrder)) == 1


async def test_a_bridge_that_cannot_say_is_asked_again_a_little_later() -> None:
    bench = Bench()
    proposal = await _lost(bench)

    def broken() -> FoundOrderResult:
        raise RequestError(ErrorCode.UNAVAILABLE, "error.storage.failed")

    bench.found = broken
    await _tick(bench)
    await _tick(bench)
    assert (stage(proposal), len(bench.sent(GetOrder))) == (Stage.LOST, 1)
    over = _order(proposal.key, OrderState.UNKNOWN, counts={CommandOutcome.UNKNOWN: 2})
    bench.found = lambda: FoundOrderResult(order=over)
    await _tick(bench, ASK_AGAIN_S)
    assert stage(proposal) is Stage.ENDED
    assert proposal.outcomes() == {CommandOutcome.UNKNOWN: 2}


async def test_a_question_answered_unseen_is_told() -> None:
    bench = Bench()
    bench.dangerous = True
    asked = Approval(
        id="",
        asked_by="mireille",
        seat="ECL-1",
        reason="ronde",
        targets=TARGETS,
        equipment_kind="lamp",
        challenge="2",
        asked_ms=1,
        expires_ms=2,
    )
    bench.answer = _no_answer
    expired, agreed = await bench.ready(), await bench.ready()
    for proposal in (expired, agreed):
        bench.desk.confirm(proposal.key)
    await bench.rig.settle()
    over = _order(agreed.key, OrderState.FINISHED, counts={CONFIRMED: 2})

    def found(request: Request) -> Result:
        assert isinstance(request, GetOrder)
        was = ApprovalState.AGREED if request.key == agreed.key else ApprovalState.EXPIRED
        answered = msgspec.structs.replace(asked, id=request.key, state=was)
        order = over if request.key == agreed.key else None
        return FoundOrderResult(order=order, approval=answered)

    bench.rig.asked.script = found
    bench.rig.feed(situation=_situation())
    await bench.rig.settle()
    assert (stage(expired), expired.problem) == (Stage.GONE, "acting.approval.expired")
    assert stage(agreed) is Stage.ENDED
    assert len(bench.sent(AskApproval)) == 2


async def test_agreed_by_a_bridge_that_died_before_it_began_nothing_went() -> None:
    bench = Bench()
    bench.dangerous = True
    bench.answer = _no_answer
    proposal = await bench.ready()
    bench.desk.confirm(proposal.key)
    await bench.rig.settle()
    agreed = Approval(
        id=proposal.key,
        asked_by="mireille",
        seat="ECL-1",
        reason="ronde",
        targets=TARGETS,
        equipment_kind="lamp",
        challenge="2",
        asked_ms=1,
        expires_ms=2,
        state=ApprovalState.AGREED,
        decided_ms=round(bench.rig.world.bridge_now_ms()),
    )
    bench.found = lambda: FoundOrderResult(approval=agreed)
    bench.rig.feed(situation=_situation())
    await bench.rig.settle()
    assert stage(proposal) is Stage.SENDING, "it may begin this very moment"
    await _tick(bench, ORDER_DEADLINE_S)
    assert (stage(proposal), proposal.problem) == (Stage.GONE, "acting.reason.never_taken")


async def test_an_order_of_before_that_nothing_is_known_of_is_not_asked_for_at_every_change() -> (
    None
):
    bench = Bench()
    bench.rig.feed(situation=_situation(_order("K-1")))
    await bench.rig.settle()
    bench.rig.feed(situation=_situation())
    for _ in range(5):
        await _tick(bench)
    (found,) = bench.desk.followed
    assert stage(found) is Stage.LOST
    assert len(bench.sent(GetOrder)) == 2
    over = _order("K-1", OrderState.FINISHED, counts={CONFIRMED: 2})
    bench.found = lambda: FoundOrderResult(order=over)
    await _tick(bench, ASK_AGAIN_S)
    assert stage(found) is Stage.ENDED


async def test_the_link_that_flaps_asks_once_at_a_time_and_somebody_elses_order_is_not_asked() -> (
    None
):
    bench = Bench()
    proposal = await _lost(bench)
    bench.rig.feed(situation=_situation(_order("K-9", issuer="dubois")))
    for _ in range(5):
        bench.rig.feed(last_beat_mono_s=float("-inf"))
        bench.rig.feed()
    await bench.rig.settle()
    assert [one.key for one in bench.sent(GetOrder)] == [proposal.key]
