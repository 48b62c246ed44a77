"""Requests a signed-in console may make, and their results.

Each request class names its result class in ``RESULT_OF``; a request has exactly one final result
or one coded error.
"""

from __future__ import annotations

import enum

import msgspec

from backend_bridge.contract.alarms import Alarm
from backend_bridge.contract.circuits import Circuit, CircuitMark, CircuitState
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
    """Ask for what is not over: alarms, incidents, service and circuit marks, at one sequence."""


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


class OpenStream(msgspec.Struct, frozen=True, kw_only=True, tag="open_stream"):
    """Ask for leave to watch a camera, or for more time under ``ticket``, one of this session."""

    equipment_id: str
    ticket: str = ""


class ReleaseStream(msgspec.Struct, frozen=True, kw_only=True, tag="release_stream"):
    """Say that nobody here watches under this ticket any more."""

    ticket: str


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
    | OpenStream
    | ReleaseStream
    | ExecuteCommand
)


class CatalogueResult(msgspec.Struct, frozen=True, kw_only=True, tag="catalogue"):
    """Carry one page of the catalogue: at most ``EQUIPMENT_PER_PAGE`` of its equipment.

    Attributes:
        catalogue: whole but for its equipment, of which this is the page asked for.
        more: whether equipment follows; ask again from ``first`` + this page's length. A page of
            another ``catalogue.revision`` means that the territory changed meanwhile: start over.
        total: equipment on all pages together.
    """

    catalogue: Catalogue
    more: bool = False
    total: int = 0


class SituationResult(msgspec.Struct, frozen=True, kw_only=True, tag="situation"):
    """Carry the situation as it stood right after journal entry ``seq``."""

    seq: int
    alarms: tuple[Alarm, ...]
    incidents: tuple[Incident, ...]
    service: tuple[ServiceMark, ...]
    circuits: tuple[CircuitMark, ...] = ()


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


class PlaceKind(enum.StrEnum):
    """Say what a place is."""

    ADDRESS = "address"
    STREET = "street"
    PLACE = "place"
    """A place that has only a name."""
    COMMUNE = "commune"
    SECTOR = "sector"


class Place(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Name one place of the territory.

    Attributes:
        text: as the territory writes it, ``12 bis Rue de la Liberté``.
        lon: WGS84 longitude in degrees, ``lat`` latitude; of a street or an area, a point in it.
        commune: empty for communes and sectors, and where it is not known.
    """

    text: str
    kind: PlaceKind
    lon: float
    lat: float
    commune: str = ""


class PlacesResult(msgspec.Struct, frozen=True, kw_only=True, tag="places"):
    """Carry the places a text may mean, the likeliest first; ``more`` when some were left out."""

    places: tuple[Place, ...]
    more: bool = False


class AlarmSource(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Count how often an equipment's alarms appeared; ``rule`` is the one that rang most."""

    equipment_id: str
    rule: str
    count: int


class AlarmHistoryResult(msgspec.Struct, frozen=True, kw_only=True, tag="alarm_history"):
    """Carry how the room was loaded, as far as the session may see it.

    Attributes:
        until_ms: UTC ms of the end of the last period, which goes on.
        bucket_ms: length of a period.
        appeared: alarms that appeared in each period, oldest first.
        sources: the ten equipment that rang most, worst first.
        total: appearances during the days asked for.
        since_ms: UTC ms from which on everything was counted; later than asked for when the
            journal is younger or holds more than is counted.
    """

    until_ms: int
    bucket_ms: int
    appeared: tuple[int, ...]
    sources: tuple[AlarmSource, ...]
    total: int
    since_ms: int


class CircuitsResult(msgspec.Struct, frozen=True, kw_only=True, tag="circuits"):
    """Carry one page of the plough circuits; ``more`` when others follow this page."""

    circuits: tuple[Circuit, ...]
    more: bool = False


class AlarmResult(msgspec.Struct, frozen=True, kw_only=True, tag="alarm_result"):
    """Carry an alarm after the change; durable when this arrives."""

    alarm: Alarm


class IncidentResult(msgspec.Struct, frozen=True, kw_only=True, tag="incident_result"):
    """Carry an incident after the change; durable when this arrives."""

    incident: Incident


class ServiceResult(msgspec.Struct, frozen=True, kw_only=True, tag="service_result"):
    """Carry the service mark after the change; durable when this arrives."""

    mark: ServiceMark


class CircuitResult(msgspec.Struct, frozen=True, kw_only=True, tag="circuit_result"):
    """Carry a circuit's state after the change; durable when this arrives."""

    mark: CircuitMark


class StreamTicketResult(msgspec.Struct, frozen=True, kw_only=True, tag="stream_ticket"):
    """Carry leave to watch one camera until ``expires_ms`` (UTC, the bridge's clock).

    Attributes:
        ticket: names this leave in the journal, and to the bridge when it is renewed or released.
        url: where the pictures are; may hold a password, to be kept in memory only.
    """

    ticket: str
    equipment_id: str
    url: str
    expires_ms: int


class StreamReleasedResult(msgspec.Struct, frozen=True, kw_only=True, tag="stream_released"):
    """Say that a ticket is over; the same whether it was still open or not."""

    ticket: str


class CommandResult(msgspec.Struct, frozen=True, kw_only=True, tag="command_result"):
    """Carry the command's final outcome."""

    command: CommandRecord


Result = (
    CatalogueResult
    | SituationResult
    | LogResult
    | TrendResult
    | DiagnosticsResult
    | AlarmHistoryResult
    | PlacesResult
    | CircuitsResult
    | AlarmResult
    | IncidentResult
    | ServiceResult
    | CircuitResult
    | StreamTicketResult
    | StreamReleasedResult
    | CommandResult
)

RESULT_OF: dict[type, type] = {
    GetCatalogue: CatalogueResult,
    GetSituation: SituationResult,
    GetIncidentLog: LogResult,
    GetTrend: TrendResult,
    GetDiagnostics: DiagnosticsResult,
    GetAlarmHistory: AlarmHistoryResult,
    FindPlaces: PlacesResult,
    GetCircuits: CircuitsResult,
    AcknowledgeAlarm: AlarmResult,
    TakeIncident: IncidentResult,
    AssignIncident: IncidentResult,
    CommentIncident: IncidentResult,
    CloseIncident: IncidentResult,
    ReopenIncident: IncidentResult,
    SetServiceState: ServiceResult,
    RecordCircuit: CircuitResult,
    UndoCircuit: CircuitResult,
    OpenStream: StreamTicketResult,
    ReleaseStream: StreamReleasedResult,
    ExecuteCommand: CommandResult,
}
