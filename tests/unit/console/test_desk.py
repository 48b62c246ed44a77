"""The desk: nothing leaves before its dry run was seen and confirmed, and nothing leaves twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from backend_bridge.contract.commands import CommandOutcome, CommandRecord
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.journal import ApprovalEvent, CommandEvent, OrderEvent, OverrideEvent
from backend_bridge.contract.order_requests import (
    ApprovalResult,
    AskApproval,
    CancelOrder,
    CheckOrder,
    CommandResult,
    EndOverride,
    ExecuteCommand,
    ExecuteOrder,
    FoundOrderResult,
    GetOrder,
    OrderCheckResult,
    OrderResult,
)
from backend_bridge.contract.orders import (
    Approval,
    ApprovalState,
    Order,
    OrderState,
    Target,
    TargetCheck,
)
from backend_bridge.contract.overrides import Override, OverrideChange
from backend_bridge.contract.points import WayBack
from backend_bridge.contract.requests import Request
from backend_bridge.contract.results import Result, SituationResult
from console.link.batch import LinkSession
from console.panels.acting.cards import card, news
from console.panels.acting.desk import CommandDesk
from console.panels.acting.proposal import EXPIRES_S, Intent, Proposal, Stage
from console.panels.acting.way_back import MANY
from console.panels.wording import Words
from console.state.change import Change
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
        self.found: Callable[[], FoundOrderResult] = FoundOrderResult
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
        if isinstance(request, GetOrder):
            return self.found()
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


def _order(key: str, state: OrderState = OrderState.RUNNING, **more: Any) -> Order:
    plain = Order(
        key=key, issuer="mireille", seat="ECL-1", reason="ronde", total=2, created_ms=1, state=state
    )
    return msgspec.structs.replace(plain, **more)


def _situation(*orders: Order) -> SituationResult:
    return SituationResult(seq=1, alarms=(), incidents=(), service=(), orders=orders)


def _no_answer(_request: Request) -> Result:
    raise RequestError(ErrorCode.TIMED_OUT, "error.command.fate_unknown")


async def test_without_an_answer_its_fate_is_unknown_until_the_journal_says_it() -> None:
    bench = Bench()
    bench.answer = _no_answer
    proposal = await bench.ready()
    bench.desk.confirm(proposal.key)
    await bench.rig.settle()
    assert (stage(proposal), proposal.problem) == (Stage.LOST, "error.command.fate_unknown")
    bench.rig.feed(situation=_situation())  # the new situation knows nothing of it
    assert stage(proposal) is Stage.LOST
    bench.rig.feed(situation=_situation(_order(proposal.key)))
    assert stage(proposal) is Stage.SENDING
    counts = {CommandOutcome.CONFIRMED: 1, CommandOutcome.UNKNOWN: 1}
    over = _order(proposal.key, OrderState.FINISHED, counts=counts, finished_ms=2)
    bench.rig.feed(events=[OrderEvent(order=over)])
    assert stage(proposal) is Stage.ENDED
    assert proposal.outcomes() == counts
    assert len(bench.sent(ExecuteOrder)) == 1


async def test_a_lost_order_can_be_stopped_and_its_card_put_away() -> None:
    bench = Bench()
    bench.answer = _no_answer
    proposal = await bench.ready()
    bench.desk.confirm(proposal.key)
    await bench.rig.settle()
    bench.desk.stop(proposal.key)
    await bench.rig.settle()
    assert [one.key for one in bench.sent(CancelOrder)] == [proposal.key]
    bench.desk.give_up(proposal.key)
    assert bench.desk.get(proposal.key) is None


async def test_the_journal_may_be_faster_than_the_answer_and_slower() -> None:
    bench = Bench()
    proposal = await bench.ready()
    first = record(f"{proposal.key}/0", TARGETS[0], CommandOutcome.CONFIRMED, proposal.key)
    second = record(f"{proposal.key}/1", TARGETS[1], CommandOutcome.CONFIRMED, proposal.key)
    counts = {CommandOutcome.CONFIRMED: 2}
    over = _order(proposal.key, OrderState.FINISHED, counts=counts, finished_ms=2)
    bench.answer = lambda _request: OrderResult(order=over)
    bench.desk.confirm(proposal.key)
    bench.rig.feed(events=[CommandEvent(command=first)])
    await bench.rig.settle()
    # the answer counts both, the journal has told of one
    assert (stage(proposal), proposal.outcomes()) == (Stage.ENDED, counts)
    bench.rig.feed(events=[CommandEvent(command=second)])
    stale = msgspec.structs.replace(second, outcome=CommandOutcome.SENT)
    bench.rig.feed(events=[CommandEvent(command=stale)])
    assert proposal.outcomes() == counts


async def test_a_bridge_that_restarted_since_the_dry_run_is_sent_nothing() -> None:
    bench = Bench()
    proposal = await bench.ready()
    bench.rig.feed(epoch="epoch-2")
    bench.desk.confirm(proposal.key)
    await bench.rig.settle()
    assert bench.rig.said == ["acting.reason.other_epoch"]
    assert not bench.sent(ExecuteOrder)
    bench.desk.check_again(proposal.key)
    await bench.rig.settle()
    assert not bench.desk.why_not(proposal)


async def test_too_late_is_too_late_before_the_second_has_ticked() -> None:
    bench = Bench()
    proposal = await bench.ready()
    bench.rig.clock.advance(EXPIRES_S)
    bench.rig.feed()  # the link lives
    bench.desk.confirm(proposal.key)
    await bench.rig.settle()
    assert bench.rig.said == ["acting.reason.too_late"]
    assert not bench.sent(ExecuteOrder)


async def test_a_second_look_that_fails_keeps_the_first_and_what_was_written() -> None:
    bench = Bench()
    proposal = await bench.ready()
    bench.desk.write(proposal.key, reason="VSAV, rue A/B 🚒")
    bench.rig.asked.script = None  # the link is down
    bench.desk.check_again(proposal.key)
    await bench.rig.settle()
    assert (stage(proposal), proposal.reason) == (Stage.READY, "VSAV, rue A/B 🚒")
    assert bench.rig.said == ["error.link.down"]


async def test_agreed_while_the_link_was_down_it_is_followed_or_said_to_be_unknown() -> None:
    bench = Bench()
    bench.dangerous = True
    first, second = await bench.ready(), await bench.ready()
    waiting = Approval(
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
    bench.answer = lambda request: ApprovalResult(
        approval=msgspec.structs.replace(waiting, id=request.key)  # type: ignore[union-attr]  # an AskApproval
    )
    for proposal in (first, second):
        bench.desk.confirm(proposal.key)
    await bench.rig.settle()
    bench.rig.feed(situation=_situation(_order(first.key)))
    assert stage(first) is Stage.SENDING
    assert (stage(second), second.problem) == (Stage.LOST, "acting.reason.not_heard")


async def test_an_order_of_before_the_restart_is_found_again_and_can_be_stopped() -> None:
    bench = Bench()
    bench.rig.feed(situation=_situation(_order("K-1", total=2)))
    (found,) = bench.desk.followed
    assert not found.foreign
    assert bench.rig.said == ["acting.still_running.other"]
    failed = record("K-1/1", TARGETS[1], CommandOutcome.FAILED, "K-1")
    bench.rig.feed(events=[CommandEvent(command=failed)])
    assert found.failed() == (TARGETS[1],)
    bench.answer = lambda _request: OrderResult(order=_order("K-1"))
    bench.desk.stop("K-1")
    await bench.rig.settle()
    assert [one.key for one in bench.sent(CancelOrder)] == ["K-1"]
    bench.rig.feed(events=[OrderEvent(order=_order("K-1", OrderState.CANCELLED))])
    assert stage(found) is Stage.ENDED


async def test_one_that_ended_while_nobody_heard_is_of_unknown_fate() -> None:
    bench = Bench()
    bench.rig.feed(situation=_situation(_order("K-1"), _order("K-2", issuer="dubois")))
    bench.rig.feed(situation=_situation())
    (found,) = bench.desk.followed
    assert (found.key, found.stage, found.problem) == (
        "K-1",
        Stage.LOST,
        "acting.reason.not_heard",
    )
    bench.desk.give_up("K-1")
    assert not bench.desk.followed


async def test_somebody_elses_order_is_listed_stopped_only_by_right_and_never_repeated() -> None:
    bench = Bench()
    other = _order("K-2", issuer="dubois", equipment_kind="lamp")
    bench.rig.feed(events=[OrderEvent(order=other)])
    (found,) = bench.desk.followed
    assert found.foreign
    assert not bench.desk.why_not_stop(found)
    bench.rig.feed(session=LinkSession("mireille", "Mireille", "ECL-1", ("view:*",)))
    (found,) = bench.desk.followed
    assert bench.desk.why_not_stop(found) == "acting.reason.not_yours"
    bench.desk.stop("K-2")
    await bench.rig.settle()
    assert not bench.sent(CancelOrder)
    over = _order("K-2", OrderState.FINISHED, issuer="dubois", equipment_kind="lamp")
    bench.rig.feed(events=[OrderEvent(order=over)])
    assert not bench.desk.followed


async def test_a_change_looks_only_at_the_targets_it_names() -> None:
    bench = Bench()
    many = tuple(Target(f"X-{number}", "level", 0) for number in range(1998))
    proposal = await bench.ready((*TARGETS, *many))
    change = Change(commands=frozenset({"EP-0001-D1-01"}))
    assert not tuple(proposal.touched(change))  # nothing was sent yet
    proposal.stage = Stage.SENDING
    assert tuple(proposal.touched(change)) == TARGETS[:1]


async def test_many_overrides_are_given_back_as_one_order_a_few_at_once() -> None:
    bench = Bench()
    for number in range(MANY + 1):
        override = Override(
            id=f"K-3/{number}",
            equipment_id=f"EP-0001-D1-{number:02}",
            equipment_kind="lamp",
            point_key="level",
            value=100,
            back=WayBack.PROGRAMME if number else WayBack.BEFORE,
            back_value=70,
            owner="mireille",
            seat="ECL-1",
            reason="ronde",
            since_ms=1,
            until_ms=2,
            order="K-3",
        )
        bench.rig.feed(events=[OverrideEvent(change=OverrideChange.BEGAN, override=override)])
    bench.rig.feed(events=[OrderEvent(order=_order("K-3"))])
    bench.desk.undo("K-3")
    await bench.rig.settle()
    (proposal,) = bench.desk.proposals
    assert [target.value for target in proposal.intent.targets] == [70, *[None] * MANY]
    assert not bench.sent(EndOverride)


async def test_the_foot_says_what_came_of_it_also_when_nobody_knows() -> None:
    bench = Bench(real_texts=True)
    words = Words(bench.rig.context.text)
    bench.answer = _no_answer
    proposal = await bench.ready()
    assert not news(words, proposal)
    bench.desk.confirm(proposal.key)
    bench.rig.asked.script = _no_answer
    await bench.rig.settle()
    assert "Sort inconnu" in news(words, proposal)
    counts = {CommandOutcome.CONFIRMED: 1, CommandOutcome.UNKNOWN: 1}
    over = _order(proposal.key, OrderState.FINISHED, counts=counts, finished_ms=2)
    bench.rig.feed(events=[OrderEvent(order=over)])
    assert news(words, proposal) == "1 vérifiée, 1 sort inconnu"


async def test_a_lost_order_is_drawn_as_unknown_not_as_done_or_waiting() -> None:
    bench = Bench(real_texts=True)
    words = Words(bench.rig.context.text)
    bench.answer = _no_answer
    proposal = await bench.ready()
    bench.desk.confirm(proposal.key)
    first = record(f"{proposal.key}/0", TARGETS[0], CommandOutcome.CONFIRMED, proposal.key)
    bench.rig.feed(events=[CommandEvent(command=first)])
    await bench.rig.settle()
    drawn = card(bench.rig.world, words, proposal, "")
    assert drawn.shares == (0.5, 0.0, 0.5)
    assert [count.number for count in drawn.counts] == ["1", "1"]
    assert [action.key for action in drawn.actions] == ["stop", "give_up"]
