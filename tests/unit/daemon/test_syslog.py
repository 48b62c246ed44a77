"""What happens to the bridge reaches the journal, in order, as soon as the disk takes it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest

from backend_bridge import syslog
from backend_bridge.contract.journal import JournalEntry, SystemChange, SystemEvent
from backend_bridge.core.bus import Bus
from backend_bridge.core.storage import Draft
from backend_bridge.syslog import SystemLog
from tests.fakes.clock import ManualClock
from tests.fakes.memory_journal import MemoryJournal
from tests.fakes.waiting import until


class Room:
    """A journal, a bus that is listened to, a disk that may refuse."""

    def __init__(self) -> None:
        self.journal = MemoryJournal()
        self.clock = ManualClock()
        self.heard: list[JournalEntry] = []
        bus = Bus()
        bus.subscribe(self.heard.append)
        self.log = SystemLog(
            self.journal, bus, self.clock, lambda: "full" if self.journal.full else ""
        )

    def changes(self) -> list[SystemChange]:
        return [
            entry.event.change for entry in self.journal.log if isinstance(entry.event, SystemEvent)
        ]

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self.log.run())
        yield
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.fixture(autouse=True)
def _fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syslog, "RETRY_S", 0.01)
    monkeypatch.setattr(syslog, "WATCH_S", 0.01)


async def test_events_are_committed_then_told() -> None:
    room = Room()
    async with room.running():
        room.log.note(SystemChange.STARTED, "beffroi 1")
        room.clock.advance(5)
        room.log.note(SystemChange.CLOCK_JUMPED, "+3600.0 s")
        await until(lambda: len(room.heard) == 2)

    assert room.changes() == [SystemChange.STARTED, SystemChange.CLOCK_JUMPED]
    assert room.heard == room.journal.log
    assert room.journal.log[1].at_ms - room.journal.log[0].at_ms == 5_000
    assert room.journal.log[0].user == "bridge"


async def test_a_full_disk_is_in_the_journal_once_it_is_over(log: list[Any]) -> None:
    room = Room()
    async with room.running():
        room.journal.full = True
        await until(lambda: any(line["event"] == "disk_full" for line in log))
        await until(lambda: room.journal.attempts > 2)
        assert room.heard == []
        room.journal.full = False
        await until(lambda: len(room.heard) == 2)

    assert room.changes() == [SystemChange.DISK_FULL, SystemChange.DISK_BACK]
    said = [entry.event for entry in room.journal.log if isinstance(entry.event, SystemEvent)]
    assert [event.detail for event in said] == ["full", "full"], "why, also of the one that ends it"


async def test_what_waits_has_a_limit(log: list[Any]) -> None:
    room = Room()
    room.journal.full = True
    for _ in range(syslog.MOST_WAITING + 50):
        room.log.note(SystemChange.CLOCK_JUMPED)

    assert not await room.log.flush()
    room.journal.full = False
    assert await room.log.flush()

    assert len(room.journal.log) == syslog.MOST_WAITING
    assert [line["event"] for line in log] == ["system_event_waits"]


async def test_nothing_to_say_is_said_at_once() -> None:
    assert await Room().log.flush()


async def test_stopping_between_commit_and_its_answer_writes_nothing_twice() -> None:
    room = Room()
    append = room.journal.append
    committed = asyncio.Event()

    async def commit_and_hang(drafts: Sequence[Draft]) -> list[JournalEntry]:
        await append(drafts)
        committed.set()
        await asyncio.Event().wait()
        raise AssertionError("cancelled before")

    room.journal.append = commit_and_hang  # type: ignore[method-assign]  # until the stop
    async with room.running():
        room.log.note(SystemChange.CLOCK_JUMPED)
        await committed.wait()
    room.journal.append = append  # type: ignore[method-assign]  # the disk again
    room.log.note(SystemChange.STOPPED)
    assert await room.log.flush()

    assert room.changes() == [SystemChange.CLOCK_JUMPED, SystemChange.STOPPED]
