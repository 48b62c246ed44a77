"""A console without a window for the wire bench: the real link and the real replica.

Reads one JSON command a line, answers with one JSON line: ``digest``, ``ask``, ``resync``, ``cpu``.
"""

from __future__ import annotations

import json
import queue
import sys
import threading
import time
from typing import Any

import psutil
import structlog

from backend_bridge.contract.quality import Quality
from backend_bridge.contract.requests import GetDiagnostics
from console.link.settings import LinkSettings
from tests.bench._bridge_process import digest
from tests.fakes.headless import HeadlessConsole

USER = ("bench", "bench-bench-bench")


class Console(HeadlessConsole):
    """Measure a link and its world."""

    def from_nothing_ms(self) -> float:
        """Forget everything, connect and sign in again; return the time to the whole picture."""
        self.close()
        start = time.perf_counter()
        self.open()
        self.sign_in(*USER)
        return (time.perf_counter() - start) * 1000

    def resync_ms(self) -> float:
        """Return the time from being signed in to a restarted bridge to its whole picture."""
        epoch = self.world.epoch
        start: float | None = None
        while start is None or not self.whole():
            batch = self.batches.get(timeout=20)
            if start is None and batch.status.epoch != epoch and batch.status.session:
                start = time.perf_counter()
            self.world.apply(batch)
        return (time.perf_counter() - start) * 1000

    def whole(self) -> bool:
        """Return whether no point is unknown and changes follow."""
        return self.following() and self.world.points.counts[Quality.UNKNOWN] == 0

    def ask_ms(self, rounds: int) -> list[float]:
        """Return round trips of one small request, one at a time."""
        times = []
        for _ in range(rounds):
            start = time.perf_counter()
            self.link.ask(GetDiagnostics(equipment_id="L-00000")).result(10)
            times.append((time.perf_counter() - start) * 1000)
        return times

    def digest(self) -> str:
        """Return the digest of the replica."""
        states = self.world.points.state
        return digest([(state.index, state.value, int(state.quality)) for state in states])

    def answer(self, command: dict[str, Any]) -> dict[str, Any]:
        """Do one command."""
        match command["do"]:
            case "digest":
                return {"digest": self.digest(), "live": self.world.liveness.live}
            case "ask":
                return {"ms": self.ask_ms(command["rounds"])}
            case "resync":
                return {"ms": self.resync_ms()}
            case "from nothing":
                return {"ms": [self.from_nothing_ms() for _ in range(command["rounds"])]}
            case "cpu":
                return {"cpu_s": sum(psutil.Process().cpu_times()[:2])}
            case other:
                return {"error": f"unknown command {other}"}


def main(settings: LinkSettings) -> None:
    """Follow the bridge until standard input ends."""
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    console = Console(settings)
    console.sign_in(*USER)
    print(json.dumps({"ready": True}), flush=True)
    commands: queue.Queue[str] = queue.Queue()

    def read() -> None:
        for line in sys.stdin:
            commands.put(line)
        commands.put("")

    threading.Thread(target=read, daemon=True).start()
    while True:
        console.pump(0.02)
        try:
            line = commands.get_nowait()
        except queue.Empty:
            continue
        if not line:
            break
        print(json.dumps(console.answer(json.loads(line))), flush=True)
    console.close()


if __name__ == "__main__":
    main(
        LinkSettings(
            addresses=(sys.argv[1],),
            public_key=sys.argv[2],
            secret_key=sys.argv[3],
            bridge_key=sys.argv[4],
        )
    )
