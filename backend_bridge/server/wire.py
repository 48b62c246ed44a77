"""The bridge's end of the wire: one ROUTER, CURVE always, three flows and a beat.

Normative text: ``docs/protocol.md``. Everything runs on the loop that runs :meth:`WireServer.run`.
"""

from __future__ import annotations

import asyncio
import errno
import secrets
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

import structlog
import zmq

from backend_bridge.contract.errors import ErrorCode
from backend_bridge.contract.journal import ConfigurationEvent, PlaceOf, nowhere
from backend_bridge.contract.points import Catalogue
from backend_bridge.contract.times import Clock
from backend_bridge.contract.wire import (
    BEAT_PERIOD_S,
    MAX_REQUEST_BYTES,
    UNHEARD_BEATS,
    Ask,
    Beat,
    ClientMessage,
    FrameError,
    HandOver,
    Hello,
    PullJournal,
    PullPoints,
    SignIn,
    SignOut,
    decode_client,
    encode,
)
from backend_bridge.core.bus import Bus
from backend_bridge.core.points import PointTable
from backend_bridge.core.requests import Handler
from backend_bridge.core.storage import JournalStore
from backend_bridge.security.enrolments import Enrolments, enrolled_now
from backend_bridge.security.keys import KeyFileError, KeyPair, ensure_bridge_pair
from backend_bridge.security.sessions import Authenticator, Session
from backend_bridge.server.attempts import Attempts
from backend_bridge.server.desk import Desk
from backend_bridge.server.journal_flow import JournalFlow
from backend_bridge.server.misread import misread
from backend_bridge.server.peers import Peer, Peers
from backend_bridge.server.points_flow import PointsFlow
from backend_bridge.server.pump import Pump
from backend_bridge.server.requests_flow import Editing, RequestsFlow, never_editing
from backend_bridge.server.seats import WHILE_LOCKED, Relieve, Seats
from backend_bridge.server.settings import (
    CHECK_PERIOD_S,
    TICK_S,
    WireCounters,
    WireError,
    WireSettings,
)
from backend_bridge.server.sitting import Sitting
from backend_bridge.server.zap import ZAP_DOMAIN, Doorkeeper

SEND_QUEUE = 64
"""Messages libzmq holds for one console that does not read."""
RECEIVE_QUEUE = 128
"""Messages libzmq holds from one console before it lets TCP push back."""
HANDSHAKE_MS = 5_000
UNANSWERED = 3
"""Questions of TCP whether a console's machine is there, before it is taken for gone."""

_log = structlog.get_logger(__name__)


