"""The journal and the states its entries carry, as services and server see them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec
import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection, Table

from backend_bridge.contract.alarms import Alarm, AlarmChange
from backend_bridge.contract.circuits import CircuitMark
from backend_bridge.contract.commands import CommandRecord
from backend_bridge.contract.compositions import Composition
from backend_bridge.contract.incidents import Incident
from backend_bridge.contract.journal import JournalEntry
from backend_bridge.contract.orders import Approval, Order
from backend_bridge.contract.overrides import Override
from backend_bridge.contract.plans import CityPlan
from backend_bridge.contract.points import ServiceMark
from backend_bridge.contract.safety import HandsOff, InterlockMark
from backend_bridge.core.storage import Appearance, Draft, Situation
from backend_bridge.store.group import ENTRY_COLUMNS, entry_from, newest_seq
from backend_bridge.store.reader import Reader
from backend_bridge.store.rows import load_state, prepare
from backend_bridge.store.tables import (
    alarms,
    approvals,
    circuit_marks,
    commands,
    compositions,
    hands_off,
    incidents,
    interlock_marks,
    journal,
    orders,
    overrides,
    plans,
    service_marks,
)
from backend_bridge.store.writer import Writer

_IDS_ASKED = 500
"""Ids in one query."""

_ROWS_AT_ONCE = 1_000
_CLOCK_SLACK_MS = 86_400_000
"""How far a clock may have jumped back: sequences are in order, times of day may not be."""
_APPEARING = (AlarmChange.RAISED, AlarmChange.RAISED_AGAIN)


class _AlarmPart(msgspec.Struct, frozen=True):
    id: str
    equipment_id: str
    equipment_kind: str
    rule: str
    suppressed: str = ""
    shelf: dict[str, object] | None = None
    taken_out: dict[str, object] | None = None


class _AlarmEventPart(msgspec.Struct, frozen=True, tag="alarm"):
    """What an appearance needs of an alarm's event; the rest is not decoded."""

    change: AlarmChange
    alarm: _AlarmPart


_appeared = msgspec.msgpack.Decoder(_AlarmEventPart)
_alarm = msgspec.msgpack.Decoder(Alarm)
_circuit = msgspec.msgpack.Decoder(CircuitMark)
_composition = msgspec.msgpack.Decoder(Composition)
_incident = msgspec.msgpack.Decoder(Incident)
_command = msgspec.msgpack.Decoder(CommandRecord)
_mark = msgspec.msgpack.Decoder(ServiceMark)
_order = msgspec.msgpack.Decoder(Order)
_approval = msgspec.msgpack.Decoder(Approval)
_override = msgspec.msgpack.Decoder(Override)
_interlock = msgspec.msgpack.Decoder(InterlockMark)
_hands_off = msgspec.msgpack.Decoder(HandsOff)
_plan = msgspec.msgpack.Decoder(CityPlan)

Loaded = TypeVar("Loaded")


