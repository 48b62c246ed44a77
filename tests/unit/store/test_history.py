from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from backend_bridge.contract.points import TrendPoint
from backend_bridge.contract.quality import Quality
from backend_bridge.core.storage import HistorySample, StorageError
from backend_bridge.store import Store, StoreSettings, history
from backend_bridge.store.history_file import SILENCE_MS, HistoryFile
from backend_bridge.store.settings import MIN_HISTORY_BYTES
from tests.fakes.clock import ManualClock
from tests.fakes.waiting import until
from tests.unit.store.makers import HARD_NAME, note

_GOOD, _UNKNOWN = Quality.GOOD, Quality.UNKNOWN


def _sample(clock: ManualClock, value: float | None, equipment_id: str = "EP-1") -> HistorySample:
    return HistorySample(equipment_id, "level", clock.now_ms(), value, _GOOD)


def _kept(path: Path) -> int:
    with contextlib.closing(sqlite3.connect(path)) as outside:
        return int(outside.execute("SELECT count(*) FROM samples").fetchone()[0])


async def test_what_was_just_kept_is_in_the_trend(store: Store, clock: ManualClock) -> None:
    start = clock.now_ms()
    for value in (1.0, 5.0, 3.0):
        store.history.keep([_sample(clock, value)])
        clock.advance(1)
    points = await store.history.trend("EP-1", "level", start, start + 60_000, 20)
    assert points == [TrendPoint(start, 1.0, 5.0, 3.0, _GOOD)]
    fine = await store.history.trend("EP-1", "level", start, start + 60_000, 60)
    assert [point.last for point in fine] == [1.0, 5.0, 3.0]
    later = await store.history.trend("EP-1", "level", start + 2_500, start + 60_000, 20)
    assert later == [TrendPoint(start + 2_500, 3.0, 3.0, 3.0, _GOOD)]
    assert await store.history.trend("EP-1", "other", start, start + 60_000, 20) == []


async def test_names_are_only_names(store: Store, clock: ManualClock) -> None:
    start = clock.now_ms()
    store.history.keep([_sample(clock, 1.0, HARD_NAME), _sample(clock, 2.0, HARD_NAME + " ")])
    clock.advance(1)
    points = await store.history.trend(HARD_NAME, "level", start, start + 1000, 2)
    assert {point.last for point in points} == {1.0}


async def test_history_survives_and_says_when_the_bridge_was_down(
    settings: StoreSettings, clock: ManualClock
) -> None:
    start = clock.now_ms()
    async with Store.open(settings, clock) as store:
        store.history.keep([_sample(clock, 1.0)])
        clock.advance(10)
        store.history.keep([_sample(clock, 2.0)])
    clock.advance(100)
    async with Store.open(settings, clock) as store:
        store.history.keep([_sample(clock, 3.0)])
        clock.advance(10)
        store.history.keep([_sample(clock, 4.0)])
        points = await store.history.trend("EP-1", "level", start, start + 120_000, 12)
    assert [point.last for point in points] == [1.0, None, *[None] * 9, 3.0]
    assert points[0].quality is _GOOD
    assert points[1] == TrendPoint(start + 10_000, 2.0, 2.0, None, _UNKNOWN)
    assert {point.quality for point in points[1:11]} == {_UNKNOWN}
    assert points[11] == TrendPoint(start + 110_000, 3.0, 3.0, 3.0, _GOOD)


async def test_without_a_sign_of_life_nobody_knows(
    settings: StoreSettings, clock: ManualClock
) -> None:
    slow = msgspec.structs.replace(settings, history_flush_s=1000.0)
    start = clock.now_ms()
    async with Store.open(slow, clock) as store:
        store.history.keep([_sample(clock, 1.0)])
        await store.history.flush()
        clock.jump(SILENCE_MS / 1000 + 60)
        points = await store.history.trend("EP-1", "level", start, clock.now_ms(), 5)
    assert points[0].low == 1.0
    assert points[-1] == TrendPoint(points[-1].at_ms, None, None, None, _UNKNOWN)


async def test_a_clock_that_jumps_back_an_hour_is_tolerated(
    store: Store, clock: ManualClock
) -> None:
    start = clock.now_ms()
    for value in range(10):
        store.history.keep([_sample(clock, float(value))])
        clock.advance(60)
    clock.jump(-3600)
    for value in range(10, 20):
        store.history.keep([_sample(clock, float(value))])
        clock.advance(60)
    everything = await store.history.trend("EP-1", "level", start - 4_000_000, start + 600_000, 50)
    assert min(point.low for point in everything if point.low is not None) == 0.0
    assert max(point.high for point in everything if point.high is not None) == 19.0
    assert [point.at_ms for point in everything] == sorted({point.at_ms for point in everything})
    now = await store.history.trend("EP-1", "level", clock.now_ms() - 600_000, clock.now_ms(), 10)
    assert [point.last for point in now] == [float(value) for value in range(10, 20)]


