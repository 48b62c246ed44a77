"""A bridge for the wire bench: the real server on a table that a generator fills.

Reads one JSON command a line, answers with one JSON line: ``load``, ``digest``, ``rss``, ``stop``.
The consoles' keys are given as arguments; everybody may sign in.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import sys
import time
from pathlib import Path
from typing import Any

import psutil
import structlog

from backend_bridge.contract.points import Catalogue, Equipment, EquipmentKind, PointDef, ValueType
from backend_bridge.contract.quality import Quality
from backend_bridge.contract.requests import GetCatalogue, GetDiagnostics, GetSituation
from backend_bridge.contract.results import CatalogueResult, SituationResult
from backend_bridge.contract.results import DiagnosticsResult as Diagnostics
from backend_bridge.contract.times import SystemClock
from backend_bridge.core.bus import Bus
from backend_bridge.core.points import PointTable
from backend_bridge.core.requests import Caller
from backend_bridge.security.enrolments import Enrolments
from backend_bridge.security.sessions import Attempt, Session
from backend_bridge.server.settings import WireSettings
from backend_bridge.server.wire import WireServer
from tests.fakes.memory_journal import MemoryJournal

POINTS = 40_000
SOURCES = 450
BATCH = 1_000

KIND = EquipmentKind(
    key="lamp",
    trade="lighting",
    points=(PointDef(key="level", value_type=ValueType.INT, unit="%", allowed_age_s=3600),),
    main_point="level",
)


def catalogue() -> Catalogue:
    """Return 40,000 lamps of one point each."""
    return Catalogue(
        revision="bench",
        title="bench",
        demonstration=True,
        points_total=POINTS,
        kinds=(KIND,),
        equipment=tuple(
            Equipment(
                id=f"L-{index:05d}",
                kind="lamp",
                name=f"L-{index:05d}",
                lon=5.0 + index / 1e6,
                lat=47.3,
                first_point=index,
            )
            for index in range(POINTS)
        ),
    )


def digest(rows: list[tuple[int, object, int]]) -> str:
    """Return a digest of (index, value, quality) rows, the same on both ends when all are equal."""
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


class _Everybody:
    async def sign_in(self, attempt: Attempt) -> Session:
        caller = Caller(
            user=attempt.user,
            seat=attempt.seat,
            console=attempt.console,
            session=attempt.console,
            rights=frozenset({"view:*"}),
        )
        return Session(caller=caller, display_name=attempt.user, stamp=b"")

    async def verify(self, _user: str, _password: str, _console: str) -> None:
        return

    async def revoked(self, _session: Session) -> str:
        return ""


class Bench:
    """Hold the server and its table, and answer the bench's commands."""

    def __init__(self, keys: Path) -> None:
        clock = SystemClock()
        self.table = PointTable([3600.0] * POINTS, clock)
        per_source = POINTS // SOURCES + 1
        for source in range(SOURCES):
            first = source * per_source
            self.table.add_source(f"s{source}", range(first, min(first + per_source, POINTS)))
        self.turn = 0
        self.keys = keys
        self.known = catalogue()
        self.serving: asyncio.Task[None] | None = None
        self.server = self.make_server("tcp://127.0.0.1:0")

    def make_server(self, address: str) -> WireServer:
        """Return a server on the table, with an epoch of its own."""
        known = self.known

        async def get_catalogue(_: Caller, __: GetCatalogue) -> CatalogueResult:
            return CatalogueResult(catalogue=known)

        async def get_situation(_: Caller, __: GetSituation) -> SituationResult:
            return SituationResult(seq=0, alarms=(), incidents=(), service=())

        async def get_diagnostics(_: Caller, __: GetDiagnostics) -> Diagnostics:
            return Diagnostics(link="bench", counters={}, frames=())

        return WireServer(
            WireSettings(key_directory=self.keys, address=address),
            table=self.table,
            catalogue=known,
            journal=MemoryJournal(),
            bus=Bus(),
            handlers={
                GetCatalogue: get_catalogue,
                GetSituation: get_situation,
                GetDiagnostics: get_diagnostics,
            },
            authenticator=_Everybody(),
            enrolments=Enrolments(self.keys / "enrolled"),
            clock=SystemClock(),
        )

    async def restart(self, group: asyncio.TaskGroup) -> dict[str, str]:
        """Serve the same table again as another bridge epoch, on the same address."""
        assert self.serving is not None
        address = self.server.address
        self.serving.cancel()
        await asyncio.wait([self.serving])
        self.server = self.make_server(address)
        self.server.open()
        self.serving = group.create_task(self.server.run())
        return {"wire": self.server.address}

    def change(self) -> None:
        """Change ``BATCH`` points, a different thousand each time, as one poll answer would."""
        first = self.turn * BATCH % POINTS
        value = self.turn % 101
        self.table.apply(
            self.turn % SOURCES,
            [(index, value, Quality.GOOD) for index in range(first, first + BATCH)],
        )
        self.turn += 1

    async def load(self, rate: float, seconds: float) -> dict[str, float]:
        """Change points at ``rate`` a second (0: as fast as it goes) for ``seconds``."""
        start = time.perf_counter()
        done = 0
        worst_lag_s = 0.0
        while (now := time.perf_counter()) - start < seconds:
            due = (now - start) * rate if rate else done + BATCH
            while done < due:
                self.change()
                done += BATCH
                await asyncio.sleep(0)
            before = time.perf_counter()
            await asyncio.sleep(0.005 if rate else 0)
            worst_lag_s = max(worst_lag_s, time.perf_counter() - before - 0.005)
        elapsed = time.perf_counter() - start
        return {"rate": done / elapsed, "worst_lag_ms": worst_lag_s * 1000}

    def digest(self) -> str:
        """Return the digest of the whole table."""
        states = [self.table.state(index) for index in range(POINTS)]
        return digest([(state.index, state.value, int(state.quality)) for state in states])

    async def answer(self, command: dict[str, Any]) -> dict[str, Any]:
        """Do one command."""
        match command["do"]:
            case "load":
                return await self.load(command["rate"], command["seconds"])
            case "digest":
                return {"digest": self.digest(), "head": self.table.head}
            case "rss":
                return {"rss_mb": psutil.Process().memory_info().rss / 1e6}
            case other:
                return {"error": f"unknown command {other}"}


async def main(keys: Path) -> None:
    """Serve until standard input ends."""
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    bench = Bench(keys)
    bench.server.open()
    for _ in range(POINTS // BATCH):
        bench.change()
    async with asyncio.TaskGroup() as group:
        bench.serving = group.create_task(bench.server.run())
        print(json.dumps({"wire": bench.server.address}), flush=True)
        while line := await asyncio.to_thread(sys.stdin.readline):
            command = json.loads(line)
            if command["do"] == "restart":
                answer: dict[str, Any] = await bench.restart(group)
            else:
                answer = await bench.answer(command)
            print(json.dumps(answer), flush=True)
        bench.serving.cancel()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
