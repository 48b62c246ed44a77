"""Who is connected, who sits there, and the one door through which anything leaves."""

from __future__ import annotations

import dataclasses
import enum
from collections import deque
from collections.abc import Callable, Iterator

import structlog
import zmq

from backend_bridge.contract.errors import ErrorCode
from backend_bridge.contract.times import Clock
from backend_bridge.contract.wire import Failure, Message, SignedOut, encode
from backend_bridge.security.enrolments import Enrolments
from backend_bridge.security.sessions import Session
from backend_bridge.server.pump import Pump
from backend_bridge.server.settings import WireCounters

RETRY_S = 0.5
"""Seconds before something is offered again to a peer whose queue was full."""
ANSWER_BURST_BYTES = 64 * 1024 * 1024
ANSWER_BYTES_PER_S = 8 * 1024 * 1024
"""What one console may be answered at once, and how fast that allowance comes back."""

_log = structlog.get_logger(__name__)


class Sent(enum.Enum):
    """Say what became of a message."""

    OK = enum.auto()
    FULL = enum.auto()
    """The peer does not read: nothing was sent, try again later or not at all."""
    GONE = enum.auto()
    """The peer, its session or its key is no more: nothing was sent, nothing shall be."""


@dataclasses.dataclass(slots=True)
class Pull:
    """Hold a pull that waits for its answer."""

    id: int
    after: int
    since_mono_s: float
    not_before_mono_s: float = 0.0


@dataclasses.dataclass(slots=True, eq=False)
class Peer:
    """Hold one connection: its key, its console's name, and what it waits for."""

    identity: bytes
    key: bytes
    console: str
    heard_mono_s: float
    greeted: bool = False
    signing_in: bool = False
    session: Session | None = None
    locked: bool = False
    """Its person locked the desk: only what the picture needs is answered."""
    since_ms: int = 0
    """UTC ms at which the session began."""
    points: Pull | None = None
    journal: Pull | None = None
    behind: bool = False
    """Its last points batch did not reach the head: the next pull does not wait for a tick."""
    in_flight: int = 0
    outbox: deque[tuple[Session, bytes]] = dataclasses.field(default_factory=deque)
    retry_mono_s: float = 0.0
    beats_unheard: int = 0
    allowance: float = ANSWER_BURST_BYTES
    allowance_mono_s: float = 0.0

    def clear(self) -> None:
        """Forget everything that belonged to the session."""
        self.session = None
        self.locked = False
        self.points = None
        self.journal = None
        self.behind = False
        self.outbox.clear()


