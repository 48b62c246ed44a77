"""Bring a store up to date and be cut off in the middle, as by a power cut.

Run as ``python -m tests.unit.store.cut_child DIRECTORY URL STATEMENT``: killed at that statement
of the migration; ends with 0 when there are fewer. URL is empty for a file.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

from sqlalchemy import Engine, event

from backend_bridge.contract.times import SystemClock
from backend_bridge.store import Store, StoreSettings
from backend_bridge.store import schema as schemas
from backend_bridge.store.schema import Schema


def _cut_at(statement: int) -> None:
    left = statement
    make = schemas.make_schema

    def counted(engine: Engine, schema: Schema, revision: str) -> None:
        if revision == "head":

            @event.listens_for(engine, "before_cursor_execute")
            def _count(*_: object) -> None:
                nonlocal left
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        make(engine, schema, revision)

    schemas.make_schema = counted


async def main(directory: Path, url: str, statement: int) -> None:
    """Open the store as a bridge does."""
    _cut_at(statement)
    async with Store.open(StoreSettings(directory=directory, url=url), SystemClock()):
        pass


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
