"""Who may do what: the whole truth about roles, by hand, for the test to compare the bridge with.

A new role file, or a new request class, needs its line here; without one the test fails.
"""

from __future__ import annotations

import enum
from typing import NamedTuple

from backend_bridge.contract.order_requests import (
    AskApproval,
    CancelOrder,
    CheckChoices,
    CheckOrder,
    DecideApproval,
    EndOverride,
    ExecuteCommand,
    ExecuteOrder,
    ExtendOverride,
    GetOrder,
    SettleCommand,
    WithdrawApproval,
)
from backend_bridge.contract.plans import ResumePlan, SetPlan, StopPlan
from backend_bridge.contract.requests import (
    AcknowledgeAlarm,
    AssignIncident,
    CloseIncident,
    CommentIncident,
    DeleteComposition,
    FindPlaces,
    GetAlarmGuides,
    GetAlarmHistory,
    GetAudit,
    GetCatalogue,
    GetCircuits,
    GetDiagnostics,
    GetIncidentLog,
    GetSituation,
    GetTrend,
    OpenStream,
    RecordCircuit,
    RecordExport,
    ReleaseStream,
    ReopenIncident,
    RestoreComposition,
    SaveComposition,
    SetAlarmService,
    SetServiceState,
    ShelveAlarm,
    TakeIncident,
    UndoCircuit,
    UnshelveAlarm,
)
from backend_bridge.contract.safety import (
    ArmInterlock,
    GetInterlocks,
    LiftHandsOff,
    SetEditMode,
    SetHandsOff,
)
from backend_bridge.contract.seats import GetPeople, LockSeat, UnlockSeat

LIGHTING = frozenset({"cabinet", "feeder", "lamp"})
TRAFFIC = frozenset({"signal_controller"})
ENVIRONMENT = frozenset({"river_gauge", "weather_station"})
POLICE = frozenset({"bollard", "public_building", "camera"})
CIRCUIT = frozenset({"circuit"})
ALL = LIGHTING | TRAFFIC | ENVIRONMENT | POLICE | CIRCUIT
BUILDINGS = frozenset({"public_building", "camera"})
NONE: frozenset[str] = frozenset()


class May(NamedTuple):
    """What a role may do, by kind; ``sectors`` empty for everywhere."""

    view: frozenset[str] = NONE
    operate: frozenset[str] = NONE
    manage: frozenset[str] = NONE
    configure: frozenset[str] = NONE
    audit: frozenset[str] = NONE
    sectors: frozenset[str] = NONE

    def reaches(self, action: str, kind: str, sector: str) -> bool:
        """Return whether the table allows an action on a kind in a sector."""
        found: frozenset[str] = getattr(self, action)
        return kind in found and (not self.sectors or sector in self.sectors)


ROLES: dict[str, May] = {
    "administrator": May(view=ALL, manage=ALL, configure=ALL, audit=ALL),
    "supervisor": May(view=ALL, operate=ALL - {"bollard"}, manage=ALL, configure=ALL, audit=ALL),
    "police": May(view=ALL, operate=POLICE | {"lamp"}, manage=ALL),
    "lighting": May(view=LIGHTING, operate=LIGHTING, manage=LIGHTING, configure=LIGHTING),
    "traffic": May(view=ALL, operate=TRAFFIC, manage=TRAFFIC),
    "security": May(view=BUILDINGS | {"bollard"}, operate=BUILDINGS, manage=BUILDINGS),
    "snow": May(view=ALL, manage=CIRCUIT | {"weather_station"}),
    "calltaker": May(view=LIGHTING | TRAFFIC | ENVIRONMENT | CIRCUIT, manage=LIGHTING | TRAFFIC),
    "crisis": May(view=ALL),
    "viewer": May(view=ALL),
    "auditor": May(view=ALL, audit=ALL),
    # a city's own: everything of one sector, lamps driven there
    "centre": May(
        view=ALL - CIRCUIT,
        operate=frozenset({"lamp"}),
        manage=ALL - CIRCUIT,
        configure=frozenset({"lamp"}),
        audit=frozenset({"camera"}),
        sectors=frozenset({"Centre"}),
    ),
}
CENTRE_FILE = """\
title = "Centre"
rights = [
  "view:*@Centre", "operate:lamp@Centre", "manage:*@Centre", "configure:lamp@Centre",
  "audit:camera@Centre",
]
"""


