"""A real bridge wire on 127.0.0.1 with CURVE, and raw pyzmq DEALERs to talk to it."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import zmq
import zmq.asyncio

from backend_bridge.contract.points import PointChange
from backend_bridge.contract.requests import Request
from backend_bridge.contract.times import Clock, SystemClock
from backend_bridge.contract.wire import (
    Answer,
    Ask,
    Beat,
    ClientMessage,
    Failure,
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
    decode_server,
    encode,
)
from backend_bridge.core.bus import Bus
from backend_bridge.core.requests import Handler
from backend_bridge.core.storage import JournalStore, User
from backend_bridge.security import keys
from backend_bridge.security.enrolments import Enrolments, enroll
from backend_bridge.security.limiter import LimiterSettings
from backend_bridge.security.passwords import Argon2Parameters, Passwords
from backend_bridge.security.roles import Role, Roles
from backend_bridge.security.sessions import UserAuthenticator
from backend_bridge.server.seats import Relieve
from backend_bridge.server.settings import WireSettings
from backend_bridge.server.wire import WireServer
from tests.fakes.memory_journal import MemoryJournal
from tests.fakes.memory_users import MemoryUsers
from tests.fakes.waiting import PATIENCE_S
from tests.fakes.wire_city import empty_table, wire_catalogue

PASSWORD = "lampe-bleue-du-parc"
CHEAP = Argon2Parameters(time_cost=1, memory_kib=8)
ROLES = Roles(
    [
        Role(key="everything", title="all", rights=frozenset({"view:*", "operate:*"})),
        Role(key="manager", title="manager", rights=frozenset({"view:*", "manage:*"})),
        Role(key="cabinets", title="cabinets", rights=frozenset({"view:cabinet"})),
        Role(
            key="auditor", title="auditor", rights=frozenset({"view:*", "configure:*", "audit:*"})
        ),
    ]
)

_Kind = TypeVar("_Kind")


class Console:
    """A raw DEALER that keeps every frame it ever got; no cleverness of a real console's link."""

    def __init__(
        self,
        context: zmq.asyncio.Context,
        bridge_key: bytes,
        pair: keys.KeyPair,
        receive_queue: int = 1_000,
        routing_id: bytes = b"",
    ) -> None:
        self.socket = context.socket(zmq.DEALER)
        self.socket.linger = 0
        if routing_id:
            self.socket.setsockopt(zmq.IDENTITY, routing_id)
        self.socket.rcvhwm = receive_queue
        self.socket.curve_serverkey = bridge_key
        self.socket.curve_publickey = pair.public
        self.socket.curve_secretkey = pair.secret
        self.epoch = ""
        self.frames: list[bytes] = []
        self.messages: list[ServerMessage] = []
        self.keeping = True
        self.batches = 0
        self.signed_in: SignedIn | None = None
        self._ids = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[ServerMessage]] = {}

    def connect(self, address: str) -> None:
        self.socket.connect(address)

    @property
    def bytes_got(self) -> int:
        return sum(len(frame) for frame in self.frames)

    def head(self) -> dict[str, Any]:
        return {"id": next(self._ids), "epoch": self.epoch, "utc_ms": 1}

    def of(self, kind: type[_Kind]) -> list[_Kind]:
        """Return every message of a kind so far."""
        return [message for message in self.messages if isinstance(message, kind)]

    async def read(self) -> None:
        """Keep what comes until cancelled."""
        while True:
            frame = await self.socket.recv()
            message = decode_server(frame)
            if self.keeping or not isinstance(message, PointsBatch):
                self.frames.append(frame)
                self.messages.append(message)
            self.batches += isinstance(message, PointsBatch)
            waiter = self._waiting.pop(message.id, None)
            if waiter is not None and not waiter.done():
                waiter.set_result(message)

    async def say(self, message: ClientMessage) -> None:
        await self.socket.send(encode(message))

    def try_to_say(self, message: ClientMessage) -> None:
        """Send if the socket has a way out, as a stranger's has now and then."""
        with contextlib.suppress(zmq.Again):
            zmq.Socket.shadow(self.socket.underlying).send(encode(message), zmq.NOBLOCK)

    async def exchange(
        self, message: ClientMessage, timeout_s: float = PATIENCE_S
    ) -> ServerMessage:
        """Send a message and return what answers it."""
        waiter: asyncio.Future[ServerMessage] = asyncio.get_running_loop().create_future()
        self._waiting[message.id] = waiter
        await self.say(message)
        async with asyncio.timeout(timeout_s):
            return await waiter

    async def hello(self, major: int = 1, minor: int = 0) -> ServerMessage:
        answer = await self.exchange(
            Hello(**{**self.head(), "epoch": ""}, major=major, minor=minor, software="raw")
        )
        if isinstance(answer, Welcome):
            self.epoch = answer.epoch
        return answer

    async def sign_in(
        self, user: str, password: str = PASSWORD, *, seat: str = "pupitre", new_password: str = ""
    ) -> ServerMessage:
        answer = await self.exchange(
            SignIn(**self.head(), user=user, password=password, seat=seat,
                   new_password=new_password)
        )  # fmt: skip
        if isinstance(answer, SignedIn):
            self.signed_in = answer
        return answer

    async def sign_out(self) -> SignedOut:
        return expect(await self.exchange(SignOut(**self.head())), SignedOut)

    async def points(self, after: int) -> PointsBatch:
        return expect(
            await self.exchange(PullPoints(**self.head(), after=after), 10.0), PointsBatch
        )

    async def journal(self, after: int) -> JournalBatch:
        return expect(
            await self.exchange(PullJournal(**self.head(), after=after), 10.0), JournalBatch
        )

    async def ask(self, request: Request, timeout_s: float = PATIENCE_S) -> Answer | Failure:
        answer = await self.exchange(Ask(**self.head(), request=request), timeout_s)
        assert isinstance(answer, Answer | Failure)
        return answer

    async def follow(self, replica: Replica) -> None:
        """Pull points for ever into a replica."""
        while True:
            replica.take(await self.points(replica.revision))

    def state_bytes(self) -> int:
        """Return the bytes of every frame so far that carried state (all but plain refusals)."""
        return sum(
            len(frame)
            for frame, message in zip(self.frames, self.messages, strict=True)
            if isinstance(message, PointsBatch | JournalBatch | Answer | Beat | SignedIn)
        )


