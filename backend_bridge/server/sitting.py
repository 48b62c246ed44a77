"""What sign-in and hand-over share: writing down who came, telling him so, saying what failed."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

import structlog

from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.journal import SessionChange, SessionEvent
from backend_bridge.contract.wire import SignedIn
from backend_bridge.core.bus import Bus
from backend_bridge.core.storage import Draft, JournalStore, StorageError, StorageFullError
from backend_bridge.security.sessions import Session, SignInRefusedError
from backend_bridge.server.peers import Peer, Peers, Sent

_log = structlog.get_logger(__name__)


class Sitting:
    """Seat people on connections and keep the journal of it.

    Args:
        catalogue: revision every new session is told.
        beat: sends a session its first beat, so that its console need not wait for the next.
    """

    def __init__(
        self,
        peers: Peers,
        journal: JournalStore,
        bus: Bus,
        *,
        catalogue: str,
        beat: Callable[[Peer, Session], None],
    ) -> None:
        self._peers = peers
        self._journal = journal
        self._bus = bus
        self._catalogue = catalogue
        self._beat = beat

    def seat(
        self, peer: Peer, session: Session, message_id: int, incidents: tuple[str, ...] = ()
    ) -> bool:
        """Put a session on its connection and tell the console, in one step.

        Whatever another session had on this connection (pulls, answers not yet read) is gone.

        Returns:
            Whether the console was told; if not, the session was taken off again.
        """
        peer.clear()
        peer.session = session
        peer.since_ms = self._peers.clock.now_ms()
        self._peers.counters.sign_ins += 1
        caller = session.caller
        number, epoch, utc_ms = self._peers.header(message_id)
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
                incidents=incidents,
            ),
        )
        if sent is Sent.FULL:
            # A session its console does not know of would keep its next sign-in out.
            peer.clear()
            return False
        self._beat(peer, session)
        return True

    def draft(self, user: str, seat: str, console: str, change: SessionChange) -> Draft:
        """Return the entry of a change of a session, as of now."""
        return Draft(
            user=user,
            seat=seat,
            at_ms=self._peers.clock.now_ms(),
            event=SessionEvent(change=change, console=console),
        )

    async def commit(self, drafts: Sequence[Draft]) -> None:
        """Write entries together, durably, and tell the bus.

        Raises:
            StorageError: nothing was kept.
        """
        for entry in await self._journal.append(drafts):
            self._bus.publish(entry)

    async def append(self, user: str, seat: str, console: str, change: SessionChange) -> None:
        """Write down a change of a session; a disk that refuses costs only the entry."""
        try:
            await self.commit([self.draft(user, seat, console, change)])
        except StorageError as error:
            # With a full disk people must still be able to look: the log keeps what it can.
            _log.warning(
                "session_not_in_journal",
                user=user,
                console=console,
                change=change.value,
                detail=str(error),
            )

    async def note(self, draft: Draft) -> None:
        """Write down a refusal; a disk that refuses costs only the entry."""
        try:
            await self.commit([draft])
        except StorageError as error:
            what = type(draft.event).__name__
            _log.warning("not_in_journal", user=draft.user, what=what, detail=str(error))

    async def guard(
        self, peer: Peer, message_id: int, seat: str, work: Coroutine[Any, Any, None]
    ) -> None:
        """Run a sign-in or a hand-over; what keeps it from happening is its console's answer."""
        peer.signing_in = True
        try:
            await work
        except SignInRefusedError as error:
            self._peers.counters.sign_ins_refused += 1
            if not error.slowed:
                await self.append(error.user, seat, peer.console, SessionChange.SIGN_IN_REFUSED)
            self._peers.fail(peer, message_id, error.code, error.text_key, error.params)
        except RequestError as error:
            self._peers.fail(peer, message_id, error.code, error.text_key, error.params)
        except StorageError as error:
            full = isinstance(error, StorageFullError)
            key = "error.storage.full" if full else "error.storage.failed"
            self._peers.fail(peer, message_id, ErrorCode.UNAVAILABLE, key)
        except Exception:  # noqa: BLE001 - task boundary: one failed sign-in must not end the bridge
            self._peers.counters.defects += 1
            reference = secrets.token_hex(4)
            _log.exception("sign_in_defect", reference=reference, console=peer.console)
            self._peers.fail(
                peer, message_id, ErrorCode.INTERNAL, "error.internal", {"reference": reference}
            )
        finally:
            peer.signing_in = False
