"""A journal in memory that keeps the store's promises and fails on demand."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from backend_bridge.contract.alarms import Alarm, AlarmChange
from backend_bridge.contract.circuits import CircuitMark
from backend_bridge.contract.commands import CommandRecord
from backend_bridge.contract.compositions import Composition, CompositionChange
from backend_bridge.contract.incidents import Incident, IncidentState
from backend_bridge.contract.journal import (
    AlarmEvent,
    ApprovalEvent,
    CircuitEvent,
    CommandEvent,
    CompositionEvent,
    HandsOffEvent,
    IncidentEvent,
    InterlockEvent,
    JournalEntry,
    OrderEvent,
    OverrideEvent,
    PlanEvent,
    ServiceEvent,
)
from backend_bridge.contract.orders import Approval, ApprovalState, Order, OrderState
from backend_bridge.contract.overrides import Override, OverrideState
from backend_bridge.contract.plans import CityPlan, PlanChange
from backend_bridge.contract.points import ServiceMark
from backend_bridge.contract.quality import ServiceState
from backend_bridge.contract.safety import HandsOff, InterlockMark
from backend_bridge.core.storage import Appearance, Draft, Situation, StorageError, StorageFullError

_OVER = (OverrideState.ENDED, OverrideState.REPLACED)


class MemoryJournal:
    """Implement ``JournalStore`` in memory.

    Attributes:
        full: while true every append raises ``StorageFullError``.
        broken: while true every append and read raises ``StorageError``.
        gate: an append waits for it before anything is kept; set at first.
        commits: successful appends so far.
        attempts: appends tried so far.
    """

    def __init__(self) -> None:
        self.full = False
        self.broken = False
        self.gate = asyncio.Event()
        self.gate.set()
        self.commits = 0
        self.attempts = 0
        self.log: list[JournalEntry] = []
        self._by_key: dict[str, JournalEntry] = {}
        self._alarms: dict[str, Alarm] = {}
        self._incidents: dict[str, Incident] = {}
        self._service: dict[str, ServiceMark] = {}
        self._commands: dict[str, CommandRecord] = {}
        self._circuits: dict[str, CircuitMark] = {}
        self._compositions: dict[str, Composition] = {}
        self._orders: dict[str, Order] = {}
        self._approvals: dict[str, Approval] = {}
        self._overrides: dict[str, Override] = {}
        self._interlocks: dict[str, InterlockMark] = {}
        self._zones: dict[str, HandsOff] = {}
        self._plans: dict[str, CityPlan] = {}

    @property
    def head(self) -> int:
        return len(self.log)

    async def append(self, drafts: Sequence[Draft]) -> list[JournalEntry]:
        self.attempts += 1
        await asyncio.sleep(0)
        await self.gate.wait()
        self._check()
        if self.full:
            raise StorageFullError("no space left on the fake device")
        entries = [self._keep(draft) for draft in drafts]
        self.commits += 1
        return entries

    async def entries(self, after: int, limit: int) -> list[JournalEntry]:
        self._check()
        return self.log[after : after + limit]

    async def incident_entries(self, incident_id: str, limit: int) -> list[JournalEntry]:
        self._check()
        incident = self._incidents.get(incident_id)
        alarm_ids = incident.alarm_ids if incident else ()
        found = [entry for entry in self.log if _belongs(entry, incident_id, alarm_ids)]
        return found[-limit:]

    async def appearances(self, since_ms: int, most: int) -> list[Appearance]:
        self._check()
        found = []
        ended_ms: dict[str, int] = {}
        for entry in reversed(self.log):
            event = entry.event
            if not isinstance(event, AlarmEvent) or entry.at_ms < since_ms:
                continue
            alarm = event.alarm
            if event.change is AlarmChange.RETURNED:
                ended_ms[alarm.id] = entry.at_ms
            elif event.change in (AlarmChange.RAISED, AlarmChange.RAISED_AGAIN):
                end_ms = ended_ms.pop(alarm.id, None)
                lasted_ms = None if end_ms is None else max(0, end_ms - entry.at_ms)
                if not alarm.quiet:
                    found.append(
                        Appearance(
                            entry.at_ms,
                            alarm.equipment_id,
                            alarm.equipment_kind,
                            alarm.rule,
                            lasted_ms,
                        )
                    )
        return found[:most]

    async def situation(self) -> Situation:
        self._check()
        return Situation(
            seq=self.head,
            alarms=tuple(a for a in self._alarms.values() if not a.over),
            incidents=tuple(
                i for i in self._incidents.values() if i.state is not IncidentState.CLOSED
            ),
            service=tuple(
                m for m in self._service.values() if m.state is not ServiceState.IN_SERVICE
            ),
            commands=tuple(c for c in self._commands.values() if not c.outcome.final),
            last_alarm_number=max((_number(item) for item in self._alarms), default=0),
            last_incident_number=max((_number(item) for item in self._incidents), default=0),
            circuits=tuple(self._circuits.values()),
            compositions=tuple(self._compositions.values()),
            to_check=tuple(c for c in self._commands.values() if c.to_check),
            orders=tuple(o for o in self._orders.values() if o.state is OrderState.RUNNING),
            approvals=tuple(
                a for a in self._approvals.values() if a.state is ApprovalState.WAITING
            ),
            overrides=tuple(o for o in self._overrides.values() if o.state not in _OVER),
            interlocks=tuple(self._interlocks.values()),
            hands_off=tuple(z for z in self._zones.values() if z.lifted_ms is None),
            plans=tuple(self._plans.values()),
        )

    async def incident(self, incident_id: str) -> Incident | None:
        self._check()
        return self._incidents.get(incident_id)

    async def command(self, key: str) -> CommandRecord | None:
        await asyncio.sleep(0)
        self._check()
        return self._commands.get(key)

    async def commands(self, keys: Sequence[str]) -> list[CommandRecord]:
        self._check()
        return [self._commands[key] for key in keys if key in self._commands]

    async def order(self, key: str) -> Order | None:
        self._check()
        return self._orders.get(key)

    async def approval(self, key: str) -> Approval | None:
        self._check()
        return self._approvals.get(key)

    def _check(self) -> None:
        if self.broken:
            raise StorageError("the fake device does not answer")

    def _keep(self, draft: Draft) -> JournalEntry:
        known = self._by_key.get(draft.key) if draft.key else None
        if known is not None:
            return known
        entry = JournalEntry(
            seq=self.head + 1,
            at_ms=draft.at_ms,
            user=draft.user,
            seat=draft.seat,
            event=draft.event,
        )
        self.log.append(entry)
        if draft.key:
            self._by_key[draft.key] = entry
        match draft.event:
            case AlarmEvent(alarm=alarm):
                self._alarms[alarm.id] = alarm
            case IncidentEvent(incident=incident):
                self._incidents[incident.id] = incident
            case ServiceEvent(mark=mark):
                self._service[mark.equipment_id] = mark
            case CommandEvent(command=command):
                self._commands[command.key] = command
            case CircuitEvent(mark=circuit):
                self._circuits[circuit.circuit_id] = circuit
            case CompositionEvent(change=CompositionChange.FORGOTTEN, composition=over):
                del self._compositions[over.id]
            case CompositionEvent(composition=item):
                self._compositions[item.id] = item
            case OrderEvent(order=order):
                self._orders[order.key] = order
            case ApprovalEvent(approval=approval):
                self._approvals[approval.id] = approval
            case OverrideEvent(override=override):
                self._overrides[override.id] = override
            case InterlockEvent(mark=interlock):
                self._interlocks[interlock.interlock_id] = interlock
            case HandsOffEvent(zone=zone):
                self._zones[zone.id] = zone
            case PlanEvent(change=PlanChange.REMOVED, plan=plan):
                self._plans.pop(plan.key, None)
            case PlanEvent(plan=plan):
                self._plans[plan.key] = plan
            case _:
                pass
        return entry


def _number(word: str) -> int:
    return int(word.rpartition("-")[2])


def _belongs(entry: JournalEntry, incident_id: str, alarm_ids: Sequence[str]) -> bool:
    match entry.event:
        case IncidentEvent(incident=incident):
            return incident.id == incident_id
        case AlarmEvent(alarm=alarm):
            return alarm.id in alarm_ids
        case _:
            return False
