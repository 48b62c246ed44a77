"""From the command to a live map, beside a bare QtWebEngine window with the same imports.

A console in kiosk mode is started on a running field and bridge, offscreen on a screen of 1920 by
1080 pixels, and ended once it logs ``panel_live panel=map``: the page has said that a frame made
from the live picture is painted. Both programs are timed by this process's own clock, from just
before they are created to the line that says it; the seconds the baseline prints itself rest on the
boot time, which Linux tells in whole seconds.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from console.scenarios.offscreen import SCREEN_PX
from console.scenarios.stack import Stack, run_step
from tests.bench.rows import Row, make_row

LIMIT_S = 3.0
LEAST_RATIO = 0.5
"""At most twice the baseline."""
GIVE_UP_S = 60.0

WALL = "mur"
SEAT = "supervisor"
PASSWORD = "quatre-murs-blancs"  # of a wall that lives in a temporary folder


def rows(*, quick: bool = False) -> list[Row]:
    """Measure, ours and the baseline in turn; the first of each warms caches and is not counted."""
    ours: list[float] = []
    bare: list[float] = []
    with tempfile.TemporaryDirectory() as folder, Stack(Path(folder)) as stack:
        _make_wall(stack)
        environment = _offscreen(Path(folder))
        for _ in range(1 + (2 if quick else 7)):
            bare.append(_bare(environment))
            ours.append(_ours(stack, environment))
    row = partial(
        make_row,
        bench="start",
        unit="s",
        values=ours[1:],
        baseline="bare QtWebEngine and Leaflet, same imports",
        baseline_values=bare[1:],
    )
    return [
        row(name="command to live map", limit=LIMIT_S),
        row(name="command to live map, beside the baseline", limit=LEAST_RATIO, of="ratio"),
    ]


def _make_wall(stack: Stack) -> None:
    run_step(
        *("users", "add", WALL, "--data", str(stack.data), "--role", "viewer"),
        *("--name", "Mur", "--password-file", "-"),
        secret=PASSWORD + "\n",
    )
    secret = stack.console_dir / "mur.password"
    secret.touch(mode=0o600)
    secret.write_text(PASSWORD + "\n", encoding="utf-8")
    with (stack.console_dir / "console.toml").open("a", encoding="utf-8") as file:
        file.write(
            f'\n[kiosk]\nuser = "{WALL}"\nseat = "{SEAT}"\npassword_file = "{secret.name}"\n'
        )


def _offscreen(folder: Path) -> dict[str, str]:
    width, height = SCREEN_PX
    place = {"name": "main", "x": 0, "y": 0, "width": width, "height": height}
    dots = {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    screens = folder / "screens.json"
    screens.write_text(json.dumps({"screens": [{**place, **dots}]}), encoding="utf-8")
    chosen = {
        "QT_QPA_PLATFORM": f"offscreen:configfile={screens}",
        "XDG_STATE_HOME": str(folder / "state"),
        "XDG_CACHE_HOME": str(folder / "cache"),
    }
    if os.geteuid() == 0:
        chosen["QTWEBENGINE_DISABLE_SANDBOX"] = "1"  # Chromium refuses root otherwise
    # An installed program has its byte code; a checkout may be told to write none.
    chosen["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, **chosen}


def _ours(stack: Stack, environment: Mapping[str, str]) -> float:
    command = [
        *("-m", "console.app", "--config", str(stack.console_dir)),
        *("--territory", str(stack.territory), "--fullscreen"),
    ]
    return _seconds_to(command, environment, _tells_live_map)


def _tells_live_map(line: str) -> bool:
    if '"panel_live"' not in line:
        return False
    event = json.loads(line)
    return bool(event["event"] == "panel_live" and event["panel"] == "map")


def _bare(environment: Mapping[str, str]) -> float:
    module = "tests.bench.baselines.start_webengine"
    return _seconds_to(["-m", module], environment, lambda line: line.strip()[:1].isdigit())


def _seconds_to(
    command: Sequence[str], environment: Mapping[str, str], told: Callable[[str], bool]
) -> float:
    """Start a Python program, return the seconds to the line that tells, and end it.

    Raises:
        RuntimeError: it ended without that line, or was ended after a minute; with its last lines.
    """
    start_s = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, *command],
        env=dict(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    assert process.stdout is not None
    patience = threading.Timer(GIVE_UP_S, process.kill)
    patience.start()
    seen: list[str] = []
    try:
        for line in process.stdout:
            if told(line):
                return time.monotonic() - start_s
            seen.append(line)
    finally:
        patience.cancel()
        process.terminate()
        process.wait(10)
        process.stdout.close()
    raise RuntimeError(f"{' '.join(command)} did not tell: {''.join(seen[-12:])}")
