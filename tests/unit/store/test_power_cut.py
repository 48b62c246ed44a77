"""Power is cut while a store is brought up to date: the next start finds the old one whole."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from backend_bridge.contract.times import SystemClock
from backend_bridge.store import Store, StoreSettings
from backend_bridge.store.audit import check_chain, open_journal
from backend_bridge.store.engines import open_engine, server_of
from backend_bridge.store.portable import copy_rows
from backend_bridge.store.schema import OURS, make_schema
from backend_bridge.store.tables import SCHEMA_REVISION, journal
from tests.fakes.postgres import running_postgres

OLD = "0002"
RECORDED = Path(__file__).parents[2] / "installer" / "store-0002.sql"
CUT_AT = (1, 5, 11, 17, 23)
"""Statements of the migration, from its first to beyond the copying of what was there."""
_ROOT = Path(__file__).parents[3]


def _recorded(path: Path) -> StoreSettings:
    """Make the store of an older bridge in a file."""
    path.mkdir(mode=0o700, parents=True)
    settings = StoreSettings(directory=path)
    with contextlib.closing(sqlite3.connect(settings.store_path)) as connection:
        connection.executescript(RECORDED.read_text("utf-8"))
    return settings


def _on_server(settings: StoreSettings, recorded: StoreSettings) -> None:
    """Put the same store into an empty database."""
    engine = open_engine(settings, server_of(settings), writes=True)
    file = open_engine(recorded, None, writes=False)
    try:
        make_schema(engine, OURS, OLD)
        with file.connect() as source, engine.begin() as target:
            copy_rows(source, target)
    finally:
        engine.dispose()
        file.dispose()


def _rows(settings: StoreSettings) -> list[tuple[object, ...]]:
    engine = open_engine(settings, server_of(settings), writes=False)
    query = sa.select(journal.c.seq, journal.c.kind, journal.c.payload).order_by(journal.c.seq)
    try:
        with engine.connect() as connection:
            return [(row[0], row[1], bytes(row[2])) for row in connection.execute(query)]
    finally:
        engine.dispose()


@pytest.fixture(params=["file", "server"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[StoreSettings]:
    """Return a store of the first schema that was handed over."""
    recorded = _recorded(tmp_path / "recorded")
    if request.param == "file":
        yield recorded
        return
    with running_postgres() as server:
        settings = StoreSettings(directory=tmp_path / "data", url=server.url)
        _on_server(settings, recorded)
        yield settings


def _open(settings: StoreSettings) -> None:
    async def opened() -> None:
        async with Store.open(settings, SystemClock()):
            pass

    asyncio.run(opened())


@pytest.mark.may_block
@pytest.mark.timeout(120)
def test_a_power_cut_while_it_is_migrated_leaves_the_old_store_whole(old: StoreSettings) -> None:
    before = _rows(old)
    assert before
    words = (str(old.directory), old.url)
    for statement in CUT_AT:
        done = subprocess.run(
            [sys.executable, "-m", "tests.unit.store.cut_child", *words, str(statement)],
            cwd=_ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == -9, f"not cut at {statement}: {done.stderr}"
        assert _rows(old) == before, f"cut at statement {statement}"
    _open(old)
    assert _rows(old)[: len(before)] == before
    with open_journal(old) as connection:
        assert not check_chain(connection, []).breaks
    copies = list(old.directory.glob(f"store.sqlite.before-{SCHEMA_REVISION}-*"))
    assert 0 < len(copies) < len(CUT_AT), "made before each attempt, and only the newest kept"
    assert not list(old.directory.glob("*.partial"))
    for copy in copies:
        with contextlib.closing(sqlite3.connect(copy)) as connection:
            found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            kept = connection.execute("SELECT count(*) FROM journal").fetchone()
        assert (found[0], kept[0]) == (OLD, len(before))
