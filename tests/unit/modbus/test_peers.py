"""Our driver against servers nobody here wrote, and our simulator against a client of others."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
import subprocess
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from backend_bridge.contract.quality import Quality
from backend_bridge.core.driver import LinkConfig
from backend_bridge.core.errors import (
    CommandRejectedError,
    ConfigError,
    DeviceUnavailableError,
)
from backend_bridge.core.simulation import SimulationSetup
from backend_bridge.drivers.modbus.driver import ModbusDriver
from backend_bridge.drivers.modbus.example import bollard_link, example_link, station_link
from backend_bridge.drivers.modbus.simulator import ModbusSimulator
from tests.fakes.peers import require_peer
from tests.unit.modbus.device import HOST, link

pytestmark = pytest.mark.peer
FIXTURES = Path(__file__).parents[2] / "fixtures"
START = datetime(2026, 1, 15, 21, 30, tzinfo=UTC)

POINTS: list[Mapping[str, Any]] = [
    {"table": "holding", "register": 100, "write_register": 100},
    {"table": "holding", "register": 101, "type": "uint32"},
    {"table": "holding", "register": 110, "type": "float32", "write_register": 110},
    {"table": "holding", "register": 112, "type": "int16", "scale": 0.1, "write_register": 112},
    {"table": "input", "register": 50, "type": "uint32", "word_order": "little"},
    {"table": "input", "register": 200, "mask": 0xFF},
    {"table": "coil", "register": 7, "write_register": 7},
    {"table": "discrete", "register": 9},
    {"table": "discrete", "register": 10},
]


@pytest.fixture(scope="session")
def libmodbus_server(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    require_peer("libmodbus")
    program = tmp_path_factory.mktemp("peer") / "modbus_server"
    source = FIXTURES / "modbus_server.c"
    flags = ("-O1", "-Wall", "-Werror", "-I/usr/include/modbus")
    subprocess.run(["gcc", *flags, "-o", str(program), str(source), "-lmodbus"], check=True)
    return [str(program)]


@pytest.fixture(params=["libmodbus", "modbus-serial"])
def server(request: pytest.FixtureRequest) -> list[str]:
    """Return the command that starts one of the peers."""
    if request.param == "libmodbus":
        command = request.getfixturevalue("libmodbus_server")
        assert isinstance(command, list)
        return command
    package = require_peer("modbus-serial").parent
    return ["node", str(FIXTURES / "modbus_server.js"), str(package)]


@contextlib.asynccontextmanager
async def running(command: list[str]) -> AsyncIterator[tuple[int, int]]:
    """Run a peer; gives its port and process id."""
    process = await asyncio.create_subprocess_exec(
        *command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        async with asyncio.timeout(10):
            port = int(await process.stdout.readline())
        yield port, process.pid
    finally:
        process.stdin.close()
        await process.wait()


async def test_driver_reads_every_table_of_a_stranger(server: list[str]) -> None:
    async with running(server) as (port, _):
        driver = ModbusDriver(link(*POINTS, port=port))
        await driver.open()

        values = {reading.slot: reading.value for reading in await driver.read("all")}

        assert values[0] == 100
        assert values[1] == 101 << 16 | 102
        assert values[3] == pytest.approx(11.2)
        assert values[4] == 102 << 16 | 100
        assert values[5] == 400 & 0xFF
        assert (values[6], values[7], values[8]) == (False, True, False)
        assert (await driver.self_test()).passed
        await driver.close()


async def test_driver_commands_a_stranger_and_reads_back(server: list[str]) -> None:
    async with running(server) as (port, _):
        driver = ModbusDriver(link(*POINTS, port=port))
        await driver.open()

        for slot, value in ((0, 4321), (2, -12.5), (3, -7.3), (6, True), (6, False)):
            await driver.execute(slot, value)
            reading = await driver.read_back(slot)
            assert (reading.value, reading.quality) == (value, Quality.GOOD)
        await driver.close()


@pytest.mark.parametrize(("value", "known"), [(150, True), (151, False)])
async def test_stranger_is_asked_who_it_is_before_anything_else(
    server: list[str], value: int, *, known: bool
) -> None:
    identity = {"table": "holding", "register": 150, "value": value}
    async with running(server) as (port, _):
        driver = ModbusDriver(link(POINTS[0], port=port, identity=identity))
        if known:
            await driver.open()
            assert (await driver.read_back(0)).value == 100
        else:
            with pytest.raises(ConfigError, match="another device answers"):
                await driver.open()
        await driver.close()


async def test_hold_lies_behind_the_value_in_a_strangers_registers(server: list[str]) -> None:
    level = {"table": "holding", "register": 110, "write_register": 110}
    minutes = {**level, "write_hold_s": 60, "write_hold_most": 1440, "write_release": 0xFFFF}
    async with running(server) as (port, _):
        driver = ModbusDriver(link(minutes, {"table": "holding", "register": 111}, port=port))
        await driver.open()

        found = []
        for value, hold_s in ((40, 601.0), (50, None), (60, 86_400.0), (None, None)):
            await driver.execute(0, value, hold_s)
            found.append(((await driver.read_back(0)).value, (await driver.read_back(1)).value))

        assert found == [(40, 11), (50, 0), (60, 1440), (0xFFFF, 0)]
        with pytest.raises(CommandRejectedError, match="a hold of 86401 s"):
            await driver.execute(0, 70, 86_401.0)
        assert (await driver.read_back(0)).value == 0xFFFF
        await driver.close()


async def test_stranger_refuses_a_register_it_does_not_have(
    server: list[str], expected_events: list[str]
) -> None:
    expected_events.append("modbus_registers_refused")
    absent = {"table": "holding", "register": 3000, "write_register": 3000}
    async with running(server) as (port, _):
        driver = ModbusDriver(link(POINTS[0], absent, port=port))
        await driver.open()

        qualities = {reading.slot: reading.quality for reading in await driver.read("all")}

        assert qualities == {0: Quality.GOOD, 1: Quality.BAD}
        with pytest.raises(CommandRejectedError, match="illegal data address"):
            await driver.execute(1, 5)
        await driver.close()


async def test_stopped_stranger_is_lost_in_time_and_comes_back(server: list[str]) -> None:
    async with running(server) as (port, pid):
        driver = ModbusDriver(link(*POINTS, port=port))
        await driver.open()
        await driver.read("all")

        os.kill(pid, signal.SIGSTOP)
        try:
            async with asyncio.timeout(10):
                with pytest.raises(DeviceUnavailableError):
                    await driver.read("all")
        finally:
            os.kill(pid, signal.SIGCONT)

        assert len(await driver.read("all")) == len(POINTS)
        await driver.close()


async def _mbpoll(port: int, *arguments: str) -> tuple[int, str]:
    process = await asyncio.create_subprocess_exec(
        str(require_peer("mbpoll")),
        *("-m", "tcp", "-p", str(port), "-a", "1", "-0", "-1", "-o", "2", *arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    out, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, out.decode()


def _values(printed: str) -> dict[int, int]:
    return {int(at): int(raw) for at, raw in re.findall(r"\[(\d+)\]:\s+(-?\d+)", printed)}


@contextlib.asynccontextmanager
async def cabinet(
    example: Callable[[str, int], LinkConfig] = example_link,
) -> AsyncIterator[ModbusSimulator]:
    simulator = ModbusSimulator(example(HOST, 0), SimulationSetup(start=START))
    await simulator.start()
    try:
        yield simulator
    finally:
        await simulator.stop()


async def test_mbpoll_reads_the_simulated_cabinet() -> None:
    async with cabinet() as simulator:
        await simulator.inject("door_open", {})
        await simulator.inject("lamp_failed", {"equipment": "EP-0001-D1-02"})
        port = simulator.address[1]

        _, lamps = await _mbpoll(port, "-t", "4", "-r", "100", "-c", "6", HOST)
        _, inputs = await _mbpoll(port, "-t", "3", "-r", "0", "-c", "7", HOST)
        _, coils = await _mbpoll(port, "-t", "0", "-r", "0", "-c", "2", HOST)

        assert _values(lamps) == {100: 100, 101: 0x80, 102: 100, 103: 100, 104: 100, 105: 100}
        words, truth = _values(inputs), simulator.truth()["EP-0001"].values
        assert words[0] == 0b11
        assert words[2] == pytest.approx(float(truth["voltage_v"] or 0) * 10)
        assert words[3] << 16 | words[4] == truth["power_w"]
        assert _values(coils) == {0: 1, 1: 1}


async def test_mbpoll_commands_the_simulated_cabinet() -> None:
    async with cabinet() as simulator:
        port = simulator.address[1]

        done, _ = await _mbpoll(port, "-t", "4", "-r", "1100", HOST, "40", "900", "60", "0")
        _, held = await _mbpoll(port, "-t", "4", "-r", "1100", "-c", "4", HOST)
        refused, said = await _mbpoll(port, "-t", "4", "-r", "1100", HOST, "101")
        absent, _ = await _mbpoll(port, "-t", "4", "-r", "106", "-c", "1", HOST)

        assert done == 0
        assert (refused, absent) != (0, 0), said
        truth = simulator.truth()
        assert truth["EP-0001-D1-01"].values["level"] == 40
        assert truth["EP-0001-D1-02"].values["level"] == 60
        assert [truth[f"EP-0001-D1-0{lamp}"].values["held"] for lamp in (1, 2, 3)] == [
            True,
            True,
            False,
        ]
        words = _values(held)
        assert (words[1100], words[1102], words[1103]) == (40, 60, 0)
        assert 890 <= words[1101] <= 900
        assert simulator.writes == 2


async def test_mbpoll_reads_and_commands_a_simulated_bollard() -> None:
    async with cabinet(bollard_link) as simulator:
        port = simulator.address[1]
        await simulator.inject("loop_occupied", {})

        _, before = await _mbpoll(port, "-t", "3", "-r", "0", "-c", "4", HOST)
        lowered, _ = await _mbpoll(port, "-t", "4", "-r", "0", HOST, "0")
        simulator.advance(START + timedelta(seconds=10))
        raised, said = await _mbpoll(port, "-t", "4", "-r", "0", HOST, "100")
        _, after = await _mbpoll(port, "-t", "3", "-r", "0", "-c", "4", HOST)

        up, down, occupied = 1, 2, 16
        words = _values(before)
        assert (words[0], words[2], words[3]) == (up | occupied, 100, 0)
        assert lowered == 0
        assert raised != 0, said
        words = _values(after)
        assert (words[0], words[2], words[3]) == (down | occupied, 0, 1)


async def test_mbpoll_reads_a_simulated_weather_station_below_freezing() -> None:
    async with cabinet(station_link) as simulator:
        simulator.advance(START + timedelta(hours=9))

        _, printed = await _mbpoll(simulator.address[1], "-t", "3", "-r", "2", "-c", "6", HOST)

        truth = simulator.truth()["MR-01"].values
        words = {at: raw - 65536 if raw >= 32768 else raw for at, raw in _values(printed).items()}
        assert words[4] < 0
        for at, key in ((2, "air_c"), (3, "road_c"), (4, "dew_point_c")):
            assert words[at] == pytest.approx(float(truth[key] or 0) * 10)
        assert words[5] == truth["humidity"]
