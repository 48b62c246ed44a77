"""Orders: each target once, bounded, counted, cancelled, and checked without doing anything."""

from __future__ import annotations

import asyncio

import msgspec
import pytest

from backend_bridge.commands import CommandGateway
from backend_bridge.contract.commands import CommandOutcome
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.journal import (
    CommandEvent,
    JournalEntry,
    OrderEvent,
    SessionChange,
    SessionEvent,
)
from backend_bridge.contract.order_requests import (
    CancelOrder,
    CheckOrder,
    ExecuteOrder,
    OrderCheckResult,
    OrderResult,
)
from backend_bridge.contract.orders import OrderState, Target
from backend_bridge.contract.points import Scalar
from backend_bridge.core.requests import Caller
from tests.fakes.waiting import until
from tests.unit.commands.kit import EPOCH, FAST, OPERATOR, Desk

CONFIRMED, REFUSED = CommandOutcome.CONFIRMED, CommandOutcome.REFUSED


def _desk(lamps: int, links: int = 1, **settings: object) -> Desk:
    desk = Desk(msgspec.structs.replace(FAST, **settings))
    desk.places.ids = [f"L{number}" for number in range(lamps)]
    desk.field.links = {item: f"K{n % links}" for n, item in enumerate(desk.places.ids)}
    return desk


def _order(
    desk: Desk, value: Scalar = 80, *, key: str = "o1", point: str = "level"
) -> ExecuteOrder:
    return ExecuteOrder(
        key=key,
        epoch=EPOCH,
        targets=tuple(Target(item, point, value) for item in desk.places.ids),
        deadline_ms=desk.clock.now_ms() + 10_000,
        reason="nuit",
    )


async def _run(
    gateway: CommandGateway, request: ExecuteOrder, caller: Caller = OPERATOR
) -> OrderResult:
    handler = gateway.handlers()[ExecuteOrder]
    result = await asyncio.wait_for(handler(caller, request), 10)
    assert isinstance(result, OrderResult)
    return result


def _events(desk: Desk) -> list[OrderState]:
    return [e.event.order.state for e in desk.journal.log if isinstance(e.event, OrderEvent)]


async def test_each_target_is_written_once_and_the_order_counts_what_became_of_them() -> None:
    desk = _desk(40, links=4)
    desk.field.deaf = {"L3", "L17"}
    async with desk.life() as gateway:
        result = await _run(gateway, _order(desk))
    assert sorted(place for place, _ in desk.field.writes) == sorted(
        f"{item}/level" for item in desk.places.ids
    )
    assert result.order.state is OrderState.FINISHED
    assert result.order.counts == {CONFIRMED: 38, CommandOutcome.FAILED: 2}
    assert {command.equipment_id for command in result.failed} == {"L3", "L17"}
    assert _events(desk) == [OrderState.RUNNING, OrderState.FINISHED]
    assert all(c.order == "o1" and c.key.startswith("o1/") for c in result.failed)


async def test_links_carry_one_command_each_and_all_together_no_more_than_allowed() -> None:
    desk = _desk(60, links=6, at_once=4)
    async with desk.life() as gateway:
        await _run(gateway, _order(desk))
    assert 2 <= desk.field.most_busy <= 4
    desk = _desk(10, links=1)
    async with desk.life() as gateway:
        await _run(gateway, _order(desk))
    assert desk.field.most_busy == 1


async def test_everything_is_accepted_before_the_first_byte_goes_out() -> None:
    desk = _desk(30, links=3)
    desk.field.gate.clear()
    async with desk.life() as gateway:
        ask = asyncio.create_task(_run(gateway, _order(desk)))
        await until(lambda: desk.field.busy)
        accepted = [
            entry.event.command.key
            for entry in desk.journal.log
            if isinstance(entry.event, CommandEvent)
            and entry.event.command.outcome is CommandOutcome.ACCEPTED
        ]
        assert len(accepted) == 30
        desk.field.gate.set()
        assert (await ask).order.counts == {CONFIRMED: 30}


