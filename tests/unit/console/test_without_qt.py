"""State, panels and seats work on a machine without Qt and without ZeroMQ."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
CODE = """
import importlib, pkgutil, sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("PySide6", "zmq", "shiboken6"):
            raise ImportError(f"{name} is blocked")

sys.meta_path.insert(0, Blocked())
count = 0
for package in ("console.state", "console.panels", "console.seats"):
    found = importlib.import_module(package)
    for info in pkgutil.walk_packages(found.__path__, package + "."):
        importlib.import_module(info.name)
        count += 1
assert not {"PySide6", "zmq", "console.link"} & set(sys.modules), "something crept in"
print(count)
"""


def test_state_panels_and_seats_import_without_qt_and_zmq() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CODE], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 20
