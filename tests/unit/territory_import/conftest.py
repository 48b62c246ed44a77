"""The extra ``import`` is optional: without it, only what works without it is tested."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

NEEDED = ("shapely", "pyproj", "pyogrio", "osmium")
WITHOUT_EXTRA = ("test_without_extra.py",)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    here = Path(__file__).parent
    for item in items:
        ours = item.path.parent == here and item.path.name not in WITHOUT_EXTRA
        if missing and ours:
            reason = f"the extra import is not installed: {', '.join(missing)}"
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "places" / "town"
