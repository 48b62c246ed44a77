"""A store goes from a server into a file and back, with everything that is in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from backend_bridge.backup import BackupError, back_up, restore
from backend_bridge.contract.times import Clock
from backend_bridge.store import Store, StoreSettings
from backend_bridge.store.audit import check_chain, open_journal
from backend_bridge.store.tables import SCHEMA_REVISION, metadata
from tests.fakes.clock import ManualClock
from tests.fakes.postgres import PostgresServer, running_postgres
from tests.unit.store.makers import HARD_NAME, alarm_draft, incident_draft, note

pytestmark = [pytest.mark.peer, pytest.mark.may_block]
RECORDED = Path(__file__).parents[2] / "installer" / "store-0002.sql"


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    with running_postgres() as running:
        yield running


@pytest.fixture
def shared(server: PostgresServer, tmp_path: Path) -> StoreSettings:
    """Return a store on the server, whose database is empty."""
    server.sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public;")
    return StoreSettings(directory=tmp_path / "shared", url=server.url)


async def _fill(settings: StoreSettings, clock: Clock) -> None:
    async with Store.open(settings, clock) as store:
        for number in range(1, 40):
            drafts = [
                alarm_draft(number, key=f"{number}a", value=HARD_NAME),
                incident_draft(number, key=f"{number}i", text="à la main", place="rue Monge"),
            ]
            await store.journal.append(drafts)


def _rows(settings: StoreSettings) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table, but for who holds a server."""
    found = {}
    with open_journal(settings) as connection:
        for table in metadata.sorted_tables:
            rows = [
                tuple(bytes(item) if isinstance(item, memoryview) else item for item in row)
                for row in connection.execute(sa.select(table))
            ]
            found[table.name] = sorted(
                (row for row in rows if row[0] not in ("holder", "written_by")), key=repr
            )
        assert not check_chain(connection, []).breaks
    return found


async def test_from_a_server_into_a_file_and_back_nothing_is_another(
    shared: StoreSettings, server: PostgresServer, tmp_path: Path, clock: ManualClock
) -> None:
    await _fill(shared, clock)
    before = _rows(shared)
    assert len(before["journal"]) == 78
    back_up(shared.directory, tmp_path / "one.zip", clock, url=server.url)
    moved = StoreSettings(directory=tmp_path / "moved")
    restore(tmp_path / "one.zip", moved.directory, clock)
    assert _rows(moved) == before
    back_up(moved.directory, tmp_path / "two.zip", clock)
    async with Store.open(shared, clock) as store:
        await store.journal.append([note("later")])
        with pytest.raises(BackupError, match="in use by another bridge"):
            restore(tmp_path / "two.zip", shared.directory, clock, url=server.url)
    _, aside = restore(tmp_path / "two.zip", shared.directory, clock, url=server.url)
    assert _rows(shared) == before
    assert aside is not None
    with closing(sqlite3.connect(aside / "store.sqlite")) as kept:
        assert kept.execute("SELECT count(*) FROM journal").fetchone()[0] == 79
    async with Store.open(shared, clock) as store:
        assert (await store.journal.append([note("goes on")]))[0].seq == 79


async def test_an_older_file_is_brought_up_to_date_on_its_way_into_a_server(
    shared: StoreSettings, server: PostgresServer, tmp_path: Path, clock: ManualClock
) -> None:
    old = StoreSettings(directory=tmp_path / "old")
    old.directory.mkdir(mode=0o700)
    with closing(sqlite3.connect(old.store_path)) as connection:
        connection.executescript(RECORDED.read_text("utf-8"))
        count = connection.execute("SELECT count(*) FROM journal").fetchone()[0]
    back_up(old.directory, tmp_path / "old.zip", clock)
    restore(tmp_path / "old.zip", shared.directory, clock, url=server.url)
    assert len(_rows(shared)["journal"]) == count
    assert server.sql("SELECT version_num FROM alembic_version").strip() == SCHEMA_REVISION


async def test_a_newer_backup_is_refused_and_the_server_left_as_it_was(
    shared: StoreSettings, server: PostgresServer, tmp_path: Path, clock: ManualClock
) -> None:
    newer = StoreSettings(directory=tmp_path / "newer")
    for settings in (shared, newer):
        await _fill(settings, clock)
    before = _rows(shared)
    with closing(sqlite3.connect(newer.store_path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    back_up(newer.directory, tmp_path / "newer.zip", clock)
    with pytest.raises(BackupError, match="newer Beffroi"):
        restore(tmp_path / "newer.zip", shared.directory, clock, url=server.url)
    assert _rows(shared) == before
    assert not list(shared.directory.glob("before-restore-*"))
