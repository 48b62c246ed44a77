"""The demo plays to its end in a city of another seed and size whose every name is hostile."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend_bridge.territory.demo import generate_demo
from tests.e2e.city_run import SNOW_ACTS, WALL_ACTS, play
from tests.fakes.hostile_city import HOSTILE, make_hostile


@pytest.mark.slow
@pytest.mark.timeout(200)
def test_the_demo_plays_in_a_city_of_hostile_names(tmp_path: Path) -> None:
    city = tmp_path / "a city/of «hostile» names"
    generate_demo(city, seed=11, size=0.05)
    make_hostile(city)
    before = {path.name: path.read_bytes() for path in city.iterdir()}
    report = play(tmp_path / "out", "--territory", str(city), "--seed", "3", timeout_s=180)
    assert HOSTILE in report["territory"]
    assert "1,700 lamp" in report["said"]
    (dark,) = [act for act in report["acts"] if act["name"] == "dark"]
    assert HOSTILE in dark["title"]
    assert {path.name: path.read_bytes() for path in city.iterdir()} == before


@pytest.mark.slow
@pytest.mark.timeout(200)
def test_the_wall_shows_nine_live_pictures_and_tells_the_others_apart(tmp_path: Path) -> None:
    report = play(
        tmp_path / "out",
        *("--scenario", "wall", "--size", "0.05"),
        timeout_s=180,
        acts=WALL_ACTS,
    )
    said = report["acts"][1]["measures"]
    assert set(said) == {"frozen said", "black said", "lost said", "forbidden said"}
    for act in report["acts"][2:4]:
        assert act["measures"]["replaced"] <= 1.0
        assert act["measures"]["MJPEG pictures back"] <= 1.0


@pytest.mark.slow
@pytest.mark.timeout(120)
def test_the_demo_plays_at_another_seat_in_another_language_and_theme(tmp_path: Path) -> None:
    report = play(
        tmp_path / "out",
        *("--seat", "snow", "--language", "en", "--theme", "light", "--size", "0.05"),
        timeout_s=110,
        acts=SNOW_ACTS,
    )
    assert "Odile Perrot (snow), en, light" in report["played"]
    assert [len(act["screens"]) for act in report["acts"]] == [1] * len(SNOW_ACTS)
    by_name = {act["name"]: act for act in report["acts"]}
    assert by_name["refused"]["title"].startswith("F2: this seat does not acknowledge lighting")
    assert "2-station-screen2.png" in by_name["station"]["screens"]
