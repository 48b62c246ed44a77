"""Bring a database to this program's schema, or refuse it with words that help."""

from __future__ import annotations

import contextlib
import importlib.metadata
import sqlite3
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa
import structlog
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from backend_bridge.contract.times import Clock, from_ms
from backend_bridge.core.storage import StorageError
from backend_bridge.store.dialects import reason
from backend_bridge.store.errors import NewerStoreError, StoreOpenError
from backend_bridge.store.files import copy_database
from backend_bridge.store.settings import STORE_FILE
from backend_bridge.store.tables import SCHEMA_REVISION, meta

_ALEMBIC = threading.Lock()
"""Alembic keeps its context in a module; one upgrade at a time in a process."""
VERSION = "alembic_version"
"""The table that says which schema a database has."""
_VERSION = sa.table(VERSION, sa.column("version_num"))

_COPIES_KEPT = 3
"""Copies made before the same upgrade."""
Keep = Callable[[str], Path]
"""Copy a store to ``store.sqlite`` with an ending; return where. Raises ``StorageError``."""

_log = structlog.get_logger(__name__)


class Schema(NamedTuple):
    """A folder of Alembic migrations and the revision they lead to."""

    migrations: Path
    newest: str


OURS = Schema(Path(__file__).parent / "migrations", SCHEMA_REVISION)


def use_wal(path: Path) -> None:
    """Switch a SQLite file to write-ahead logging, which it remembers.

    Raises:
        StoreOpenError: it is damaged, no database, or on a file system that cannot do it.
    """
    try:
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
            mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    except sqlite3.Error as error:
        raise _damaged(str(path), error) from error
    if mode != "wal":
        raise StoreOpenError(
            f"{path} cannot use write-ahead logging (SQLite says {mode!r}), so the bridge could "
            "not read and write at once and does not start. Put the data directory on a local "
            "disk; network file systems do not do."
        )


def is_current(
    engine: Engine,
    *,
    path: Path | None = None,
    schema: Schema = OURS,
) -> bool:
    """Return whether a database has this program's schema; false when older or empty.

    Args:
        engine: the database.
        path: the SQLite file behind ``engine``; ``None`` for a server.
        schema: which migrations lead where.

    Raises:
        NewerStoreError: written by a newer program.
        StoreOpenError: damaged, unreachable, or not ours.
    """
    return _check(engine, _where(engine, path), schema) == schema.newest


def bring_up_to_date(
    engine: Engine,
    clock: Clock,
    *,
    path: Path | None = None,
    keep: Keep | None = None,
    schema: Schema = OURS,
) -> None:
    """Create the tables in an empty database, migrate an older one, refuse a newer one.

    An older store is first copied to ``store.sqlite.before-<new revision>-<UTC time>``, one on a
    server too.

    Args:
        engine: the database, for writing.
        clock: names the copy.
        path: the SQLite file behind ``engine``; ``None`` for a server.
        keep: makes the copy of a server's store; a file's stands beside it.
        schema: which migrations lead where.

    Raises:
        NewerStoreError: written by a newer program.
        StoreOpenError: damaged, not ours, or the migration failed; nothing was changed.
    """
    where = _where(engine, path)
    found = _check(engine, where, schema)
    if found == schema.newest:
        return
    copy = None
    if found is not None and path is not None:
        keep = partial(_copy_beside, path)
    if found is not None and keep is not None:
        copy = _keep(keep, where, schema.newest, clock)
    try:
        make_schema(engine, schema, "head")
    except Exception as error:  # whatever a migration raises, the transaction undid it
        kept = f" A copy is in {copy}." if copy else ""
        raise StoreOpenError(
            f"{where} could not be brought from schema {found or 'none'} to {schema.newest}: "
            f"{reason(error)}. It was left as it was and the bridge does not start.{kept} Check "
            "the free space and rights of its disk, then start again."
        ) from error
    _log.info("store_migrated", store=where, old=found, new=schema.newest, copy=str(copy or ""))


def _where(engine: Engine, path: Path | None) -> str:
    return str(path or engine.url.render_as_string(hide_password=True))


