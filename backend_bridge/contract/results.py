"""Results of the requests a signed-in console may make.

``RESULT_OF`` names the result class of each request class; a request has exactly one final result
or one coded error.
"""

from __future__ import annotations

import enum

import msgspec

from backend_bridge.contract.alarms import Alarm, AlarmGuide
from backend_bridge.contract.audit import AuditLink
from backend_bridge.contract.circuits import Circuit, CircuitMark
from backend_bridge.contract.commands import CommandRecord
from backend_bridge.contract.compositions import Composition
from backend_bridge.contract.incidents import Incident
from backend_bridge.contract.journal import JournalEntry
from backend_bridge.contract.order_requests import (
    ApprovalResult,
    AskApproval,
    CancelOrder,
    CheckChoices,
    CheckOrder,
    ChoicesResult,
    CommandResult,
    DecideApproval,
    EndOverride,
    ExecuteCommand,
    ExecuteOrder,
    ExtendOverride,
    FoundOrderResult,
    GetOrder,
    OrderCheckResult,
    OrderResult,
    OverrideResult,
    SettleCommand,
    WithdrawApproval,
)
from backend_bridge.contract.orders import Approval, Order
from backend_bridge.contract.overrides import Override
from backend_bridge.contract.plans import CityPlan, PlanResult, ResumePlan, SetPlan, StopPlan
from backend_bridge.contract.points import Catalogue, ServiceMark, TrendPoint
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
    EditModeResult,
    GetInterlocks,
    HandsOff,
    HandsOffResult,
    InterlocksResult,
    LiftHandsOff,
    SetEditMode,
    SetHandsOff,
)
from backend_bridge.contract.seats import (
    GetPeople,
    LockSeat,
    PeopleResult,
    SeatLockResult,
    UnlockSeat,
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
    compositions: tuple[Composition, ...] = ()
    commands: tuple[CommandRecord, ...] = ()
    orders: tuple[Order, ...] = ()
    approvals: tuple[Approval, ...] = ()
    overrides: tuple[Override, ...] = ()
    hands_off: tuple[HandsOff, ...] = ()
    plans: tuple[CityPlan, ...] = ()


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
    """Count how often an equipment's alarms appeared; ``rule`` is the one that rang most.

    Attributes:
        chattering: times one of them rang for at least the third time within a minute.
        fleeting: times one of them was over within a minute, before anybody could act.
    """

    equipment_id: str
    rule: str
    count: int
    chattering: int = 0
    fleeting: int = 0


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
        stale: ids of the alarms that have stood for more than a day, the oldest first, twenty at
            most; ``stale_total`` counts all of them.
        hidden: appearances during those days that this session may not see, counted nowhere else.
    """

    until_ms: int
    bucket_ms: int
    appeared: tuple[int, ...]
    sources: tuple[AlarmSource, ...]
    total: int
    since_ms: int
    stale: tuple[str, ...] = ()
    stale_total: int = 0
    hidden: int = 0


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


class CompositionResult(msgspec.Struct, frozen=True, kw_only=True, tag="composition_result"):
    """Carry a composition after the change; durable when this arrives."""

    composition: Composition


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


class AlarmGuidesResult(msgspec.Struct, frozen=True, kw_only=True, tag="alarm_guides"):
    """Carry what each rule is for."""

    guides: tuple[AlarmGuide, ...]


class AuditResult(msgspec.Struct, frozen=True, kw_only=True, tag="audit"):
    """Carry links of the audit chain, newest first.

    Attributes:
        hidden: links that fit the question and that rights left out.
        next: what ``before`` must be to ask for the links that follow, 0 when none do.
    """

    links: tuple[AuditLink, ...]
    hidden: int = 0
    next: int = 0


class ExportResult(msgspec.Struct, frozen=True, kw_only=True, tag="export_result"):
    """Say that the export stands in the journal, under this sequence."""

    seq: int


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
    | CompositionResult
    | StreamTicketResult
    | StreamReleasedResult
    | CommandResult
    | OrderCheckResult
    | ChoicesResult
    | OrderResult
    | FoundOrderResult
    | ApprovalResult
    | OverrideResult
    | PlanResult
    | InterlocksResult
    | HandsOffResult
    | EditModeResult
    | AlarmGuidesResult
    | AuditResult
    | ExportResult
    | PeopleResult
    | SeatLockResult
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
    SaveComposition: CompositionResult,
    DeleteComposition: CompositionResult,
    RestoreComposition: CompositionResult,
    OpenStream: StreamTicketResult,
    ReleaseStream: StreamReleasedResult,
    ExecuteCommand: CommandResult,
    SettleCommand: CommandResult,
    CheckOrder: OrderCheckResult,
    CheckChoices: ChoicesResult,
    ExecuteOrder: OrderResult,
    CancelOrder: OrderResult,
    GetOrder: FoundOrderResult,
    AskApproval: ApprovalResult,
    DecideApproval: ApprovalResult,
    WithdrawApproval: ApprovalResult,
    EndOverride: OverrideResult,
    ExtendOverride: OverrideResult,
    SetPlan: PlanResult,
    StopPlan: PlanResult,
    ResumePlan: PlanResult,
    GetInterlocks: InterlocksResult,
    ArmInterlock: InterlocksResult,
    SetHandsOff: HandsOffResult,
    LiftHandsOff: HandsOffResult,
    SetEditMode: EditModeResult,
    ShelveAlarm: AlarmResult,
    UnshelveAlarm: AlarmResult,
    SetAlarmService: AlarmResult,
    GetAlarmGuides: AlarmGuidesResult,
    GetAudit: AuditResult,
    RecordExport: ExportResult,
    GetPeople: PeopleResult,
    LockSeat: SeatLockResult,
    UnlockSeat: SeatLockResult,
}
