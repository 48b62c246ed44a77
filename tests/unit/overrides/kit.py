"""Ledger, returner and gateway on a street that holds, forgets, refuses and outlives them."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from msgspec.structs import replace

from backend_bridge.commands import CommandGateway, GatewaySettings, Interlocks
from backend_bridge.commands.needs import Seen
from backend_bridge.contract.commands import CommandRecord
from backend_bridge.contract.journal import CommandEvent, OverrideEvent
from backend_bridge.contract.order_requests import (
    CommandResult,
    EndOverride,
    ExecuteCommand,
    ExtendOverride,
    OverrideResult,
)
from backend_bridge.contract.overrides import Override, OverrideChange
from backend_bridge.contract.points import (
    Catalogue,
    Equipment,
    EquipmentKind,
    Scalar,
    ServiceMark,
)
from backend_bridge.contract.quality import Quality
from backend_bridge.core.bus import Bus
from backend_bridge.core.driver import Reading
from backend_bridge.core.errors import DeviceUnavailableError
from backend_bridge.core.linkstate import LinkState
from backend_bridge.core.requests import Caller
from backend_bridge.services.facts import Facts
from backend_bridge.services.overrides import (
    OverrideLedger,
    Returner,
    ReturnSettings,
    load_ladder,
)
from backend_bridge.territory.library import kinds
from tests.fakes.clock import ManualClock
from tests.unit.commands.kit import FusedJournal

LAMP, OTHER, FEEDER, BOLLARD = "EP-1-D1-01", "EP-1-D1-02", "EP-1-D1", "BO-01"
PROGRAMME = 50
EPOCH = "epoch-1"
TEN_MIN_MS = 600_000
SETTLE_S = 0.02
"""Instead of a bollard's seconds."""
FAST = GatewaySettings(
    execute_s=0.5,
    read_s=0.5,
    verify_tries=3,
    verify_pause_s=0.0,
    verify_s=0.05,
    recover_wait_s=0.0,
    recover_pause_s=0.0,
    retry_s=0.0,
)
HASTY = ReturnSettings(look_s=0.001, retry_s=0.01, longest_retry_s=0.02, start_s=0.0, read_s=0.5)


def person(user: str, seat: str = "PC-1", *rights: str) -> Caller:
    return Caller(
        user=user,
        seat=seat,
        console=f"c-{seat}",
        session=f"s-{user}",
        rights=frozenset(rights or ("view:*", "operate:*")),
    )


ALICE, BOB = person("alice"), person("bob", "PC-2")


def _kind(key: str) -> EquipmentKind:
    """Return a kind as it ships, but for the time its effects may take."""
    kind = kinds()[key].kind
    points = []
    for point in kind.points:
        commanding = point.commanding
        if commanding is not None:
            commanding = replace(commanding, settle_s=SETTLE_S)
        points.append(replace(point, commanding=commanding))
    return replace(kind, points=tuple(points))


def catalogue() -> Catalogue:
    first = itertools.count(0, 16)
    named = {FEEDER: "feeder", LAMP: "lamp", OTHER: "lamp", BOLLARD: "bollard"}
    return Catalogue(
        revision="test",
        title="Test",
        demonstration=True,
        points_total=64,
        kinds=tuple(_kind(kind) for kind in ("feeder", "lamp", "bollard")),
        equipment=tuple(
            Equipment(id=item, kind=kind, name=item, lon=5.0, lat=47.0, first_point=next(first))
            for item, kind in named.items()
        ),
    )


@dataclass
class _Lamp:
    commanded: int | None = None
    until_s: float | None = None


