"""A bridge for the poll bench: the real supervisor, drivers and point table on many cabinets.

``python -m tests.bench._poll_bridge PORT[,PORT …] CABINETS PERIOD_S TERRITORY CONNECTS_PER_S``;
answers ``up``, ``poll``, ``lost``, ``back`` and ``busiest``. The links are those the territory's
own profile makes; each port is a network of its own that takes so many connections a second.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import psutil
import structlog

from backend_bridge.contract.quality import Quality
from backend_bridge.contract.times import SystemClock
from backend_bridge.core.driver import LinkConfig
from backend_bridge.core.points import PointTable
from backend_bridge.core.supervisor import Supervisor
from backend_bridge.drivers.registry import Registry
from backend_bridge.territory import Territory, load
from backend_bridge.territory.records import Uplink

ALLOWED_AGE_S = 10.0
TAKE_S = 0.05
TAKEN_AT_ONCE = 4_000
LOOK_S = 0.1


class CountingLoop(asyncio.SelectorEventLoop):
    """Remember when a connection was attempted, by port."""

    def __init__(self) -> None:
        super().__init__()
        self.attempts: dict[int, list[float]] = {}

    async def create_connection(self, *args: Any, **options: Any) -> Any:
        """Note the moment and do as asked."""
        self.attempts.setdefault(args[2], []).append(self.time())
        return await super().create_connection(*args, **options)


class Bench:
    """Poll; a console's share of the work is done by taking every change, twenty times a second."""

    def __init__(
        self,
        ports: list[int],
        cabinets: int,
        period_s: float,
        territory: Territory,
        connects_per_s: float,
    ) -> None:
        links = list(_links(territory, ports, cabinets, period_s))
        copies = cabinets // len(territory.links)
        total = territory.catalogue.points_total
        clock = SystemClock()
        self.table = PointTable([ALLOWED_AGE_S] * (total * copies), clock)
        self.period_s = period_s
        self.flat_out = False
        self.taken = 0
        self.worst_lag_s = 0.0

        def point_index(equipment_id: str, point_key: str) -> int:
            copy, _, own = equipment_id.partition("/")
            return int(copy) * total + territory.point_index(own, point_key)

        self.supervisor = Supervisor(
            links,
            Registry(()).make_driver,
            self.table,
            point_index=point_index,
            clock=clock,
            on_link_state=lambda _state: None,
            networks=[Uplink(str(port), "", "", connects_per_s) for port in ports],
            network_of={link.id: str(link.settings["port"]) for link in links},
            sleep=self.sleep,
        )

    async def sleep(self, seconds: float) -> None:
        """Wait; flat out, nobody waits for the next poll (polls run ahead of their period)."""
        await asyncio.sleep(0 if self.flat_out and seconds > 0.3 else seconds)

    async def take(self) -> None:
        """Walk through the changes as the wire's server does, and see how late the loop is."""
        revision = self.table.head
        while True:
            before_s = time.perf_counter()
            await asyncio.sleep(TAKE_S)
            self.worst_lag_s = max(self.worst_lag_s, time.perf_counter() - before_s - TAKE_S)
            while revision < self.table.head:
                changes, _, revision = self.table.changes_since(revision, TAKEN_AT_ONCE)
                self.taken += len(changes)

    def polls(self) -> tuple[float, float]:
        """Return polls done and polls skipped since the start, all links in the same instant."""
        counters = [run.counters for run in self.supervisor._runs.values()]
        return sum(c["polls"] for c in counters), sum(c["polls_skipped"] for c in counters)

    async def up(self) -> dict[str, Any]:
        """Wait until every link is up."""
        start_s = time.perf_counter()
        while not all(state.up for state in self.supervisor.states.values()):
            await asyncio.sleep(0.1)
            if time.perf_counter() - start_s > 120:
                down = [s.reason for s in self.supervisor.states.values() if not s.up]
                raise RuntimeError(f"{len(down)} links are not up: {down[:3]}")
        return {"seconds": time.perf_counter() - start_s}

    def qualities(self) -> Counter[Quality]:
        """Count the points by quality, those nothing ever reads left out."""
        found = Counter(self.table.state(index).quality for index in range(len(self.table)))
        del found[Quality.UNKNOWN]
        return found

    async def lost(self) -> dict[str, float]:
        """Wait until no point is good any more; return how long that took."""
        return await self._wait(lambda found: not found[Quality.GOOD])

    async def back(self) -> dict[str, float]:
        """Wait until every point is good again; return how long that took."""
        return await self._wait(lambda found: found.keys() == {Quality.GOOD})

    async def busiest(self) -> dict[str, int]:
        """Return how many connections were attempted in any second through one port, at most."""
        loop = asyncio.get_running_loop()
        assert isinstance(loop, CountingLoop)
        most = 0
        for times in loop.attempts.values():
            first = 0
            for last, at_s in enumerate(times):
                while times[first] <= at_s - 1:
                    first += 1
                most = max(most, last - first + 1)
        return {"connections": most}

    async def _wait(self, done: Callable[[Counter[Quality]], bool]) -> dict[str, float]:
        start_s = time.perf_counter()
        self.worst_lag_s = 0.0
        while not done(self.qualities()):
            await asyncio.sleep(LOOK_S)
            if time.perf_counter() - start_s > 120:
                raise RuntimeError(f"after two minutes the points are {self.qualities()}")
        return {
            "seconds": time.perf_counter() - start_s,
            "worst_lag_ms": self.worst_lag_s * 1000,
        }

    async def poll(self, seconds: float, flat_out: bool = False) -> dict[str, float]:
        """Poll for a while; return rates, the share of a core, what is not good, and memory."""
        self.flat_out = flat_out
        if flat_out:
            await asyncio.sleep(self.period_s)  # until the last one that waits for its turn goes
        done, skipped = self.polls()
        start_s, cpu_s, taken, self.worst_lag_s = (
            time.perf_counter(),
            time.process_time(),
            self.taken,
            0,
        )
        await asyncio.sleep(seconds)
        took_s = time.perf_counter() - start_s
        cpu_s = time.process_time() - cpu_s
        done_now, skipped_now = self.polls()
        self.flat_out = False
        found = self.qualities()
        return {
            "polls_per_s": (done_now - done) / took_s,
            "skipped": skipped_now - skipped,
            "share": cpu_s / took_s,
            "changes_per_s": (self.taken - taken) / took_s,
            "worst_lag_ms": self.worst_lag_s * 1000,
            "not_good": found.total() - found[Quality.GOOD],
            "links_down": sum(not state.up for state in self.supervisor.states.values()),
            "rss_mb": psutil.Process().memory_info().rss / 1e6,
        }


