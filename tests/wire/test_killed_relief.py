"""A hand-over is one commit: a bridge killed in the middle did all of it or nothing."""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path

import pytest

from backend_bridge.contract.journal import HandOverEvent, IncidentEvent, SessionEvent
from backend_bridge.contract.times import SystemClock
from backend_bridge.store import Store, StoreSettings
from backend_bridge.store.audit import check_chain, open_journal

_ROOT = Path(__file__).parents[2]


def _chain_holds(settings: StoreSettings) -> bool:
    with open_journal(settings) as connection:
        return check_chain(connection).breaks == ()


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_killed_hand_over_is_whole_or_not_there(tmp_path: Path, moment: str) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.wire.killed_relief", str(tmp_path), moment),
        cwd=_ROOT,
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await process.communicate()
    assert process.returncode == -signal.SIGKILL, said.decode()
    settings = StoreSettings(directory=tmp_path / "data")
    async with Store.open(settings, SystemClock()) as store:
        situation = await store.journal.situation()
        entries = await store.journal.entries(0, 1000)
    assert await asyncio.to_thread(_chain_holds, settings)
    done = moment == "after"
    assert {item.owner for item in situation.incidents} == {"denis" if done else "claire"}
    events = [entry.event for entry in entries]
    moved = [e for e in events if isinstance(e, IncidentEvent) and e.change == "handed_over"]
    relief = [e for e in events if isinstance(e, HandOverEvent)]
    sessions = [e.change.value for e in events if isinstance(e, SessionEvent)]
    assert (len(moved), len(relief)) == ((3, 1) if done else (0, 0))
    assert sessions == ["signed_in"] + (["handed_over", "signed_in"] if done else [])