async def test_the_file_stays_within_its_budget(
    settings: StoreSettings, clock: ManualClock
) -> None:
    """Write twice the budget's worth of 200 series and look at the files all along."""
    budget = MIN_HISTORY_BYTES
    limited = msgspec.structs.replace(settings, history_bytes=budget)
    sizes = []
    async with Store.open(limited, clock) as store:
        start = clock.now_ms()
        for turn in range(1300):
            clock.advance(1)
            store.history.keep([_sample(clock, turn % 100, f"EP-{n:04}") for n in range(200)])
            if turn % 25 == 0:
                await store.history.flush()
                sizes.append(store.history.file_bytes)
        await store.history.flush()
        assert store.history.dropped == 0
        points = await store.history.trend("EP-0007", "level", start, clock.now_ms() + 1, 100)
    full = sizes[-len(sizes) // 10 :]
    assert max(sizes) <= budget
    assert min(full) >= budget * 0.85
    # the oldest went, the newest is there
    assert points[0] == TrendPoint(start, None, None, None, _UNKNOWN)
    assert points[-1].last == 99.0
    assert limited.history_path.stat().st_size <= budget - 2**20


async def test_a_smaller_budget_shrinks_the_file_at_the_next_start(
    settings: StoreSettings, clock: ManualClock
) -> None:
    async with Store.open(settings, clock) as store:
        for turn in range(1100):
            clock.advance(1)
            store.history.keep([_sample(clock, turn, f"EP-{n:04}") for n in range(200)])
        await store.history.flush()
        assert store.history.file_bytes > MIN_HISTORY_BYTES
    limited = msgspec.structs.replace(settings, history_bytes=MIN_HISTORY_BYTES)
    async with Store.open(limited, clock) as store:
        await store.history.flush()
        assert store.history.file_bytes <= MIN_HISTORY_BYTES
        points = await store.history.trend("EP-0007", "level", 0, clock.now_ms() + 1, 1)
        assert points[0].high == 1099.0


@pytest.mark.parametrize("content", [b"garbage" * 5000, b"", None])
async def test_a_file_that_is_no_history_is_set_aside(
    settings: StoreSettings,
    clock: ManualClock,
    expected_events: list[str],
    content: bytes | None,
) -> None:
    settings.directory.mkdir()
    if content is None:
        with contextlib.closing(sqlite3.connect(settings.history_path)) as other:
            other.execute("PRAGMA user_version = 7")
    else:
        settings.history_path.write_bytes(content)
    if content != b"":
        expected_events.append("history_set_aside")
    async with Store.open(settings, clock) as store:
        store.history.keep([_sample(clock, 1.0)])
        clock.advance(1)
        points = await store.history.trend(
            "EP-1", "level", clock.now_ms() - 1000, clock.now_ms(), 1
        )
        assert [point.last for point in points] == [1.0]
        await store.journal.append([note()])
    aside = list(settings.directory.glob("history.sqlite.set-aside-*"))
    assert len(aside) == (0 if content == b"" else 1)
    if content:
        assert aside[0].read_bytes() == content


async def test_damage_found_while_running_is_set_aside_once(
    settings: StoreSettings, clock: ManualClock, expected_events: list[str]
) -> None:
    expected_events.append("history_set_aside")
    async with Store.open(settings, clock) as store:
        for turn in range(50):
            clock.advance(1)
            store.history.keep([_sample(clock, turn, f"EP-{n}") for n in range(100)])
        await store.history.flush()
    with contextlib.closing(sqlite3.connect(settings.history_path)) as outside:
        where = "SELECT rootpage FROM sqlite_master WHERE name = 'ix_samples_series'"
        (page,) = outside.execute(where).fetchone()
    with settings.history_path.open("r+b") as damaged:
        # opening does not read this page, writing does
        damaged.seek((page - 1) * 4096)
        damaged.write(b"\xff" * 4096)
    async with Store.open(settings, clock) as store:
        await store.history.flush()
        assert not list(settings.directory.glob("history.sqlite.set-aside-*"))
        await until(lambda: _poke(store, clock), what="the damage to be noticed")
        clock.advance(1)
        await store.history.flush()
        start = clock.now_ms()
        store.history.keep([_sample(clock, 5.0)])
        clock.advance(1)
        points = await store.history.trend("EP-1", "level", start, clock.now_ms(), 1)
        assert [point.last for point in points] == [5.0]
        await store.journal.append([note()])
    assert len(list(settings.directory.glob("history.sqlite.set-aside-*"))) == 1


def _poke(store: Store, clock: ManualClock) -> bool:
    """Keep some more; return whether the damage was noticed."""
    clock.advance(1)
    store.history.keep([_sample(clock, 1.0, f"EP-{n}") for n in range(100)])
    return store.history.holes > 0


async def test_a_reader_that_meets_damage_has_it_set_aside(
    settings: StoreSettings, clock: ManualClock, expected_events: list[str]
) -> None:
    expected_events.append("history_set_aside")
    async with Store.open(settings, clock) as store:
        for turn in range(500):
            clock.advance(1)
            store.history.keep([_sample(clock, turn, f"EP-{n}") for n in range(10)])
        await store.history.flush()
    size = settings.history_path.stat().st_size
    with settings.history_path.open("r+b") as damaged:
        damaged.seek(8 * 4096)
        damaged.write(b"\xff" * (size - 8 * 4096))
    async with Store.open(settings, clock) as store:
        with pytest.raises(StorageError, match="cannot read"):
            await store.history.trend("EP-1", "level", 0, clock.now_ms(), 5)
        await until(lambda: store.history.holes == 1)
        assert await store.history.trend("EP-1", "level", 0, clock.now_ms(), 5) == []


async def test_no_place_for_history_does_not_stop_the_bridge(
    settings: StoreSettings, clock: ManualClock, expected_events: list[str]
) -> None:
    expected_events.append("history_failing")
    settings.history_path.mkdir(parents=True)
    async with Store.open(settings, clock) as store:
        store.history.keep([_sample(clock, 1.0)])
        await store.history.flush()
        assert store.history.dropped == 1
        with pytest.raises(StorageError):
            await store.history.trend("EP-1", "level", 0, clock.now_ms(), 5)
        await store.journal.append([note()])
        settings.history_path.rmdir()
        clock.advance(11)
        await store.history.flush()
        start = clock.now_ms()
        store.history.keep([_sample(clock, 2.0)])
        clock.advance(1)
        points = await store.history.trend("EP-1", "level", start, clock.now_ms(), 1)
        assert [point.last for point in points] == [2.0]
        assert store.history.holes == 1


async def test_a_bridge_that_stops_does_not_wait_for_all_that_is_not_written(
    settings: StoreSettings, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A metropolis far behind would take half a minute; a second is given, the rest is dropped."""
    write = HistoryFile.write

    def slow(file: HistoryFile, batch: Sequence[HistorySample], now_ms: int) -> None:
        write(file, batch, now_ms)
        if len(batch):
            clock.advance(0.4)

    slowly = msgspec.structs.replace(
        settings, history_flush_s=1000.0, history_bytes=MIN_HISTORY_BYTES
    )
    async with Store.open(slowly, clock) as store:
        await store.history.flush()
        monkeypatch.setattr(HistoryFile, "write", slow)
        for value in range(2_000):
            store.history.keep([_sample(clock, float(value))])
        assert store.history.waiting == 2_000
    assert store.history.waiting == 0
    kept = _kept(settings.history_path)
    assert 0 < kept < 2_000
    assert store.history.dropped == 2_000 - kept


async def test_far_behind_it_drops_counts_and_says_unknown(
    settings: StoreSettings, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backend_bridge.store.history._MOST_WAITING", 1000)
    slow = msgspec.structs.replace(settings, history_flush_s=1000.0)
    async with Store.open(slow, clock) as store:
        for value in range(1500):
            store.history.keep([_sample(clock, float(value))])
        assert store.history.dropped == 500
        clock.advance(1)
        await store.history.flush()
        assert store.history.holes == 1
        store.history.keep([_sample(clock, 7.0)])
        await store.history.flush()
        assert store.history.dropped == 500
    assert _kept(settings.history_path) == 1001
    store.history.keep([_sample(clock, 8.0)])
    assert store.history.dropped == 501


async def test_keeping_never_waits_for_the_disk(
    settings: StoreSettings, clock: ManualClock
) -> None:
    """Hold the file's write lock from outside: keeping goes on, and all is written afterwards."""
    async with Store.open(settings, clock) as store:
        await store.history.flush()
        with contextlib.closing(sqlite3.connect(settings.history_path)) as outside:
            outside.isolation_level = None
            outside.execute("BEGIN IMMEDIATE")
            for value in range(1000):
                store.history.keep([_sample(clock, float(value))])
            waiting = asyncio.create_task(store.history.flush())
            await asyncio.sleep(0)
            assert not waiting.done()
            outside.execute("ROLLBACK")
        await waiting
    assert _kept(settings.history_path) == 1000


async def test_a_curve_does_not_wait_for_a_disk_that_is_slow(
    store: Store, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = clock.now_ms()
    store.history.keep([_sample(clock, 1.0)])
    await store.history.flush()
    clock.advance(2)
    done = threading.Event()
    write = HistoryFile.write

    def slow(file: HistoryFile, samples: Sequence[HistorySample], now_ms: int) -> None:
        done.wait(30)
        write(file, samples, now_ms)

    monkeypatch.setattr(HistoryFile, "write", slow)
    monkeypatch.setattr(history, "FLUSH_S", 0.05)
    try:
        store.history.keep([_sample(clock, 2.0)])
        points = await store.history.trend("EP-1", "level", start, start + 2_000, 2)
        assert store.history.waiting, "answered while the disk was still at it"
        assert points[0].last == 1.0, "without its last second"
    finally:
        done.set()
    await store.history.flush()
    points = await store.history.trend("EP-1", "level", start, start + 4_000, 4)
    assert 2.0 in [point.last for point in points]