def _links(
    territory: Territory, ports: list[int], cabinets: int, period_s: float
) -> Iterator[LinkConfig]:
    for number in range(cabinets):
        copy, place = divmod(number, len(territory.links))
        link = territory.links[place]
        yield msgspec.structs.replace(
            link,
            id=f"{copy}/{link.id}",
            poll_period_s=period_s,
            settings={
                **link.settings,
                "port": ports[number % len(ports)],
                "timeout_s": period_s / 2,
            },
            points=tuple(
                msgspec.structs.replace(point, equipment_id=f"{copy}/{point.equipment_id}")
                for point in link.points
            ),
        )


async def main(bench: Bench) -> None:
    """Obey standard input until it ends."""
    loop = asyncio.get_running_loop()
    async with asyncio.TaskGroup() as group:
        running = group.create_task(bench.supervisor.run())
        taking = group.create_task(bench.take())
        while line := await loop.run_in_executor(None, sys.stdin.readline):
            told = json.loads(line)
            done = await getattr(bench, told.pop("do"))(**told)
            print(json.dumps(done), flush=True)
        running.cancel()
        taking.cancel()


if __name__ == "__main__":
    structlog.configure(
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR),
    )
    with asyncio.Runner(loop_factory=CountingLoop) as runner:
        runner.run(
            main(
                Bench(
                    [int(port) for port in sys.argv[1].split(",")],
                    int(sys.argv[2]),
                    float(sys.argv[3]),
                    load(Path(sys.argv[4])),
                    float(sys.argv[5]),
                )
            )
        )
