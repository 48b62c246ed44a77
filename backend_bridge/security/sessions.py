"""Sign-in: who may take a seat, slowed down when guessing, and taken away within a second."""

from __future__ import annotations

import asyncio
import hashlib
import math
import secrets
from pathlib import Path
from typing import Protocol

import msgspec
import structlog

from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.journal import ConfigurationChange, ConfigurationEvent
from backend_bridge.contract.times import Clock
from backend_bridge.core.requests import Caller
from backend_bridge.core.storage import Draft, StorageError, User, UserStore
from backend_bridge.security.limiter import Limiter, LimiterSettings
from backend_bridge.security.passwords import Passwords, check_rules
from backend_bridge.security.roles import Roles

MAX_USER_LENGTH = 64
MAX_SEAT_LENGTH = 64

_log = structlog.get_logger(__name__)


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """Ask for a session: who, from which console's key, at which seat.

    ``new_password`` replaces the password at once when not empty.
    """

    user: str
    password: str
    seat: str
    console: str
    new_password: str = ""

    def __repr__(self) -> str:
        return f"Attempt(user={self.user!r}, seat={self.seat!r}, console={self.console!r})"


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """Hold one person's stay at one seat; ``stamp`` changes when the user's record does."""

    caller: Caller
    display_name: str
    stamp: bytes


class SignInRefusedError(RequestError):
    """Refuse a sign-in.

    Attributes:
        user: the name to write in the journal; ``unknown`` for a name nobody has, which may be a
            password typed into the wrong field.
        slowed: refused unread because of earlier failures; not worth a journal entry of its own.
    """

    def __init__(
        self,
        text_key: str,
        *,
        user: str = "unknown",
        slowed: bool = False,
        params: dict[str, str | int | float] | None = None,
    ) -> None:
        super().__init__(ErrorCode.REFUSED, text_key, params)
        self.user = user
        self.slowed = slowed


class Authenticator(Protocol):
    """Decide who gets a session and whether it still stands."""

    async def sign_in(self, attempt: Attempt) -> Session:
        """Return a new session.

        Raises:
            RequestError: refused (:class:`SignInRefusedError`), malformed, or the store is away.
        """

    async def verify(self, user: str, password: str, console: str) -> None:
        """Return when this is the user's password; a try counts as one of a sign-in does.

        Raises:
            RequestError: refused (:class:`SignInRefusedError`), or the store is away.
        """

    async def revoked(self, session: Session) -> str:
        """Return the text key of why a session no longer stands, empty while it does."""


