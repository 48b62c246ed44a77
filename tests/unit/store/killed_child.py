"""Append under load until killed; say every acknowledged entry on standard output.

Run as ``python -m tests.unit.store.killed_child DIRECTORY ROUND``. A line is ``seq key``; it is
written only after ``append`` returned, by one ``write`` so that a kill cannot tear it.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import structlog

from backend_bridge.contract.times import SystemClock
from backend_bridge.store import Store, StoreSettings
from tests.unit.store.makers import alarm_draft, incident_draft

_CALLERS = 40


async def main(directory: Path, turn: str) -> None:
    """Never return: the parent kills this process."""
    async with Store.open(StoreSettings(directory=directory), SystemClock()) as store:

        async def caller(name: int) -> None:
            for count in range(1_000_000):
                key = f"{turn}/{name}/{count}"
                number = name + 1
                entries = await store.journal.append(
                    [
                        alarm_draft(number, key=f"{key}a", value=key),
                        incident_draft(number, key=f"{key}i", text=key, place=key),
                    ]
                )
                said = "".join(f"{entry.seq} {key}\n" for entry in entries)
                os.write(sys.stdout.fileno(), said.encode("ascii"))

        async with asyncio.TaskGroup() as group:
            for name in range(_CALLERS):
                group.create_task(caller(name))


if __name__ == "__main__":
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))