class Street:
    """Be the field: lamps on their programme, a feeder, a bollard; it knows nothing of the bridge.

    Attributes:
        writes: every write that reached it: equipment, value and hold.
        longest_s: how long lamps can hold, 0 for devices that take nothing back.
        forgets: lamps let go when their hold is over.
        refuse: raised by the next writes to an equipment.
        lost: equipment that does what it is told and does not answer.
    """

    def __init__(self, clock: ManualClock) -> None:
        self.clock = clock
        self.writes: list[tuple[str, Scalar, float | None]] = []
        self.longest_s = 0.0
        self.forgets = True
        self.refuse: dict[str, Exception] = {}
        self.lost: set[str] = set()
        self.up = True
        self.fuse = FusedJournal().fuse
        self.gate = asyncio.Event()
        self.gate.set()
        self.lamps = {LAMP: _Lamp(), OTHER: _Lamp()}
        self.closed = True
        self.position = 100

    def so(self, equipment: str) -> Scalar:
        """Return how an equipment really is."""
        if equipment in self.lamps:
            commanded = self._lamp(equipment).commanded
            return PROGRAMME if commanded is None else commanded
        return self.closed if equipment == FEEDER else self.position

    def held(self, equipment: str) -> bool:
        return self._lamp(equipment).commanded is not None

    def longest_hold_s(self, equipment_id: str, point_key: str) -> float:
        return self.longest_s if equipment_id in self.lamps and point_key == "level" else 0.0

    async def execute(
        self, equipment_id: str, point_key: str, value: Scalar, hold_s: float | None = None
    ) -> None:
        await asyncio.sleep(0)
        self.fuse.step()
        await self.gate.wait()
        self.writes.append((equipment_id, value, hold_s))
        if equipment_id in self.refuse:
            raise self.refuse[equipment_id]
        if equipment_id in self.lamps:
            assert value is None or isinstance(value, int)
            until_s = None if hold_s is None else self.clock.mono_s() + hold_s
            self.lamps[equipment_id] = _Lamp(value, until_s)
        elif equipment_id == FEEDER:
            self.closed = bool(value)
        else:
            assert isinstance(value, int)
            self.position = value
        await asyncio.sleep(0)
        self.fuse.step()
        if equipment_id in self.lost:
            raise DeviceUnavailableError("no answer")

    async def read_back(self, equipment_id: str, point_key: str) -> Reading:
        await asyncio.sleep(0)
        self.fuse.step()
        if equipment_id in self.lost:
            raise DeviceUnavailableError("no answer")
        so = self.held(equipment_id) if point_key == "held" else self.so(equipment_id)
        return Reading(0, so, Quality.GOOD)

    def link_of(self, equipment_id: str) -> LinkState | None:
        return self.link

    @property
    def link(self) -> LinkState:
        return LinkState(link_id="L", up=self.up, since_ms=0)

    def see(self, equipment_id: str, point_key: str) -> Seen | None:
        return Seen(self.so(equipment_id), Quality.GOOD, 0)

    def _lamp(self, equipment: str) -> _Lamp:
        lamp = self.lamps[equipment]
        if self.forgets and lamp.until_s is not None and self.clock.mono_s() >= lamp.until_s:
            lamp = self.lamps[equipment] = _Lamp()
        return lamp


class Marks:
    """Say what is out of service: nothing, or everything."""

    mark: ServiceMark | None = None

    def covering(self, equipment_id: str) -> ServiceMark | None:
        return self.mark


@dataclass
class Life:
    """One life of a bridge."""

    ledger: OverrideLedger
    returner: Returner
    gateway: CommandGateway


