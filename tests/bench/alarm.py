"""500 alarms a second for a minute with 100,000 points: nothing lost, nobody's typing disturbed.

The bridge's side is the real point table, services and store; beside it plain sqlite3 that writes
the same rows. The console's side is a window in which somebody types while the alarms arrive;
beside it the same window with no alarm at all.
"""

from __future__ import annotations

import os
import statistics
import tempfile
from typing import Any

from tests.bench._talking import Talking
from tests.bench.rows import Row, make_row

RATE = 500
SECONDS = 60
FRAME_P99_MS = 50.0
PLAIN = "plain sqlite3"
CALM = "the same window, no alarm"
RATIO = 0.1
"""Within ten times plain sqlite3, which knows no rule, delay, acknowledgement or console."""


def rows(*, quick: bool = False) -> list[Row]:
    """Measure for three minutes; for twenty seconds when ``quick``."""
    seconds = 5 if quick else SECONDS
    with (
        tempfile.TemporaryDirectory() as folder,
        Talking("tests.bench._alarm_bridge", folder) as bridge,
    ):
        steady = bridge.ask("ours", rate=RATE, seconds=seconds)
        plain = bridge.ask("plain", rate=RATE, seconds=min(seconds, 10))
        flat, bare = [], []
        for _ in range(1 if quick else 3):
            flat.append(bridge.ask("ours", rate=0, seconds=seconds))
            bare.append(bridge.ask("plain", rate=0, seconds=seconds))
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with Talking("tests.bench._alarm_console", environment=environment) as console:
        calm = console.ask("live", rate=0, seconds=min(seconds, 20))
        stormy = console.ask("live", rate=RATE, seconds=seconds)
    return [*_bridge_rows(steady, plain), *_flat_rows(flat, bare), *_console_rows(stormy, calm)]


def _p99(values: list[float]) -> float:
    return statistics.quantiles(values, n=100)[98]


def _bridge_rows(steady: dict[str, Any], plain: dict[str, Any]) -> list[Row]:
    of = f"{RATE} alarms/s, {steady['points']:,} points"
    return [
        make_row(
            bench="alarm",
            name=f"{of}: lost of {steady['count']:,}, on the bus, in the store or in the list",
            unit="alarms",
            values=[steady["lost"]],
            limit=0,
        ),
        make_row(
            bench="alarm",
            name=f"{of}: from the point to the consoles' door, p99",
            unit="ms",
            values=[_p99(steady["took_ms"])],
            baseline=f"{PLAIN}, its commit alone",
            baseline_values=[_p99(plain["took_ms"])],
        ),
        make_row(
            bench="alarm",
            name=f"{of}: the bridge's loop late, p99",
            unit="ms",
            values=[_p99(steady["late_ms"])],
        ),
        make_row(
            bench="alarm",
            name=f"{of}: processor for each alarm",
            unit="µs",
            values=[steady["cpu_us"]],
            baseline=PLAIN,
            baseline_values=[plain["cpu_us"]],
        ),
        make_row(
            bench="alarm",
            name=f"memory of {steady['count']:,} standing alarms",
            unit="MB",
            values=[steady["memory_mb"]],
        ),
    ]


def _flat_rows(flat: list[dict[str, Any]], bare: list[dict[str, Any]]) -> list[Row]:
    return [
        make_row(
            bench="alarm",
            name=f"{flat[0]['count']:,} alarms at once: raised, durable and told",
            unit="alarms/s",
            values=[run["per_s"] for run in flat],
            baseline=PLAIN,
            baseline_values=[run["per_s"] for run in bare],
            limit_is="min",
        ),
        make_row(
            bench="alarm",
            name="processor for each of those at once",
            unit="µs",
            values=[run["cpu_us"] for run in flat],
            baseline=PLAIN,
            baseline_values=[run["cpu_us"] for run in bare],
            limit=RATIO,
            of="ratio",
        ),
        make_row(
            bench="alarm",
            name="lost of those at once",
            unit="alarms",
            values=[sum(run["lost"] for run in flat)],
            limit=0,
        ),
    ]


def _console_rows(stormy: dict[str, Any], calm: dict[str, Any]) -> list[Row]:
    of = f"typing under {RATE} alarms/s"
    return [
        make_row(
            bench="alarm",
            name=f"{of}, {stormy['points']:,} points: frames p99",
            unit="ms",
            values=[_p99(stormy["frames_ms"])],
            baseline=CALM,
            baseline_values=[_p99(calm["frames_ms"])],
            limit=FRAME_P99_MS,
        ),
        *(
            make_row(bench="alarm", name=f"{of}: {name}", unit=unit, values=[value], limit=0)
            for name, unit, value in (
                (f"letters lost of {stormy['typed']}", "letters", stormy["lost"]),
                ("times the focus was elsewhere", "times", stormy["stolen"]),
                (f"alarms missing of {stormy['sent']:,}", "alarms", stormy["missing"]),
            )
        ),
    ]
