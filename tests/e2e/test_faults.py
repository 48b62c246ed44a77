"""The short fault campaigns: each harms a small city, which is afterwards what it was.

``make faults`` plays all of them in a larger one; docs/faults.md says what must hold.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.faults.__main__ import CAMPAIGNS, COLUMNS

SEED = 5
NAMES = [each.name for each in CAMPAIGNS if each.short]
LIMIT_S = 280


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Play them all, in a program of their own."""
    out = tmp_path_factory.mktemp("faults") / "verdicts.json"
    words = ("-m", "tests.faults", "--short", "--seed", str(SEED), "--json", str(out))
    done = subprocess.run(
        [sys.executable, *words], capture_output=True, text=True, check=False, timeout=LIMIT_S
    )
    assert out.exists(), f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    print(done.stdout)
    return {each["name"]: each for each in json.loads(out.read_text("utf-8"))}


@pytest.mark.slow
@pytest.mark.timeout(LIMIT_S + 20)
@pytest.mark.parametrize("name", NAMES)
def test_after_a_campaign_the_city_is_whole(verdicts: dict[str, dict[str, Any]], name: str) -> None:
    assert verdicts[name]["found"] == dict.fromkeys(COLUMNS, ""), verdicts[name]["did"]
