"""beffroi-field as a program: ready line, truth, faults, ports in use, a clean end."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
import pytest

from backend_bridge.core.simulation import EquipmentTruth
from backend_bridge.drivers.registry import Registry
from backend_bridge.territory import Territory, generate_small, load
from tests.conformance.subject import against_truth, read_all

CABINETS, LAMPS = 3, 8


@pytest.fixture
def town(tmp_path: Path) -> Territory:
    directory = tmp_path / "town"
    base_port = _free_ports(CABINETS)
    generate_small(directory, seed=5, cabinets=CABINETS, lamps=LAMPS, base_port=base_port)
    return load(directory)


def _free_ports(count: int) -> int:
    """Return the first of ``count`` free ports in a row, below the ephemeral range."""
    for base in range(24_000 + os.getpid() % 4_000, 32_000, count):
        with contextlib.ExitStack() as stack:
            try:
                for port in range(base, base + count):
                    probe = stack.enter_context(socket.socket())
                    probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return base
    raise AssertionError("no free ports")


class Field:
    """A running field and its control address."""

    def __init__(self, process: asyncio.subprocess.Process, control: str) -> None:
        self.process = process
        self.control = control

    async def ask(self, path: str, **body: Any) -> tuple[int, Any]:
        """GET a path, or POST to it when there is something to say."""
        async with aiohttp.ClientSession() as session:
            method = "POST" if path in ("/fault", "/clear") else "GET"
            json = body if method == "POST" else None
            async with session.request(method, self.control + path, json=json) as reply:
                return reply.status, msgspec.json.decode(await reply.read())


@contextlib.asynccontextmanager
async def field(town: Territory, *options: str) -> AsyncIterator[Field]:
    process = await _start(town, *options)
    assert process.stdout is not None
    try:
        async with asyncio.timeout(20):
            line = (await process.stdout.readline()).decode().strip()
        assert line.startswith("field ready control=http://127.0.0.1:"), line
        yield Field(process, line.partition("control=")[2])
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0


async def _start(town: Territory, *options: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "backend_bridge.field.main", "--territory", str(town.directory), *options),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


async def test_bridge_reads_what_the_field_says_is_so(town: Territory) -> None:
    registry = Registry()
    async with field(town, "--speed", "0") as running:
        _, health = await running.ask("/health")
        assert (health["status"], health["links"]) == ("ok", CABINETS)
        _, answer = await running.ask("/truth")
        assert set(answer["equipment"]) == {item.id for item in town.equipment}

        for link in town.links:
            driver = registry.make_driver(link)
            await driver.open()
            readings = await read_all(driver)
            await driver.close()
            told = msgspec.convert(answer["equipment"], dict[str, EquipmentTruth])
            assert against_truth(link, readings, told) == []


async def test_faults_come_and_go_by_link_and_by_equipment(town: Territory) -> None:
    cabinet = town.links[0].id
    root = town.link_roots[cabinet]
    lamp = next(
        p.equipment_id
        for p in town.links[0].points
        if town.equipment_of[p.equipment_id].kind == "lamp"
    )
    feeder = town.equipment_of[lamp].parent
    async with field(town) as running:
        status, said = await running.ask("/fault", link=cabinet, fault="dead")
        assert (status, said["link"]) == (200, cabinet)
        status, _ = await running.ask("/fault", equipment=root, fault="door_open")
        assert status == 200
        _, answer = await running.ask(f"/truth?link={cabinet}")
        assert set(answer["links"][cabinet]["faults"]) == {"dead", "door_open"}
        assert not any(entry["reachable"] for entry in answer["equipment"].values())
        assert answer["equipment"][root]["values"]["door_open"] is True

        await running.ask("/clear", link=cabinet)
        await running.ask("/fault", equipment=feeder, fault="feeder_tripped")
        _, answer = await running.ask("/truth")
        assert not answer["equipment"][lamp]["reachable"]
        assert answer["equipment"][feeder]["values"]["closed"] is False

        await running.ask("/clear", equipment=feeder, fault="feeder_tripped")
        await running.ask("/fault", equipment=lamp, fault="frozen")
        await running.ask("/clear")
        _, answer = await running.ask("/truth")
        assert all(entry["reachable"] for entry in answer["equipment"].values())


async def test_same_seed_same_city(town: Territory) -> None:
    said = []
    for seed in ("1", "1", "2"):
        async with field(town, "--speed", "0", "--seed", seed) as running:
            said.append((await running.ask("/truth"))[1]["equipment"])

    assert said[0] == said[1] != said[2]


async def test_simulated_time_runs_as_fast_as_told(town: Territory) -> None:
    options = ("--speed", "3600", "--start", "2026-01-15T15:30:00+00:00")
    async with field(town, *options) as running:
        for _ in range(100):
            _, answer = await running.ask("/truth")
            levels = {entry["values"].get("level") for entry in answer["equipment"].values()}
            if 100 in levels:
                break
            await asyncio.sleep(0.1)

    assert 100 in levels, "night never fell"


async def test_port_in_use_is_said_and_nothing_stays_open(town: Territory) -> None:
    async with field(town):
        second = await _start(town)
        async with asyncio.timeout(20):
            out, err = await second.communicate()

    assert second.returncode == 2
    assert out == b""
    assert str(town.links[0].settings["port"]) in err.decode()
    assert "in use" in err.decode()
    assert "Traceback" not in err.decode()


async def test_control_port_in_use_is_said(town: Territory) -> None:
    async with field(town) as running:
        port = running.control.rpartition(":")[2]
        other = town.directory.parent / "other"
        generate_small(other, seed=5, cabinets=1, lamps=4, base_port=_free_ports(1))
        second = await _start(load(other), "--control-port", port)
        _, err = await second.communicate()

    assert second.returncode == 2
    assert port in err.decode()
    assert "Traceback" not in err.decode()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--speed", "-1"), "0 and 86400"),
        (("--start", "2026-01-15T12:00:00"), "zone"),
        (("--start", "tomorrow"), "tomorrow"),
        (("--drivers", "/no/such/folder"), "no such folder"),
    ],
)
async def test_wrong_option_ends_with_a_sentence(
    town: Territory, options: tuple[str, ...], said: str
) -> None:
    process = await _start(town, *options)
    _, err = await process.communicate()

    assert process.returncode == 2
    assert said in err.decode()
    assert "Traceback" not in err.decode()


async def test_missing_territory_ends_with_a_sentence(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "backend_bridge.field.main", "--territory", str(tmp_path / "gone")),
        stderr=subprocess.PIPE,
    )
    _, err = await process.communicate()

    assert process.returncode == 2
    assert "gone" in err.decode()
    assert "Traceback" not in err.decode()


def test_field_imports_neither_qt_nor_the_store() -> None:
    code = (
        "import sys, backend_bridge.field.main; "
        "print([m for m in sys.modules if m.split('.')[0] in ('PySide6', 'sqlalchemy', 'zmq') "
        "or m.startswith(('backend_bridge.store', 'console', 'ui'))])"
    )
    printed = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert printed.stdout.strip() == "[]"
