"""People at seats: who sits where, a desk locked and unlocked, one person relieving another."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from typing import Any

from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.journal import HandOverEvent, SessionChange
from backend_bridge.contract.order_requests import CheckChoices, CheckOrder, GetOrder
from backend_bridge.contract.requests import (
    GetAlarmGuides,
    GetAlarmHistory,
    GetCatalogue,
    GetCircuits,
    GetDiagnostics,
    GetIncidentLog,
    GetSituation,
    GetTrend,
    OpenStream,
    ReleaseStream,
)
from backend_bridge.contract.safety import GetInterlocks
from backend_bridge.contract.seats import (
    LONGEST_SECTION_KEY,
    MOST_HANDED_OVER,
    MOST_SECTIONS,
    GetPeople,
    LockSeat,
    PeopleResult,
    SeatLockResult,
    SeatPerson,
    UnlockSeat,
)
from backend_bridge.contract.wire import HandOver
from backend_bridge.core.requests import Caller, Handler
from backend_bridge.core.storage import Draft
from backend_bridge.security.sessions import (
    Attempt,
    Authenticator,
    Session,
    SignInRefusedError,
)
from backend_bridge.server.peers import Peer, Peers
from backend_bridge.server.sitting import Sitting

Spawn = Callable[[Coroutine[Any, Any, None]], object]
Note = Callable[[tuple[str, ...]], Sequence[Draft]]
"""Given the incidents that move, returns what is written down with them."""
Relieve = Callable[[Caller, Caller, Sequence[str], Note], Awaitable[tuple[str, ...]]]
"""Gives the incidents named from their owner to who relieves him, in one commit with the note."""

WHILE_LOCKED = frozenset(
    {
        *(GetCatalogue, GetSituation, GetPeople, GetIncidentLog, GetTrend, GetDiagnostics),
        *(GetAlarmHistory, GetAlarmGuides, GetCircuits, GetInterlocks),
        *(CheckOrder, CheckChoices, GetOrder),
        *(OpenStream, ReleaseStream, LockSeat, UnlockSeat),
    }
)
"""What a locked session may still ask: what panels below the lock, and walls beside it, read.