class SqlJournal:
    """Implement :class:`backend_bridge.core.storage.JournalStore` on SQLAlchemy Core.

    Its coroutines may be awaited on any loop; none of them touches the database there.
    """

    def __init__(self, writer: Writer, reader: Reader) -> None:
        self._writer = writer
        self._reader = reader

    @property
    def head(self) -> int:
        """Return the sequence of the newest committed entry, 0 for none."""
        return self._writer.head

    async def append(self, drafts: Sequence[Draft]) -> list[JournalEntry]:
        """Commit drafts together, durably, and return their entries in the same order.

        A draft whose key is already committed, or stands earlier in the same call, adds nothing
        and gives the first entry. A cancelled caller's drafts may or may not have been kept: give
        them a key and ask again.

        Raises:
            StorageFullError: no room; nothing was kept.
            StorageError: anything else; nothing was kept.
        """
        return await self._writer.append([prepare(draft) for draft in drafts])

    async def entries(self, after: int, limit: int) -> list[JournalEntry]:
        """Return at most ``limit`` entries after a sequence, oldest first.

        Raises:
            StorageError: the database does not answer, or an entry is damaged.
        """
        query = (
            sa.select(*ENTRY_COLUMNS)
            .where(journal.c.seq > after)
            .order_by(journal.c.seq)
            .limit(max(0, limit))
        )
        found = await self._reader.run(
            lambda connection: [entry_from(row) for row in connection.execute(query)]
        )
        if found:
            self._writer.saw(found[-1].seq)
        return found

    async def incident_entries(self, incident_id: str, limit: int) -> list[JournalEntry]:
        """Return the newest entries of one incident and its alarms, oldest first.

        Raises:
            StorageError: the database does not answer, or an entry is damaged.
        """
        return await self._reader.run(
            lambda connection: _incident_entries(connection, incident_id, max(0, limit))
        )

    async def situation(self) -> Situation:
        """Return everything that is not over, as of one sequence.

        Raises:
            StorageError: the database does not answer, or a state is damaged.
        """
        found = await self._reader.run(_situation)
        self._writer.saw(found.seq)
        return found

    async def appearances(self, since_ms: int, most: int) -> list[Appearance]:
        """Return alarms that became active since a time, newest first, at most ``most``.

        Raises:
            StorageError: the database does not answer, or an entry is damaged.
        """
        return await self._reader.run(
            lambda connection: _appearances(connection, since_ms, max(0, most))
        )

    async def incident(self, incident_id: str) -> Incident | None:
        """Return one incident, closed ones included.

        Raises:
            StorageError: the database does not answer, or the state is damaged.
        """
        return await self._reader.run(
            lambda connection: _one(connection, incidents, incident_id, _incident)
        )

    async def command(self, key: str) -> CommandRecord | None:
        """Return one command by its key, finished ones included.

        Raises:
            StorageError: the database does not answer, or the state is damaged.
        """
        return await self._reader.run(lambda connection: _one(connection, commands, key, _command))

    async def order(self, key: str) -> Order | None:
        """Return one order by its key, ended ones included.

        Raises:
            StorageError: the database does not answer, or the state is damaged.
        """
        return await self._reader.run(lambda connection: _one(connection, orders, key, _order))

    async def commands(self, keys: Sequence[str]) -> list[CommandRecord]:
        """Return the commands of some keys that there are, in the order of the keys.

        Raises:
            StorageError: the database does not answer, or a state is damaged.
        """
        return await self._reader.run(
            lambda connection: _many(connection, commands, keys, _command)
        )

    async def approval(self, key: str) -> Approval | None:
        """Return one question to a second person by its key, answered ones included.

        Raises:
            StorageError: the database does not answer, or the state is damaged.
        """
        return await self._reader.run(
            lambda connection: _one(connection, approvals, key, _approval)
        )


def _situation(connection: Connection) -> Situation:
    issued = _open(connection, commands, _command)
    return Situation(
        seq=newest_seq(connection),
        alarms=_open(connection, alarms, _alarm),
        incidents=_open(connection, incidents, _incident),
        service=_open(connection, service_marks, _mark),
        commands=tuple(command for command in issued if not command.outcome.final),
        to_check=tuple(command for command in issued if command.to_check),
        last_alarm_number=_last_number(connection, alarms),
        last_incident_number=_last_number(connection, incidents),
        circuits=_open(connection, circuit_marks, _circuit),
        compositions=_open(connection, compositions, _composition),
        orders=_open(connection, orders, _order),
        approvals=_open(connection, approvals, _approval),
        overrides=_open(connection, overrides, _override),
        interlocks=_open(connection, interlock_marks, _interlock),
        hands_off=_open(connection, hands_off, _hands_off),
        plans=_open(connection, plans, _plan),
    )


def read_interlocks(connection: Connection) -> tuple[InterlockMark, ...]:
    """Return how interlocks stood when the bridge last wrote it down.

    Raises:
        StorageError: a row is damaged.
    """
    return _open(connection, interlock_marks, _interlock)


