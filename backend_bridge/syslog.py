"""Write in the journal what happens to the bridge itself, once the disk lets it."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable

import structlog

from backend_bridge.contract.journal import Event, SystemChange, SystemEvent
from backend_bridge.contract.times import Clock
from backend_bridge.core.bus import Bus
from backend_bridge.core.storage import Draft, JournalStore, StorageError

BRIDGE_USER = "bridge"
RETRY_S = 1.0
WATCH_S = 0.25
MOST_WAITING = 100
"""Events kept while the disk refuses; the oldest stay, they say when it began."""

_log = structlog.get_logger(__name__)


class SystemLog:
    """Queue system events and commit them in order; lives on the bridge's loop."""

    def __init__(
        self, journal: JournalStore, bus: Bus, clock: Clock, storage_ok: Callable[[], bool]
    ) -> None:
        self._journal = journal
        self._bus = bus
        self._clock = clock
        self._storage_ok = storage_ok
        self._waiting: list[Draft] = []
        self._bell = asyncio.Event()

    def note(self, change: SystemChange, detail: str = "") -> None:
        """Queue one system event with the time of now; never blocks, never raises."""
        self.say(SystemEvent(change=change, detail=detail))

    def say(self, event: Event) -> None:
        """Queue whatever the bridge has to say by itself, likewise."""
        if len(self._waiting) >= MOST_WAITING:
            return
        self._waiting.append(
            Draft(
                user=BRIDGE_USER,
                seat="",
                at_ms=self._clock.now_ms(),
                event=event,
                # a commit that is cancelled may have been kept: tried again it adds nothing
                key=f"system/{secrets.token_hex(8)}",
            )
        )
        self._bell.set()

    async def flush(self) -> bool:
        """Try to commit what waits; return whether nothing waits any more."""
        drafts = list(self._waiting)
        if not drafts:
            return True
        try:
            entries = await self._journal.append(drafts)
        except StorageError as error:
            _log.warning("system_event_waits", waiting=len(drafts), error=str(error))
            return False
        del self._waiting[: len(drafts)]
        for entry in entries:
            self._bus.publish(entry)
        return not self._waiting

    async def run(self) -> None:
        """Commit events and watch the disk until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._commit(), name="system log")
            tasks.create_task(self._watch(), name="disk watch")

    async def _commit(self) -> None:
        while True:
            await self._bell.wait()
            self._bell.clear()
            if not await self.flush():
                await asyncio.sleep(RETRY_S)
                self._bell.set()

    async def _watch(self) -> None:
        """Note when the disk begins and ends to refuse."""
        was_ok = True
        while True:
            is_ok = self._storage_ok()
            if is_ok is not was_ok:
                was_ok = is_ok
                change = SystemChange.DISK_BACK if is_ok else SystemChange.DISK_FULL
                _log.warning(change.value)
                self.note(change)
            await asyncio.sleep(WATCH_S)
