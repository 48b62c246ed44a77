"""Relieve somebody over the wire and die, ``before`` the commit or right ``after`` it.

Run as ``python -m tests.wire.killed_relief DIRECTORY MOMENT``: a bridge's wire, incidents and store
in one process, which kills itself with SIGKILL.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import Any
from unittest import mock

import structlog

from backend_bridge.contract.journal import HandOverEvent, JournalEntry
from backend_bridge.contract.times import SystemClock
from backend_bridge.contract.wire import HandOver
from backend_bridge.core.storage import Draft
from backend_bridge.services.incidents import IncidentService
from backend_bridge.store import Store, StoreSettings, writer
from backend_bridge.store.group import write_group
from tests.unit.services.kit import Room
from tests.unit.store.makers import incident_draft
from tests.wire.rig import PASSWORD, Rig

INCIDENTS = ("INC-1", "INC-2", "INC-3")


def owned_by_claire() -> list[Draft]:
    """Return three open incidents of claire's."""
    return [incident_draft(number, owner="claire") for number in (1, 2, 3)]


def _die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _die_before_the_commit() -> None:
    def wrapped(connection: Any, group: Any, seal_key: Any) -> None:
        write_group(connection, group, seal_key)
        events = [item.draft.event for drafts in group.calls for item in drafts]
        if any(isinstance(event, HandOverEvent) for event in events):
            _die()

    mock.patch.object(writer, "write_group", wrapped).start()


async def main(directory: Path, moment: str) -> None:
    """Never return."""
    if moment == "before":
        _die_before_the_commit()
    async with Store.open(StoreSettings(directory=directory / "data"), SystemClock()) as store:
        await store.journal.append(owned_by_claire())
        room = Room()
        made = Rig(directory, journal=store.journal)
        service = IncidentService(
            kinds=room.kinds,
            opens=room.opens,
            facts=room.facts,
            journal=store.journal,
            bus=made.bus,
            clock=SystemClock(),
            situation=await store.journal.situation(),
        )
        made.server._seats._relieve = service.relieve

        def heard(entry: JournalEntry) -> None:
            if moment == "after" and isinstance(entry.event, HandOverEvent):
                _die()

        made.bus.subscribe(heard)
        made.server.open()
        made.task(made.server.run())
        made.task(service.run())
        console = await made.seated("claire")
        await made.add_user("denis", "manager")
        message = HandOver(
            **console.head(), user="denis", password=PASSWORD, incidents=INCIDENTS, shown={"all": 3}
        )
        await console.exchange(message, 30.0)
        raise AssertionError("the hand-over was answered")


if __name__ == "__main__":
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))
