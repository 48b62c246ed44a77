"""Polling a city: 34,200 lamps on 450 cabinets each 2 s, and ten times as many each 5 s.

The field is a C program on libmodbus (``_field.c``) that answers on loopback, ten of them for ten
times the city, since libmodbus waits with select() and takes a thousand connections at most; each
poll brings two changes. Beside it bare pymodbus, and libmodbus's own client.

Last a backbone cut: four networks fall silent at once, and come back.

Flat out, the two Python programs are compared by what they read for each second of processor they
use: read by the clock on the wall, both may wait for the same C program and look alike.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from backend_bridge.territory.generate import generate_small
from tests.bench._talking import Talking
from tests.bench.rows import Row, make_row

HERE = Path(__file__).parent
CABINETS, LAMPS, PERIOD_S = 450, 76, 2.0
TIMES, TIMES_PERIOD_S = 10, 5.0
SHARE_LIMIT = 60.0
RATIO_LIMIT = 0.6
MEMORY_MB = 1_200.0
NETWORKS, CONNECTS_PER_S = 4, 20
HASTE_PER_S = 500
"""Connections a second where bringing the links up is not what is measured."""
CUT_S = 20.0
TRUTHFUL_S, CONSISTENT_S = 2 * PERIOD_S + 0.2, 60.0


def rows(*, quick: bool = False) -> list[Row]:
    """Measure for two minutes, for twenty seconds when ``quick``."""
    with tempfile.TemporaryDirectory() as folder:
        directory = Path(folder)
        field = _build(HERE / "_field.c", directory)
        bare = _build(HERE / "baselines" / "poll_libmodbus.c", directory)
        territory = directory / "territory"
        generate_small(territory, seed=1, cabinets=CABINETS, lamps=LAMPS)
        with _serving(field) as served:
            found = _city(served.port, territory, bare, quick=quick)
        if not quick:
            with ExitStack() as stack:
                ports = [stack.enter_context(_serving(field)).port for _ in range(TIMES)]
                found += _ten_times(ports, territory)
        found += _backbone(field, territory, quick=quick)
    return found


def _build(source: Path, directory: Path) -> Path:
    header = Path("/usr/include/modbus/modbus.h")
    if shutil.which("gcc") is None or not header.exists():
        raise RuntimeError("the poll bench needs gcc and libmodbus's headers: make peers")
    program = directory / source.stem
    flags = ("-O2", "-Wall", "-Werror", "-I/usr/include/modbus")
    subprocess.run(["gcc", *flags, "-o", str(program), str(source), "-lmodbus"], check=True)
    return program


class Served:
    """One field process: a network of cabinets behind one port."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        self._process = process
        self.port = int(process.stdout.readline())

    def tell(self, letter: str) -> None:
        """Cut the network with ``c``, bring it back with ``b``."""
        assert self._process.stdin is not None
        self._process.stdin.write(letter + "\n")
        self._process.stdin.flush()


