"""The wire client: keeps a connection, a session and a complete, gap-free picture.

Plain asyncio; everything runs on the link's own loop.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

import zmq.asyncio

from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.requests import Request
from backend_bridge.contract.results import Result
from backend_bridge.contract.times import Clock
from backend_bridge.contract.wire import Beat, Failure, SignedIn, SignIn, SignOut
from console.link.asking import patience_s, send_and_wait
from console.link.batch import LinkBatch, LinkSession
from console.link.connection import Connection, connect
from console.link.credentials import Credentials, Relief
from console.link.errors import LinkError, SessionEndedError
from console.link.following import Following
from console.link.inbox import Inbox
from console.link.relief import ask_relief
from console.link.saying import Saying
from console.link.settings import LinkSettings
from console.link.timing import BackOff, BridgeClock


class LinkClient:
    """Follow one bridge of several; make it inside a running loop.

    Args:
        settings: addresses and keys.
        deliver: see :class:`console.link.thread.LinkThread`.
        clock: steady time for ages.
    """

    def __init__(
        self, settings: LinkSettings, deliver: Callable[[LinkBatch], None], clock: Clock
    ) -> None:
        self._settings = settings
        self._deliver = deliver
        self._clock = clock
        self._bridge_clock = BridgeClock()
        self._inbox = Inbox(clock)
        self._back_off = BackOff(settings.retry_first_s, settings.retry_cap_s)
        self._credentials: Credentials | None = None
        self._credentials_changed = asyncio.Event()
        self._connection: Connection | None = None
        self._session: LinkSession | None = None
        self._picture_of: tuple[str, tuple[str, ...]] | None = None
        self._picture_epoch = ""
        self._sign_out_owed = False
        self._garbage_before = 0
        self._saying = Saying(self._inbox, self._bridge_clock)
        self._inbox.on_complete = self._saying.following

    async def run(self) -> None:
        """Connect, follow and reconnect until cancelled; forgets the credentials at the end."""
        context = zmq.asyncio.Context()
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._inbox.deliver(self._deliver), name="link delivery")
                tasks.create_task(self._keep_connected(context), name="link connection")
        finally:
            self._forget(RequestError(ErrorCode.UNAVAILABLE, "error.link.down"))
            context.destroy(linger=0)

    async def sign_in(
        self, user: str, password: str, seat: str, new_password: str = ""
    ) -> LinkSession:
        """Sign a person in on the present connection; who was signed in before is signed out.

        Raises:
            RequestError: refused by the bridge, no bridge, or no answer in time.
        """
        if self._connection is None:
            raise RequestError(ErrorCode.UNAVAILABLE, "error.link.down")
        await self.sign_out()
        credentials = Credentials(user, password, seat, new_password)
        self._credentials = credentials
        self._credentials_changed.set()
        try:
            async with asyncio.timeout(self._settings.request_timeout_s):
                return await credentials.outcome
        except TimeoutError:
            raise RequestError(ErrorCode.TIMED_OUT, "error.link.timed_out") from None
        finally:
            if self._session is None and self._credentials is credentials:
                self._sign_out_owed = True  # the bridge may still be at it
                self._forget(RequestError(ErrorCode.TIMED_OUT, "error.link.timed_out"))

    async def hand_over(
        self, user: str, password: str, incidents: tuple[str, ...], shown: Mapping[str, int]
    ) -> LinkSession:
        """Let another person relieve who is signed in, on the same connection and seat.

        Refused, the session before goes on as it was. Without an answer nobody knows who sits
        here: then nobody does, and both are signed out.

        Raises:
            RequestError: refused, no bridge, or not confirmed (``error.hand_over.unconfirmed``).
        """
        before = self._credentials
        if self._connection is None or before is None or self._session is None:
            raise RequestError(ErrorCode.UNAVAILABLE, "error.link.down")
        if before.relief is not None:
            raise RequestError(ErrorCode.CONFLICT, "error.hand_over.under_way")
        credentials = Credentials(
            user, password, before.seat, relief=Relief(before, incidents, shown)
        )
        self._credentials = credentials
        self._credentials_changed.set()
        try:
            async with asyncio.timeout(2 * self._settings.request_timeout_s):
                return await credentials.outcome
        except TimeoutError:
            self._sign_out_owed = True  # the bridge may still be at it
            raise self._unconfirmed() from None

    async def sign_out(self) -> None:
        """End the session here at once; the bridge is told if it can be."""
        seated = self._session is not None
        # still owed when the bridge has not been told of the session before
        self._sign_out_owed = self._sign_out_owed or seated
        self._forget(RequestError(ErrorCode.CONFLICT, "error.link.superseded"))
        if seated:
            self._say_signed_out("")

    async def ask(self, request: Request) -> Result:
        """Send one request and return its one result.

        Raises:
            RequestError: what the bridge says; ``unavailable`` when it was not sent; ``timed_out``
                when no answer came, for a command also when the connection broke meanwhile.
        """
        connection = self._connection
        if connection is None or self._session is None:
            raise RequestError(ErrorCode.UNAVAILABLE, "error.link.down")
        if self._credentials is not None and self._credentials.relief is not None:
            # asked by who leaves, it must not be done in the name of who comes
            raise RequestError(ErrorCode.CONFLICT, "error.hand_over.under_way")
        ahead_ms = self._bridge_clock.ahead_ms
        now_ms = None if ahead_ms is None else ahead_ms + self._clock.mono_s() * 1000
        usual_s = self._settings.request_timeout_s
        return await send_and_wait(connection, request, patience_s(request, usual_s, now_ms))

    # -- the connection -------------------------------------------------------------------------

    async def _keep_connected(self, context: zmq.asyncio.Context) -> None:
        attempt = 0
        while True:
            address = self._settings.addresses[attempt % len(self._settings.addresses)]
            # A task of its own, waited for and not awaited: before Python 3.13 a task group that
            # is cancelled while a child fails hides the cancellation, and this loop would go on.
            serving = asyncio.create_task(self._connect(context, address), name="link serving")
            try:
                await asyncio.wait({serving})
            finally:
                serving.cancel()
                await asyncio.gather(serving, return_exceptions=True)
            error = serving.result()
            self._saying.lost(error, address)
            attempt += 1
            wait_s = self._settings.retry_cap_s if error.refused else self._back_off.next_s()
            await asyncio.sleep(wait_s)

    async def _connect(self, context: zmq.asyncio.Context, address: str) -> LinkError:
        """Serve one connection until it ends and return why."""
        error = LinkError("link.cut", {"address": address})
        try:
            async with connect(
                context, self._settings, address, self._clock, self._bridge_clock
            ) as (connection, monitor):
                await self._serve(connection, monitor)
        except* LinkError as group:
            error = _first(group)
        return error

    async def _serve(self, connection: Connection, monitor: zmq.asyncio.Socket) -> None:
        self._back_off.reset()
        self._connection = connection
        self._sign_out_owed = False
        connection.on_beat = self._on_beat
        self._saying.connected(connection, seated=self._session is not None)
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(connection.watch(monitor), name="link monitor")
                tasks.create_task(connection.read(), name="link reader")
                tasks.create_task(self._keep_session(connection), name="link session")
        finally:
            self._connection = None
            self._garbage_before += connection.garbage
            connection.fail(LinkError("link.cut", {"address": connection.address}))

    # -- the session ----------------------------------------------------------------------------

    async def _keep_session(self, connection: Connection) -> None:
        while True:
            while self._sign_out_owed:
                await self._tell_sign_out(connection)
            # Cleared only now: credentials that came meanwhile are taken here, and must not cut off
            # the sign-in that they start.
            self._credentials_changed.clear()
            credentials = self._credentials
            if credentials is None:
                await self._credentials_changed.wait()
                continue
            session = asyncio.create_task(self._hold(connection, credentials), name="link session")
            changed = asyncio.create_task(self._credentials_changed.wait())
            try:
                await asyncio.wait({session, changed}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                done = session.done()
                for task in (session, changed):
                    task.cancel()
                await asyncio.gather(session, changed, return_exceptions=True)
            if done:
                await session  # a lost connection goes up; an ended session returned

    async def _tell_sign_out(self, connection: Connection) -> None:
        self._sign_out_owed = False
        try:
            await connection.request(SignOut(**connection.header()), 1.0)
        except TimeoutError:
            # Unheard: the bridge might go on sending. It cannot to a socket that is closed.
            raise LinkError("link.cut", {"address": connection.address}) from None

    async def _hold(self, connection: Connection, credentials: Credentials) -> None:
        """Sign in and follow until the session ends; only a lost connection raises."""
        try:
            signed = credentials.standing(connection)
            if signed is None:
                signed = await self._admitted(connection, credentials)
                if signed is None:
                    return
                self._begin(connection, credentials, signed)
            following = Following(
                connection, self._inbox, self._clock, self._settings, self._saying.territory
            )
            await following.run(signed.catalogue)
        except SessionEndedError as ended:
            await self._end(credentials, ended)

    async def _admitted(self, connection: Connection, credentials: Credentials) -> SignedIn | None:
        """Sign in, or relieve who is here; ``None`` when a relief was refused."""
        if credentials.relief is None:
            return await self._sign_in(connection, credentials)
        return await self._relieve(connection, credentials, credentials.relief)

    async def _sign_in(self, connection: Connection, credentials: Credentials) -> SignedIn:
        try:
            answer = await connection.request(
                SignIn(
                    **connection.header(),
                    user=credentials.user,
                    password=credentials.password,
                    seat=credentials.seat,
                    new_password=credentials.new_password,
                ),
                self._settings.request_timeout_s,
            )
        except TimeoutError:
            raise LinkError("link.silent", {"address": connection.address}) from None
        if isinstance(answer, SignedIn):
            if credentials.new_password:
                credentials.password = credentials.new_password
                credentials.new_password = ""
            return answer
        if isinstance(answer, Failure):
            credentials.settle(RequestError(answer.code, answer.text_key, answer.params))
            passing = answer.code in (ErrorCode.UNAVAILABLE, ErrorCode.TIMED_OUT)
            first = self._session is None
            raise SessionEndedError(answer.text_key, answer.params, final=first or not passing)
        credentials.settle(RequestError(ErrorCode.INTERNAL, "error.link.wrong_answer"))
        raise SessionEndedError("error.link.wrong_answer", final=True)

    async def _relieve(
        self, connection: Connection, credentials: Credentials, relief: Relief
    ) -> SignedIn | None:
        """Ask the bridge for the hand-over; ``None`` when it refused: who was here goes on."""
        if relief.before.standing(connection) is None:
            self._unconfirmed()  # the connection is another one: the bridge may have done it
            return None
        try:
            answer = await ask_relief(
                connection, credentials, relief, self._settings.request_timeout_s
            )
        except TimeoutError:
            self._sign_out_owed = True  # the bridge may still be at it
            self._unconfirmed()
            return None
        except LinkError:
            self._unconfirmed()
            raise
        if isinstance(answer, SignedIn):
            relief.before.forget()
            credentials.relief = None
            return answer
        self._credentials = relief.before
        credentials.password = ""
        credentials.settle(answer)
        return None

    def _unconfirmed(self) -> RequestError:
        """Sign everybody out, because nobody knows who sits here; return what to say."""
        error = RequestError(ErrorCode.TIMED_OUT, "error.hand_over.unconfirmed")
        self._forget(error)
        self._say_signed_out(error.text_key)
        return error

    def _begin(self, connection: Connection, credentials: Credentials, signed: SignedIn) -> None:
        """Decide what of the picture may stay, then say who sits here."""
        session = LinkSession(
            signed.user, signed.display_name, signed.seat, signed.rights, signed.incidents
        )
        credentials.signed = (connection, signed)
        picture_of = (signed.user, signed.rights)
        if self._picture_of != picture_of:
            self._inbox.drop()
        elif self._picture_epoch != connection.epoch:
            self._inbox.drop_points()
            self._inbox.seq = None
        self._inbox.begin()
        self._picture_of = picture_of
        self._picture_epoch = connection.epoch
        self._session = session
        connection.on_signed_out = lambda message: self._on_signed_out(message.text_key)
        self._saying.seated(session)
        if connection.beat is not None:
            self._on_beat(connection.beat)  # it came right behind the answer, before this task ran
        credentials.settle(session)

    async def _end(self, credentials: Credentials, ended: SessionEndedError) -> None:
        if ended.final:
            if self._credentials is credentials:
                self._forget(RequestError(ErrorCode.REFUSED, ended.text_key, ended.params))
                self._say_signed_out(ended.text_key, ended.params)
            return
        # The bridge cannot look the person up now: try again.
        await asyncio.sleep(self._back_off.next_s())

    def _on_signed_out(self, text_key: str) -> None:
        self._forget(RequestError(ErrorCode.REFUSED, text_key))
        self._say_signed_out(text_key)

    def _forget(self, why: RequestError) -> None:
        """Drop the credentials and the session; whoever waits for a sign-in hears ``why``."""
        credentials, self._credentials = self._credentials, None
        if credentials is not None:
            credentials.forget()
            credentials.settle(why)
            if credentials.outcome.done() and not credentials.outcome.cancelled():
                credentials.outcome.exception()  # seen, even when nobody waits any more
        self._session = None
        self._picture_of = None
        self._credentials_changed.set()

    # -- what the strip says --------------------------------------------------------------------

    def _on_beat(self, beat: Beat) -> None:
        now_s = self._clock.mono_s()
        self._bridge_clock.on_beat(beat.utc_ms, now_s)
        if self._session is None:
            return
        self._inbox.take_beat(beat)
        connection = self._connection
        garbage = self._garbage_before + (0 if connection is None else connection.garbage)
        self._saying.beat(beat, now_s, garbage)

    def _say_signed_out(
        self, text_key: str, params: dict[str, str | int | float] | None = None
    ) -> None:
        connected = self._connection is not None
        self._saying.signed_out(text_key, params or {}, connected=connected)


def _first(group: BaseExceptionGroup[LinkError]) -> LinkError:
    """Return the one error that ended a connection; its tasks end together."""
    error = group.exceptions[0]
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
