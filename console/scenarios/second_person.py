"""A second person at another seat, on a console of its own, without a window."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import Self

from backend_bridge.contract.requests import Request
from backend_bridge.contract.results import Result
from backend_bridge.contract.times import SystemClock
from console.link.batch import LinkBatch
from console.link.settings import load
from console.link.thread import LinkThread
from console.scenarios.hand import NotSeenError
from console.scenarios.stack import PASSWORD, Stack, run_step

CONSOLE = "pupitre-second"
CONNECTED_S = 15.0


class SecondPerson:
    """Sit at another seat of the same bridge: real keys, a real session, real requests.

    Args:
        stack: running bridge.
        login: who; a person of the stack.
        seat: where.
    """

    def __init__(self, stack: Stack, login: str, seat: str) -> None:
        self._stack = stack
        self._login = login
        self._seat = seat
        self._link: LinkThread | None = None
        self._connected = threading.Event()

    async def __aenter__(self) -> Self:
        directory = await asyncio.to_thread(self._enrol)
        link = LinkThread(load(directory), self._take, SystemClock())
        link.start()
        self._link = link
        if not await asyncio.to_thread(self._connected.wait, CONNECTED_S):
            raise NotSeenError(f"no bridge for {self._login}'s console in {CONNECTED_S:.0f} s")
        await asyncio.wrap_future(link.sign_in(self._login, PASSWORD, self._seat))
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._link is not None:
            await asyncio.to_thread(self._link.stop)

    async def ask(self, request: Request) -> Result:
        """Ask the bridge.

        Raises:
            RequestError: refused.
        """
        assert self._link is not None, "ask inside the async with"
        return await asyncio.wrap_future(self._link.ask(request))

    def _take(self, batch: LinkBatch) -> None:
        if batch.status.bridge:
            self._connected.set()
        batch.taken()

    def _enrol(self) -> Path:
        directory = self._stack.folder / "second"
        if not directory.exists():
            run_step(
                *("keys", "new", CONSOLE, "--data", str(self._stack.data), "--enroll"),
                *("--out", str(directory), "--bridge", self._stack.wire),
            )
        return directory