async def test_cancelled_order_ends_what_was_sent_and_never_sends_the_rest() -> None:
    desk = _desk(20)
    desk.field.gate.clear()
    async with desk.life() as gateway:
        ask = asyncio.create_task(_run(gateway, _order(desk)))
        await until(lambda: desk.field.busy)
        cancel = gateway.handlers()[CancelOrder]
        cancelling = asyncio.ensure_future(cancel(OPERATOR, CancelOrder(key="o1")))
        await asyncio.sleep(0)
        desk.field.gate.set()
        result = await ask
        assert await cancelling == result
        with pytest.raises(RequestError, match=r"error\.command\.order_over"):
            await cancel(OPERATOR, CancelOrder(key="o1"))
        with pytest.raises(RequestError, match=r"error\.command\.no_such_order"):
            await cancel(OPERATOR, CancelOrder(key="o9"))
        blind = msgspec.structs.replace(OPERATOR, user="bob", rights=frozenset({"operate:lamp"}))
        with pytest.raises(RequestError, match="no_such_order"):
            await cancel(blind, CancelOrder(key="o1"))
    assert result.order.state is OrderState.CANCELLED
    assert result.order.counts == {CONFIRMED: 1, REFUSED: 19}
    assert {c.text_key for c in result.failed} == {"command.result.cancelled"}
    assert len(desk.field.writes) == 1


async def test_refused_targets_say_why_and_the_others_go_on() -> None:
    desk = _desk(6)
    somebody = msgspec.structs.replace(OPERATOR, rights=frozenset({"view:*"}))
    async with desk.life() as gateway:
        result = await _run(gateway, _order(desk), somebody)
        assert result.order.counts == {REFUSED: 6}
        assert {c.text_key for c in result.failed} == {"error.command.not_allowed"}
        desk.field.up = False
        result = await _run(gateway, _order(desk, key="o2"))
        assert {c.text_key for c in result.failed} == {"error.command.device_down"}
    assert desk.field.writes == []


async def test_same_key_is_the_same_order_also_after_a_restart() -> None:
    desk = _desk(5)
    request = _order(desk)
    async with desk.life() as gateway:
        first, second = await asyncio.gather(_run(gateway, request), _run(gateway, request))
        assert first == second
        with pytest.raises(RequestError) as caught:
            await _run(gateway, msgspec.structs.replace(request, reason="autre"))
        assert caught.value.code is ErrorCode.CONFLICT
    async with desk.life() as gateway:
        assert (await _run(gateway, request)).order == first.order
    assert len(desk.field.writes) == 5


async def test_order_of_a_dead_bridge_is_unknown_and_its_rest_never_sent() -> None:
    desk = _desk(8)
    desk.field.gate.clear()
    async with desk.life() as gateway:
        ask = asyncio.create_task(_run(gateway, _order(desk)))
        await until(lambda: desk.field.busy)
    with pytest.raises(RequestError, match=r"error\.command\.stopping"):
        await ask
    desk.field.gate.set()
    async with desk.life():
        await until(lambda: _events(desk)[-1] is OrderState.UNKNOWN)
        await until(lambda: desk.outcomes("o1/0")[-1].final and desk.outcomes("o1/7")[-1].final)
    assert desk.field.writes == []
    assert desk.outcomes("o1/0")[-1] is CommandOutcome.UNKNOWN
    assert {desk.outcomes(f"o1/{n}")[-1] for n in range(1, 8)} == {REFUSED}
    situation = await desk.journal.situation()
    assert (situation.commands, situation.orders) == ((), ())


async def test_deadline_that_passes_meanwhile_expires_the_rest() -> None:
    desk = _desk(10)
    desk.field.on_write = lambda _point, _value: desk.clock.advance(4)
    async with desk.life() as gateway:
        result = await _run(gateway, _order(desk))
    assert result.order.counts == {CONFIRMED: 3, CommandOutcome.EXPIRED: 7}


