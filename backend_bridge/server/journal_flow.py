"""The journal flow: held pulls answered from what was just committed, or from the store."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from typing import Any, NamedTuple

import msgspec
import structlog

from backend_bridge.contract.errors import ErrorCode
from backend_bridge.contract.journal import JournalEntry, PlaceOf, may_see, nowhere
from backend_bridge.contract.wire import (
    ENTRIES_PER_BATCH,
    MAX_FRAME_BYTES,
    PULL_WAIT_S,
    Message,
    PullJournal,
)
from backend_bridge.core.bus import Bus
from backend_bridge.core.storage import JournalStore, StorageError
from backend_bridge.security.sessions import Session
from backend_bridge.server.peers import RETRY_S, Peer, Peers, Pull, Sent

RECENT_ENTRIES = 2_000
"""Entries kept at hand; who is further behind is answered from the store."""

_log = structlog.get_logger(__name__)
_encoder = msgspec.msgpack.Encoder()

Spawn = Callable[[Coroutine[Any, Any, None]], object]


class _JournalFrame(Message, frozen=True, kw_only=True, tag="journal"):
    """Stand for :class:`~backend_bridge.contract.wire.JournalBatch` with its list encoded."""

    after: int
    upto: int
    head: int
    entries: msgspec.Raw


class _Encoded(NamedTuple):
    """Entries encoded, and the sequence up to which nothing was skipped."""

    entries: msgspec.Raw
    upto: int


class JournalFlow:
    """Answer journal pulls with committed entries, in order, none skipped.

    The bus only wakes it and fills ``recent``: services publish after their own commits, so two
    entries may be published out of order, and a gap may be an entry still to come. Only an
    unbroken run of sequences is sent from memory; everything else is read from the store, which
    knows the order of commits.
    """

    def __init__(
        self,
        peers: Peers,
        journal: JournalStore,
        spawn: Spawn,
        place_of: PlaceOf = nowhere,
    ) -> None:
        self._peers = peers
        self._place_of = place_of
        self._encoded: dict[tuple[int, int, frozenset[str]], _Encoded] = {}
        self._journal = journal
        self._spawn = spawn
        self._recent: OrderedDict[int, JournalEntry] = OrderedDict()
        self._reading: set[int] = set()
        self._unreadable = False
        self._planned: asyncio.Handle | None = None

    def listen(self, bus: Bus) -> Callable[[], None]:
        """Hear of every entry; the returned function ends it."""
        return bus.subscribe(self._on_entry)

    def pull(self, peer: Peer, message: PullJournal) -> None:
        """Take a pull and answer it as soon as there is something after it."""
        if peer.journal is not None:
            self._peers.fail(peer, message.id, ErrorCode.CONFLICT, "error.pull.outstanding")
            return
        if not 0 <= message.after <= self._journal.head:
            self._peers.fail(
                peer,
                message.id,
                ErrorCode.BAD_REQUEST,
                "error.pull.after",
                {"after": message.after, "head": self._journal.head},
            )
            return
        peer.journal = Pull(message.id, message.after, self._peers.clock.mono_s())
        self._plan()

    def tick(self, mono_s: float) -> None:
        """Answer held pulls that something waits for, several with one reading."""
        head = self._journal.head
        self._encoded.clear()
        for peer, session in self._peers.signed_in():
            pull = peer.journal
            if pull is None or mono_s < pull.not_before_mono_s:
                continue
            entries = self._run_after(pull.after)
            if entries or mono_s - pull.since_mono_s >= PULL_WAIT_S:
                self._answer(peer, session, pull, entries)
            elif pull.after < head and pull.after not in self._reading:
                self._reading.add(pull.after)
                self._spawn(self._read(pull.after))

    def _on_entry(self, entry: JournalEntry) -> None:
        self._recent[entry.seq] = entry
        while len(self._recent) > RECENT_ENTRIES:
            self._recent.popitem(last=False)
        self._plan()

    def _plan(self) -> None:
        if self._planned is None:
            self._planned = asyncio.get_running_loop().call_soon(self._flush)

    def _flush(self) -> None:
        self._planned = None
        self.tick(self._peers.clock.mono_s())

    def _run_after(self, after: int) -> list[JournalEntry]:
        """Return the unbroken run of recent entries right after a sequence."""
        run: list[JournalEntry] = []
        entry = self._recent.get(after + 1)
        while entry is not None and len(run) < ENTRIES_PER_BATCH:
            run.append(entry)
            entry = self._recent.get(entry.seq + 1)
        return run

    async def _read(self, after: int) -> None:
        entries: list[JournalEntry] = []
        try:
            entries = await self._journal.entries(after, ENTRIES_PER_BATCH)
            self._peers.counters.journal_reads += 1
            if self._unreadable:
                self._unreadable = False
                _log.info("journal_readable_again")
        except StorageError as error:
            # The picture goes on without: the console sees how far behind its journal is.
            if not self._unreadable:
                self._unreadable = True
                _log.warning("journal_unreadable", after=after, detail=str(error))
        finally:
            self._reading.discard(after)
        retry_s = self._peers.clock.mono_s() + RETRY_S
        self._encoded.clear()  # a reading may be longer than a run from memory was
        for peer, session in self._peers.signed_in():
            pull = peer.journal
            if pull is None or pull.after != after:
                continue
            if entries:
                self._answer(peer, session, pull, entries)
            else:
                pull.not_before_mono_s = retry_s

    def _answer(
        self, peer: Peer, session: Session, pull: Pull, entries: list[JournalEntry]
    ) -> None:
        encoded, upto = self._fitting(pull.after, entries, session.caller.rights)
        number, epoch, utc_ms = self._peers.header(pull.id)
        frame = _encoder.encode(
            _JournalFrame(
                id=number,
                epoch=epoch,
                utc_ms=utc_ms,
                after=pull.after,
                upto=upto,
                head=max(self._journal.head, upto),
                entries=encoded,
            )
        )
        sent = self._peers.send_state(peer, session, frame)
        if sent is Sent.FULL:
            pull.not_before_mono_s = self._peers.clock.mono_s() + RETRY_S
        elif sent is Sent.OK:
            peer.journal = None
            self._peers.counters.journal_batches += 1

    def _fitting(self, after: int, entries: list[JournalEntry], rights: frozenset[str]) -> _Encoded:
        """Return the visible ones of as many entries from the first on as fit a frame.

        Encoded once for all who wait for the same and may see the same.
        """
        key = (after, len(entries), rights)
        found = self._encoded.get(key)
        while found is None:
            place_of = self._place_of
            encoded = _encoder.encode([e for e in entries if may_see(rights, e.event, place_of)])
            if len(encoded) <= MAX_FRAME_BYTES // 2 or len(entries) <= 1:
                found = _Encoded(msgspec.Raw(encoded), entries[-1].seq if entries else after)
            entries = entries[: len(entries) // 2]
        self._encoded[key] = found
        return found
