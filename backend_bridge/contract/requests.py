"""Requests a signed-in console may make.

What answers each is in :mod:`backend_bridge.contract.results`.
"""

from __future__ import annotations

import msgspec

from backend_bridge.contract.circuits import CircuitState
from backend_bridge.contract.compositions import USUAL_DWELL_S, WallScreen
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
from backend_bridge.contract.quality import ServiceState
from backend_bridge.contract.safety import (
    ArmInterlock,
    GetInterlocks,
    LiftHandsOff,
    SetEditMode,
    SetHandsOff,
)
from backend_bridge.contract.seats import GetPeople, LockSeat, UnlockSeat

EQUIPMENT_PER_PAGE = 25_000
"""Most equipment in one page of the catalogue: a page stays far below the largest frame."""


class GetCatalogue(msgspec.Struct, frozen=True, kw_only=True, tag="get_catalogue"):
    """Ask for the territory this session may see, a page of equipment from position ``first``."""

    first: int = 0


class GetSituation(msgspec.Struct, frozen=True, kw_only=True, tag="get_situation"):
    """Ask for what is not over: alarms, incidents, marks and compositions, at one sequence."""


class GetIncidentLog(msgspec.Struct, frozen=True, kw_only=True, tag="get_incident_log"):
    """Ask for the newest ``limit`` journal entries of one incident and its alarms (1 to 500)."""

    incident_id: str
    limit: int = 200


class GetTrend(msgspec.Struct, frozen=True, kw_only=True, tag="get_trend"):
    """Ask for a point's history between two times, in at most ``buckets`` buckets (2 to 2,000)."""

    equipment_id: str
    point_key: str
    from_ms: int
    to_ms: int
    buckets: int = 400


class GetDiagnostics(msgspec.Struct, frozen=True, kw_only=True, tag="get_diagnostics"):
    """Ask for the last frames and counters of the link an equipment hangs on."""

    equipment_id: str


class FindPlaces(msgspec.Struct, frozen=True, kw_only=True, tag="find_places"):
    """Ask where a place is: house number, street, commune, as typed (1 to 200 characters).

    ``limit`` is the most places wanted, 1 to 100.
    """

    text: str
    limit: int = 20


class GetAlarmHistory(msgspec.Struct, frozen=True, kw_only=True, tag="get_alarm_history"):
    """Ask how many alarms appeared every ten minutes of the last ``hours`` (1 to 48).

    And which equipment rang most during the last ``days`` (1 to 31).
    """

    hours: int = 12
    days: int = 7


class GetCircuits(msgspec.Struct, frozen=True, kw_only=True, tag="get_circuits"):
    """Ask for the plough circuits as planned, a page from position ``first``."""

    first: int = 0


class AcknowledgeAlarm(msgspec.Struct, frozen=True, kw_only=True, tag="acknowledge_alarm"):
    """Say that this person has seen the alarm."""

    alarm_id: str


class TakeIncident(msgspec.Struct, frozen=True, kw_only=True, tag="take_incident"):
    """Become the owner of an incident that nobody owns."""

    incident_id: str
    version: int


class AssignIncident(msgspec.Struct, frozen=True, kw_only=True, tag="assign_incident"):
    """Give an incident to a crew or unit, named as the room names it."""

    incident_id: str
    version: int
    assigned_to: str


class CommentIncident(msgspec.Struct, frozen=True, kw_only=True, tag="comment_incident"):
    """Write a line in the incident's log; never overwritten, never refused for an old version.

    ``key`` is chosen by the console: the same key twice is the same line, so a retry after a lost
    answer writes it once.
    """

    incident_id: str
    text: str
    key: str


class CloseIncident(msgspec.Struct, frozen=True, kw_only=True, tag="close_incident"):
    """Close an incident; refused while one of its alarms is still active."""

    incident_id: str
    version: int
    text: str = ""


class ReopenIncident(msgspec.Struct, frozen=True, kw_only=True, tag="reopen_incident"):
    """Open a closed incident again."""

    incident_id: str
    version: int
    text: str = ""


class SetServiceState(msgspec.Struct, frozen=True, kw_only=True, tag="set_service_state"):
    """Disable an equipment, put it in maintenance, or back in service."""

    equipment_id: str
    state: ServiceState
    reason: str
    until_ms: int | None = None


class RecordCircuit(msgspec.Struct, frozen=True, kw_only=True, tag="record_circuit"):
    """Say what state a plough circuit is in now; ``version`` 0 while nobody said anything.

    ``reason`` is needed for ``blocked`` and kept for nothing else.
    """

    circuit_id: str
    version: int
    state: CircuitState
    reason: str = ""


