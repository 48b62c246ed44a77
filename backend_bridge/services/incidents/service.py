"""The incident service: opened by alarms, worked on by people, one owner at a time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

import structlog

from backend_bridge.contract.alarms import Alarm, AlarmChange
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.incidents import Incident, IncidentChange, IncidentState
from backend_bridge.contract.journal import AlarmEvent, IncidentEvent, JournalEntry
from backend_bridge.contract.points import Equipment
from backend_bridge.contract.requests import (
    AssignIncident,
    CloseIncident,
    CommentIncident,
    ReopenIncident,
    Request,
    TakeIncident,
)
from backend_bridge.contract.results import IncidentResult, Result
from backend_bridge.contract.times import Clock
from backend_bridge.core.bus import Bus
from backend_bridge.core.requests import Caller, Handler
from backend_bridge.core.storage import Draft, JournalStore, Situation
from backend_bridge.services.actor import BRIDGE_USER, JournalActor, Plan
from backend_bridge.services.facts import Facts
from backend_bridge.services.incidents import engine
from backend_bridge.services.incidents.decisions import (
    Decision,
    Facing,
    IncidentRequest,
    RelieveIncident,
    decide,
    refusal,
)
from backend_bridge.services.incidents.kinds import IncidentKind

REOPEN_S = 24 * 3600.0
"""Seconds after its closing within which an incident may be opened again."""
_IDS_IN_TEXT = 20
_RISING = (
    AlarmChange.RAISED,
    AlarmChange.RAISED_AGAIN,
    AlarmChange.ESCALATED,
    AlarmChange.UNSHELVED,
    AlarmChange.UNSUPPRESSED,
    AlarmChange.IN_SERVICE,
)
"""What makes an active alarm matter; one that is kept quiet opens nothing."""
_ENTRIES_LOOKED_AT = 500

_log = structlog.get_logger(__name__)


Note = Callable[[tuple[str, ...]], Sequence[Draft]]
"""Given the incidents that move in a hand-over, returns what is committed with them."""


class _Relief(NamedTuple):
    """A hand-over's part here; asked by the bridge itself."""

    wanted: tuple[str, ...]
    owner: str
    note: Note


class _Relieved(NamedTuple):
    moved: tuple[str, ...]


