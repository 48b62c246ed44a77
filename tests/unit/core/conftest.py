"""Virtual time, and log lines kept for the test that wants to look at them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from tests.fakes.virtual_time import VirtualLoop, close_virtual


@pytest.fixture
def loop() -> Iterator[VirtualLoop]:
    virtual = VirtualLoop()
    yield virtual
    close_virtual(virtual)


@pytest.fixture(autouse=True)
def log() -> Iterator[list[Any]]:
    """Keep what is logged: losing links is what these tests are about."""
    with structlog.testing.capture_logs() as lines:
        yield lines
