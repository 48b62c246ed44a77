"""Open everything the bridge keeps, and close it in order."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from backend_bridge.contract.times import Clock
from backend_bridge.core.storage import JournalStore, StorageError, UserStore
from backend_bridge.store import dialects
from backend_bridge.store.audit import SqlAudit
from backend_bridge.store.engines import open_engine, server_of
from backend_bridge.store.errors import StoreInUseError, StoreLostError, StoreOpenError
from backend_bridge.store.files import copy_database, exclusive, make_directory, make_private
from backend_bridge.store.group import newest_seq
from backend_bridge.store.history import SqlHistory
from backend_bridge.store.journal import SqlJournal
from backend_bridge.store.portable import copy_out, copy_rows
from backend_bridge.store.postgres import PostgresServer
from backend_bridge.store.reader import Reader
from backend_bridge.store.schema import bring_up_to_date, is_current, revision_of, use_wal
from backend_bridge.store.seal import ensure_key, key_path, present_key, read_seal
from backend_bridge.store.settings import StoreSettings
from backend_bridge.store.users import SqlUsers
from backend_bridge.store.writer import Writer


class NewKey(NamedTuple):
    """Name a key that seals from now on, and the one that did before, empty for none."""

    key: str
    before: str


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
        self.new_key: NewKey | None = None
        """The key that seals the journal, when it is another than sealed it before."""
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
            server = server_of(settings)
            hold = exclusive(settings.store_path)  # keys and history are in it in any case
            await asyncio.to_thread(stack.enter_context, hold)
            if server is None:
                await asyncio.to_thread(_prepare, settings, clock)
                writing = await asyncio.to_thread(open_engine, settings, None, writes=True)
            else:
                writing = await asyncio.to_thread(_hold, settings, server, clock, stack)
            writer, reader = await _open_database(settings, server, writing, stack)
            sealed = await reader.run(read_seal)
            path = key_path(settings.directory)
            key = await asyncio.to_thread(ensure_key, path, writer.head, clock.now_ms())
            writer.key = key
            history = await asyncio.to_thread(SqlHistory, settings, clock)
            stack.push_async_callback(history.close)
            history.start()
            store = cls(settings, writer, reader, history)
            if sealed is None or sealed.key != key.id:
                store.new_key = NewKey(key.id, "" if sealed is None else sealed.key)
            yield store

    @property
    def storage_ok(self) -> bool:
        """Return whether the journal can be written: false from a refusal to the next success."""
        return self._writer.storage_ok

    @property
    def fault(self) -> str:
        """Return why the journal is not written: ``full``, ``unreachable`` or ``failed``."""
        return self._writer.fault

    @property
    def lost(self) -> StoreLostError | None:
        """Return why the bridge must end and start anew, ``None`` as long as all is well."""
        return self._writer.lost

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
            StorageError: the target exists or cannot be written; no half-made target is left.
        """
        await asyncio.to_thread(copy_store, self._settings, target)


def copy_store(settings: StoreSettings, target: Path) -> None:
    """Copy a store as of one moment, also while a bridge uses it, to a new SQLite file.

    Raises:
        StorageError: the target exists or cannot be written, or a server does not answer; no
            half-made target is left.
    """
    server = server_of(settings)
    if server is None:
        copy_database(settings.store_path, target)
        return
    engine = open_engine(settings, server, writes=False)
    try:
        copy_out(engine, target)
    finally:
        engine.dispose()


