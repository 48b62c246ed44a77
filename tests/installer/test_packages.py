"""The Debian packages, installed by apt in a root of their own and run as their own user.

The root is this machine's, seen through an overlay in memory, in namespaces of its own: what the
packages install and write is gone afterwards. The checkout and its .venv are not in it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "installer" / "deb" / "build.sh"
ENTER = Path(__file__).parent / "in_root.sh"
PARTS = os.environ.get("BEFFROI_PACKAGES", "bridge").split()
"""Which packages are tried; ``make deb`` tries all three."""
pytestmark = [
    pytest.mark.skipif(os.geteuid() != 0, reason="needs root, for namespaces and apt"),
    pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="needs Debian's tools"),
    pytest.mark.timeout(600),
]


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a folder with the packages, and an upgrade of each in ``upgrade``."""
    folder = tmp_path_factory.mktemp("packages")
    given = os.environ.get("BEFFROI_PACKAGES_DIR")
    if given:
        for part in PARTS:
            (made,) = Path(given).glob(f"beffroi-{part}_*.deb")
            shutil.copy(made, folder)
    else:
        _build(folder, PARTS)
    _build(folder / "upgrade", ["bridge"], version="99.1")
    yield folder
    shutil.rmtree(folder)  # hundreds of megabytes


def _build(folder: Path, parts: list[str], **variables: str) -> None:
    environment = {**os.environ, **{f"BEFFROI_{k.upper()}": v for k, v in variables.items()}}
    done = subprocess.run(
        [BUILD, folder, *parts],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=500,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _in_root(packages: Path, script: str, tmp_path: Path) -> str:
    enter: list[str | Path] = [
        "unshare",
        "--mount",
        "--pid",
        "--fork",
        "--kill-child",
        "bash",
        ENTER,
    ]
    done = subprocess.run(
        [*enter, tmp_path, packages],
        input=ENTER.with_name(script).read_text(),
        capture_output=True,
        text=True,
        check=False,
        timeout=500,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return str(done.stdout)


def test_bridge_is_installed_started_as_its_own_user_upgraded_and_removed(
    packages: Path, tmp_path: Path
) -> None:
    said = _in_root(packages, "bridge.sh", tmp_path)
    assert "beffroi-bridge: name the territory" in said
    assert "runs as beffroi" in said
    assert "second sign of life: 99.1" in said
    assert "journal kept after removal" in said


@pytest.mark.skipif("console" not in PARTS, reason="the long version: make deb")
def test_all_three_together_play_the_demo(packages: Path, tmp_path: Path) -> None:
    said = _in_root(packages, "demo.sh", tmp_path)
    assert "the demo was played" in said
