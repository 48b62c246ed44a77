"""A console without a window: the real link in its thread, the real replica in the caller's."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

from backend_bridge.contract.requests import Request
from backend_bridge.contract.results import Result
from backend_bridge.contract.times import SystemClock
from console.link.batch import LinkBatch, LinkSession
from console.link.settings import LinkSettings, load
from console.link.thread import LinkThread
from console.state.world import World


class HeadlessConsole:
    """Follow a bridge; batches are applied by whoever calls :meth:`pump` or :meth:`until`."""

    def __init__(self, settings: LinkSettings) -> None:
        self._settings = settings
        self._clock = SystemClock()
        self.open()

    @classmethod
    def of(cls, directory: Path) -> HeadlessConsole:
        """Return a console with the keys and addresses of a console's directory."""
        return cls(load(directory))

    def open(self) -> None:
        """Connect with nothing known."""
        self.batches: queue.Queue[LinkBatch] = queue.Queue()
        self.world = World(self._clock)
        self.link = LinkThread(self._settings, self.batches.put, self._clock)
        self.link.start()

    def close(self) -> None:
        """Disconnect and wait for the thread."""
        self.link.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def pump(self, seconds: float) -> None:
        """Apply what comes within ``seconds``."""
        end_s = time.monotonic() + seconds
        while (left_s := end_s - time.monotonic()) > 0:
            try:
                self.world.apply(self.batches.get(timeout=left_s))
            except queue.Empty:
                break
        self.world.tick()

    def until(
        self, predicate: Callable[[], object], *, timeout_s: float = 10.0, what: str = "it"
    ) -> float:
        """Apply what comes until ``predicate()`` holds; return the seconds that took.

        Raises:
            AssertionError: it does not hold in time.
        """
        start_s = time.monotonic()
        while not predicate():
            if time.monotonic() - start_s > timeout_s:
                raise AssertionError(f"waited {timeout_s} s for {what}: {self.world.liveness}")
            self.pump(0.01)
        return time.monotonic() - start_s

    def sign_in(
        self, user: str, password: str, seat: str = "supervisor", *, timeout_s: float = 15.0
    ) -> LinkSession:
        """Sign in as soon as the bridge is there, and wait for the whole picture."""
        end_s = time.monotonic() + timeout_s
        while True:
            signing = self.link.sign_in(user, password, seat)
            while not signing.done():
                self.pump(0.005)
            if signing.exception() is None:
                self.until(self.following, what="the whole picture")
                return signing.result()
            if time.monotonic() > end_s:
                return signing.result()
            self.pump(0.05)

    def following(self) -> bool:
        """Return whether the whole picture is here and live."""
        return bool(self.world.points.state) and self.world.liveness.live

    def ask(self, request: Request, timeout_s: float = 10.0) -> Result:
        """Ask the bridge and go on applying until the answer is here.

        Raises:
            RequestError: what the bridge or the link says.
        """
        asking = self.link.ask(request)
        end_s = time.monotonic() + timeout_s
        while not asking.done() and time.monotonic() < end_s:
            self.pump(0.002)
        return asking.result(0)