class WireServer:
    """Serve the consoles.

    Attributes:
        address: where it listens, with the real port; empty before :meth:`open`.
        epoch: name of this run, another at each start.
        counters: what passed, for the metrics page.
    """

    def __init__(
        self,
        settings: WireSettings,
        *,
        table: PointTable,
        catalogue: Catalogue,
        journal: JournalStore,
        bus: Bus,
        handlers: Mapping[type, Handler],
        authenticator: Authenticator,
        enrolments: Enrolments,
        clock: Clock,
        storage_ok: Callable[[], bool] = lambda: True,
        storage_fault: Callable[[], str] = lambda: "",
        relieve: Relieve | None = None,
        place_of: PlaceOf = nowhere,
        editing: Editing = never_editing,
        on_consoles: Callable[[ConfigurationEvent], None] = lambda _event: None,
    ) -> None:
        self.address = ""
        self.epoch = secrets.token_hex(8)
        self.counters = WireCounters()
        self._settings = settings
        self._table = table
        self._journal = journal
        self._bus = bus
        self._enrolments = enrolments
        self._on_consoles = on_consoles
        self._clock = clock
        self._storage_ok = storage_ok
        self._storage_fault = storage_fault
        self._late_s = 0.0
        self._tasks: asyncio.TaskGroup | None = None
        self._context: zmq.Context[zmq.Socket[bytes]] | None = None
        self._socket: zmq.Socket[bytes] | None = None
        self._peers = Peers(
            epoch=self.epoch,
            enrolments=enrolments,
            clock=clock,
            counters=self.counters,
        )
        self._points = PointsFlow(self._peers, table, catalogue)
        self._journal_flow = JournalFlow(self._peers, journal, self._spawn, place_of)
        sitting = Sitting(
            self._peers, journal, bus, catalogue=catalogue.revision, beat=self._send_beat
        )
        self._seats = Seats(self._peers, authenticator, sitting, self._spawn, relieve)
        self._attempts = Attempts(sitting.note, self._spawn, clock)
        self._requests = RequestsFlow(
            self._peers,
            {**handlers, **self._seats.handlers()},
            self._spawn,
            self._attempts,
            editing,
            while_locked=WHILE_LOCKED,
        )
        self._desk = Desk(
            self._peers,
            authenticator,
            sitting,
            self._spawn,
            bridge=settings.bridge,
            software=settings.software,
        )

    def open(self) -> None:
        """Read the bridge's key, make it if there is none, and take the address.

        Raises:
            WireError: the key cannot be used, or the address cannot be taken.
        """
        try:
            pair = ensure_bridge_pair(self._settings.key_directory)
        except KeyFileError as error:
            raise WireError(str(error)) from error
        self._context = zmq.Context()
        try:
            self._socket = _router(self._context, pair, self._settings)
            self.address = _bind(self._socket, self._settings.address)
        except BaseException:
            self.close()
            raise

    async def run(self) -> None:
        """Serve until cancelled; opens first unless that was done.

        Raises:
            WireError: see :meth:`open`.
        """
        if self._socket is None:
            await asyncio.to_thread(self.open)
        assert self._context is not None
        assert self._socket is not None
        await asyncio.to_thread(self._enrolments.refresh)
        self._on_consoles(enrolled_now(self._enrolments))
        doorkeeper = Doorkeeper(self._context, self._enrolments, self.counters)
        pump = Pump(self._socket, self._on_frames)
        self._peers.attach(pump, self._desk.lost)
        unsubscribe = self._journal_flow.listen(self._bus)
        _log.info("wire_open", address=self.address, epoch=self.epoch)
        try:
            async with asyncio.TaskGroup() as tasks:
                self._tasks = tasks
                tasks.create_task(self._tick(), name="wire-tick")
                tasks.create_task(self._beat(), name="wire-beat")
                tasks.create_task(self._check(), name="wire-check")
        finally:
            self._tasks = None
            unsubscribe()
            pump.close()
            doorkeeper.close()
            self.close()

    def close(self) -> None:
        """Give the address back; :meth:`run` does it itself, an opened wire that never ran must."""
        if self._context is not None:
            self._context.destroy(linger=0)
        self._context = None
        self._socket = None

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        if self._tasks is None:
            work.close()  # stopping: nobody is left to tell
            return
        self._tasks.create_task(work)

    def _on_frames(self, frames: list[zmq.Frame]) -> None:
        self.counters.frames_in += 1
        self.counters.bytes_in += sum(len(frame) for frame in frames)
        identity = frames[0].bytes
        peer = self._peers.meet(identity, _user_id(frames[-1]))
        if peer is None:
            # Its key was revoked while it was connected: not one byte in return.
            self.counters.sends_withheld += 1
            return
        try:
            message = _message(frames)
        except FrameError:
            self.counters.garbage += 1
            self._peers.fail(peer, *misread(frames[-1].buffer))
            return
        self._dispatch(peer, message)

    def _dispatch(self, peer: Peer, message: ClientMessage) -> None:
        if isinstance(message, Hello):
            self._desk.hello(peer, message)
        elif message.epoch != self.epoch:
            self._peers.fail(peer, message.id, ErrorCode.CONFLICT, "error.epoch.changed")
        elif not peer.greeted:
            self._peers.fail(peer, message.id, ErrorCode.CONFLICT, "error.hello.missing")
        elif isinstance(message, SignIn):
            self._desk.sign_in(peer, message)
        elif peer.session is None:
            self._peers.fail(peer, message.id, ErrorCode.REFUSED, "error.session.none")
        elif peer.signing_in and not isinstance(message, SignOut):
            # asked by who leaves, it must not be answered to who comes, nor done in his name
            self._peers.fail(peer, message.id, ErrorCode.CONFLICT, "error.hand_over.under_way")
        else:
            self._serve(peer, peer.session, message)

    def _serve(self, peer: Peer, session: Session, message: ClientMessage) -> None:
        match message:
            case PullPoints():
                self._points.pull(peer, session, message)
            case PullJournal():
                self._journal_flow.pull(peer, message)
            case Ask():
                self._requests.ask(peer, session, message)
            case HandOver():
                self._seats.hand_over(peer, session, message)
            case SignOut():
                self._desk.sign_out(peer, session, message)

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK_S)
            mono_s = self._clock.mono_s()
            self._peers.flush(mono_s)
            self._points.tick(mono_s)
            self._journal_flow.tick(mono_s)

    async def _beat(self) -> None:
        loop = asyncio.get_running_loop()
        due_s = loop.time()
        while True:
            due_s += BEAT_PERIOD_S
            await asyncio.sleep(max(0.0, due_s - loop.time()))
            late_s = max(0.0, loop.time() - due_s)
            if late_s > BEAT_PERIOD_S:
                due_s = loop.time()  # a stopped bridge owes nobody the beats it missed
            sessions = self._peers.signed_in()
            self.counters.sessions = len(sessions)
            self._late_s = late_s
            for peer, session in sessions:
                if peer.beats_unheard < UNHEARD_BEATS:
                    self._send_beat(peer, session)

    def _send_beat(self, peer: Peer, session: Session) -> None:
        peer.beats_unheard += 1
        self._peers.send_state(peer, session, self._beat_frame())
        self.counters.beats += 1

    def _beat_frame(self) -> bytes:
        number, epoch, utc_ms = self._peers.header(0)
        return encode(
            Beat(
                id=number,
                epoch=epoch,
                utc_ms=utc_ms,
                head=self._table.head,
                journal_head=self._journal.head,
                lag_ms=round(self._late_s * 1000, 1),
                storage_ok=self._storage_ok(),
                storage_fault=self._storage_fault(),
                people=self._seats.revision(),
            )
        )

    async def _check(self) -> None:
        while True:
            await asyncio.sleep(CHECK_PERIOD_S)
            if await asyncio.to_thread(self._enrolments.refresh):
                _log.info("enrolments_changed", consoles=len(self._enrolments.names()))
                self._on_consoles(enrolled_now(self._enrolments))
            await self._desk.check()
            self._attempts.flush(self._clock.mono_s())


