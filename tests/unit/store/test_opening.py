from __future__ import annotations

import asyncio
import contextlib
import os
import re
import shutil
import sqlite3
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from blockbuster import blockbuster_ctx

from backend_bridge.contract.quality import Quality
from backend_bridge.core.storage import HistorySample, StorageError, User
from backend_bridge.store import (
    NewerStoreError,
    Store,
    StoreInUseError,
    StoreOpenError,
    StoreSettings,
    open_users,
)
from backend_bridge.store.dialects import sqlite_engine
from backend_bridge.store.schema import OURS, Schema, bring_up_to_date
from backend_bridge.store.tables import metadata
from tests.fakes.clock import ManualClock
from tests.fakes.waiting import until
from tests.unit.store.makers import alarm_draft, circuit_draft, detail, note

_NEXT = '''
"""A later schema."""
from alembic import op
import sqlalchemy as sa

revision = "9002"
down_revision = "{newest}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("journal", sa.Column("mood", sa.Text))
    {tail}
'''


def _later_schema(tmp_path: Path, *, tail: str = "pass") -> Schema:
    """Return our migrations followed by one more, as a later program would bring them."""
    folder = tmp_path / "later"
    shutil.copytree(OURS.migrations, folder, ignore=shutil.ignore_patterns("__pycache__"))
    later = _NEXT.format(tail=tail, newest=OURS.newest)
    (folder / "versions" / "r9002_later.py").write_text(later, "utf-8")
    return Schema(folder, "9002")


async def _fill(settings: StoreSettings, clock: ManualClock, count: int = 3) -> None:
    async with Store.open(settings, clock) as store:
        await store.journal.append([note(str(n)) for n in range(count)])


def _migrate(settings: StoreSettings, clock: ManualClock, schema: Schema) -> None:
    engine = sqlite_engine(settings.store_path, writes=True, busy_s=1)
    try:
        bring_up_to_date(engine, clock, path=settings.store_path, schema=schema)
    finally:
        engine.dispose()


def _partials(folder: Path) -> list[Path]:
    return list(folder.glob("*.partial"))


def _read_both(settings: StoreSettings) -> tuple[bytes, bytes]:
    """Return the store's main file and its write-ahead log as they are now."""
    log = Path(f"{settings.store_path}-wal")
    return settings.store_path.read_bytes(), log.read_bytes()


def _write_both(settings: StoreSettings, main: bytes, log: bytes) -> None:
    settings.directory.mkdir()
    settings.store_path.write_bytes(main)
    Path(f"{settings.store_path}-wal").write_bytes(log)


def _query(path: Path, sql: str) -> list[tuple[object, ...]]:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def _change(path: Path, sql: str) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(sql)


@pytest.mark.may_block
async def test_migrations_make_exactly_the_tables_the_code_uses(
    store: Store, settings: StoreSettings
) -> None:
    engine = sqlite_engine(settings.store_path, writes=False, busy_s=1)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()
    assert ScriptDirectory(str(OURS.migrations)).get_heads() == [OURS.newest]
    assert ("wal",) in _query(settings.store_path, "PRAGMA journal_mode")
    sequence = "SELECT sql FROM sqlite_master WHERE name = 'journal'"
    assert "seq INTEGER NOT NULL" in str(_query(settings.store_path, sequence))


async def test_nothing_of_it_blocks_the_loop(
    settings: StoreSettings, clock: ManualClock, tmp_path: Path
) -> None:
    with blockbuster_ctx():
        async with Store.open(settings, clock) as store:
            await asyncio.gather(*(store.journal.append([note()]) for _ in range(200)))
            await store.journal.entries(0, 10)
            await store.journal.situation()
            await store.journal.incident_entries("INC-1", 10)
            await store.users.put_user(User(name="m", display_name="", password_hash="", roles=()))
            assert len(await store.users.users()) == 1
            store.history.keep([HistorySample("EP-1", "level", 5, 1.0, Quality.GOOD)])
            assert await store.history.trend("EP-1", "level", 0, 10, 2)
            assert store.counters()["history_bytes"] > 0
            await store.backup(tmp_path / "copy.sqlite")
            async with open_users(settings, clock) as users:
                assert await users.user("m") is not None


