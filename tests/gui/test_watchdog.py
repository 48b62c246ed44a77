"""The watchdog: says when a window stopped, covers it on a real screen, and is itself watched."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.watchdog import client as client_module
from console.watchdog.client import WatchdogClient, WatchdogTexts
from console.watchdog.judge import Judge
from console.watchdog.lines import (
    SILENCE_S,
    Beat,
    Line,
    LineError,
    WindowBeat,
    Word,
    decode_line,
    decode_word,
    encode,
)
from tests.fakes.clock import ManualClock
from tests.fakes.waiting import until_sync
from tests.fakes.xserver import XServer, running_xserver

names = st.text(max_size=30)
numbers = st.integers(-100_000, 100_000)
windows = st.builds(
    WindowBeat,
    id=names,
    title=names,
    x=numbers,
    y=numbers,
    width=numbers,
    height=numbers,
    visible=st.booleans(),
)


# -- lines ----------------------------------------------------------------------------------------


@given(st.integers(0, 2**31), st.integers(0, 2**53), st.lists(windows, max_size=4))
def test_a_beat_is_one_line_and_is_read_back(pid: int, at: int, found: list[WindowBeat]) -> None:
    line = Line(beat=Beat(pid=pid, at_ms=at, windows=tuple(found)))
    data = encode(line)
    assert data.count(b"\n") == 1
    assert data.endswith(b"\n")
    assert decode_line(data) == line


@given(st.binary(max_size=200))
def test_hostile_lines_raise_only_the_line_error(data: bytes) -> None:
    for decode in (decode_line, decode_word):
        try:
            decode(data)
        except LineError:
            continue


def test_a_line_too_long_is_refused() -> None:
    with pytest.raises(LineError, match="allowed"):
        decode_line(b" " * 70_000)


# -- the judge ------------------------------------------------------------------------------------

BEAT = Beat(pid=1, at_ms=1)


def stops(judge: Judge, from_s: float, to_s: float) -> bool:
    """Judge ten times a second; return the last verdict."""
    verdict = False
    steps = round((to_s - from_s) * 10)
    for step in range(steps + 1):
        verdict = judge.stopped(from_s + step / 10)
    return verdict


def test_nothing_is_covered_before_the_first_beat() -> None:
    assert not stops(Judge(), 0, 60)


def test_silence_is_a_stop_after_its_time_and_not_before() -> None:
    judge = Judge()
    judge.hear(BEAT, 10.0)
    assert not stops(judge, 10.0, 10.0 + SILENCE_S)
    assert stops(judge, 11.2, 11.5)
    judge.hear(BEAT, 11.6)
    assert not judge.stopped(11.7)


def test_a_machine_that_slept_covers_nothing_at_once() -> None:
    judge = Judge()
    judge.hear(BEAT, 10.0)
    judge.stopped(10.1)
    assert not judge.stopped(500.0)
    judge.hear(BEAT, 500.1)
    assert not stops(judge, 500.1, 501.0)


def test_a_window_that_did_not_wake_is_covered_all_the_same() -> None:
    judge = Judge()
    judge.hear(BEAT, 10.0)
    judge.stopped(10.1)
    judge.stopped(500.0)
    assert stops(judge, 500.1, 501.4)
    assert judge.silence_s(501.4) == pytest.approx(491.4)


# -- the client, with children made for the test --------------------------------------------------

OBEDIENT = """
import sys
sys.stdout.write('{"pid": 1}\\n'); sys.stdout.flush()
for line in sys.stdin:
    sys.stdout.write('{"pid": 1}\\n'); sys.stdout.flush()
    if '"bye"' in line: break
"""
DEAF = "import sys, time\nsys.stdout.write('{\"pid\": 1}\\n'); sys.stdout.flush()\ntime.sleep(600)"
SHORT = "raise SystemExit(3)"


def ended(process: psutil.Process) -> bool:
    """Return whether a process is over, also while nobody has collected its exit code."""
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


class Watched:
    """A client with a fake child, a clock that is moved by hand, and what it said."""

    def __init__(self, script: str) -> None:
        self.clock = ManualClock()
        self.said: list[str] = []
        self.client = WatchdogClient(
            notice=self.said.append, clock=self.clock, command=[sys.executable, "-c", script]
        )

    def speaking(self) -> None:
        """Wait for the child's first word."""
        until_sync(lambda: self.client.alive, what="the child's first word")


