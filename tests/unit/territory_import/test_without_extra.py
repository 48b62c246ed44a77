"""The command line; and what happens where the extra is not installed."""

from __future__ import annotations

import importlib
import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from backend_bridge import cli
from tests.unit.territory_import.city_files import collection, point

HIDE = """
import sys
for name in ("shapely", "pyproj", "pyogrio", "osmium"):
    sys.modules[name] = None
import backend_bridge.territory.cli
"""


def test_the_bridge_side_runs_without_the_extra() -> None:
    subprocess.run([sys.executable, "-c", HIDE], check=True, timeout=60)


@pytest.mark.parametrize("missing", ["shapely", "pyproj", "pyogrio", "osmium"])
def test_a_missing_library_names_the_extra(
    source: Path,
    out: Path,
    missing: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    real = importlib.import_module

    def without(name: str, package: str | None = None) -> ModuleType:
        if name.partition(".")[0] == missing:
            raise ModuleNotFoundError(f"No module named '{name}'")
        known = importlib.util.find_spec(name.partition(".")[0]) is not None
        return real(name, package) if known else ModuleType(name)

    collection(source / "lamps.geojson", [point()])
    monkeypatch.setattr(importlib, "import_module", without)
    assert cli.main(["territory", "import", str(source), "--out", str(out)]) == 2
    said = capsys.readouterr().err
    assert missing in said
    assert "pip install 'beffroi[import]'" in said
    assert not out.parent.exists()
