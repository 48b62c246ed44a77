"""Drafts to rows and rows to entries: pure, without a database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import msgspec
from sqlalchemy import Table

from backend_bridge.contract.access import AuditReadEvent, RefusalEvent
from backend_bridge.contract.compositions import CompositionChange
from backend_bridge.contract.incidents import IncidentState
from backend_bridge.contract.journal import (
    KINDS,
    AlarmEvent,
    ApprovalEvent,
    CircuitEvent,
    CommandEvent,
    CompositionEvent,
    Event,
    ExportEvent,
    HandsOffEvent,
    IncidentEvent,
    InterlockEvent,
    JournalEntry,
    NewerEvent,
    OrderEvent,
    OverrideEvent,
    PlanEvent,
    ServiceEvent,
    StreamEvent,
)
from backend_bridge.contract.orders import ApprovalState, OrderState
from backend_bridge.contract.overrides import OverrideState
from backend_bridge.contract.plans import PlanChange
from backend_bridge.contract.quality import ServiceState
from backend_bridge.contract.tolerant import LONGEST_KIND
from backend_bridge.core.storage import Draft, StorageError
from backend_bridge.store.tables import (
    alarms,
    approvals,
    circuit_marks,
    commands,
    compositions,
    hands_off,
    incidents,
    interlock_marks,
    orders,
    overrides,
    plans,
    service_marks,
)

_MAX_NUMBER = 2**63 - 1
_MOST_DIGITS = 19

_encoder = msgspec.msgpack.Encoder()


class _Tagged(msgspec.Struct):
    type: str


_tag_decoder = msgspec.msgpack.Decoder(_Tagged)
_event_decoder: msgspec.msgpack.Decoder[Event] = msgspec.msgpack.Decoder(Event)

Loaded = TypeVar("Loaded")


class StateRow(NamedTuple):
    """The row an event's content replaces; ``number`` is ``None`` where ids carry none."""

    table: Table
    id: str
    number: int | None
    is_open: bool
    payload: bytes


class Prepared(NamedTuple):
    """A draft encoded and taken apart, ready for the writer."""

    draft: Draft
    kind: str
    equipment_id: str | None
    alarm_id: str | None
    incident_id: str | None
    payload: bytes
    state: StateRow | None

    def entry(self, seq: int) -> JournalEntry:
        """Return the journal entry this draft becomes."""
        draft = self.draft
        return JournalEntry(
            seq=seq, at_ms=draft.at_ms, user=draft.user, seat=draft.seat, event=draft.event
        )


def prepare(draft: Draft) -> Prepared:
    """Encode a draft; whatever cannot be kept is refused here, before it joins a group.

    Raises:
        StorageError: it holds what no store can keep (half a surrogate pair, a huge integer).
    """
    event = draft.event
    try:
        f"{draft.user}{draft.seat}{draft.key}".encode()
        payload = _encoder.encode(event)
        take_apart = _TAKE_APART.get(type(event))
        subjects, state = take_apart(event) if take_apart else (_NO_SUBJECTS, None)
    except (UnicodeEncodeError, OverflowError, TypeError, ValueError, RecursionError) as error:
        raise StorageError(f"this entry cannot be kept: {error}") from error
    return Prepared(draft, str(event.__struct_config__.tag), *subjects, payload, state)


def load_event(payload: bytes, seq: int) -> Event:
    """Return an entry's event; fields a newer program added are ignored.

    One of a kind that a newer program wrote is a :class:`NewerEvent`.

    Raises:
        StorageError: the row is damaged.
    """
    try:
        return _event_decoder.decode(payload)
    except (msgspec.MsgspecError, RecursionError) as error:
        kind = _unknown_kind(payload)
        if kind:
            return NewerEvent(kind=kind)
        raise StorageError(f"journal entry {seq} is damaged: {error}") from error


def _unknown_kind(payload: bytes) -> str:
    """Return the tag of an event whose kind this program does not know, empty for all else."""
    try:
        kind = _tag_decoder.decode(payload).type
    except (msgspec.MsgspecError, RecursionError):
        return ""
    return "" if kind in KINDS else kind[:LONGEST_KIND]


def load_state(payload: bytes, decoder: msgspec.msgpack.Decoder[Loaded], what: str) -> Loaded:
    """Return the object of a state row; ``what`` names it in the error.

    Raises:
        StorageError: the row is damaged.
    """
    try:
        return decoder.decode(payload)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise StorageError(f"the state of {what} is damaged: {error}") from error


_Subjects = tuple[str | None, str | None, str | None]
"""Equipment, alarm and incident an entry is found by."""
_Parts = tuple[_Subjects, StateRow | None]
_NO_SUBJECTS: _Subjects = (None, None, None)


