"""Reading beside the writer: own connections, own threads, never the loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from backend_bridge.core.storage import StorageError
from backend_bridge.store import dialects
from backend_bridge.store.leaving import Cut, leave

_THREADS = 2

Result = TypeVar("Result")


class Reader:
    """Run reading jobs, each in one transaction that sees one state of the whole database."""

    def __init__(
        self, engine: Engine, directory: Path, *, name: str, cut: Cut | None = None
    ) -> None:
        self._engine = engine
        self._cut = cut
        self._directory = directory
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix=f"beffroi-{name}-reader")
        self._closed = False

    async def run(self, job: Callable[[Connection], Result]) -> Result:
        """Run ``job`` in a reading thread.

        Cancelling the caller leaves the job to end by itself.

        Raises:
            StorageError: the database does not answer, or a row is damaged.
        """
        if self._closed:
            raise StorageError("the store is closed")
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._read, job)

    async def close(self) -> None:
        """Let running jobs end, then release everything; may be called twice."""
        self._closed = True
        await leave(self._pool.shutdown, self._cut)
        await asyncio.to_thread(self._engine.dispose)

    def _read(self, job: Callable[[Connection], Result]) -> Result:
        try:
            with self._engine.begin() as connection:
                return job(connection)
        except SQLAlchemyError as error:
            original = dialects.storage_error(error, self._directory)
            raise StorageError(f"cannot read: {original}") from error
