"""Kill the bridge at every await of a command: at most one write, and a truthful outcome."""

from __future__ import annotations

import asyncio
import contextlib
import gc
from collections.abc import Iterator
from functools import partial

import pytest

from backend_bridge.contract.commands import CommandOutcome
from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.journal import CommandEvent, OrderEvent
from backend_bridge.contract.order_requests import ExecuteOrder
from backend_bridge.contract.orders import OrderState, Target
from backend_bridge.contract.results import Result
from tests.fakes.waiting import until
from tests.unit.commands.kit import EPOCH, OPERATOR, Desk, Fuse, Killed, execute

MOST_STEPS = 30


@pytest.fixture(autouse=True)
def _the_dead_are_buried_here() -> Iterator[None]:
    """Collect killed tasks now, not inside whatever runs next."""
    yield
    gc.collect()


def _settled(desk: Desk) -> bool:
    return all(outcome.final for outcome in desk.outcomes()[-1:])


def _settled_or_dead(desk: Desk, fuse: Fuse) -> bool:
    return fuse.passed >= fuse.at or _settled(desk)


async def _die_at(desk: Desk, step: int) -> bool:
    """Run one command in a bridge that is killed at its n-th step; say whether it got there."""
    fuse = Fuse(step)
    desk.field.fuse = desk.journal.fuse = fuse
    with contextlib.suppress(RequestError, asyncio.TimeoutError, BaseExceptionGroup):
        async with desk.life() as gateway:
            ask = asyncio.create_task(execute(gateway, desk.request(80)))
            await until(lambda: ask.done() or fuse.passed >= step)
            ask.cancel()
            await asyncio.wait([ask])
            if not ask.cancelled():
                ask.exception()
    died = fuse.passed >= step
    desk.field.fuse = desk.journal.fuse = Fuse()
    return died


@pytest.mark.parametrize("takes", [True, False], ids=["applied", "ignored"])
async def test_death_at_any_step_writes_at_most_once_and_tells_the_truth(takes: bool) -> None:
    seen = set()
    for step in range(1, MOST_STEPS):
        desk = Desk()
        desk.field.takes = takes
        if not await _die_at(desk, step):
            break
        written = len(desk.field.writes)
        recorded = desk.outcomes()
        async with desk.life():
            await until(partial(_settled, desk))
        assert len(desk.field.writes) == written <= 1, f"step {step}: sent again"
        outcomes = desk.outcomes()
        if written:
            assert CommandOutcome.SENT in recorded, f"step {step}: written before it was durable"
        if outcomes:
            last = outcomes[-1]
            assert last.final
            if last in (CommandOutcome.REFUSED, CommandOutcome.EXPIRED):
                assert written == 0
            if last is CommandOutcome.CONFIRMED:
                assert desk.field.values["level"] == 80
            if last is CommandOutcome.UNKNOWN:
                assert CommandOutcome.SENT in recorded
        else:
            assert written == 0
        assert (await desk.journal.situation()).commands == ()
        seen.add(outcomes[-1] if outcomes else None)
    else:
        raise AssertionError(f"a command takes more than {MOST_STEPS} steps: look further")
    # every kind of end was met: nothing begun, nothing sent, sent without proof, proven
    proven = CommandOutcome.CONFIRMED if takes else CommandOutcome.FAILED
    assert seen >= {None, CommandOutcome.REFUSED, proven} | ({CommandOutcome.UNKNOWN})


async def test_death_while_settling_is_settled_by_the_life_after() -> None:
    for step in range(1, MOST_STEPS):
        desk = Desk()
        await _die_at(desk, 7)
        assert desk.outcomes() == [CommandOutcome.ACCEPTED, CommandOutcome.SENT]
        fuse = Fuse(step)
        desk.field.fuse = desk.journal.fuse = fuse
        with contextlib.suppress(BaseExceptionGroup):
            async with desk.life():
                await until(partial(_settled_or_dead, desk, fuse))
        finished = fuse.passed < step
        desk.field.fuse = desk.journal.fuse = Fuse()
        async with desk.life():
            await until(partial(_settled, desk))
        assert len(desk.field.writes) <= 1
        assert len([o for o in desk.outcomes() if o.final]) == 1
        if finished:
            return
    raise AssertionError("settling takes more steps than this test looks at")


