"""A driver owns what it opens: nothing outlives close, a cancellation or a hundred restarts."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from backend_bridge.core.driver import Driver
from backend_bridge.core.errors import DriverError
from backend_bridge.core.simulation import FROZEN
from tests.conformance.subject import Command, Subject, read_all, sockets_to
from tests.fakes.waiting import until

CANCEL_AFTER = (*range(12), 15, 20, 30, 50, 80)
"""Turns of the loop after which an action is cancelled; the later ones meet a finished action."""


async def test_open_and_close_may_be_repeated_in_any_order(subject: Subject) -> None:
    async with subject.simulator() as simulator:
        driver = subject.driver(simulator.address)

        await driver.close()
        await driver.open()
        await driver.open()
        assert await read_all(driver)
        await driver.close()
        await driver.close()
        await driver.open()
        assert await read_all(driver)
        await driver.close()

        await _gone(simulator.address[1])


async def test_hundred_restarts_leave_no_task_and_no_socket(subject: Subject) -> None:
    async with subject.simulator() as simulator:
        driver = subject.driver(simulator.address)
        tasks = len(asyncio.all_tasks())
        for _ in range(100):
            await driver.open()
            await driver.read((await driver.describe()).groups[0].key)
            await driver.close()
        await _gone(simulator.address[1])
        await until(lambda: len(asyncio.all_tasks()) <= tasks, what="tasks to end")


Action = Callable[[Driver, Subject], Awaitable[object]]


async def _open_again(driver: Driver, _: Subject) -> None:
    await driver.close()
    await driver.open()


async def _read(driver: Driver, _: Subject) -> None:
    await read_all(driver)


async def _execute(driver: Driver, subject: Subject) -> None:
    if isinstance(subject.promises.command, Command):
        command = subject.promises.command
        await driver.execute(command.slot, command.values[0])


async def _read_back(driver: Driver, _: Subject) -> None:
    await driver.read_back(0)


async def _self_test(driver: Driver, _: Subject) -> None:
    await driver.self_test()


ACTIONS: dict[str, Action] = {
    "open": _open_again,
    "read": _read,
    "execute": _execute,
    "read_back": _read_back,
    "self_test": _self_test,
}


@pytest.mark.parametrize("action", ACTIONS)
async def test_cancellation_at_any_await_leaves_nothing(subject: Subject, action: str) -> None:
    async with subject.simulator() as simulator:
        driver = subject.driver(simulator.address)
        before = asyncio.all_tasks()
        for turns in CANCEL_AFTER:
            await driver.open()
            task = asyncio.ensure_future(ACTIONS[action](driver, subject))
            for _ in range(turns):
                await asyncio.sleep(0)
            finished = task.done()
            task.cancel()
            outcome = (await asyncio.gather(task, return_exceptions=True))[0]
            assert finished or isinstance(outcome, asyncio.CancelledError), (turns, outcome)
            # still usable, and nothing of the cancelled request is taken for another's answer
            await driver.open()
            assert await read_all(driver)
            await driver.close()
            # the simulator's own task for this connection ends with it
            await until(lambda: asyncio.all_tasks() <= before, what="tasks to end")
        await _gone(simulator.address[1])


async def test_cancelled_wait_for_a_silent_device_ends_at_once(subject: Subject) -> None:
    async with subject.pair() as (driver, simulator):
        await simulator.inject(FROZEN, {})
        waiting = [asyncio.ensure_future(read_all(driver)) for _ in range(5)]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        for task in waiting:
            task.cancel()

        outcomes = await asyncio.wait_for(asyncio.gather(*waiting, return_exceptions=True), 0.2)

        assert all(isinstance(outcome, asyncio.CancelledError) for outcome in outcomes)
        await simulator.clear()
        assert await read_all(driver)


async def test_failed_open_leaves_nothing(subject: Subject) -> None:
    async with subject.simulator() as simulator:
        await simulator.inject(FROZEN, {})
        driver = subject.driver(simulator.address, hasty=True)
        for _ in range(5):
            with pytest.raises(DriverError):
                await driver.open()
        await _gone(simulator.address[1])


async def _gone(port: int) -> None:
    await until(lambda: sockets_to(port) == 0, what=f"sockets to {port} to be gone")
