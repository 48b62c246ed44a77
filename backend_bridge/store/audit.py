"""Read the journal as the audit chain: page by page for an auditor, all of it to check it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import Connection

from backend_bridge.contract.audit import AuditLink
from backend_bridge.core.storage import AuditQuery, Seal
from backend_bridge.store.chain import GENESIS, SEALED_FIELDS, Break, Wrong, walk
from backend_bridge.store.engines import open_engine, server_of
from backend_bridge.store.errors import OlderStoreError, StoreOpenError
from backend_bridge.store.group import ENTRY_COLUMNS, entry_from, newest_seal
from backend_bridge.store.reader import Reader
from backend_bridge.store.schema import is_current
from backend_bridge.store.seal import Sealing, SealKey, SealReport, check_seal
from backend_bridge.store.settings import StoreSettings
from backend_bridge.store.tables import (
    AUDITED,
    AUDITED_USERS,
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
    meta,
    orders,
    overrides,
    plans,
    service_marks,
)

_ROWS_AT_ONCE = 2_000
_REFERRING = (
    *(alarms, incidents, commands, service_marks, circuit_marks, compositions, orders),
    *(approvals, overrides, interlock_marks, hands_off, plans, idempotency_keys),
)
"""Tables whose rows name the entry they come from: they remember an end that was cut off."""


class SqlAudit:
    """Implement :class:`backend_bridge.core.storage.AuditStore`."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def tip(self) -> Seal:
        """Return the newest link.

        Raises:
            StorageError: the database does not answer.
        """
        return await self._reader.run(newest_seal)

    async def links(self, wanted: AuditQuery, before: int, limit: int) -> list[AuditLink]:
        """Return links, newest first, before link ``before`` (0: from the newest).

        Raises:
            StorageError: the database does not answer, or an entry is damaged.
        """
        return await self._reader.run(
            lambda connection: list(read_links(connection, wanted, before, limit))
        )


def read_links(
    connection: Connection, wanted: AuditQuery, before: int = 0, limit: int | None = None
) -> Iterator[AuditLink]:
    """Yield links that fit, newest first; streams, so that an export holds no journal in memory.

    Raises:
        StorageError: an entry is damaged.
    """
    query = links_query(wanted, before, limit).execution_options(yield_per=_ROWS_AT_ONCE)
    for row in connection.execute(query):
        yield AuditLink(
            number=int(row[0]),
            entry=entry_from(row[: len(ENTRY_COLUMNS)]),
            before=bytes(row.digest_before or GENESIS).hex(),
            digest=bytes(row.digest or b"").hex(),
        )


def links_query(wanted: AuditQuery, before: int, limit: int | None) -> sa.Select[Any]:
    """Return the question for links: an entry's columns, its digest, and the one before."""
    earlier = journal.alias("earlier")
    digest_before = (
        sa.select(earlier.c.digest).where(earlier.c.seq == journal.c.seq - 1).scalar_subquery()
    )
    return (
        sa.select(*ENTRY_COLUMNS, journal.c.digest, digest_before.label("digest_before"))
        .where(*_conditions(wanted, before))
        .order_by(journal.c.seq.desc())
        .limit(limit)
    )


def _conditions(
    wanted: AuditQuery, before: int
) -> Iterator[sa.ColumnElement[bool] | sa.TextClause]:
    if wanted.event:
        yield journal.c.kind == wanted.event
    else:
        yield sa.text(AUDITED)
    if wanted.user:
        yield journal.c.user_name == wanted.user
        if wanted.user != "bridge":
            yield sa.text(AUDITED_USERS)
    if wanted.equipment_id:
        yield journal.c.equipment_id == wanted.equipment_id
    if wanted.from_ms:
        yield journal.c.at_ms >= wanted.from_ms
    if wanted.to_ms:
        yield journal.c.at_ms < wanted.to_ms
    if before:
        yield journal.c.seq < before


class Report(NamedTuple):
    """What a check of the whole chain found.

    Attributes:
        tip: the last link that holds; of a broken chain the last one before the break is not told.
        sealed_later: entries up to this one were sealed when the store was upgraded, 0 for none.
        breaks: the first place where the chain fails, and anchors and a seal that do not fit.
        seal: what the seal proves; of a broken chain nothing.
    """

    tip: Seal | None
    sealed_later: int
    breaks: tuple[Break, ...]
    seal: SealReport = SealReport(Sealing.BROKEN)


def check_chain(
    connection: Connection, anchors: Sequence[Seal] = (), keys: Sequence[SealKey] = ()
) -> Report:
    """Walk the whole chain, oldest first, in one reading of the database; then look at its seal."""
    columns = (*(journal.c[name] for name in SEALED_FIELDS), journal.c.digest)
    query = (
        sa.select(*columns)
        .order_by(journal.c.seq)
        .execution_options(yield_per=_ROWS_AT_ONCE, stream_results=True)
    )
    tip = None
    breaks: list[Break] = []
    for found in walk((_plain(row) for row in connection.execute(query)), anchors):
        if isinstance(found, Seal):
            tip = found
        else:
            breaks.append(found)
    seal = SealReport(Sealing.BROKEN)
    if tip is not None:
        breaks += _cut_off(connection, tip)
        seal, unsealed = check_seal(connection, tip, keys)
        breaks += [unsealed] if unsealed is not None else []
    later = connection.execute(
        sa.select(meta.c.value).where(meta.c.key == "sealed_later_upto")
    ).scalar_one_or_none()
    return Report(tip, int(later) if later else 0, tuple(breaks), seal)


def _plain(row: Sequence[Any]) -> tuple[Any, ...]:
    *fields, payload, digest = row
    return (*fields, bytes(payload), None if digest is None else bytes(digest))


def _cut_off(connection: Connection, tip: Seal) -> Iterator[Break]:
    newest = max(
        int(connection.execute(sa.select(sa.func.max(table.c.seq))).scalar() or 0)
        for table in _REFERRING
    )
    if newest > tip.seq:
        detail = f"a state comes from entry {newest}; the last here is {tip.seq}"
        yield Break(tip.seq + 1, Wrong.CUT, detail)


@contextlib.contextmanager
def open_journal(settings: StoreSettings) -> Iterator[Connection]:
    """Open a store to read it, also while a bridge uses it; nothing is ever written.

    Raises:
        StoreOpenError: it is damaged, not ours, older than this program or not there.
        NewerStoreError: a newer program wrote it.
        sqlalchemy.exc.SQLAlchemyError: while reading.
    """
    path = None if settings.url else settings.store_path
    if path is not None and not path.is_file():
        raise StoreOpenError(
            f"{path} does not exist, so there is no journal to read. Name the directory that the "
            "bridge is started with as --data."
        )
    engine = open_engine(settings, server_of(settings), writes=False)
    try:
        if not is_current(engine, path=path):
            raise OlderStoreError(
                f"{path or 'the database'} is older than this program: its journal has no chain "
                "yet. Start the bridge once, which brings it up to date, then try again."
            )
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()
