"""What 200 random lamps show on the screen is what is so in the field, after each fault."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.pixel_check import FAULTS, LAMPS


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_two_hundred_random_lamps_show_the_fields_truth_after_each_fault(tmp_path: Path) -> None:
    out = tmp_path / "seen.json"
    done = subprocess.run(
        [sys.executable, "-m", "tests.e2e.pixel_check", str(out)],
        capture_output=True,
        text=True,
        check=False,
        timeout=280,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    seen = json.loads(out.read_text())
    assert [item["fault"] for item in seen] == [fault for fault, _ in FAULTS]
    for item in seen:
        assert item["lamps"] == LAMPS, item
        assert item["wrong"] == {}, item
    by_fault = {item["fault"]: item["words"] for item in seen}
    assert set(by_fault["none"]) == {"on", "dimmed", "off"}
    assert all("unavailable" in by_fault[name] for name in ("dead", "frozen", "garbage", "stuck"))