def replace_store(settings: StoreSettings, clock: Clock, fresh: Path, aside: Path) -> None:
    """Put a file's store in place of a server's, all at once; what was there goes to ``aside``.

    Args:
        settings: of the server's store.
        clock: for migrations.
        fresh: the file; an older one is brought up to date.
        aside: must not exist; not made when the database is empty.

    Raises:
        StoreInUseError: a bridge uses the server's store.
        NewerStoreError: a newer program wrote the file, or the server's store.
        StorageError: one of the two refuses; the server's store is as it was.
    """
    server = server_of(settings)
    with contextlib.ExitStack() as stack:
        file = dialects.sqlite_engine(fresh, writes=True, busy_s=settings.busy_s)
        stack.callback(file.dispose)
        bring_up_to_date(file, clock)
        engine = open_engine(settings, server, writes=True, alone=True)
        stack.callback(engine.dispose)
        try:
            with engine.connect() as connection:
                empty = revision_of(connection, "the database") is None
            if not empty:
                copy_out(engine, aside)
            bring_up_to_date(engine, clock)
            with file.connect() as source, engine.begin() as target:
                copy_rows(source, target)
        except SQLAlchemyError as error:
            raise StorageError(f"the server refused: {dialects.reason(error)}") from error


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
        server = server_of(settings)
        await asyncio.to_thread(_prepare_or_share, settings, server, clock)
        writing = await asyncio.to_thread(open_engine, settings, server, writes=True)
        writer, reader = await _open_database(settings, server, writing, stack)
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
        server = server_of(settings)
        await asyncio.to_thread(_prepare_or_share, settings, server, clock)
        writing = await asyncio.to_thread(open_engine, settings, server, writes=True)
        writer, reader = await _open_database(settings, server, writing, stack)
        yield SqlUsers(writer, reader)


async def _open_database(
    settings: StoreSettings,
    server: PostgresServer | None,
    writing: Engine,
    stack: contextlib.AsyncExitStack,
) -> tuple[Writer, Reader]:
    """Start the writer's and the reader's threads; the stack ends them."""
    cut = None if server is None else server.cut
    reading = await asyncio.to_thread(open_engine, settings, server, writes=False)
    reader = Reader(reading, settings.directory, name="store", cut=cut)
    stack.push_async_callback(reader.close)
    head = await reader.run(newest_seq)
    writer = Writer(writing, settings.directory, probe_s=settings.probe_s, cut=cut)
    writer.key = await asyncio.to_thread(present_key, settings.directory)
    writer.start(head)
    stack.push_async_callback(writer.close)
    return writer, reader


def _prepare(settings: StoreSettings, clock: Clock) -> None:
    """Make or migrate the file, or refuse it."""
    make_private(settings.store_path)
    engine = open_engine(settings, None, writes=True)
    try:
        bring_up_to_date(engine, clock, path=settings.store_path)
    finally:
        engine.dispose()
    use_wal(settings.store_path)


def _hold(
    settings: StoreSettings, server: PostgresServer, clock: Clock, stack: contextlib.AsyncExitStack
) -> Engine:
    """Take a server's database for this bridge, make or migrate it; return its writing engine."""
    engine = open_engine(settings, server, writes=True, alone=True)
    stack.callback(engine.dispose)
    bring_up_to_date(engine, clock, keep=partial(_keep_copy, engine, settings))
    server.claim(engine)
    return engine


def _keep_copy(engine: Engine, settings: StoreSettings, ending: str) -> Path:
    make_directory(settings.directory)
    copy = settings.store_path.with_name(f"{settings.store_path.name}{ending}")
    copy_out(engine, copy)
    return copy


def _prepare_or_share(settings: StoreSettings, server: PostgresServer | None, clock: Clock) -> None:
    """Make or migrate the database when nobody uses it; beside a bridge only check it."""
    try:
        with contextlib.ExitStack() as stack:
            if server is None:
                stack.enter_context(exclusive(settings.store_path))
                _prepare(settings, clock)
                return
            if not _is_current(settings, server):
                engine = open_engine(settings, server, writes=True, alone=True)
                stack.callback(engine.dispose)
                bring_up_to_date(engine, clock, keep=partial(_keep_copy, engine, settings))
    except StoreInUseError:
        if not _is_current(settings, server):
            raise StoreOpenError(
                f"{'The database' if server else settings.store_path} is older than this program, "
                "and a bridge of the older version is using it. Nothing was changed. Restart the "
                "bridge first, so that it brings the store up to date, then try again."
            ) from None


def _is_current(settings: StoreSettings, server: PostgresServer | None) -> bool:
    engine = open_engine(settings, server, writes=False)
    try:
        return is_current(engine, path=None if server else settings.store_path)
    finally:
        engine.dispose()