class Replica:
    """What a console knows of the points, by doing exactly what the protocol says."""

    def __init__(self) -> None:
        self.revision = 0
        self.head = -1
        self.points: dict[int, PointChange] = {}
        self.heard: dict[int, int] = {}

    def take(self, batch: PointsBatch) -> None:
        assert batch.after == self.revision
        assert batch.after <= batch.upto <= batch.head
        for change in batch.changes:
            self.points[change.index] = change
        for source in batch.heard:
            self.heard[source.source] = source.heard_ms
        self.revision = batch.upto
        self.head = batch.head


def expect(message: ServerMessage, kind: type[_Kind]) -> _Kind:
    assert isinstance(message, kind), message
    return message


class Rig:
    """One running bridge wire and whatever a test needs to turn its knobs."""

    def __init__(
        self,
        directory: Path,
        *,
        handlers: Mapping[type, Handler] | None = None,
        limits: LimiterSettings | None = None,
        cabinets: int = 3,
        lamps: int = 10,
        clock: Clock | None = None,
        relieve: Relieve | None = None,
        journal: JournalStore | None = None,
    ) -> None:
        self.directory = directory
        self.key_directory = directory / "keys"
        self.enrolled = self.key_directory / "enrolled"
        self.bridge_pair = keys.ensure_bridge_pair(self.key_directory)
        self.enrolled.mkdir(exist_ok=True)
        self.clock = clock or SystemClock()
        self.catalogue = wire_catalogue(cabinets, lamps)
        self.table = empty_table(self.catalogue, self.clock)
        self.journal = MemoryJournal()
        self.bus = Bus()
        self.users = MemoryUsers()
        self.passwords = Passwords(CHEAP)
        self.server = WireServer(
            WireSettings(
                key_directory=self.key_directory, address="tcp://127.0.0.1:0", bridge="essai"
            ),
            table=self.table,
            catalogue=self.catalogue,
            journal=journal or self.journal,
            bus=self.bus,
            handlers=handlers or {},
            authenticator=UserAuthenticator(
                self.users, ROLES, self.passwords, self.clock, limits=limits
            ),
            enrolments=Enrolments(self.enrolled),
            clock=self.clock,
            relieve=relieve,
        )
        self._context = zmq.asyncio.Context()
        self._tasks: list[asyncio.Task[None]] = []
        self._consoles: list[Console] = []
        self._readers: dict[Console, asyncio.Task[None]] = {}

    async def add_user(self, name: str, role: str = "everything", **more: Any) -> None:
        encoded = await self.passwords.hash(PASSWORD)
        await self.users.put_user(
            User(name=name, display_name=name.title(), password_hash=encoded, roles=(role,), **more)
        )

    async def console(
        self, name: str = "pupitre-1", *, enrolled: bool = True, **options: Any
    ) -> Console:
        """Connect a console with a fresh key, enrolled or not, and read for it."""
        pair = keys.generate()
        if enrolled:
            enroll(self.enrolled, name, pair.public)
            await asyncio.to_thread(self.server._enrolments.refresh)
        console = Console(self._context, self.bridge_pair.public, pair, **options)
        console.connect(self.server.address)
        self._consoles.append(console)
        self.read(console)
        return console

    def read(self, console: Console) -> None:
        """Read for a console until the end or :meth:`stop_reading`."""
        self._readers[console] = self.task(console.read())

    def stop_reading(self, console: Console) -> None:
        """Leave what comes to a console in its socket from now on."""
        self._readers.pop(console).cancel()

    def task(self, work: Any) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.append(task)
        return task

    async def seated(
        self,
        user: str = "claire",
        role: str = "everything",
        name: str = "pupitre-1",
        **options: Any,
    ) -> Console:
        """Return a console somebody signed in at."""
        if user not in self.users.by_name:
            await self.add_user(user, role)
        console = await self.console(name, **options)
        expect(await console.hello(), Welcome)
        expect(await console.sign_in(user), SignedIn)
        return console

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        results = await asyncio.gather(*self._tasks, return_exceptions=True)
        self.server.close()
        for console in self._consoles:
            console.socket.close(linger=0)
        self._context.destroy(linger=0)
        self.passwords.close()
        failed = [
            result
            for result in results
            if isinstance(result, BaseException) and not isinstance(result, asyncio.CancelledError)
        ]
        if failed:
            raise failed[0]


@contextlib.asynccontextmanager
async def rig(directory: Path, **more: Any) -> AsyncIterator[Rig]:
    """Run a bridge wire for the length of a test; fails if it or a console's reader failed."""
    made = Rig(directory, **more)
    made.server.open()
    made.task(made.server.run())
    try:
        yield made
    finally:
        await made.close()


@contextlib.asynccontextmanager
async def raw_console(directory: Path, name: str, address: str) -> AsyncIterator[Console]:
    """Connect a raw DEALER to a bridge of another process, with a console directory's keys."""
    context = zmq.asyncio.Context()
    console = Console(
        context,
        keys.read_public(directory / "bridge.key"),
        keys.read_pair(directory / f"{name}.key_secret"),
    )
    console.connect(address)
    reader = asyncio.create_task(console.read())
    try:
        yield console
    finally:
        reader.cancel()
        await asyncio.gather(reader, return_exceptions=True)
        console.socket.close(linger=0)
        context.destroy(linger=0)
