"""The bridge runs where neither Qt nor anything else of the console is installed."""

from __future__ import annotations

import sys
from pathlib import Path

from console.scenarios.stack import OPERATOR, PASSWORD, Program, Stack
from tests.fakes.headless import HeadlessConsole

CONSOLE_ONLY = ("PySide6", "cv2", "folium", "numpy", "pyqtgraph", "qasync", "qtawesome", "xstatic")

BLOCKED = """
import sys
from importlib.abc import MetaPathFinder

class Absent(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {names!r} + ("console", "ui"):
            raise ModuleNotFoundError(f"{{name}} is not installed here")
        return None

sys.meta_path.insert(0, Absent())
from backend_bridge.daemon import main
sys.exit(main(sys.argv[1:]))
"""


def test_bridge_runs_without_anything_of_the_console(tmp_path: Path) -> None:
    stack = Stack(tmp_path / "run", cabinets=1, lamps=4)
    stack.prepare()
    stack.start_field()
    bridge = Program(
        "beffroi-bridge",
        [
            *(sys.executable, "-c", BLOCKED.format(names=CONSOLE_ONLY)),
            *("--data", str(stack.data), "--territory", str(stack.territory)),
            *("--wire", stack.wire, "--http", "127.0.0.1:0"),
        ],
        tmp_path / "bridge.log",
    )
    try:
        bridge.ready("bridge ready")
        with HeadlessConsole.of(stack.console_dir) as console:
            console.sign_in(OPERATOR, PASSWORD)
            assert console.following()
    finally:
        assert bridge.stop() == 0
        stack.stop()
