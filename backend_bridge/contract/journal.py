"""The journal: what happened, in the order it was committed, by whom and from which seat."""

from __future__ import annotations

import enum
from collections.abc import Callable, Collection, Iterable
from typing import get_args

import msgspec

from backend_bridge.contract.access import AuditReadEvent, RefusalEvent
from backend_bridge.contract.alarms import Alarm, AlarmChange
from backend_bridge.contract.circuits import KIND as CIRCUIT_KIND
from backend_bridge.contract.circuits import CircuitChange, CircuitMark
from backend_bridge.contract.commands import CommandRecord
from backend_bridge.contract.compositions import KIND as COMPOSITION_KIND
from backend_bridge.contract.compositions import Composition, CompositionChange
from backend_bridge.contract.incidents import Incident, IncidentChange
from backend_bridge.contract.orders import Approval, Order
from backend_bridge.contract.overrides import Override, OverrideChange
from backend_bridge.contract.plans import CityPlan, PlanChange
from backend_bridge.contract.points import ServiceMark
from backend_bridge.contract.rights import ANYWHERE, Place, allows
from backend_bridge.contract.safety import HandsOff, InterlockMark


class SessionChange(enum.StrEnum):
    """Say what happened to a session."""

    SIGNED_IN = "signed_in"
    SIGN_IN_REFUSED = "sign_in_refused"
    SIGNED_OUT = "signed_out"
    REVOKED = "revoked"
    LOST = "lost"
    LOCKED = "locked"
    UNLOCKED = "unlocked"
    UNLOCK_REFUSED = "unlock_refused"
    HANDED_OVER = "handed_over"
    """Ended because another person relieved this one at the same console."""
    EDITING = "editing"
    """Turned edit mode on."""
    EDITED = "edited"
    """Edit mode ended: turned off, or its time was over."""


class StreamChange(enum.StrEnum):
    """Say what happened to a person's leave to watch a camera."""

    OPENED = "opened"
    RELEASED = "released"
    EXPIRED = "expired"
    REVOKED = "revoked"
    """Ended by the bridge: the camera went out of service, or the right to it went away."""


class SystemChange(enum.StrEnum):
    """Say what happened to the bridge itself."""

    STARTED = "started"
    STOPPED = "stopped"
    CLOCK_JUMPED = "clock_jumped"
    DISK_FULL = "disk_full"
    DISK_BACK = "disk_back"


class ConfigurationChange(enum.StrEnum):
    """Say what changed about who may do what, or about what the bridge was given."""

    USER_ADDED = "user_added"
    USER_PASSWORD = "user_password"  # noqa: S105 - a word, not a secret
    USER_ROLES = "user_roles"
    USER_ENABLED = "user_enabled"
    USER_DISABLED = "user_disabled"
    CONSOLES = "consoles"
    """The consoles whose keys are let in, all of them; written at start and at each change."""
    LOADED = "loaded"
    """What the bridge was started with: territory, roles, rules, by digest."""
    AUDIT_KEY = "audit_key"
    """The journal is sealed with another key from here on: the first, a rotated or a lost one."""


class AlarmEvent(msgspec.Struct, frozen=True, kw_only=True, tag="alarm"):
    """An alarm changed; ``alarm`` is its whole state after the change."""

    change: AlarmChange
    alarm: Alarm


class IncidentEvent(msgspec.Struct, frozen=True, kw_only=True, tag="incident"):
    """An incident changed; ``incident`` is its whole state after, ``text`` what a person wrote."""

    change: IncidentChange
    incident: Incident
    text: str = ""


class CommandEvent(msgspec.Struct, frozen=True, kw_only=True, tag="command"):
    """A command's outcome changed."""

    command: CommandRecord


class ServiceEvent(msgspec.Struct, frozen=True, kw_only=True, tag="service"):
    """An equipment was disabled, put in maintenance, or back in service."""

    mark: ServiceMark
    equipment_kind: str


class CircuitEvent(msgspec.Struct, frozen=True, kw_only=True, tag="circuit"):
    """Somebody said something of a plough circuit; ``mark`` is its whole state after."""

    change: CircuitChange
    mark: CircuitMark


class CompositionEvent(msgspec.Struct, frozen=True, kw_only=True, tag="composition"):
    """A composition of the wall changed; ``composition`` is its whole state after."""

    change: CompositionChange
    composition: Composition


