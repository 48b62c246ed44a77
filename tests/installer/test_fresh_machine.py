"""The packages on a Debian that never had anything of ours, booted with systemd: ``make fresh``.

What the units forbid is forbidden only when systemd starts them: an upgrade tried beside them, in a
root without a service manager, told nothing of a bridge that could not start.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PACKAGES = os.environ.get("BEFFROI_FRESH", "")
FIRST_DYNAMIC_USER = 61_184
"""Of those systemd makes when a service starts."""
pytestmark = [
    pytest.mark.skipif(not PACKAGES, reason="the long version: make fresh"),
    pytest.mark.timeout(900),
]


def test_bridge_field_and_console_run_on_a_fresh_machine(tmp_path: Path) -> None:
    assert os.geteuid() == 0, "needs root, to make and boot a machine"
    packages = tmp_path / "packages"
    shutil.copytree(PACKAGES, packages)
    done = subprocess.run(
        ["bash", HERE / "fresh_machine.sh", tmp_path, packages],
        input=(HERE / "fresh.sh").read_text(),
        capture_output=True,
        text=True,
        check=False,
        timeout=880,
    )
    shutil.rmtree(tmp_path / "root", ignore_errors=True)  # gigabytes
    said = done.stdout
    assert done.returncode == 0, f"{said}\n{done.stderr}"
    assert "bridge: active as beffroi" in said
    field = re.search(r"field: active as DynamicUser=yes, (\d+)", said)
    assert field is not None, said
    assert int(field[1]) >= FIRST_DYNAMIC_USER
    assert "signed in: True points: True" in said
    for word in ("a kill", "a hang", "an installation"):
        assert f"back after {word}" in said
    assert "the chain holds" in said
    assert "0 missing" in said
    assert "the demo was played" in said
