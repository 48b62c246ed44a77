from __future__ import annotations

import asyncio
import random
import subprocess
import sys
from pathlib import Path

import pytest

from backend_bridge.contract.journal import AlarmEvent, IncidentEvent, JournalEntry
from backend_bridge.store import Store, StoreSettings
from backend_bridge.store.audit import check_chain, open_journal
from tests.fakes.clock import ManualClock

_KILLS = 20
_ROOT = Path(__file__).parents[3]


async def _live_and_die(directory: Path, turn: int, lines: int) -> dict[int, str]:
    """Run a bridge's store under load, kill it after some acknowledgements, return them all."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.unit.store.killed_child", str(directory), str(turn),
        cwd=_ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert process.stdout is not None
    said = [await process.stdout.readline() for _ in range(lines)]
    process.kill()
    said += (await process.stdout.read()).splitlines(keepends=True)
    await process.wait()
    acknowledged = {}
    for line in said:
        if line.endswith(b"\n"):
            seq, key = line.decode("ascii").split()
            acknowledged[int(seq)] = key
    return acknowledged


def _chain_holds(settings: StoreSettings) -> bool:
    with open_journal(settings) as connection:
        return check_chain(connection).breaks == ()


def _key(entry: JournalEntry) -> str:
    if isinstance(entry.event, AlarmEvent):
        return entry.event.alarm.value
    assert isinstance(entry.event, IncidentEvent)
    return entry.event.text


@pytest.mark.slow
async def test_twenty_kills_under_load_lose_nothing_acknowledged(tmp_path: Path) -> None:
    randomness = random.Random(12)
    settings = StoreSettings(directory=tmp_path / "data")
    acknowledged: dict[int, str] = {}
    for turn in range(_KILLS):
        said = await _live_and_die(settings.directory, turn, randomness.randint(1, 400))
        assert said
        assert not said.keys() & acknowledged.keys(), "a sequence was given out twice"
        acknowledged |= said
    async with Store.open(settings, ManualClock()) as store:
        kept: list[JournalEntry] = []
        while page := await store.journal.entries(len(kept), 5000):
            kept += page
        situation = await store.journal.situation()
    assert [entry.seq for entry in kept] == list(range(1, len(kept) + 1))
    assert await asyncio.to_thread(_chain_holds, settings)
    assert {seq: _key(kept[seq - 1]) for seq in acknowledged} == acknowledged
    # both drafts of a call or neither, and each state is that of its last entry
    keys = [_key(entry) for entry in kept]
    assert keys[::2] == keys[1::2]
    last = {}
    for entry in kept:
        if isinstance(entry.event, IncidentEvent):
            last[entry.event.incident.id] = entry.event.incident
    assert {found.id: found for found in situation.incidents} == last
    assert situation.seq == len(kept)
