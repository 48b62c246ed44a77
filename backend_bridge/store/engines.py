"""Open the store that the settings name: a SQLite file, or a database on a server."""

from __future__ import annotations

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from backend_bridge.store import dialects
from backend_bridge.store.errors import StoreOpenError
from backend_bridge.store.postgres import PostgresServer
from backend_bridge.store.settings import StoreSettings


def server_of(settings: StoreSettings) -> PostgresServer | None:
    """Return the server that keeps the store, ``None`` for a file.

    Raises:
        StoreOpenError: the address is none.
    """
    if not settings.url:
        return None
    try:
        return PostgresServer(settings.url)
    except SQLAlchemyError as error:
        raise _unusable(error) from error


def open_engine(
    settings: StoreSettings,
    server: PostgresServer | None,
    *,
    writes: bool,
    alone: bool = False,
) -> Engine:
    """Return an engine; nothing is connected yet.

    Args:
        settings: where the store is.
        server: of :func:`server_of` for the same settings.
        writes: whether it may write.
        alone: on a server, hold the database for one bridge; a file is held by its lock file.

    Raises:
        StoreOpenError: the address names no database server we can use.
    """
    if server is None:
        return dialects.sqlite_engine(
            settings.store_path,
            writes=writes,
            busy_s=settings.busy_s,
            max_bytes=settings.store_max_bytes,
        )
    try:
        return server.engine(writes=writes, alone=alone)
    except (ModuleNotFoundError, SQLAlchemyError) as error:
        raise _unusable(error) from error


def _unusable(error: Exception) -> StoreOpenError:
    return StoreOpenError(
        f"The database server named in the configuration cannot be used: {dialects.reason(error)}. "
        "The bridge has nowhere to keep its journal and does not start. Correct the address (form "
        "postgresql+psycopg://user@host/database), install the driver it names, or remove the "
        "address to use a file in the data directory."
    )
