"""What 200 lamps all over a city show is what is so in the field, after each burst of changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.city_run import LAMPS, check_city


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_tenth_of_the_city_shows_the_truth_after_each_burst(tmp_path: Path) -> None:
    """The whole ones: tests/cities."""
    seen = check_city(tmp_path, "--size", "0.1", "--within-s", "1")
    assert seen["lamps"] == LAMPS // 10
