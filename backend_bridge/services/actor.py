"""The way every service changes anything: one inbox, one commit per drain, memory after the disk.

What the field causes can not be refused: it waits, in order, until the disk takes it. What a person
asks for is refused at once when it can not be made durable.
"""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

import structlog

from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.journal import JournalEntry
from backend_bridge.contract.requests import Request
from backend_bridge.contract.results import Result
from backend_bridge.contract.times import Clock
from backend_bridge.core.bus import Bus
from backend_bridge.core.requests import Caller, Handler
from backend_bridge.core.storage import Draft, JournalStore, StorageError, StorageFullError

BRIDGE_USER = "bridge"
"""Who acts when nobody asked."""
RETRY_S = 1.0
"""Seconds between two tries of a commit that the disk refused."""
CHUNK = 2_000
"""Most waiting drafts in one commit."""
COMPACT_ABOVE = 20_000
"""Waiting drafts above which each subject keeps only its first and its latest."""
_LONGEST_WAIT_S = 3_600.0

_log = structlog.get_logger(__name__)


class Plan(NamedTuple):
    """What a request would change: drafts, and how memory follows once they are durable.

    ``finish`` gets the committed entries of ``drafts``, updates memory and returns the answer.
    """

    drafts: Sequence[Draft]
    finish: Callable[[Sequence[JournalEntry]], Result]


class _Ask(NamedTuple):
    caller: Caller
    request: Request
    answer: asyncio.Future[Result]


