"""Work that goes on when whoever asked has gone, found by its key until it is over."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Generic, NamedTuple, TypeVar

import structlog

from backend_bridge.contract.errors import ErrorCode, RequestError

T = TypeVar("T")

_log = structlog.get_logger(__name__)


class Work(NamedTuple, Generic[T]):
    """Work under way: what makes two requests with one key the same, and what will come of it."""

    content: object
    outcome: asyncio.Future[T]


class Works(Generic[T]):
    """Own work by key. Everything runs on the bridge's loop, inside one task group.

    Attributes:
        tasks: where work runs; ``None`` while the bridge does not.
    """

    def __init__(self, name: str) -> None:
        self.tasks: asyncio.TaskGroup | None = None
        self._name = name
        self._running: dict[str, Work[T]] = {}

    def __len__(self) -> int:
        return len(self._running)

    def find(self, key: str, content: object) -> asyncio.Future[T] | None:
        """Return what comes of the work under way with this key, ``None`` for none.

        Raises:
            RequestError: ``conflict``: the key belongs to something else.
        """
        running = self._running.get(key)
        if running is None:
            return None
        if running.content != content:
            raise RequestError(ErrorCode.CONFLICT, "error.command.key_used")
        return running.outcome

    def running(self, key: str) -> asyncio.Future[T] | None:
        """Return what comes of the work under way with this key, whoever asked for it."""
        running = self._running.get(key)
        return running.outcome if running is not None else None

    def begin(
        self, key: str, content: object, work: Callable[[], Coroutine[Any, Any, T]]
    ) -> asyncio.Future[T]:
        """Start work in a task of its own.

        Raises:
            RequestError: ``unavailable`` while the bridge stops; ``conflict``: the key is in use.
        """
        if key in self._running:
            raise RequestError(ErrorCode.CONFLICT, "error.command.key_used")
        if self.tasks is None:
            raise RequestError(ErrorCode.UNAVAILABLE, "error.bridge.stopping")
        outcome: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._running[key] = Work(content, outcome)
        task = self.tasks.create_task(self._carry(key, work, outcome), name=f"{self._name} {key}")
        task.add_done_callback(lambda _: self._end(key, outcome))
        return outcome

    async def _carry(
        self, key: str, work: Callable[[], Awaitable[T]], outcome: asyncio.Future[T]
    ) -> None:
        try:
            outcome.set_result(await work())
        except RequestError as error:
            outcome.set_exception(error)
        except Exception as error:  # noqa: BLE001 - one work's defect must not end the others
            _log.exception("command_failed", key=key)
            outcome.set_exception(error)

    def _end(self, key: str, outcome: asyncio.Future[T]) -> None:
        del self._running[key]
        if not outcome.done():  # the bridge is stopping
            outcome.set_exception(RequestError(ErrorCode.TIMED_OUT, "error.command.stopping"))
        outcome.exception()  # seen, even when whoever asked has gone
