"""Screens plugged out and in on a real X server: no window of a seat is ever lost off-screen."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

import pytest

from tests.fakes.peers import require_peer
from tests.fakes.xserver import XServer, running_xserver

WIDTH, HEIGHT = 1600, 900
pytestmark = pytest.mark.timeout(60)


def test_windows_follow_their_screens_and_come_back(tmp_path: Path) -> None:
    require_peer("xrandr")
    with running_xserver(2 * WIDTH, HEIGHT) as server:
        _monitor(server, "LEFT", 0)
        _monitor(server, "RIGHT", WIDTH)
        with _Program(server, tmp_path) as program:
            program.until(
                lambda said: _at(said, "map") == 0 and _at(said, "wall") == WIDTH,
                "each on its own screen",
            )
            _xrandr(server, "--delmonitor", "RIGHT")
            program.until(
                lambda said: _at(said, "wall") == 0 and _at(said, "map") == 0,
                "both on what is left",
            )
            _monitor(server, "RIGHT", WIDTH)
            program.until(lambda said: _at(said, "wall") == WIDTH, "the wall back on its screen")


def test_a_single_wall_fills_its_screen_and_the_other_while_it_is_gone(tmp_path: Path) -> None:
    require_peer("xrandr")
    with running_xserver(2 * WIDTH, HEIGHT) as server:
        _monitor(server, "LEFT", 0)
        _monitor(server, "RIGHT", WIDTH)
        with _Program(server, tmp_path, "wall") as program:
            program.until(lambda said: _at(said, "wall") == WIDTH, "on the screen its seat names")
            _xrandr(server, "--delmonitor", "RIGHT")
            program.until(lambda said: _at(said, "wall") == 0, "filling what is left")
            _monitor(server, "RIGHT", WIDTH)
            program.until(lambda said: _at(said, "wall") == WIDTH, "back on its screen")


class _Program:
    def __init__(self, server: XServer, folder: Path, *words: str) -> None:
        self._errors = (folder / "errors").open("wb")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.windows_program", *words],
            env={**server.environment(), "QT_LOGGING_RULES": "*.debug=false"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate("", timeout=10)
        self._errors.close()

    def until(self, seen: Callable[[dict[str, Any]], bool], what: str) -> None:
        """Read what it says until that is so."""
        assert self._process.stdout is not None
        end_s = time.monotonic() + 30
        said: dict[str, Any] = {}
        while time.monotonic() < end_s:
            line = self._process.stdout.readline()
            assert line, "it ended"
            said = json.loads(line)
            if seen(said):
                return
        raise AssertionError(f"never {what}: {said}")


def _at(said: dict[str, Any], role: str) -> int:
    """Return where a window begins; it must fill a screen of its own size from the top."""
    x, y, width, height = said["windows"][role]
    return int(x) if (y, width, height) == (0, WIDTH, HEIGHT) else -1


def _monitor(server: XServer, name: str, x: int) -> None:
    area = f"{WIDTH}/300x{HEIGHT}/170+{x}+0"
    _xrandr(server, "--setmonitor", name, area, "screen" if name == "LEFT" else "none")


def _xrandr(server: XServer, *words: str) -> None:
    subprocess.run(["xrandr", *words], env=server.environment(), check=True, capture_output=True)
