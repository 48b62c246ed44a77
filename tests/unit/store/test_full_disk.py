from __future__ import annotations

import asyncio
import contextlib
import os
import sqlite3
import subprocess
import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import event

from backend_bridge.core.storage import StorageError, StorageFullError, User
from backend_bridge.store import Store, StoreSettings
from backend_bridge.store.dialects import sqlite_engine
from backend_bridge.store.probe import probe_room
from tests.fakes.clock import ManualClock
from tests.fakes.waiting import until
from tests.unit.store.makers import alarm_draft, note

_BIG = "x" * 20_000


async def _fill_up(store: Store) -> int:
    """Append until the store refuses; return how many entries it acknowledged."""
    for kept in range(0, 10_000, 2):
        try:
            await store.journal.append([note(_BIG), alarm_draft(kept)])
        except StorageFullError:
            return kept
    raise AssertionError("it never was full")


async def _check_whole(store: Store, kept: int) -> None:
    entries = await store.journal.entries(0, 10_000)
    assert [entry.seq for entry in entries] == list(range(1, kept + 1))
    situation = await store.journal.situation()
    assert situation.seq == kept == store.journal.head
    assert len(situation.alarms) == kept // 2


async def test_at_its_limit_a_store_refuses_whole_and_recovers_by_itself(
    settings: StoreSettings, clock: ManualClock, expected_events: list[str]
) -> None:
    expected_events += ["storage_full", "audit_seal_broken"]  # entries are taken out below
    limited = msgspec.structs.replace(settings, store_max_bytes=2_000_000)
    async with Store.open(limited, clock) as store:
        kept = await _fill_up(store)
        assert not store.storage_ok
        person = User(name="marie", display_name=_BIG * 2, password_hash="", roles=())
        with pytest.raises(StorageFullError):
            await store.users.put_user(person)
        await _check_whole(store, kept)
        with contextlib.closing(sqlite3.connect(settings.store_path)) as outside, outside:
            outside.execute("DELETE FROM journal WHERE seq > 10")
        # nobody writes: the probe alone finds out
        await until(lambda: store.storage_ok)
        (entry,) = await store.journal.append([note("again")])
        assert entry.seq == 11
    leftovers = "SELECT key FROM meta WHERE key = 'probe'"
    with contextlib.closing(sqlite3.connect(settings.store_path)) as outside:
        assert outside.execute(leftovers).fetchall() == []


async def test_a_full_disk_refuses_every_waiting_caller_and_each_may_try_again(
    settings: StoreSettings, clock: ManualClock, expected_events: list[str]
) -> None:
    expected_events.append("storage_full")
    limited = msgspec.structs.replace(settings, store_max_bytes=1_000_000)
    async with Store.open(limited, clock) as store:
        kept = await _fill_up(store)
        results = await asyncio.gather(
            *(store.journal.append([note(_BIG, key=str(n))]) for n in range(30)),
            return_exceptions=True,
        )
        assert all(isinstance(result, StorageFullError) for result in results)
        await _check_whole(store, kept)
    async with Store.open(settings, clock) as store:
        entries = await asyncio.gather(
            *(store.journal.append([note(_BIG, key=str(n))]) for n in range(30))
        )
        assert sorted(entry.seq for (entry,) in entries) == list(range(kept + 1, kept + 31))


async def test_another_program_that_never_lets_go_is_refused_and_waited_out(
    settings: StoreSettings, clock: ManualClock, expected_events: list[str]
) -> None:
    expected_events.append("storage_failing")
    impatient = msgspec.structs.replace(settings, busy_s=0.05)
    async with Store.open(impatient, clock) as store:
        with contextlib.closing(sqlite3.connect(settings.store_path)) as outside:
            outside.isolation_level = None
            outside.execute("BEGIN IMMEDIATE")
            with pytest.raises(StorageError, match="database is locked") as refusal:
                await store.journal.append([note()])
            assert not isinstance(refusal.value, StorageFullError)
            assert not store.storage_ok
            outside.execute("ROLLBACK")
        await until(lambda: store.storage_ok)
        assert (await store.journal.append([note()]))[0].seq == 1


@contextlib.contextmanager
def _tiny_disk(where: Path, size: str) -> Iterator[None]:
    where.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(where)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no tmpfs can be mounted here: {done.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", str(where)], check=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a tiny disk needs root")
def test_a_disk_without_room_refuses_whole_and_recovers_when_room_is_made(
    tmp_path: Path, clock: ManualClock, expected_events: list[str]
) -> None:
    expected_events += ["storage_full", "history_failing"]
    disk = tmp_path / "disk"
    settings = StoreSettings(directory=disk, history_flush_s=0.05, probe_s=0.05)

    async def live() -> int:
        ballast = disk / "ballast"
        ballast.write_bytes(bytes(2_000_000))
        async with Store.open(settings, clock) as store:
            kept = await _fill_up(store)
            assert not store.storage_ok
            await _check_whole(store, kept)
            ballast.unlink()
            await until(lambda: store.storage_ok)
            entries = await store.journal.append([note(_BIG), alarm_draft(kept)])
            assert [entry.seq for entry in entries] == [kept + 1, kept + 2]
            return kept + 2

    async def again(kept: int) -> None:
        async with Store.open(settings, clock) as store:
            await _check_whole(store, kept)

    with _tiny_disk(disk, "6500k"):
        asyncio.run(again(asyncio.run(live())))


def test_what_is_tried_to_write_cannot_be_made_smaller(settings: StoreSettings) -> None:
    async def make() -> None:
        async with Store.open(settings, ManualClock()):
            pass

    asyncio.run(make())
    engine = sqlite_engine(settings.store_path, writes=True, busy_s=1)
    tried: list[bytes] = []

    @event.listens_for(engine, "before_cursor_execute")
    def _take(*words: object) -> None:
        values = words[3] if isinstance(words[3], tuple) else ()
        tried.extend(bytes(value) for value in values if isinstance(value, bytes | memoryview))

    probe_room(engine)
    engine.dispose()
    assert len(tried) == 1
    assert len(zlib.compress(tried[0])) > 60_000, "a server would find room for it on a full disk"
