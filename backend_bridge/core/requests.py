"""How the wire hands a request to the service that answers it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec

from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.results import Result
from backend_bridge.contract.rights import allows


class Caller(msgspec.Struct, frozen=True, kw_only=True):
    """Say who asks: a signed-in person at a seat, on a console, with rights."""

    user: str
    seat: str
    console: str
    session: str
    rights: frozenset[str]

    def require(self, action: str, kind: str) -> None:
        """Refuse unless the caller holds ``action`` for ``kind``.

        Raises:
            RequestError: ``refused``, text ``error.rights.missing``.
        """
        if not allows(self.rights, action, kind):
            raise RequestError(
                ErrorCode.REFUSED, "error.rights.missing", {"action": action, "kind": kind}
            )


Handler = Callable[[Caller, Any], Awaitable[Result]]
"""Answers one request class; raises :class:`RequestError` or returns its result class."""
