"""A real mouse drags from the map's page, which is another process, and between tiles."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.fakes.peers import require_peer
from tests.fakes.xserver import running_xserver


@pytest.mark.slow
@pytest.mark.timeout(120)
def test_a_symbol_of_the_map_and_a_tile_are_dragged_with_a_real_mouse() -> None:
    require_peer("xdotool")
    with running_xserver(1900, 900) as screen:
        done = subprocess.run(
            [sys.executable, "-m", "tests.e2e.drag_check"],
            env={**screen.environment(), "QT_QPA_PLATFORM": "xcb"},
            capture_output=True,
            text=True,
            check=False,
            timeout=100,
        )
    assert done.returncode == 0, done.stderr[-3000:]
    seen = json.loads(done.stdout.splitlines()[-1])
    # a cabinet of a town without cameras: that it was let go here is what the wall answers
    assert seen["said"] == ["Aucune caméra à moins de 300\u00a0m de cet équipement."]
    assert seen["selected"] == [], "what is dragged is not chosen"
    assert seen["cameras"] == ["", "CAM-002", "CAM-001", ""]