class UndoCircuit(msgspec.Struct, frozen=True, kw_only=True, tag="undo_circuit"):
    """Take back the latest word about a circuit: what was said before holds again."""

    circuit_id: str
    version: int


class SaveComposition(msgspec.Struct, frozen=True, kw_only=True, tag="save_composition"):
    """Keep what the wall shows under a name; without an id, as a new composition.

    ``version`` is the one the person looked at, 0 for a new one.
    """

    name: str
    screens: tuple[WallScreen, ...]
    composition_id: str = ""
    version: int = 0
    dwell_s: int = USUAL_DWELL_S


class DeleteComposition(msgspec.Struct, frozen=True, kw_only=True, tag="delete_composition"):
    """Offer a composition no longer; it can be brought back for a day."""

    composition_id: str
    version: int


class RestoreComposition(msgspec.Struct, frozen=True, kw_only=True, tag="restore_composition"):
    """Bring back a composition that was deleted."""

    composition_id: str
    version: int


class OpenStream(msgspec.Struct, frozen=True, kw_only=True, tag="open_stream"):
    """Ask for leave to watch a camera, or for more time under ``ticket``, one of this session."""

    equipment_id: str
    ticket: str = ""


class ReleaseStream(msgspec.Struct, frozen=True, kw_only=True, tag="release_stream"):
    """Say that nobody here watches under this ticket any more."""

    ticket: str


class ShelveAlarm(msgspec.Struct, frozen=True, kw_only=True, tag="shelve_alarm"):
    """Put an alarm aside until a time (UTC ms), for a reason."""

    alarm_id: str
    until_ms: int
    reason: str


class UnshelveAlarm(msgspec.Struct, frozen=True, kw_only=True, tag="unshelve_alarm"):
    """Take an alarm down from the shelf."""

    alarm_id: str


class SetAlarmService(msgspec.Struct, frozen=True, kw_only=True, tag="set_alarm_service"):
    """Take one rule of one equipment out of service until a time (UTC ms), or put it back.

    ``until_ms`` ``None`` puts it back.
    """

    rule: str
    equipment_id: str
    reason: str
    until_ms: int | None = None


class GetAlarmGuides(msgspec.Struct, frozen=True, kw_only=True, tag="get_alarm_guides"):
    """Ask what each alarm rule is for, within what time to act, by which procedure."""


class GetAudit(msgspec.Struct, frozen=True, kw_only=True, tag="get_audit"):
    """Ask for links of the audit chain, newest first, before link ``before`` (0: from the newest).

    Empty fields do not filter; ``limit`` is 1 to 1,000.
    """

    before: int = 0
    limit: int = 200
    user: str = ""
    equipment_id: str = ""
    event: str = ""
    from_ms: int = 0
    to_ms: int = 0


class RecordExport(msgspec.Struct, frozen=True, kw_only=True, tag="record_export"):
    """Say, before the file is kept, that data are taken out; refused, nothing is taken out.

    Attributes:
        subject: what is taken out, as the person would say it.
        digest: hexadecimal SHA-256 of the file.
        equipment_id: the one equipment they are of (a camera), empty for several.
    """

    subject: str
    rows: int
    reason: str
    digest: str
    equipment_id: str = ""


Request = (
    GetCatalogue
    | GetSituation
    | GetIncidentLog
    | GetTrend
    | GetDiagnostics
    | GetAlarmHistory
    | FindPlaces
    | GetCircuits
    | AcknowledgeAlarm
    | TakeIncident
    | AssignIncident
    | CommentIncident
    | CloseIncident
    | ReopenIncident
    | SetServiceState
    | RecordCircuit
    | UndoCircuit
    | SaveComposition
    | DeleteComposition
    | RestoreComposition
    | OpenStream
    | ReleaseStream
    | ExecuteCommand
    | SettleCommand
    | CheckOrder
    | CheckChoices
    | ExecuteOrder
    | CancelOrder
    | GetOrder
    | AskApproval
    | DecideApproval
    | WithdrawApproval
    | EndOverride
    | ExtendOverride
    | SetPlan
    | StopPlan
    | ResumePlan
    | GetInterlocks
    | ArmInterlock
    | SetHandsOff
    | LiftHandsOff
    | SetEditMode
    | ShelveAlarm
    | UnshelveAlarm
    | SetAlarmService
    | GetAlarmGuides
    | GetAudit
    | RecordExport
    | GetPeople
    | LockSeat
    | UnlockSeat
)
