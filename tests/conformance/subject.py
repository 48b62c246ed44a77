"""A driver under test: its manifest, what it promises, and the devices it is put in front of."""

from __future__ import annotations

import asyncio
import contextlib
import time
import tomllib
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import msgspec
import psutil

from backend_bridge.contract.points import Scalar
from backend_bridge.contract.quality import Quality
from backend_bridge.core.driver import Driver, LinkConfig, Reading
from backend_bridge.core.settings import typed
from backend_bridge.core.simulation import EquipmentTruth, SimulationSetup, Simulator
from backend_bridge.drivers.registry import Manifest, Registry

HOST = "127.0.0.1"
START = datetime(2026, 1, 15, 21, 30, tzinfo=UTC)


class Command(msgspec.Struct, frozen=True, kw_only=True):
    """Name a slot of the example link that takes commands, and two values for it."""

    slot: int
    values: tuple[Scalar, Scalar]


class Conformance(msgspec.Struct, frozen=True, kw_only=True):
    """Hold what the suite needs to know of a driver.

    Attributes:
        lost_within_s: longest read of a silent device, with the example's settings.
        hasty: settings under which it gives up quickly.
        command: what to command; a driver that only reads says ``false``.
        address: names of the two settings that say where the device is.
        example: ``module:callable`` that makes the example link; the manifest's when empty.
    """

    lost_within_s: Annotated[float, msgspec.Meta(gt=0, le=30)]
    hasty: dict[str, Any]
    command: Command | bool
    address: tuple[str, str] = ("host", "port")
    example: str = ""


class QualityFile(msgspec.Struct, frozen=True, kw_only=True):
    """Hold a driver's ``quality.toml``.

    Attributes:
        peers: programs nobody here wrote that the driver is tested against.
        no_peer_because: why there is none; must be said when ``peers`` is empty.
        device: further devices its simulator can stand for, each held to the whole suite.
    """

    conformance: Conformance
    device: Mapping[str, Conformance] = {}
    peers: tuple[str, ...] = ()
    no_peer_because: str = ""


@dataclass(frozen=True)
class Subject:
    """Put one driver in front of devices."""

    manifest: Manifest
    registry: Registry
    device: str = ""

    @property
    def quality(self) -> QualityFile:
        path = self.manifest.directory / "quality.toml"
        return typed(tomllib.loads(path.read_text("utf-8")), QualityFile)

    @property
    def promises(self) -> Conformance:
        return self.quality.device[self.device] if self.device else self.quality.conformance

    def link(self, address: tuple[str, int], **settings: Any) -> LinkConfig:
        """Return the example link, pointed at an address."""
        made = self.manifest.load(self.promises.example or self.manifest.example)(*address)
        link = msgspec.convert(made, LinkConfig)
        host_key, port_key = self.promises.address
        where = {host_key: address[0], port_key: address[1]}
        return msgspec.structs.replace(link, settings={**link.settings, **where, **settings})

    def driver(self, address: tuple[str, int], *, hasty: bool = False) -> Driver:
        """Return a driver of the example link, not open."""
        settings = self.promises.hasty if hasty else {}
        return self.registry.make_driver(self.link(address, **settings))

    @contextlib.asynccontextmanager
    async def simulator(
        self, steady_s: Callable[[], float] = time.monotonic
    ) -> AsyncIterator[Simulator]:
        """Serve the example link's simulator at a free port."""
        setup = SimulationSetup(seed=7, start=START, steady_s=steady_s)
        simulator = self.registry.make_simulator(self.link((HOST, 0)), setup)
        await simulator.start()
        try:
            yield simulator
        finally:
            await simulator.stop()

    @contextlib.asynccontextmanager
    async def pair(
        self, steady_s: Callable[[], float] = time.monotonic
    ) -> AsyncIterator[tuple[Driver, Simulator]]:
        """Serve the simulator and open a driver on it."""
        async with self.simulator(steady_s) as simulator:
            driver = self.driver(simulator.address)
            await driver.open()
            try:
                yield driver, simulator
            finally:
                await driver.close()


