"""The one thread that writes: whatever waits is committed together, then everybody is told.

Nothing is acknowledged before its commit is on the disk. A commit costs the same for one entry as
for a thousand, so the busier the bridge, the larger the groups.
"""

from __future__ import annotations

import asyncio
import queue
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Generic, TypeVar

import structlog
from sqlalchemy import Connection, Engine, text

from backend_bridge.contract.journal import JournalEntry
from backend_bridge.core.storage import Seal, StorageError, StorageFullError
from backend_bridge.store import dialects
from backend_bridge.store.errors import StoreLostError
from backend_bridge.store.group import Group, is_committed, write_group
from backend_bridge.store.leaving import Cut, leave
from backend_bridge.store.probe import probe_room
from backend_bridge.store.rows import Prepared
from backend_bridge.store.seal import SealKey

_MAX_GROUP = 2_000
"""Entries in one transaction: bounds how long one caller waits for the others."""
_CLOSED = "the store is closed; nothing was kept"
_HANGS = "the database server does not answer; nothing was kept"
STUCK_S = 5.0
"""A commit that takes longer stands for a disk that hangs: it neither takes nor refuses."""
_LONG_S = 1.0
"""After an attempt that took longer, callers are refused at once until the next one is due."""

_log = structlog.get_logger(__name__)

Result = TypeVar("Result")


class _Call(Generic[Result]):
    """One caller waiting on its loop: either entries to append or a job to run."""

    __slots__ = ("drafts", "future", "job", "loop")

    def __init__(
        self, drafts: Sequence[Prepared], job: Callable[[Connection], Result] | None
    ) -> None:
        self.loop = asyncio.get_running_loop()
        self.future: asyncio.Future[Result] = self.loop.create_future()
        self.drafts = drafts
        self.job = job


_Done = tuple[_Call[Any], Any, StorageError | None]


