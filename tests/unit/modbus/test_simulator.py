"""The simulator on its socket, read by the driver: stuck registers, refusals, who it answers."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from backend_bridge.contract.quality import Quality
from backend_bridge.core.driver import LinkConfig
from backend_bridge.core.errors import (
    CommandRejectedError,
    ConfigError,
    DeviceUnavailableError,
    ProtocolError,
)
from backend_bridge.core.simulation import FaultError, SimulationSetup
from backend_bridge.drivers.modbus.driver import ModbusDriver
from backend_bridge.drivers.modbus.example import example_link
from backend_bridge.drivers.modbus.simulator import ModbusSimulator
from tests.fakes.clock import ManualClock

START = datetime(2026, 1, 15, 21, 30, tzinfo=UTC)
LEVEL = 8
CLOSED = 4


def moved(link: LinkConfig, port: int, **settings: Any) -> LinkConfig:
    return msgspec.structs.replace(link, settings={**link.settings, "port": port, **settings})


@contextlib.asynccontextmanager
async def pair(
    clock: ManualClock | None = None, **settings: Any
) -> AsyncIterator[tuple[ModbusDriver, Any]]:
    link = moved(example_link("127.0.0.1", 0), 0, **settings)
    simulator = ModbusSimulator(link, SimulationSetup(start=START))
    await simulator.start()
    driver = ModbusDriver(moved(link, simulator.address[1]), clock)
    await driver.open()
    try:
        yield driver, simulator
    finally:
        await driver.close()
        await simulator.stop()


async def test_lamps_follow_the_night_and_a_command_until_released() -> None:
    async with pair() as (driver, simulator):
        assert (await driver.read_back(LEVEL)).value == 100

        simulator.advance(START + timedelta(hours=3))
        assert (await driver.read_back(LEVEL)).value == 50
        await driver.execute(LEVEL, 80)
        assert (await driver.read_back(LEVEL)).value == 80
        await driver.execute(LEVEL, None)
        assert (await driver.read_back(LEVEL)).value == 50


async def test_another_device_at_the_address_is_neither_read_nor_told() -> None:
    identity = {"register": 7, "value": 0xBE01}
    async with pair(identity=identity) as (driver, simulator):
        await simulator.inject("replaced", {})
        assert not any(truth.reachable for truth in simulator.truth().values())

        said = "says 0xe45b where 0xbe01 was expected"
        with pytest.raises(ConfigError, match=said):
            await driver.read("all")
        with pytest.raises(ConfigError, match=said):
            await driver.execute(LEVEL, 80)
        with pytest.raises(ConfigError, match=said):
            await driver.open()
        assert simulator.writes == 0

        await simulator.clear()
        await driver.open()
        assert (await driver.read_back(LEVEL)).value == 100


async def test_device_without_the_register_that_says_who_it_is_is_not_trusted() -> None:
    simulator = ModbusSimulator(example_link("127.0.0.1", 0), SimulationSetup(start=START))
    await simulator.start()
    identity = {"register": 900, "value": 1}
    link = moved(example_link("127.0.0.1", 0), simulator.address[1], identity=identity)
    driver = ModbusDriver(link)

    with pytest.raises(ConfigError, match="should say which device this is"):
        await driver.open()

    await simulator.stop()


async def test_nothing_can_be_replaced_where_nobody_asks() -> None:
    async with pair(identity=None) as (_, simulator):
        with pytest.raises(FaultError, match="identity"):
            await simulator.inject("replaced", {})


async def test_stuck_register_stands_still_while_the_rest_moves() -> None:
    async with pair() as (driver, simulator):
        await simulator.inject("stuck", {"table": "holding", "register": 100})
        simulator.advance(START + timedelta(hours=3))

        levels = {r.slot: r.value for r in await driver.read("all") if r.slot in (8, 11)}

        assert levels == {8: 100, 11: 50}
        await simulator.clear()
        assert (await driver.read_back(LEVEL)).value == 50


async def test_cabinet_that_stands_still_altogether_is_lost_by_its_heartbeat() -> None:
    clock = ManualClock()
    async with pair(clock) as (driver, simulator):
        await simulator.inject("stuck", {})
        assert not any(truth.reachable for truth in simulator.truth().values())
        await driver.read("all")  # the counter as it stuck
        clock.advance(5.1)

        with pytest.raises(DeviceUnavailableError, match="heartbeat"):
            await driver.read("all")


async def test_dark_feeder_makes_its_lamps_unavailable_and_refuses_to_close() -> None:
    async with pair() as (driver, simulator):
        await simulator.inject("feeder_tripped", {"equipment": "EP-0001-D1"})

        readings = {reading.slot: reading for reading in await driver.read("all")}

        assert readings[CLOSED].value is False
        assert {readings[slot].quality for slot in range(8, 17)} == {Quality.UNAVAILABLE}
        assert {readings[slot].quality for slot in range(17, 26)} == {Quality.GOOD}
        with pytest.raises(CommandRejectedError, match="device failure"):
            await driver.execute(CLOSED, True)


async def test_operator_opens_and_closes_a_feeder() -> None:
    async with pair() as (driver, simulator):
        await driver.execute(CLOSED, False)
        assert (await driver.read_back(CLOSED)).value is False
        assert (await driver.read_back(LEVEL)).quality is Quality.UNAVAILABLE

        await driver.execute(CLOSED, True)

        assert (await driver.read_back(LEVEL)).value == 100
        assert simulator.writes == 2


async def test_other_unit_gets_no_answer_behind_the_gateway() -> None:
    async with pair() as (_, simulator):
        link = moved(example_link("127.0.0.1", 1), simulator.address[1])
        points = tuple(
            msgspec.structs.replace(point, address={**point.address, "unit": 9})
            for point in link.points[1:2]
        )
        link = LinkConfig(
            id="other",
            driver="modbus",
            settings={key: link.settings[key] for key in ("host", "port")},
            points=points,
        )
        driver = ModbusDriver(link)
        await driver.open()

        assert (await driver.read_back(1)).quality is Quality.UNAVAILABLE
        await driver.close()


@pytest.mark.parametrize("kind", ["random", "transaction", "unit", "function", "length", "unasked"])
async def test_every_kind_of_garbage_is_a_protocol_error_and_passes(kind: str) -> None:
    async with pair() as (driver, simulator):
        await simulator.inject("garbage", {"kind": kind})

        with pytest.raises(ProtocolError):
            await driver.read("all")
        with pytest.raises(ProtocolError):
            await driver.execute(LEVEL, 40)

        await simulator.clear()
        assert await driver.read("all")


async def test_many_cabinets_run_in_one_process() -> None:
    link = example_link("127.0.0.1", 0)
    simulators = [ModbusSimulator(link, SimulationSetup(start=START)) for _ in range(150)]
    async with contextlib.AsyncExitStack() as stack:
        for simulator in simulators:
            await simulator.start()
            stack.push_async_callback(simulator.stop)
        drivers = [ModbusDriver(moved(link, simulator.address[1])) for simulator in simulators]
        for driver in drivers:
            await driver.open()
            stack.push_async_callback(driver.close)

        assert all([len(await driver.read("all")) == len(link.points) for driver in drivers])