class SessionEvent(msgspec.Struct, frozen=True, kw_only=True, tag="session"):
    """Somebody came, went or was refused; ``console`` is the name of the console's key."""

    change: SessionChange
    console: str


class HandOverEvent(msgspec.Struct, frozen=True, kw_only=True, tag="hand_over"):
    """Somebody relieved somebody at a seat; the entry's user is who came, and read the brief.

    Attributes:
        leaver: account of who left.
        incidents: ids of the incidents that changed hands.
        shown: the read receipt: how many each section of the brief showed; empty when the desk was
            locked and showed none.
    """

    leaver: str
    console: str
    incidents: tuple[str, ...] = ()
    shown: dict[str, int] = {}


class StreamEvent(msgspec.Struct, frozen=True, kw_only=True, tag="stream"):
    """Somebody began or ceased to watch a camera; ``ticket`` joins the two entries."""

    change: StreamChange
    equipment_id: str
    ticket: str
    console: str


class OrderEvent(msgspec.Struct, frozen=True, kw_only=True, tag="order"):
    """An order began or ended; how it goes between, its commands say."""

    order: Order


class ApprovalEvent(msgspec.Struct, frozen=True, kw_only=True, tag="approval"):
    """A second person was asked, or answered."""

    approval: Approval


class OverrideEvent(msgspec.Struct, frozen=True, kw_only=True, tag="override"):
    """An override changed; ``override`` is its whole state after."""

    change: OverrideChange
    override: Override


class PlanEvent(msgspec.Struct, frozen=True, kw_only=True, tag="plan"):
    """A plan changed; ``plan`` is its whole state after."""

    change: PlanChange
    plan: CityPlan


class InterlockEvent(msgspec.Struct, frozen=True, kw_only=True, tag="interlock"):
    """An interlock was armed by a person or disarmed by a change of configuration."""

    mark: InterlockMark


class HandsOffEvent(msgspec.Struct, frozen=True, kw_only=True, tag="hands_off"):
    """Technicians began or ceased to work somewhere; nobody commands there meanwhile."""

    zone: HandsOff


class ExportEvent(msgspec.Struct, frozen=True, kw_only=True, tag="export"):
    """Somebody took data out: what, how many rows, why, and the digest of what was taken.

    ``equipment_id`` names the one equipment they are of (a camera), empty for several.
    """

    subject: str
    rows: int
    reason: str
    digest: str
    equipment_id: str = ""


class ConfigurationEvent(msgspec.Struct, frozen=True, kw_only=True, tag="configuration"):
    """Users, keys or configuration are not what they were; ``detail`` says what they are now.

    Attributes:
        subject: account a change is about, empty for the whole bridge.
        detail: never a password or a secret; of files, the SHA-256.
    """

    change: ConfigurationChange
    subject: str = ""
    detail: dict[str, str] = {}


class SystemEvent(msgspec.Struct, frozen=True, kw_only=True, tag="system"):
    """The bridge says something about itself; ``detail`` is for its maintainers."""

    change: SystemChange
    detail: str = ""


class NewerEvent(msgspec.Struct, frozen=True, kw_only=True, tag="newer"):
    """Stand for an event that this program cannot read: a newer version wrote it.

    Attributes:
        kind: its tag; also one known here, when what it carries is not.
    """

    kind: str


Event = (
    AlarmEvent
    | IncidentEvent
    | CommandEvent
    | ServiceEvent
    | CircuitEvent
    | CompositionEvent
    | SessionEvent
    | HandOverEvent
    | StreamEvent
    | OrderEvent
    | ApprovalEvent
    | OverrideEvent
    | PlanEvent
    | InterlockEvent
    | HandsOffEvent
    | ExportEvent
    | AuditReadEvent
    | RefusalEvent
    | ConfigurationEvent
    | SystemEvent
    | NewerEvent
)


KINDS = frozenset(str(kind.__struct_config__.tag) for kind in get_args(Event))
"""Tags of the events this program can read."""


class JournalEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One committed entry: sequence, time, author and event.

    ``user`` is ``"bridge"`` and ``seat`` empty when the bridge acted by itself.
    """

    seq: int
    at_ms: int
    user: str
    seat: str
    event: Event


PlaceOf = Callable[[str], Place]
"""Finds kind and sector of an equipment; ``("*", "")`` of one that nobody knows any more."""


def nowhere(_equipment_id: str) -> Place:
    """Stand in where nobody knows places: only rights over everything everywhere reach these."""
    return ("*", "")


def event_places(event: Event, place_of: PlaceOf) -> tuple[Place, ...]:
    """Return the places an event speaks of, each once; nobody may see it who may not see them all.

    The kind is the event's own where it names one: the equipment may have left the territory.
    """
    about = _equipment_of(event)
    if about is not None:
        kind, equipment_id = about
        return ((kind, place_of(equipment_id)[1]),)
    match event:
        case CircuitEvent():
            return ((CIRCUIT_KIND, ""),)
        case CompositionEvent():
            return composition_places(event.composition, place_of)
        case OrderEvent(order=order):
            return ((order.equipment_kind or "*", order.sector),)
        case ApprovalEvent(approval=approval):
            return approval_places(approval, place_of)
        case PlanEvent(plan=plan):
            return plan_places(plan)
        case HandsOffEvent(zone=zone):
            return (zone_place(zone, place_of),)
        case (
            StreamEvent(equipment_id=found)
            | ExportEvent(equipment_id=found)
            | AuditReadEvent(equipment_id=found)
            | RefusalEvent(equipment_id=found)
        ) if found:
            return (place_of(found),)
        case SystemEvent():
            return (("", ""),)
        case _:
            # of people or of the whole bridge: for whoever holds the action over everything
            return (("*", ""),)


def _equipment_of(event: Event) -> tuple[str, str] | None:
    """Return kind and id of the one equipment an event is the state of, ``None`` for others."""
    match event:
        case AlarmEvent():
            return event.alarm.equipment_kind, event.alarm.equipment_id
        case IncidentEvent():
            return event.incident.equipment_kind, event.incident.equipment_id
        case CommandEvent():
            return event.command.equipment_kind, event.command.equipment_id
        case OverrideEvent():
            return event.override.equipment_kind, event.override.equipment_id
        case ServiceEvent():
            return event.equipment_kind, event.mark.equipment_id
        case _:
            return None


def composition_places(composition: Composition, place_of: PlaceOf) -> tuple[Place, ...]:
    """Return the places of a composition's cameras: it names them all."""
    cameras = {camera for screen in composition.screens for camera in screen.cameras if camera}
    found = {(COMPOSITION_KIND, place_of(camera)[1]) for camera in cameras}
    return tuple(found) or ((COMPOSITION_KIND, ANYWHERE),)


def approval_places(approval: Approval, place_of: PlaceOf) -> tuple[Place, ...]:
    """Return the places of everything an approval would let happen."""
    return tuple({place_of(target.equipment_id) for target in approval.targets})


def plan_places(plan: CityPlan) -> tuple[Place, ...]:
    """Return the places of everything a plan may hold; of one that holds nothing, anywhere."""
    return tuple((plan.equipment_kind, sector) for sector in plan.sectors or (ANYWHERE,))


def zone_place(zone: HandsOff, place_of: PlaceOf) -> Place:
    """Return the place of a hands-off zone; one of a whole sector is of no kind."""
    if zone.equipment_id:
        return (zone.equipment_kind, place_of(zone.equipment_id)[1])
    return ("", zone.sector)


PERSONAL = (
    *(SessionEvent, HandOverEvent, StreamEvent, ExportEvent, AuditReadEvent, RefusalEvent),
    *(ConfigurationEvent, NewerEvent),
)
"""Events that say what a person did rather than how the city is, and those that may."""


def sees_all(rights: Collection[str], action: str, places: Iterable[Place]) -> bool:
    """Return whether rights hold an action in every one of some places."""
    return all(allows(rights, action, kind, sector) for kind, sector in places)


def may_see(rights: Collection[str], event: Event, place_of: PlaceOf = nowhere) -> bool:
    """Return whether whoever holds ``rights`` may be sent an event as it happens.

    What concerns equipment needs ``view`` of it where it stands; what the bridge says of itself
    needs any ``view``. Who came and went, who watched which camera, who took data out, read the
    audit chain or was refused, and who changed the configuration is personal data: it is sent to
    nobody, and answered to an auditor's question, which is written down. So is what nobody here
    can read.
    """
    return not isinstance(event, PERSONAL) and sees_all(
        rights, "view", event_places(event, place_of)
    )
