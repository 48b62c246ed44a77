"""A driver whose device obeys the test, and a supervisor around some of them."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from backend_bridge.contract.points import Scalar
from backend_bridge.contract.quality import Quality
from backend_bridge.core.driver import (
    BoundPoint,
    Description,
    LinkConfig,
    PollGroup,
    Reading,
    SelfTest,
    Sink,
)
from backend_bridge.core.errors import (
    CommandRejectedError,
    ConfigError,
    DeviceUnavailableError,
    ProtocolError,
)
from backend_bridge.core.linkstate import LinkMeter, LinkState
from backend_bridge.core.points import PointTable
from backend_bridge.core.supervisor import Supervisor, SupervisorSettings
from tests.fakes.virtual_time import VirtualClock, VirtualLoop

POINTS = 3
MODES = ("ok", "dead", "silent", "garbage", "misconfigured", "crashes")


@dataclass(frozen=True)
class Ring:
    """A shared network."""

    id: str
    parent: str = ""
    most_connects_per_s: float = 20.0


class Device:
    """What stands at the end of one link; the test turns its knobs."""

    def __init__(self, loop: VirtualLoop) -> None:
        self.mode = "ok"
        self.values: list[Scalar] = [1] * POINTS
        self.answer_s = 0.01
        self.loop = loop
        self.opens: list[float] = []
        self.reads: list[float] = []
        self.answered: list[float] = []
        self.written: list[tuple[int, Scalar]] = []
        self.drivers = 0
        self.open_now = 0
        self.close_hangs = False
        self.holds_s: dict[int, float] = {}
        self.told_to_hold: list[float | None] = []
        self.silent_after_reads: int | None = None

    async def act(self) -> None:
        """Behave as the mode says."""
        if self.silent_after_reads is not None and len(self.answered) >= self.silent_after_reads:
            self.mode = "silent"
        if self.mode == "silent":
            await asyncio.sleep(3600)
        await asyncio.sleep(self.answer_s)
        match self.mode:
            case "dead":
                raise DeviceUnavailableError("connection refused")
            case "garbage":
                raise ProtocolError("not the protocol")
            case "misconfigured":
                raise ConfigError("no such register")
            case "crashes":
                raise ZeroDivisionError("a defect of the driver")


class FakeDriver:
    """Drive a :class:`Device`."""

    def __init__(self, link: LinkConfig, device: Device) -> None:
        self._link = link
        self._device = device
        device.drivers += 1

    async def open(self) -> None:
        self._device.opens.append(self._device.loop.time())
        self._device.open_now += 1
        if self._device.mode != "silent":
            await self._device.act()

    async def close(self) -> None:
        self._device.open_now = 0
        if self._device.close_hangs:
            await asyncio.sleep(3600)

    async def read(self, group: str) -> Sequence[Reading]:
        self._device.reads.append(self._device.loop.time())
        await self._device.act()
        self._device.answered.append(self._device.loop.time())
        return [Reading(slot, value) for slot, value in enumerate(self._device.values)]

    async def subscribe(self, sink: Sink) -> None:
        return

    async def execute(self, slot: int, value: Scalar, hold_s: float | None = None) -> None:
        if value == "refuse":
            raise CommandRejectedError("the device refused")
        self._device.written.append((slot, value))
        self._device.told_to_hold.append(hold_s)
        self._device.values[slot] = value

    async def read_back(self, slot: int) -> Reading:
        await self._device.act()
        return Reading(slot, self._device.values[slot])

    async def self_test(self) -> SelfTest:
        return SelfTest(passed=True, detail="")

    async def describe(self) -> Description:
        return Description(
            holds_s=self._device.holds_s,
            groups=(
                PollGroup(
                    key="all",
                    slots=tuple(range(POINTS)),
                    period_s=self._link.poll_period_s,
                ),
            ),
            counters={"load": 0.25},
            frames=("> 00", "< 01"),
        )


class Stage:
    """Some links with their devices under one supervisor, in virtual time."""

    def __init__(
        self,
        loop: VirtualLoop,
        links: int = 1,
        *,
        period_s: float = 1.0,
        allowed_age_s: float = 2.5,
        settings: SupervisorSettings | None = None,
        **more: Any,
    ) -> None:
        self.loop = loop
        self.clock = VirtualClock(loop)
        self.devices = [Device(loop) for _ in range(links)]
        self.states: list[LinkState] = []
        self.table = PointTable([allowed_age_s] * (POINTS * links), self.clock)
        self.links = [
            LinkConfig(
                id=f"L{number}",
                driver="fake",
                settings={},
                poll_period_s=period_s,
                points=tuple(
                    BoundPoint(
                        slot=slot, equipment_id=f"E{number}", point_key=f"p{slot}", address={}
                    )
                    for slot in range(POINTS)
                ),
            )
            for number in range(links)
        ]
        self.supervisor = Supervisor(
            self.links,
            self.make_driver,
            self.table,
            point_index=lambda item, point: int(item[1:]) * POINTS + int(point[1:]),
            clock=self.clock,
            on_link_state=self.states.append,
            settings=settings,
            rng=random.Random(7),
            **more,
        )
        self.task: asyncio.Task[None] | None = None

    def make_driver(self, link: LinkConfig) -> FakeDriver:
        return FakeDriver(link, self.devices[int(link.id[1:])])

    def run_for(self, seconds: float) -> None:
        """Let virtual time pass, the supervisor running."""

        async def wait() -> None:
            if self.task is None:
                self.task = asyncio.get_running_loop().create_task(self.supervisor.run())
            await asyncio.sleep(seconds)

        self.loop.run_until_complete(wait())
        assert self.task is not None
        if self.task.done():
            self.task.result()

    def stop(self) -> None:
        """Cancel the supervisor and wait for its end."""

        async def end() -> None:
            assert self.task is not None
            self.task.cancel()
            await asyncio.gather(self.task, return_exceptions=True)

        self.loop.run_until_complete(end())

    def qualities(self, link: int = 0) -> list[Quality]:
        """Return the quality of each point of a link."""
        first = link * POINTS
        return [self.table.state(index).quality for index in range(first, first + POINTS)]

    def values(self, link: int = 0) -> list[Scalar]:
        """Return the value of each point of a link."""
        first = link * POINTS
        return [self.table.state(index).value for index in range(first, first + POINTS)]


LOAD = LinkMeter(equipment_id="E0", point_key="p2", counter="load", scale=100)
