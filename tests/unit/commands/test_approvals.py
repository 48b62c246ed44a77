"""Two persons at two seats, once, in time, and never after a restart."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec
import pytest

from backend_bridge.commands import CommandGateway
from backend_bridge.contract.commands import CommandOutcome
from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.journal import (
    ApprovalEvent,
    CommandEvent,
    JournalEntry,
    OrderEvent,
    SessionChange,
    SessionEvent,
)
from backend_bridge.contract.order_requests import (
    ApprovalResult,
    AskApproval,
    DecideApproval,
    WithdrawApproval,
)
from backend_bridge.contract.orders import Approval, ApprovalState, OrderState, Target
from backend_bridge.core.requests import Caller
from tests.fakes.waiting import until
from tests.unit.commands.kit import EPOCH, FAST, LAMP, OPERATOR, Desk

SECOND = msgspec.structs.replace(OPERATOR, user="bob", seat="PC-2", console="console-2")
NAME = f"Lampe {LAMP}"


def _ask(**change: Any) -> AskApproval:
    whole: dict[str, Any] = {
        "key": "a1",
        "epoch": EPOCH,
        "targets": (Target(LAMP, "siren", True),),
        "reason": "essai",
    }
    return AskApproval(**{**whole, **change})


async def _do(gateway: CommandGateway, request: Any, caller: Caller = OPERATOR) -> Approval:
    result = await asyncio.wait_for(gateway.handlers()[type(request)](caller, request), 5)
    assert isinstance(result, ApprovalResult)
    return result.approval


async def _refusal(gateway: CommandGateway, request: Any, caller: Caller = OPERATOR) -> str:
    with pytest.raises(RequestError) as caught:
        await _do(gateway, request, caller)
    return caught.value.text_key


def _yes(typed: str = NAME) -> DecideApproval:
    return DecideApproval(approval_id="a1", agree=True, typed=typed)


def _states(desk: Desk) -> list[ApprovalState]:
    return [e.event.approval.state for e in desk.journal.log if isinstance(e.event, ApprovalEvent)]


def _over(desk: Desk) -> bool:
    last = [e.event.order for e in desk.journal.log if isinstance(e.event, OrderEvent)][-1:]
    return bool(last) and last[0].state is not OrderState.RUNNING


async def test_agreed_is_checked_again_and_carried_out_at_once_with_both_names() -> None:
    desk = Desk()
    async with desk.life() as gateway:
        approval = await _do(gateway, _ask())
        assert (approval.challenge, approval.state) == (NAME, ApprovalState.WAITING)
        assert desk.field.writes == []
        agreed = await _do(gateway, _yes(f" {NAME.upper()} "), SECOND)
        assert (agreed.state, agreed.decided_by, agreed.decided_seat) == (
            ApprovalState.AGREED, "bob", "PC-2",
        )  # fmt: skip
        await until(lambda: _over(desk))
    assert desk.field.writes == [("siren", True)]
    records = [e.event.command for e in desk.journal.log if isinstance(e.event, CommandEvent)]
    assert {(r.key, r.issuer, r.approved_by, r.order) for r in records} == {
        ("a1/0", "alice", "bob", "a1")
    }
    assert records[-1].outcome is CommandOutcome.CONFIRMED
    assert [entry.user for entry in desk.journal.log[:2]] == ["alice", "bob"]


async def test_only_another_person_at_another_seat_who_read_it_may_agree() -> None:
    desk = Desk()
    replace = msgspec.structs.replace
    async with desk.life() as gateway:
        await _do(gateway, _ask())
        wrong = {
            "same_person": replace(SECOND, user=OPERATOR.user),
            "same_seat": replace(SECOND, seat=OPERATOR.seat),
        }
        for reason, caller in wrong.items():
            assert await _refusal(gateway, _yes(), caller) == f"error.approval.{reason}"
        same_console = replace(SECOND, console=OPERATOR.console)
        assert await _refusal(gateway, _yes(), same_console) == "error.approval.same_seat"
        blind = replace(SECOND, rights=frozenset({"operate:*", "view:bollard"}))
        assert await _refusal(gateway, _yes(), blind) == "error.approval.over", "as if not there"
        stranger = replace(SECOND, rights=frozenset({"view:*"}))
        assert await _refusal(gateway, _yes(), stranger) == "error.rights.missing"
        assert await _refusal(gateway, _yes("oui"), SECOND) == "error.approval.typed"
        assert _states(desk) == [ApprovalState.WAITING]
        refused = await _do(gateway, DecideApproval(approval_id="a1", agree=False), SECOND)
        assert refused.state is ApprovalState.REFUSED
        assert await _refusal(gateway, _yes(), SECOND) == "error.approval.over"
    assert desk.field.writes == []


async def test_question_expires_by_itself_and_nothing_is_done() -> None:
    desk = Desk()
    async with desk.life() as gateway:
        await _do(gateway, _ask())
        desk.clock.advance(121)
        assert await _refusal(gateway, _yes(), SECOND) == "error.approval.over"
        await until(lambda: _states(desk)[-1] is ApprovalState.EXPIRED)
    assert desk.journal.log[-1].user == "bridge"
    assert desk.field.writes == []


async def test_question_is_withdrawn_by_who_asked_it_alone() -> None:
    desk = Desk()
    async with desk.life() as gateway:
        await _do(gateway, _ask())
        withdraw = WithdrawApproval(approval_id="a1")
        assert await _refusal(gateway, withdraw, SECOND) == "error.approval.not_yours"
        assert (await _do(gateway, withdraw)).state is ApprovalState.WITHDRAWN
        assert await _refusal(gateway, _yes(), SECOND) == "error.approval.over"
    assert desk.field.writes == []


async def test_question_dies_with_the_bridge() -> None:
    desk = Desk()
    async with desk.life() as gateway:
        await _do(gateway, _ask())
    async with desk.life() as gateway:
        assert await _refusal(gateway, _yes(), SECOND) == "error.approval.over"
        await until(lambda: _states(desk)[-1] is ApprovalState.EXPIRED)
    assert (await desk.journal.situation()).approvals == ()
    assert desk.field.writes == []


async def test_what_changed_meanwhile_refuses_in_spite_of_two_persons() -> None:
    desk = Desk()
    async with desk.life() as gateway:
        await _do(gateway, _ask())
        desk.field.up = False
        await _do(gateway, _yes(), SECOND)
        await until(lambda: _over(desk))
    assert desk.outcomes("a1/0") == [CommandOutcome.REFUSED]
    assert desk.field.writes == []


async def test_two_words_at_once_carry_out_once() -> None:
    desk = Desk()
    third = msgspec.structs.replace(SECOND, user="carol", seat="PC-3", console="console-3")
    async with desk.life() as gateway:
        await _do(gateway, _ask())
        decide = gateway.handlers()[DecideApproval]
        words = await asyncio.gather(
            decide(SECOND, _yes()), decide(third, _yes()), return_exceptions=True
        )
        assert sum(isinstance(word, ApprovalResult) for word in words) == 1
        await until(lambda: _over(desk))
    assert desk.field.writes == [("siren", True)]


async def test_disk_that_refuses_the_answer_lets_the_question_stand() -> None:
    desk = Desk()
    async with desk.life() as gateway:
        desk.journal.full = True
        assert await _refusal(gateway, _ask()) == "error.storage.full"
        desk.journal.full = False
        await _do(gateway, _ask())
        desk.journal.full = True
        assert await _refusal(gateway, _yes(), SECOND) == "error.storage.full"
        assert desk.field.writes == []
        desk.journal.full = False
        await _do(gateway, _yes(), SECOND)
        await until(lambda: _over(desk))
    assert desk.field.writes == [("siren", True)]


async def test_disk_that_fills_after_the_word_sends_nothing_and_says_so() -> None:
    desk = Desk()

    def fill(entry: JournalEntry) -> None:
        event = entry.event
        agreed = isinstance(event, ApprovalEvent) and event.approval.state is ApprovalState.AGREED
        desk.journal.full = desk.journal.full or agreed

    async with desk.life() as gateway:
        gateway._records._bus.subscribe(fill)
        await _do(gateway, _ask())
        assert await _refusal(gateway, _yes(), SECOND) == "error.storage.full"
    assert desk.field.writes == []


async def test_question_is_asked_once_and_only_where_it_is_needed_and_possible() -> None:
    desk = Desk(msgspec.structs.replace(FAST, largest_alone=1))
    desk.places.ids = [LAMP, "L2"]
    two = (Target(LAMP, "level", 1), Target("L2", "level", 1))
    async with desk.life() as gateway:
        plain = _ask(targets=two[:1])
        assert await _refusal(gateway, plain) == "error.approval.not_needed"
        assert await _refusal(gateway, _ask(epoch="x")) == "error.command.other_epoch"
        desk.field.up = False
        assert await _refusal(gateway, _ask()) == "error.command.device_down"
        desk.field.up = True
        asked = await _do(gateway, _ask(targets=two))
        assert asked.challenge == "2"
        assert await _do(gateway, _ask(targets=two)) == asked
        assert await _refusal(gateway, _ask()) == "error.command.key_used"
        assert _states(desk) == [ApprovalState.WAITING]
        await _do(gateway, _yes("2"), SECOND)
        await until(lambda: _over(desk))
        again = await _do(gateway, _ask(targets=two))
        assert (again.state, again.decided_by) == (ApprovalState.AGREED, "bob")
        assert await _refusal(gateway, _ask()) == "error.command.key_used"
    assert len(desk.field.writes) == 2


@pytest.mark.parametrize("change", [SessionChange.SIGNED_OUT, SessionChange.REVOKED])
async def test_question_of_somebody_who_left_is_taken_back(change: SessionChange) -> None:
    desk = Desk()
    async with desk.life() as gateway:
        await _do(gateway, _ask())
        bus = gateway._records._bus
        for console in ("console-9", OPERATOR.console):
            event = SessionEvent(change=change, console=console)
            bus.publish(JournalEntry(seq=9, at_ms=0, user="alice", seat="PC-1", event=event))
            if console != OPERATOR.console:
                assert await _refusal(gateway, _yes("?"), SECOND) == "error.approval.typed"
        assert await _refusal(gateway, _yes(), SECOND) == "error.approval.over"
        await until(lambda: _states(desk)[-1] is ApprovalState.WITHDRAWN)
    assert desk.field.writes == []
