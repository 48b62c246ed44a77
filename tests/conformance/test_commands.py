"""Commands: once, first, and never a lie about what became of them."""

from __future__ import annotations

import asyncio

import pytest

from backend_bridge.contract.points import Scalar
from backend_bridge.contract.quality import Quality
from backend_bridge.core.driver import Driver
from backend_bridge.core.errors import (
    CommandRejectedError,
    DeviceUnavailableError,
    DriverError,
    ProtocolError,
)
from backend_bridge.core.simulation import FROZEN, GARBAGE, LATE, WRITES_IGNORED
from tests.conformance.subject import Command, Subject, under_way
from tests.fakes.clock import ManualClock


@pytest.fixture
def command(subject: Subject) -> Command:
    said = subject.promises.command
    if not isinstance(said, Command):
        pytest.skip("this driver only reads")
    return said


async def test_command_is_done_once_and_reads_back(subject: Subject, command: Command) -> None:
    async with subject.pair() as (driver, simulator):
        for count, value in enumerate(command.values, 1):
            await driver.execute(command.slot, value)

            assert simulator.writes == count
            reading = await driver.read_back(command.slot)
            assert (reading.value, reading.quality) == (value, Quality.GOOD)
            point = subject.link(simulator.address).points[command.slot]
            assert simulator.truth()[point.equipment_id].values[point.point_key] == value


async def test_ignored_command_is_seen_in_the_read_back(subject: Subject, command: Command) -> None:
    async with subject.pair() as (driver, simulator):
        first, second = command.values
        await driver.execute(command.slot, first)
        await simulator.inject(WRITES_IGNORED, {})

        await driver.execute(command.slot, second)

        assert (await driver.read_back(command.slot)).value == first
        assert simulator.writes == 2


async def test_command_without_an_answer_is_never_sent_again(
    subject: Subject, command: Command
) -> None:
    async with subject.pair() as (driver, simulator):
        await simulator.inject(LATE, {"delay_s": 2 * subject.promises.lost_within_s})
        with pytest.raises(DeviceUnavailableError):
            await driver.execute(command.slot, command.values[0])
        await simulator.clear()
        await simulator.inject(GARBAGE, {})
        with pytest.raises((ProtocolError, DeviceUnavailableError)):
            await driver.execute(command.slot, command.values[0])
        await simulator.clear()
        await driver.read_back(command.slot)

        assert simulator.writes <= 2


async def test_held_command_ends_with_its_hold_and_without_the_driver(
    subject: Subject, command: Command
) -> None:
    clock = ManualClock()
    async with subject.pair(clock.mono_s) as (driver, simulator):
        point = subject.link(simulator.address).points[command.slot]

        def so() -> Scalar:
            return simulator.truth()[point.equipment_id].values[point.point_key]

        before = so()
        other = next(value for value in command.values if value != before)
        holds = command.slot in (await driver.describe()).holds_s

        if holds:
            await driver.execute(command.slot, other, 60.0)
        else:  # the supervisor gives such a driver no hold
            await driver.execute(command.slot, other)
        await driver.close()
        clock.advance(59.0)
        held = so()
        clock.advance(2.0)

        assert held == other
        assert so() == (before if holds else other)
        assert simulator.writes == 1


async def test_next_command_does_not_inherit_a_hold(subject: Subject, command: Command) -> None:
    clock = ManualClock()
    async with subject.pair(clock.mono_s) as (driver, _):
        if command.slot not in (await driver.describe()).holds_s:
            pytest.skip("its devices take nothing back by themselves")
        first, second = command.values
        await driver.execute(command.slot, first, 60.0)
        await driver.execute(command.slot, second)
        clock.advance(61.0)

        assert await _value(driver, command.slot) == second


async def test_hold_that_cannot_be_is_refused_and_not_sent(
    subject: Subject, command: Command
) -> None:
    async with subject.pair() as (driver, simulator):
        longest_s = (await driver.describe()).holds_s.get(command.slot)
        if longest_s is None:
            pytest.skip("its devices take nothing back by themselves")
        for hold_s in (0.0, -1.0, longest_s + 1.0):
            with pytest.raises(CommandRejectedError):
                await driver.execute(command.slot, command.values[0], hold_s)

        assert simulator.writes == 0


async def test_point_that_takes_no_command_refuses(subject: Subject, command: Command) -> None:
    async with subject.pair() as (driver, simulator):
        before = simulator.writes
        for point in subject.link(simulator.address).points:
            if not any(key.startswith("write") for key in point.address):
                with pytest.raises(CommandRejectedError):
                    await driver.execute(point.slot, command.values[0])

        assert simulator.writes == before


async def test_value_that_cannot_be_is_refused_and_not_sent(
    subject: Subject, command: Command
) -> None:
    async with subject.pair() as (driver, simulator):
        for value in ("a text", float("nan"), float("inf"), 10**12):
            with pytest.raises(CommandRejectedError):
                await driver.execute(command.slot, value)

        assert simulator.writes == 0


async def test_command_overtakes_the_polls_that_wait(subject: Subject, command: Command) -> None:
    async with subject.pair() as (driver, simulator):
        await simulator.inject(LATE, {"delay_s": 0.02})
        groups = (await driver.describe()).groups
        done: list[str] = []
        async with asyncio.TaskGroup() as tasks:
            for number in range(5):
                for group in groups:
                    tasks.create_task(_note(driver.read(group.key), f"poll {number}", done))
                tasks.create_task(_note(driver.self_test(), f"self-test {number}", done))
            await under_way(driver)
            tasks.create_task(
                _note(driver.execute(command.slot, command.values[0]), "command", done)
            )
            tasks.create_task(_note(driver.read_back(command.slot), "read back", done))

        # at most what the request in flight completes may come first
        assert done.index("command") <= 1
        assert done.index("read back") == done.index("command") + 1


async def _note(action: object, name: str, done: list[str]) -> None:
    assert asyncio.iscoroutine(action)
    await action
    done.append(name)


async def test_frozen_device_does_not_do_what_it_is_told(
    subject: Subject, command: Command
) -> None:
    async with subject.pair() as (driver, simulator):
        before = await _value(driver, command.slot)
        other = next(value for value in command.values if value != before)
        await simulator.inject(FROZEN, {})

        with pytest.raises(DriverError):
            await driver.execute(command.slot, other)

        await simulator.clear()
        assert await _value(driver, command.slot) == before


async def _value(driver: Driver, slot: int) -> object:
    return (await driver.read_back(slot)).value