def _router(
    context: zmq.Context[zmq.Socket[bytes]], pair: KeyPair, settings: WireSettings
) -> zmq.Socket[bytes]:
    socket = context.socket(zmq.ROUTER)
    period_s = max(1, round(settings.heartbeat_s))
    for option, value in (
        (zmq.LINGER, 0),
        (zmq.ROUTER_MANDATORY, 1),
        (zmq.ROUTER_HANDOVER, 0),
        (zmq.SNDHWM, SEND_QUEUE),
        (zmq.RCVHWM, RECEIVE_QUEUE),
        (zmq.MAXMSGSIZE, MAX_REQUEST_BYTES),
        (zmq.HANDSHAKE_IVL, HANDSHAKE_MS),
        # No ZMTP heartbeats: libzmq 4.3 aborts the process when one falls due on a connection that
        # was lost while its receive queue was full (zeromq/libzmq#4767). TCP asks instead.
        (zmq.TCP_KEEPALIVE, 1),
        (zmq.TCP_KEEPALIVE_IDLE, period_s),
        (zmq.TCP_KEEPALIVE_INTVL, period_s),
        (zmq.TCP_KEEPALIVE_CNT, UNANSWERED),
        (zmq.TCP_MAXRT, UNANSWERED * period_s * 1000),
        (zmq.IPV6, int("[" in settings.address)),
        (zmq.CURVE_SERVER, 1),
        (zmq.CURVE_SECRETKEY, pair.secret),
        (zmq.ZAP_DOMAIN, ZAP_DOMAIN),
        (zmq.ZAP_ENFORCE_DOMAIN, 1),
    ):
        socket.setsockopt(option, value)
    return socket


def _bind(socket: zmq.Socket[bytes], address: str) -> str:
    try:
        socket.bind(address.replace(":0", ":*") if address.endswith(":0") else address)
    except zmq.ZMQError as error:
        raise WireError(_bind_advice(address, error)) from error
    return socket.getsockopt_string(zmq.LAST_ENDPOINT)


def _bind_advice(address: str, error: zmq.ZMQError) -> str:
    if error.errno == zmq.EADDRINUSE:
        return (
            f"{address} is taken by another program, perhaps a bridge that still runs: consoles "
            "cannot connect. Stop it ('ss -ltnp' names it) or set another wire.address."
        )
    if error.errno in (errno.EADDRNOTAVAIL, errno.ENODEV):
        return (
            f"{address} is no address of this machine: consoles cannot connect. Set wire.address "
            "to one that 'ip address' shows, or to tcp://*:PORT for all of them."
        )
    return (
        f"{address} cannot be listened on ({error.strerror}): consoles cannot connect. "
        "Set wire.address like tcp://127.0.0.1:7461."
    )


def _message(frames: list[zmq.Frame]) -> ClientMessage:
    if len(frames) != 2:
        raise FrameError(f"{len(frames) - 1} frames, one expected")
    return decode_client(frames[1].buffer)


def _user_id(frame: zmq.Frame) -> bytes:
    try:
        found = frame.get("User-Id")
    except zmq.ZMQError:
        return b""  # no handshake names it: treated as a stranger
    return found.encode() if isinstance(found, str) else b""