def _open(
    connection: Connection, table: Table, decoder: msgspec.msgpack.Decoder[Loaded]
) -> tuple[Loaded, ...]:
    """Return the open states of a table, the one longest unchanged first."""
    query = (
        sa.select(table.c.id, table.c.payload)
        .where(table.c.is_open.is_(True))
        .order_by(table.c.seq)
    )
    rows = connection.execute(query)
    return tuple(load_state(row.payload, decoder, f"{table.name}/{row.id}") for row in rows)


def _one(
    connection: Connection, table: Table, key: str, decoder: msgspec.msgpack.Decoder[Loaded]
) -> Loaded | None:
    query = sa.select(table.c.payload).where(table.c.id == key)
    payload = connection.execute(query).scalar_one_or_none()
    return None if payload is None else load_state(payload, decoder, f"{table.name}/{key}")


def _many(
    connection: Connection,
    table: Table,
    keys: Sequence[str],
    decoder: msgspec.msgpack.Decoder[Loaded],
) -> list[Loaded]:
    found: dict[str, bytes] = {}
    for start in range(0, len(keys), _IDS_ASKED):
        asked = keys[start : start + _IDS_ASKED]
        query = sa.select(table.c.id, table.c.payload).where(table.c.id.in_(asked))
        found.update((row.id, row.payload) for row in connection.execute(query))
    wanted = [key for key in keys if key in found]
    return [load_state(found[key], decoder, f"{table.name}/{key}") for key in wanted]


def _last_number(connection: Connection, table: Table) -> int:
    query = sa.select(sa.func.coalesce(sa.func.max(table.c.number), 0))
    return int(connection.execute(query).scalar_one())


def _appearances(connection: Connection, since_ms: int, most: int) -> list[Appearance]:
    """Walk back through the alarms' entries; each is read only as far as it is needed."""
    query = (
        sa.select(journal.c.seq, journal.c.at_ms, journal.c.payload)
        .where(journal.c.alarm_id.is_not(None))
        .order_by(journal.c.seq.desc())
        .execution_options(yield_per=_ROWS_AT_ONCE)
    )
    found: list[Appearance] = []
    ended_ms: dict[str, int] = {}
    for row in connection.execute(query):
        if row.at_ms < since_ms - _CLOCK_SLACK_MS or len(found) == most:
            break
        if row.at_ms < since_ms:
            continue
        event = load_state(row.payload, _appeared, f"journal/{row.seq}")
        alarm = event.alarm
        if event.change is AlarmChange.RETURNED:
            ended_ms[alarm.id] = row.at_ms
        elif event.change in _APPEARING:
            end_ms = ended_ms.pop(alarm.id, None)
            if alarm.suppressed or alarm.shelf is not None or alarm.taken_out is not None:
                continue
            lasted_ms = None if end_ms is None else max(0, end_ms - row.at_ms)
            found.append(
                Appearance(
                    row.at_ms, alarm.equipment_id, alarm.equipment_kind, alarm.rule, lasted_ms
                )
            )
    return found


def _incident_entries(connection: Connection, incident_id: str, limit: int) -> list[JournalEntry]:
    incident = _one(connection, incidents, incident_id, _incident)
    alarm_ids = incident.alarm_ids if incident else ()
    wanted: list[ColumnElement[bool]] = [journal.c.incident_id == incident_id]
    wanted += [
        journal.c.alarm_id.in_(alarm_ids[start : start + _IDS_ASKED])
        for start in range(0, len(alarm_ids), _IDS_ASKED)
    ]
    found: dict[int, Sequence[Any]] = {}
    for condition in wanted:
        query = (
            sa.select(*ENTRY_COLUMNS).where(condition).order_by(journal.c.seq.desc()).limit(limit)
        )
        found.update((row.seq, row) for row in connection.execute(query))
    newest = sorted(found)[-limit:] if limit else []
    return [entry_from(found[seq]) for seq in newest]