class UserAuthenticator:
    """Authenticate against the bridge's own users; no directory is needed.

    Args:
        users: where users are kept; read at each sign-in and each check, so that another
            process's change bites.
        secret_file: the administrator's one-time secret, removed once it was replaced.
    """

    def __init__(
        self,
        users: UserStore,
        roles: Roles,
        passwords: Passwords,
        clock: Clock,
        *,
        limits: LimiterSettings | None = None,
        secret_file: Path | None = None,
    ) -> None:
        self._users = users
        self._roles = roles
        self._passwords = passwords
        self._clock = clock
        self._limiter = Limiter(limits or LimiterSettings(), clock)
        self._secret_file = secret_file

    async def sign_in(self, attempt: Attempt) -> Session:
        """Return a new session; an unknown name takes as long and says as little as a known one.

        Raises:
            RequestError: see :class:`Authenticator`.
        """
        _check_shape(attempt)
        user = await self._proved(attempt.user, attempt.password, attempt.console)
        return await self._admit(user, attempt)

    async def verify(self, user: str, password: str, console: str) -> None:
        """Return when this is the user's password; slowed down as sign-ins are.

        Raises:
            RequestError: see :class:`Authenticator`.
        """
        await self._proved(user, password, console)

    async def _proved(self, name: str, password: str, console: str) -> User:
        keys = (f"user {name}", f"console {console}")
        wait_s = max(self._limiter.wait_s(key) for key in keys)
        if wait_s > 0:
            raise SignInRefusedError(
                "error.sign_in.wait", slowed=True, params={"seconds": math.ceil(wait_s)}
            )
        # Counted before the slow check, so that many at once are not all let through.
        for key in keys:
            self._limiter.failed(key)
        try:
            user = await self._read(name)
            encoded = user.password_hash if user else None
            fits = await self._passwords.verify(encoded, password)
        except RequestError:  # the store or the hashing thread is at fault, nobody guessed
            for key in keys:
                self._limiter.forgive(key)
            raise
        if user is None or not fits:
            raise SignInRefusedError("error.sign_in.wrong", user=user.name if user else "unknown")
        for key in keys:
            self._limiter.succeeded(key)
        return user

    async def revoked(self, session: Session) -> str:
        """Return why a session no longer stands; a store that cannot be read revokes nobody."""
        try:
            user = await self._users.user(session.caller.user)
        except StorageError:
            return ""
        if user is None or not user.enabled:
            return "session.ended.user_disabled"
        return "" if self._stamp(user) == session.stamp else "session.ended.user_changed"

    async def _admit(self, user: User, attempt: Attempt) -> Session:
        if not user.enabled:
            raise SignInRefusedError("error.sign_in.disabled", user=user.name)
        if attempt.new_password:
            user = await self._change_password(user, attempt)
        elif user.must_change:
            raise SignInRefusedError("error.sign_in.must_change", user=user.name)
        rights = self._roles.rights(user.roles)
        if not rights:
            raise SignInRefusedError("error.sign_in.no_role", user=user.name)
        caller = Caller(
            user=user.name,
            seat=attempt.seat,
            console=attempt.console,
            session=secrets.token_urlsafe(16),
            rights=rights,
        )
        return Session(caller=caller, display_name=user.display_name, stamp=self._stamp(user))

    async def _change_password(self, user: User, attempt: Attempt) -> User:
        if attempt.new_password == attempt.password:
            raise SignInRefusedError("error.password.same", user=user.name)
        check_rules(user.name, attempt.new_password)
        encoded = await self._passwords.hash(attempt.new_password)
        changed = msgspec.structs.replace(user, password_hash=encoded, must_change=False)
        try:
            await self._users.put_user(changed, self._note(user, attempt))
        except StorageError as error:
            raise RequestError(ErrorCode.UNAVAILABLE, "error.storage.failed") from error
        if self._secret_file is not None and user.must_change:
            await asyncio.to_thread(_forget_secret, self._secret_file)
        return changed

    def _note(self, user: User, attempt: Attempt) -> Draft:
        return Draft(
            user=user.name,
            seat=attempt.seat,
            at_ms=self._clock.now_ms(),
            event=ConfigurationEvent(
                change=ConfigurationChange.USER_PASSWORD,
                subject=user.name,
                detail={"console": attempt.console},
            ),
        )

    async def _read(self, name: str) -> User | None:
        try:
            return await self._users.user(name)
        except StorageError as error:
            raise RequestError(ErrorCode.UNAVAILABLE, "error.storage.failed") from error

    def _stamp(self, user: User) -> bytes:
        rights = sorted(self._roles.rights(user.roles))
        return hashlib.sha256(repr((user.password_hash, user.enabled, rights)).encode()).digest()


def _forget_secret(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        _log.warning("administrator_secret_not_removed", path=str(path), detail=error.strerror)


def _check_shape(attempt: Attempt) -> None:
    for field, value, longest in (
        ("user", attempt.user, MAX_USER_LENGTH),
        ("seat", attempt.seat, MAX_SEAT_LENGTH),
    ):
        if not value or len(value) > longest or not value.isprintable():
            raise RequestError(
                ErrorCode.BAD_REQUEST,
                "error.sign_in.malformed",
                {"field": field, "most": longest},
            )