def _take_alarm(event: AlarmEvent) -> _Parts:
    alarm = event.alarm
    row = StateRow(alarms, alarm.id, _number(alarm.id), not alarm.over, _encoder.encode(alarm))
    return (alarm.equipment_id, alarm.id, None), row


def _take_incident(event: IncidentEvent) -> _Parts:
    incident = event.incident
    is_open = incident.state is not IncidentState.CLOSED
    number = _number(incident.id)
    row = StateRow(incidents, incident.id, number, is_open, _encoder.encode(incident))
    return (incident.equipment_id, None, incident.id), row


def _take_command(event: CommandEvent) -> _Parts:
    command = event.command
    is_open = not command.outcome.final or command.to_check
    row = StateRow(commands, command.key, None, is_open, _encoder.encode(command))
    return (command.equipment_id, None, None), row


def _take_service(event: ServiceEvent) -> _Parts:
    mark = event.mark
    marked = mark.state is not ServiceState.IN_SERVICE
    row = StateRow(service_marks, mark.equipment_id, None, marked, _encoder.encode(mark))
    return (mark.equipment_id, None, None), row


def _take_circuit(event: CircuitEvent) -> _Parts:
    # always kept: its version counts on, so that an old console is refused after a restart too
    mark = event.mark
    row = StateRow(circuit_marks, mark.circuit_id, None, True, _encoder.encode(mark))
    return _NO_SUBJECTS, row


def _take_order(event: OrderEvent) -> _Parts:
    order = event.order
    is_open = order.state is OrderState.RUNNING
    return _NO_SUBJECTS, StateRow(orders, order.key, None, is_open, _encoder.encode(order))


def _take_approval(event: ApprovalEvent) -> _Parts:
    approval = event.approval
    is_open = approval.state is ApprovalState.WAITING
    row = StateRow(approvals, approval.id, None, is_open, _encoder.encode(approval))
    return _NO_SUBJECTS, row


def _take_override(event: OverrideEvent) -> _Parts:
    override = event.override
    is_open = override.state not in (OverrideState.ENDED, OverrideState.REPLACED)
    row = StateRow(overrides, override.id, None, is_open, _encoder.encode(override))
    return (override.equipment_id, None, None), row


def _take_interlock(event: InterlockEvent) -> _Parts:
    # always kept: an interlock nobody armed is disarmed
    mark = event.mark
    row = StateRow(interlock_marks, mark.interlock_id, None, True, _encoder.encode(mark))
    return _NO_SUBJECTS, row


def _take_hands_off(event: HandsOffEvent) -> _Parts:
    zone = event.zone
    row = StateRow(hands_off, zone.id, None, zone.lifted_ms is None, _encoder.encode(zone))
    return (zone.equipment_id or None, None, None), row


def _take_plan(event: PlanEvent) -> _Parts:
    # always kept until its file is gone: whether it is enabled is a person's word
    plan = event.plan
    kept = event.change is not PlanChange.REMOVED
    return _NO_SUBJECTS, StateRow(plans, plan.key, None, kept, _encoder.encode(plan))


def _take_composition(event: CompositionEvent) -> _Parts:
    # a deleted one stays open: it may be brought back, after a restart too
    item = event.composition
    kept = event.change is not CompositionChange.FORGOTTEN
    row = StateRow(compositions, item.id, None, kept, _encoder.encode(item))
    return _NO_SUBJECTS, row


def _take_stream(event: StreamEvent) -> _Parts:
    return (event.equipment_id, None, None), None


def _take_named(event: ExportEvent | AuditReadEvent | RefusalEvent) -> _Parts:
    return (event.equipment_id or None, None, None), None


_TAKE_APART: dict[type, Callable[[Any], _Parts]] = {
    AlarmEvent: _take_alarm,
    IncidentEvent: _take_incident,
    CommandEvent: _take_command,
    ServiceEvent: _take_service,
    CircuitEvent: _take_circuit,
    CompositionEvent: _take_composition,
    StreamEvent: _take_stream,
    ExportEvent: _take_named,
    AuditReadEvent: _take_named,
    RefusalEvent: _take_named,
    OrderEvent: _take_order,
    ApprovalEvent: _take_approval,
    OverrideEvent: _take_override,
    InterlockEvent: _take_interlock,
    HandsOffEvent: _take_hands_off,
    PlanEvent: _take_plan,
}


def _number(identifier: str) -> int:
    """Return the number of ``AL-17`` or ``INC-17``; 0 for an id of another form."""
    prefix, _, digits = identifier.partition("-")
    if prefix in ("AL", "INC") and digits.isascii() and digits.isdecimal():
        return min(int(digits[:_MOST_DIGITS]), _MAX_NUMBER)
    return 0
