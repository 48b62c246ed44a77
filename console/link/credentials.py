"""Who wants to be signed in, for as long as the session lasts and nowhere but in memory."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from backend_bridge.contract.errors import RequestError
from console.link.batch import LinkSession


@dataclass(slots=True, repr=False)
class Credentials:
    """Hold who wants to be signed in; gone from memory with the session."""

    user: str
    password: str
    seat: str
    new_password: str = ""
    outcome: asyncio.Future[LinkSession] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )

    def settle(self, result: LinkSession | RequestError) -> None:
        """Tell whoever waits for the sign-in; later calls change nothing."""
        if self.outcome.done():
            return
        if isinstance(result, RequestError):
            self.outcome.set_exception(result)
        else:
            self.outcome.set_result(result)
