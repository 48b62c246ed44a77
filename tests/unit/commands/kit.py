"""A gateway on a field that counts writes, fails on demand and can be killed at any await."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager

import msgspec

from backend_bridge.commands import CommandGateway, GatewaySettings, InterlockRule, Interlocks
from backend_bridge.commands.needs import Ledger, NoLedger, Seen
from backend_bridge.contract.commands import CommandOutcome, CommandRecord
from backend_bridge.contract.journal import CommandEvent, JournalEntry
from backend_bridge.contract.order_requests import CommandResult, ExecuteCommand
from backend_bridge.contract.points import (
    Commanding,
    Equipment,
    PointDef,
    Scalar,
    ServiceMark,
    ValueType,
    WayBack,
)
from backend_bridge.contract.quality import Quality
from backend_bridge.contract.safety import HandsOff
from backend_bridge.core.bus import Bus
from backend_bridge.core.driver import Reading
from backend_bridge.core.linkstate import LinkState
from backend_bridge.core.requests import Caller
from backend_bridge.core.storage import Draft
from backend_bridge.territory.records import Group
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
FREE = Commanding()
PROGRAMME = Commanding(back=WayBack.PROGRAMME, default_s=600.0, longest_s=3600.0)
POINTS = {
    "level": PointDef(
        key="level", value_type=ValueType.INT, unit="%", low=0.0, high=100.0, commanding=FREE
    ),
    "setpoint": PointDef(key="setpoint", value_type=ValueType.FLOAT, decimals=1, commanding=FREE),
    "on": PointDef(key="on", value_type=ValueType.BOOL, commanding=FREE),
    "text": PointDef(key="text", value_type=ValueType.TEXT, commanding=FREE),
    "dim": PointDef(
        key="dim",
        value_type=ValueType.INT,
        commanding=msgspec.structs.replace(PROGRAMME, held="held"),
    ),
    "blind": PointDef(key="blind", value_type=ValueType.INT, commanding=PROGRAMME),
    "held": PointDef(key="held", value_type=ValueType.BOOL),
    "gate": PointDef(
        key="gate",
        value_type=ValueType.INT,
        commanding=Commanding(
            values=(0, 100),
            back=WayBack.REST,
            rest=0,
            shows="position",
            settle_s=0.05,
            dangerous=(50,),
        ),
    ),
    "siren": PointDef(
        key="siren", value_type=ValueType.BOOL, commanding=Commanding(dangerous=(True,))
    ),
    "barrier": PointDef(
        key="barrier", value_type=ValueType.INT, commanding=Commanding(refusal="why")
    ),
    "why": PointDef(key="why", value_type=ValueType.INT),
    "position": PointDef(key="position", value_type=ValueType.INT),
    "loop": PointDef(key="loop", value_type=ValueType.BOOL),
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
    """Know one lamp, and as many others as a test names."""

    def __init__(self) -> None:
        self.ids = [LAMP]
        self.groups: list[Group] = []
        self.kinds: dict[str, str] = {}

    def equipment(self, equipment_id: str) -> Equipment | None:
        if equipment_id not in self.ids:
            return None
        return Equipment(
            id=equipment_id, kind=self.kinds.get(equipment_id, "lamp"),
            name=f"Lampe {equipment_id}", lon=0.0, lat=0.0, first_point=0, sector="Centre",
        )  # fmt: skip

    def point(self, equipment_id: str, point_key: str) -> PointDef | None:
        return POINTS.get(point_key) if equipment_id in self.ids else None

    def all_equipment(self) -> Iterable[Equipment]:
        return [item for item in map(self.equipment, self.ids) if item is not None]

    def ancestors(self, equipment_id: str) -> Iterator[str]:
        return iter(())

    def related(self, equipment_id: str, relation: str) -> Sequence[str]:
        return ()

    def groups_of(self, equipment_id: str) -> Sequence[Group]:
        return [group for group in self.groups if equipment_id in group.members]


class Eyes:
    """See the fake field as the last poll did: good and fresh, unless a test says otherwise."""

    def __init__(self, field: FakeField) -> None:
        self.field = field
        self.seen: dict[str, Seen] = {}

    def see(self, equipment_id: str, point_key: str) -> Seen | None:
        if point_key in self.seen:
            return self.seen[point_key]
        return Seen(self.field.values.get(point_key), Quality.GOOD, 1)


class Marks:
    """Say whether the lamp is out of service."""

    mark: ServiceMark | None = None

    def covering(self, equipment_id: str) -> ServiceMark | None:
        return self.mark


class Hands:
    """Say whether technicians have their hands in the lamp."""

    zone: HandsOff | None = None

    def covering(self, equipment_id: str) -> HandsOff | None:
        return self.zone


class FakeField:
    """Hold the values of the field, outside of the bridge: it survives its death.

    Attributes:
        writes: every write that reached the device, in order.
        error: raised by a write, after it took effect when ``takes`` is true.
        takes: whether writes take effect.
        after: reads before a write shows.
        deaf: equipment whose writes never take effect.
        links: link by equipment id, "L" for those not named.
        on_write: told of each write that takes effect; ``on_read`` of each point read, before.
        reads: every point that was read back, in order.
        busy: writes going on now, ``most_busy`` the most there ever were; ``overlap`` says that
            two ever were on one point.
    """

    def __init__(self) -> None:
        self.values: dict[str, Scalar] = {
            "level": 0, "setpoint": 0.0, "on": False, "text": "", "dim": 30, "blind": 30,
            "held": True, "gate": 0, "position": 0, "loop": False, "siren": False,
            "barrier": 0, "why": 0,
        }  # fmt: skip
        self.deaf: set[str] = set()
        self.links: dict[str, str] = {}
        self.holds: list[float | None] = []
        self.most_busy = 0
        self.on_write: Callable[[str, Scalar], None] = lambda _point, _value: None
        self.on_read: Callable[[str], None] = lambda _point: None
        self.reads: list[str] = []
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

    async def execute(
        self, equipment_id: str, point_key: str, value: Scalar, hold_s: float | None = None
    ) -> None:
        place = self.place(equipment_id, point_key)
        self.overlap = self.overlap or place in self.busy
        self.busy.add(place)
        self.most_busy = max(self.most_busy, len(self.busy))
        self.holds.append(hold_s)
        try:
            await asyncio.sleep(0)
            self.fuse.step()
            await self.gate.wait()
            self.writes.append((place, value))
            if self.takes and equipment_id not in self.deaf:
                self.values[place] = value
                self.on_write(point_key, value)
            await asyncio.sleep(0)
            self.fuse.step()
            if self.hang:
                await asyncio.Event().wait()
            if self.error is not None:
                raise self.error
        finally:
            self.busy.discard(place)

    async def read_back(self, equipment_id: str, point_key: str) -> Reading:
        await asyncio.sleep(0)
        self.fuse.step()
        self.reads.append(point_key)
        self.on_read(point_key)
        if self.read_error is not None:
            raise self.read_error
        if self.after > 0:
            self.after -= 1
            return Reading(0, 77, Quality.GOOD)
        known = self.values.get(self.place(equipment_id, point_key))
        return Reading(0, self.values[point_key] if known is None else known, self.quality)

    def place(self, equipment_id: str, point_key: str) -> str:
        """Return where a value is kept: the lamp's own by its point, others' beside it."""
        return point_key if equipment_id == LAMP else f"{equipment_id}/{point_key}"

    def link_of(self, equipment_id: str) -> LinkState | None:
        if not self.linked:
            return None
        return LinkState(link_id=self.links.get(equipment_id, "L"), up=self.up, since_ms=0)


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
        self.hands = Hands()
        self.places = Places()
        self.eyes = Eyes(self.field)
        self.rules: tuple[InterlockRule, ...] = ()
        self.ledger: Ledger = NoLedger()
        self.epoch = EPOCH
        self.published: list[JournalEntry] = []

    @asynccontextmanager
    async def life(self) -> AsyncIterator[CommandGateway]:
        """Run a gateway until the block ends or something kills it."""
        bus = Bus()
        bus.subscribe(self.published.append)
        situation = await self.journal.situation()
        gateway = CommandGateway(
            facts=self.places,
            field=self.field,
            marks=self.marks,
            hands=self.hands,
            ledger=self.ledger,
            interlocks=Interlocks(
                rules=self.rules,
                ground=self.places,
                eyes=self.eyes,
                marks=situation.interlocks,
                wiring=lambda _: {},
                now_ms=self.clock.now_ms(),
            ),
            journal=self.journal,
            bus=bus,
            clock=self.clock,
            situation=situation,
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