@pytest.fixture
def watched(request: pytest.FixtureRequest) -> Iterator[Watched]:
    found = Watched(request.param)
    yield found
    found.client.stop()


WINDOW = WindowBeat(id="main", title="Beffroi", x=0, y=0, width=100, height=100)


@pytest.mark.parametrize("watched", [OBEDIENT], indirect=True)
def test_client_starts_beats_and_stops_politely(watched: Watched) -> None:
    watched.client.start()
    watched.speaking()
    pid = watched.client.pid
    assert pid is not None
    watched.client.beat([WINDOW])
    watched.client.stop()
    assert not psutil.pid_exists(pid)
    assert watched.said == []
    watched.client.stop()


@pytest.mark.parametrize("watched", [OBEDIENT], indirect=True)
def test_a_dead_watchdog_is_started_again_and_that_is_said(
    watched: Watched, expected_logs: list[str]
) -> None:
    expected_logs.append("watchdog ended with code")
    watched.client.start()
    watched.speaking()
    first = watched.client.pid
    assert first is not None
    watched.clock.advance(2)
    os.kill(first, signal.SIGKILL)
    until_sync(
        lambda: (
            not psutil.Process(first).is_running()
            or psutil.Process(first).status() == psutil.STATUS_ZOMBIE
        )
    )

    def restarted() -> bool:
        watched.client.beat([WINDOW])
        return watched.client.restarts == 1

    until_sync(restarted)
    assert watched.said == ["watchdog.restarted"]
    assert watched.client.pid != first
    watched.speaking()


@pytest.mark.parametrize("watched", [DEAF], indirect=True)
def test_a_hung_watchdog_hangs_nobody_and_is_replaced(
    watched: Watched, expected_logs: list[str]
) -> None:
    expected_logs.append("watchdog says nothing")
    watched.client.start()
    watched.speaking()
    first = watched.client.pid
    big = [WindowBeat(id=str(n), title="x" * 400, x=0, y=0, width=1, height=1) for n in range(60)]
    for _ in range(40):  # far more than a pipe holds: a beat that waited would never return
        watched.client.beat(big)
    watched.clock.advance(client_module.MUTE_S + 1)
    watched.client.beat([WINDOW])
    assert watched.client.pid != first
    assert watched.said == ["watchdog.restarted"]


@pytest.mark.parametrize("watched", [SHORT], indirect=True)
def test_a_watchdog_that_dies_at_once_is_not_started_in_a_loop(
    watched: Watched, expected_logs: list[str]
) -> None:
    expected_logs.append("watchdog ended with code 3")
    watched.client.start()

    def beat_until_gone() -> bool:
        watched.client.beat([WINDOW])
        return watched.client.pid is None

    until_sync(beat_until_gone)
    for _ in range(20):
        watched.client.beat([WINDOW])
    assert watched.client.pid is None, "started again before its time"
    assert watched.client.restarts == 0
    watched.clock.advance(1.1)
    watched.client.beat([WINDOW])
    assert watched.client.pid is not None


def test_a_watchdog_that_cannot_start_is_said_once(expected_logs: list[str]) -> None:
    expected_logs.append("watchdog does not start")
    said: list[str] = []
    clock = ManualClock()
    client = WatchdogClient(notice=said.append, clock=clock, command=["/nowhere/watchdog"])
    client.start()
    for _ in range(5):
        clock.advance(20)
        client.beat([WINDOW])
    assert said == ["watchdog.absent"]
    client.stop()


# -- the real one ---------------------------------------------------------------------------------

PICTURE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from console.watchdog.client import WatchdogClient, WatchdogTexts, WindowBeat
app = QApplication(sys.argv)
window = QWidget(); window.setGeometry(100, 80, 640, 420)
palette = window.palette(); palette.setColor(QPalette.ColorRole.Window, QColor(200, 40, 40))
window.setPalette(palette); window.show()
client = WatchdogClient(WatchdogTexts(since="Plus rien depuis {time}", frozen="{seconds} s"))
client.start()
def beat():
    g = window.geometry()
    client.beat([WindowBeat(id="main", title="x", x=g.x(), y=g.y(), width=g.width(),
                            height=g.height(), visible=window.isVisible())])
    if client.alive:
        heard[client.pid] = heard.get(client.pid, 0) + 1
        if heard[client.pid] == 3:  # it speaks, and has been told where the window is
            print("watched", client.pid, flush=True)