All else is refused, whatever is added later; hand-over and sign-out are no requests.
"""


class Seats:
    """Answer what concerns people at seats."""

    def __init__(
        self,
        peers: Peers,
        authenticator: Authenticator,
        sitting: Sitting,
        spawn: Spawn,
        relieve: Relieve | None,
    ) -> None:
        self._peers = peers
        self._authenticator = authenticator
        self._sitting = sitting
        self._spawn = spawn
        self._relieve = relieve or self._relieve_of_nothing
        self._people: tuple[SeatPerson, ...] = ()
        self._revision = 0

    def handlers(self) -> Mapping[type, Handler]:
        """Return what answers which request."""
        return {GetPeople: self._get_people, LockSeat: self._lock, UnlockSeat: self._unlock}

    # -- who sits where -------------------------------------------------------------------------

    def revision(self) -> int:
        """Return a number that is another one whenever somebody took or left a seat."""
        people = sorted(
            (
                SeatPerson(
                    name=session.display_name,
                    seat=session.caller.seat,
                    console=peer.console,
                    since_ms=peer.since_ms,
                )
                for peer, session in self._peers.signed_in()
            ),
            key=lambda person: (person.seat, person.since_ms, person.console),
        )
        if tuple(people) != self._people:
            self._people = tuple(people)
            self._revision += 1
        return self._revision

    async def _get_people(self, _caller: Caller, _request: GetPeople) -> PeopleResult:
        revision = self.revision()
        return PeopleResult(people=self._people, revision=revision)

    # -- a locked desk --------------------------------------------------------------------------

    async def _lock(self, caller: Caller, _request: LockSeat) -> SeatLockResult:
        # before anything is awaited: what was asked after this is refused
        self._set_locked(caller, locked=True)
        await self._note(caller, SessionChange.LOCKED)
        return SeatLockResult(locked=True)

    async def _unlock(self, caller: Caller, request: UnlockSeat) -> SeatLockResult:
        try:
            await self._authenticator.verify(caller.user, request.password, caller.console)
        except SignInRefusedError as error:
            if error.slowed:
                raise
            await self._note(caller, SessionChange.UNLOCK_REFUSED)
            raise RequestError(ErrorCode.REFUSED, "error.unlock.wrong") from error
        self._set_locked(caller, locked=False)
        await self._note(caller, SessionChange.UNLOCKED)
        return SeatLockResult(locked=False)

    def _set_locked(self, caller: Caller, *, locked: bool) -> None:
        for peer, session in self._peers.signed_in():
            if session.caller.session == caller.session:
                peer.locked = locked

    async def _note(self, caller: Caller, change: SessionChange) -> None:
        await self._sitting.append(caller.user, caller.seat, caller.console, change)

    # -- one person after another ---------------------------------------------------------------

    def hand_over(self, peer: Peer, session: Session, message: HandOver) -> None:
        """Take a hand-over; meanwhile the session before stands and nothing else is served.

        A pull still held is dropped: it would be answered for the wrong person.
        """
        peer.points = peer.journal = None
        peer.behind = False
        peer.signing_in = True
        seat = session.caller.seat
        work = self._hand_over(peer, session, message)
        self._spawn(self._sitting.guard(peer, message.id, seat, work))

    async def _hand_over(self, peer: Peer, session: Session, message: HandOver) -> None:
        leaver = session.caller
        _check_shape(message)
        if message.user == leaver.user:
            raise RequestError(ErrorCode.CONFLICT, "error.hand_over.same_person")
        newcomer = await self._authenticator.sign_in(
            Attempt(
                user=message.user,
                password=message.password,
                seat=leaver.seat,
                console=peer.console,
            )
        )

        def note(moved: tuple[str, ...]) -> Sequence[Draft]:
            self._check_stands(peer, session)
            return self._drafts(leaver, newcomer.caller, moved, message.shown)

        moved = await self._relieve(leaver, newcomer.caller, message.incidents, note)
        # From here to the answer nothing is awaited: no byte of the old session slips between.
        caller = newcomer.caller
        stands = peer.session is session and self._peers.known(peer)
        if stands and self._sitting.seat(peer, newcomer, message.id, moved):
            self._peers.counters.handed_over += 1
            return
        await self._note(caller, SessionChange.LOST)
        self._check_stands(peer, session)

    async def _relieve_of_nothing(
        self, _leaver: Caller, _newcomer: Caller, _ids: Sequence[str], note: Note
    ) -> tuple[str, ...]:
        """Stand in where no service owns incidents."""
        await self._sitting.commit(note(()))
        return ()

    def _check_stands(self, peer: Peer, session: Session) -> None:
        """Refuse when the session to be relieved ended meanwhile, by sign-out or revoke."""
        if peer.session is not session or not self._peers.enrolled(peer):
            raise RequestError(ErrorCode.CONFLICT, "error.session.none")

    def _drafts(
        self, leaver: Caller, newcomer: Caller, moved: tuple[str, ...], shown: dict[str, int]
    ) -> list[Draft]:
        event = HandOverEvent(
            leaver=leaver.user, console=newcomer.console, incidents=moved, shown=shown
        )
        ended = self._sitting.draft(
            leaver.user, leaver.seat, leaver.console, SessionChange.HANDED_OVER
        )
        begun = self._sitting.draft(
            newcomer.user, newcomer.seat, newcomer.console, SessionChange.SIGNED_IN
        )
        relief = Draft(user=newcomer.user, seat=newcomer.seat, at_ms=begun.at_ms, event=event)
        return [ended, begun, relief]


def _check_shape(message: HandOver) -> None:
    shown = message.shown
    fits = (
        len(message.incidents) <= MOST_HANDED_OVER
        and len(shown) <= MOST_SECTIONS
        and all(0 < len(key) <= LONGEST_SECTION_KEY for key in shown)
        and all(0 <= count < 2**31 for count in shown.values())
    )
    if not fits:
        raise RequestError(
            ErrorCode.BAD_REQUEST,
            "error.hand_over.malformed",
            {"incidents": MOST_HANDED_OVER, "sections": MOST_SECTIONS},
        )
