"""The services of a bridge, each made from what it needs; nothing here runs yet."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from zoneinfo import ZoneInfo

from backend_bridge.commands import (
    CommandGateway,
    GatewaySettings,
    InterlockRule,
    Interlocks,
    TableEyes,
)
from backend_bridge.contract.times import Clock
from backend_bridge.core.bus import Bus
from backend_bridge.core.points import PointTable
from backend_bridge.core.requests import Handler
from backend_bridge.core.storage import AuditStore, HistoryStore, JournalStore, Situation
from backend_bridge.core.supervisor import Supervisor
from backend_bridge.queries import Queries, ground_names
from backend_bridge.services.actor import JournalActor
from backend_bridge.services.alarms import (
    AlarmFiles,
    AlarmHistory,
    AlarmService,
    Ways,
    incident_of,
)
from backend_bridge.services.audit import AuditDesk
from backend_bridge.services.compositions import CompositionService
from backend_bridge.services.edit_mode import EditMode
from backend_bridge.services.facts import Facts
from backend_bridge.services.hands_off import HandsOffZones
from backend_bridge.services.incidents import IncidentService
from backend_bridge.services.incidents.kinds import IncidentKind
from backend_bridge.services.overrides import Ladder, OverrideLedger, Returner
from backend_bridge.services.places import PlaceFinder
from backend_bridge.services.plans import PlanCarrier, PlanDesk, PlanFiles
from backend_bridge.services.service_marks import ServiceMarks
from backend_bridge.services.streams import Source, StreamService
from backend_bridge.services.winter import CircuitService
from backend_bridge.territory import Territory
from backend_bridge.territory.circuits import planned_circuits


@dataclass(frozen=True, slots=True)
class Ground:
    """What the services stand on; lives as long as the bridge.

    ``epoch`` returns the bridge epoch that commands must name; the wire makes it.
    """

    territory: Territory
    facts: Facts
    table: PointTable
    supervisor: Supervisor
    bus: Bus
    clock: Clock
    alarm_files: AlarmFiles
    incident_kinds: Mapping[str, IncidentKind]
    interlocks: Sequence[InterlockRule]
    gateway: GatewaySettings
    ladder: Ladder
    plans: PlanFiles
    zone: ZoneInfo
    epoch: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Services:
    """Every service of a bridge, what must run of them, and what answers which request."""

    alarms: AlarmService
    incidents: IncidentService
    gateway: CommandGateway
    returner: Returner
    carrier: PlanCarrier
    edit_mode: EditMode
    actors: tuple[JournalActor, ...]
    handlers: Mapping[type, Handler]


def make_services(
    ground: Ground,
    journal: JournalStore,
    audit: AuditStore,
    history: HistoryStore,
    situation: Situation,
) -> Services:
    """Return the services, knowing what held when the bridge last committed."""
    facts, bus, clock, territory = ground.facts, ground.bus, ground.clock, ground.territory
    alarms = AlarmService(
        files=ground.alarm_files,
        facts=facts,
        table=ground.table,
        journal=journal,
        bus=bus,
        clock=clock,
        situation=situation,
        ways=Ways(territory.uplinks, territory.uplink_of),
    )
    incidents = IncidentService(
        kinds=ground.incident_kinds,
        opens=incident_of(ground.alarm_files.rules),
        facts=facts,
        journal=journal,
        bus=bus,
        clock=clock,
        situation=situation,
        networks=alarms.networks,
    )
    audit_desk = AuditDesk(audit=audit, facts=facts, journal=journal, bus=bus, clock=clock)
    edit_mode = EditMode(journal=journal, bus=bus, clock=clock)
    zones = HandsOffZones(
        facts=facts,
        sectors=territory.sector_names,
        journal=journal,
        bus=bus,
        clock=clock,
        situation=situation,
    )
    marks = ServiceMarks(facts=facts, journal=journal, bus=bus, clock=clock, situation=situation)
    circuits = CircuitService(
        plan=planned_circuits(territory),
        journal=journal,
        bus=bus,
        clock=clock,
        situation=situation,
    )
    compositions = CompositionService(
        facts=facts, journal=journal, bus=bus, clock=clock, situation=situation
    )
    streams = StreamService(
        sources={
            item_id: Source(camera.stream, frozenset(camera.seats))
            for item_id, camera in territory.cameras.items()
        },
        facts=facts,
        marks=marks,
        journal=journal,
        bus=bus,
        clock=clock,
    )
    eyes = TableEyes(ground.table, territory.point_index, clock)
    plans = PlanDesk(
        files=ground.plans,
        facts=facts,
        eyes=eyes,
        ladder=ground.ladder,
        zone=ground.zone,
        most=ground.gateway.largest_alone,
        journal=journal,
        bus=bus,
        clock=clock,
        situation=situation,
    )
    ledger = OverrideLedger(
        facts=facts,
        eyes=eyes,
        holds=ground.supervisor,
        ladder=ground.ladder,
        journal=journal,
        bus=bus,
        clock=clock,
        situation=situation,
        epoch=ground.epoch,
        plans=plans,
    )
    gateway = CommandGateway(
        facts=facts,
        field=ground.supervisor,
        marks=marks,
        hands=zones,
        interlocks=Interlocks(
            rules=ground.interlocks,
            ground=facts,
            eyes=eyes,
            marks=situation.interlocks,
            wiring=partial(_wiring, territory),
            now_ms=clock.now_ms(),
        ),
        ledger=ledger,
        journal=journal,
        bus=bus,
        clock=clock,
        situation=situation,
        epoch=ground.epoch,
        settings=ground.gateway,
    )
    carrier = PlanCarrier(
        desk=plans,
        ledger=ledger,
        ladder=ground.ladder,
        gateway=gateway.handlers(),
        way=ground.supervisor,
        bus=bus,
        clock=clock,
        epoch=ground.epoch,
    )
    returner = Returner(
        ledger=ledger,
        door=gateway,
        field=ground.supervisor,
        bus=bus,
        clock=clock,
        epoch=ground.epoch,
        heirs=carrier,
    )
    queries = Queries(territory, journal, history, ground.supervisor)
    places = PlaceFinder(lambda: ground_names(territory))
    actors: tuple[JournalActor, ...] = (
        *(alarms, incidents, marks, circuits, compositions, streams),
        *(edit_mode, zones, plans, ledger, audit_desk),
    )
    handlers: dict[type, Handler] = {}
    for actor in actors:
        handlers.update(actor.handlers())
    for part in (
        gateway,
        returner,
        queries,
        places,
        AlarmHistory(journal, facts, clock, alarms.listed),
    ):
        handlers.update(part.handlers())
    return Services(
        alarms=alarms,
        incidents=incidents,
        gateway=gateway,
        returner=returner,
        carrier=carrier,
        edit_mode=edit_mode,
        actors=actors,
        handlers=handlers,
    )


def _wiring(
    territory: Territory, wanted: Collection[tuple[str, str]]
) -> Mapping[tuple[str, str], str]:
    """Return where points lie in the field: driver, device and address; hosts may move."""
    return {
        (bound.equipment_id, bound.point_key): f"{link.driver} {link.model} {bound.address}"
        for link in territory.links
        for bound in link.points
        if (bound.equipment_id, bound.point_key) in wanted
    }
