"""Follow a session: catalogue, situation, then points by revision and the journal by sequence."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import msgspec

from backend_bridge.contract.journal import KINDS, JournalEntry, NewerEvent
from backend_bridge.contract.points import Catalogue
from backend_bridge.contract.requests import GetCatalogue, GetSituation, Request
from backend_bridge.contract.results import CatalogueResult, Result, SituationResult
from backend_bridge.contract.seats import GetPeople, PeopleResult
from backend_bridge.contract.times import Clock
from backend_bridge.contract.wire import (
    Answer,
    Ask,
    Failure,
    JournalBatch,
    PointsBatch,
    PullJournal,
    PullPoints,
    ServerMessage,
    SignedOut,
)
from console.link.connection import Connection
from console.link.errors import LinkError, SessionEndedError
from console.link.inbox import Inbox
from console.link.settings import LinkSettings

PULL_PERIOD_S = 0.025
"""Least time between two pulls of a console that is caught up: changes conflate meanwhile."""
WATCH_PERIOD_S = 0.5


TOO_FAST_WAIT_S = 0.5
"""Wait before a page is asked for again that came too soon after the others."""


def _ignore(_done: int, _total: int) -> None:
    return None


class Following:
    """Keep the picture in the inbox complete over one connection and one session.

    ``on_territory`` hears how much of the territory is here, and of how much, until all is.
    """

    def __init__(
        self,
        connection: Connection,
        inbox: Inbox,
        clock: Clock,
        settings: LinkSettings,
        on_territory: Callable[[int, int], None] = _ignore,
    ) -> None:
        self._connection = connection
        self._inbox = inbox
        self._clock = clock
        self._settings = settings
        self._on_territory = on_territory

    async def run(self, catalogue: str) -> None:
        """Follow until something ends it.

        Args:
            catalogue: revision the session was given.

        Raises:
            SessionEndedError: the bridge ended the session.
            LinkError: the bridge fell silent, or no longer serves what we ask.
        """
        ended: BaseException | None = None
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._points(catalogue), name="link points")
                tasks.create_task(self._journal(), name="link journal")
                tasks.create_task(self._people(), name="link people")
                tasks.create_task(self._watch_beats(), name="link beats")
        except* (LinkError, SessionEndedError) as group:
            ended = _leaf(group)
        assert ended is not None  # the tasks end only by an error
        raise ended

    async def _fetch_catalogue(self, revision: str) -> None:
        """Read the territory page by page; from the start again if it changes meanwhile."""
        pages: list[Catalogue] = []
        while True:
            first = sum(len(page.equipment) for page in pages)
            result = await self._ask_page(first)
            if result is None or (pages and result.catalogue.revision != pages[0].revision):
                pages = []
                continue
            page = result.catalogue
            pages.append(page)
            if result.more or first:
                self._on_territory(first + len(page.equipment), result.total)
            if not result.more:
                break
            if not page.equipment:  # a page that is empty and not the last would never end
                raise LinkError("link.out_of_step", {"address": self._connection.address})
        whole = pages[0]
        if len(pages) > 1:
            equipment = tuple(item for page in pages for item in page.equipment)
            whole = msgspec.structs.replace(whole, equipment=equipment)
        self._inbox.take_catalogue(whole, revision)

    async def _ask_page(self, first: int) -> CatalogueResult | None:
        """Return a page, ``None`` when the territory is no longer long enough to have it.

        A large territory is more than a console is sent at once: a page that comes too soon is
        asked for again.
        """
        while True:
            answer = await self._answer(GetCatalogue(first=first))
            if isinstance(answer, Failure) and answer.text_key == "error.answer.too_fast":
                await asyncio.sleep(TOO_FAST_WAIT_S)
                continue
            if first and isinstance(answer, Failure) and answer.text_key == "error.catalogue.page":
                return None
            result = self._result(answer)
            if not isinstance(result, CatalogueResult):
                raise LinkError("link.not_a_bridge", {"address": self._connection.address})
            return result

    # -- points ---------------------------------------------------------------------------------

    async def _points(self, catalogue: str) -> None:
        loop = asyncio.get_running_loop()
        if catalogue != self._inbox.catalogue:
            await self._fetch_catalogue(catalogue)
        while True:
            asked_s = loop.time()
            after = self._inbox.revision
            batch = await self._pull(PullPoints(**self._connection.header(), after=after))
            if not isinstance(batch, PointsBatch) or batch.after != after or batch.upto < after:
                raise LinkError("link.out_of_step", {"address": self._connection.address})
            if batch.catalogue != self._inbox.catalogue:
                # The indexes of this batch mean something else: read the territory, start over.
                await self._fetch_catalogue(batch.catalogue)
                continue
            self._inbox.take_points(batch)
            if batch.upto >= batch.head:
                await asyncio.sleep(asked_s + PULL_PERIOD_S - loop.time())

    # -- journal --------------------------------------------------------------------------------

    async def _journal(self) -> None:
        while True:
            if self._inbox.seq is None:
                await self._fetch_situation()
            await self._inbox.room.wait()
            after = self._inbox.seq
            assert after is not None
            batch = await self._pull(PullJournal(**self._connection.header(), after=after))
            if not isinstance(batch, JournalBatch):
                raise LinkError("link.out_of_step", {"address": self._connection.address})
            if batch.after != after or batch.upto < after:
                self._inbox.seq = None  # not what follows: take the whole situation again
                continue
            self._inbox.take_entries(batch)
            if any(_unread_state(entry) for entry in batch.entries):
                # what it says of a thing known here was not understood: the situation says it whole
                await self._fetch_situation()

    async def _fetch_situation(self) -> None:
        result = await self._ask(GetSituation())
        if not isinstance(result, SituationResult):
            raise LinkError("link.not_a_bridge", {"address": self._connection.address})
        self._inbox.take_situation(result)

    # -- people ---------------------------------------------------------------------------------

    async def _people(self) -> None:
        """Ask who sits where each time the beat says that it changed."""
        while True:
            await self._inbox.people_changed.wait()
            self._inbox.people_changed.clear()
            answer = await self._answer(GetPeople())
            # refused, the next beat asks again: names are no reason to cut a link
            if isinstance(answer, Answer) and isinstance(answer.result, PeopleResult):
                self._inbox.take_people(answer.result)

    # -- both -----------------------------------------------------------------------------------

    async def _pull(self, pull: PullPoints | PullJournal) -> ServerMessage:
        try:
            answer = await self._connection.request(pull, self._settings.request_timeout_s)
        except TimeoutError:
            raise LinkError("link.silent", {"address": self._connection.address}) from None
        return self._checked(answer)

    async def _ask(self, request: Request) -> Result:
        return self._result(await self._answer(request))

    async def _answer(self, request: Request) -> ServerMessage:
        try:
            return await self._connection.request(
                Ask(**self._connection.header(), request=request),
                self._settings.request_timeout_s,
            )
        except TimeoutError:
            raise LinkError("link.silent", {"address": self._connection.address}) from None

    def _result(self, answer: ServerMessage) -> Result:
        checked = self._checked(answer)
        if not isinstance(checked, Answer):
            raise LinkError("link.not_a_bridge", {"address": self._connection.address})
        return checked.result

    def _checked(self, answer: ServerMessage) -> ServerMessage:
        if isinstance(answer, Failure):
            # Nothing of this is ever refused to a session that exists, so ours is gone or the
            # bridge is in trouble: begin again with a new connection.
            raise LinkError(answer.text_key, answer.params)
        if isinstance(answer, SignedOut):
            raise SessionEndedError(answer.text_key, final=True)
        return answer

    async def _watch_beats(self) -> None:
        """End a connection that looks open while the bridge's own loop says nothing."""
        started_s = self._clock.mono_s()
        while True:
            await asyncio.sleep(WATCH_PERIOD_S)
            heard_s = max(started_s, self._connection.last_beat_mono_s)
            if self._clock.mono_s() - heard_s > self._settings.silence_s:
                raise LinkError("link.silent", {"address": self._connection.address})


def _unread_state(entry: JournalEntry) -> bool:
    return isinstance(entry.event, NewerEvent) and entry.event.kind in KINDS


def _leaf(group: BaseExceptionGroup[Exception]) -> BaseException:
    """Return the error that weighs most: the end of a session over the loss of the link."""
    found: list[BaseException] = []
    stack: list[BaseException] = [group]
    while stack:
        error = stack.pop()
        if isinstance(error, BaseExceptionGroup):
            stack.extend(error.exceptions)
        else:
            found.append(error)
    return min(found, key=lambda error: not isinstance(error, SessionEndedError))
