"""One connection: one socket, one bridge epoch, from the key handshake to its loss."""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypedDict

import zmq
import zmq.asyncio
from zmq.utils.monitor import recv_monitor_message

from backend_bridge.contract.times import Clock
from backend_bridge.contract.wire import (
    MAX_FRAME_BYTES,
    PROTOCOL_MAJOR,
    PROTOCOL_MINOR,
    Beat,
    ClientMessage,
    Failure,
    FrameError,
    Hello,
    Message,
    ServerMessage,
    SignedIn,
    SignedOut,
    Welcome,
    decode_server,
    encode,
)
from console.link.errors import LinkError
from console.link.settings import LinkSettings
from console.link.timing import BridgeClock

SEND_TIMEOUT_S = 1.0


class Header(TypedDict):
    """Begin a message: see :class:`backend_bridge.contract.wire.Message`."""

    id: int
    epoch: str
    utc_ms: int


_log = logging.getLogger(__name__)

_REFUSALS: dict[int, str] = {
    zmq.Event.HANDSHAKE_FAILED_AUTH: "link.key_refused",
    zmq.Event.HANDSHAKE_FAILED_PROTOCOL: "link.not_a_bridge",
}
_LOSSES: dict[int, str] = {
    zmq.Event.HANDSHAKE_FAILED_NO_DETAIL: "link.handshake_failed",
    zmq.Event.DISCONNECTED: "link.cut",
    zmq.Event.CLOSED: "link.unreachable",
    zmq.Event.CONNECT_RETRIED: "link.unreachable",
}


class Connection:
    """Talk to one bridge until the connection is lost; made by :func:`connect`.

    Attributes:
        welcome: what the bridge said of itself.
        on_beat: called with each beat; ``on_signed_out`` when the bridge ends the session.
        beat: newest beat since the latest session began here, ``None`` before its first.
        last_beat_mono_s: when the newest beat came, or the connection was made.
        garbage: frames dropped because they were not of this protocol, or answered nothing asked.
    """

    def __init__(self, socket: zmq.asyncio.Socket, address: str, clock: Clock) -> None:
        self.address = address
        self.welcome: Welcome | None = None
        self.on_beat: Callable[[Beat], None] = _ignore
        self.on_signed_out: Callable[[SignedOut], None] = _ignore
        self.beat: Beat | None = None
        self.last_beat_mono_s = clock.mono_s()
        self.garbage = 0
        self._socket = socket
        self._clock = clock
        self._ids = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[ServerMessage]] = {}
        self._lost: LinkError | None = None

    @property
    def epoch(self) -> str:
        """Return the bridge's epoch, empty before the hello was answered."""
        return "" if self.welcome is None else self.welcome.epoch

    def header(self) -> Header:
        """Return the fields every message begins with, under a fresh id."""
        return Header(id=next(self._ids), epoch=self.epoch, utc_ms=self._clock.now_ms())

    async def request(self, message: ClientMessage, timeout_s: float | None) -> ServerMessage:
        """Send one message and return what answers its id.

        Raises:
            TimeoutError: nothing came within ``timeout_s``, or it could not even be sent.
            LinkError: the connection was lost, before or after sending.
        """
        if self._lost is not None:
            raise self._lost
        waiting: asyncio.Future[ServerMessage] = asyncio.get_running_loop().create_future()
        self._waiting[message.id] = waiting
        try:
            async with asyncio.timeout(timeout_s):
                await self.send(message)
                return await waiting
        finally:
            self._waiting.pop(message.id, None)
            if waiting.done() and not waiting.cancelled():
                waiting.exception()  # seen, even when nobody waits for it any more

    async def send(self, message: ClientMessage) -> None:
        """Hand one frame to the connected bridge; one that cannot go now never goes later.

        Raises:
            TimeoutError: the way was blocked for a second; nothing was sent.
        """
        async with asyncio.timeout(SEND_TIMEOUT_S):
            await self._socket.send(encode(message))

    async def read(self) -> None:
        """Hand incoming messages to whom they answer, until cancelled."""
        while True:
            frames = await self._socket.recv_multipart(copy=False)
            if len(frames) != 1:
                self._drop("a message of several frames")
                continue
            try:
                message = decode_server(frames[0].buffer)
            except FrameError as error:
                self._drop(str(error))
                continue
            self._dispatch(message)

    async def watch(self, monitor: zmq.asyncio.Socket) -> None:
        """Wait until libzmq says that the connection is gone.

        Raises:
            LinkError: always, with the reason.
        """
        while True:
            event = (await recv_monitor_message(monitor))["event"]
            reason = _LOSSES.get(event)
            if reason is not None:
                raise LinkError(reason, {"address": self.address})

    def fail(self, error: LinkError) -> None:
        """Tell everybody who waits for an answer that none will come."""
        self._lost = error
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_exception(error)

    def _dispatch(self, message: ServerMessage) -> None:
        if isinstance(message, Beat):
            self.last_beat_mono_s = self._clock.mono_s()
            self.beat = message
            self.on_beat(message)
            return
        if isinstance(message, SignedIn):
            self.beat = None  # what the session before was told
        waiting = self._waiting.get(message.id)
        if waiting is not None and not waiting.done():
            waiting.set_result(message)
        elif isinstance(message, SignedOut):
            self.on_signed_out(message)
        # Anything else answers what nobody waits for any more: a request that timed out, a pull
        # of a session that ended. It must not be looked at.

    def _drop(self, why: str) -> None:
        self.garbage += 1
        if self.garbage == 1:
            _log.warning("frames dropped", extra={"address": self.address, "why": why})


