"""The wire: changes a second to three consoles, a request's round trip, the whole picture again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from backend_bridge.security.enrolments import enroll
from backend_bridge.security.keys import KeyPair, ensure_bridge_pair, generate
from tests.bench.baselines import wire_dealer, wire_pubsub
from tests.bench.rows import Row, make_row

CONSOLES = 3
RATE = 50_000


class _Talking:
    """A process that answers one JSON line for each line it is given."""

    def __init__(self, module: str, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def read(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"a bench process ended with {self.process.wait()}")
        found: dict[str, Any] = json.loads(line)
        return found

    def send(self, **command: object) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(command) + "\n")
        self.process.stdin.flush()

    def ask(self, **command: object) -> dict[str, Any]:
        self.send(**command)
        return self.read()

    def end(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(timeout=20)


def rows(*, quick: bool = False) -> list[Row]:
    """Measure; a minute of load when not quick."""
    with tempfile.TemporaryDirectory() as folder:
        keys = Path(folder)
        bridge_pair = ensure_bridge_pair(keys)
        bridge = _Talking("tests.bench._bridge_process", str(keys))
        address = bridge.read()["wire"]
        consoles = [
            _console(keys, address, bridge_pair, f"console-{number}") for number in range(CONSOLES)
        ]
        for console in consoles:
            console.read()
        try:
            found = [
                *_changes(bridge, consoles, quick=quick),
                *_requests(bridge, consoles[0], quick=quick),
                *_stopped_console(bridge, consoles, quick=quick),
            ]
        finally:
            for process in (*consoles, bridge):
                process.end()
    return found


def _console(keys: Path, address: str, bridge: KeyPair, name: str) -> _Talking:
    pair = generate()
    enroll(keys / "enrolled", name, pair.public)
    return _Talking(
        "tests.bench._console_process",
        address,
        pair.public.decode(),
        pair.secret.decode(),
        bridge.public.decode(),
    )


def _all_equal(bridge: _Talking, consoles: list[_Talking], within_s: float = 5.0) -> bool:
    truth = bridge.ask(do="digest")["digest"]
    end = time.monotonic() + within_s
    while time.monotonic() < end:
        if all(console.ask(do="digest")["digest"] == truth for console in consoles):
            return True
    return False


def _changes(bridge: _Talking, consoles: list[_Talking], *, quick: bool) -> list[Row]:
    bridge.ask(do="load", rate=RATE, seconds=1)
    sustained = bridge.ask(do="load", rate=RATE, seconds=5 if quick else 60)
    equal = _all_equal(bridge, consoles)
    rounds = 2 if quick else 4
    flat_out = [bridge.ask(do="load", rate=0, seconds=2)["rate"] for _ in range(rounds)]
    equal = equal and _all_equal(bridge, consoles)
    bare = [wire_pubsub.changes_per_s() for _ in range(rounds)]
    return [
        make_row(
            bench="wire",
            name="changes/s held for a minute, three consoles",
            unit="changes/s",
            values=[sustained["rate"]],
            limit=RATE * 0.99,
            limit_is="min",
        ),
        make_row(
            bench="wire",
            name="afterwards all three equal the bridge",
            unit="yes=1",
            values=[1.0 if equal else 0.0],
            limit=1,
            limit_is="min",
        ),
        make_row(
            bench="wire",
            name="bridge loop late at most, under that load",
            unit="ms",
            values=[sustained["worst_lag_ms"]],
        ),
        make_row(
            bench="wire",
            name="changes/s flat out, three consoles",
            unit="changes/s",
            values=flat_out,
            baseline="bare pyzmq PUB/SUB with CURVE",
            baseline_values=bare,
            limit=RATE,
            limit_is="min",
        ),
    ]


def _requests(bridge: _Talking, console: _Talking, *, quick: bool) -> list[Row]:
    ours = console.ask(do="ask", rounds=100 if quick else 500)["ms"]
    resync = []
    for _ in range(3 if quick else 7):
        console.send(do="resync")
        bridge.ask(do="restart")
        resync.append(console.read()["ms"])
    start = console.ask(do="from nothing", rounds=3 if quick else 7)["ms"]
    return [
        make_row(
            bench="wire",
            name="request round trip, from another thread",
            unit="ms",
            values=ours,
            baseline="bare pyzmq DEALER/ROUTER, one loop",
            baseline_values=wire_dealer.round_trip_ms(),
        ),
        make_row(
            bench="wire",
            name="resync of 40,000 points to state",
            unit="ms",
            values=resync,
            baseline="one bare frame, decoded",
            baseline_values=wire_dealer.resync_ms(),
            limit=200,
        ),
        make_row(
            bench="wire",
            name="40,000 points from connecting, catalogue and all",
            unit="ms",
            values=start,
        ),
    ]


def _stopped_console(bridge: _Talking, consoles: list[_Talking], *, quick: bool) -> list[Row]:
    before = bridge.ask(do="rss")["rss_mb"]
    stopped = consoles[-1].process.pid
    os.kill(stopped, signal.SIGSTOP)
    try:
        loaded = bridge.ask(do="load", rate=RATE, seconds=5 if quick else 30)
        grown = bridge.ask(do="rss")["rss_mb"] - before
    finally:
        os.kill(stopped, signal.SIGCONT)
    equal = _all_equal(bridge, consoles, within_s=20)
    return [
        make_row(
            bench="wire",
            name="changes/s held while a console is stopped",
            unit="changes/s",
            values=[loaded["rate"]],
            limit=RATE * 0.99,
            limit_is="min",
        ),
        make_row(
            bench="wire",
            name="bridge memory grown by a stopped console",
            unit="MB",
            values=[max(grown, 0.0)],
            limit=10,
        ),
        make_row(
            bench="wire",
            name="equal again once it goes on",
            unit="yes=1",
            values=[1.0 if equal else 0.0],
            limit=1,
            limit_is="min",
        ),
    ]