async def read_all(driver: Driver) -> dict[int, Reading]:
    """Read every group once; readings by slot."""
    found: dict[int, Reading] = {}
    for group in (await driver.describe()).groups:
        found.update({reading.slot: reading for reading in await driver.read(group.key)})
    return found


async def under_way(driver: Driver) -> None:
    """Return once a request more than now is on its way, or already answered."""
    before = (await driver.describe()).counters["requests"]
    for _ in range(1000):
        await asyncio.sleep(0)
        if (await driver.describe()).counters["requests"] > before:
            return
    raise AssertionError("no request was made")


def against_truth(
    link: LinkConfig,
    readings: Mapping[int, Reading],
    truth: Mapping[str, EquipmentTruth],
) -> list[str]:
    """Return every point whose reading is not what is so."""
    wrong = []
    for point in link.points:
        reading, so = readings[point.slot], truth[point.equipment_id]
        name = f"{point.equipment_id}.{point.point_key}"
        if point.point_key in so.bad and so.reachable:
            if reading.quality is not Quality.BAD:
                wrong.append(f"{name}: {reading}, and the device cannot measure it")
        elif not so.reachable:
            if reading.quality is not Quality.UNAVAILABLE:
                wrong.append(f"{name}: {reading}, and nobody can know")
        elif reading.quality is not Quality.GOOD or not _same(
            reading.value, so.values[point.point_key]
        ):
            wrong.append(f"{name}: {reading}, truth {so.values[point.point_key]!r}")
    return wrong


def _same(shown: Scalar, so: Scalar) -> bool:
    if isinstance(shown, float) or isinstance(so, float):
        numbers = isinstance(shown, int | float) and isinstance(so, int | float)
        return numbers and abs(float(shown or 0) - float(so or 0)) < 1e-6
    return shown == so and type(shown) is type(so)


Misbehave = Callable[[bytes], Sequence[bytes]]
"""Takes what a peer sent, gives the pieces to pass on instead; ``[]`` passes on nothing."""


@contextlib.asynccontextmanager
async def hostile_server(answer: Misbehave, *, hang_up: bool) -> AsyncIterator[tuple[str, int]]:
    """Serve a TCP peer that answers anything with anything, and perhaps hangs up after it."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(4096):
            for piece in answer(data):
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(0)
            if hang_up:
                return

    async with _served(serve) as address:
        yield address


@contextlib.asynccontextmanager
async def mangling_proxy(
    device: tuple[str, int], mangle: Misbehave
) -> AsyncIterator[tuple[str, int]]:
    """Stand between a driver and its device and spoil what the device says."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection(*device)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(_pump(reader, far_writer, lambda data: [data]))
                group.create_task(_pump(far_reader, writer, mangle))
        finally:
            far_writer.transport.abort()

    async with _served(serve) as address:
        yield address


async def _pump(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, change: Misbehave
) -> None:
    while data := await reader.read(4096):
        for piece in change(data):
            writer.write(piece)
            await writer.drain()
    raise ConnectionResetError  # one end has gone: so does the other


Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Coroutine[Any, Any, None]]


@contextlib.asynccontextmanager
async def _served(serve: Serve) -> AsyncIterator[tuple[str, int]]:
    tasks: set[asyncio.Task[None]] = set()

    async def attend(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await serve(reader, writer)
        except* OSError:
            pass
        finally:
            writer.transport.abort()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(attend(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    server = await asyncio.start_server(accept, HOST, 0)
    try:
        yield server.sockets[0].getsockname()[:2]
    finally:
        server.close()
        await asyncio.sleep(0)  # connections just accepted get their task
        for task in tuple(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.sleep(0)  # asyncio closes sockets on the loop's next turn


def sockets_to(port: int) -> int:
    """Count this process's sockets whose far end is ``port``, in whatever state."""
    return sum(
        1
        for connection in psutil.Process().net_connections("tcp")
        if connection.raddr and connection.raddr.port == port
    )


def scratch_copy(manifest: Manifest, into: Path) -> Path:
    """Copy a driver's folder without any simulator.py."""
    target = into / manifest.directory.name
    target.mkdir(parents=True)
    for path in manifest.directory.iterdir():
        if path.is_file() and path.name != "simulator.py":
            (target / path.name).write_bytes(path.read_bytes())
    return target
