"""What became of what was asked: told from the store, to who may see it, and nothing is done."""

from __future__ import annotations

import asyncio

import msgspec
import pytest

from backend_bridge.commands import CommandGateway
from backend_bridge.contract.commands import CommandOutcome
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.journal import CommandEvent
from backend_bridge.contract.order_requests import (
    AskApproval,
    ExecuteOrder,
    FoundOrderResult,
    GetOrder,
    WithdrawApproval,
)
from backend_bridge.contract.orders import ApprovalState, OrderState, Target
from backend_bridge.core.requests import Caller
from backend_bridge.core.storage import Draft
from tests.fakes.waiting import until
from tests.unit.commands.kit import EPOCH, LAMP, OPERATOR, Desk, execute

NOTHING = FoundOrderResult()
CONFIRMED = CommandOutcome.CONFIRMED
BLIND = msgspec.structs.replace(OPERATOR, user="bob", rights=frozenset({"view:bollard"}))


async def _find(gateway: CommandGateway, key: str, caller: Caller = OPERATOR) -> FoundOrderResult:
    result = await gateway.handlers()[GetOrder](caller, GetOrder(key=key))
    assert isinstance(result, FoundOrderResult)
    return result


def _desk(lamps: int) -> Desk:
    desk = Desk()
    desk.places.ids = [LAMP, *(f"L{number}" for number in range(lamps))]
    return desk


def _order(desk: Desk, key: str = "o1") -> ExecuteOrder:
    return ExecuteOrder(
        key=key,
        epoch=EPOCH,
        targets=tuple(Target(item, "level", 80) for item in desk.places.ids[1:]),
        deadline_ms=desk.clock.now_ms() + 10_000,
        reason="nuit",
    )


async def test_an_order_is_told_with_each_targets_end_also_by_the_next_life() -> None:
    desk = _desk(3)
    desk.field.deaf = {"L1"}
    async with desk.life() as gateway:
        await gateway.handlers()[ExecuteOrder](OPERATOR, _order(desk))
        here = await _find(gateway, "o1")
    async with desk.life() as gateway:
        assert await _find(gateway, "o1") == here
    assert here.order is not None
    assert here.order.state is OrderState.FINISHED
    assert [(one.key, one.outcome) for one in here.commands] == [
        ("o1/0", CONFIRMED),
        ("o1/1", CommandOutcome.FAILED),
        ("o1/2", CONFIRMED),
    ]
    assert len(desk.field.writes) == 3, "asking sends nothing"


async def test_an_order_under_way_is_told_as_far_as_it_is() -> None:
    desk = _desk(2)
    desk.field.gate.clear()
    async with desk.life() as gateway:
        ask = asyncio.ensure_future(gateway.handlers()[ExecuteOrder](OPERATOR, _order(desk)))
        await until(lambda: desk.field.busy)
        found = await _find(gateway, "o1")
        assert found.order is not None
        assert found.order.state is OrderState.RUNNING
        assert [one.outcome for one in found.commands] == [
            CommandOutcome.SENT,
            CommandOutcome.ACCEPTED,
        ]
        desk.field.gate.set()
        await ask


async def test_a_single_command_is_told_by_its_key_and_an_unknown_key_is_nothing() -> None:
    desk = _desk(0)
    async with desk.life() as gateway:
        command = await execute(gateway, desk.request(80))
        assert await _find(gateway, "k1") == FoundOrderResult(commands=(command,))
        assert await _find(gateway, "never") == NOTHING
        assert await _find(gateway, "") == NOTHING
        assert await _find(gateway, "k1" * 10_000) == NOTHING


async def test_what_the_last_life_left_is_told_as_it_was_settled() -> None:
    desk = _desk(0)
    async with desk.life() as gateway:
        done = await execute(gateway, desk.request(80))
    left = msgspec.structs.replace(done, key="k2", value=70, outcome=CommandOutcome.SENT)
    event = CommandEvent(command=left)
    await desk.journal.append([Draft(user="alice", seat="PC-1", at_ms=0, event=event)])
    async with desk.life() as gateway:
        await until(lambda: CommandOutcome.UNKNOWN in desk.outcomes("k2"))
        (command,) = (await _find(gateway, "k2")).commands
    assert (command.outcome, command.reported) == (CommandOutcome.UNKNOWN, 80)
    assert len(desk.field.writes) == 1, "what another life sent is never sent again"


async def test_who_may_not_see_it_is_told_what_an_unknown_key_is() -> None:
    desk = _desk(2)
    async with desk.life() as gateway:
        await gateway.handlers()[ExecuteOrder](OPERATOR, _order(desk))
        await execute(gateway, desk.request(80))
        assert await _find(gateway, "o1", BLIND) == NOTHING
        assert await _find(gateway, "k1", BLIND) == NOTHING


async def test_ones_own_order_is_told_and_what_rights_leave_out_of_it_is_counted() -> None:
    desk = _desk(2)
    async with desk.life() as gateway:
        await gateway.handlers()[ExecuteOrder](OPERATOR, _order(desk))
        found = await _find(gateway, "o1", msgspec.structs.replace(BLIND, user=OPERATOR.user))
    assert found.order is not None
    assert (found.commands, found.hidden) == ((), 2)


async def test_a_question_is_told_as_it_was_answered() -> None:
    desk = _desk(0)
    async with desk.life() as gateway:
        ask = AskApproval(
            key="q1", epoch=EPOCH, targets=(Target(LAMP, "siren", True),), reason="essai"
        )
        await gateway.handlers()[AskApproval](OPERATOR, ask)
        found = await _find(gateway, "q1")
        assert found.approval is not None
        assert found.approval.state is ApprovalState.WAITING
        assert await _find(gateway, "q1", BLIND) == NOTHING
        await gateway.handlers()[WithdrawApproval](OPERATOR, WithdrawApproval(approval_id="q1"))
        found = await _find(gateway, "q1")
        assert found.approval is not None
        assert found.approval.state is ApprovalState.WITHDRAWN
        assert (found.order, found.commands) == (None, ())


async def test_a_disk_that_does_not_answer_is_said_and_not_taken_for_nothing() -> None:
    desk = _desk(0)
    async with desk.life() as gateway:
        desk.journal.broken = True
        with pytest.raises(RequestError) as caught:
            await _find(gateway, "k1")
    assert caught.value.code is ErrorCode.UNAVAILABLE
    assert caught.value.text_key == "error.storage.failed"
