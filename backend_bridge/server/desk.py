"""The desk: hello, sign-in, sign-out, and taking a session away; each one a journal entry."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from backend_bridge.contract.errors import ErrorCode
from backend_bridge.contract.journal import SessionChange
from backend_bridge.contract.wire import (
    PROTOCOL_MAJOR,
    PROTOCOL_MINOR,
    SILENCE_S,
    Hello,
    SignIn,
    SignOut,
    Welcome,
)
from backend_bridge.security.sessions import Attempt, Authenticator, Session
from backend_bridge.server.peers import Peer, Peers
from backend_bridge.server.sitting import Sitting

IDLE_S = 3600.0
"""Seconds of silence after which a connection without a session must say hello again."""

Spawn = Callable[[Coroutine[Any, Any, None]], object]


class Desk:
    """Turn connections into sessions and back."""

    def __init__(
        self,
        peers: Peers,
        authenticator: Authenticator,
        sitting: Sitting,
        spawn: Spawn,
        *,
        bridge: str,
        software: str,
    ) -> None:
        self._peers = peers
        self._authenticator = authenticator
        self._sitting = sitting
        self._spawn = spawn
        self._bridge = bridge
        self._software = software

    def hello(self, peer: Peer, message: Hello) -> None:
        """Agree on a version; a second hello ends what came before."""
        if peer.session is not None:
            self.ended(peer, peer.session, SessionChange.LOST)
        peer.greeted = message.major == PROTOCOL_MAJOR
        if not peer.greeted:
            self._peers.fail(
                peer,
                message.id,
                ErrorCode.REFUSED,
                "error.version.other_major",
                {
                    "bridge": f"{PROTOCOL_MAJOR}.{PROTOCOL_MINOR}",
                    "console": f"{message.major}.{message.minor}",
                },
            )
            return
        number, epoch, utc_ms = self._peers.header(message.id)
        self._peers.send_plain(
            peer,
            Welcome(
                id=number,
                epoch=epoch,
                utc_ms=utc_ms,
                major=PROTOCOL_MAJOR,
                minor=PROTOCOL_MINOR,
                software=self._software,
                bridge=self._bridge,
                console=peer.console,
            ),
        )

    def sign_in(self, peer: Peer, message: SignIn) -> None:
        """Take a person's sign-in; one at a time on a connection."""
        if peer.session is not None or peer.signing_in:
            self._peers.fail(peer, message.id, ErrorCode.CONFLICT, "error.sign_in.already")
            return
        peer.signing_in = True
        work = self._sign_in(peer, message)
        self._spawn(self._sitting.guard(peer, message.id, message.seat, work))

    def sign_out(self, peer: Peer, session: Session, message: SignOut) -> None:
        """End a session at its person's wish."""
        self.ended(peer, session, SessionChange.SIGNED_OUT)
        self._peers.say_ended(peer, "session.ended.signed_out", message.id)

    def lost(self, peer: Peer, session: Session) -> None:
        """Write down that a connection went away with a session on it."""
        self._write(session.caller.user, session.caller.seat, peer.console, SessionChange.LOST)

    def ended(self, peer: Peer, session: Session, change: SessionChange) -> None:
        """Take a session off its connection, now, and write it down."""
        peer.clear()
        self._write(session.caller.user, session.caller.seat, peer.console, change)

    async def check(self) -> None:
        """End every session whose key or user was revoked, or that is silent for too long."""
        mono_s = self._peers.clock.mono_s()
        for peer in self._peers:
            silent_s = mono_s - peer.heard_mono_s
            if not self._peers.enrolled(peer):
                self._revoke(peer, "session.ended.key_revoked")
                self._peers.forget(peer)
            elif silent_s > (IDLE_S if peer.session is None else SILENCE_S):
                self._peers.forget(peer)
        for peer, session in self._peers.signed_in():
            reason = await self._authenticator.revoked(session)
            if reason and peer.session is session:
                self._revoke(peer, reason)

    def _revoke(self, peer: Peer, text_key: str) -> None:
        session = peer.session
        if session is not None:
            self._peers.counters.revoked += 1
            self.ended(peer, session, SessionChange.REVOKED)
        self._peers.say_ended(peer, text_key)

    async def _sign_in(self, peer: Peer, message: SignIn) -> None:
        session = await self._authenticator.sign_in(
            Attempt(
                user=message.user,
                password=message.password,
                seat=message.seat,
                console=peer.console,
                new_password=message.new_password,
            )
        )
        user, seat = session.caller.user, session.caller.seat
        await self._sitting.append(user, seat, peer.console, SessionChange.SIGNED_IN)
        here = self._peers.known(peer) and self._peers.enrolled(peer)
        if not here or not self._sitting.seat(peer, session, message.id):
            await self._sitting.append(user, seat, peer.console, SessionChange.LOST)

    def _write(self, user: str, seat: str, console: str, change: SessionChange) -> None:
        self._spawn(self._sitting.append(user, seat, console, change))