class Room:
    """Hold one bridge's life after another on the same street and journal."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.street = Street(self.clock)
        self.journal = FusedJournal()
        self.street.fuse = self.journal.fuse
        self.marks = Marks()
        self.bus = Bus()
        self.settings = HASTY
        self.facts = Facts(catalogue())
        self._keys = itertools.count(1)

    @asynccontextmanager
    async def life(self) -> AsyncIterator[Life]:
        """Run ledger, gateway and returner until the block ends or something kills one of them."""
        bus = self.bus = Bus()
        situation = await self.journal.situation()
        ledger = OverrideLedger(
            facts=self.facts,
            eyes=self.street,
            holds=self.street,
            ladder=load_ladder(),
            journal=self.journal,
            bus=bus,
            clock=self.clock,
            situation=situation,
            epoch=lambda: EPOCH,
        )
        gateway = CommandGateway(
            facts=self.facts,
            field=self.street,
            marks=self.marks,
            interlocks=Interlocks(
                rules=(),
                ground=self.facts,
                eyes=self.street,
                marks=situation.interlocks,
                wiring=lambda _: {},
                now_ms=self.clock.now_ms(),
            ),
            journal=self.journal,
            bus=bus,
            clock=self.clock,
            situation=situation,
            epoch=lambda: EPOCH,
            ledger=ledger,
            settings=FAST,
        )
        returner = Returner(
            ledger=ledger,
            door=gateway,
            field=self.street,
            bus=bus,
            clock=self.clock,
            epoch=lambda: EPOCH,
            settings=self.settings,
        )
        runs = [asyncio.create_task(part.run()) for part in (ledger, gateway, returner)]
        await asyncio.sleep(0)
        try:
            yield Life(ledger, returner, gateway)
        finally:
            for run in runs:
                run.cancel()
            await asyncio.wait(runs)
            for run in runs:
                if not run.cancelled():
                    run.exception()

    def pass_time(self, seconds: float, life: Life) -> None:
        """Let time pass, and the ledger look at the clock."""
        self.clock.advance(seconds)
        life.ledger.wake()

    async def command(
        self,
        life: Life,
        value: Scalar = 80,
        *,
        on: str = LAMP,
        caller: Caller = ALICE,
        minutes: float | None = 10.0,
    ) -> CommandRecord:
        """Command an equipment as a console does."""
        until_ms = None if minutes is None else self.clock.now_ms() + round(minutes * 60_000)
        request = ExecuteCommand(
            key=f"k{next(self._keys)}",
            epoch=EPOCH,
            equipment_id=on,
            point_key={FEEDER: "closed", BOLLARD: "commanded"}.get(on, "level"),
            value=value,
            deadline_ms=self.clock.now_ms() + 10_000,
            reason="ronde",
            until_ms=until_ms,
        )
        result = await life.gateway.execute(caller, request)
        assert isinstance(result, CommandResult)
        return result.command

    async def end(self, life: Life, override_id: str, caller: Caller = ALICE) -> Override:
        request = EndOverride(override_id=override_id, epoch=EPOCH)
        result = await asyncio.wait_for(life.ledger.end(caller, request), 5)
        assert isinstance(result, OverrideResult)
        return result.override

    async def extend(
        self, life: Life, override_id: str, minutes: float, caller: Caller = ALICE
    ) -> Override:
        until_ms = self.clock.now_ms() + round(minutes * 60_000)
        request = ExtendOverride(override_id=override_id, until_ms=until_ms, reason="encore")
        result = await asyncio.wait_for(life.returner.extend(caller, request), 5)
        assert isinstance(result, OverrideResult)
        return result.override

    def changes(self, override_id: str) -> list[OverrideChange]:
        """Return what the journal says became of an override, oldest first."""
        return [entry.change for entry in self._events() if entry.override.id == override_id]

    def last(self, override_id: str) -> Override:
        """Return an override as the journal knows it."""
        return [entry.override for entry in self._events() if entry.override.id == override_id][-1]

    def returns(self) -> list[CommandRecord]:
        """Return the last state of each command that took something back."""
        found = {
            entry.event.command.key: entry.event.command
            for entry in self.journal.log
            if isinstance(entry.event, CommandEvent) and entry.event.command.override
        }
        return list(found.values())

    def _events(self) -> Sequence[OverrideEvent]:
        events = (entry.event for entry in self.journal.log)
        return [event for event in events if isinstance(event, OverrideEvent)]
