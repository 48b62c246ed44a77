"""Panels are found; a broken one is contained."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.panels.discovery import discover

GOOD = """
from console.panels.spec import PanelSpec

class Presenter:
    def __init__(self, context): ...
    def close(self): ...

SPEC = PanelSpec(id="{id}", title_key="t", icon="mdi6.history", presenter=Presenter, view="a:B")
"""


@pytest.fixture(autouse=True)
def _import_path() -> Iterator[None]:
    path, modules = list(sys.path), set(sys.modules)
    yield
    sys.path[:] = path
    for name in set(sys.modules) - modules:
        del sys.modules[name]


def test_own_panels_are_found() -> None:
    found = discover()
    assert {"queue", "equipment"} <= set(found.specs)
    assert not [failure for failure in found.failures if "map" not in failure.name]


def test_a_folder_of_others_adds_panels_and_contains_broken_ones(
    tmp_path: Path, expected_logs: list[str]
) -> None:
    expected_logs.append("could not be loaded")
    (tmp_path / "thermo_panel.py").write_text(GOOD.format(id="thermo"))
    (tmp_path / "package_panel").mkdir()
    (tmp_path / "package_panel" / "__init__.py").write_text(GOOD.format(id="package"))
    (tmp_path / "broken_panel.py").write_text("raise ZeroDivisionError('oops')")
    (tmp_path / "copy_panel.py").write_text(GOOD.format(id="queue"))
    (tmp_path / "odd_panel.py").write_text("SPEC = 5")
    (tmp_path / "helper_panel.py").write_text("x = 1")
    found = discover([tmp_path, tmp_path / "absent"])
    assert {"thermo", "package", "queue"} <= set(found.specs)
    assert found.specs["queue"].presenter.__module__ == "console.panels.queue"
    reasons = {failure.name: failure.reason for failure in found.failures}
    assert reasons["broken_panel"] == "ZeroDivisionError: oops"
    assert "exists already" in reasons["copy_panel"]
    assert "not a PanelSpec" in reasons["odd_panel"]
    assert "helper_panel" not in reasons
