"""The bridge's side of the alarm bench: real table, services and store, 100,000 points.

``python -m tests.bench._alarm_bridge DIRECTORY``; one JSON command a line: ``steady`` (so many
alarms a second), ``flat`` (as many as go) and ``plain`` (the baseline, the same rows).
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psutil
import structlog

from backend_bridge.contract.alarms import AlarmChange, Severity
from backend_bridge.contract.journal import AlarmEvent, JournalEntry
from backend_bridge.contract.points import Catalogue
from backend_bridge.contract.quality import Quality
from backend_bridge.contract.times import SystemClock
from backend_bridge.core.bus import Bus
from backend_bridge.core.points import PointTable
from backend_bridge.services.alarms import AlarmFiles, AlarmService, Rule
from backend_bridge.services.facts import Facts
from backend_bridge.services.incidents import IncidentService
from backend_bridge.store import Store, StoreSettings
from tests.bench._talking import obey
from tests.bench.baselines.alarm_sqlite3 import PlainAlarms
from tests.unit.services.kit import make_catalogue

RULES = (
    Rule(key="lamp_failed", severity=Severity.LOW, kind="lamp", point="fault", is_=True),
    Rule(key="lamp_dim", severity=Severity.LOW, kind="lamp", point="level", below=5.0),
    Rule(key="overvoltage", severity=Severity.HIGH, kind="cabinet", point="voltage_v", above=253.0),
)
EACH_S = 0.02
"""Changes come as polls bring them: fifty times a second."""


class Bench:
    """A bridge without its sockets, and how long each alarm took to reach the consoles' door."""

    def __init__(self, catalogue: Catalogue, store: Store) -> None:
        self.catalogue = catalogue
        self.clock = SystemClock()
        self.table = PointTable([3600.0] * catalogue.points_total, self.clock)
        self.source = self.table.add_source("field", ())
        self.facts = Facts(catalogue)
        self.bus = Bus()
        self.bus.subscribe(self._on_entry)
        self.store = store
        self.lamps = [item.id for item in catalogue.equipment if item.kind == "lamp"]
        self.asked_s: dict[str, float] = {}
        self.took_ms: list[float] = []
        self.raised: set[str] = set()
        self.wanted: int | None = None
        self.all_raised = asyncio.Event()

    def check(self) -> None:
        """Notice that all that was asked for has been told."""
        if self.wanted is not None and len(self.raised) >= self.wanted:
            self.all_raised.set()

    async def begin(self) -> tuple[AlarmService, IncidentService]:
        """Return the services, made from what the store holds."""
        situation = await self.store.journal.situation()
        alarms = AlarmService(
            files=AlarmFiles(RULES),
            facts=self.facts,
            table=self.table,
            journal=self.store.journal,
            bus=self.bus,
            clock=self.clock,
            situation=situation,
        )
        incidents = IncidentService(
            kinds={},
            opens={},
            facts=self.facts,
            journal=self.store.journal,
            bus=self.bus,
            clock=self.clock,
            situation=situation,
        )
        return alarms, incidents

    def _on_entry(self, entry: JournalEntry) -> None:
        event = entry.event
        if isinstance(event, AlarmEvent) and event.change is AlarmChange.RAISED:
            self.raised.add(event.alarm.equipment_id)
            self.check()
            asked_s = self.asked_s.get(event.alarm.equipment_id)
            if asked_s is not None:
                self.took_ms.append((time.perf_counter() - asked_s) * 1000)

    def fail(self, lamps: Sequence[str]) -> None:
        """Let these lamps report a fault now."""
        now_s = time.perf_counter()
        self.asked_s.update(dict.fromkeys(lamps, now_s))
        indexes = [self.facts.index(lamp, "fault") for lamp in lamps]
        self.table.apply(self.source, [(i, True, Quality.GOOD) for i in indexes if i is not None])


async def _run(directory: Path, rate: float, seconds: float) -> dict[str, Any]:
    """Raise ``rate`` alarms a second; 0 for all of ``seconds`` × 500 at once."""
    catalogue = make_catalogue(cabinets=100, feeders=6, lamps=83)
    settings = StoreSettings(directory=directory)
    count = round((rate or 500) * seconds)
    async with Store.open(settings, SystemClock()) as store:
        bench = Bench(catalogue, store)
        alarms, incidents = await bench.begin()
        tasks = [asyncio.create_task(each.run()) for each in (alarms, incidents)]
        process = psutil.Process()
        before_mb = process.memory_info().rss / 1e6
        cpu_s, start_s, done = time.process_time(), time.perf_counter(), 0
        late_ms = []
        while done < count:
            due = count if not rate else min(count, int((time.perf_counter() - start_s) * rate) + 1)
            bench.fail(bench.lamps[done:due])
            done = due
            asleep_s = time.perf_counter()
            await asyncio.sleep(EACH_S)
            late_ms.append((time.perf_counter() - asleep_s - EACH_S) * 1000)
        bench.wanted = count
        bench.check()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(bench.all_raised.wait(), seconds + 120)
        took_s, cpu_s = time.perf_counter() - start_s, time.process_time() - cpu_s
        after_mb = process.memory_info().rss / 1e6
        for task in tasks:
            task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(*tasks)
        kept = {alarm.equipment_id for alarm in (await store.journal.situation()).alarms}
        listed = {alarm.equipment_id for alarm in alarms.listed()}
    wanted = set(bench.lamps[:count])
    return {
        "points": catalogue.points_total,
        "count": count,
        "lost": len(wanted - bench.raised) + len(wanted - kept) + len(wanted - listed),
        "took_ms": bench.took_ms,
        "late_ms": late_ms,
        "per_s": count / took_s,
        "cpu_us": cpu_s / count * 1e6,
        "memory_mb": after_mb - before_mb,
    }


def _plain(directory: Path, rate: float, seconds: float) -> dict[str, Any]:
    lamps = [item.id for item in make_catalogue(100, 6, 83).equipment if item.kind == "lamp"]
    count = round((rate or 500) * seconds)
    plain = PlainAlarms(directory)
    start_s, cpu_s = time.perf_counter(), time.process_time()
    batch = max(1, round((rate or 50_000) * EACH_S))
    took_ms = []
    for at in range(0, count, batch):
        part = lamps[at : min(count, at + batch)]
        took_ms += [plain.raise_all(part)] * len(part)
        if rate:
            time.sleep(max(0.0, start_s + (at + batch) / rate - time.perf_counter()))
    took_s, cpu_s = time.perf_counter() - start_s, time.process_time() - cpu_s
    plain.close()
    return {"took_ms": took_ms, "per_s": count / took_s, "cpu_us": cpu_s / count * 1e6}


def main(directory: Path) -> None:
    """Obey; each run has a folder of its own."""
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    runs = iter(range(10**6))
    obey(
        {
            "ours": lambda rate, seconds: asyncio.run(
                _run(directory / f"ours-{next(runs)}", rate, seconds)
            ),
            "plain": lambda rate, seconds: _plain(directory / f"plain-{next(runs)}", rate, seconds),
        }
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
