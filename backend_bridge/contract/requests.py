"""Requests a signed-in console may make, and their results.

Each request class names its result class in ``RESULT_OF``; a request has exactly one final result
or one coded error.
"""

from __future__ import annotations

import msgspec

from backend_bridge.contract.alarms import Alarm
from backend_bridge.contract.commands import CommandRecord
from backend_bridge.contract.incidents import Incident
from backend_bridge.contract.journal import JournalEntry
from backend_bridge.contract.points import Catalogue, Scalar, ServiceMark, TrendPoint
from backend_bridge.contract.quality import ServiceState

EQUIPMENT_PER_PAGE = 25_000
"""Most equipment in one page of the catalogue: a page stays far below the largest frame."""


class GetCatalogue(msgspec.Struct, frozen=True, kw_only=True, tag="get_catalogue"):
    """Ask for the territory this session may see, a page of equipment from position ``first``."""

    first: int = 0


class GetSituation(msgspec.Struct, frozen=True, kw_only=True, tag="get_situation"):
    """Ask for every listed alarm, open incident and service mark, all as of one sequence."""


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


class ExecuteCommand(msgspec.Struct, frozen=True, kw_only=True, tag="execute_command"):
    """Write one point of the field, once, before the deadline, and read it back.

    ``epoch`` is the bridge epoch the console believes in: another one is refused, so that a
    restarted bridge never executes what its predecessor was asked.
    """

    key: str
    epoch: str
    equipment_id: str
    point_key: str
    value: Scalar
    deadline_ms: int
    reason: str


Request = (
    GetCatalogue
    | GetSituation
    | GetIncidentLog
    | GetTrend
    | GetDiagnostics
    | AcknowledgeAlarm
    | TakeIncident
    | AssignIncident
    | CommentIncident
    | CloseIncident
    | ReopenIncident
    | SetServiceState
    | ExecuteCommand
)


class CatalogueResult(msgspec.Struct, frozen=True, kw_only=True, tag="catalogue"):
    """Carry one page of the catalogue: at most ``EQUIPMENT_PER_PAGE`` of its equipment.

    Attributes:
        catalogue: whole but for its equipment, of which this is the page asked for.
        more: whether equipment follows; ask again from ``first`` + this page's length. A page of
            another ``catalogue.revision`` means that the territory changed meanwhile: start over.
    """

    catalogue: Catalogue
    more: bool = False


class SituationResult(msgspec.Struct, frozen=True, kw_only=True, tag="situation"):
    """Carry the situation as it stood right after journal entry ``seq``."""

    seq: int
    alarms: tuple[Alarm, ...]
    incidents: tuple[Incident, ...]
    service: tuple[ServiceMark, ...]


class LogResult(msgspec.Struct, frozen=True, kw_only=True, tag="log"):
    """Carry journal entries, oldest first; ``hidden`` counts those left out and never sent."""

    entries: tuple[JournalEntry, ...]
    hidden: int = 0


class TrendResult(msgspec.Struct, frozen=True, kw_only=True, tag="trend"):
    """Carry a down-sampled history, oldest first."""

    points: tuple[TrendPoint, ...]


class DiagnosticsResult(msgspec.Struct, frozen=True, kw_only=True, tag="diagnostics"):
    """Carry a link's counters and its last frames, oldest first, as printable lines."""

    link: str
    counters: dict[str, float]
    frames: tuple[str, ...]


class AlarmResult(msgspec.Struct, frozen=True, kw_only=True, tag="alarm_result"):
    """Carry an alarm after the change; durable when this arrives."""

    alarm: Alarm


class IncidentResult(msgspec.Struct, frozen=True, kw_only=True, tag="incident_result"):
    """Carry an incident after the change; durable when this arrives."""

    incident: Incident


class ServiceResult(msgspec.Struct, frozen=True, kw_only=True, tag="service_result"):
    """Carry the service mark after the change; durable when this arrives."""

    mark: ServiceMark


class CommandResult(msgspec.Struct, frozen=True, kw_only=True, tag="command_result"):
    """Carry the command's final outcome."""

    command: CommandRecord


Result = (
    CatalogueResult
    | SituationResult
    | LogResult
    | TrendResult
    | DiagnosticsResult
    | AlarmResult
    | IncidentResult
    | ServiceResult
    | CommandResult
)

RESULT_OF: dict[type, type] = {
    GetCatalogue: CatalogueResult,
    GetSituation: SituationResult,
    GetIncidentLog: LogResult,
    GetTrend: TrendResult,
    GetDiagnostics: DiagnosticsResult,
    AcknowledgeAlarm: AlarmResult,
    TakeIncident: IncidentResult,
    AssignIncident: IncidentResult,
    CommentIncident: IncidentResult,
    CloseIncident: IncidentResult,
    ReopenIncident: IncidentResult,
    SetServiceState: ServiceResult,
    ExecuteCommand: CommandResult,
}
