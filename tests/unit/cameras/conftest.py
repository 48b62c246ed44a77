"""A camera process on free ports."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.fakes.served_cameras import Served, serve


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    async with serve() as one:
        yield one
