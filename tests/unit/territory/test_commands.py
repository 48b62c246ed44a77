"""``beffroi territory`` makes a city, says what it is like, and refuses with a reason."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from backend_bridge.territory import TerritoryError
from backend_bridge.territory.cli import register
from backend_bridge.territory.problems import MOST_SHOWN, Problem


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    register(parser.add_subparsers())
    arguments = parser.parse_args(["territory", *words])
    code: int = arguments.run(arguments)
    return code


def test_make_demo_prints_the_distributions(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    city = str(tmp_path / "city")

    assert run("make-demo", city, "--seed", "4", "--size", "0.05", "--base-port", "30000") == 0
    printed = capsys.readouterr().out
    assert "lamp                1700" in printed
    assert "addresses           5000" in printed
    assert "lamp to nearest lamp, m" in printed
    assert "separate street networks: 1; communes in pieces: none" in printed
    assert "port = 30000 }" in (tmp_path / "city/links.toml").read_text("utf-8")
    assert run("check", city) == 0
    assert "No problem found." in capsys.readouterr().out


def test_check_reads_the_layers_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    city = tmp_path / "city"
    assert run("make-small", str(city), "--cabinets", "1") == 0
    (city / "addresses.csv").write_text("number\n", "utf-8")

    assert run("check", str(city)) == 2
    assert "addresses.csv: line 1: its header does not name once" in capsys.readouterr().err


def test_an_impossible_size_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("make-demo", str(tmp_path / "x"), "--size", "12") == 2
    assert "size 12: 0.05 to 10 can be generated" in capsys.readouterr().err


def test_thousands_of_problems_are_not_all_written_out() -> None:
    found = [
        Problem("equipment.geojson", f'"L-{n}"', "it is wrong", "Mend it.") for n in range(999)
    ]

    error = TerritoryError(found)

    assert len(error.problems) == 999
    assert str(error).count("it is wrong") == MOST_SHOWN
    assert str(error).endswith(f"… and {999 - MOST_SHOWN} more.")