heard = {}
timer = QTimer(); timer.setInterval(250); timer.timeout.connect(beat); timer.start()
app.exec()
"""
RED = (200, 40, 40)


@pytest.fixture(scope="module")
def screen() -> Iterator[XServer]:
    with running_xserver(1000, 700) as server:
        yield server


class Window:
    """A real window in its own process on a real X server, with its watchdog."""

    def __init__(self, screen: XServer) -> None:
        self._screen = screen
        self.process = subprocess.Popen(
            [sys.executable, "-c", PICTURE],
            env=screen.environment(),
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        )
        self.await_watchdog()
        until_sync(lambda: self.red() > 0.99, what="the window's picture")

    def await_watchdog(self) -> None:
        """Wait until the window says that a watchdog watches it."""
        assert self.process.stdout is not None
        words = self.process.stdout.readline().split()
        assert words, "the window ended before its watchdog spoke"
        self.watchdog = psutil.Process(int(words[1]))

    def red(self) -> float:
        """Return the share of the window's place that shows the window's own picture."""
        place = self._screen.pixels()[80:500, 100:740]
        return float((place == np.array(RED, np.uint8)).all(axis=2).mean())

    def beyond(self) -> int:
        """Return the brightest value outside the window's place."""
        picture = self._screen.pixels().copy()
        picture[80:500, 100:740] = 0
        return int(picture.max())


@pytest.fixture
def window(screen: XServer) -> Iterator[Window]:
    found = Window(screen)
    yield found
    if found.process.poll() is None:
        os.kill(found.process.pid, signal.SIGCONT)
        found.process.kill()
    found.process.wait()
    assert found.process.stdout is not None
    found.process.stdout.close()
    until_sync(lambda: ended(found.watchdog), what="the watchdog's end")


@pytest.mark.x11
def test_a_stopped_window_is_covered_and_uncovered(window: Window) -> None:
    os.kill(window.process.pid, signal.SIGSTOP)
    until_sync(lambda: window.red() == 0, what="the cover")
    assert window.beyond() == 0, "the cover is larger than the window"
    os.kill(window.process.pid, signal.SIGCONT)
    until_sync(lambda: window.red() > 0.99, what="the picture")


@pytest.mark.x11
def test_the_cover_never_takes_the_focus(window: Window, screen: XServer) -> None:
    def focus() -> str:
        return subprocess.run(
            ["xdotool", "getwindowfocus"], env=screen.environment(), capture_output=True, text=True,
            check=False,
        ).stdout  # fmt: skip

    before = focus()
    os.kill(window.process.pid, signal.SIGSTOP)
    until_sync(lambda: window.red() == 0, what="the cover")
    assert focus() == before
    os.kill(window.process.pid, signal.SIGCONT)
    until_sync(lambda: window.red() > 0.99, what="the picture")


@pytest.mark.x11
def test_a_killed_window_takes_its_watchdog_along(window: Window) -> None:
    window.process.kill()
    window.process.wait()
    until_sync(lambda: ended(window.watchdog), what="the watchdog's end")


@pytest.mark.x11
def test_a_killed_watchdog_is_replaced_and_covers_again(window: Window) -> None:
    first = window.watchdog
    first.kill()
    window.await_watchdog()
    assert window.watchdog.pid != first.pid
    os.kill(window.process.pid, signal.SIGSTOP)
    until_sync(lambda: window.red() == 0, what="the cover of the second watchdog")
    os.kill(window.process.pid, signal.SIGCONT)
    until_sync(lambda: window.red() > 0.99, what="the picture")


def test_watchdog_runs_without_a_screen() -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    process = subprocess.Popen(
        [sys.executable, "-m", "console.watchdog", "--parent", str(os.getpid())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert decode_word(process.stdout.readline()).covering == 0
    process.stdin.write(encode(Line(beat=Beat(pid=os.getpid(), at_ms=1, windows=(WINDOW,)))))
    process.stdin.flush()
    words: list[Word] = []
    while not words or not words[-1].covering:
        words.append(decode_word(process.stdout.readline()))
        assert len(words) < 12
    process.stdin.write(b"garbage\n" + encode(Line(bye=True)))
    process.stdin.flush()
    assert process.wait(timeout=5) == 0
    process.stdin.close()
    process.stdout.close()


def test_client_and_lines_know_no_qt() -> None:
    code = (
        "import sys; sys.modules['PySide6'] = None\n"
        "import console.watchdog.client, console.watchdog.__main__, console.watchdog.judge\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    assert WatchdogTexts().since
