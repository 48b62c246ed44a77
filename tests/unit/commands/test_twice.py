"""However a request comes again, and whatever it holds: nothing is done twice."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec
import pytest

from backend_bridge.commands import CommandGateway
from backend_bridge.commands.needs import Seen
from backend_bridge.contract.commands import CommandOutcome
from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.journal import ApprovalEvent, OrderEvent
from backend_bridge.contract.order_requests import (
    ApprovalResult,
    AskApproval,
    CancelOrder,
    DecideApproval,
    ExecuteOrder,
    OrderResult,
    WithdrawApproval,
)
from backend_bridge.contract.orders import ApprovalState, OrderState, Target
from backend_bridge.contract.points import Scalar
from backend_bridge.contract.quality import Quality
from backend_bridge.core.errors import DeviceUnavailableError, ProtocolError
from backend_bridge.core.requests import Caller
from tests.fakes.waiting import until
from tests.unit.commands.kit import EPOCH, LAMP, OPERATOR, Desk, execute
from tests.unit.commands.test_interlocks import RULE

CONFIRMED, REFUSED, UNKNOWN = (
    CommandOutcome.CONFIRMED,
    CommandOutcome.REFUSED,
    CommandOutcome.UNKNOWN,
)
SECOND = msgspec.structs.replace(OPERATOR, user="bob", seat="PC-2", console="console-2")
ELSEWHERE = msgspec.structs.replace(OPERATOR, seat="PC-9", console="console-9", session="s9")


def _desk(lamps: int = 3) -> Desk:
    desk = Desk()
    desk.places.ids = [LAMP, *(f"L{number}" for number in range(lamps))]
    return desk


def _order(desk: Desk, value: Scalar = 80, **change: Any) -> ExecuteOrder:
    whole: dict[str, Any] = {
        "key": "o1",
        "epoch": EPOCH,
        "targets": tuple(Target(item, "level", value) for item in desk.places.ids[1:]),
        "deadline_ms": desk.clock.now_ms() + 10_000,
        "reason": "nuit",
    }
    return ExecuteOrder(**{**whole, **change})


async def _run(
    gateway: CommandGateway, request: ExecuteOrder, caller: Caller = OPERATOR
) -> OrderResult:
    result = await asyncio.wait_for(gateway.handlers()[ExecuteOrder](caller, request), 10)
    assert isinstance(result, OrderResult)
    return result


async def _refusal(gateway: CommandGateway, request: Any, caller: Caller = OPERATOR) -> str:
    with pytest.raises(RequestError) as caught:
        await asyncio.wait_for(gateway.handlers()[type(request)](caller, request), 10)
    return caught.value.text_key.removeprefix("error.")


# keys


@pytest.mark.parametrize("restarted", [False, True])
async def test_an_orders_key_with_other_targets_is_a_conflict_and_not_taken_for_done(
    restarted: bool,
) -> None:
    desk = _desk(2)
    others = (Target("L0", "level", 80), Target("L1", "level", 81))
    async with desk.life() as gateway:
        await _run(gateway, _order(desk))
        if not restarted:
            assert await _refusal(gateway, _order(desk, targets=others)) == "command.key_used"
    if restarted:
        async with desk.life() as gateway:
            assert await _refusal(gateway, _order(desk, targets=others)) == "command.key_used"
            assert (await _run(gateway, _order(desk))).order.counts == {CONFIRMED: 2}
    assert len(desk.field.writes) == 2


async def test_an_order_another_bridge_carries_out_is_not_told_as_ended() -> None:
    desk = _desk()
    desk.field.gate.clear()
    async with desk.life() as one, desk.life() as other:
        ask = asyncio.ensure_future(_run(one, _order(desk)))
        await until(lambda: desk.field.busy)
        assert await _refusal(other, _order(desk)) == "command.elsewhere"
        desk.field.gate.set()
        assert (await ask).order == (await _run(other, _order(desk))).order
    assert len(desk.field.writes) == 3


async def test_one_order_asked_from_two_sessions_is_carried_out_once() -> None:
    desk = _desk()
    desk.field.gate.clear()
    async with desk.life() as gateway:
        asks = [
            asyncio.ensure_future(_run(gateway, _order(desk), caller))
            for caller in (OPERATOR, ELSEWHERE)
        ]
        await until(lambda: desk.field.busy)
        assert await _refusal(gateway, _order(desk), SECOND) == "command.key_used"
        desk.field.gate.set()
        first, second = await asyncio.gather(*asks)
        assert first == second
        assert await _refusal(gateway, _order(desk), SECOND) == "command.key_used"
    assert len(desk.field.writes) == 3


async def test_an_order_does_not_write_over_a_command_that_bears_the_key_of_its_target() -> None:
    desk = _desk()
    async with desk.life() as gateway:
        before = await execute(gateway, desk.request(50, key="o1/1"), SECOND)
        assert await _refusal(gateway, _order(desk)) == "command.key_used"
        assert await desk.journal.command("o1/1") == before
    assert desk.field.writes == [("level", 50)]


async def test_a_command_does_not_bear_the_key_of_a_running_orders_target() -> None:
    desk = _desk()
    desk.field.gate.clear()
    async with desk.life() as gateway:
        ask = asyncio.ensure_future(_run(gateway, _order(desk)))
        await until(lambda: desk.field.busy)
        with pytest.raises(RequestError, match=r"error\.command\.key_used"):
            await execute(gateway, desk.request(50, key="o1/1"))
        with pytest.raises(RequestError, match=r"error\.command\.key_used"):
            await execute(gateway, desk.request(50, key="o1/2"))
        desk.field.gate.set()
        await ask
    assert ("level", 50) not in desk.field.writes


async def test_an_order_does_not_bear_the_key_of_a_question_that_stands() -> None:
    desk = _desk()
    ask = AskApproval(key="o1", epoch=EPOCH, targets=(Target(LAMP, "siren", True),), reason="nuit")
    plain = _order(desk, targets=(Target(LAMP, "level", 80),))
    async with desk.life() as gateway:
        await gateway.handlers()[AskApproval](OPERATOR, ask)
        assert await _refusal(gateway, plain) == "command.key_used"
        yes = DecideApproval(approval_id="o1", agree=True, typed=f"Lampe {LAMP}")
        await gateway.handlers()[DecideApproval](SECOND, yes)
        await until(lambda: _ended(desk))
        assert await _refusal(gateway, yes, SECOND) == "approval.over"
        assert await _refusal(gateway, plain) == "command.key_used"
    assert desk.field.writes == [("siren", True)]


@pytest.mark.parametrize("restarted", [False, True])
async def test_a_question_that_is_over_never_stands_again(restarted: bool) -> None:
    desk = _desk()
    ask = AskApproval(key="o1", epoch=EPOCH, targets=(Target(LAMP, "siren", True),), reason="nuit")
    other = msgspec.structs.replace(ask, targets=(Target("L0", "siren", True),))
    yes = DecideApproval(approval_id="o1", agree=True, typed=f"Lampe {LAMP}")
    async with desk.life() as gateway:
        await gateway.handlers()[AskApproval](OPERATOR, ask)
        if not restarted:
            await gateway.handlers()[WithdrawApproval](OPERATOR, WithdrawApproval(approval_id="o1"))
            await _is_over(gateway, ask, other, yes)
    if restarted:
        async with desk.life() as gateway:
            await until(lambda: desk.journal.attempts > 1)
            await _is_over(gateway, ask, other, yes)
    assert desk.field.writes == []


async def _is_over(
    gateway: CommandGateway, ask: AskApproval, other: AskApproval, yes: DecideApproval
) -> None:
    again = await gateway.handlers()[AskApproval](OPERATOR, ask)
    assert isinstance(again, ApprovalResult)
    assert again.approval.state in (ApprovalState.WITHDRAWN, ApprovalState.EXPIRED)
    assert await _refusal(gateway, other) == "command.key_used"
    assert await _refusal(gateway, ask, SECOND) == "command.key_used"
    assert await _refusal(gateway, yes, SECOND) == "approval.over"


async def test_one_question_asked_from_two_sessions_at_once_stands_once() -> None:
    desk = _desk()
    ask = AskApproval(key="o1", epoch=EPOCH, targets=(Target(LAMP, "siren", True),), reason="nuit")
    async with desk.life() as gateway:
        handler = gateway.handlers()[AskApproval]
        first, *others = await asyncio.gather(*(handler(OPERATOR, ask) for _ in range(3)))
        assert isinstance(first, ApprovalResult)
        assert first.approval.state is ApprovalState.WAITING
        assert others == [first, first]
    asked = [e for e in desk.journal.log if isinstance(e.event, ApprovalEvent)]
    assert len(asked) == 1


@pytest.mark.parametrize("key", ["", "a\x00b", "a\nb", "\u202e1", "k" * 201])
async def test_a_key_that_cannot_be_read_back_is_refused(key: str) -> None:
    desk = _desk()
    ask = AskApproval(key=key, epoch=EPOCH, targets=(Target(LAMP, "siren", True),), reason="nuit")
    async with desk.life() as gateway:
        with pytest.raises(RequestError, match=r"error\.command\.bad_key"):
            await execute(gateway, desk.request(key=key))
        assert await _refusal(gateway, _order(desk, key=key)) == "command.bad_key"
        assert await _refusal(gateway, ask) == "command.bad_key"
    assert desk.journal.log == []


# what comes between


async def test_cancelled_too_late_an_order_is_finished_and_nothing_is_called_unsent() -> None:
    desk = _desk(2)
    async with desk.life() as gateway:

        def cancel_at_the_last(_point: str, _value: Scalar) -> None:
            if len(desk.field.writes) == 2:
                work = gateway.handlers()[CancelOrder](OPERATOR, CancelOrder(key="o1"))
                cancelling.append(asyncio.ensure_future(work))

        cancelling: list[asyncio.Future[Any]] = []
        desk.field.on_write = cancel_at_the_last
        result = await _run(gateway, _order(desk))
        assert await cancelling[0] == result
    assert (result.order.state, result.order.counts) == (OrderState.FINISHED, {CONFIRMED: 2})


async def test_somebody_elses_order_is_stopped_only_by_who_may_drive_all_it_drives() -> None:
    desk = _desk(2)
    desk.places.kinds["L1"] = "bollard"
    both = msgspec.structs.replace(OPERATOR, rights=frozenset({"view:*", "operate:*"}))
    half = msgspec.structs.replace(SECOND, rights=frozenset({"view:*", "operate:lamp"}))
    desk.field.gate.clear()
    async with desk.life() as gateway:
        ask = asyncio.ensure_future(_run(gateway, _order(desk), both))
        await until(lambda: desk.field.busy)
        assert await _refusal(gateway, CancelOrder(key="o1"), half) == "rights.missing"
        desk.field.gate.set()
        assert (await ask).order.state is OrderState.FINISHED


async def test_an_orders_deadline_is_moved_by_no_clock_and_kept_for_nobody() -> None:
    desk = _desk(3)
    past = _order(desk, key="past", deadline_ms=desk.clock.now_ms() - 1)
    ages_ago = _order(desk, key="ages", deadline_ms=-(2**62))
    far = _order(desk, key="far", deadline_ms=2**62)
    async with desk.life() as gateway:
        for late in (past, ages_ago):
            assert (await _run(gateway, late)).order.counts == {CommandOutcome.EXPIRED: 3}
        assert await _refusal(gateway, far) == "command.deadline_far"
        request = _order(desk)  # ten seconds from now, by the clock of now
        first = True

        def jump(_point: str, _value: Scalar) -> None:
            nonlocal first
            if first:
                first = False
                desk.clock.jump(-3600.0)
                desk.clock.advance(11)

        desk.field.on_write = jump
        counts = (await _run(gateway, request)).order.counts
        assert counts == {CONFIRMED: 1, CommandOutcome.EXPIRED: 2}
        # meant for the hour before the jump: too far by the clock that counts
        assert await _refusal(gateway, msgspec.structs.replace(request, key="o2")) == (
            "command.deadline_far"
        )
    assert len(desk.field.writes) == 1


@pytest.mark.parametrize(
    "error", [DeviceUnavailableError("another one answers"), ProtocolError("another one")]
)
async def test_a_device_replaced_between_write_and_read_back_proves_nothing_and_gets_no_second(
    error: Exception,
) -> None:
    desk = _desk()
    async with desk.life() as gateway:

        def replace(_point: str, _value: Scalar) -> None:
            desk.field.read_error = error
            desk.field.values["level"] = 0

        desk.field.on_write = replace
        command = await execute(gateway, desk.request(80))
        assert command.outcome is UNKNOWN
        assert command.to_check
        desk.field.read_error = None
        assert await execute(gateway, desk.request(80)) == command
    async with desk.life() as gateway:
        assert await execute(gateway, desk.request(80)) == command
    assert desk.field.writes == [("level", 80)]


async def test_agreed_when_it_has_become_unsafe_is_refused_with_the_reason() -> None:
    desk = _desk()
    desk.rules = (msgspec.structs.replace(RULE, point="siren", above=None, is_=True),)
    ask = AskApproval(key="o1", epoch=EPOCH, targets=(Target(LAMP, "siren", True),), reason="nuit")
    yes = DecideApproval(approval_id="o1", agree=True, typed=f"Lampe {LAMP}")
    async with desk.life() as gateway:
        await gateway.handlers()[AskApproval](OPERATOR, ask)
        desk.eyes.seen["loop"] = Seen(False, Quality.STALE, 90)
        await gateway.handlers()[DecideApproval](SECOND, yes)
        await until(lambda: _ended(desk))
        command = await desk.journal.command("o1/0")
    assert command is not None
    assert (command.outcome, command.text_key) == (
        REFUSED,
        "error.interlock.gate_clear.loop.possible",
    )
    assert desk.field.writes == []


async def test_a_defect_at_one_target_leaves_the_others_alone(expected_events: list[str]) -> None:
    desk = _desk(3)
    expected_events += ["command_defect"] * 2

    class Ledger(type(desk.ledger)):  # type: ignore[misc]  # the kit's own, with a defect
        def objection(self, command: Any) -> RequestError | None:
            if command.equipment_id == "L1" and len(desk.journal.log) > 2:
                raise ZeroDivisionError
            return None

        def hold_s(self, command: Any) -> float | None:
            if command.equipment_id == "L2":
                raise ZeroDivisionError
            return None

    desk.ledger = Ledger()
    async with desk.life() as gateway:
        result = await _run(gateway, _order(desk))
        ends = {one.equipment_id: one.outcome for one in result.failed}
        assert ends == {"L1": REFUSED, "L2": UNKNOWN}
        assert result.order.state is OrderState.FINISHED
    assert desk.field.writes == [("L0/level", 80)]


def _ended(desk: Desk) -> bool:
    last = [e.event.order for e in desk.journal.log if isinstance(e.event, OrderEvent)][-1:]
    return bool(last) and last[0].state is not OrderState.RUNNING
