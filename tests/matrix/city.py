"""A city with one piece of equipment of each kind in each of two sectors, and something on each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from backend_bridge.contract.alarms import Alarm, AlarmChange, Severity
from backend_bridge.contract.commands import CommandOutcome, CommandRecord
from backend_bridge.contract.incidents import Incident, IncidentChange, IncidentState
from backend_bridge.contract.journal import (
    AlarmEvent,
    CommandEvent,
    Event,
    ExportEvent,
    HandsOffEvent,
    IncidentEvent,
    OverrideEvent,
    ServiceEvent,
    StreamChange,
    StreamEvent,
)
from backend_bridge.contract.overrides import Override, OverrideChange, OverrideState
from backend_bridge.contract.points import Catalogue, Equipment, ServiceMark, WayBack
from backend_bridge.contract.quality import ServiceState
from backend_bridge.contract.safety import HandsOff
from backend_bridge.core.storage import Draft
from backend_bridge.territory import Territory
from backend_bridge.territory.library import kinds
from backend_bridge.territory.records import Camera, Circuit

SECTORS = ("Centre", "Port")
RULE = "link_lost"
CIRCUIT = "C-1"
LATER_MS = 3_600_000


def item_id(kind: str, sector: str) -> str:
    """Return an id that appears in no text by chance."""
    return f"ZQ-{kind}-{sector}-ZQ"


def town(directory: Path) -> Territory:
    """Return the city; nothing of it is on the disk, and no link leads anywhere."""
    every = tuple(rule.kind for rule in kinds().values())
    equipment = []
    index = 0
    for kind in every:
        for sector in SECTORS:
            equipment.append(
                Equipment(
                    id=item_id(kind.key, sector),
                    kind=kind.key,
                    name=item_id(kind.key, sector),
                    lon=5.04,
                    lat=47.32,
                    first_point=index,
                    sector=sector,
                )
            )
            index += len(kind.points)
    catalogue = Catalogue(
        revision="matrix",
        title="Deux secteurs",
        demonstration=True,
        points_total=index,
        kinds=every,
        equipment=tuple(equipment),
    )
    return Territory(
        directory=directory,
        title=catalogue.title,
        demonstration=True,
        seed=0,
        centre=(5.04, 47.32),
        kinds=every,
        equipment=catalogue.equipment,
        links=(),
        link_roots={},
        link_meters={},
        streets=(),
        communes=(),
        catalogue=catalogue,
        circuits=(Circuit(id=CIRCUIT, name="Pont", arcs=(), priority=1, treatment="salt"),),
        cameras={
            item_id("camera", sector): Camera(
                number=number,
                stream=f"rtsp://127.0.0.1/{number}",
                bearing=None,
                width=360.0,
                range_m=50.0,
            )
            for number, sector in enumerate(SECTORS, start=1)
        },
    )


def history(territory: Territory, now_ms: int) -> Iterator[Draft]:
    """Yield what somebody else left on every piece of equipment."""
    for number, item in enumerate(territory.equipment, start=1):
        for event in _events(number, item, now_ms):
            yield Draft(user="somebody", seat="elsewhere", at_ms=now_ms, event=event)


def _events(number: int, item: Equipment, now_ms: int) -> Iterator[Event]:
    about: dict[str, Any] = {"equipment_id": item.id, "equipment_kind": item.kind}
    alarm = Alarm(id=f"AL-{number}", rule=RULE, severity=Severity.HIGH, raised_ms=now_ms, **about)
    yield AlarmEvent(change=AlarmChange.RAISED, alarm=alarm)
    incident = Incident(
        id=f"INC-{number}",
        kind="dark_street",
        version=1,
        state=IncidentState.NEW,
        severity=Severity.HIGH,
        trade="lighting",
        place="",
        commune="",
        lon=5.04,
        lat=47.32,
        opened_ms=now_ms,
        changed_ms=now_ms,
        **about,
    )
    yield IncidentEvent(change=IncidentChange.OPENED, incident=incident)
    command = CommandRecord(
        key=f"command-{number}",
        point_key="level",
        value=50,
        outcome=CommandOutcome.UNKNOWN,
        issuer="somebody",
        seat="elsewhere",
        reason="r",
        created_ms=now_ms,
        deadline_ms=now_ms,
        **about,
    )
    yield CommandEvent(command=command)
    override = Override(
        id=f"override-{number}",
        point_key="level",
        value=50,
        back=WayBack.PROGRAMME,
        owner="somebody",
        seat="elsewhere",
        reason="r",
        since_ms=now_ms,
        until_ms=now_ms + LATER_MS,
        state=OverrideState.ACTIVE,
        **about,
    )
    yield OverrideEvent(change=OverrideChange.BEGAN, override=override)
    zone = HandsOff(
        id=f"zone-{number}",
        sector="",
        reason="r",
        contact="06",
        by="somebody",
        seat="elsewhere",
        since_ms=now_ms,
        until_ms=now_ms + LATER_MS,
        **about,
    )
    yield HandsOffEvent(zone=zone)
    if item.kind == "camera":
        # out of service nobody watches them: their marks would hide what the test asks
        yield StreamEvent(
            change=StreamChange.OPENED, equipment_id=item.id, ticket=f"t{number}", console="c"
        )
        yield ExportEvent(subject="s", rows=1, reason="r", digest="0" * 64, equipment_id=item.id)
    else:
        mark = ServiceMark(
            equipment_id=item.id,
            state=ServiceState.DISABLED,
            by="somebody",
            reason="r",
            since_ms=now_ms,
        )
        yield ServiceEvent(mark=mark, equipment_kind=item.kind)