class JournalActor(ABC):
    """Own one subject's state. Everything runs on the bridge's loop; only ``run`` changes state."""

    def __init__(self, *, journal: JournalStore, bus: Bus, clock: Clock) -> None:
        self._journal = journal
        self._bus = bus
        self._clock = clock
        self._inbox: list[object] = []
        self._asks: list[_Ask] = []
        self._pending: list[Draft] = []
        self._bell = asyncio.Event()
        self._storage_failed = False
        self._retry_at_s = 0.0
        self._compact_above = COMPACT_ABOVE
        self._stopped = False

    @abstractmethod
    def handlers(self) -> Mapping[type, Handler]:
        """Return what answers which request."""

    @property
    def waiting(self) -> int:
        """Return how many changes wait for the disk."""
        return len(self._pending)

    def post(self, item: object) -> None:
        """Put something the field or the bus said into the inbox; never blocks."""
        self._inbox.append(item)
        self._bell.set()

    def wake(self) -> None:
        """Make the actor look at the clock and its inbox now."""
        self._bell.set()

    async def ask(self, caller: Caller, request: Request) -> Result:
        """Answer one request after its change is durable.

        Raises:
            RequestError: refused by a rule, or ``unavailable`` while the disk refuses.
        """
        if self._stopped:
            raise RequestError(ErrorCode.UNAVAILABLE, "error.bridge.stopping")
        answer: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._asks.append(_Ask(caller, request, answer))
        self._bell.set()
        return await answer

    async def run(self) -> None:
        """Serve until cancelled; requests still waiting then are refused."""
        try:
            await self.prepare()
            while True:
                await self.drain()
                await self._pause()
        finally:
            self._stopped = True
            for ask in self._asks:
                _refuse(ask, RequestError(ErrorCode.UNAVAILABLE, "error.bridge.stopping"))
            self._asks.clear()

    async def prepare(self) -> None:
        """Work out what the restored state calls for; ``run`` does it once, first of all."""
        self._pending += await self._start()

    async def drain(self) -> None:
        """Take everything that waits, commit it once, then tell the bus and answer."""
        self._bell.clear()
        items, self._inbox = self._inbox, []
        self._pending += self._absorb(items)
        asks, self._asks = self._asks, []
        if not asks and not self._pending:
            return
        if not asks and self._storage_failed and self._clock.mono_s() < self._retry_at_s:
            self._compact()
            return
        try:
            while len(self._pending) > CHUNK:
                await self._commit_pending(self._pending[:CHUNK])
            plans = await self._plan_all(asks)
            await self._commit(plans)
        except StorageError as error:
            self._on_storage_failed(error, asks)
        except BaseException:
            self._asks = [*asks, *self._asks]  # run() refuses them on its way out
            raise

    async def _plan_all(self, asks: Sequence[_Ask]) -> list[tuple[_Ask, Plan]]:
        """Plan each request against the state as it is; a second one on a subject waits a drain."""
        plans: list[tuple[_Ask, Plan]] = []
        touched: set[str] = set()
        for ask in asks:
            if ask.answer.done():
                continue  # whoever asked has gone
            subjects = frozenset(self._subjects(ask.request))
            if touched & subjects:
                self._asks.append(ask)
                self._bell.set()
                continue
            try:
                plan = await self._plan(ask.caller, ask.request)
            except RequestError as error:
                _refuse(ask, error)
                continue
            except StorageError as error:
                _refuse(ask, storage_refusal(error))  # what it must look up cannot be read now
                continue
            except Exception as error:  # noqa: BLE001 - one request's defect must not end the service
                _refuse(ask, error)  # the wire logs it and answers "internal"
                continue
            touched |= subjects
            plans.append((ask, plan))
        return plans

    async def _commit_pending(self, drafts: Sequence[Draft]) -> None:
        entries = await self._journal.append(drafts)
        del self._pending[: len(drafts)]
        self._on_storage_ok()
        for entry in entries:
            self._bus.publish(entry)

    async def _commit(self, plans: Sequence[tuple[_Ask, Plan]]) -> None:
        waiting = len(self._pending)
        drafts = [*self._pending, *(draft for _, plan in plans for draft in plan.drafts)]
        entries = await self._journal.append(drafts) if drafts else []
        if drafts:
            self._on_storage_ok()
        del self._pending[:waiting]
        answers = []
        start = waiting
        for ask, plan in plans:
            end = start + len(plan.drafts)
            answers.append((ask, plan.finish(entries[start:end])))
            start = end
        for entry in entries:
            self._bus.publish(entry)
        for ask, result in answers:
            if not ask.answer.done():
                ask.answer.set_result(result)

    def _on_storage_ok(self) -> None:
        if self._storage_failed:
            self._storage_failed = False
            _log.warning("journal_back", service=type(self).__name__)

    def _on_storage_failed(self, error: StorageError, asks: Sequence[_Ask]) -> None:
        if not self._storage_failed:
            self._storage_failed = True
            _log.warning("journal_refused", service=type(self).__name__, error=str(error))
        self._retry_at_s = self._clock.mono_s() + RETRY_S
        self._compact()
        for ask in (*asks, *self._asks):
            _refuse(ask, storage_refusal(error))
        self._asks.clear()

    def _compact(self) -> None:
        if len(self._pending) <= self._compact_above:
            return
        first: dict[str, int] = {}
        last: dict[str, int] = {}
        for position, draft in enumerate(self._pending):
            subject = self._subject_of_draft(draft)
            first.setdefault(subject, position)
            last[subject] = position
        kept = {*first.values(), *last.values()}
        self._pending = [draft for position, draft in enumerate(self._pending) if position in kept]
        self._compact_above = max(COMPACT_ABOVE, 2 * len(self._pending))

    async def _pause(self) -> None:
        now_s = self._clock.mono_s()
        due_s = self._due_s()
        if self._pending:
            due_s = self._retry_at_s if due_s is None else min(due_s, self._retry_at_s)
        wait_s = _LONGEST_WAIT_S if due_s is None else max(0.0, due_s - now_s)
        try:
            async with asyncio.timeout(wait_s):
                await self._bell.wait()
        except TimeoutError:
            pass  # the time came before the bell

    async def _start(self) -> list[Draft]:
        """Return what the restored state calls for before anything new is heard."""
        return []

    def _due_s(self) -> float | None:
        """Return the monotonic second at which ``_absorb`` wants to look again."""
        return None

    def _subject_of_draft(self, draft: Draft) -> str:
        """Return what a waiting draft is about, to keep only its first and latest when many."""
        return str(id(draft))

    def _subjects(self, request: Request) -> Collection[str]:
        """Return everything a request is about, where that is more than one thing."""
        return (self._subject(request),)

    @abstractmethod
    def _absorb(self, items: Sequence[object]) -> list[Draft]:
        """Move the state on by what was heard and by the time; return what must be written."""

    @abstractmethod
    def _subject(self, request: Request) -> str:
        """Return what a request is about; one request per subject and commit."""

    @abstractmethod
    async def _plan(self, caller: Caller, request: Request) -> Plan:
        """Decide a request without changing anything.

        Raises:
            RequestError: refused.
        """


def storage_refusal(error: StorageError) -> RequestError:
    """Return the refusal of a request that can not be made durable."""
    full = isinstance(error, StorageFullError)
    return RequestError(
        ErrorCode.UNAVAILABLE, "error.storage.full" if full else "error.storage.failed"
    )


def _refuse(ask: _Ask, error: Exception) -> None:
    if not ask.answer.done():
        ask.answer.set_exception(error)
