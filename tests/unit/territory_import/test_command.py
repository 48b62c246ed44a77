"""``beffroi territory import`` as a person types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from backend_bridge import cli
from tests.unit.territory_import.city_files import collection, point


def test_the_command_prints_the_report_and_keeps_it(
    source: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    collection(source / "lamps.geojson", [point(), {"type": "Feature"}])
    arguments = ["territory", "import", str(source), "--out", str(out), "--simulate", "lamps"]
    assert cli.main(arguments) == 0
    said = capsys.readouterr().out
    assert "left 1: no geometry (feature 2)" in said
    assert (out / "import-report.txt").read_text("utf-8") in said
    data = json.loads((out / "import-report.json").read_text("utf-8"))
    assert data["layers"][0]["taken"] == {"lamp": 1}
    assert data["left"] == {"no geometry": 1}
    assert cli.main(["territory", "check", str(out)]) == 0


def test_a_refusal_says_why_and_ends_with_2(
    source: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    collection(source / "bancs.geojson", [point()])
    assert cli.main(["territory", "import", str(source), "--out", str(out)]) == 2
    said = capsys.readouterr().err
    assert "Nothing was imported" in said
    assert "bancs.geojson" in said
    assert not out.parent.exists()
