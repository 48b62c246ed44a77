"""Open everything the bridge keeps, and close it in order."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from backend_bridge.contract.times import Clock
from backend_bridge.core.storage import JournalStore, StorageError, UserStore
from backend_bridge.store import dialects
from backend_bridge.store.audit import SqlAudit
from backend_bridge.store.errors import StoreInUseError, StoreOpenError
from backend_bridge.store.files import copy_database, exclusive, make_private
from backend_bridge.store.group import newest_seq
from backend_bridge.store.history import SqlHistory
from backend_bridge.store.journal import SqlJournal
from backend_bridge.store.reader import Reader
from backend_bridge.store.schema import bring_up_to_date, is_current, use_wal
from backend_bridge.store.settings import StoreSettings
from backend_bridge.store.users import SqlUsers
from backend_bridge.store.writer import Writer


class Store:
    """Give access to journal, users and history.

    Attributes:
        journal: what happened, and the states it left.
        audit: the journal as the audit chain.
        users: who may sign in.
        history: what points held.
    """

    def __init__(
        self, settings: StoreSettings, writer: Writer, reader: Reader, history: SqlHistory
    ) -> None:
        self.journal = SqlJournal(writer, reader)
        self.audit = SqlAudit(reader)
        self.users = SqlUsers(writer, reader)
        self.history = history
        self._settings = settings
        self._writer = writer

    @classmethod
    @contextlib.asynccontextmanager
    async def open(cls, settings: StoreSettings, clock: Clock) -> AsyncIterator[Store]:
        """Open the store for one bridge, making or migrating it; close it on leaving.

        What was appended before leaving is committed.

        Raises:
            StoreInUseError: another bridge holds it.
            NewerStoreError: a newer program wrote it.
            StoreOpenError: it is damaged, not ours, or cannot be made here.
        """
        async with contextlib.AsyncExitStack() as stack:
            if not settings.url:
                hold = exclusive(settings.store_path)
                await asyncio.to_thread(stack.enter_context, hold)
            await asyncio.to_thread(_prepare, settings, clock)
            writer, reader = await _open_database(settings, stack)
            history = await asyncio.to_thread(SqlHistory, settings, clock)
            stack.push_async_callback(history.close)
            history.start()
            yield cls(settings, writer, reader, history)

    @property
    def storage_ok(self) -> bool:
        """Return whether the journal can be written: false from a refusal to the next success."""
        return self._writer.storage_ok

    def counters(self) -> Mapping[str, float]:
        """Return what metrics show: totals since the start, the last commit, bytes on disk."""
        return {
            "entries_total": self._writer.entries,
            "commits_total": self._writer.commits,
            "last_commit_s": self._writer.last_commit_s,
            "history_dropped_total": self.history.dropped,
            "history_bytes": self.history.file_bytes,
        }

    async def backup(self, target: Path) -> None:
        """Copy journal, states and users, while in use and as of one moment, to a new file.

        Raises:
            StorageError: the target exists or cannot be written, or the journal is on a server;
                no half-made target is left.
        """
        if self._settings.url:
            raise StorageError(
                "the journal is kept by a database server, which has its own tools for copies "
                "(pg_dump); nothing was copied"
            )
        await asyncio.to_thread(copy_database, self._settings.store_path, target)


@contextlib.asynccontextmanager
async def open_journal_to_append(
    settings: StoreSettings, clock: Clock
) -> AsyncIterator[JournalStore]:
    """Open only the journal, for command-line tools; works while a bridge uses the same store.

    Raises:
        NewerStoreError: a newer program wrote it.
        StoreOpenError: see :func:`open_users`.
    """
    async with contextlib.AsyncExitStack() as stack:
        await asyncio.to_thread(_prepare_or_share, settings, clock)
        writer, reader = await _open_database(settings, stack)
        yield SqlJournal(writer, reader)


@contextlib.asynccontextmanager
async def open_users(settings: StoreSettings, clock: Clock) -> AsyncIterator[UserStore]:
    """Open only the users, for command-line tools; works while a bridge uses the same store.

    Raises:
        NewerStoreError: a newer program wrote it.
        StoreOpenError: it is damaged, not ours, cannot be made here, or is older than this
            program while a bridge uses it.
    """
    async with contextlib.AsyncExitStack() as stack:
        await asyncio.to_thread(_prepare_or_share, settings, clock)
        writer, reader = await _open_database(settings, stack)
        yield SqlUsers(writer, reader)


async def _open_database(
    settings: StoreSettings, stack: contextlib.AsyncExitStack
) -> tuple[Writer, Reader]:
    """Start the writer's and the reader's threads; the stack ends them."""
    reading, writing = await asyncio.to_thread(_engines, settings)
    reader = Reader(reading, settings.directory, name="store")
    stack.push_async_callback(reader.close)
    head = await reader.run(newest_seq)
    writer = Writer(writing, settings.directory, probe_s=settings.probe_s)
    writer.start(head)
    stack.push_async_callback(writer.close)
    return writer, reader


def _prepare(settings: StoreSettings, clock: Clock) -> None:
    """Make or migrate the database, or refuse it."""
    if not settings.url:
        make_private(settings.store_path)
    engine = _engine(settings, writes=True)
    try:
        bring_up_to_date(engine, clock, path=None if settings.url else settings.store_path)
    finally:
        engine.dispose()
    if not settings.url:
        use_wal(settings.store_path)


def _prepare_or_share(settings: StoreSettings, clock: Clock) -> None:
    """Make or migrate the database when nobody uses it; beside a bridge only check it."""
    if settings.url:
        _prepare(settings, clock)
        return
    try:
        with exclusive(settings.store_path):
            _prepare(settings, clock)
    except StoreInUseError:
        _require_current(settings)


def _require_current(settings: StoreSettings) -> None:
    engine = _engine(settings, writes=False)
    try:
        current = is_current(engine, path=settings.store_path)
    finally:
        engine.dispose()
    if not current:
        raise StoreOpenError(
            f"{settings.store_path} is older than this program, and a bridge of the older version "
            "is using it. Nothing was changed. Restart the bridge first, so that it brings the "
            "store up to date, then try again."
        )


def _engines(settings: StoreSettings) -> tuple[Engine, Engine]:
    return _engine(settings, writes=False), _engine(settings, writes=True)


def _engine(settings: StoreSettings, *, writes: bool) -> Engine:
    if not settings.url:
        return dialects.sqlite_engine(
            settings.store_path,
            writes=writes,
            busy_s=settings.busy_s,
            max_bytes=settings.store_max_bytes,
        )
    try:
        return dialects.postgres_engine(settings.url, writes=writes)
    except (ModuleNotFoundError, SQLAlchemyError) as error:
        raise StoreOpenError(
            "The database server named in the configuration cannot be used: "
            f"{dialects.reason(error)}. The bridge has nowhere to keep its journal and does not "
            "start. Correct the address (form "
            "postgresql+psycopg://user@host/database), install the driver it names, or remove "
            "the address to use a file in the data directory."
        ) from error
