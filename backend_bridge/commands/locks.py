"""One command at a time on a point."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class PointLocks:
    """Hold points one at a time, first come first served; free points take no memory."""

    def __init__(self) -> None:
        self._locks: dict[tuple[str, str], tuple[asyncio.Lock, int]] = {}

    def __len__(self) -> int:
        return len(self._locks)

    @asynccontextmanager
    async def alone(self, equipment_id: str, point_key: str) -> AsyncIterator[None]:
        """Wait for a point and hold it inside the ``async with``."""
        place = (equipment_id, point_key)
        lock, users = self._locks.get(place, (asyncio.Lock(), 0))
        self._locks[place] = (lock, users + 1)
        try:
            async with lock:
                yield
        finally:
            users = self._locks[place][1] - 1
            if users:
                self._locks[place] = (lock, users)
            else:
                del self._locks[place]
