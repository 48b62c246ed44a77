"""The people who may sign in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection

from backend_bridge.core.storage import Draft, StorageError, User
from backend_bridge.store.dialects import BulkWrite
from backend_bridge.store.group import Group, write_group
from backend_bridge.store.reader import Reader
from backend_bridge.store.rows import prepare
from backend_bridge.store.tables import users
from backend_bridge.store.writer import Writer

_COLUMNS = ("name", "display_name", "password_hash", "roles", "enabled", "must_change")
_WRITE = BulkWrite(users, _COLUMNS, key="name")
_SELECT = sa.select(*(users.c[name] for name in _COLUMNS))
_roles = msgspec.msgpack.Decoder(tuple[str, ...])


class SqlUsers:
    """Implement :class:`backend_bridge.core.storage.UserStore`; always reads what is committed."""

    def __init__(self, writer: Writer, reader: Reader) -> None:
        self._writer = writer
        self._reader = reader

    async def user(self, name: str) -> User | None:
        """Return one user; names are compared exactly.

        Raises:
            StorageError: the database does not answer.
        """

        def read(connection: Connection) -> User | None:
            row = connection.execute(_SELECT.where(users.c.name == name)).one_or_none()
            return None if row is None else _load(row)

        return await self._reader.run(read)

    async def users(self) -> list[User]:
        """Return all users by name.

        Raises:
            StorageError: the database does not answer.
        """
        query = _SELECT.order_by(users.c.name)
        return await self._reader.run(
            lambda connection: [_load(row) for row in connection.execute(query)]
        )

    async def put_user(self, user: User, note: Draft | None = None) -> None:
        """Add or replace a user, durably; ``note`` joins the journal in the same transaction.

        Raises:
            StorageFullError: no room; nothing was changed.
            StorageError: anything else; nothing was changed.
        """
        said = Group([[prepare(note)]] if note is not None else [])

        def write(connection: Connection) -> None:
            if note is not None:
                write_group(connection, said, self._writer.key)
                self._writer.check_sealed(said)
            roles = msgspec.msgpack.encode(user.roles)
            _WRITE.run(
                connection,
                [
                    (
                        user.name,
                        user.display_name,
                        user.password_hash,
                        roles,
                        user.enabled,
                        user.must_change,
                    )
                ],
            )

        await self._writer.run(write)
        for entries in said.results:
            self._writer.saw(entries[-1].seq)


def _load(row: Sequence[Any]) -> User:
    name, display_name, password_hash, roles, enabled, must_change = row
    try:
        return User(
            name=name,
            display_name=display_name,
            password_hash=password_hash,
            roles=_roles.decode(roles),
            enabled=enabled,
            must_change=must_change,
        )
    except msgspec.MsgspecError as error:
        raise StorageError(f"the roles of user {name!r} are damaged: {error}") from error
