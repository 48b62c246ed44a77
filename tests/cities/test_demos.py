"""The demo plays to its end in whole cities: the full one, others by seed and size, a real one."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend_bridge.territory.demo import generate_demo
from tests.cities.imported import montpellier
from tests.e2e.city_run import ACTS, SNOW_ACTS, play
from tests.fakes.hostile_city import make_hostile

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.mark.parametrize(
    ("seed", "size", "lamps"),
    [(1, 1.0, "34,000 lamp"), (2024, 1.0, "34,000 lamp"), (7, 0.3, "10,200 lamp")],
)
def test_the_demo_plays_whatever_the_seed_and_the_size(
    tmp_path: Path, seed: int, size: float, lamps: str
) -> None:
    report = play(tmp_path, "--seed", str(seed), "--size", str(size), timeout_s=580)
    assert lamps in report["said"]


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    ("seat", "screens", "acts"),
    [("supervisor", 3, ACTS), ("police", 2, ACTS), ("snow", 2, SNOW_ACTS)],
)
def test_three_seats_leave_pictures_of_all_their_screens(
    tmp_path: Path, seat: str, screens: int, acts: tuple[str, ...], language: str, theme: str
) -> None:
    asked = ("--seat", seat, "--language", language, "--theme", theme)
    report = play(tmp_path, *asked, timeout_s=580, acts=acts)
    assert [1 + len(act["screens"]) for act in report["acts"]] == [screens] * len(acts)


def test_the_demo_plays_in_montpellier(tmp_path: Path) -> None:
    city = montpellier(tmp_path / "city")
    report = play(tmp_path / "out", "--territory", str(city), timeout_s=580)
    assert "29,969 lamp" in report["said"]
    assert "is not touched" in report["said"]


def test_the_demo_plays_in_a_whole_city_of_hostile_names(tmp_path: Path) -> None:
    city = tmp_path / "hostile"
    generate_demo(city, seed=5, size=0.3)
    make_hostile(city)
    play(tmp_path / "out", "--territory", str(city), timeout_s=580)
