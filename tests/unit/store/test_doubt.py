"""A commit whose answer was lost, a database that another bridge used meanwhile: begin anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.pool import PoolProxiedConnection

from backend_bridge.core.storage import StorageError
from backend_bridge.store import Store, StoreSettings
from backend_bridge.store.errors import StoreInUseError, StoreLostError
from tests.fakes.clock import ManualClock
from tests.fakes.postgres import PostgresServer, running_postgres
from tests.fakes.waiting import until
from tests.unit.store.makers import note

_NO_ROOM = """
CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100';
END $$;
CREATE TRIGGER no_room BEFORE INSERT ON journal EXECUTE FUNCTION no_room();
CREATE TRIGGER no_room BEFORE INSERT ON meta EXECUTE FUNCTION no_room();
"""


class Broken:
    """Let the next commit, after it was made or in its place, end as with a lost connection."""

    def __init__(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        dialect = store._writer._engine.dialect
        self._commit = dialect.do_commit
        self._kept: bool | None = None
        monkeypatch.setattr(dialect, "do_commit", self._do_commit)

    def next(self, *, kept: bool) -> None:
        self._kept = kept

    def _do_commit(self, connection: PoolProxiedConnection) -> None:
        kept, self._kept = self._kept, None
        if kept is not False:
            self._commit(connection)
        if kept is not None:
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = sqlite3.SQLITE_IOERR
            raise error


async def test_a_commit_that_was_none_is_forgotten(
    store: Store, monkeypatch: pytest.MonkeyPatch, expected_events: list[str]
) -> None:
    expected_events.append("storage_failing")
    broken = Broken(store, monkeypatch)
    await store.journal.append([note("one")])
    broken.next(kept=False)
    with pytest.raises(StorageError):
        await store.journal.append([note("two")])
    await store.journal.append([note("three")])
    assert store.lost is None
    assert len(await store.journal.entries(0, 10)) == 2


async def test_a_commit_that_was_one_though_it_failed_makes_the_bridge_begin_anew(
    store: Store, monkeypatch: pytest.MonkeyPatch, expected_events: list[str]
) -> None:
    expected_events += ["storage_failing", "store_lost"]
    broken = Broken(store, monkeypatch)
    await store.journal.append([note("one")])
    broken.next(kept=True)
    with pytest.raises(StorageError):
        await store.journal.append([note("two")])
    await until(lambda: store.lost is not None, what="the doubt to be settled")
    for _ in range(2):
        with pytest.raises(StoreLostError, match="Entry 2 of the journal was kept"):
            await store.journal.append([note("three")])
    assert not store.storage_ok
    assert len(await store.journal.entries(0, 10)) == 2


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    with running_postgres() as running:
        yield running


@pytest.mark.peer
@pytest.mark.may_block
async def test_a_servers_store_is_one_bridges_and_what_happened_without_it_is_noticed(
    server: PostgresServer, tmp_path: Path, clock: ManualClock, expected_events: list[str]
) -> None:
    expected_events += ["storage_failing", "store_lost"]
    settings = StoreSettings(directory=tmp_path / "one", url=server.url, probe_s=0.05)
    other = StoreSettings(directory=tmp_path / "two", url=server.url)
    async with Store.open(settings, clock) as store:
        await store.journal.append([note("one")])
        with pytest.raises(StoreInUseError, match="in use by another bridge"):
            async with Store.open(other, clock):
                pass
        # a restart of the server alone is nothing to begin anew for
        server.stop()
        await until(lambda: store.fault == "unreachable", timeout_s=10, what="the lost server")
        with pytest.raises(StorageError):
            await store.journal.append([note("refused")])
        server.start()
        await until(lambda: store.storage_ok, timeout_s=30, what="the server again")
        await store.journal.append([note("two")])
        assert store.lost is None
        server.sql(
            "UPDATE meta SET value = '\\x00' WHERE key = 'holder'"
        )  # another bridge was here
        server.sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE application_name LIKE 'beffroi %'"
        )
        await until(lambda: store.lost is not None, timeout_s=10, what="the other to be noticed")
        with pytest.raises(StoreLostError, match="Another bridge has used"):
            await store.journal.append([note("refused")])
    async with Store.open(other, clock) as store:
        assert len(await store.journal.entries(0, 10)) == 2


@pytest.mark.peer
@pytest.mark.may_block
async def test_a_server_without_room_is_full_and_goes_on_by_itself(
    server: PostgresServer, tmp_path: Path, clock: ManualClock, expected_events: list[str]
) -> None:
    expected_events += ["storage_full"]
    settings = StoreSettings(directory=tmp_path / "one", url=server.url, probe_s=0.05)
    async with Store.open(settings, clock) as store:
        await store.journal.append([note("one")])
        server.sql(_NO_ROOM)
        with pytest.raises(StorageError, match="no room left"):
            await store.journal.append([note("refused")])
        assert store.fault == "full"
        with pytest.raises(StorageError, match="no room left"):
            await store.journal.append([note("refused")])
        server.sql("DROP FUNCTION no_room CASCADE;")
        await until(lambda: store.storage_ok, timeout_s=10, what="room again")
        await store.journal.append([note("two")])
