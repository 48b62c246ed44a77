"""The one place that knows SQLite from PostgreSQL: connections, bulk writing, locks, errors."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Dialect, Engine, Table, bindparam, create_engine, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from backend_bridge.core.storage import StorageError, StorageFullError
from backend_bridge.store.errors import StoreInUseError, StoreLostError

_CHUNKS = (128, 16, 4, 1)
"""Rows in one statement. The driver gives the interpreter's lock away at every statement, and
beside a busy loop getting it back costs up to the switch interval (5 ms): few statements, not many
small ones. 128 rows of nine columns stay far below SQLite's 32,766 parameters."""
_WAL_LEFT_BYTES = 64 * 1024 * 1024
_PAGE_BYTES = 4096
_CHECKPOINT_PAGES = 1000
_POSTGRES_DISK_FULL = "53100"
_ABOUT_ROWS = ("22", "23")
"""Classes of PostgreSQL's states: a value or a constraint. All others lie in server or rights."""
_JOURNAL_LOCK = 0x62_65_66_66_72_6F_69
"""Number of the PostgreSQL advisory lock taken by whoever writes the journal ("beffroi")."""
_ALMOST_NOTHING_BYTES = 1024 * 1024


def sqlite_engine(
    path: Path,
    *,
    writes: bool,
    busy_s: float,
    durable: bool = True,
    log_bytes: int = _WAL_LEFT_BYTES,
    max_bytes: int = 0,
) -> Engine:
    """Return an engine on an existing SQLite file; its connections may change threads.

    Args:
        path: the file; it is not made when missing.
        writes: whether transactions take the write lock when they begin; others cannot write.
        busy_s: longest wait for another process that holds a lock.
        durable: ``synchronous=FULL``; otherwise a power cut may undo the last transactions.
        log_bytes: what the write-ahead log is cut back to after it grew.
        max_bytes: size beyond which the file is full; 0 for no limit.
    """
    # mode=rw: a missing file is an error, never an empty store
    address = f"{path.absolute().as_uri()}?mode=rw"
    engine = create_engine(
        URL.create("sqlite+pysqlite", database=str(path)),
        creator=lambda: sqlite3.connect(address, uri=True, timeout=busy_s, check_same_thread=False),
        poolclass=QueuePool,
        pool_size=1 if writes else 4,
        max_overflow=0,
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
        # The driver's own transactions begin too late and never around SELECT or DDL:
        # https://docs.sqlalchemy.org/en/20/dialects/sqlite.html#pysqlite-serializable
        connection.isolation_level = None
        connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
        connection.execute("PRAGMA foreign_keys = ON")
        if writes:
            connection.execute(f"PRAGMA journal_size_limit = {log_bytes}")
            pages = min(_CHECKPOINT_PAGES, max(1, log_bytes // (2 * _PAGE_BYTES)))
            connection.execute(f"PRAGMA wal_autocheckpoint = {pages}")
            if max_bytes:
                connection.execute(f"PRAGMA max_page_count = {max(1, max_bytes // _PAGE_BYTES)}")
        else:
            connection.execute("PRAGMA query_only = ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def lock_journal(connection: Connection) -> None:
    """Keep other writers out until this transaction ends, so that sequences have no gap.

    SQLite did it when the transaction began.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _JOURNAL_LOCK})


class BulkWrite:
    """Insert many rows with few statements; with ``key`` given, replace rows that have the key.

    Rows are tuples in the order of ``columns``. One call may not hold a key twice.
    """

    def __init__(self, table: Table, columns: Sequence[str], *, key: str | None = None) -> None:
        self.table = table
        self.columns = tuple(columns)
        self.key = key

    def run(self, connection: Connection, rows: Sequence[tuple[Any, ...]]) -> None:
        """Write the rows in order within the connection's transaction."""
        for chunk in _chunks(rows):
            sql, names = self.statement(connection.dialect, len(chunk))
            flat = tuple(chain.from_iterable(chunk))
            if names is None:
                connection.exec_driver_sql(sql, flat)
            else:
                connection.exec_driver_sql(sql, dict(zip(names, flat, strict=True)))

    def statement(self, dialect: Dialect, count: int) -> tuple[str, tuple[str, ...] | None]:
        """Return the SQL for ``count`` rows, and parameter names where the driver wants names."""
        return _bulk_sql(self.table, self.columns, self.key, dialect, count)


def storage_error(error: Exception, directory: Path) -> StorageError:
    """Translate what a database driver raised; a full disk or quota becomes its own class."""
    if isinstance(error, StorageError):
        return error
    original = error.orig if isinstance(error, DBAPIError) else error
    if _is_full(original, directory):
        return StorageFullError(f"no room left to write ({reason(error)}); nothing was kept")
    return StorageError(f"the store refused: {reason(error)}; nothing was kept")


def reason(error: Exception) -> str:
    """Return what the driver itself said, without SQLAlchemy's SQL and links, on one line."""
    original = error.orig if isinstance(error, DBAPIError) and error.orig else error
    return " ".join(str(original).split())


def is_corrupt(error: BaseException) -> bool:
    """Return whether SQLite says that the file itself is damaged or is no database."""
    original = error.orig if isinstance(error, DBAPIError) else error
    return _primary_code(original) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def is_operational(error: BaseException) -> bool:
    """Return whether the failure lies in disk, file or server rather than in the rows."""
    original = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(original, sqlite3.Error):
        return _primary_code(original) not in (
            sqlite3.SQLITE_CONSTRAINT,
            sqlite3.SQLITE_TOOBIG,
            sqlite3.SQLITE_MISMATCH,
            sqlite3.SQLITE_RANGE,
            None,
        )
    if isinstance(error, StoreInUseError | StoreLostError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    state = getattr(original, "sqlstate", None)
    if state is None:  # the driver's own: a lost connection, or a value it cannot send
        return error.connection_invalidated or isinstance(error, OperationalError)
    return str(state)[:2] not in _ABOUT_ROWS


@lru_cache(maxsize=128)
def _bulk_sql(
    table: Table, columns: tuple[str, ...], key: str | None, dialect: Dialect, count: int
) -> tuple[str, tuple[str, ...] | None]:
    names = [[f"{column}_{row}" for column in columns] for row in range(count)]
    values: list[dict[str, Any]] = [
        {column: bindparam(name) for column, name in zip(columns, row, strict=True)}
        for row in names
    ]
    # both dialects share the ON CONFLICT clause, each through its own class
    insert = postgresql.insert if dialect.name == "postgresql" else sqlite.insert
    statement = insert(table).values(values)
    if key is not None:
        statement = statement.on_conflict_do_update(
            index_elements=[key],
            set_={column: statement.excluded[column] for column in columns if column != key},
        )
    compiled = statement.compile(dialect=dialect)
    sql = str(compiled)
    order = [name for row in names for name in row]
    if not compiled.positional:
        return sql, tuple(order)
    if list(compiled.positiontup or ()) != order:
        raise AssertionError("the compiler reordered parameters; BulkWrite must follow")
    return sql, None


def _chunks(rows: Sequence[tuple[Any, ...]]) -> Iterator[Sequence[tuple[Any, ...]]]:
    start = 0
    for size in _CHUNKS:
        while len(rows) - start >= size:
            yield rows[start : start + size]
            start += size


def _is_full(error: BaseException | None, directory: Path) -> bool:
    if getattr(error, "sqlstate", None) == _POSTGRES_DISK_FULL:
        return True
    code = _primary_code(error)
    if code == sqlite3.SQLITE_FULL:
        return True
    # growing the shared-memory index or a quota shows as an input/output error
    return code == sqlite3.SQLITE_IOERR and _free_bytes(directory) < _ALMOST_NOTHING_BYTES


def _primary_code(error: BaseException | None) -> int | None:
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else int(code) & 0xFF


def _free_bytes(directory: Path) -> int:
    try:
        found = os.statvfs(directory)
    except OSError:
        return 0
    return found.f_bavail * found.f_frsize
