"""The corridor: commanded, refused, agreed to by two persons, undone; on a field of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.city_run import play

ACTS = (
    *("calm", "lowered", "lit", "refused", "two_persons", "ledger", "given_back"),
    *("face_lamp", "face_cabinet", "face_feeder", "face_bollard", "face_camera"),
    *("face_river_gauge", "face_weather_station", "alarms"),
)


@pytest.mark.slow
@pytest.mark.timeout(200)
def test_the_corridor_is_opened_and_given_back(tmp_path: Path) -> None:
    report = play(
        tmp_path / "out",
        *("--scenario", "corridor", "--size", "0.05", "--language", "en"),
        timeout_s=180,
        acts=ACTS,
    )
    by_name = {act["name"]: act for act in report["acts"]}
    (reason,) = by_name["refused"]["facts"]
    assert "vehicle" in reason
    assert len(by_name["ledger"]["screens"]) == 1
    assert (tmp_path / "out" / "two-persons-waiting.png").stat().st_size > 10_000
