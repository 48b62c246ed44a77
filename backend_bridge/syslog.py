"""Write in the journal what happens to the bridge itself, once the disk lets it."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable

import structlog

from backend_bridge.contract.journal import (
    ConfigurationChange,
    ConfigurationEvent,
    Event,
    SystemChange,
    SystemEvent,
)
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
    """Queue system events and commit them in order; lives on the bridge's loop.

    ``fault`` says why the store refuses what is written, empty while it does not.
    """

    def __init__(
        self, journal: JournalStore, bus: Bus, clock: Clock, fault: Callable[[], str]
    ) -> None:
        self._journal = journal
        self._bus = bus
        self._clock = clock
        self._fault = fault
        self._waiting: list[Draft] = []
        self._bell = asyncio.Event()

    def note(self, change: SystemChange, detail: str = "") -> None:
        """Queue one system event with the time of now; never blocks, never raises."""
        self.say(SystemEvent(change=change, detail=detail))

    def sealed_anew(self, key: str, before: str) -> None:
        """Write down that the journal is sealed with another key from now on.

        Args:
            key: name of the key.
            before: name of the one that sealed so far: rotated, or lost; empty at first.
        """
        log = _log.warning if before else _log.info
        log("audit_key_new", key=key, before=before)
        detail = {"key": key, "before": before}
        self.say(ConfigurationEvent(change=ConfigurationChange.AUDIT_KEY, detail=detail))

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
        """Note when the store begins and ends to refuse, and why."""
        before = ""
        while True:
            fault = self._fault()
            if bool(fault) is not bool(before):
                change = SystemChange.DISK_FULL if fault else SystemChange.DISK_BACK
                _log.warning(change.value, fault=fault or before)
                self.note(change, fault or before)
            before = fault
            await asyncio.sleep(WATCH_S)
