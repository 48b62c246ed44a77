"""The howto, followed to the letter, adds a driver and changes no file that was there."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOWTO = ROOT / "docs" / "howto" / "add-a-driver.md"
PLACE = "/srv/city/drivers"
WATCHED = ("backend_bridge/core", "backend_bridge/drivers", "backend_bridge/field", "docs/howto")


def commands() -> list[str]:
    """Return the lines of every shell block of the howto."""
    blocks = re.findall(r"^```sh\n(.*?)^```", HOWTO.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


def fingerprint() -> dict[str, str]:
    """Return a digest of every source file an added driver might be tempted to change."""
    files = [ROOT / "pyproject.toml", *(p for w in WATCHED for p in (ROOT / w).rglob("*"))]
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if path.is_file() and path.suffix != ".pyc"
    }


def follow(lines: Sequence[str], place: Path) -> str:
    """Run shell lines from the repository's root with the howto's folder moved; return output."""
    script = "\n".join(["set -e", *lines]).replace(PLACE, str(place))
    programs = Path(sys.executable).parent
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
        env={
            **os.environ,
            "PATH": f"{programs}:{os.environ['PATH']}",
            "PYTHONDONTWRITEBYTECODE": "1",
        },
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
def test_howto_adds_a_driver_and_changes_no_existing_file(tmp_path: Path) -> None:
    lines = commands()
    assert any("driver new" in line for line in lines)
    before = fingerprint()

    printed = follow(lines, tmp_path / "drivers")

    assert fingerprint() == before
    assert re.search(r"^parking_meter +ParkingMeter", printed, re.MULTILINE)
    passed = re.search(r"(\d+) passed", printed)
    assert passed is not None
    assert int(passed[1]) > 30
    assert not re.search(r"failed|error", printed, re.IGNORECASE)


def test_howto_names_every_file_of_the_scaffold(tmp_path: Path) -> None:
    follow([line for line in commands() if "driver new" in line], tmp_path / "drivers")
    made = {path.name for path in (tmp_path / "drivers" / "parking_meter").iterdir()}

    named = set(re.findall(r"^\| `([a-z.A-Z]+)`", HOWTO.read_text("utf-8"), re.MULTILINE))

    assert made - {"__init__.py"} == named
