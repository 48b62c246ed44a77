"""Carry a store between a server and a file: the same tables, row by row, as of one moment.

A file made of a server's database is a store like any other: it can be checked, kept, put back into
a server, or used by a bridge that has none.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from backend_bridge.core.storage import StorageError
from backend_bridge.store import dialects
from backend_bridge.store.files import make_private, sync
from backend_bridge.store.schema import OURS, VERSION, make_schema, revision_of

_AT_ONCE = 1_000


def copy_out(source: Engine, target: Path) -> None:
    """Write a server's store, whatever its schema, into a new SQLite file; durable at return.

    Args:
        source: reads one state for a whole transaction.
        target: must not exist.

    Raises:
        StorageError: the target exists, or one of the two refuses; no half-made target is left.
    """
    if target.exists():
        raise StorageError(f"{target} exists already; nothing was copied. Name another file.")
    partial = target.with_name(target.name + ".partial")
    try:
        partial.unlink(missing_ok=True)
        make_private(partial)
        engine = dialects.sqlite_engine(partial, writes=True, busy_s=1.0)
        try:
            with source.connect() as origin:
                make_schema(engine, OURS, revision_of(origin, "the database") or "head")
                with engine.begin() as copy:
                    copy_rows(origin, copy)
        finally:
            engine.dispose()
        sync(partial)
        partial.rename(target)
        sync(target.parent)
    except SQLAlchemyError as error:
        raise StorageError(f"cannot copy to {target}: {dialects.reason(error)}") from error
    except OSError as error:
        raise StorageError(f"cannot copy to {target}: {error}") from error
    finally:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)


def copy_rows(source: Connection, target: Connection) -> None:
    """Replace all rows of one store by another's of the same schema, in one transaction of each.

    Raises:
        StorageError: the schemas differ.
        sqlalchemy.exc.SQLAlchemyError: one of the two refuses.
    """
    if revision_of(source, "the one") != revision_of(target, "the other"):
        raise StorageError("the two stores have different schemas; nothing was copied")
    found = sa.MetaData()
    found.reflect(bind=target)
    for table in found.sorted_tables:
        if table.name == VERSION:
            continue
        names = [column.name for column in table.columns]
        query: sa.Executable = sa.select(*map(sa.column, names)).select_from(sa.table(table.name))
        target.execute(table.delete())
        rows = source.execute(query.execution_options(yield_per=_AT_ONCE))
        for part in rows.partitions(_AT_ONCE):
            target.execute(table.insert(), [dict(zip(names, row, strict=True)) for row in part])
