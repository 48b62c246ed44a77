"""Run the check of a whole city, or the demo on it, as a program of its own; judge what it saw."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.e2e.city_check import BURSTS, SETTLE_S
from tests.e2e.city_check import LAMPS as READ

LAMPS = 34_000
"""Of the demonstration city at size 1."""
CHANGES = 10_000
"""Lamps of a burst."""
WALL_ACTS = (*("nine_live", "not_to_be_believed", "worker_killed", "worker_stopped", "one_alone"),)
ACTS = (
    *("calm", "wall", "dark", "street", "alarm", "cameras"),
    *("acknowledged", "taken", "returned", "closed"),
)
"""At a seat with a wall: the supervisor's, the police's."""
SNOW_ACTS = (*("calm", "station", "circuits", "dark", "street", "alarm", "refused", "returned"),)
"""Who coordinates the snow plan acknowledges nothing of street lighting."""


def check_city(folder: Path, *arguments: str, timeout_s: float = 280) -> dict[str, Any]:
    """Return what the check saw, after making sure that it saw the truth and that things changed.

    Raises:
        AssertionError: a lamp shows what is not so, or a burst changed nothing that was looked at.
    """
    out = folder / "seen.json"
    _run("tests.e2e.city_check", str(out), *arguments, timeout_s=timeout_s)
    seen: dict[str, Any] = json.loads(out.read_text())
    results = seen["results"]
    assert [item["burst"] for item in results] == ["none", *BURSTS]
    for item in results:
        assert item["read"] == READ, item
        assert item["wrong"] == {}, item
    changes = min(CHANGES, seen["lamps"])
    expected = READ * changes / seen["lamps"]
    for item in results[1:]:
        assert item["begun"]["lamps"] >= changes, item
        # a fair sample of the city: far fewer than this have the wrong ones been looked at
        assert item["changed"] >= expected / 3, item
    by_burst = {item["burst"]: item for item in results}
    assert "off" in by_burst["dawn"]["words"]
    assert "unavailable" in by_burst["feeder_trip"]["words"]
    assert by_burst["backbone_cut"]["words"].get("unavailable", 0) >= READ / 2
    assert by_burst["backbone_return"]["consistent_s"] < SETTLE_S
    return seen


def play(
    folder: Path, *arguments: str, timeout_s: float = 280, acts: Sequence[str] = ACTS
) -> dict[str, Any]:
    """Play the demo offscreen; return its report, after making sure that every act came true."""
    said = _run(
        *("backend_bridge.cli", "demo", "--offscreen", "--out", str(folder), *arguments),
        timeout_s=timeout_s,
    )
    report: dict[str, Any] = json.loads((folder / "report.json").read_text("utf-8"))
    assert report["passed"]
    assert [act["name"] for act in report["acts"]] == list(acts)
    for act in report["acts"]:
        for picture in (act["picture"], *act["screens"]):
            assert (folder / picture).stat().st_size > 10_000
        assert "demo." not in act["title"] + " ".join(act["facts"])
    return {**report, "said": said}


def _run(module: str, *arguments: str, timeout_s: float) -> str:
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=timeout_s,
    )
    assert done.returncode == 0, f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout
