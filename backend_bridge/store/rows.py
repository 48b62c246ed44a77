"""Drafts to rows and rows to entries: pure, without a database."""

from __future__ import annotations

import re
from typing import NamedTuple, TypeVar

import msgspec
from sqlalchemy import Table

from backend_bridge.contract.alarms import Alarm, AlarmState
from backend_bridge.contract.commands import CommandRecord
from backend_bridge.contract.incidents import Incident, IncidentState
from backend_bridge.contract.journal import (
    AlarmEvent,
    CommandEvent,
    Event,
    IncidentEvent,
    JournalEntry,
    ServiceEvent,
)
from backend_bridge.contract.points import ServiceMark
from backend_bridge.contract.quality import ServiceState
from backend_bridge.core.storage import Draft, StorageError
from backend_bridge.store.tables import alarms, commands, incidents, service_marks

_MAX_NUMBER = 2**63 - 1
_NUMBER = re.compile(r"(?:AL|INC)-(\d{1,19})", re.ASCII)

_encoder = msgspec.msgpack.Encoder()
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
        for text in (draft.user, draft.seat, draft.key):
            text.encode("utf-8")
        payload = _encoder.encode(event)
        state = _state(event)
    except (UnicodeEncodeError, OverflowError, TypeError, ValueError, RecursionError) as error:
        raise StorageError(f"this entry cannot be kept: {error}") from error
    equipment_id, alarm_id, incident_id = _subjects(event)
    kind = str(event.__struct_config__.tag)
    return Prepared(draft, kind, equipment_id, alarm_id, incident_id, payload, state)


def load_event(payload: bytes, seq: int) -> Event:
    """Return an entry's event; fields a newer program added are ignored.

    Raises:
        StorageError: the row is damaged.
    """
    try:
        return _event_decoder.decode(payload)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise StorageError(f"journal entry {seq} is damaged: {error}") from error


def load_state(payload: bytes, decoder: msgspec.msgpack.Decoder[Loaded], what: str) -> Loaded:
    """Return the object of a state row; ``what`` names it in the error.

    Raises:
        StorageError: the row is damaged.
    """
    try:
        return decoder.decode(payload)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise StorageError(f"the state of {what} is damaged: {error}") from error


def _subjects(event: Event) -> tuple[str | None, str | None, str | None]:
    match event:
        case AlarmEvent(alarm=alarm):
            return alarm.equipment_id, alarm.id, None
        case IncidentEvent(incident=incident):
            return incident.equipment_id, None, incident.id
        case CommandEvent(command=command):
            return command.equipment_id, None, None
        case ServiceEvent(mark=mark):
            return mark.equipment_id, None, None
        case _:
            return None, None, None


def _state(event: Event) -> StateRow | None:
    match event:
        case AlarmEvent(alarm=alarm):
            listed = alarm.state is not AlarmState.NORMAL
            return _row(alarms, alarm.id, alarm, is_open=listed, number=_number(alarm.id))
        case IncidentEvent(incident=incident):
            is_open = incident.state is not IncidentState.CLOSED
            number = _number(incident.id)
            return _row(incidents, incident.id, incident, is_open=is_open, number=number)
        case CommandEvent(command=command):
            return _row(commands, command.key, command, is_open=not command.outcome.final)
        case ServiceEvent(mark=mark):
            marked = mark.state is not ServiceState.IN_SERVICE
            return _row(service_marks, mark.equipment_id, mark, is_open=marked)
        case _:
            return None


def _row(
    table: Table,
    key: str,
    content: Alarm | Incident | CommandRecord | ServiceMark,
    *,
    is_open: bool,
    number: int | None = None,
) -> StateRow:
    return StateRow(table, key, number, is_open, _encoder.encode(content))


def _number(identifier: str) -> int:
    """Return the number of ``AL-17`` or ``INC-17``; 0 for an id of another form."""
    found = _NUMBER.fullmatch(identifier)
    return min(int(found[1]), _MAX_NUMBER) if found else 0
