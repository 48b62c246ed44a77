"""Passwords: rules a person can follow, argon2 hashes, computed off the bridge's loop."""

from __future__ import annotations

import asyncio
import secrets
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

import argon2
import msgspec

from backend_bridge.contract.errors import ErrorCode, RequestError

T = TypeVar("T")

MIN_PASSWORD_CHARACTERS = 12
MAX_PASSWORD_CHARACTERS = 256
MAX_WAITING_HASHES = 32
"""Sign-ins waiting for the hashing thread; more are told to come back."""

_TOO_COMMON = (
    "123456789012", "1234567890123", "password1234", "passwordpassword", "motdepasse123",
    "motdepassemotdepasse", "azertyuiop12", "azertyuiop123", "azertyuiopqsdf", "qwertyuiop12",
    "qwertyuiop123", "administrator", "administrateur", "administrateur1", "administrator1",
    "000000000000", "111111111111", "changemechangeme", "changezmoi123",
)  # fmt: skip


class Argon2Parameters(msgspec.Struct, frozen=True, kw_only=True):
    """Set what one hash costs; the default is OWASP's for argon2id, one hash in about 50 ms.

    Attributes:
        time_cost: passes over the memory, from 1.
        memory_kib: memory of one hash in KiB, from 8 per lane; the bridge has 150 MB in all.
        lanes: parallel lanes, from 1.
    """

    time_cost: int = 2
    memory_kib: int = 19_456
    lanes: int = 1


class Passwords:
    """Hash and verify passwords in one worker thread; the caller's loop never waits for argon2.

    At most :data:`MAX_WAITING_HASHES` wait, so that a flood of sign-ins costs no memory.
    """

    def __init__(self, parameters: Argon2Parameters | None = None) -> None:
        chosen = parameters or Argon2Parameters()
        self._hasher = argon2.PasswordHasher(
            time_cost=chosen.time_cost, memory_cost=chosen.memory_kib, parallelism=chosen.lanes
        )
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="argon2")
        self._waiting = 0
        self._decoy = ""

    async def hash(self, password: str) -> str:
        """Return argon2's encoded hash of a password.

        Raises:
            RequestError: ``unavailable`` when too many wait.
        """
        return await self._run(partial(self._hash, password))

    async def verify(self, encoded: str | None, password: str) -> bool:
        """Return whether a password fits; with ``None`` work as long on a decoy and return False.

        Raises:
            RequestError: ``unavailable`` when too many wait.
        """
        return await self._run(partial(self._verify, encoded, password))

    def close(self) -> None:
        """End the worker thread; a hash under way is finished first."""
        self._thread.shutdown(wait=True, cancel_futures=True)

    async def _run(self, work: Callable[[], T]) -> T:
        if self._waiting >= MAX_WAITING_HASHES:
            raise RequestError(ErrorCode.UNAVAILABLE, "error.sign_in.busy")
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, work)
        finally:
            self._waiting -= 1

    def _hash(self, password: str) -> str:
        return self._hasher.hash(_normal(password))

    def _verify(self, encoded: str | None, password: str) -> bool:
        if encoded is None:
            # An unknown name must cost what a known one costs, or its answer's time tells.
            self._decoy = self._decoy or self._hasher.hash(secrets.token_urlsafe(16))
        try:
            fits = self._hasher.verify(encoded or self._decoy, _normal(password))
        except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
            return False
        return fits and encoded is not None


def check_rules(name: str, password: str) -> None:
    """Refuse a password that is too short, too long, too common or the user's own name.

    Raises:
        RequestError: ``refused``, with the rule that was broken.
    """
    if len(password) < MIN_PASSWORD_CHARACTERS:
        raise RequestError(
            ErrorCode.REFUSED, "error.password.too_short", {"least": MIN_PASSWORD_CHARACTERS}
        )
    if len(password) > MAX_PASSWORD_CHARACTERS:
        raise RequestError(
            ErrorCode.REFUSED, "error.password.too_long", {"most": MAX_PASSWORD_CHARACTERS}
        )
    folded = _normal(password).casefold()
    common = folded in _TOO_COMMON or len(set(folded)) < 4
    if common or (name and name.casefold() in folded and len(folded) < len(name) + 6):
        raise RequestError(ErrorCode.REFUSED, "error.password.too_common")


def new_secret() -> str:
    """Return a password nobody chose, 128 bits, easy to read aloud: groups of hexadecimal."""
    digits = secrets.token_hex(16)
    return "-".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def _normal(password: str) -> str:
    """Return one form for what two keyboards may send in two: Unicode NFC (RFC 8265)."""
    return unicodedata.normalize("NFC", password)
