"""Try whether the disk takes entries again, without leaving anything behind."""

from __future__ import annotations

import os

import sqlalchemy as sa
from sqlalchemy import Engine

from backend_bridge.store.tables import meta

_KEY = "probe"
_ROOM_BYTES = 64 * 1024
"""As large as the largest request: room for less would refuse the next entry again."""


def probe_room(engine: Engine) -> None:
    """Commit a row as large as a large entry, then remove it.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: the database still refuses.
    """
    with engine.begin() as connection:
        connection.execute(sa.delete(meta).where(meta.c.key == _KEY))
        # of noise: a server makes nothing out of zeros, and would find room for that
        connection.execute(sa.insert(meta).values(key=_KEY, value=os.urandom(_ROOM_BYTES)))
    with engine.begin() as connection:
        connection.execute(sa.delete(meta).where(meta.c.key == _KEY))
