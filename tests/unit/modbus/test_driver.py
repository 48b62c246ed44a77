"""The driver before a device of our own telling: refusals, units, heartbeat, load, errors."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from backend_bridge.contract.quality import Quality
from backend_bridge.core.driver import Reading
from backend_bridge.core.errors import (
    CommandRejectedError,
    ConfigError,
    DeviceUnavailableError,
    ProtocolError,
)
from backend_bridge.drivers.modbus.driver import ModbusDriver
from tests.conformance.subject import hostile_server
from tests.fakes.clock import ManualClock
from tests.fakes.waiting import until
from tests.unit.modbus.device import Device, Refuse, link

WORD: Mapping[str, Any] = {"table": "holding", "register": 10}
FAR: Mapping[str, Any] = {"table": "holding", "register": 14}
REFUSED = "modbus_registers_refused"


def refuse_with(code: int, *, unit: int = 0, function: int = 0) -> Refuse:
    def refuse(asked_unit: int, asked_function: int, _start: int, _count: int) -> int:
        return code if unit in (0, asked_unit) and function in (0, asked_function) else 0

    return refuse


async def test_read_that_touches_a_hole_is_asked_again_without_it() -> None:
    def no_register_12(_unit: int, _function: int, start: int, count: int) -> int:
        return 2 if start <= 12 < start + count else 0

    async with Device(words={10: 1, 14: 2}, refuse=no_register_12).serve() as device:
        driver = ModbusDriver(link(WORD, FAR, port=device.port))
        await driver.open()

        assert list(await driver.read("all")) == [Reading(0, 1), Reading(1, 2)]

        device.requests.clear()
        await driver.read("all")
        assert device.requests == [(1, 3, 10, 1), (1, 3, 14, 1)]
        await driver.close()


@pytest.mark.parametrize(
    ("code", "quality"),
    [(1, Quality.BAD), (2, Quality.BAD), (4, Quality.BAD), (6, Quality.UNAVAILABLE)],
)
async def test_refused_read_spoils_its_points_only_and_is_said_once(
    code: int, quality: Quality, expected_events: list[str]
) -> None:
    expected_events.append(REFUSED)
    other = {"table": "input", "register": 1}
    async with Device(words={1: 5}, refuse=refuse_with(code, function=3)).serve() as device:
        driver = ModbusDriver(link(WORD, other, port=device.port))
        await driver.open()

        for _ in range(3):
            readings = {reading.slot: reading for reading in await driver.read("all")}
            assert readings == {0: Reading(0, None, quality), 1: Reading(1, 5)}
            assert await driver.read_back(0) == Reading(0, None, quality)

        assert not (await driver.self_test()).passed
        description = await driver.describe()
        assert description.counters["blocks_refused"] == 1
        device.refuse = refuse_with(0)
        assert {reading.quality for reading in await driver.read("all")} == {Quality.GOOD}
        await driver.close()


async def test_unit_lost_behind_a_gateway_leaves_the_others(expected_events: list[str]) -> None:
    expected_events.append(REFUSED)
    units = [{**WORD, "unit": unit} for unit in (1, 2)]
    async with Device(words={10: 3}, refuse=refuse_with(11, unit=2)).serve() as device:
        driver = ModbusDriver(link(*units, port=device.port, groups="unit"))
        await driver.open()

        groups = (await driver.describe()).groups
        assert [(group.key, group.slots) for group in groups] == [
            ("unit-1", (0,)),
            ("unit-2", (1,)),
        ]
        assert await driver.read("unit-1") == (Reading(0, 3),)
        assert await driver.read("unit-2") == (Reading(1, None, Quality.UNAVAILABLE),)
        await driver.close()


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (1, CommandRejectedError),
        (2, CommandRejectedError),
        (3, CommandRejectedError),
        (4, CommandRejectedError),
        (6, CommandRejectedError),
        (10, DeviceUnavailableError),
        (11, DeviceUnavailableError),
    ],
)
async def test_exception_to_a_command_is_translated(code: int, error: type[Exception]) -> None:
    writable = {**WORD, "write_register": 10}
    async with Device(refuse=refuse_with(code, function=6)).serve() as device:
        driver = ModbusDriver(link(writable, port=device.port))
        await driver.open()

        with pytest.raises(error, match=str(code)):
            await driver.execute(0, 5)

        assert sum(1 for request in device.requests if request[1] == 6) == 1
        await driver.close()


async def test_acknowledged_command_counts_as_accepted() -> None:
    async with Device(refuse=refuse_with(5, function=6)).serve() as device:
        driver = ModbusDriver(link({**WORD, "write_register": 10}, port=device.port))
        await driver.open()

        await driver.execute(0, 5)
        await driver.close()


async def test_commands_use_the_function_their_table_and_size_need() -> None:
    points = [
        {**WORD, "write_register": 20},
        {"table": "holding", "register": 12, "type": "float32", "write_register": 22},
        {"table": "coil", "register": 3, "write_register": 3},
    ]
    async with Device().serve() as device:
        driver = ModbusDriver(link(*points, port=device.port))
        await driver.open()
        device.requests.clear()

        await driver.execute(0, 41)
        await driver.execute(1, 1.5)
        await driver.execute(2, True)

        assert [(f, start) for _, f, start, _ in device.requests] == [(6, 20), (16, 22), (5, 3)]
        assert (device.words[20], device.words[22], device.bits[3]) == (41, 0x3FC0, True)
        await driver.close()


async def test_unchanged_registers_give_the_very_same_readings() -> None:
    async with Device(words={10: 1}).serve() as device:
        driver = ModbusDriver(link(WORD, port=device.port))
        await driver.open()

        first = await driver.read("all")
        assert await driver.read("all") is first
        device.words[10] = 2
        assert await driver.read("all") == (Reading(0, 2),)
        await driver.close()


BEAT = {"table": "input", "register": 1, "max_still_s": 5.0}


async def test_heartbeat_that_stops_loses_the_link_until_it_moves() -> None:
    clock = ManualClock()
    async with Device(words={1: 7}).serve() as device:
        driver = ModbusDriver(link(WORD, port=device.port, heartbeat=BEAT), clock)
        await driver.open()
        clock.advance(4.9)
        await driver.read("all")
        clock.advance(0.2)

        with pytest.raises(DeviceUnavailableError, match="heartbeat"):
            await driver.read("all")
        await driver.close()
        with pytest.raises(DeviceUnavailableError, match="heartbeat"):
            await driver.open()

        device.words[1] = 8
        await driver.open()
        assert await driver.read("all") == (Reading(0, 0),)
        await driver.close()


async def test_moving_heartbeat_is_never_lost() -> None:
    clock = ManualClock()
    async with Device(words={1: 65534}).serve() as device:
        driver = ModbusDriver(link(WORD, port=device.port, heartbeat=BEAT), clock)
        await driver.open()
        for _ in range(6):
            clock.advance(4)
            device.words[1] = (device.words[1] + 1) & 0xFFFF
            assert await driver.read("all")
        await driver.close()


async def test_heartbeat_the_device_does_not_have_is_a_config_error() -> None:
    async with Device(refuse=refuse_with(2, function=4)).serve() as device:
        driver = ModbusDriver(link(WORD, port=device.port, heartbeat=BEAT))

        with pytest.raises(ConfigError, match="heartbeat"):
            await driver.open()


async def test_load_and_queue_age_are_told() -> None:
    async with Device().serve() as device:
        driver = ModbusDriver(link(WORD, port=device.port, groups="unit"))
        await driver.open()
        reads = [asyncio.create_task(driver.read_back(0)) for _ in range(5)]
        await asyncio.sleep(0)

        counters = (await driver.describe()).counters
        assert counters["queue"] == 4
        assert counters["queue_age_s"] >= 0
        await asyncio.gather(*reads)
        counters = (await driver.describe()).counters
        assert counters["queue"] == 0
        assert 0 < counters["queue_age_s"] < 5
        assert 0 < counters["load"] <= 1
        assert counters["requests"] == 6
        await driver.close()


async def test_frames_say_time_direction_and_bytes() -> None:
    async with Device(words={10: 0xABCD}).serve() as device:
        driver = ModbusDriver(link(WORD, port=device.port), ManualClock(1_700_000_000_000))
        await driver.open()

        sent, heard = (await driver.describe()).frames

        assert sent == "2023-11-14T22:13:20.000+00:00 > 00 01 00 00 00 06 01 03 00 0a 00 01"
        assert heard.endswith("< 00 01 00 00 00 05 01 03 02 ab cd")
        await driver.close()


async def test_bytes_nobody_asked_for_cost_the_connection_and_nothing_else() -> None:
    async with Device(words={10: 1}).serve() as device:
        driver = ModbusDriver(link({**WORD, "write_register": 10}, port=device.port))
        await driver.open()
        await device.blurt(b"\x00\x02\x00\x00\x00\x05\x01\x03\x02\xff\xff")
        await until(lambda: _counter(driver, "protocol_errors") == 1)

        assert await driver.read("all") == (Reading(0, 1),)
        await driver.execute(0, 5)

        assert _counter(driver, "connections") == 2
        assert device.words[10] == 5
        await driver.close()


async def test_flood_is_a_protocol_error_and_not_a_silence() -> None:
    async with hostile_server(lambda _: [bytes(5000)], hang_up=False) as (_, port):
        driver = ModbusDriver(link(WORD, port=port))

        with pytest.raises(ProtocolError):
            await driver.open()


def _counter(driver: ModbusDriver, name: str) -> float:
    return driver._connection.counters[name]


async def test_link_without_points_opens_and_reads_nothing() -> None:
    driver = ModbusDriver(link(port=1))

    await driver.open()
    assert (await driver.describe()).groups == ()
    assert (await driver.self_test()).passed
    await driver.close()


async def test_name_that_cannot_be_a_host_is_unavailable() -> None:
    driver = ModbusDriver(link(WORD, host="no..such..host"))

    with pytest.raises(DeviceUnavailableError):
        await driver.open()
