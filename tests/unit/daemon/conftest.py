"""A small town and the log kept out of the way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from backend_bridge.territory import Territory, generate_small, load


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Territory:
    path = tmp_path_factory.mktemp("town")
    generate_small(path, seed=2, cabinets=2, lamps=8, base_port=20000)
    return load(path)


@pytest.fixture
def log() -> Iterator[list[Any]]:
    with structlog.testing.capture_logs() as lines:
        yield lines


@pytest.fixture
def toml(tmp_path: Path) -> Path:
    return tmp_path / "bridge.toml"