class Writer:
    """Own the writing connection; its coroutines run on any loop, its thread is its own.

    Args:
        engine: for writing.
        directory: whose disk a full one is.
        probe_s: time between two attempts while the store refuses.
        cut: leaves a server that hangs; ``None`` for a file. A server is also asked each
            ``probe_s`` whether it is there, when nothing is written.
    """

    def __init__(
        self, engine: Engine, directory: Path, *, probe_s: float, cut: Cut | None = None
    ) -> None:
        self._engine = engine
        self._cut = cut
        self._directory = directory
        self._probe_s = probe_s
        self._queue: queue.SimpleQueue[_Call[Any] | None] = queue.SimpleQueue()
        self._held: _Call[Any] | None = None
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="beffroi-store-writer", daemon=True)
        self._unsealed = False
        self.key: SealKey | None = None
        """Seals what is written; set before anything is."""
        self.head = 0
        """Sequence of the newest committed entry."""
        self._accepts = True
        self._why: StorageError | None = None
        self._refuse_until_s = 0.0
        self._doubt: Seal | None = None
        """What may have been committed though its callers were told that it was not."""
        self.lost: StoreLostError | None = None
        """Why the bridge must start anew; set once, for good."""
        self._serving_since_s: float | None = None
        self.entries = 0
        self.commits = 0
        self.last_commit_s = 0.0

    @property
    def storage_ok(self) -> bool:
        """Return whether the last write, or the last attempt while failing, succeeded in time."""
        since_s = self._serving_since_s
        return self._accepts and (since_s is None or time.monotonic() - since_s < STUCK_S)

    @property
    def fault(self) -> str:
        """Return why nothing is written: ``full``, ``unreachable``, ``failed``; empty if it is."""
        if self.storage_ok:
            return ""
        if not self._accepts and isinstance(self._why, StorageFullError):
            return "full"
        return "failed" if self._cut is None else "unreachable"

    def start(self, head: int) -> None:
        """Start the thread; ``head`` is the newest sequence in the database."""
        self.head = head
        self._thread.start()

    async def append(self, drafts: Sequence[Prepared]) -> list[JournalEntry]:
        """Commit drafts together; see :class:`backend_bridge.core.storage.JournalStore`.

        Cancelling the caller does not take the drafts back: they may or may not be kept.
        """
        if not drafts:
            return []
        return await self._submit(_Call(drafts, None))

    async def run(self, job: Callable[[Connection], Result]) -> Result:
        """Run ``job`` in a transaction of its own in the writer's thread.

        Raises:
            StorageFullError: no room; nothing was kept.
            StorageError: anything else; nothing was kept.
        """
        return await self._submit(_Call((), job))

    async def close(self) -> None:
        """Commit what waits, then end the thread; may be called twice."""
        if not self._closed:
            self._closed = True
            self._queue.put(None)
        await leave(self._thread.join, self._cut)

    def check_sealed(self, group: Group) -> None:
        """Say once that somebody wrote into the database without the key of its seal."""
        if not group.sealed and not self._unsealed:
            self._unsealed = True
            _log.error(
                "audit_seal_broken",
                advice="somebody wrote into the journal without the bridge's key; keep a copy of "
                "the store and run 'beffroi admin audit verify'",
            )

    def saw(self, seq: int) -> None:
        """Take from a reader that ``seq`` is committed: it may know before the writing thread.

        Nobody may be told of a sequence that the head does not reach: he would be taken for
        somebody who follows another journal.
        """
        self.head = max(self.head, seq)

    def _submit(self, call: _Call[Result]) -> asyncio.Future[Result]:
        if self._closed:
            raise StorageError(_CLOSED)
        if self._cut is not None and not self.storage_ok and self._accepts:
            raise StorageError(_HANGS)
        self._queue.put(call)
        return call.future

    def _run(self) -> None:
        while True:
            calls, last = self._take()
            self._serving_since_s = started_s = time.monotonic()
            if calls:
                done = self._refused(calls, started_s) or self._serve(calls)
                self._serving_since_s = None
                self.last_commit_s = time.monotonic() - started_s
                _tell(done)
            elif not last:
                self._probe()
            self._serving_since_s = None
            if last:
                break
        self._engine.dispose()
        self._refuse_late()

    def _refuse_late(self) -> None:
        """Answer whoever slipped in, from another thread's loop, while the store was closing."""
        late: list[_Done] = []
        with suppress(queue.Empty):
            while True:
                call = self._queue.get_nowait()
                if call is not None:
                    late.append((call, None, StorageError(_CLOSED)))
        _tell(late)

    def _take(self) -> tuple[list[_Call[Any]], bool]:
        """Return everything that waits up to the group's bound, and whether it is the last.

        Empty when nothing came for a probe period while the disk refuses, or from a server.
        """
        call = self._held
        self._held = None
        for_ever = self._accepts and self._cut is None
        try:
            if call is None:
                call = self._queue.get(timeout=None if for_ever else self._probe_s)
        except queue.Empty:
            return [], False
        calls: list[_Call[Any]] = []
        size = 0
        while call is not None:
            if calls and (call.job is not None or size + len(call.drafts) > _MAX_GROUP):
                self._held = call
                return calls, False
            calls.append(call)
            size += len(call.drafts)
            if call.job is not None:
                return calls, False
            try:
                call = self._queue.get_nowait()
            except queue.Empty:
                return calls, False
        return calls, True

    def _refused(self, calls: list[_Call[Any]], now_s: float) -> list[_Done]:
        """Refuse at once while the store is known to be away, and for good once it is lost."""
        why = self.lost or (self._why if now_s < self._refuse_until_s else None)
        return [] if why is None else [(call, None, _with_cause(why, why)) for call in calls]

    def _serve(self, calls: list[_Call[Any]]) -> list[_Done]:
        """Commit calls as one group; when that fails for one's sake, find it and spare the rest."""
        group = Group([call.drafts for call in calls])
        try:
            with self._engine.begin() as connection:
                self._settle(connection)
                results = self._write(connection, calls, group)
        except Exception as error:  # noqa: BLE001 - the thread's boundary: callers get it translated
            return self._spare(calls, error, group.tip)
        self._succeed(calls, results)
        return [(call, result, None) for call, result in zip(calls, results, strict=True)]

    def _settle(self, connection: Connection) -> None:
        """Look whether a commit that ended with an error was one after all.

        A server may have committed before the connection broke. Its callers were told otherwise.

        Raises:
            StoreLostError: it was: what the bridge remembers lags behind what the store holds.
        """
        if self._doubt is not None and is_committed(connection, self._doubt):
            raise StoreLostError(
                f"Entry {self._doubt.seq} of the journal was kept although the connection broke "
                "before the server said so, and its author was told that it was not. The bridge "
                "ends; started again it reads everything anew."
            )
        self._doubt = None

    def _write(
        self, connection: Connection, calls: list[_Call[Any]], group: Group
    ) -> Sequence[Any]:
        job = calls[0].job
        if job is not None:
            return [job(connection)]
        write_group(connection, group, self.key)
        self.check_sealed(group)
        return group.results

    def _spare(self, calls: list[_Call[Any]], error: Exception, tip: Seal | None) -> list[_Done]:
        if len(calls) > 1 and not dialects.is_operational(error):
            half = len(calls) // 2
            return [*self._serve(calls[:half]), *self._serve(calls[half:])]
        told = dialects.storage_error(error, self._directory)
        if dialects.is_operational(error):
            self._doubt = self._doubt or tip
            self._lose(told)
        # one error a caller: each gets its own traceback
        return [(call, None, _with_cause(told, error)) for call in calls]

    def _succeed(self, calls: list[_Call[Any]], results: Sequence[Any]) -> None:
        self.commits += 1
        if calls[0].job is None:
            self.entries += sum(len(call.drafts) for call in calls)
            newest = max((entry.seq for result in results for entry in result), default=0)
            self.head = max(self.head, newest)
        self._regain()

    def _probe(self) -> None:
        """Try whether a store that refused takes entries again; ask a silent server."""
        if self.lost is not None:
            return
        try:
            if self._accepts:
                with self._engine.connect() as connection:
                    connection.execute(text("SELECT 1"))
                return
            if self._doubt is not None:
                with self._engine.connect() as connection:
                    self._settle(connection)
            probe_room(self._engine)
        except Exception as error:  # noqa: BLE001 - said once when it began
            self._lose(dialects.storage_error(error, self._directory))
            return
        self._regain()

    def _lose(self, error: StorageError) -> None:
        # a connection that met an input/output error is not used again
        self._engine.dispose()
        self._why = error
        now_s = time.monotonic()
        if now_s - (self._serving_since_s or now_s) > _LONG_S:
            self._refuse_until_s = now_s + self._probe_s
        if isinstance(error, StoreLostError) and self.lost is None:
            self.lost = error
            _log.error("store_lost", reason=str(error))
        if self._accepts:
            self._accepts = False
            full = isinstance(error, StorageFullError)
            _log.error("storage_full" if full else "storage_failing", reason=str(error))

    def _regain(self) -> None:
        if not self._accepts:
            self._accepts = True
            _log.info("storage_back")


def _with_cause(told: StorageError, cause: Exception) -> StorageError:
    own = type(told)(*told.args)
    own.__cause__ = cause
    return own


def _tell(done: list[_Done]) -> None:
    """Resolve futures on their loops, one wake-up a loop."""
    by_loop: dict[asyncio.AbstractEventLoop, list[_Done]] = {}
    for item in done:
        by_loop.setdefault(item[0].loop, []).append(item)
    for loop, items in by_loop.items():
        with suppress(RuntimeError):  # the loop ended first; nobody is waiting any more
            loop.call_soon_threadsafe(_resolve, items)


def _resolve(items: list[_Done]) -> None:
    for call, result, error in items:
        if call.future.done():
            continue
        if error is None:
            call.future.set_result(result)
        else:
            call.future.set_exception(error)