class Peers:
    """Know the connections and send to them; never waits, checks session and key at every send.

    Args:
        epoch: this run's name, in every message.
    """

    def __init__(
        self,
        *,
        epoch: str,
        enrolments: Enrolments,
        clock: Clock,
        counters: WireCounters,
    ) -> None:
        self.epoch = epoch
        self.clock = clock
        self.counters = counters
        self._enrolments = enrolments
        self._on_lost: Callable[[Peer, Session], None] = lambda _peer, _session: None
        self._peers: dict[bytes, Peer] = {}
        self._pump: Pump | None = None

    def attach(self, pump: Pump, on_lost: Callable[[Peer, Session], None]) -> None:
        """Send through ``pump`` from now on; tell ``on_lost`` of sessions found gone."""
        self._pump = pump
        self._on_lost = on_lost

    def __iter__(self) -> Iterator[Peer]:
        return iter(tuple(self._peers.values()))

    def signed_in(self) -> list[tuple[Peer, Session]]:
        """Return the connections that hold a session."""
        return [(peer, peer.session) for peer in self._peers.values() if peer.session is not None]

    def meet(self, identity: bytes, key: bytes) -> Peer | None:
        """Return the peer a message came from; ``None`` when its key is not enrolled (any more)."""
        peer = self._peers.get(identity)
        if peer is not None and peer.key != key:
            # Another console took a routing id that was free again: nothing passes over to it.
            self.forget(peer)
            peer = None
        console = self._enrolments.name_of(key)
        if console is None or (peer is not None and peer.console != console):
            return None
        if peer is None:
            peer = Peer(identity, key, console, self.clock.mono_s())
            self._peers[identity] = peer
            self.counters.peers = len(self._peers)
        peer.heard_mono_s = self.clock.mono_s()
        peer.beats_unheard = 0
        return peer

    def known(self, peer: Peer) -> bool:
        """Return whether a peer is still connected as far as anybody knows."""
        return self._peers.get(peer.identity) is peer

    def enrolled(self, peer: Peer) -> bool:
        """Return whether a peer's key is on the allow-list now, under the name it came with."""
        return self._enrolments.name_of(peer.key) == peer.console

    def forget(self, peer: Peer) -> None:
        """Drop a connection from memory and say so when somebody sat there."""
        if self._peers.get(peer.identity) is not peer:
            return
        del self._peers[peer.identity]
        self.counters.peers = len(self._peers)
        session = peer.session
        peer.clear()
        if session is not None:
            self.counters.lost += 1
            self._on_lost(peer, session)

    def header(self, message_id: int) -> tuple[int, str, int]:
        """Return id, epoch and UTC ms for a message of now."""
        return message_id, self.epoch, self.clock.now_ms()

    def send_state(self, peer: Peer, session: Session, frame: bytes) -> Sent:
        """Send what only this session may see, if session and key stand at this very moment."""
        if peer.session is not session or not self.known(peer) or not self.enrolled(peer):
            self.counters.sends_withheld += 1
            return Sent.GONE
        return self._send(peer, frame)

    def send_answer(self, peer: Peer, session: Session, frame: bytes) -> None:
        """Send the answer of a request, now or as soon as the peer reads again."""
        if peer.outbox or self.send_state(peer, session, frame) is Sent.FULL:
            peer.outbox.append((session, frame))

    def send_plain(self, peer: Peer, message: Message) -> Sent:
        """Send what carries no state; not kept for a peer that does not read."""
        return self._send(peer, _encode(message))

    def fail(
        self,
        peer: Peer,
        message_id: int,
        code: ErrorCode,
        text_key: str,
        params: dict[str, str | int | float] | None = None,
    ) -> None:
        """Send the one coded error of a message."""
        self.counters.failures += 1
        number, epoch, utc_ms = self.header(message_id)
        self.send_plain(
            peer,
            Failure(
                id=number,
                epoch=epoch,
                utc_ms=utc_ms,
                code=code,
                text_key=text_key,
                params=params or {},
            ),
        )

    def say_ended(self, peer: Peer, text_key: str, message_id: int = 0) -> None:
        """Tell a console that its session is over and why."""
        number, epoch, utc_ms = self.header(message_id)
        self.send_plain(peer, SignedOut(id=number, epoch=epoch, utc_ms=utc_ms, text_key=text_key))

    def spend(self, peer: Peer, size: int) -> bool:
        """Take ``size`` bytes of a console's answer allowance; return False when it is used up."""
        mono_s = self.clock.mono_s()
        if peer.allowance_mono_s:
            earned = (mono_s - peer.allowance_mono_s) * ANSWER_BYTES_PER_S
            peer.allowance = min(ANSWER_BURST_BYTES, peer.allowance + earned)
        peer.allowance_mono_s = mono_s
        if size > peer.allowance:
            return False
        peer.allowance -= size
        return True

    def flush(self, mono_s: float) -> None:
        """Offer waiting answers again to peers that did not read."""
        for peer in self:
            if not peer.outbox or mono_s < peer.retry_mono_s:
                continue
            while peer.outbox:
                session, frame = peer.outbox[0]
                if self.send_state(peer, session, frame) is Sent.FULL:
                    peer.retry_mono_s = mono_s + RETRY_S
                    break
                if peer.outbox:  # a peer found gone has lost its outbox in the sending
                    peer.outbox.popleft()

    def _send(self, peer: Peer, frame: bytes) -> Sent:
        assert self._pump is not None
        try:
            self._pump.send([peer.identity, frame])
        except zmq.Again:
            self.counters.sends_full += 1
            return Sent.FULL
        except zmq.ZMQError as error:
            if error.errno != zmq.EHOSTUNREACH:
                _log.warning("wire_send_failed", console=peer.console, detail=error.strerror)
            self.forget(peer)
            return Sent.GONE
        self.counters.frames_out += 1
        self.counters.bytes_out += len(frame)
        return Sent.OK


def _encode(message: Message) -> bytes:
    return encode(message)  # type: ignore[arg-type]  # every subclass is one of the union's members
