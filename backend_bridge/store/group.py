"""Write one group of drafts in one transaction: sequences, repeated keys, chain, states."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Table

from backend_bridge.contract.journal import JournalEntry
from backend_bridge.core.storage import Seal
from backend_bridge.store import dialects
from backend_bridge.store.chain import GENESIS, SEALED_FIELDS, seal
from backend_bridge.store.dialects import BulkWrite
from backend_bridge.store.rows import Prepared, load_event
from backend_bridge.store.seal import SealKey, fits, write_seal
from backend_bridge.store.tables import (
    alarms,
    approvals,
    circuit_marks,
    commands,
    compositions,
    hands_off,
    idempotency_keys,
    incidents,
    interlock_marks,
    journal,
    orders,
    overrides,
    plans,
    service_marks,
)

ENTRY_COLUMNS = (
    journal.c.seq,
    journal.c.at_ms,
    journal.c.user_name,
    journal.c.seat,
    journal.c.payload,
)
"""What :func:`entry_from` takes, in order; other columns, known or not, are left alone."""

_JOURNAL = BulkWrite(journal, (*SEALED_FIELDS, "digest"))
_KEYS = BulkWrite(idempotency_keys, ("key", "seq"))
_NUMBERED = ("id", "number", "is_open", "seq", "payload")
_PLAIN = ("id", "is_open", "seq", "payload")
_STATES = {
    table: BulkWrite(table, columns, key="id")
    for table, columns in (
        (alarms, _NUMBERED),
        (incidents, _NUMBERED),
        (commands, _PLAIN),
        (service_marks, _PLAIN),
        (circuit_marks, _PLAIN),
        (compositions, _PLAIN),
        (orders, _PLAIN),
        (approvals, _PLAIN),
        (overrides, _PLAIN),
        (interlock_marks, _PLAIN),
        (hands_off, _PLAIN),
        (plans, _PLAIN),
    )
}
_KEYS_ASKED = 500


class Group:
    """Drafts of several callers on their way into one transaction.

    Attributes:
        calls: each caller's drafts.
        results: each caller's entries, in the order of its drafts; filled by
            :func:`write_group`.
        tip: the last link that writing it adds to the journal, ``None`` for nothing new.
        sealed: false when it was written behind something that was written without the key: it
            then carries no seal either, and checking the chain says from where on.
    """

    def __init__(self, calls: Sequence[Sequence[Prepared]]) -> None:
        self.calls = calls
        self.results: list[list[JournalEntry]] = []
        self.tip: Seal | None = None
        self.sealed = True

    def keys(self) -> list[str]:
        """Return the idempotency keys named, each once."""
        named = (item.draft.key for drafts in self.calls for item in drafts)
        return list(dict.fromkeys(key for key in named if key))


def entry_from(row: Sequence[Any]) -> JournalEntry:
    """Return the entry of a row of :data:`ENTRY_COLUMNS`.

    Raises:
        StorageError: the row is damaged.
    """
    seq, at_ms, user, seat, payload = row
    event = load_event(payload, seq)
    return JournalEntry(seq=seq, at_ms=at_ms, user=user, seat=seat, event=event)


def newest_seq(connection: Connection) -> int:
    """Return the newest committed sequence, 0 for an empty journal."""
    return newest_seal(connection).seq


def newest_seal(connection: Connection) -> Seal:
    """Return the newest committed sequence and its digest; 0 and ``GENESIS`` for none."""
    row = connection.execute(_NEWEST).one_or_none()
    # a digest somebody took away: the chain goes on from nothing, and checking it says where
    return Seal(0, GENESIS) if row is None else Seal(int(row[0]), bytes(row[1] or GENESIS))


def newest_ms(connection: Connection) -> int:
    """Return when the newest committed entry was written, 0 for an empty journal."""
    query = sa.select(journal.c.at_ms).order_by(journal.c.seq.desc()).limit(1)
    return int(connection.execute(query).scalar() or 0)


def is_committed(connection: Connection, link: Seal) -> bool:
    """Return whether the journal holds this very link."""
    query = sa.select(journal.c.digest).where(journal.c.seq == link.seq)
    found = connection.execute(query).scalar_one_or_none()
    return found is not None and bytes(found) == link.digest


def write_group(connection: Connection, group: Group, seal_key: SealKey | None = None) -> None:
    """Write a group, sealed, and fill its results; the caller commits or rolls everything back.

    Args:
        connection: in a transaction.
        group: what is to be kept.
        seal_key: seals the newest entry; without one it carries no seal.

    Raises:
        StorageError: an earlier entry that a key points to is damaged.
        Exception: whatever the driver raises.
    """
    dialects.lock_journal(connection)
    tip = newest_seal(connection)
    seq = tip.seq
    named = group.keys()
    known = _committed(connection, named) if named else {}
    fresh: list[tuple[int, Prepared]] = []
    keys: list[tuple[str, int]] = []
    for drafts in group.calls:
        entries = []
        for item in drafts:
            key = item.draft.key
            entry = known.get(key) if key else None
            if entry is None:
                seq += 1
                entry = item.entry(seq)
                fresh.append((seq, item))
                if key:
                    known[key] = entry
                    keys.append((key, seq))
            entries.append(entry)
        group.results.append(entries)
    if fresh:
        rows = _journal_rows(fresh, tip.digest)
        group.tip = Seal(seq, rows[-1][-1])
        _JOURNAL.run(connection, rows)
        if seal_key is not None:
            group.sealed = fits(connection, seal_key, tip)
            if group.sealed:
                write_seal(connection, seal_key, group.tip)
        _KEYS.run(connection, keys)
        for table, rows in _states(fresh).items():
            _STATES[table].run(connection, rows)


_NEWEST = sa.select(journal.c.seq, journal.c.digest).order_by(journal.c.seq.desc()).limit(1)
_BY_KEY = (
    sa.select(idempotency_keys.c.key, *ENTRY_COLUMNS)
    .join(journal, journal.c.seq == idempotency_keys.c.seq)
    .where(idempotency_keys.c.key.in_(sa.bindparam("keys", expanding=True)))
)


def _committed(connection: Connection, keys: list[str]) -> dict[str, JournalEntry]:
    found = {}
    for part in _parts(keys):
        for row in connection.execute(_BY_KEY, {"keys": part}):
            found[str(row[0])] = entry_from(row[1:])
    return found


def _parts(keys: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(keys), _KEYS_ASKED):
        yield keys[start : start + _KEYS_ASKED]


def _journal_rows(fresh: list[tuple[int, Prepared]], before: bytes) -> list[tuple[Any, ...]]:
    """Return the journal's rows, each sealed with the digest before it."""
    rows = []
    for seq, item in fresh:
        draft = item.draft
        row = (
            seq, draft.at_ms, draft.user, draft.seat, item.kind, item.equipment_id, item.alarm_id,
            item.incident_id, item.payload,
        )  # fmt: skip
        before = seal(before, row)
        rows.append((*row, before))
    return rows


def _states(fresh: list[tuple[int, Prepared]]) -> dict[Table, list[tuple[Any, ...]]]:
    """Return the rows to replace, by table; of several states of one id only the last."""
    last: dict[Table, dict[str, tuple[Any, ...]]] = {}
    for seq, item in fresh:
        state = item.state
        if state is None:
            continue
        tail = (state.is_open, seq, state.payload)
        row = (state.id, *tail) if state.number is None else (state.id, state.number, *tail)
        last.setdefault(state.table, {})[state.id] = row
    return {table: list(rows.values()) for table, rows in last.items()}
