"""Reading and describing: every slot once, the truth, and nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec
import pytest

from backend_bridge.core.errors import ConfigError, DeviceUnavailableError, DriverError
from backend_bridge.core.simulation import STUCK
from tests.conformance.subject import HOST, Subject, against_truth, read_all, scratch_copy


async def test_description_covers_every_slot_once_without_a_connection(subject: Subject) -> None:
    link = subject.link((HOST, 9))

    groups = (await subject.registry.make_driver(link).describe()).groups

    slots = [slot for group in groups for slot in group.slots]
    assert sorted(slots) == [point.slot for point in link.points]
    assert len({group.key for group in groups}) == len(groups)
    assert all(group.period_s > 0 for group in groups)


async def test_read_returns_its_groups_slots_and_no_others(subject: Subject) -> None:
    async with subject.pair() as (driver, _):
        for group in (await driver.describe()).groups:
            readings = await driver.read(group.key)

            assert sorted(reading.slot for reading in readings) == sorted(group.slots)


async def test_readings_are_the_truth(subject: Subject) -> None:
    async with subject.pair() as (driver, simulator):
        assert (
            against_truth(subject.link((HOST, 9)), await read_all(driver), simulator.truth()) == []
        )


async def test_read_back_of_each_slot_is_what_the_poll_says(subject: Subject) -> None:
    async with subject.pair() as (driver, simulator):
        await simulator.inject(STUCK, {})
        polled = await read_all(driver)

        for slot, reading in polled.items():
            assert await driver.read_back(slot) == reading


async def test_self_test_passes_on_a_healthy_device_and_commands_nothing(subject: Subject) -> None:
    async with subject.pair() as (driver, simulator):
        report = await driver.self_test()

        assert report.passed, report.detail
        assert report.detail
        assert simulator.writes == 0


async def test_description_counts_and_keeps_frames(subject: Subject) -> None:
    async with subject.pair() as (driver, _):
        await read_all(driver)

        description = await driver.describe()

        assert description.counters["requests"] > 0
        assert 0 <= description.counters["load"] <= 1
        assert description.counters["queue_age_s"] >= 0
        assert description.frames
        for _ in range(100):
            await read_all(driver)
        assert len((await driver.describe()).frames) <= 64


async def test_unknown_group_is_one_of_the_four_errors(subject: Subject) -> None:
    async with subject.pair() as (driver, _):
        with pytest.raises(DriverError):
            await driver.read("no such group")


async def test_closed_driver_says_unavailable(subject: Subject) -> None:
    async with subject.simulator() as simulator:
        driver = subject.driver(simulator.address)
        group = (await driver.describe()).groups[0].key

        with pytest.raises(DeviceUnavailableError):
            await driver.read(group)


def test_unknown_setting_and_unknown_address_key_are_refused(subject: Subject) -> None:
    link = subject.link((HOST, 9))
    first = link.points[0]
    strange = msgspec.structs.replace(first, address={**first.address, "colour_of_box": 1})

    with pytest.raises(ConfigError, match="colour_of_box"):
        subject.registry.make_driver(subject.link((HOST, 9), colour_of_box=1))
    with pytest.raises(ConfigError, match="colour_of_box"):
        subject.registry.make_driver(
            msgspec.structs.replace(link, points=(strange, *link.points[1:]))
        )


ALONE = """
import asyncio, json, sys
from pathlib import Path
import msgspec
from backend_bridge.core.driver import LinkConfig
from backend_bridge.drivers.registry import Registry

class Deleted:
    def find_spec(self, name, path=None, target=None):
        if name.rpartition(".")[2] == "simulator" and "driver" in name:
            raise ModuleNotFoundError(f"{name} is deleted")

sys.meta_path.insert(0, Deleted())

async def main():
    link = msgspec.json.decode(sys.stdin.buffer.read(), type=LinkConfig)
    driver = Registry([Path(sys.argv[1])]).make_driver(link)
    await driver.open()
    slots = []
    for group in (await driver.describe()).groups:
        slots += [reading.slot for reading in await driver.read(group.key)]
    await driver.close()
    print(json.dumps(sorted(slots)))

asyncio.run(main())
"""


async def test_driver_works_with_its_simulator_deleted(subject: Subject) -> None:
    async with subject.simulator() as simulator:
        link = subject.link(simulator.address)
        with tempfile.TemporaryDirectory() as folder:
            scratch_copy(subject.manifest, Path(folder))
            printed = await _run_alone(folder, msgspec.json.encode(link))

    assert json.loads(printed) == [point.slot for point in link.points]


async def _run_alone(folder: str, link: bytes) -> bytes:
    import asyncio  # noqa: PLC0415 - the only user

    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-W", "error", "-c", ALONE, folder),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    out, _ = await process.communicate(link)
    assert process.returncode == 0
    return out