async def test_full_disk_sends_nothing_and_what_was_sent_is_written_later(
    expected_events: list[str],
) -> None:
    desk = _desk(4)
    desk.journal.full = True
    async with desk.life() as gateway:
        with pytest.raises(RequestError, match=r"error\.storage\.full"):
            await _run(gateway, _order(desk))
        assert desk.field.writes == []
        desk.journal.full = False
        expected_events += ["outcome_not_journalled"] * 4

        def fill(_point: str, _value: Scalar) -> None:
            desk.journal.full = True

        desk.field.on_write = fill
        result = await _run(gateway, _order(desk, key="o2"))
        assert result.order.counts == {CONFIRMED: 1, REFUSED: 3}
        assert len(desk.field.writes) == 1
        desk.journal.full = False
        await until(lambda: _events(desk)[-1:] == [OrderState.FINISHED])
        assert desk.outcomes("o2/0")[-1] is CONFIRMED


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"targets": ()}, "order_size"),
        ({"targets": (Target("L0", "level", 1), Target("L0", "level", 2))}, "twice"),
        ({"targets": (Target("L9", "level", 1),)}, "no_such_point"),
        ({"key": "k" * 195}, "bad_key"),
        ({"reason": ""}, "reason"),
        ({"epoch": "other"}, "other_epoch"),
        ({"targets": (Target("L0", "siren", True),)}, "needs_second"),
        ({"targets": tuple(Target(f"L{n}", "level", 1) for n in range(4))}, "needs_second"),
    ],
)
async def test_wrong_order_is_refused_as_a_whole(change: dict[str, object], reason: str) -> None:
    desk = _desk(5, largest_alone=3)
    request = msgspec.structs.replace(
        _order(desk), **{"targets": (Target("L0", "level", 1),), **change}
    )
    async with desk.life() as gateway:
        with pytest.raises(RequestError) as caught:
            await _run(gateway, request)
    assert caught.value.text_key == f"error.command.{reason}"
    assert desk.journal.log == []
    assert desk.field.writes == []


async def test_dry_run_says_what_would_happen_and_does_nothing() -> None:
    desk = _desk(3)
    desk.field.values |= {"L0/level": 40}
    targets = (
        Target("L0", "level", 80),
        Target("L1", "siren", True),
        Target("L9", "level", 1),
        Target("L2", "level", 300),
    )
    async with desk.life() as gateway:
        check = gateway.handlers()[CheckOrder]
        result = await check(OPERATOR, CheckOrder(targets=targets))
        assert isinstance(result, OrderCheckResult)
        known, danger, nowhere, wrong = result.checks
        assert (known.text_key, known.dangerous, known.before) == ("", False, 0)
        assert (danger.text_key, danger.dangerous) == ("", True)
        assert nowhere.text_key == "error.command.no_such_point"
        assert wrong.text_key == "error.command.bad_value"
        far = CheckOrder(targets=targets[:1], until_ms=desk.clock.now_ms() + 1_000)
        result = await check(OPERATOR, far)
        assert isinstance(result, OrderCheckResult)
        assert result.checks[0].text_key == "error.command.no_override"
        desk.field.up = False
        result = await check(OPERATOR, CheckOrder(targets=targets[:1]))
        assert isinstance(result, OrderCheckResult)
        assert result.checks[0].text_key == "error.command.device_down"
        blind = msgspec.structs.replace(OPERATOR, rights=frozenset({"operate:lamp"}))
        result = await check(blind, CheckOrder(targets=targets[:1]))
        assert isinstance(result, OrderCheckResult)
        unknown = msgspec.structs.replace(result.checks[0], equipment_id="nowhere")
        absent = await check(blind, CheckOrder(targets=(Target("nowhere", "level", 50),)))
        assert isinstance(absent, OrderCheckResult)
        said = msgspec.structs.replace(unknown, params={**unknown.params, "equipment": "nowhere"})
        assert absent.checks == (said,), "what may not be seen is not there"
    assert desk.journal.log == []
    assert desk.field.writes == []


async def test_two_bridges_on_one_store_send_an_order_once() -> None:
    desk = _desk(6)
    async with desk.life() as one, desk.life() as other:
        ends = await asyncio.gather(
            _run(one, _order(desk)), _run(other, _order(desk)), return_exceptions=True
        )
    errors = [end for end in ends if isinstance(end, RequestError)]
    assert [error.text_key for error in errors] == ["error.command.elsewhere"]
    assert len(desk.field.writes) == 6


async def test_order_of_a_revoked_session_sends_nothing_more() -> None:
    desk = _desk(10)
    async with desk.life() as gateway:
        bus = gateway._records._bus

        def revoke(_point: str, _value: Scalar) -> None:
            event = SessionEvent(change=SessionChange.REVOKED, console=OPERATOR.console)
            bus.publish(JournalEntry(seq=9, at_ms=0, user="alice", seat="PC-1", event=event))

        desk.field.on_write = revoke
        result = await _run(gateway, _order(desk))
    assert result.order.state is OrderState.CANCELLED
    assert len(desk.field.writes) == 1
