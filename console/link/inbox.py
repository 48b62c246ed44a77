"""What arrived and was not delivered yet: conflated, bounded, handed over 20 times a second.

Everything here runs on the link's loop, except ``taken``, which any thread may call.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
from collections import deque
from collections.abc import Callable
from dataclasses import replace

from backend_bridge.contract.journal import JournalEntry, NewerEvent
from backend_bridge.contract.points import Catalogue, PointChange, SourceHeard
from backend_bridge.contract.results import SituationResult
from backend_bridge.contract.seats import PeopleResult
from backend_bridge.contract.times import Clock
from backend_bridge.contract.wire import Beat, JournalBatch, PointsBatch
from console.link.batch import LinkBatch, LinkPhase, LinkStatus

DELIVERY_PERIOD_S = 0.05
ENTRIES_BOUND = 5_000
"""Undelivered journal entries above which no more are pulled: entries cannot be conflated."""
CHANGES_PER_DELIVERY = 50_000
"""Most point changes handed over at once: the window takes them in some 30 ms. The rest follows."""
BEATS_BOUND = 256

_log = logging.getLogger(__name__)


def _nothing() -> None:
    return None


class Inbox:
    """Gather what the link receives until the window takes it.

    Memory is bounded whatever the window does: points by their number, sources by theirs, entries
    by :data:`ENTRIES_BOUND` plus one batch.

    Attributes:
        revision: point revision up to which nothing is missing here; ``seq`` likewise for the
            journal, ``None`` before a situation.
        catalogue: revision of the catalogue the window has or is about to get, empty for none.
        on_complete: called each time the whole picture is here for the first time since
            :meth:`begin`.
    """

    def __init__(self, clock: Clock) -> None:
        self.status = LinkStatus()
        self.revision = 0
        self.seq: int | None = None
        self.catalogue = ""
        self.on_complete: Callable[[], None] = _nothing
        self.room = asyncio.Event()
        self.room.set()
        self.people_changed = asyncio.Event()
        """Somebody took or left a seat since the people held here were asked for."""
        self._people_revision = 0
        self._clock = clock
        self._points_complete = False
        self._journal_complete = False
        self._handed_over = False
        self._dirty = asyncio.Event()
        self._taken = asyncio.Event()
        self._taken.set()
        self._announced: deque[tuple[float, int, int]] = deque()
        self._head = 0
        self._journal_head = 0
        self._drop = False
        self._drop_points = False
        self._new_catalogue: Catalogue | None = None
        self._changes: dict[int, PointChange] = {}
        self._heard: dict[int, SourceHeard] = {}
        self._situation: SituationResult | None = None
        self._entries: list[JournalEntry] = []

    # -- filling --------------------------------------------------------------------------------

    def say(self, status: LinkStatus) -> None:
        """Take another status; it goes out with the next batch, at once if nothing else does."""
        self.status = status
        self._dirty.set()

    def begin(self) -> None:
        """Count nothing as complete until the bridge confirms it again: a session starts."""
        self._handed_over = False
        self._points_complete = False
        self._journal_complete = False
        self._people_revision = 0

    def drop(self) -> None:
        """Forget all that was gathered, and have the window forget all it has."""
        self.drop_points()
        self._drop = True
        self._drop_points = False
        self._new_catalogue = None
        self._situation = None
        self._entries = []
        self.seq = None
        self.catalogue = ""
        self.status = replace(self.status, people=(), newer_entries=0)
        self._journal_complete = False
        self.room.set()

    def drop_points(self) -> None:
        """Forget every value: revisions or indexes start over."""
        self._drop_points = not self._drop
        self._changes = {}
        self._heard = {}
        self._announced.clear()
        self.revision = 0
        self._points_complete = False
        self._dirty.set()

    def take_catalogue(self, catalogue: Catalogue, revision: str) -> None:
        """Take another catalogue; every value gathered for the one before is forgotten.

        ``revision`` is what the bridge calls it on the wire.
        """
        self.drop_points()
        self._new_catalogue = catalogue
        self.catalogue = revision

    def take_points(self, batch: PointsBatch) -> None:
        """Take point changes; a point not delivered yet is replaced by its newer state."""
        if batch.changes:
            self._changes.update({change.index: change for change in batch.changes})
        if batch.heard:
            self._heard.update({item.source: item for item in batch.heard})
        self.revision = batch.upto
        self._head = max(self._head, batch.head)
        self._dirty.set()
        self._complete(points=batch.upto >= batch.head)

    def take_situation(self, situation: SituationResult) -> None:
        """Take the situation; entries gathered before it are part of it."""
        self._situation = situation
        self._entries = []
        self.seq = situation.seq
        self.room.set()
        self._dirty.set()
        self._complete(journal=True)

    def take_entries(self, batch: JournalBatch) -> None:
        """Take journal entries that follow the ones already here."""
        self.seq = batch.upto
        self._journal_head = max(self._journal_head, batch.head)
        if batch.entries:
            self._entries.extend(batch.entries)
            newer = sum(isinstance(entry.event, NewerEvent) for entry in batch.entries)
            if newer:
                total = self.status.newer_entries + newer
                self.status = replace(self.status, newer_entries=total)
            self._dirty.set()
            if len(self._entries) >= ENTRIES_BOUND:
                self.room.clear()
        self._complete(journal=batch.upto >= batch.head)

    def take_people(self, result: PeopleResult) -> None:
        """Take who sits where."""
        self._people_revision = result.revision
        self.say(replace(self.status, people=result.people))

    def take_beat(self, beat: Beat) -> None:
        """Take what the bridge announces; what is not here yet counts as behind from now on."""
        now_s = self._clock.mono_s()
        self._head = beat.head
        self._journal_head = beat.journal_head
        if len(self._announced) >= BEATS_BOUND:
            self._announced.pop()  # the oldest unreached one tells since when; keep it
        self._announced.append((now_s, beat.head, beat.journal_head))
        if beat.people != self._people_revision:
            self.people_changed.set()
        self._dirty.set()
        self._complete(
            # Revision 0 is where a picture that never came stands too.
            points=0 < beat.head <= self.revision,
            journal=self.seq is not None and self.seq >= beat.journal_head,
        )

    def _complete(self, *, points: bool = False, journal: bool = False) -> None:
        before = self._points_complete and self._journal_complete
        self._points_complete = self._points_complete or points
        self._journal_complete = self._journal_complete or journal
        if self._points_complete and self._journal_complete and not before:
            self.on_complete()

    # -- emptying -------------------------------------------------------------------------------

    async def deliver(self, deliver: Callable[[LinkBatch], None]) -> None:
        """Hand over what is there whenever there is something, until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            await self._dirty.wait()
            await self._taken.wait()
            started_s = loop.time()
            self._taken.clear()
            batch = self._pack(loop)
            try:
                deliver(batch)
            except Exception:  # noqa: BLE001 - task boundary: a broken receiver must not end the link
                _log.exception("a batch could not be delivered")
                self._taken.set()
            await asyncio.sleep(started_s + DELIVERY_PERIOD_S - loop.time())

    def _pack(self, loop: asyncio.AbstractEventLoop) -> LinkBatch:
        def on_taken() -> None:
            with contextlib.suppress(RuntimeError):  # the link's loop is gone: nothing waits
                loop.call_soon_threadsafe(self._taken.set)

        changes, self._changes = _parted(self._changes)
        batch = LinkBatch(
            status=self._measured(),
            drop=self._drop,
            drop_points=self._drop_points,
            catalogue=self._new_catalogue,
            changes=changes,
            heard=list(self._heard.values()),
            situation=self._situation,
            entries=self._entries,
            on_taken=on_taken,
        )
        self._dirty.clear()
        self._drop = False
        self._drop_points = False
        self._new_catalogue = None
        self._heard = {}
        self._situation = None
        self._entries = []
        self.room.set()
        if self._changes:
            self._dirty.set()
        return batch

    def _measured(self) -> LinkStatus:
        """Return the status with how far behind the content of this batch is.

        While changes that came are still to be handed over the window is behind, and its first
        picture is not there yet.
        """
        if self._changes:
            phase = self.status.phase
            loading = phase is LinkPhase.FOLLOWING and not self._handed_over
            return replace(
                self.status,
                phase=LinkPhase.LOADING if loading else phase,
                behind_since_mono_s=self._announced[0][0] if self._announced else None,
                revisions_behind=len(self._changes),
            )
        self._handed_over = self._handed_over or self.status.phase is LinkPhase.FOLLOWING
        announced = self._announced
        seq = self.seq or 0
        while announced and self.revision >= announced[0][1] and seq >= announced[0][2]:
            announced.popleft()
        return replace(
            self.status,
            behind_since_mono_s=announced[0][0] if announced else None,
            revisions_behind=max(0, self._head - self.revision) if announced else 0,
            entries_behind=max(0, self._journal_head - seq) if announced else 0,
        )


def _parted(
    changes: dict[int, PointChange],
) -> tuple[list[PointChange], dict[int, PointChange]]:
    """Return the changes to hand over now, those waiting longest, and what is left."""
    if len(changes) <= CHANGES_PER_DELIVERY:
        return list(changes.values()), {}
    waiting = iter(changes.items())
    now = [change for _, change in itertools.islice(waiting, CHANGES_PER_DELIVERY)]
    return now, dict(waiting)