class About(enum.Enum):
    """What a request is about, and so where its right is asked."""

    NOTHING = enum.auto()
    """Anybody who is signed in; the answer holds what may be seen."""
    EQUIPMENT = enum.auto()
    """One piece of equipment: the right is asked for its kind, in its sector."""
    DRIVEN = enum.auto()
    """The same, of kinds that can be commanded."""
    CAMERA = enum.auto()
    CIRCUIT = enum.auto()
    WALL = enum.auto()
    """Compositions: they belong to whoever manages cameras everywhere."""
    SOMEWHERE = enum.auto()
    """The right on whatever kind, wherever."""
    LIVE = enum.auto()
    """Something that only a running field makes: without it everybody hears the same. Rights on
    such things are tested beside them, in tests/unit/commands."""


class Needs(NamedTuple):
    """What one request class needs."""

    about: About
    action: str = ""
    edit_mode: bool = False


WHILE_LOCKED: frozenset[type] = frozenset(
    {
        *(GetCatalogue, GetSituation, GetIncidentLog, GetTrend, GetDiagnostics, GetAlarmHistory),
        *(GetCircuits, GetInterlocks, GetAlarmGuides, GetPeople, GetOrder, CheckOrder),
        *(CheckChoices, OpenStream, ReleaseStream, LockSeat, UnlockSeat),
    }
)
"""What is answered at a locked desk: what its walls and the panels below the lock read."""

REQUESTS: dict[type, Needs] = {
    GetCatalogue: Needs(About.NOTHING),
    GetSituation: Needs(About.NOTHING),
    GetIncidentLog: Needs(About.EQUIPMENT, "view"),
    GetTrend: Needs(About.EQUIPMENT, "view"),
    GetDiagnostics: Needs(About.EQUIPMENT, "view"),
    FindPlaces: Needs(About.NOTHING),
    GetAlarmHistory: Needs(About.NOTHING),
    GetCircuits: Needs(About.CIRCUIT, "view"),
    AcknowledgeAlarm: Needs(About.EQUIPMENT, "manage"),
    TakeIncident: Needs(About.EQUIPMENT, "manage"),
    AssignIncident: Needs(About.EQUIPMENT, "manage"),
    CommentIncident: Needs(About.EQUIPMENT, "manage"),
    CloseIncident: Needs(About.EQUIPMENT, "manage"),
    ReopenIncident: Needs(About.EQUIPMENT, "manage"),
    SetServiceState: Needs(About.EQUIPMENT, "configure", edit_mode=True),
    RecordCircuit: Needs(About.CIRCUIT, "manage"),
    UndoCircuit: Needs(About.CIRCUIT, "manage"),
    SaveComposition: Needs(About.WALL, "manage"),
    DeleteComposition: Needs(About.WALL, "manage"),
    RestoreComposition: Needs(About.WALL, "manage"),
    OpenStream: Needs(About.CAMERA, "view"),
    ReleaseStream: Needs(About.NOTHING),
    ExecuteCommand: Needs(About.DRIVEN, "operate"),
    SettleCommand: Needs(About.EQUIPMENT, "operate"),
    CheckOrder: Needs(About.DRIVEN, "operate"),
    CheckChoices: Needs(About.DRIVEN, "operate"),
    ExecuteOrder: Needs(About.DRIVEN, "operate"),
    CancelOrder: Needs(About.LIVE),
    GetOrder: Needs(About.NOTHING),
    AskApproval: Needs(About.LIVE),
    DecideApproval: Needs(About.LIVE),
    WithdrawApproval: Needs(About.LIVE),
    EndOverride: Needs(About.EQUIPMENT, "operate"),
    ExtendOverride: Needs(About.EQUIPMENT, "operate"),
    SetPlan: Needs(About.LIVE),
    StopPlan: Needs(About.LIVE),
    ResumePlan: Needs(About.LIVE),
    GetInterlocks: Needs(About.NOTHING),
    ArmInterlock: Needs(About.LIVE),
    SetHandsOff: Needs(About.EQUIPMENT, "manage"),
    LiftHandsOff: Needs(About.EQUIPMENT, "configure", edit_mode=True),
    SetEditMode: Needs(About.SOMEWHERE, "configure"),
    ShelveAlarm: Needs(About.EQUIPMENT, "manage"),
    UnshelveAlarm: Needs(About.EQUIPMENT, "manage"),
    SetAlarmService: Needs(About.EQUIPMENT, "configure", edit_mode=True),
    GetAlarmGuides: Needs(About.NOTHING),
    GetAudit: Needs(About.SOMEWHERE, "audit"),
    RecordExport: Needs(About.EQUIPMENT, "view"),
    GetPeople: Needs(About.NOTHING),
    LockSeat: Needs(About.NOTHING),
    UnlockSeat: Needs(About.NOTHING),
}
