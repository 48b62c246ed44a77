"""A gateway on a field that counts writes, fails on demand and can be killed at any await."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from backend_bridge.commands import CommandGateway, GatewaySettings
from backend_bridge.contract.commands import CommandOutcome, CommandRecord
from backend_bridge.contract.journal import CommandEvent, JournalEntry
from backend_bridge.contract.points import Equipment, PointDef, Scalar, ServiceMark, ValueType
from backend_bridge.contract.quality import Quality
from backend_bridge.contract.requests import ExecuteCommand
from backend_bridge.contract.results import CommandResult
from backend_bridge.core.bus import Bus
from backend_bridge.core.driver import Reading
from backend_bridge.core.linkstate import LinkState
from backend_bridge.core.requests import Caller
from backend_bridge.core.storage import Draft
from tests.fakes.clock import ManualClock
from tests.fakes.memory_journal import MemoryJournal

LAMP = "EP-0001-D1-01"
EPOCH = "epoch-1"
OPERATOR = Caller(
    user="alice",
    seat="PC-1",
    console="console-1",
    session="s1",
    rights=frozenset({"view:*", "operate:lamp"}),
)
POINTS = {
    "level": PointDef(key="level", value_type=ValueType.INT, unit="%", low=0.0, high=100.0),
    "setpoint": PointDef(key="setpoint", value_type=ValueType.FLOAT, decimals=1),
    "on": PointDef(key="on", value_type=ValueType.BOOL),
    "text": PointDef(key="text", value_type=ValueType.TEXT),
}
FAST = GatewaySettings(
    execute_s=0.2,
    read_s=0.2,
    verify_tries=3,
    verify_pause_s=0.0,
    recover_wait_s=0.0,
    recover_pause_s=0.0,
    retry_s=0.0,
)


class Killed(BaseException):
    """Stand for ``kill -9``: nothing catches it, nothing after it runs."""


class Fuse:
    """Kill the process at the n-th await of the outside world; 0 for never."""

    def __init__(self, at: int = 0) -> None:
        self.at = at
        self.passed = 0

    def step(self) -> None:
        self.passed += 1
        if self.at and self.passed >= self.at:
            raise Killed


class Places:
    """Know one lamp."""

    def equipment(self, equipment_id: str) -> Equipment | None:
        if equipment_id != LAMP:
            return None
        return Equipment(id=LAMP, kind="lamp", name=LAMP, lon=0.0, lat=0.0, first_point=0)

    def point(self, equipment_id: str, point_key: str) -> PointDef | None:
        return POINTS.get(point_key) if equipment_id == LAMP else None


class Marks:
    """Say whether the lamp is out of service."""

    mark: ServiceMark | None = None

    def covering(self, equipment_id: str) -> ServiceMark | None:
        return self.mark


class FakeField:
    """Hold the values of the field, outside of the bridge: it survives its death.

    Attributes:
        writes: every write that reached the device, in order.
        error: raised by a write, after it took effect when ``takes`` is true.
        takes: whether writes take effect.
        after: reads before a write shows.
        busy: writes going on now; ``overlap`` says that two ever were on one point.
    """

    def __init__(self) -> None:
        self.values: dict[str, Scalar] = {"level": 0, "setpoint": 0.0, "on": False, "text": ""}
        self.writes: list[tuple[str, Scalar]] = []
        self.error: Exception | None = None
        self.read_error: Exception | None = None
        self.quality = Quality.GOOD
        self.takes = True
        self.after = 0
        self.up = True
        self.linked = True
        self.fuse = Fuse()
        self.hang = False
        self.gate = asyncio.Event()
        self.gate.set()
        self.busy: set[str] = set()
        self.overlap = False

    async def execute(self, equipment_id: str, point_key: str, value: Scalar) -> None:
        self.overlap = self.overlap or point_key in self.busy
        self.busy.add(point_key)
        try:
            await asyncio.sleep(0)
            self.fuse.step()
            await self.gate.wait()
            self.writes.append((point_key, value))
            if self.takes:
                self.values[point_key] = value
            await asyncio.sleep(0)
            self.fuse.step()
            if self.hang:
                await asyncio.Event().wait()
            if self.error is not None:
                raise self.error
        finally:
            self.busy.discard(point_key)

    async def read_back(self, equipment_id: str, point_key: str) -> Reading:
        await asyncio.sleep(0)
        self.fuse.step()
        if self.read_error is not None:
            raise self.read_error
        if self.after > 0:
            self.after -= 1
            return Reading(0, 77, Quality.GOOD)
        return Reading(0, self.values[point_key], self.quality)

    def link_of(self, equipment_id: str) -> LinkState | None:
        if not self.linked:
            return None
        return LinkState(link_id="L", up=self.up, since_ms=0)


class FusedJournal(MemoryJournal):
    """Die before or right after a commit."""

    def __init__(self) -> None:
        super().__init__()
        self.fuse = Fuse()

    async def append(self, drafts: Sequence[Draft]) -> list[JournalEntry]:
        self.fuse.step()
        entries = await super().append(drafts)
        self.fuse.step()
        return entries

    async def command(self, key: str) -> CommandRecord | None:
        self.fuse.step()
        return await super().command(key)


class Desk:
    """Hold one bridge's life after another on the same field and journal."""

    def __init__(self, settings: GatewaySettings = FAST) -> None:
        self.settings = settings
        self.clock = ManualClock()
        self.field = FakeField()
        self.journal = FusedJournal()
        self.marks = Marks()
        self.epoch = EPOCH
        self.published: list[JournalEntry] = []

    @asynccontextmanager
    async def life(self) -> AsyncIterator[CommandGateway]:
        """Run a gateway until the block ends or something kills it."""
        bus = Bus()
        bus.subscribe(self.published.append)
        gateway = CommandGateway(
            facts=Places(),
            field=self.field,
            marks=self.marks,
            journal=self.journal,
            bus=bus,
            clock=self.clock,
            situation=await self.journal.situation(),
            epoch=lambda: self.epoch,
            settings=self.settings,
        )
        running = asyncio.create_task(gateway.run())
        await asyncio.sleep(0)
        try:
            yield gateway
        finally:
            running.cancel()
            await asyncio.wait([running])
            if not running.cancelled():
                running.exception()

    def request(
        self,
        value: Scalar = 80,
        *,
        key: str = "k1",
        point: str = "level",
        equipment: str = LAMP,
        epoch: str = EPOCH,
        reason: str = "essai",
        within_s: float = 10.0,
    ) -> ExecuteCommand:
        return ExecuteCommand(
            key=key,
            epoch=epoch,
            equipment_id=equipment,
            point_key=point,
            value=value,
            deadline_ms=self.clock.now_ms() + round(within_s * 1000),
            reason=reason,
        )

    async def run(self, request: ExecuteCommand, caller: Caller = OPERATOR) -> CommandRecord:
        """Carry out one command in a life of its own."""
        async with self.life() as gateway:
            return await execute(gateway, request, caller)

    def outcomes(self, key: str = "k1") -> list[CommandOutcome]:
        """Return what the journal says became of a command, oldest first."""
        return [
            entry.event.command.outcome
            for entry in self.journal.log
            if isinstance(entry.event, CommandEvent) and entry.event.command.key == key
        ]


async def execute(
    gateway: CommandGateway, request: ExecuteCommand, caller: Caller = OPERATOR
) -> CommandRecord:
    """Ask as the wire does and return the record."""
    result = await asyncio.wait_for(gateway.execute(caller, request), 5)
    assert isinstance(result, CommandResult)
    return result.command
