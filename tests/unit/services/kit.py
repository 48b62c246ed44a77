"""A small territory and the services on it, drained by hand so that every step is the test's."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Sequence
from typing import TypeVar

import msgspec

from backend_bridge.contract.alarms import Alarm
from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.incidents import Incident
from backend_bridge.contract.journal import AlarmEvent, IncidentEvent, JournalEntry
from backend_bridge.contract.points import (
    Catalogue,
    Equipment,
    EquipmentKind,
    PointDef,
    Scalar,
    ServiceMark,
    ValueType,
)
from backend_bridge.contract.quality import Quality, ServiceState
from backend_bridge.contract.requests import AcknowledgeAlarm, Request, SetServiceState
from backend_bridge.contract.results import AlarmResult, IncidentResult, Result, ServiceResult
from backend_bridge.core.bus import Bus
from backend_bridge.core.driver import BoundPoint, LinkConfig
from backend_bridge.core.linkstate import LinkCause, LinkState
from backend_bridge.core.points import PointTable
from backend_bridge.core.requests import Caller
from backend_bridge.core.storage import Situation
from backend_bridge.services.alarms import (
    AlarmFiles,
    AlarmService,
    Design,
    Rule,
    Ways,
    incident_of,
    load_alarm_files,
)
from backend_bridge.services.facts import Facts
from backend_bridge.services.incidents import IncidentService, load_kinds
from backend_bridge.services.service_marks import ServiceMarks
from backend_bridge.services.tables import shipped_rules
from tests.fakes.clock import ManualClock
from tests.fakes.memory_journal import MemoryJournal

R = TypeVar("R", AlarmResult, IncidentResult, ServiceResult)

KINDS = (
    EquipmentKind(
        key="cabinet",
        trade="lighting",
        main_point="voltage_v",
        points=(
            PointDef(key="door_open", value_type=ValueType.BOOL),
            PointDef(
                key="voltage_v",
                value_type=ValueType.FLOAT,
                unit="V",
                low=0.0,
                high=500.0,
                decimals=1,
            ),
        ),
    ),
    EquipmentKind(
        key="feeder",
        trade="lighting",
        main_point="closed",
        points=(PointDef(key="closed", value_type=ValueType.BOOL),),
    ),
    EquipmentKind(
        key="lamp",
        trade="lighting",
        main_point="level",
        points=(
            PointDef(key="level", value_type=ValueType.INT, unit="%", low=0.0, high=100.0),
            PointDef(key="fault", value_type=ValueType.BOOL),
        ),
    ),
    EquipmentKind(
        key="bollard",
        trade="police",
        points=(
            PointDef(key="position", value_type=ValueType.INT),
            PointDef(key="commanded", value_type=ValueType.INT),
            PointDef(key="moving", value_type=ValueType.BOOL),
            PointDef(key="loop_occupied", value_type=ValueType.BOOL),
            PointDef(key="obstacle", value_type=ValueType.BOOL),
            PointDef(key="local_key", value_type=ValueType.BOOL),
            PointDef(key="fault", value_type=ValueType.BOOL),
        ),
    ),
    EquipmentKind(
        key="river_gauge",
        trade="environment",
        points=(PointDef(key="level_m", value_type=ValueType.FLOAT),),
    ),
    EquipmentKind(
        key="weather_station",
        trade="environment",
        points=(
            PointDef(key="road_c", value_type=ValueType.FLOAT),
            PointDef(key="wet", value_type=ValueType.BOOL),
            PointDef(key="ice", value_type=ValueType.BOOL),
        ),
    ),
)

OPERATOR = Caller(
    user="alice",
    seat="PC-1",
    console="console-1",
    session="s1",
    rights=frozenset({"view:*", "manage:*", "operate:*", "configure:*"}),
    editing=True,
)
VIEWER = Caller(
    user="victor", seat="PC-9", console="console-9", session="s9", rights=frozenset({"view:*"})
)


def person(user: str, seat: str, *rights: str) -> Caller:
    """Return somebody with the given rights, by default those of an operator of everything.

    Who may configure has edit mode on.
    """
    return Caller(
        user=user,
        seat=seat,
        console=f"console-{seat}",
        session=f"session-{user}",
        rights=frozenset(rights or ("view:*", "manage:*", "operate:*")),
        editing=any(right.startswith("configure:") for right in rights),
    )


def make_catalogue(cabinets: int = 1, feeders: int = 2, lamps: int = 3) -> Catalogue:
    """Return cabinets ``EP-0001`` … with feeders ``-D1`` … and lamps ``-D1-01`` … each."""
    sizes = {kind.key: len(kind.points) for kind in KINDS}
    first = 0
    found: list[Equipment] = []

    def add(equipment_id: str, kind: str, parent: str, place: str) -> None:
        nonlocal first
        found.append(
            Equipment(
                id=equipment_id,
                kind=kind,
                name=equipment_id,
                lon=5.04,
                lat=47.32,
                first_point=first,
                parent=parent,
                place=place,
                commune="Dijon",
            )
        )
        first += sizes[kind]

    for number in range(1, cabinets + 1):
        cabinet = f"EP-{number:04d}"
        add(cabinet, "cabinet", "", f"{number} rue de la Liberté")
        for feeder in range(1, feeders + 1):
            add(f"{cabinet}-D{feeder}", "feeder", cabinet, "")
            for lamp in range(1, lamps + 1):
                add(f"{cabinet}-D{feeder}-{lamp:02d}", "lamp", f"{cabinet}-D{feeder}", "")
    return Catalogue(
        revision="test",
        title="Test",
        demonstration=True,
        points_total=first,
        kinds=KINDS,
        equipment=tuple(found),
    )


def make_links(catalogue: Catalogue) -> tuple[LinkConfig, ...]:
    """Return one link for each cabinet, named ``L-<cabinet>``, with all points below it."""
    points_of = {kind.key: kind.points for kind in catalogue.kinds}
    links = []
    for cabinet in (item for item in catalogue.equipment if not item.parent):
        slot = itertools.count()
        links.append(
            LinkConfig(
                id=f"L-{cabinet.id}",
                driver="fake",
                settings={},
                points=tuple(
                    BoundPoint(
                        slot=next(slot), equipment_id=item.id, point_key=point.key, address={}
                    )
                    for item in catalogue.equipment
                    if item.id == cabinet.id or item.id.startswith(f"{cabinet.id}-")
                    for point in points_of[item.kind]
                ),
            )
        )
    return tuple(links)


class Room:
    """Hold a bridge without its sockets: field, journal, bus and services."""

    def __init__(
        self,
        *,
        catalogue: Catalogue | None = None,
        rules: Sequence[Rule] | None = None,
        journal: MemoryJournal | None = None,
        links: Sequence[LinkConfig] | None = None,
        designs: Sequence[Design] = (),
        ways: Ways | None = None,
    ) -> None:
        self.catalogue = catalogue or make_catalogue()
        self.links = make_links(self.catalogue) if links is None else tuple(links)
        self.facts = Facts(self.catalogue, self.links)
        shipped = load_alarm_files(shipped_rules(), _with_shipped_points())
        self.rules = tuple(shipped.rules if rules is None else rules)
        self.designs = tuple(shipped.designs if rules is None else designs)
        self.ways = ways or Ways()
        self.opens = dict(incident_of(self.rules))
        self.kinds = load_kinds(shipped_rules(), incident_of(shipped.rules))
        self.journal = journal or MemoryJournal()
        self.clock = ManualClock()

    async def start(self, situation: Situation | None = None) -> Room:
        """Make the services anew, as after a start of the bridge: the field has not spoken."""
        situation = situation or await self.journal.situation()
        self.bus = Bus()
        self.published: list[JournalEntry] = []
        self.bus.subscribe(self.published.append)
        self.table = PointTable([10.0] * self.catalogue.points_total, self.clock)
        self.source = self.table.add_source("test", range(self.catalogue.points_total))
        self.alarms = AlarmService(
            files=AlarmFiles(self.rules, self.designs),
            facts=self.facts,
            table=self.table,
            journal=self.journal,
            bus=self.bus,
            clock=self.clock,
            situation=situation,
            ways=self.ways,
        )
        self.incidents = IncidentService(
            kinds=self.kinds,
            opens=self.opens,
            facts=self.facts,
            journal=self.journal,
            bus=self.bus,
            clock=self.clock,
            situation=situation,
            networks=self.alarms.networks,
        )
        self.marks = ServiceMarks(
            facts=self.facts,
            journal=self.journal,
            bus=self.bus,
            clock=self.clock,
            situation=situation,
        )
        for actor in (self.alarms, self.incidents, self.marks):
            await actor.prepare()
        await self.settle()
        return self

    def point(self, equipment_id: str, point_key: str) -> int:
        equipment = self.facts.equipment(equipment_id)
        assert equipment is not None
        kind = self.facts.kind(equipment.kind)
        assert kind is not None
        return equipment.first_point + [p.key for p in kind.points].index(point_key)

    def set(
        self, equipment_id: str, point_key: str, value: Scalar, quality: Quality = Quality.GOOD
    ) -> None:
        """Let the field say one value."""
        self.table.apply(self.source, [(self.point(equipment_id, point_key), value, quality)])

    def all_good(self, below: str = "") -> None:
        """Let the field say that everything (under a cabinet) is as it should be."""
        normal: dict[str, Scalar] = {
            "door_open": False,
            "voltage_v": 230.0,
            "closed": True,
            "level": 100,
            "fault": False,
        }
        self.table.apply(
            self.source,
            [
                (item.first_point + offset, normal[point.key], Quality.GOOD)
                for item in self.catalogue.equipment
                if item.id.startswith(below)
                for offset, point in enumerate(_points(self.catalogue, item.kind))
            ],
        )

    def all_lost(self, below: str) -> None:
        """Let everything under a cabinet become unavailable, values kept."""
        self.table.apply(
            self.source,
            [
                (
                    item.first_point + offset,
                    self.table.state(item.first_point + offset).value,
                    Quality.UNAVAILABLE,
                )
                for item in self.catalogue.equipment
                if item.id.startswith(below)
                for offset, _ in enumerate(_points(self.catalogue, item.kind))
            ],
            heard=False,
        )

    def link(self, cabinet: str, *, up: bool, cause: LinkCause = LinkCause.UNAVAILABLE) -> None:
        """Let the supervisor say that a cabinet's link is up or down."""
        self.alarms.on_link_state(
            LinkState(
                link_id=f"L-{cabinet}",
                up=up,
                since_ms=self.clock.now_ms(),
                cause=LinkCause.NONE if up else cause,
            )
        )

    async def settle(self) -> None:
        """Drain all services until nothing moves."""
        for _ in range(6):
            for actor in (self.marks, self.alarms, self.incidents):
                await actor.drain()
        self.incidents.wake()

    async def advance(self, seconds: float) -> None:
        """Let time pass and everything due happen."""
        self.clock.advance(seconds)
        await self.settle()

    async def ask(self, caller: Caller, request: Request, result: type[R]) -> R:
        """Send a request to whichever service answers it."""
        handlers = {
            **self.alarms.handlers(),
            **self.incidents.handlers(),
            **self.marks.handlers(),
        }

        async def call() -> Result:
            return await handlers[type(request)](caller, request)

        task = asyncio.create_task(call())
        await asyncio.sleep(0)
        await self.settle()
        answer = await asyncio.wait_for(task, 5)
        assert isinstance(answer, result)
        return answer

    async def refused(self, caller: Caller, request: Request) -> RequestError:
        """Send a request that must be refused."""
        try:
            await self.ask(caller, request, AlarmResult)
        except RequestError as error:
            return error
        raise AssertionError(f"not refused: {request}")

    async def acknowledge(self, alarm_id: str, caller: Caller = OPERATOR) -> Alarm:
        request = AcknowledgeAlarm(alarm_id=alarm_id)
        return (await self.ask(caller, request, AlarmResult)).alarm

    async def mark(
        self,
        equipment_id: str,
        state: ServiceState,
        until_ms: int | None = None,
        caller: Caller = OPERATOR,
    ) -> ServiceMark:
        request = SetServiceState(
            equipment_id=equipment_id, state=state, reason="works", until_ms=until_ms
        )
        return (await self.ask(caller, request, ServiceResult)).mark

    def listed(self) -> tuple[Alarm, ...]:
        return self.alarms.listed()

    def one_alarm(self) -> Alarm:
        (alarm,) = self.listed()
        return alarm

    def one_incident(self) -> Incident:
        (incident,) = self.incidents.open_incidents()
        return incident

    def alarm_changes(self, alarm_id: str = "") -> list[str]:
        """Return what the journal says happened to alarms, oldest first."""
        return [
            entry.event.change.value
            for entry in self.journal.log
            if isinstance(entry.event, AlarmEvent)
            and (not alarm_id or entry.event.alarm.id == alarm_id)
        ]

    def incident_changes(self) -> list[str]:
        """Return what the journal says happened to incidents, oldest first."""
        return [
            entry.event.change.value
            for entry in self.journal.log
            if isinstance(entry.event, IncidentEvent)
        ]


def _points(catalogue: Catalogue, kind_key: str) -> tuple[PointDef, ...]:
    return next(kind.points for kind in catalogue.kinds if kind.key == kind_key)


def _with_shipped_points() -> tuple[EquipmentKind, ...]:
    """Return the test's kinds; every point a shipped rule names is among them."""
    return tuple(msgspec.structs.replace(kind) for kind in KINDS)
