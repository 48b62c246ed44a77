"""How the wire hands a request to the service that answers it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec

from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.results import Result
from backend_bridge.contract.rights import allows


class Caller(msgspec.Struct, frozen=True, kw_only=True):
    """Say who asks: a signed-in person at a seat, on a console, with rights.

    ``editing`` says whether edit mode was on when the request came.
    """

    user: str
    seat: str
    console: str
    session: str
    rights: frozenset[str]
    editing: bool = False

    def holds(self, action: str, kind: str, sector: str = "") -> bool:
        """Return whether the caller's rights hold ``action``; see :func:`allows`."""
        return allows(self.rights, action, kind, sector)

    def require(self, action: str, kind: str, sector: str = "") -> None:
        """Refuse unless the caller holds ``action`` for equipment of ``kind`` in ``sector``.

        ``configure`` also needs edit mode, which is off unless the person turned it on.

        Raises:
            RequestError: ``refused``, text ``error.rights.missing`` or ``error.edit_mode.off``.
        """
        if not self.holds(action, kind, sector):
            raise RequestError(
                ErrorCode.REFUSED, "error.rights.missing", {"action": action, "kind": kind}
            )
        if action == "configure" and not self.editing:
            raise RequestError(ErrorCode.REFUSED, "error.edit_mode.off")


Handler = Callable[[Caller, Any], Awaitable[Result]]
"""Answers one request class; raises :class:`RequestError` or returns its result class."""
