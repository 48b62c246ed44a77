"""Turns on a link: commands first, in order, and a cancelled wait costs nobody the turn."""

from __future__ import annotations

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from backend_bridge.core.turns import Turns
from tests.fakes.clock import ManualClock


async def test_commands_go_before_polls_and_each_in_order() -> None:
    turns = Turns(ManualClock())
    order: list[str] = []

    async def take(name: str, *, urgent: bool) -> None:
        await turns.acquire(urgent=urgent)
        order.append(name)
        await asyncio.sleep(0)
        turns.release()

    async with asyncio.TaskGroup() as group:
        for name, urgent in (("p1", False), ("p2", False), ("c1", True), ("c2", True)):
            group.create_task(take(name, urgent=urgent))

    assert order == ["p1", "c1", "c2", "p2"]
    assert turns.waiting == 0


async def test_age_of_the_longest_wait_is_told() -> None:
    clock = ManualClock()
    turns = Turns(clock)
    await turns.acquire(urgent=False)
    waiting = asyncio.create_task(turns.acquire(urgent=False))
    await asyncio.sleep(0)
    clock.advance(3)

    assert (turns.waiting, turns.oldest_s) == (1, 3.0)

    turns.release()
    await waiting
    assert (turns.waiting, turns.oldest_s, turns.longest_s) == (0, 0.0, 3.0)


async def test_longest_wait_is_forgotten_after_two_windows() -> None:
    clock = ManualClock()
    turns = Turns(clock)
    await turns.acquire(urgent=False)
    waiting = asyncio.create_task(turns.acquire(urgent=False))
    await asyncio.sleep(0)
    clock.advance(2)
    turns.release()
    await waiting

    seen = []
    for _ in range(5):
        seen.append(turns.longest_s)
        clock.advance(6)

    assert seen == [2.0, 2.0, 2.0, 2.0, 0.0]


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=12), st.booleans())
def test_cancelled_waits_never_lose_or_double_the_turn(
    waits: list[tuple[bool, bool]], cancel_at_release: bool
) -> None:
    asyncio.run(_cancel_some(waits, cancel_at_release))


async def _cancel_some(waits: list[tuple[bool, bool]], cancel_at_release: bool) -> None:
    turns = Turns(ManualClock())
    inside = 0

    async def take(*, urgent: bool) -> None:
        nonlocal inside
        await turns.acquire(urgent=urgent)
        inside += 1
        assert inside == 1
        await asyncio.sleep(0)
        inside -= 1
        turns.release()

    await turns.acquire(urgent=False)
    tasks = [asyncio.create_task(take(urgent=urgent)) for urgent, _ in waits]
    await asyncio.sleep(0)
    if cancel_at_release:
        turns.release()
    for task, (_, cancelled) in zip(tasks, waits, strict=True):
        if cancelled:
            task.cancel()
    if not cancel_at_release:
        turns.release()
    await asyncio.gather(*tasks, return_exceptions=True)

    assert [task.cancelled() for task in tasks] == [cancelled for _, cancelled in waits]
    await asyncio.wait_for(turns.acquire(urgent=False), 1)
    assert turns.waiting == 0
