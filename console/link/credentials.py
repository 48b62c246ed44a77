"""Who wants to be signed in, for as long as the session lasts and nowhere but in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.wire import SignedIn
from console.link.batch import LinkSession
from console.link.connection import Connection


@dataclass(frozen=True, slots=True)
class Relief:
    """Say how a person relieves who is signed in, instead of signing in.

    Attributes:
        before: whose session goes on when the bridge refuses.
        incidents: ids the newcomer takes over; ``shown`` is the read receipt.
    """

    before: Credentials
    incidents: tuple[str, ...]
    shown: Mapping[str, int]


@dataclass(slots=True, repr=False)
class Credentials:
    """Hold who wants to be signed in; gone from memory with the session.

    Attributes:
        relief: set while this person relieves another; ``None`` for a plain sign-in.
        signed: what the bridge answered, and on which connection: there the session stands.
    """

    user: str
    password: str
    seat: str
    new_password: str = ""
    relief: Relief | None = None
    signed: tuple[Connection, SignedIn] | None = None
    outcome: asyncio.Future[LinkSession] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )

    def standing(self, connection: Connection) -> SignedIn | None:
        """Return the session that stands on a connection already, ``None`` for none."""
        if self.signed is None or self.signed[0] is not connection:
            return None
        return self.signed[1]

    def forget(self) -> None:
        """Wipe the passwords, also of who was to be relieved."""
        self.password = self.new_password = ""
        if self.relief is not None:
            self.relief.before.forget()

    def settle(self, result: LinkSession | RequestError) -> None:
        """Tell whoever waits for the sign-in; later calls change nothing."""
        if self.outcome.done():
            return
        if isinstance(result, RequestError):
            self.outcome.set_exception(result)
        else:
            self.outcome.set_result(result)
