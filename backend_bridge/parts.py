"""The services of a bridge, each made from what it needs; nothing here runs yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from backend_bridge.commands import CommandGateway
from backend_bridge.contract.times import Clock
from backend_bridge.core.bus import Bus
from backend_bridge.core.points import PointTable
from backend_bridge.core.requests import Handler
from backend_bridge.core.storage import HistoryStore, JournalStore, Situation
from backend_bridge.core.supervisor import Supervisor
from backend_bridge.queries import Queries, ground_names
from backend_bridge.services.actor import JournalActor
from backend_bridge.services.alarms import AlarmHistory, AlarmService, incident_of
from backend_bridge.services.alarms.rules import Rule
from backend_bridge.services.compositions import CompositionService
from backend_bridge.services.facts import Facts
from backend_bridge.services.incidents import IncidentService
from backend_bridge.services.incidents.kinds import IncidentKind
from backend_bridge.services.places import PlaceFinder
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
    rules: Sequence[Rule]
    incident_kinds: Mapping[str, IncidentKind]
    epoch: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Services:
    """Every service of a bridge, what must run of them, and what answers which request."""

    alarms: AlarmService
    incidents: IncidentService
    gateway: CommandGateway
    actors: tuple[JournalActor, ...]
    handlers: Mapping[type, Handler]


def make_services(
    ground: Ground, journal: JournalStore, history: HistoryStore, situation: Situation
) -> Services:
    """Return the services, knowing what held when the bridge last committed."""
    facts, bus, clock, territory = ground.facts, ground.bus, ground.clock, ground.territory
    alarms = AlarmService(
        rules=ground.rules,
        facts=facts,
        table=ground.table,
        journal=journal,
        bus=bus,
        clock=clock,
        situation=situation,
    )
    incidents = IncidentService(
        kinds=ground.incident_kinds,
        opens=incident_of(ground.rules),
        facts=facts,
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
    gateway = CommandGateway(
        facts=facts,
        field=ground.supervisor,
        marks=marks,
        journal=journal,
        bus=bus,
        clock=clock,
        situation=situation,
        epoch=ground.epoch,
    )
    queries = Queries(territory, journal, history, ground.supervisor)
    places = PlaceFinder(lambda: ground_names(territory))
    actors: tuple[JournalActor, ...] = (alarms, incidents, marks, circuits, compositions, streams)
    handlers: dict[type, Handler] = {}
    for actor in actors:
        handlers.update(actor.handlers())
    for part in (gateway, queries, places, AlarmHistory(journal, facts, clock)):
        handlers.update(part.handlers())
    return Services(
        alarms=alarms, incidents=incidents, gateway=gateway, actors=actors, handlers=handlers
    )
