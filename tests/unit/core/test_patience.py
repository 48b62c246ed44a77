"""A device is given its time; the bridge's own delay is not counted against it."""

from __future__ import annotations

import asyncio

import pytest

from backend_bridge.core.patience import GRACE_S, patient_timeout
from tests.fakes.virtual_time import VirtualLoop, run_virtual


async def limited(work_s: float, limit_s: float) -> None:
    async with patient_timeout(limit_s):
        await asyncio.sleep(work_s)


def test_what_is_done_in_time_is_left_alone(loop: VirtualLoop) -> None:
    run_virtual(loop, limited(0.9, 1.0))


def test_what_is_not_done_in_time_is_ended_at_that_time(loop: VirtualLoop) -> None:
    before_s = loop.time()

    with pytest.raises(TimeoutError):
        run_virtual(loop, limited(5.0, 1.0))

    assert loop.time() - before_s == pytest.approx(1.0)


@pytest.mark.parametrize(("answer_s", "in_time"), [(3.1, True), (3.0 + GRACE_S + 0.1, False)])
def test_a_held_up_loop_grants_a_grace(loop: VirtualLoop, answer_s: float, in_time: bool) -> None:
    before_s = loop.time()

    async def story() -> None:
        loop.call_later(0.5, lambda: loop.jump(2.5))  # held up until 3.0, the limit was 1.0
        await limited(answer_s, 1.0)

    if in_time:
        run_virtual(loop, story())
    else:
        with pytest.raises(TimeoutError):
            run_virtual(loop, story())
        assert loop.time() - before_s == pytest.approx(3.0 + GRACE_S)


def test_cancelling_from_outside_is_no_timeout(loop: VirtualLoop) -> None:
    async def story() -> None:
        task = asyncio.create_task(limited(5.0, 3.0))
        await asyncio.sleep(1)
        task.cancel()
        await task

    with pytest.raises(asyncio.CancelledError):
        run_virtual(loop, story())
