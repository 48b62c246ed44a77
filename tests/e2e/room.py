"""A whole room on a real X server: field, bridge, console, watchdog, each its own process."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import psutil
from numpy.typing import NDArray

from console.scenarios.stack import OPERATOR, PASSWORD, Program, Stack
from tests.fakes.peers import require_peer
from tests.fakes.xserver import XServer, running_xserver

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels; the last two excluded."""


WIDTH, HEIGHT = 1920, 1080


def plug(screen: XServer, count: int) -> None:
    """Divide the X server into screens named ``SCREEN-1`` and so on, from the left."""
    require_peer("xrandr")
    for number in range(count):
        area = f"{WIDTH}/508x{HEIGHT}/286+{number * WIDTH}+0"
        output = "none" if number else "screen"
        subprocess.run(
            ["xrandr", "--setmonitor", f"SCREEN-{number + 1}", area, output],
            env=screen.environment(),
            check=True,
            capture_output=True,
        )


class Room:
    """Hold the processes and the screen."""

    def __init__(self, stack: Stack, screen: XServer, console: Program) -> None:
        self.stack = stack
        self.screen = screen
        self.console = console

    def type(self, *words: str) -> None:
        """Send real key events to whatever window has the focus."""
        self._xdotool("type", "--delay", "5", *words)

    def key(self, *names: str) -> None:
        """Press keys by their X names (``Return``, ``F2``)."""
        self._xdotool("key", *names)

    def sign_in(self) -> None:
        """Take the seat by keyboard."""
        self.until(self._focus_window, "the console's window", timeout_s=20)
        self.type(OPERATOR)
        self.key("Return")
        self.type(PASSWORD)
        self.key("Return")

    def renderer(self) -> psutil.Process:
        """Return the process that draws the map page."""
        for child in psutil.Process(self.console.process.pid).children(recursive=True):
            line = child.cmdline()
            # Chromium forks renderers from a zygote; some builds leave the zygote's command line
            if "--type=renderer" in line or "--type=zygote" in (child.parent() or child).cmdline():
                return child
        raise AssertionError("the console has no renderer process")

    def words(self, within: Box) -> NDArray[np.uint8]:
        """Return the pixels of a part of the screen."""
        left, top, right, bottom = within
        return self.screen.pixels()[top:bottom, left:right]

    def until(self, seen: Callable[[], object], what: str, *, timeout_s: float = 10.0) -> float:
        """Wait for something to be seen; return the seconds that took."""
        start_s = time.monotonic()
        while not seen():
            if time.monotonic() - start_s > timeout_s:
                log = self.console.log.read_text(encoding="utf-8", errors="replace")
                raise AssertionError(f"waited {timeout_s} s for {what}\n{log[-2000:]}")
            time.sleep(0.02)
        return time.monotonic() - start_s

    def _focus_window(self) -> bool:
        found = self._xdotool("search", "--onlyvisible", "--name", "Beffroi", check=False)
        if not found.stdout.split():
            return False
        focused = self._xdotool("windowfocus", "--sync", found.stdout.split()[-1], check=False)
        return focused.returncode == 0

    def _xdotool(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["xdotool", *words],
            env=self.screen.environment(),
            capture_output=True,
            text=True,
            check=check,
            timeout=20,
        )


@contextmanager
def running_room(folder: Path, *, screens: int = 1) -> Iterator[Room]:
    """Run everything on an X server; nobody is signed in yet.

    Args:
        folder: for the files of all programs.
        screens: screens of 1920 by 1080 pixels side by side, plugged in as a person would.
    """
    require_peer("xdotool")
    with running_xserver(WIDTH * screens, HEIGHT) as screen, Stack(folder) as stack:
        if screens > 1:
            plug(screen, screens)
        console = Program(
            "beffroi-console",
            [
                *("env", f"DISPLAY={screen.display}", "QT_QPA_PLATFORM=xcb"),
                f"XDG_STATE_HOME={folder / 'state'}",
                *(sys.executable, "-m", "console.app", "--config", str(stack.console_dir)),
                *("--territory", str(stack.territory), "--seat", "supervisor"),
            ],
            folder / "console.log",
        )
        try:
            yield Room(stack, screen, console)
        finally:
            console.stop()
