"""A bridge that does what a test tells it: real socket, real CURVE, scripted behaviour."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import msgspec
import zmq
import zmq.asyncio

from backend_bridge.contract.errors import ErrorCode
from backend_bridge.contract.journal import Event, JournalEntry
from backend_bridge.contract.points import Catalogue
from backend_bridge.contract.requests import GetCatalogue, GetSituation, Request
from backend_bridge.contract.results import CatalogueResult, Result, SituationResult
from backend_bridge.contract.seats import GetPeople, PeopleResult, SeatPerson
from backend_bridge.contract.times import SystemClock
from backend_bridge.contract.wire import (
    BEAT_PERIOD_S,
    ENTRIES_PER_BATCH,
    POINTS_PER_BATCH,
    PROTOCOL_MAJOR,
    PROTOCOL_MINOR,
    PULL_WAIT_S,
    Answer,
    Ask,
    Beat,
    ClientMessage,
    Failure,
    HandOver,
    Hello,
    JournalBatch,
    PointsBatch,
    PullJournal,
    PullPoints,
    ServerMessage,
    SignedIn,
    SignedOut,
    SignIn,
    SignOut,
    Welcome,
    decode_client,
    encode,
)
from backend_bridge.core.points import PointTable
from tests.fakes.waiting import until


class ScriptedBridge:
    """Serve one territory to any number of consoles.

    Attributes:
        seen: every message received, in order.
        passwords: who may sign in.
        rights: what each session gets.
        answer: answers requests the bridge itself does not; ``None`` leaves them unanswered.
        frozen: while true nothing at all is sent by the bridge's loop, sockets stay open.
        deaf_to: message classes that get no answer.
        page: equipment on a page of the catalogue, 0 for all on one.
        people: who sits where; asked for when ``people_revision`` is another number.
        refuses: failures given, first one first, instead of the next pages of the catalogue.
    """

    def __init__(self, catalogue: Catalogue, *, epoch: str = "epoch-1") -> None:
        self.catalogue = catalogue
        self.epoch = epoch
        self.major = PROTOCOL_MAJOR
        self.minor = PROTOCOL_MINOR
        self.clock = SystemClock()
        self.table = PointTable([10.0] * catalogue.points_total, self.clock)
        self.source = self.table.add_source("all", range(catalogue.points_total))
        self.table.apply(self.source, ())  # heard once: no pull waits for a first change
        self.journal: list[JournalEntry] = []
        self.situation = SituationResult(seq=0, alarms=(), incidents=(), service=())
        self.passwords = {"mireille": "sesame"}
        self.rights: tuple[str, ...] = ("view:*", "manage:*", "operate:*")
        self.answer: Callable[[Request], Result | Failure | None] = lambda _: None
        self.frozen = False
        self.beating = True
        self.deaf_to: set[type] = set()
        self.page = 0
        self.refuses: list[Failure] = []
        self.seen: list[ClientMessage] = []
        self.storage_ok = True
        self.people: tuple[SeatPerson, ...] = ()
        self.people_revision = 0
        self.relief_refusal = "error.sign_in.wrong"
        self.seat = ""
        self.address = ""
        self.sessions: dict[bytes, str] = {}
        self._socket: zmq.asyncio.Socket | None = None

    def append(self, event: Event, *, user: str = "bridge") -> JournalEntry:
        """Commit one entry."""
        seq = (self.journal[-1].seq if self.journal else self.situation.seq) + 1
        entry = JournalEntry(seq=seq, at_ms=self.clock.now_ms(), user=user, seat="", event=event)
        self.journal.append(entry)
        return entry

    def count(self, kind: type) -> int:
        """Return how many messages of a class came."""
        return sum(isinstance(message, kind) for message in self.seen)

    def asked(self, kind: type) -> int:
        """Return how many requests of a class came."""
        return sum(isinstance(m, Ask) and isinstance(m.request, kind) for m in self.seen)

    @property
    def journal_head(self) -> int:
        return self.journal[-1].seq if self.journal else self.situation.seq

    async def send_raw(self, frame: bytes) -> None:
        """Send any bytes to every signed-in console."""
        assert self._socket is not None
        for identity in list(self.sessions):
            await self._socket.send_multipart([identity, frame])

    async def sign_everybody_out(self, text_key: str) -> None:
        for identity in list(self.sessions):
            del self.sessions[identity]
            await self._send(identity, SignedOut(**self._head(0), text_key=text_key))

    @asynccontextmanager
    async def serve(
        self, secret: tuple[bytes, bytes], address: str = "tcp://127.0.0.1:*"
    ) -> AsyncIterator[ScriptedBridge]:
        """Listen until the block ends; every connection is then cut."""
        context = zmq.asyncio.Context()
        socket = context.socket(zmq.ROUTER)
        socket.curve_server = True
        socket.curve_publickey, socket.curve_secretkey = secret
        socket.linger = 0
        socket.sndhwm = 100
        socket.bind(address)
        self.address = socket.getsockopt_string(zmq.LAST_ENDPOINT)
        self._socket = socket
        tasks = [asyncio.create_task(self._receive()), asyncio.create_task(self._beat())]
        try:
            yield self
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self.sessions.clear()
            socket.close(linger=0)
            context.destroy(linger=0)

    # -- inside ---------------------------------------------------------------------------------

    def _head(self, number: int) -> dict[str, Any]:
        return {"id": number, "epoch": self.epoch, "utc_ms": self.clock.now_ms()}

    async def _send(self, identity: bytes, message: ServerMessage) -> None:
        await until(lambda: not self.frozen, timeout_s=60)
        assert self._socket is not None
        with contextlib.suppress(zmq.ZMQError):
            await self._socket.send_multipart([identity, encode(message)])

    async def _beat(self) -> None:
        while True:
            for identity in list(self.sessions):
                if self.beating:
                    await self._send(
                        identity,
                        Beat(
                            **self._head(0),
                            head=self.table.head,
                            journal_head=self.journal_head,
                            lag_ms=0.1,
                            storage_ok=self.storage_ok,
                            people=self.people_revision,
                        ),
                    )
            await asyncio.sleep(BEAT_PERIOD_S / 4)

    async def _receive(self) -> None:
        assert self._socket is not None
        async with asyncio.TaskGroup() as tasks:
            while True:
                identity, frame = await self._socket.recv_multipart()
                message = decode_client(frame)
                self.seen.append(message)
                if type(message) not in self.deaf_to:
                    tasks.create_task(self._serve_one(identity, message))

    async def _serve_one(self, identity: bytes, message: ClientMessage) -> None:
        reply = await self._reply(identity, message)
        if reply is not None:
            await self._send(identity, reply)

    async def _reply(self, identity: bytes, message: ClientMessage) -> ServerMessage | None:
        head = self._head(message.id)
        match message:
            case Hello():
                return Welcome(
                    **head,
                    major=self.major,
                    minor=self.minor,
                    software="scripted",
                    bridge="pont-1",
                    console="pc-01",
                )
            case SignIn():
                if self.passwords.get(message.user) != message.password:
                    return Failure(**head, code=ErrorCode.REFUSED, text_key="error.sign_in.refused")
                self.sessions[identity] = message.user
                self.seat = message.seat
                return SignedIn(
                    **head,
                    session="s",
                    user=message.user,
                    display_name=message.user.title(),
                    seat=message.seat,
                    rights=self.rights,
                    catalogue=self.catalogue.revision,
                )
            case HandOver():
                if self.passwords.get(message.user) != message.password:
                    return Failure(**head, code=ErrorCode.REFUSED, text_key=self.relief_refusal)
                self.sessions[identity] = message.user
                return SignedIn(
                    **head,
                    session="s2",
                    user=message.user,
                    display_name=message.user.title(),
                    seat=self.seat,
                    rights=self.rights,
                    catalogue=self.catalogue.revision,
                    incidents=message.incidents,
                )
            case SignOut():
                self.sessions.pop(identity, None)
                return SignedOut(**head, text_key="session.signed_out")
        if identity not in self.sessions:
            return Failure(**head, code=ErrorCode.REFUSED, text_key="error.session.none")
        match message:
            case PullPoints():
                return await self._points(identity, message)
            case PullJournal():
                return await self._entries(identity, message)
        return self._ask(message)

    async def _held(self, due: Callable[[], bool]) -> None:
        """Hold a pull until something is due or a second passed."""
        with contextlib.suppress(AssertionError):
            await until(due, timeout_s=PULL_WAIT_S)

    async def _points(self, identity: bytes, pull: PullPoints) -> ServerMessage | None:
        await self._held(lambda: self.table.head > pull.after)
        if identity not in self.sessions:
            return None
        changes, heard, upto = self.table.changes_since(pull.after, POINTS_PER_BATCH)
        return PointsBatch(
            **self._head(pull.id),
            after=pull.after,
            upto=upto,
            head=self.table.head,
            catalogue=self.catalogue.revision,
            changes=changes,
            heard=heard,
        )

    async def _entries(self, identity: bytes, pull: PullJournal) -> ServerMessage | None:
        await self._held(lambda: self.journal_head > pull.after)
        if identity not in self.sessions:
            return None
        entries = [entry for entry in self.journal if entry.seq > pull.after][:ENTRIES_PER_BATCH]
        upto = entries[-1].seq if entries else max(pull.after, self.journal_head)
        return JournalBatch(
            **self._head(pull.id),
            after=pull.after,
            upto=upto,
            head=self.journal_head,
            entries=entries,
        )

    def _page(self, first: int) -> CatalogueResult:
        whole = self.catalogue.equipment
        after = first + self.page
        page = msgspec.structs.replace(self.catalogue, equipment=whole[first:after])
        return CatalogueResult(catalogue=page, more=after < len(whole), total=len(whole))

    def _ask(self, ask: Ask) -> ServerMessage | None:
        if self.refuses and isinstance(ask.request, GetCatalogue):
            return msgspec.structs.replace(self.refuses.pop(0), **self._head(ask.id))
        match ask.request:
            case GetCatalogue(first=first) if self.page:
                return Answer(**self._head(ask.id), result=self._page(first))
            case GetCatalogue():
                return Answer(
                    **self._head(ask.id), result=CatalogueResult(catalogue=self.catalogue)
                )
            case GetPeople():
                people = PeopleResult(people=self.people, revision=self.people_revision)
                return Answer(**self._head(ask.id), result=people)
            case GetSituation():
                return Answer(**self._head(ask.id), result=self.situation)
        answer = self.answer(ask.request)
        match answer:
            case None:
                return None
            case Failure():
                return Failure(
                    **self._head(ask.id),
                    code=answer.code,
                    text_key=answer.text_key,
                    params=answer.params,
                )
        return Answer(**self._head(ask.id), result=answer)
