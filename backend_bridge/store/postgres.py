"""What a store on a PostgreSQL needs besides SQL: one bridge at a time, and a way out of a hang."""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol
from weakref import WeakSet

import sqlalchemy as sa
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url

from backend_bridge.core.storage import StorageError
from backend_bridge.store.errors import StoreInUseError, StoreLostError
from backend_bridge.store.tables import meta

_BRIDGE_LOCK = 0x62_65_66_66_72_6F_6A
"""Number of the advisory lock that a bridge's writing connection holds as long as it is open."""
_LOCK_WAIT_S = 3.0
"""A bridge that was killed leaves its lock to the server for a moment."""
_LOCK_STEP_S = 0.1
_HOLDER = "holder"
_CONNECTING = {
    # a server that is away must be noticed in seconds, not after TCP's quarter of an hour
    "connect_timeout": 3,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
_OURS_GONE = (
    # and the server must notice in seconds that our machine is away, and free the lock
    "SET tcp_keepalives_idle = 10",
    "SET tcp_keepalives_interval = 5",
    "SET tcp_keepalives_count = 3",
)
_WHO = """
SELECT a.application_name, coalesce(a.client_hostname, host(a.client_addr), 'this machine')
FROM pg_locks l JOIN pg_stat_activity a USING (pid)
WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
AND l.classid = %s AND l.objid = %s AND l.database = (
    SELECT oid FROM pg_database WHERE datname = current_database())
"""


class _Cursor(Protocol):
    """What we need of the driver's."""

    def execute(self, query: str, params: Sequence[object] = (), /) -> object: ...
    def fetchone(self) -> Sequence[Any] | None: ...


class _Connection(Protocol):
    """Likewise."""

    def cursor(self) -> AbstractContextManager[_Cursor]: ...
    def commit(self) -> None: ...
    def close(self) -> None: ...
    def fileno(self) -> int: ...


class PostgresServer:
    """Make engines on one database; hold it for one bridge; leave it when it hangs.

    Raises:
        ModuleNotFoundError: the driver the URL names is not installed.
        sqlalchemy.exc.ArgumentError: the URL is none.
    """

    def __init__(self, url: str) -> None:
        self._url = make_url(url)
        self._open: WeakSet[_Connection] = WeakSet()
        self._token = secrets.token_bytes(16)
        self._claimed = False
        self._left = False

    def engine(self, *, writes: bool, alone: bool = False) -> Engine:
        """Return an engine; readers see one state for a whole transaction.

        Args:
            writes: one connection; otherwise up to four that only read.
            alone: each connection waits for this database's lock, held as long as it is open.
        """
        # other drivers take other words
        told: dict[str, str | int] = (
            dict(_CONNECTING) if self._url.get_driver_name() == "psycopg" else {}
        )
        if told:
            told["application_name"] = f"beffroi {socket.gethostname()}/{os.getpid()}"[:63]
        engine = create_engine(
            self._url,
            connect_args=told,
            pool_size=1 if writes else 4,
            max_overflow=0,
            pool_pre_ping=True,
            isolation_level="READ COMMITTED" if writes else "REPEATABLE READ",
        )

        @event.listens_for(engine, "do_connect")
        def _connecting(*_: object) -> None:
            if self._left:
                raise StorageError(f"{self._where()} was left; nothing was kept")

        @event.listens_for(engine, "connect")
        def _connected(connection: _Connection, _: object) -> None:
            self._open.add(connection)
            if alone:
                try:
                    self._hold(connection)
                except BaseException:
                    connection.close()
                    raise

        return engine

    def claim(self, engine: Engine) -> None:
        """Write down that this bridge holds the database, to know it when a connection was lost."""
        with engine.begin() as connection:
            connection.execute(sa.delete(meta).where(meta.c.key == _HOLDER))
            connection.execute(sa.insert(meta).values(key=_HOLDER, value=self._token))
        self._claimed = True

    def cut(self) -> None:
        """End every connection for good: threads that wait for a server that hangs get an error."""
        self._left = True
        for connection in list(self._open):
            with (
                contextlib.suppress(Exception),  # closed meanwhile, by its own thread
                socket.socket(fileno=os.dup(connection.fileno())) as ours,
            ):
                ours.shutdown(socket.SHUT_RDWR)

    def _hold(self, connection: _Connection) -> None:
        """Take the lock for this connection's life.

        Raises:
            StoreInUseError: another bridge has it.
            StoreLostError: another bridge had it since this one was connected last.
        """
        with connection.cursor() as cursor:
            for setting in _OURS_GONE:
                cursor.execute(setting)
            end_s = time.monotonic() + _LOCK_WAIT_S
            while not _first(cursor, "SELECT pg_try_advisory_lock(%s)", _BRIDGE_LOCK):
                if time.monotonic() > end_s:
                    raise self._in_use(cursor)
                time.sleep(_LOCK_STEP_S)
            if self._claimed:
                found = _first(cursor, "SELECT value FROM meta WHERE key = %s", _HOLDER)
                if found != self._token:
                    raise StoreLostError(
                        f"Another bridge has used {self._where()} while this one was cut off from "
                        "it. What this one remembers may no longer be true, so it ends; started "
                        "again it reads everything anew, unless the other still runs."
                    )
        connection.commit()

    def _in_use(self, cursor: _Cursor) -> StoreInUseError:
        cursor.execute(_WHO, (_BRIDGE_LOCK >> 32, _BRIDGE_LOCK & 0xFFFFFFFF))
        row = cursor.fetchone()
        who = f"{row[0] or 'unknown'} from {row[1]}" if row else "unknown"
        return StoreInUseError(
            f"{self._where()} is in use by another bridge ({who}). Two writers would break the "
            "journal's order, so this one does not start. Stop the other bridge first, or name "
            "another database."
        )

    def _where(self) -> str:
        return self._url.render_as_string(hide_password=True)


def _first(cursor: _Cursor, sql: str, value: object) -> object:
    cursor.execute(sql, (value,))
    row = cursor.fetchone()
    return None if row is None else row[0]
