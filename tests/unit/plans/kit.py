"""Plans, ledger, returner, carrier and gateway on a street that outlives them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from backend_bridge.commands import CommandGateway, Interlocks
from backend_bridge.commands.needs import Seen
from backend_bridge.contract.journal import CommandEvent, OrderEvent, PlanEvent
from backend_bridge.contract.plans import (
    CityPlan,
    PlanChange,
    PlanResult,
    ResumePlan,
    SetPlan,
    StopPlan,
)
from backend_bridge.contract.quality import Quality
from backend_bridge.core.bus import Bus
from backend_bridge.core.requests import Caller
from backend_bridge.services.overrides import OverrideLedger, Returner, load_ladder
from backend_bridge.services.plans import CarrierSettings, PlanCarrier, PlanDesk, load_plans
from tests.unit.overrides.kit import EPOCH, FAST, LAMP, OTHER, Life, Room, Street, catalogue, person

PARIS = ZoneInfo("Europe/Paris")
BOSS = person("boss", "PC-1", "view:*", "operate:*", "manage:*", "configure:*")
SETTINGS = CarrierSettings(look_s=0.001, start_s=0.0)

FLOOD = """
[[plan]]
key = "flood"
rung = "crisis"
kind = "lamp"
point = "level"
value = 100
longest_s = 7200.0
name = { fr = "Crue", en = "Flood" }
audience = { fr = "tous", en = "all" }
targets = { ids = ["EP-1-D1-01", "EP-1-D1-02"] }
condition = { kind = "bollard", point = "position", ids = ["BO-01"], below = 50, clear = 60 }
"""
NIGHT = """
[[plan]]
key = "night"
rung = "scenario"
kind = "lamp"
point = "level"
value = 30
longest_s = 36000.0
name = { fr = "Nuit", en = "Night" }
audience = { fr = "tous", en = "all" }
targets = { ids = ["EP-1-D1-01", "EP-1-D1-02"] }
window = { from = "22:00", to = "06:00" }
"""


class SeeingStreet(Street):
    """A street whose bollard's position is what a condition measures."""

    quality = Quality.GOOD

    def see(self, equipment_id: str, point_key: str) -> Seen | None:
        seen = super().see(equipment_id, point_key)
        return seen and Seen(seen.value, self.quality, 0)


@dataclass
class PlannedLife(Life):
    """One life of a bridge with plans."""

    desk: PlanDesk
    carrier: PlanCarrier


class PlanRoom(Room):
    """Hold one bridge's life after another, with plans read from files.

    It is 23:13 on a Tuesday in Dijon.
    """

    street: SeeingStreet

    def __init__(self, folder: Path, *texts: str) -> None:
        super().__init__()
        self.street = SeeingStreet(self.clock)
        self.street.fuse = self.journal.fuse
        self.folder = folder / "plans"
        self.folder.mkdir(exist_ok=True)
        self.carrier_settings = SETTINGS
        self.most = 2_500
        self.write(*texts)

    def write(self, *texts: str) -> None:
        """Let these be the plans of the next life."""
        (self.folder / "city.toml").write_text("\n".join(texts), "utf-8")

    @asynccontextmanager
    async def planned(self) -> AsyncIterator[PlannedLife]:
        """Run everything until the block ends or something kills it."""
        bus = self.bus = Bus()
        situation = await self.journal.situation()
        ladder = load_ladder()
        desk = PlanDesk(
            files=load_plans(
                [self.folder], self.facts, ladder, kinds=catalogue().kinds, sectors=()
            ),
            facts=self.facts,
            eyes=self.street,
            ladder=ladder,
            zone=PARIS,
            most=self.most,
            journal=self.journal,
            bus=bus,
            clock=self.clock,
            situation=situation,
        )
        ledger = OverrideLedger(
            facts=self.facts,
            eyes=self.street,
            holds=self.street,
            ladder=ladder,
            journal=self.journal,
            bus=bus,
            clock=self.clock,
            situation=situation,
            epoch=lambda: EPOCH,
            plans=desk,
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
        carrier = PlanCarrier(
            desk=desk,
            ledger=ledger,
            ladder=ladder,
            gateway=gateway.handlers(),
            way=self.street,
            bus=bus,
            clock=self.clock,
            epoch=lambda: EPOCH,
            settings=self.carrier_settings,
        )
        returner = Returner(
            ledger=ledger,
            door=gateway,
            field=self.street,
            bus=bus,
            clock=self.clock,
            epoch=lambda: EPOCH,
            heirs=carrier,
            settings=self.settings,
        )
        parts = (desk, ledger, gateway, carrier, returner)
        runs = [asyncio.create_task(part.run()) for part in parts]
        await asyncio.sleep(0)
        try:
            yield PlannedLife(ledger, returner, gateway, desk, carrier)
        finally:
            for run in runs:
                run.cancel()
            await asyncio.wait(runs)
            for run in runs:
                died = None if run.cancelled() else run.exception()
                if died is not None:  # otherwise a test would wait in vain for what is dead
                    raise died

    def tick(self, life: PlannedLife, seconds: float = 0.0) -> None:
        """Let time pass, and everybody look at the clock."""
        self.clock.advance(seconds)
        life.desk.wake()
        life.ledger.wake()

    async def enable(self, life: PlannedLife, key: str, *, on: bool = True) -> CityPlan:
        caller = Caller(
            user=BOSS.user,
            seat=BOSS.seat,
            console=BOSS.console,
            session=BOSS.session,
            rights=BOSS.rights,
            editing=True,
        )
        request = SetPlan(plan_key=key, enabled=on, reason="essai")
        return _plan(await life.desk.ask(caller, request))

    async def stop(
        self, life: PlannedLife, key: str, minutes: float | None = None, caller: Caller = BOSS
    ) -> CityPlan:
        until_ms = None if minutes is None else self.clock.now_ms() + round(minutes * 60_000)
        request = StopPlan(plan_key=key, reason="assez", until_ms=until_ms)
        return _plan(await life.desk.ask(caller, request))

    async def resume(self, life: PlannedLife, key: str) -> CityPlan:
        return _plan(await life.desk.ask(BOSS, ResumePlan(plan_key=key, reason="encore")))

    def flood(self, *, on: bool) -> None:
        """Let what the flood plan measures be so, or no more."""
        self.street.position = 0 if on else 100

    @property
    def lit(self) -> tuple[object, object]:
        """Return how both lamps really are."""
        return self.street.so(LAMP), self.street.so(OTHER)

    def told(self, key: str) -> list[tuple[PlanChange, CityPlan]]:
        """Return what the journal says of a plan, oldest first."""
        events = (entry.event for entry in self.journal.log)
        return [
            (event.change, event.plan)
            for event in events
            if isinstance(event, PlanEvent) and event.plan.key == key
        ]

    def commanded(self, user: str) -> set[str]:
        """Return which equipment a user ever commanded, refused or not."""
        return {
            entry.event.command.equipment_id
            for entry in self.journal.log
            if isinstance(entry.event, CommandEvent) and entry.event.command.issuer == user
        }

    def orders(self) -> list[str]:
        """Return who gave each order, oldest first."""
        found = {
            entry.event.order.key: entry.event.order.issuer
            for entry in self.journal.log
            if isinstance(entry.event, OrderEvent)
        }
        return list(found.values())


def _plan(result: object) -> CityPlan:
    assert isinstance(result, PlanResult)
    return result.plan