async def test_every_commit_is_forced_to_the_disk(store: Store) -> None:
    level = await store.journal._writer.run(
        lambda connection: connection.exec_driver_sql("PRAGMA synchronous").scalar_one()
    )
    assert level == 2  # FULL


async def test_only_the_bridges_user_can_read_its_files(
    store: Store, settings: StoreSettings
) -> None:
    await store.journal.append([note()])
    await store.history.flush()
    assert settings.directory.stat().st_mode & 0o077 == 0
    for path in settings.directory.iterdir():
        assert path.stat().st_mode & 0o077 == 0, path


async def test_it_opens_from_anywhere_and_without_alembics_own_files(
    settings: StoreSettings, tmp_path: Path
) -> None:
    script = (
        "import asyncio, sys, pathlib\n"
        "from backend_bridge.store import Store, StoreSettings\n"
        "from backend_bridge.contract.times import SystemClock\n"
        "async def main():\n"
        "    settings = StoreSettings(directory=pathlib.Path(sys.argv[1]))\n"
        "    async with Store.open(settings, SystemClock()) as store:\n"
        "        print(store.journal.head, 'alembic' in sys.modules)\n"
        "asyncio.run(main())\n"
    )
    root = Path(__file__).parents[3]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    command = [sys.executable, "-W", "error", "-c", script, str(settings.directory)]
    said = []
    for _ in range(2):
        process = await asyncio.create_subprocess_exec(
            *command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        out, err = await process.communicate()
        assert process.returncode == 0, err.decode()
        said.append(out.decode().splitlines()[-1])
    # once made, a store opens without loading the migration library
    assert said == ["0 True", "0 False"]


async def test_a_second_bridge_is_told_who_holds_the_store(
    store: Store, settings: StoreSettings, clock: ManualClock
) -> None:
    with pytest.raises(StoreInUseError, match=rf"process {os.getpid()}\).*Stop the other bridge"):
        async with Store.open(settings, clock):
            pass
    await store.journal.append([note()])


@pytest.mark.may_block
async def test_a_newer_store_is_refused_and_left_as_it_is(
    settings: StoreSettings, clock: ManualClock, tmp_path: Path
) -> None:
    await _fill(settings, clock)
    _migrate(settings, clock, _later_schema(tmp_path))
    before = settings.store_path.read_bytes()
    with pytest.raises(NewerStoreError) as refusal:
        async with Store.open(settings, clock):
            pass
    said = str(refusal.value)
    assert "newer Beffroi (version " in said
    assert f"schema 9002; this program knows up to {OURS.newest}" in said
    assert "Install the newer version" in said
    assert settings.store_path.read_bytes() == before


@pytest.mark.may_block
async def test_an_older_store_is_copied_then_migrated(
    settings: StoreSettings, clock: ManualClock, tmp_path: Path
) -> None:
    await _fill(settings, clock)
    _migrate(settings, clock, _later_schema(tmp_path))
    (copy,) = settings.directory.glob("store.sqlite.before-9002-*")
    assert re.fullmatch(r"store\.sqlite\.before-9002-\d{8}T\d{6}\.\d{6}Z", copy.name)
    assert _query(settings.store_path, "SELECT count(mood) FROM journal") == [(0,)]
    assert _query(settings.store_path, "SELECT version_num FROM alembic_version") == [("9002",)]
    shutil.copy(copy, settings.store_path)
    assert sorted(path.name for path in settings.directory.glob("store.sqlite-*")) == []
    async with Store.open(settings, clock) as store:
        kept = await store.journal.entries(0, 10)
    assert [detail(entry.event) for entry in kept] == ["0", "1", "2"]


@pytest.mark.may_block
async def test_a_store_from_before_the_circuits_gets_their_table_and_keeps_its_copy(
    settings: StoreSettings, clock: ManualClock, tmp_path: Path
) -> None:
    folder = tmp_path / "first"
    shutil.copytree(OURS.migrations, folder, ignore=shutil.ignore_patterns("__pycache__"))
    for script in (folder / "versions").glob("r*.py"):
        if script.name != "r0001_first.py":
            script.unlink()
    settings.directory.mkdir(parents=True)
    _change(settings.store_path, "PRAGMA user_version = 0")  # makes the file
    _migrate(settings, clock, Schema(folder, "0001"))
    _change(
        settings.store_path,
        "INSERT INTO meta (key, value) VALUES ('left by', CAST('the first' AS BLOB))",
    )
    async with Store.open(settings, clock) as store:
        await store.journal.append([circuit_draft("DN-01", version=1)])
        (mark,) = (await store.journal.situation()).circuits
    assert mark.circuit_id == "DN-01"
    (copy,) = settings.directory.glob(f"store.sqlite.before-{OURS.newest}-*")
    assert _query(copy, "SELECT version_num FROM alembic_version") == [("0001",)]
    for path in (copy, settings.store_path):
        assert _query(path, "SELECT count(*) FROM meta WHERE key = 'left by'") == [(1,)]


@pytest.mark.may_block
async def test_a_migration_that_fails_leaves_the_store_as_it_was(
    settings: StoreSettings, clock: ManualClock, tmp_path: Path
) -> None:
    await _fill(settings, clock)
    schema = _later_schema(tmp_path, tail='op.execute("INSERT INTO nowhere VALUES (1)")')
    with pytest.raises(StoreOpenError, match=r"no such table.*left as it was.*A copy is in"):
        _migrate(settings, clock, schema)
    columns = [row[1] for row in _query(settings.store_path, "PRAGMA table_info(journal)")]
    assert "mood" not in columns
    async with Store.open(settings, clock) as store:
        assert store.journal.head == 3


@pytest.mark.may_block
async def test_no_copy_no_migration(
    settings: StoreSettings, clock: ManualClock, tmp_path: Path
) -> None:
    await _fill(settings, clock)
    schema = _later_schema(tmp_path)
    moment = "20231114T221320.000000Z"
    (settings.directory / f"store.sqlite.before-9002-{moment}").write_text("in the way")
    with pytest.raises(StoreOpenError, match="no copy could be made"):
        _migrate(settings, clock, schema)
    assert _query(settings.store_path, "SELECT version_num FROM alembic_version") == [
        (OURS.newest,)
    ]


async def test_somebody_elses_database_is_not_touched(
    settings: StoreSettings, clock: ManualClock
) -> None:
    settings.directory.mkdir()
    _change(settings.store_path, "CREATE TABLE recipes (name TEXT)")
    before = settings.store_path.read_bytes()
    with pytest.raises(StoreOpenError, match="not one of Beffroi's"):
        async with Store.open(settings, clock):
            pass
    assert settings.store_path.read_bytes() == before


@pytest.mark.parametrize("content", [b"not a database" * 1000, b"SQLite format 3\x00" + b"x" * 200])
async def test_garbage_is_refused_and_kept(
    settings: StoreSettings, clock: ManualClock, content: bytes
) -> None:
    settings.directory.mkdir()
    settings.store_path.write_bytes(content)
    with pytest.raises(StoreOpenError, match=r"cannot be read.*put back the last backup"):
        async with Store.open(settings, clock):
            pass
    assert settings.store_path.read_bytes() == content


async def test_a_file_that_lost_its_end_is_refused_and_kept(
    settings: StoreSettings, clock: ManualClock
) -> None:
    await _fill(settings, clock, 500)
    whole = settings.store_path.read_bytes()
    settings.store_path.write_bytes(whole[: len(whole) // 2 // 4096 * 4096])
    with pytest.raises(StoreOpenError, match=r"malformed.*put back the last backup"):
        async with Store.open(settings, clock):
            pass


async def test_a_directory_in_the_way_is_said(settings: StoreSettings, clock: ManualClock) -> None:
    settings.store_path.mkdir(parents=True)
    with pytest.raises(StoreOpenError, match=r"Cannot open .*Is a directory"):
        async with Store.open(settings, clock):
            pass


async def test_a_half_written_log_gives_back_every_whole_commit(
    settings: StoreSettings, clock: ManualClock, tmp_path: Path
) -> None:
    """Cut the write-ahead log at many lengths, as a power cut may, and open what is left."""
    async with Store.open(settings, clock) as store:
        for n in range(12):
            await store.journal.append([note(str(n)), alarm_draft(n)])
        main, log = _read_both(settings)
    heads = set()
    for cut in range(0, len(log), len(log) // 23):
        damaged = StoreSettings(directory=tmp_path / f"cut-{cut}")
        _write_both(damaged, main, log[:cut])
        async with Store.open(damaged, clock) as store:
            kept = await store.journal.entries(0, 100)
            situation = await store.journal.situation()
            assert [entry.seq for entry in kept] == list(range(1, len(kept) + 1))
            assert len(kept) % 2 == 0  # a commit is whole or absent
            assert len(situation.alarms) == len(kept) // 2
            assert (await store.journal.append([note()]))[0].seq == len(kept) + 1
        heads.add(len(kept))
    assert len(heads) > 3


async def test_a_page_torn_in_the_log_ends_what_is_believed(
    settings: StoreSettings, clock: ManualClock, tmp_path: Path
) -> None:
    async with Store.open(settings, clock) as store:
        for n in range(12):
            await store.journal.append([note(str(n))])
        main, whole = _read_both(settings)
    log = bytearray(whole)
    (page,) = struct.unpack(">I", log[8:12])
    frames = (len(log) - 32) // (page + 24)
    middle = 32 + (page + 24) * (frames * 3 // 4) + 24 + 100
    log[middle : middle + 64] = bytes(64)
    torn = StoreSettings(directory=tmp_path / "torn")
    _write_both(torn, main, bytes(log))
    async with Store.open(torn, clock) as store:
        kept = await store.journal.entries(0, 100)
    assert [detail(entry.event) for entry in kept] == [str(n) for n in range(len(kept))]


async def test_an_unusable_server_address_is_said(settings: StoreSettings) -> None:
    for url in ("not an address", "oracle9://x"):
        shared = StoreSettings(directory=settings.directory, url=url)
        with pytest.raises(StoreOpenError, match=r"cannot be used.*Correct the address"):
            async with Store.open(shared, ManualClock()):
                pass


@pytest.mark.parametrize(
    "wrong",
    [{"history_bytes": 1000}, {"history_flush_s": 0.0}, {"probe_s": -1.0}, {"store_max_bytes": -1}],
)
def test_settings_out_of_range_are_refused(tmp_path: Path, wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        StoreSettings(directory=tmp_path, **wrong)  # type: ignore[arg-type]  # wrong on purpose


async def test_a_backup_is_whole_while_the_store_is_busy(
    store: Store, settings: StoreSettings, clock: ManualClock, tmp_path: Path
) -> None:
    async def load() -> None:
        for n in range(100):
            await store.journal.append([note(str(n)), alarm_draft(n)])

    loading = asyncio.create_task(load())
    target = tmp_path / "é copy.sqlite"
    await until(lambda: store.journal.head >= 20)
    await store.backup(target)
    await loading
    with pytest.raises(StorageError, match="exists already"):
        await store.backup(target)
    with pytest.raises(StorageError, match="cannot copy"):
        await store.backup(target / "below-a-file")
    assert _partials(tmp_path) == []
    restored = StoreSettings(directory=tmp_path / "restored")
    restored.directory.mkdir()
    shutil.copy(target, restored.store_path)
    async with Store.open(restored, clock) as copy:
        kept = await copy.journal.entries(0, 1000)
        assert 20 <= len(kept) <= 200
        assert len((await copy.journal.situation()).alarms) == len(kept) // 2
