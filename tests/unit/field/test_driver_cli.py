"""``beffroi driver`` says what it did, what it did not, and why."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from backend_bridge.drivers import cli


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    cli.register(parser.add_subparsers())
    parsed = parser.parse_args(["driver", *arguments])
    result: int = parsed.run(parsed)
    return result


def test_new_driver_is_listed_and_described(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("new", "road_sensor", "--into", str(tmp_path)) == 0
    assert run("list", "--drivers", str(tmp_path)) == 0
    assert run("describe", "road_sensor", "--drivers", str(tmp_path)) == 0

    printed = capsys.readouterr().out
    assert "RoadSensor" in printed
    assert "modbus" in printed
    assert "3 points in 1 poll group" in printed
    assert "template" not in "".join(
        path.read_text().lower() for path in (tmp_path / "road_sensor").glob("*.*")
    )


@pytest.mark.parametrize("name", ["Tram", "9lives", "a-b", "template", ""])
def test_impossible_name_is_refused(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("new", name, "--into", str(tmp_path)) == 2
    assert "cannot be a driver's name" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_folder_that_is_there_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tram").mkdir()

    assert run("new", "tram", "--into", str(tmp_path)) == 2
    assert "nothing was written" in capsys.readouterr().err
    assert list((tmp_path / "tram").iterdir()) == []


@pytest.mark.parametrize("arguments", [("list",), ("describe", "modbus")])
def test_folder_of_drivers_that_is_missing_is_said(
    arguments: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments, "--drivers", str(tmp_path / "gone")) == 2
    assert "no such folder" in capsys.readouterr().err


def test_unknown_driver_is_said_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("describe", "modbux") == 2
    assert 'did you mean "modbus"' in capsys.readouterr().err
