"""The desk: hello, sign-in, sign-out, and taking a session away; each one a journal entry."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Coroutine
from typing import Any

import structlog

from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.journal import SessionChange, SessionEvent
from backend_bridge.contract.wire import (
    PROTOCOL_MAJOR,
    PROTOCOL_MINOR,
    SILENCE_S,
    Hello,
    SignedIn,
    SignIn,
    SignOut,
    Welcome,
)
from backend_bridge.core.bus import Bus
from backend_bridge.core.storage import Draft, JournalStore, StorageError
from backend_bridge.security.sessions import (
    Attempt,
    Authenticator,
    Session,
    SignInRefusedError,
)
from backend_bridge.server.peers import Peer, Peers, Sent

IDLE_S = 3600.0
"""Seconds of silence after which a connection without a session must say hello again."""

_log = structlog.get_logger(__name__)

Spawn = Callable[[Coroutine[Any, Any, None]], object]


class Desk:
    """Turn connections into sessions and back."""

    def __init__(
        self,
        peers: Peers,
        authenticator: Authenticator,
        journal: JournalStore,
        bus: Bus,
        spawn: Spawn,
        *,
        bridge: str,
        software: str,
        catalogue: str,
    ) -> None:
        self._peers = peers
        self._authenticator = authenticator
        self._journal = journal
        self._bus = bus
        self._spawn = spawn
        self._bridge = bridge
        self._software = software
        self._catalogue = catalogue

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
        self._spawn(self._sign_in(peer, message))

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
        try:
            await self._try_sign_in(peer, message)
        except SignInRefusedError as error:
            self._peers.counters.sign_ins_refused += 1
            if not error.slowed:
                await self._append(
                    error.user, message.seat, peer.console, SessionChange.SIGN_IN_REFUSED
                )
            self._peers.fail(peer, message.id, error.code, error.text_key, error.params)
        except RequestError as error:
            self._peers.fail(peer, message.id, error.code, error.text_key, error.params)
        except Exception:  # noqa: BLE001 - task boundary: one failed sign-in must not end the bridge
            self._peers.counters.defects += 1
            reference = secrets.token_hex(4)
            _log.exception("sign_in_defect", reference=reference, console=peer.console)
            self._peers.fail(
                peer, message.id, ErrorCode.INTERNAL, "error.internal", {"reference": reference}
            )
        finally:
            peer.signing_in = False

    async def _try_sign_in(self, peer: Peer, message: SignIn) -> None:
        session = await self._authenticator.sign_in(
            Attempt(
                user=message.user,
                password=message.password,
                seat=message.seat,
                console=peer.console,
                new_password=message.new_password,
            )
        )
        caller = session.caller
        await self._append(caller.user, caller.seat, peer.console, SessionChange.SIGNED_IN)
        if not self._peers.known(peer) or not self._peers.enrolled(peer):
            await self._append(caller.user, caller.seat, peer.console, SessionChange.LOST)
            return
        peer.session = session
        self._peers.counters.sign_ins += 1
        number, epoch, utc_ms = self._peers.header(message.id)
        sent = self._peers.send_plain(
            peer,
            SignedIn(
                id=number,
                epoch=epoch,
                utc_ms=utc_ms,
                session=caller.session,
                user=caller.user,
                display_name=session.display_name,
                seat=caller.seat,
                rights=tuple(sorted(caller.rights)),
                catalogue=self._catalogue,
            ),
        )
        if sent is Sent.FULL:
            # A session its console does not know of would keep its next sign-in out.
            self.ended(peer, session, SessionChange.LOST)

    def _write(self, user: str, seat: str, console: str, change: SessionChange) -> None:
        self._spawn(self._append(user, seat, console, change))

    async def _append(self, user: str, seat: str, console: str, change: SessionChange) -> None:
        draft = Draft(
            user=user,
            seat=seat,
            at_ms=self._peers.clock.now_ms(),
            event=SessionEvent(change=change, console=console),
        )
        try:
            entries = await self._journal.append([draft])
        except StorageError as error:
            # With a full disk people must still be able to look: the log keeps what it can.
            _log.warning(
                "session_not_in_journal",
                user=user,
                console=console,
                change=change.value,
                detail=str(error),
            )
            return
        for entry in entries:
            self._bus.publish(entry)
