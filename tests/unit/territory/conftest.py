"""A small generated territory, and ways to spoil it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from backend_bridge.territory import TerritoryError, generate_small, load
from backend_bridge.territory.problems import Problem

Change = Callable[[list[dict[str, Any]]], None]


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    path = tmp_path / "town"
    generate_small(path, seed=3, cabinets=2, lamps=8, base_port=20000)
    return path


def edit(directory: Path, change: Change, file: str = "equipment.geojson") -> None:
    """Let ``change`` alter the features of a file."""
    path = directory / file
    data = msgspec.json.decode(path.read_bytes())
    change(data["features"])
    path.write_bytes(msgspec.json.encode(data))


def problems_of(directory: Path) -> list[Problem]:
    """Return what loading refuses."""
    with pytest.raises(TerritoryError) as caught:
        load(directory)
    return list(caught.value.problems)