def _ignore(_: Message) -> None:
    return None


@asynccontextmanager
async def connect(
    context: zmq.asyncio.Context,
    settings: LinkSettings,
    address: str,
    clock: Clock,
    bridge_clock: BridgeClock,
) -> AsyncIterator[tuple[Connection, zmq.asyncio.Socket]]:
    """Open a connection and exchange hellos; gives it with the monitor that tells its loss.

    The socket never reconnects by itself: a later bridge gets a new socket and nothing written for
    this one.

    Raises:
        LinkError: no bridge there, the key or the version refused.
    """
    socket = context.socket(zmq.DEALER)
    _configure(socket, settings)
    monitor = socket.get_monitor_socket()
    connection = Connection(socket, address, clock)
    try:
        try:
            async with asyncio.timeout(settings.connect_timeout_s):
                socket.connect(address)
                await _handshake(monitor, address)
                await _hello(connection, settings, clock, bridge_clock)
        except TimeoutError:
            raise LinkError("link.silent", {"address": address}) from None
        except zmq.ZMQError as error:
            raise LinkError("link.unreachable", {"address": address}) from error
        yield connection, monitor
    finally:
        socket.disable_monitor()
        monitor.close(linger=0)
        socket.close(linger=0)


def _configure(socket: zmq.asyncio.Socket, settings: LinkSettings) -> None:
    socket.curve_publickey = settings.public_key.encode("ascii")
    socket.curve_secretkey = settings.secret_key.encode("ascii")
    socket.curve_serverkey = settings.bridge_key.encode("ascii")
    socket.setsockopt(zmq.IMMEDIATE, 1)
    socket.setsockopt(zmq.LINGER, 0)
    socket.setsockopt(zmq.RECONNECT_IVL, -1)
    socket.setsockopt(zmq.HANDSHAKE_IVL, round(settings.connect_timeout_s * 1000))
    # No ZMTP heartbeats, which may abort the process (zeromq/libzmq#4767): beats tell more.
    socket.setsockopt(zmq.MAXMSGSIZE, MAX_FRAME_BYTES)
    socket.setsockopt(zmq.RCVHWM, 1000)


async def _handshake(monitor: zmq.asyncio.Socket, address: str) -> None:
    while True:
        event = (await recv_monitor_message(monitor))["event"]
        if event == zmq.Event.HANDSHAKE_SUCCEEDED:
            return
        if event in _REFUSALS:
            raise LinkError(_REFUSALS[event], {"address": address}, refused=True)
        if event in _LOSSES:
            key = "link.handshake_failed" if event == zmq.Event.DISCONNECTED else _LOSSES[event]
            raise LinkError(key, {"address": address})


async def _hello(
    connection: Connection, settings: LinkSettings, clock: Clock, bridge_clock: BridgeClock
) -> None:
    reader = asyncio.create_task(connection.read(), name="link hello")
    sent_mono_s = clock.mono_s()
    try:
        answer = await connection.request(
            Hello(
                **connection.header(),
                major=PROTOCOL_MAJOR,
                minor=PROTOCOL_MINOR,
                software=settings.software,
            ),
            None,
        )
    finally:
        reader.cancel()
        await asyncio.gather(reader, return_exceptions=True)
    received_mono_s = clock.mono_s()
    if isinstance(answer, Failure):
        raise LinkError(answer.text_key, answer.params, refused=True)
    if not isinstance(answer, Welcome):
        raise LinkError("link.not_a_bridge", {"address": connection.address}, refused=True)
    if answer.major != PROTOCOL_MAJOR:
        params = {"console": PROTOCOL_MAJOR, "bridge": answer.major}
        raise LinkError("link.version_refused", params, refused=True)
    bridge_clock.on_hello(answer.utc_ms, sent_mono_s, received_mono_s)
    connection.welcome = answer
