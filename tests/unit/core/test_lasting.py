"""What links bring is put aside as they come up; garbage is not."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from backend_bridge.core.lasting import STEP, Lasting
from backend_bridge.core.linkstate import LinkState


@pytest.fixture
def aside() -> Iterator[None]:
    """Give back to the collector what the test put aside."""
    yield
    gc.unfreeze()


def state(*, up: bool) -> LinkState:
    return LinkState(link_id="L", up=up, since_ms=0)


@pytest.mark.usefixtures("aside")
def test_what_came_in_is_put_aside_each_so_many_links() -> None:
    lasting = Lasting()
    lasting.begin()
    before = gc.get_freeze_count()
    brought = [{"reading": [number]} for number in range(1_000)]

    for _ in range(STEP - 1):
        lasting.hear(state(up=True))
        lasting.hear(state(up=False))
    assert gc.get_freeze_count() <= before
    lasting.hear(state(up=True))

    assert gc.get_freeze_count() >= before + len(brought)


@pytest.mark.usefixtures("aside")
def test_garbage_is_collected_first() -> None:
    class Knot:
        alive = 0

        def __init__(self) -> None:
            self.itself = self
            Knot.alive += 1

        def __del__(self) -> None:
            Knot.alive -= 1

    Knot()
    Lasting().begin()

    assert Knot.alive == 0
