"""200 lamps of each whole city show the truth after dusk, feeder trips and a backbone's cut."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cities.imported import montpellier
from tests.e2e.city_run import LAMPS, check_city


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_full_city_shows_the_truth_after_each_burst(tmp_path: Path) -> None:
    assert check_city(tmp_path, "--size", "1", timeout_s=850)["lamps"] == LAMPS


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_montpellier_shows_the_truth_after_each_burst(tmp_path: Path) -> None:
    city = montpellier(tmp_path / "city")
    assert check_city(tmp_path, "--territory", str(city), timeout_s=850)["lamps"] == 29_969