@contextmanager
def _serving(field: Path) -> Iterator[Served]:
    process = subprocess.Popen([field], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    try:
        yield Served(process)
    finally:
        process.stdin.close()
        process.wait(timeout=20)


def _pymodbus(port: int, seconds: float) -> tuple[float, float]:
    """Return cabinets read per second, and per second of processor."""
    module = "tests.bench.baselines.poll_pymodbus"
    done = subprocess.run(
        [sys.executable, "-m", module, str(port), str(CABINETS), str(seconds)],
        check=True,
        capture_output=True,
        text=True,
    )
    rate, share = (float(word) for word in done.stdout.split())
    return rate, rate / share


def _libmodbus(program: Path, port: int, seconds: float) -> float:
    done = subprocess.run(
        [program, str(port), str(CABINETS), str(seconds)],
        check=True,
        capture_output=True,
        text=True,
    )
    return float(done.stdout)


def _bridge(
    ports: Sequence[int],
    cabinets: int,
    period_s: float,
    territory: Path,
    connects_per_s: float = HASTE_PER_S,
) -> Talking:
    said = ",".join(str(port) for port in ports)
    return Talking(
        "tests.bench._poll_bridge",
        said,
        str(cabinets),
        str(period_s),
        str(territory),
        str(connects_per_s),
    )


def _city(port: int, territory: Path, bare: Path, *, quick: bool) -> list[Row]:
    ours, pymodbus, libmodbus = [], [], []
    seconds = 2.0 if quick else 5.0
    with _bridge([port], CABINETS, PERIOD_S, territory) as bridge:
        bridge.ask("up")
        bridge.ask("poll", seconds=2)
        held = [bridge.ask("poll", seconds=4 if quick else 10) for _ in range(1 if quick else 4)]
    for _ in range(1 if quick else 5):
        # in turns and alone, so that a slow moment of the machine meets all of them
        pymodbus.append(_pymodbus(port, seconds))
        with _bridge([port], CABINETS, PERIOD_S, territory) as bridge:
            bridge.ask("up")
            found = bridge.ask("poll", seconds=seconds, flat_out=True)
            ours.append((found["polls_per_s"], found["polls_per_s"] / found["share"]))
        libmodbus.append(_libmodbus(bare, port, seconds))
    return [
        make_row(
            bench="poll",
            name="processor share, 34,200 lamps each 2 s",
            unit="% core",
            values=[item["share"] * 100 for item in held],
            limit=SHARE_LIMIT,
        ),
        make_row(
            bench="poll",
            name="cabinets read in that time",
            unit="polls/s",
            values=[item["polls_per_s"] for item in held],
            limit=CABINETS / PERIOD_S * 0.99,
            limit_is="min",
        ),
        make_row(
            bench="poll",
            name="changes taken in that time",
            unit="changes/s",
            values=[item["changes_per_s"] for item in held],
        ),
        make_row(
            bench="poll",
            name="points not good, links down, polls skipped",
            unit="",
            values=[max(item["not_good"] + item["links_down"] + item["skipped"] for item in held)],
            limit=0,
        ),
        make_row(
            bench="poll",
            name="the bridge's loop late at most",
            unit="ms",
            values=[max(item["worst_lag_ms"] for item in held)],
        ),
        make_row(
            bench="poll",
            name="450 at once, flat out, per second of processor",
            unit="polls/s",
            values=[cpu for _, cpu in ours],
            baseline="bare pymodbus",
            baseline_values=[cpu for _, cpu in pymodbus],
            limit=RATIO_LIMIT,
            limit_is="min",
            of="ratio",
        ),
        make_row(
            bench="poll",
            name="450 at once, flat out, by the clock",
            unit="polls/s",
            values=[rate for rate, _ in ours],
            baseline="bare pymodbus",
            baseline_values=[rate for rate, _ in pymodbus],
            limit=RATIO_LIMIT,
            limit_is="min",
            of="ratio",
        ),
        make_row(
            bench="poll",
            name="the same beside C, one request at a time",
            unit="polls/s",
            values=[rate for rate, _ in ours],
            baseline="libmodbus client",
            baseline_values=libmodbus,
            limit_is="min",
        ),
    ]


def _ten_times(ports: Sequence[int], territory: Path) -> list[Row]:
    cabinets = CABINETS * TIMES
    with _bridge(ports, cabinets, TIMES_PERIOD_S, territory) as bridge:
        bridge.ask("up")
        bridge.ask("poll", seconds=6)
        held = bridge.ask("poll", seconds=20)
    return [
        make_row(
            bench="poll",
            name="342,000 lamps: cabinets read each 5 s",
            unit="polls/s",
            values=[held["polls_per_s"]],
            limit=cabinets / TIMES_PERIOD_S * 0.99,
            limit_is="min",
        ),
        make_row(
            bench="poll",
            name="342,000 lamps: processor share",
            unit="% core",
            values=[held["share"] * 100],
        ),
        make_row(
            bench="poll",
            name="342,000 lamps: not good, down or skipped",
            unit="",
            values=[held["not_good"] + held["links_down"] + held["skipped"]],
            limit=0,
        ),
        make_row(
            bench="poll",
            name="342,000 lamps: memory of field side and table",
            unit="MB",
            values=[held["rss_mb"]],
            limit=MEMORY_MB,
        ),
    ]


def _backbone(field: Path, territory: Path, *, quick: bool) -> list[Row]:
    """Cut every network at once, for long enough that all links wait their longest pause."""
    with ExitStack() as stack:
        served = [stack.enter_context(_serving(field)) for _ in range(NETWORKS)]
        ports = [one.port for one in served]
        bridge = stack.enter_context(
            _bridge(ports, CABINETS, PERIOD_S, territory, connects_per_s=CONNECTS_PER_S)
        )
        up = bridge.ask("up")
        bridge.ask("poll", seconds=2 * PERIOD_S)
        for one in served:
            one.tell("c")
        lost = bridge.ask("lost")
        bridge.ask("poll", seconds=5.0 if quick else CUT_S)
        for one in served:
            one.tell("b")
        back = bridge.ask("back")
        busiest = bridge.ask("busiest")
    return [
        make_row(
            bench="poll",
            name=f"everything up through {NETWORKS} networks of {CONNECTS_PER_S} connections/s",
            unit="s",
            values=[up["seconds"]],
        ),
        make_row(
            bench="poll",
            name="backbone cut: the last point that still looked good",
            unit="s",
            values=[lost["seconds"]],
            limit=TRUTHFUL_S,
        ),
        make_row(
            bench="poll",
            name="backbone back: every point good again",
            unit="s",
            values=[back["seconds"]],
            limit=CONSISTENT_S,
        ),
        make_row(
            bench="poll",
            name="most connections in any second through one network",
            unit="",
            values=[busiest["connections"]],
            limit=CONNECTS_PER_S,
        ),
    ]
