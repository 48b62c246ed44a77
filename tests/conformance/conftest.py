"""One suite for every driver there is, the city's own included (BEFFROI_DRIVER_DIRS)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from backend_bridge.drivers.registry import Registry, configured_directories
from tests.conformance.subject import Subject


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "subject" in metafunc.fixturenames:
        registry = Registry(configured_directories())
        drivers = [Subject(manifest, registry) for manifest in registry.manifests.values()]
        subjects = [
            Subject(driver.manifest, registry, device)
            for driver in drivers
            for device in ("", *driver.quality.device)
        ]
        names = [f"{item.manifest.name}-{item.device}".rstrip("-") for item in subjects]
        metafunc.parametrize("subject", subjects, ids=names, scope="session")


@pytest_asyncio.fixture(autouse=True)
async def _no_task_left() -> AsyncIterator[None]:
    """Fail a test whose driver, simulator or server left a task behind."""
    before = asyncio.all_tasks()
    yield
    for _ in range(50):
        left = asyncio.all_tasks() - before - {asyncio.current_task()}
        if not left:
            return
        await asyncio.sleep(0.01)
    pytest.fail(f"tasks left behind: {left}", pytrace=False)
