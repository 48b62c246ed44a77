"""Drafts, contract objects and a hypothesis strategy for every event."""

from __future__ import annotations

import enum
import types
import typing
from typing import Any

import msgspec
from hypothesis import strategies as st

from backend_bridge.contract.alarms import Alarm, AlarmChange, Severity
from backend_bridge.contract.circuits import (
    UNSAID,
    CircuitChange,
    CircuitMark,
    CircuitRecord,
    CircuitState,
)
from backend_bridge.contract.commands import CommandOutcome, CommandRecord
from backend_bridge.contract.compositions import Composition, CompositionChange, WallScreen
from backend_bridge.contract.incidents import Incident, IncidentChange, IncidentState
from backend_bridge.contract.journal import (
    AlarmEvent,
    CircuitEvent,
    CommandEvent,
    CompositionEvent,
    Event,
    IncidentEvent,
    ServiceEvent,
    SystemChange,
    SystemEvent,
)
from backend_bridge.contract.points import ServiceMark
from backend_bridge.contract.quality import ServiceState
from backend_bridge.core.storage import Draft

T0_MS = 1_700_000_000_000
HARD_NAME = 'A/B "è" \' ; -- \\ %_ 🚨 \u2028 日本'


def draft(event: Event, *, key: str = "", user: str = "bridge", at_ms: int = T0_MS) -> Draft:
    """Return a draft from the lighting seat."""
    return Draft(user=user, seat="lighting-1", at_ms=at_ms, event=event, key=key)


def note(detail: str = "", *, key: str = "") -> Draft:
    """Return a draft that touches no state."""
    return draft(SystemEvent(change=SystemChange.STARTED, detail=detail), key=key)


def detail(event: Event) -> str:
    """Return what :func:`note` carried."""
    assert isinstance(event, SystemEvent)
    return event.detail


def alarm(number: int = 1, **changes: Any) -> Alarm:
    """Return an unacknowledged lamp alarm."""
    plain = Alarm(
        id=f"AL-{number}",
        rule="lighting.lamp_fault",
        severity=Severity.MEDIUM,
        equipment_id="EP-0312-D1-07",
        equipment_kind="lamp",
        raised_ms=T0_MS,
        point_key="fault",
        value="1",
    )
    return msgspec.structs.replace(plain, **changes)


def alarm_draft(number: int = 1, *, key: str = "", **changes: Any) -> Draft:
    """Return a draft about :func:`alarm`."""
    event = AlarmEvent(change=AlarmChange.RAISED, alarm=alarm(number, **changes))
    return draft(event, key=key)


def incident(number: int = 1, **changes: Any) -> Incident:
    """Return a new incident on a cabinet."""
    plain = Incident(
        id=f"INC-{number}",
        kind="dark_street",
        version=1,
        state=IncidentState.NEW,
        severity=Severity.HIGH,
        equipment_id="EP-0312",
        equipment_kind="cabinet",
        trade="lighting",
        place="12 rue de la Liberté",
        commune="Dijon",
        lon=5.04,
        lat=47.32,
        opened_ms=T0_MS,
        changed_ms=T0_MS,
    )
    return msgspec.structs.replace(plain, **changes)


def incident_draft(number: int = 1, *, text: str = "", key: str = "", **changes: Any) -> Draft:
    """Return a draft about :func:`incident`."""
    event = IncidentEvent(
        change=IncidentChange.COMMENTED, incident=incident(number, **changes), text=text
    )
    return draft(event, key=key)


def command_draft(key: str, outcome: CommandOutcome, **changes: Any) -> Draft:
    """Return a draft about a dimming command."""
    plain = CommandRecord(
        key=key,
        equipment_id="EP-0312-D1-07",
        equipment_kind="lamp",
        point_key="level",
        value=50,
        outcome=outcome,
        issuer="marie",
        seat="lighting-1",
        reason="test",
        created_ms=T0_MS,
        deadline_ms=T0_MS + 5000,
    )
    return draft(CommandEvent(command=msgspec.structs.replace(plain, **changes)))


def service_draft(equipment_id: str, state: ServiceState) -> Draft:
    """Return a draft that marks an equipment."""
    mark = ServiceMark(
        equipment_id=equipment_id, state=state, by="marie", reason="works", since_ms=T0_MS
    )
    return draft(ServiceEvent(mark=mark, equipment_kind="lamp"))


def composition_draft(
    composition_id: str,
    *,
    version: int,
    change: CompositionChange = CompositionChange.SAVED,
    name: str = "Nuit",
) -> Draft:
    """Return a draft that changes a composition of the wall."""
    item = Composition(
        id=composition_id,
        version=version,
        name=name,
        screens=(WallScreen(1, ("CAM-001",)),),
        deleted=change is CompositionChange.DELETED,
    )
    return draft(CompositionEvent(change=change, composition=item))


def circuit_draft(
    circuit_id: str, *, version: int, state: CircuitState = CircuitState.TREATED
) -> Draft:
    """Return a draft that says something of a plough circuit."""
    said = CircuitRecord(state=state, by="marie", seat="snow", at_ms=T0_MS)
    mark = CircuitMark(circuit_id=circuit_id, version=version, said=said, before=UNSAID)
    return draft(CircuitEvent(change=CircuitChange.RECORDED, mark=mark))


_INT64 = st.integers(-(2**63), 2**63 - 1)
_SIMPLE: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=40) | st.just(HARD_NAME),
    int: _INT64,
    float: st.floats(),
    bool: st.booleans(),
    type(None): st.none(),
}


def anything(annotation: Any) -> st.SearchStrategy[Any]:
    """Return a strategy for a contract type, every field free within its type."""
    if annotation in _SIMPLE:
        return _SIMPLE[annotation]
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (types.UnionType, typing.Union):
        return st.one_of([anything(argument) for argument in arguments])
    if origin is tuple:
        return st.lists(anything(arguments[0]), max_size=4).map(tuple)
    if origin is dict:
        return st.dictionaries(anything(arguments[0]), anything(arguments[1]), max_size=3)
    if isinstance(annotation, type) and issubclass(annotation, enum.Enum):
        return st.sampled_from(annotation)
    fields = typing.get_type_hints(annotation)
    return st.builds(annotation, **{name: anything(each) for name, each in fields.items()})


any_event: st.SearchStrategy[Event] = anything(Event)
