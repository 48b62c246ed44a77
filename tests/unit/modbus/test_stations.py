"""Simulated gauges and road-weather stations: they follow the weather, and say what they cannot."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from backend_bridge.contract.quality import Quality
from backend_bridge.core.driver import LinkConfig
from backend_bridge.core.errors import ConfigError
from backend_bridge.core.simulated.weather import rain_mm_h
from backend_bridge.core.simulation import SimulationSetup
from backend_bridge.drivers.modbus.config import parse
from backend_bridge.drivers.modbus.driver import ModbusDriver
from backend_bridge.drivers.modbus.example import bollard_link, gauge_link, station_link
from backend_bridge.drivers.modbus.simulated.models.river_gauge import RiverGauge, run_off
from backend_bridge.drivers.modbus.simulator import ModbusSimulator, make_simulator
from tests.conformance.subject import against_truth
from tests.unit.modbus.test_simulator import moved

START = datetime(2026, 1, 15, 21, 30, tzinfo=UTC)


@contextlib.asynccontextmanager
async def pair(link: LinkConfig) -> AsyncIterator[tuple[ModbusDriver, ModbusSimulator]]:
    simulator = ModbusSimulator(link, SimulationSetup(start=START, seed=3))
    await simulator.start()
    driver = ModbusDriver(moved(link, simulator.address[1]))
    await driver.open()
    try:
        yield driver, simulator
    finally:
        await driver.close()
        await simulator.stop()


def gauge(seed: int = 3) -> RiverGauge:
    link = gauge_link("127.0.0.1", 502)
    return RiverGauge(link, parse(link)[1], SimulationSetup(start=START, seed=seed), seed)


def test_run_off_is_all_the_rain_and_comes_later() -> None:
    hour = int(START.timestamp()) // 3600
    window = range(hour, hour + 1000)
    fell = sum(rain_mm_h(3, h) for h in window)
    came = sum(run_off(3, float(h)) for h in window)

    assert fell > 10
    assert came == pytest.approx(fell, rel=0.15)
    wettest = max(window, key=lambda h: rain_mm_h(3, h))
    crest = max(range(wettest, wettest + 24), key=lambda h: run_off(3, float(h)))
    assert crest > wettest


def test_river_rises_with_its_flow_and_never_runs_dry() -> None:
    subject = gauge()
    seen = []
    for hour in range(0, 24 * 60, 3):
        subject.advance(START + timedelta(hours=hour))
        seen.append((subject.flow_m3s, subject.level_m))

    assert [level for _, level in sorted(seen)] == sorted(level for _, level in seen)
    assert min(level for _, level in seen) > 0.2
    assert max(level for _, level in seen) > 1.3 * min(level for _, level in seen)


def test_two_rivers_differ_and_the_same_one_does_not() -> None:
    assert gauge(3).level_m == gauge(3).level_m != gauge(4).level_m


@pytest.mark.parametrize("example", [gauge_link, station_link])
async def test_driver_reads_what_is_so_at_any_hour(example: object) -> None:
    assert callable(example)
    link = example("127.0.0.1", 0)
    async with pair(link) as (driver, simulator):
        for hours in (0, 6, 11, 17):
            simulator.advance(START + timedelta(hours=hours))
            readings = {reading.slot: reading for reading in await driver.read("all")}
            assert against_truth(link, readings, simulator.truth()) == []


@pytest.mark.parametrize(
    ("example", "bad"),
    [(gauge_link, {"level_m", "flow_m3s"}), (station_link, {"road_c"})],
)
async def test_what_a_sensor_cannot_measure_is_bad(example: object, bad: set[str]) -> None:
    assert callable(example)
    link = example("127.0.0.1", 0)
    async with pair(link) as (driver, simulator):
        await simulator.inject("sensor_fault", {})

        readings = {reading.slot: reading for reading in await driver.read("all")}

        keys = {point.slot: point.point_key for point in link.points}
        assert {keys[s] for s, r in readings.items() if r.quality is Quality.BAD} == bad
        assert against_truth(link, readings, simulator.truth()) == []
        await simulator.clear("sensor_fault")
        assert all(reading.quality is Quality.GOOD for reading in await driver.read("all"))


async def test_flood_lifts_the_level_well_above_every_limit_and_goes_down_again() -> None:
    link = gauge_link("127.0.0.1", 0)
    async with pair(link) as (driver, simulator):
        await simulator.inject("flood", {})
        readings = {reading.slot: reading for reading in await driver.read("all")}
        (level,) = (
            readings[point.slot].value for point in link.points if point.point_key == "level_m"
        )
        assert isinstance(level, float)
        assert level > 3.5
        assert against_truth(link, readings, simulator.truth()) == []
        await simulator.clear("flood")
        readings = {reading.slot: reading for reading in await driver.read("all")}
        assert against_truth(link, readings, simulator.truth()) == []


def test_model_nobody_made_is_refused_with_the_nearest() -> None:
    link = msgspec.structs.replace(bollard_link("127.0.0.1", 0), model="bolard")

    with pytest.raises(ConfigError, match='did you mean "bollard"'):
        make_simulator(link, SimulationSetup(start=START))
