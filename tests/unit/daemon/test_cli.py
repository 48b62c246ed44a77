"""The umbrella finds its commands, and a broken one harms no other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from backend_bridge import cli


class Point:
    """Stand for an entry point."""

    def __init__(self, name: str, register: Callable[[Any], None] | Exception) -> None:
        self.name = name
        self._register = register

    def load(self) -> Callable[[Any], None]:
        if isinstance(self._register, Exception):
            raise self._register
        return self._register


def hello(subparsers: Any) -> None:
    parser = subparsers.add_parser("hello")
    parser.add_argument("--code", type=int, default=0)
    parser.set_defaults(run=lambda arguments: arguments.code)


def half(subparsers: Any) -> None:
    subparsers.add_parser("half")
    raise RuntimeError("100 % broken")


@pytest.fixture(autouse=True)
def _points(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [
        Point("hello", hello),
        Point("half", half),
        Point("demo", ImportError("No module named 'PySide6'")),
    ]
    monkeypatch.setattr(cli, "entry_points", lambda **_: found)


def test_a_command_runs_and_its_code_is_returned() -> None:
    assert cli.main(["hello"]) == 0
    assert cli.main(["hello", "--code", "5"]) == 5


@pytest.mark.parametrize("arguments", [["demo"], ["demo", "--lang", "fr", "more"]])
def test_a_command_that_cannot_be_loaded_says_why(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(arguments) == cli.EXIT_UNAVAILABLE

    assert "No module named 'PySide6'" in capsys.readouterr().err


def test_help_lists_all_of_them(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(["--help"])

    assert caught.value.code == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "unavailable here: No module named 'PySide6'" in said
    assert "unavailable here: 100 % broken" in said


def test_without_a_command_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 2
    assert "usage: beffroi" in capsys.readouterr().out


def test_a_wrong_argument_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(["hello", "--colour", "red"])

    assert caught.value.code == 2
    assert "--colour red" in capsys.readouterr().err


def test_the_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--version"])

    assert capsys.readouterr().out.startswith("beffroi ")


def test_territory_is_made_and_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from backend_bridge.territory.cli import register  # noqa: PLC0415 - one test's command

    monkeypatch.setattr(cli, "entry_points", lambda **_: [Point("territory", register)])
    town = str(tmp_path / "town")

    assert cli.main(["territory", "make-small", town, "--cabinets", "2", "--seed", "9"]) == 0
    assert "lamp          152" in capsys.readouterr().out
    assert cli.main(["territory", "check", town]) == 0
    assert cli.main(["territory", "check", str(tmp_path / "none")]) == 2
    assert "make-small" in capsys.readouterr().err
    assert cli.main(["territory", "make-small", town, "--cabinets", "0"]) == 2
    assert "1 to 600" in capsys.readouterr().err
