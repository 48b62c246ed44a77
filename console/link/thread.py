"""The link's own thread: calls in that never block, batches out."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from collections.abc import Callable, Coroutine, Mapping
from concurrent.futures import Future
from typing import Any, TypeVar

from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.requests import Request
from backend_bridge.contract.results import Result
from backend_bridge.contract.times import Clock, SystemClock
from console.link.batch import LinkBatch, LinkSession
from console.link.client import LinkClient
from console.link.settings import LinkSettings

T = TypeVar("T")

_log = logging.getLogger(__name__)

STOP_S = 5.0


class LinkThread:
    """Run the wire client in a thread of its own.

    Every method may be called from any thread and returns at once, :meth:`start` and :meth:`stop`
    excepted, which wait for the thread.

    Args:
        settings: where the bridge is and which keys to use.
        deliver: called on the link's thread, at most twenty times a second, and not again before
            the batch it got was ``taken()``. It must not block.
        clock: its steady time must be the one the state is judged by.
    """

    def __init__(
        self,
        settings: LinkSettings,
        deliver: Callable[[LinkBatch], None],
        clock: Clock | None = None,
    ) -> None:
        self._settings = settings
        self._deliver = deliver
        self._clock = clock or SystemClock()
        self._thread: threading.Thread | None = None
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._client: LinkClient | None = None
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Start connecting; batches come from now on.

        Raises:
            RuntimeError: it was started before.
        """
        if self._thread is not None:
            raise RuntimeError("a link thread starts once; make another")
        self._thread = threading.Thread(target=self._run, name="beffroi-link", daemon=True)
        self._thread.start()
        self._ready.wait()

    def stop(self) -> None:
        """Disconnect, forget credentials and wait for the thread; a second call does nothing."""
        thread, loop, task = self._thread, self._loop, self._task
        if thread is None or not thread.is_alive():
            return
        if loop is not None and task is not None:
            with contextlib.suppress(RuntimeError):  # the loop closed by itself meanwhile
                loop.call_soon_threadsafe(task.cancel)
        thread.join(STOP_S)
        if thread.is_alive():
            _log.error("the link's thread did not end within %s s", STOP_S)

    def sign_in(
        self, user: str, password: str, seat: str, new_password: str = ""
    ) -> Future[LinkSession]:
        """Sign a person in; a ``new_password`` replaces the password at the same time.

        The future fails with :class:`RequestError`: ``refused`` by the bridge, ``unavailable``
        without a bridge, ``timed_out``. The password stays in memory while the session lasts, for
        signing in again after a reconnection, and nowhere else.
        """
        return self._submit(lambda client: client.sign_in(user, password, seat, new_password))

    def hand_over(
        self, user: str, password: str, incidents: tuple[str, ...], shown: Mapping[str, int]
    ) -> Future[LinkSession]:
        """Let another person relieve who is signed in; see :meth:`LinkClient.hand_over`."""
        return self._submit(lambda client: client.hand_over(user, password, incidents, shown))

    def sign_out(self) -> Future[None]:
        """End the session here at once and tell the bridge."""
        return self._submit(lambda client: client.sign_out())

    def ask(self, request: Request) -> Future[Result]:
        """Send one request; never queued for later, never sent twice.

        The future fails with :class:`RequestError`: what the bridge says, ``unavailable`` when
        there is no session to ask over or it broke, ``timed_out`` when no answer came. For
        ``ExecuteCommand``, ``timed_out`` means that its fate is unknown.
        """
        return self._submit(lambda client: client.ask(request))

    def _submit(self, make: Callable[[LinkClient], Coroutine[Any, Any, T]]) -> Future[T]:
        loop, client = self._loop, self._client
        if loop is not None and client is not None and not loop.is_closed():
            work = make(client)
            try:
                return asyncio.run_coroutine_threadsafe(work, loop)
            except RuntimeError:
                work.close()  # the thread ended meanwhile
        failed: Future[T] = Future()
        failed.set_exception(RequestError(ErrorCode.UNAVAILABLE, "error.link.down"))
        return failed

    def _run(self) -> None:
        try:
            with asyncio.Runner() as runner:
                runner.run(self._main())
        except asyncio.CancelledError:
            pass  # stopped
        finally:
            self._ready.set()

    async def _main(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._task = asyncio.current_task()
        self._client = LinkClient(self._settings, self._deliver, self._clock)
        self._ready.set()
        try:
            await self._client.run()
        finally:
            self._client = None