def _check(engine: Engine, where: str, schema: Schema) -> str | None:
    """Return the database's revision, ``None`` for an empty one; refuse what is not for us."""
    try:
        with engine.connect() as connection:
            found = revision_of(connection, where)
            writer = _writer(connection) if found else ""
    except SQLAlchemyError as error:
        raise (_damaged if _is_file(engine) else _away)(where, error) from error
    if found not in (None, schema.newest) and found not in _known(schema.migrations):
        raise NewerStoreError(
            f"{where} was written by a newer Beffroi{writer} (schema {found}; this program knows "
            f"up to {schema.newest}). This one would misread it, so the bridge does not start and "
            "nothing was changed. Install the newer version again, or put back the copy made "
            f"before the upgrade ({STORE_FILE}.before-…) and start with that."
        )
    return found


def revision_of(connection: Connection, where: str) -> str | None:
    """Return a store's schema, ``None`` for an empty database.

    Raises:
        StoreOpenError: it is not one of ours; ``where`` names it.
    """
    tables = set(sa.inspect(connection).get_table_names())
    if not tables:
        return None
    if _VERSION.name in tables:
        found = connection.execute(sa.select(_VERSION.c.version_num)).scalars()
        revisions = [str(revision) for revision in found]
        if len(revisions) == 1:
            return revisions[0]
    raise StoreOpenError(
        f"{where} is a database, but not one of Beffroi's (no schema revision in it). The bridge "
        "does not touch it and does not start. Move it away, or name another data directory."
    )


def _writer(connection: Connection) -> str:
    """Return which program version made the schema, as an aside; empty when it cannot be read."""
    try:
        value = connection.execute(
            sa.select(meta.c.value).where(meta.c.key == "written_by")
        ).scalar_one_or_none()
    except SQLAlchemyError:
        return ""
    return f" ({value.decode('utf-8', 'replace')})" if isinstance(value, bytes) else ""


def _known(migrations: Path) -> set[str]:
    # Alembic takes 100 ms to import and is needed only when a schema changes.
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    return {script.revision for script in ScriptDirectory(str(migrations)).walk_revisions()}


def make_schema(engine: Engine, schema: Schema, revision: str) -> None:
    """Bring a database up to a revision, ``head`` for the newest, in one transaction.

    Raises:
        Exception: whatever a migration raises; nothing was changed.
    """
    from alembic import command  # noqa: PLC0415 - as above
    from alembic.config import Config  # noqa: PLC0415 - as above

    config = Config()
    config.set_main_option("script_location", str(schema.migrations).replace("%", "%%"))
    with _ALEMBIC, engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        connection.execute(sa.delete(meta).where(meta.c.key == "written_by"))
        connection.execute(
            sa.insert(meta).values(
                key="written_by", value=f"version {importlib.metadata.version('beffroi')}".encode()
            )
        )


def _copy_beside(path: Path, ending: str) -> Path:
    copy = path.with_name(f"{path.name}{ending}")
    copy_database(path, copy)
    return copy


def _forget_older(copy: Path, beginning: str) -> None:
    """Keep the newest copies only: a machine that is cut off at each start must not fill its disk.

    They are alike, since the store was left as it was each time.
    """
    for old in sorted(copy.parent.glob(f"{STORE_FILE}{beginning}*"))[:-_COPIES_KEPT]:
        with contextlib.suppress(OSError):
            old.unlink()


def _keep(keep: Keep, where: str, newest: str, clock: Clock) -> Path:
    moment = from_ms(clock.now_ms()).strftime("%Y%m%dT%H%M%S.%fZ")
    beginning = f".before-{newest}-"
    try:
        copy = keep(f"{beginning}{moment}")
    except StorageError as error:
        raise StoreOpenError(
            f"{where} is older than this program and has to be migrated, but no copy could be "
            f"made first: {error}. It was left as it was and the bridge does not start. Make "
            "room on the disk, then start again."
        ) from error
    _forget_older(copy, beginning)
    return copy


def _is_file(engine: Engine) -> bool:
    return engine.dialect.name == "sqlite"


def _away(where: str, error: Exception) -> StoreOpenError:
    return StoreOpenError(
        f"The database {where} cannot be reached: {reason(error)}. The bridge has nowhere to keep "
        "its journal, so it does not start and changes nothing. Look whether the server runs, "
        "whether this machine reaches it, and whether it lets this user in; then start again."
    )


def _damaged(where: str, error: Exception) -> StoreOpenError:
    return StoreOpenError(
        f"{where} cannot be read: {reason(error)}. The journal may be damaged, so the bridge does "
        "not start and changes nothing. Keep the file, put back the last backup in its place, and "
        "send the damaged one to whoever maintains this bridge."
    )