async def test_same_key_sent_again_after_the_death_does_nothing_new() -> None:
    for step in range(1, MOST_STEPS):
        desk = Desk()
        request = desk.request(80)
        if not await _die_at(desk, step):
            return
        written = len(desk.field.writes)
        started = bool(desk.outcomes())
        async with desk.life() as gateway:
            try:
                record = await execute(gateway, request)
            except RequestError as error:
                assert error.text_key.startswith("error.command.")  # noqa: PT017 - either answer is right
                continue
            assert record.outcome.final
        if started:
            assert len(desk.field.writes) == written, f"step {step}: sent again"
        assert len(desk.field.writes) <= 1


async def test_death_at_any_step_of_an_order_writes_each_target_at_most_once() -> None:
    ended = set()
    for step in range(1, 4 * MOST_STEPS):
        desk = Desk()
        desk.places.ids = ["L0", "L1", "L2"]
        desk.field.links = {"L0": "K0", "L1": "K0", "L2": "K1"}
        request = ExecuteOrder(
            key="o1",
            epoch=EPOCH,
            targets=tuple(Target(item, "level", 80) for item in desk.places.ids),
            deadline_ms=desk.clock.now_ms() + 10_000,
            reason="essai",
        )
        fuse = Fuse(step)
        desk.field.fuse = desk.journal.fuse = fuse
        with contextlib.suppress(RequestError, BaseExceptionGroup):
            async with desk.life() as gateway:
                handler = gateway.handlers()[ExecuteOrder]
                ask = asyncio.ensure_future(handler(OPERATOR, request))
                await until(partial(_done_or_dead, ask, fuse))
                ask.cancel()
                await asyncio.wait([ask])
                if not ask.cancelled():
                    ask.exception()
        if fuse.passed < step:
            break
        desk.field.fuse = desk.journal.fuse = Fuse()
        written = list(desk.field.writes)
        async with desk.life():
            await until(partial(_all_settled, desk))
        assert desk.field.writes == written, f"step {step}: sent again"
        for number, item in enumerate(desk.places.ids):
            times = written.count((f"{item}/level", 80))
            assert times <= 1
            outcomes = desk.outcomes(f"o1/{number}")
            if times:
                assert CommandOutcome.SENT in outcomes
            if outcomes:
                ended.add(outcomes[-1])
                if outcomes[-1] in (CommandOutcome.REFUSED, CommandOutcome.EXPIRED):
                    assert times == 0
                if outcomes[-1] is CommandOutcome.CONFIRMED:
                    assert desk.field.values[f"{item}/level"] == 80
            else:
                assert times == 0
        situation = await desk.journal.situation()
        assert (situation.commands, situation.orders) == ((), ())
    else:
        raise AssertionError("an order takes more steps than this test looks at")
    assert ended == {CommandOutcome.CONFIRMED, CommandOutcome.UNKNOWN, CommandOutcome.REFUSED}


def _done_or_dead(ask: asyncio.Future[Result], fuse: Fuse) -> bool:
    return ask.done() or fuse.passed >= fuse.at


def _all_settled(desk: Desk) -> bool:
    last: dict[str, bool] = {}
    running = False
    for entry in desk.journal.log:
        match entry.event:
            case CommandEvent(command=command):
                last[command.key] = command.outcome.final
            case OrderEvent(order=order):
                running = order.state is OrderState.RUNNING
            case _:
                pass
    return not running and all(last.values())


def test_killed_is_not_an_exception_anybody_catches() -> None:
    assert not issubclass(Killed, Exception)
