"""Durable journal entries per second from asyncio, beside bare sqlite3 in batches as large.

Both commit the entry and the state it carries with ``synchronous=FULL`` in WAL mode, in ``out/`` on
the same disk. Ours answers each caller only after the commit its entry is in.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path

from backend_bridge.contract.alarms import Alarm, AlarmChange, Severity
from backend_bridge.contract.journal import AlarmEvent
from backend_bridge.contract.times import SystemClock
from backend_bridge.core.storage import Draft
from backend_bridge.store import Store, StoreSettings
from tests.bench.baselines import store_sqlite3
from tests.bench.rows import Row, make_row

_T0_MS = 1_700_000_000_000
_ALARMS = 5_000


def rows(quick: bool) -> list[Row]:
    """Return one row a number of callers waiting at once; about 15 s, 2 s when ``quick``."""
    repeats = 2 if quick else 5
    out = Path("out")
    out.mkdir(exist_ok=True)
    found = []
    for callers, entries in ((100, 20_000), (1_000, 40_000), (1, 2_000)):
        count = entries // 10 if quick else entries
        ours, bare = [], []
        with tempfile.TemporaryDirectory(dir=out) as folder:
            directory = Path(folder)
            for turn in range(repeats):
                # in turns, so that a slow moment of the machine meets both
                bare.append(store_sqlite3.entries_per_s(directory, count, batch=callers))
                ours.append(asyncio.run(_entries_per_s(directory / str(turn), count, callers)))
        found.append(
            make_row(
                bench="store",
                name=f"durable entries, {callers} waiting callers",
                unit="entries/s",
                values=ours,
                baseline=f"sqlite3, batches of {callers}",
                baseline_values=bare,
                limit=0.2,
                limit_is="min",
                of="ratio",
            )
        )
    return found


async def _entries_per_s(directory: Path, entries: int, callers: int) -> float:
    async with Store.open(StoreSettings(directory=directory), SystemClock()) as store:
        numbers = iter(range(entries))

        async def caller() -> None:
            for number in numbers:
                await store.journal.append([_draft(number)])

        start = time.perf_counter()
        async with asyncio.TaskGroup() as group:
            for _ in range(callers):
                group.create_task(caller())
        took_s = time.perf_counter() - start
        if store.journal.head != entries:
            raise RuntimeError(f"{entries} entries wanted, {store.journal.head} in the journal")
    return entries / took_s


def _draft(number: int) -> Draft:
    alarm = Alarm(
        id=f"AL-{number % _ALARMS}",
        rule="lighting.lamp_fault",
        severity=Severity.MEDIUM,
        equipment_id=f"EP-0312-D1-{number % 76:02}",
        equipment_kind="lamp",
        raised_ms=_T0_MS + number,
        point_key="fault",
        value="1",
    )
    event = AlarmEvent(change=AlarmChange.RAISED, alarm=alarm)
    return Draft(user="bridge", seat="", at_ms=_T0_MS + number, event=event)
