"""What the bridge logs while the matrix is walked: refusals are many, errors none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import structlog


@pytest.fixture
def matrix_log() -> Iterator[list[Any]]:
    with structlog.testing.capture_logs() as lines:
        yield lines
