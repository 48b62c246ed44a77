"""Users in memory, changed by tests as another process would change the store."""

from __future__ import annotations

import asyncio

from backend_bridge.core.storage import Draft, StorageError, User


class MemoryUsers:
    """Implement ``UserStore`` in memory; ``broken`` makes every call raise ``StorageError``.

    ``notes`` is what would have joined the journal.
    """

    def __init__(self, *users: User) -> None:
        self.broken = False
        self.notes: list[Draft] = []
        self.by_name = {user.name: user for user in users}

    async def user(self, name: str) -> User | None:
        await self._check()
        return self.by_name.get(name)

    async def users(self) -> list[User]:
        await self._check()
        return [self.by_name[name] for name in sorted(self.by_name)]

    async def put_user(self, user: User, note: Draft | None = None) -> None:
        await self._check()
        if note is not None:
            self.notes.append(note)
        self.by_name[user.name] = user

    async def _check(self) -> None:
        await asyncio.sleep(0)
        if self.broken:
            raise StorageError("the fake device does not answer")
