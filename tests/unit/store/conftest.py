"""An open store in a folder of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from backend_bridge.store import Store, StoreSettings, history
from tests.fakes.clock import ManualClock


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a curve wait for its last second, on a machine that is busy with other tests too."""
    monkeypatch.setattr(history, "FLUSH_S", 30.0)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def settings(tmp_path: Path) -> StoreSettings:
    return StoreSettings(directory=tmp_path / "data", history_flush_s=0.05, probe_s=0.05)


@pytest.fixture
async def store(settings: StoreSettings, clock: ManualClock) -> AsyncIterator[Store]:
    async with Store.open(settings, clock) as opened:
        yield opened
