"""The whole line: from a fault in the field to the pixel, from a key to the journal.

Plays the *dark street* demo, whose cabinets are polled each second, and reads its report; the
bridge's memory is read beside a console that follows it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from console.scenarios.stack import OPERATOR, PASSWORD, Stack
from tests.bench.rows import Row, make_row
from tests.fakes.headless import HeadlessConsole

POLL_PERIOD_S = 1.0
BUDGET_S = 2 * POLL_PERIOD_S + 0.2
BRIDGE_MB = 150.0
LIMITS = {"fault to pixel": BUDGET_S, "mended to pixel": None, "fault to state": None}


def rows(*, quick: bool = False) -> list[Row]:
    """Measure; each play breaks another cabinet at another moment of its poll."""
    plays = [_play(seed) for seed in range(1, 3 if quick else 8)]
    found = [
        make_row(
            bench="line",
            name=f"{name}, polled each second (worst of the plays)",
            unit="s",
            values=[max(play[name] for play in plays)],
            limit=LIMITS.get(name),
        )
        for name in plays[0]
    ]
    return [*found, *_memory(quick=quick)]


def _play(seed: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [
                *(sys.executable, "-m", "backend_bridge.cli", "demo", "--offscreen"),
                *("--seed", str(seed), "--out", folder),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        report = json.loads((Path(folder) / "report.json").read_text())
    return {name: seconds for act in report["acts"] for name, seconds in act["measures"].items()}


def _memory(*, quick: bool) -> list[Row]:
    with (
        tempfile.TemporaryDirectory() as folder,
        Stack(Path(folder)) as stack,
        HeadlessConsole.of(stack.console_dir) as console,
    ):
        console.sign_in(OPERATOR, PASSWORD)
        assert stack.bridge is not None
        bridge = psutil.Process(stack.bridge.process.pid)
        before = sum(bridge.cpu_times()[:2])
        start_s = time.monotonic()
        console.pump(3 if quick else 20)
        share = (sum(bridge.cpu_times()[:2]) - before) / (time.monotonic() - start_s)
        resident = bridge.memory_info().rss / 1e6
    return [
        make_row(
            bench="line",
            name="bridge memory, 10 cabinets, 760 lamps",
            unit="MB",
            values=[resident],
            limit=BRIDGE_MB,
        ),
        make_row(
            bench="line",
            name="bridge processor share, 10 cabinets each second",
            unit="% core",
            values=[share * 100],
        ),
    ]