class IncidentService(JournalActor):
    """Open, join, take, assign, comment, close and reopen incidents.

    Args:
        kinds: kinds of incidents by key.
        opens: kind of incident each alarm rule opens; other rules only join what is open.
        situation: what was open when the bridge last committed; read once, before ``run``.
        reopen_s: seconds after its closing within which an incident may be opened again.
        networks: what is no equipment and may be lost like one, by the id its alarms name.
    """

    def __init__(
        self,
        *,
        kinds: Mapping[str, IncidentKind],
        opens: Mapping[str, str],
        facts: Facts,
        journal: JournalStore,
        bus: Bus,
        clock: Clock,
        situation: Situation,
        reopen_s: float = REOPEN_S,
        networks: Mapping[str, Equipment] | None = None,
    ) -> None:
        super().__init__(journal=journal, bus=bus, clock=clock)
        self._kinds = kinds
        self._opens = opens
        self._facts = facts
        self._reopen_s = reopen_s
        self._networks = networks or {}
        self._open: dict[str, Incident] = {}
        self._of_root: dict[str, dict[str, None]] = {}
        self._of_alarm: dict[str, str] = {}
        self._alarms = {alarm.id: alarm for alarm in situation.alarms}
        self._last_number = situation.last_incident_number
        for incident in situation.incidents:
            self._keep(incident)
        bus.subscribe(self._on_bus_entry)

    def handlers(self) -> Mapping[type, Handler]:
        """Return what answers which request."""
        return dict.fromkeys(
            (TakeIncident, AssignIncident, CommentIncident, CloseIncident, ReopenIncident),
            self.ask,
        )

    async def relieve(
        self, leaver: Caller, newcomer: Caller, incident_ids: Sequence[str], note: Note
    ) -> tuple[str, ...]:
        """Give the leaver's incidents among these to who relieves him, all in one commit.

        Args:
            leaver: who goes.
            newcomer: who comes.
            incident_ids: those meant; one that is closed, owned by somebody else by now, or that
                the newcomer may not manage stays as it is.
            note: given those that move, returns what joins the same commit; what it raises
                refuses everything.

        Returns:
            Those that moved.

        Raises:
            RequestError: nothing moved: the disk refuses, or ``note`` did.
        """
        wanted = tuple(dict.fromkeys(incident_ids))
        relief = _Relief(wanted, leaver.user, note)
        answer: object = await self.ask(newcomer, relief)  # type: ignore[arg-type]  # no message
        assert isinstance(answer, _Relieved)
        return answer.moved

    def open_incidents(self) -> tuple[Incident, ...]:
        """Return the incidents that are not closed, changes not yet durable included."""
        return tuple(self._open.values())

    def _on_bus_entry(self, entry: JournalEntry) -> None:
        if isinstance(entry.event, AlarmEvent):
            self.post(entry.event)

    # the actor's parts

    async def _start(self) -> list[Draft]:
        """Write what the bridge did not get to when it stopped between an alarm and this."""
        drafts: list[Draft] = []
        for incident in tuple(self._open.values()):
            members = [self._alarms[i] for i in incident.alarm_ids if i in self._alarms]
            active = [alarm for alarm in members if alarm.active]
            resolved = incident.state is IncidentState.RESOLVED
            if active and resolved:
                drafts.append(self._join(incident, active))
            elif not active and not resolved and await self._return_missed(incident):
                drafts.append(self._return(incident, members))
        drafts += self._gather(
            [alarm for alarm in self._alarms.values() if alarm.active and not alarm.quiet]
        )
        return drafts

    async def _return_missed(self, incident: Incident) -> bool:
        """Return whether an alarm's return is in the journal and the incident's note of it not.

        An incident that a person opened again has no active alarm either, and stays as it is.
        """
        missed = False
        for entry in await self._journal.incident_entries(incident.id, _ENTRIES_LOOKED_AT):
            match entry.event:
                case AlarmEvent(change=AlarmChange.RETURNED):
                    missed = True
                case IncidentEvent(change=IncidentChange.ALARM_RETURNED):
                    missed = False
                case _:
                    pass
        return missed

    def _absorb(self, items: Sequence[object]) -> list[Draft]:
        """Take alarm events; all that concern one incident in one drain make one entry each way."""
        rising: dict[str, Alarm] = {}
        falling: dict[str, Alarm] = {}
        for event in items:
            assert isinstance(event, AlarmEvent)
            alarm = event.alarm
            if alarm.over:
                self._alarms.pop(alarm.id, None)
            else:
                self._alarms[alarm.id] = alarm
            if event.change in _RISING and alarm.active and not alarm.quiet:
                rising[alarm.id] = alarm
            elif event.change is AlarmChange.RETURNED:
                falling[alarm.id] = alarm
        return [*self._gather(rising.values()), *self._let_return(falling.values())]

    def _gather(self, alarms: Iterable[Alarm]) -> list[Draft]:
        """Put active alarms under the open incident of their root equipment, or open one.

        Alarms whose rule opens no incident stay alarms: a lamp that failed last month must not
        keep the incident of its cabinet open.
        """
        drafts: list[Draft] = []
        joining: dict[str, dict[str, Alarm]] = {}
        for alarm in alarms:
            if alarm.rule not in self._opens:
                continue
            incident = self._incident_for(alarm, joining)
            if incident is None:
                drafts += self._open_for(alarm)
            elif self._is_news(incident, alarm):
                joining.setdefault(incident.id, {})[alarm.id] = alarm
        for incident_id, found in joining.items():
            drafts.append(self._join(self._open[incident_id], list(found.values())))
        return drafts

    def _incident_for(
        self, alarm: Alarm, joining: Mapping[str, Mapping[str, Alarm]]
    ) -> Incident | None:
        """Return the open incident an alarm is in, or the newest of its root with room left."""
        incident_id = self._of_alarm.get(alarm.id)
        if incident_id is not None:
            return self._open[incident_id]
        root = self._facts.root(alarm.equipment_id)
        for incident_id in reversed(self._of_root.get(root, {})):
            gathered = len(self._open[incident_id].alarm_ids) + len(joining.get(incident_id, {}))
            if gathered < engine.MOST_ALARMS:
                return self._open[incident_id]
        return None

    def _is_news(self, incident: Incident, alarm: Alarm) -> bool:
        return (
            alarm.id not in incident.alarm_ids
            or incident.state is IncidentState.RESOLVED
            or alarm.severity < incident.severity
        )

    def _open_for(self, alarm: Alarm) -> list[Draft]:
        equipment = self._facts.equipment(alarm.equipment_id) or self._networks.get(
            alarm.equipment_id
        )
        if equipment is None:
            _log.warning("incident_without_equipment", alarm=alarm.id)
            return []
        self._last_number += 1
        incident = engine.opened(
            self._kinds[self._opens[alarm.rule]],
            self._last_number,
            alarm,
            equipment,
            place=self._place_of(alarm.equipment_id) or equipment.place,
            now_ms=self._clock.now_ms(),
        )
        return [self._write(IncidentChange.OPENED, incident, alarm.id)]

    def _join(self, incident: Incident, alarms: Sequence[Alarm]) -> Draft:
        after = engine.joined(incident, alarms, self._clock.now_ms())
        return self._write(IncidentChange.ALARM_JOINED, after, _ids(alarms))

    def _return(self, incident: Incident, alarms: Sequence[Alarm]) -> Draft:
        after = engine.alarms_returned(
            incident, self._clock.now_ms(), still_active=self._has_active(incident)
        )
        return self._write(IncidentChange.ALARM_RETURNED, after, _ids(alarms))

    def _let_return(self, alarms: Iterable[Alarm]) -> list[Draft]:
        returning: dict[str, list[Alarm]] = {}
        for alarm in alarms:
            incident_id = self._of_alarm.get(alarm.id)
            if incident_id is not None:
                returning.setdefault(incident_id, []).append(alarm)
        return [
            self._return(self._open[incident_id], found) for incident_id, found in returning.items()
        ]

    def _has_active(self, incident: Incident) -> bool:
        return any(
            alarm_id in self._alarms and self._alarms[alarm_id].active
            for alarm_id in incident.alarm_ids
        )

    def _place_of(self, equipment_id: str) -> str:
        for candidate in (equipment_id, *self._facts.ancestors(equipment_id)):
            equipment = self._facts.equipment(candidate)
            if equipment is not None and equipment.place:
                return equipment.place
        return ""

    # requests

    def _subjects(self, request: Request | _Relief) -> Collection[str]:
        return request.wanted if isinstance(request, _Relief) else (self._subject(request),)

    def _subject(self, request: Request) -> str:
        assert isinstance(request, IncidentRequest)
        return request.incident_id

    def _subject_of_draft(self, draft: Draft) -> str:
        event = draft.event
        return event.incident.id if isinstance(event, IncidentEvent) else str(id(draft))

    async def _plan(self, caller: Caller, request: Request | _Relief) -> Plan:
        if isinstance(request, _Relief):
            return await self._plan_relief(caller, request)
        assert isinstance(request, IncidentRequest)
        incident_id = request.incident_id
        incident = self._open.get(incident_id) or await self._journal.incident(incident_id)
        sector = self._facts.sector(incident.equipment_id) if incident else ""
        if incident is None or not caller.holds("view", incident.equipment_kind, sector):
            raise refusal(ErrorCode.CONFLICT, "not_found", incident=incident_id[:64])
        facing = Facing(self._clock.now_ms(), self._has_active(incident), self._reopen_s, sector)
        decision = decide(caller, incident, request, facing)
        if decision is None:
            return Plan((), lambda _: IncidentResult(incident=incident))
        return self._plan_of(caller, incident, decision)

    async def _plan_relief(self, newcomer: Caller, relief: _Relief) -> Plan:
        plans: dict[str, Plan] = {}
        for each in relief.wanted:
            request = RelieveIncident(incident_id=each, owner=relief.owner)
            try:
                plans[each] = await self._plan(newcomer, request)  # type: ignore[arg-type]  # no message
            except RequestError:
                continue  # it stays as it is
        moved = tuple(plans)
        drafts = [draft for plan in plans.values() for draft in plan.drafts]

        def finish(entries: Sequence[JournalEntry]) -> Result:
            for plan, entry in zip(plans.values(), entries, strict=False):  # the note's follow
                plan.finish((entry,))
            return _Relieved(moved)  # type: ignore[return-value]  # answers no message of the wire

        return Plan((*drafts, *relief.note(moved)), finish)

    def _plan_of(self, caller: Caller, before: Incident, decision: Decision) -> Plan:
        change, after, text, key = decision
        draft = Draft(
            user=caller.user,
            seat=caller.seat,
            at_ms=after.changed_ms,
            event=IncidentEvent(change=change, incident=after, text=text),
            key=key,
        )

        def finish(entries: Sequence[JournalEntry]) -> Result:
            event = entries[0].event
            assert isinstance(event, IncidentEvent)
            if event.incident.version != after.version:
                # the key was known: the line is in the log already and nothing was added
                return IncidentResult(incident=before)
            self._keep(after)
            return IncidentResult(incident=after)

        return Plan((draft,), finish)

    # state

    def _write(self, change: IncidentChange, incident: Incident, text: str) -> Draft:
        self._keep(incident)
        return Draft(
            user=BRIDGE_USER,
            seat="",
            at_ms=incident.changed_ms,
            event=IncidentEvent(change=change, incident=incident, text=text),
        )

    def _keep(self, incident: Incident) -> None:
        root = self._facts.root(incident.equipment_id)
        if incident.state is not IncidentState.CLOSED:
            self._open[incident.id] = incident
            self._of_root.setdefault(root, {})[incident.id] = None
            for alarm_id in incident.alarm_ids:
                self._of_alarm.setdefault(alarm_id, incident.id)
            return
        self._open.pop(incident.id, None)
        of_root = self._of_root.get(root, {})
        of_root.pop(incident.id, None)
        if not of_root:
            self._of_root.pop(root, None)
        for alarm_id in incident.alarm_ids:
            if self._of_alarm.get(alarm_id) == incident.id:
                del self._of_alarm[alarm_id]


def _ids(alarms: Sequence[Alarm]) -> str:
    shown = " ".join(alarm.id for alarm in alarms[:_IDS_IN_TEXT])
    hidden = len(alarms) - _IDS_IN_TEXT
    return f"{shown} +{hidden}" if hidden > 0 else shown
