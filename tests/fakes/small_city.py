"""A city of a few cabinets, as a session would see it."""

from __future__ import annotations

from backend_bridge.contract.alarms import Alarm, Severity
from backend_bridge.contract.incidents import Incident, IncidentState
from backend_bridge.contract.points import (
    Catalogue,
    Equipment,
    EquipmentKind,
    PointDef,
    ValueType,
)

CABINET = EquipmentKind(
    key="cabinet",
    trade="lighting",
    points=(
        PointDef(key="door_open", value_type=ValueType.BOOL),
        PointDef(
            key="voltage_v", value_type=ValueType.FLOAT, unit="V", decimals=1, low=0.0, high=260.0
        ),
        PointDef(key="power_w", value_type=ValueType.FLOAT, unit="W"),
    ),
    main_point="power_w",
)
FEEDER = EquipmentKind(
    key="feeder",
    trade="lighting",
    points=(PointDef(key="closed", value_type=ValueType.BOOL),),
    main_point="closed",
)
LAMP = EquipmentKind(
    key="lamp",
    trade="lighting",
    points=(
        PointDef(key="level", value_type=ValueType.INT, unit="%", low=0, high=100),
        PointDef(key="fault", value_type=ValueType.BOOL),
    ),
    main_point="level",
)

STREETS = ("Rue de Longvic", "Boulevard de l'Université", "Allée du Château d'Eau")


def small_city(cabinets: int = 3, lamps: int = 8, *, revision: str = "rev-1") -> Catalogue:
    """Return cabinets ``EP-0001`` and so on, each with one feeder and its lamps."""
    equipment = []
    index = 0
    for number in range(1, cabinets + 1):
        cabinet = f"EP-{number:04}"
        feeder = f"{cabinet}-D1"
        street = STREETS[number % len(STREETS)]
        chain = [(cabinet, "cabinet", ""), (feeder, "feeder", cabinet)]
        chain += [(f"{feeder}-{lamp:02}", "lamp", feeder) for lamp in range(1, lamps + 1)]
        for place, (name, kind, parent) in enumerate(chain):
            equipment.append(
                Equipment(
                    id=name,
                    kind=kind,
                    name=name,
                    lon=5.04 + number / 1000,
                    lat=47.32 + place / 10_000,
                    first_point=index,
                    parent=parent,
                    place=f"{street}, {place + 1}",
                    commune="Dijon",
                    sector="Sud",
                )
            )
            index += {"cabinet": 3, "feeder": 1, "lamp": 2}[kind]
    return Catalogue(
        revision=revision,
        title="Petite ville",
        demonstration=True,
        points_total=index,
        kinds=(CABINET, FEEDER, LAMP),
        equipment=tuple(equipment),
    )


def alarm(
    number: int = 1,
    *,
    equipment_id: str = "EP-0001",
    severity: Severity = Severity.HIGH,
    raised_ms: int = 1_700_000_000_000,
    active: bool = True,
    acknowledged: bool = False,
    children: int = 0,
    ack_by: str = "",
) -> Alarm:
    """Return an alarm of a lost cabinet."""
    return Alarm(
        id=f"AL-{number}",
        rule="cabinet_lost",
        severity=severity,
        equipment_id=equipment_id,
        equipment_kind="cabinet",
        raised_ms=raised_ms,
        active=active,
        acknowledged=acknowledged,
        children=children,
        ack_by=ack_by,
    )


def incident(
    number: int = 1,
    *,
    version: int = 1,
    state: IncidentState = IncidentState.NEW,
    severity: Severity = Severity.HIGH,
    equipment_id: str = "EP-0001",
    opened_ms: int = 1_700_000_000_000,
    owner: str = "",
    owner_seat: str = "",
    alarm_ids: tuple[str, ...] = (),
    limit_s: int | None = 14_400,
    place: str = "Rue de Longvic, 48",
    assigned_to: str = "",
    comments: int = 0,
) -> Incident:
    """Return an incident of a dark street."""
    return Incident(
        id=f"INC-{number}",
        kind="dark_street",
        version=version,
        state=state,
        severity=severity,
        equipment_id=equipment_id,
        equipment_kind="cabinet",
        trade="lighting",
        place=place,
        commune="Dijon",
        lon=5.04,
        lat=47.32,
        opened_ms=opened_ms,
        changed_ms=opened_ms,
        owner=owner,
        owner_seat=owner_seat,
        assigned_to=assigned_to,
        alarm_ids=alarm_ids,
        comments=comments,
        limit_s=limit_s,
    )
