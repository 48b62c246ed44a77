"""A sick device is reported as what it is, in time, and comes back without help."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from typing import Any

import pytest

from backend_bridge.core.errors import DeviceUnavailableError, DriverError, ProtocolError
from backend_bridge.core.simulation import (
    DEAD,
    FROZEN,
    GARBAGE,
    LATE,
    LINK_FAULTS,
    FaultError,
    SimulationSetup,
)
from tests.conformance.subject import (
    HOST,
    START,
    Subject,
    against_truth,
    hostile_server,
    read_all,
    under_way,
)

SICK: list[tuple[str, Mapping[str, Any], type[DriverError]]] = [
    (DEAD, {}, DeviceUnavailableError),
    (LATE, {"delay_s": 5.0}, DeviceUnavailableError),
    (FROZEN, {}, DeviceUnavailableError),
    (GARBAGE, {}, ProtocolError),
]
_IDS = [fault for fault, _, _ in SICK]


@pytest.mark.parametrize(("fault", "parameters", "error"), SICK, ids=_IDS)
async def test_fault_is_reported_in_time_and_is_over_when_it_is_over(
    subject: Subject, fault: str, parameters: Mapping[str, Any], error: type[DriverError]
) -> None:
    async with subject.pair() as (driver, simulator):
        await read_all(driver)
        await simulator.inject(fault, parameters)
        assert not any(truth.reachable for truth in simulator.truth().values())

        for _ in range(2):
            began = time.monotonic()
            with pytest.raises(error):
                await read_all(driver)
            assert time.monotonic() - began < subject.promises.lost_within_s

        await driver.close()
        began = time.monotonic()
        with pytest.raises((error, DeviceUnavailableError)):
            await driver.open()
        assert time.monotonic() - began < subject.promises.lost_within_s

        await simulator.clear()
        await driver.open()
        readings = await read_all(driver)
        assert against_truth(subject.link((HOST, 9)), readings, simulator.truth()) == []


async def test_connection_cut_between_polls_costs_no_reading(subject: Subject) -> None:
    async with subject.pair() as (driver, simulator):
        await read_all(driver)
        await simulator.inject(DEAD, {})
        await simulator.clear()

        assert len(await read_all(driver)) == len(subject.link((HOST, 9)).points)


async def test_hang_up_in_the_middle_of_a_request_is_noticed_at_once(subject: Subject) -> None:
    async with hostile_server(lambda _: [], hang_up=True) as address:
        driver = subject.driver(address)
        began = time.monotonic()

        with pytest.raises(DeviceUnavailableError):
            await driver.open()

        assert time.monotonic() - began < subject.promises.lost_within_s / 3
        await driver.close()


async def test_slow_device_within_its_time_is_not_lost(subject: Subject) -> None:
    async with subject.pair() as (driver, simulator):
        await simulator.inject(LATE, {"delay_s": 0.05})

        readings = await read_all(driver)

        assert against_truth(subject.link((HOST, 9)), readings, simulator.truth()) == []


async def test_nobody_listening_is_unavailable(subject: Subject) -> None:
    async with subject.simulator() as simulator:
        address = simulator.address
    driver = subject.driver(address)

    with pytest.raises(DeviceUnavailableError):
        await driver.open()
    await driver.close()


async def test_silent_host_does_not_hold_up_closing(subject: Subject) -> None:
    async with subject.pair() as (driver, simulator):
        await simulator.inject(FROZEN, {})
        group = (await driver.describe()).groups[0].key
        reading = asyncio.create_task(driver.read(group))
        await under_way(driver)

        began = time.monotonic()
        await driver.close()
        with pytest.raises(DriverError):
            await reading

        assert time.monotonic() - began < subject.promises.lost_within_s / 3


async def test_simulator_knows_every_link_fault_and_refuses_others(subject: Subject) -> None:
    async with subject.simulator() as simulator:
        for fault in LINK_FAULTS:
            await simulator.inject(fault, {"delay_s": 0.01} if fault == LATE else {})
        assert set(simulator.faults) == set(LINK_FAULTS)
        await simulator.clear(DEAD)
        assert DEAD not in simulator.faults
        await simulator.clear()
        assert not simulator.faults

        with pytest.raises(FaultError):
            await simulator.inject("eaten_by_mice", {})
        with pytest.raises(FaultError):
            await simulator.clear("eaten_by_mice")


async def test_simulator_refuses_an_address_in_use(subject: Subject) -> None:
    async with subject.simulator() as simulator:
        other = subject.registry.make_simulator(
            subject.link(simulator.address), SimulationSetup(start=START)
        )
        with pytest.raises(OSError, match=str(simulator.address[1])):
            await other.start()
        await other.stop()
