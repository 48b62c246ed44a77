"""The loop's lag is measured and a jump of the wall clock is noticed, both ways, once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from backend_bridge.core.pulse import Pulse
from tests.fakes.virtual_time import VirtualClock, VirtualLoop, run_virtual

if TYPE_CHECKING:
    from collections.abc import Callable


def _run(loop: VirtualLoop, pulse: Pulse, acts: list[Callable[[], object]]) -> None:
    async def story() -> None:
        task = asyncio.create_task(pulse.run())
        for act in acts:
            await asyncio.sleep(2)
            act()
        await asyncio.sleep(2)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    run_virtual(loop, story())


@pytest.mark.parametrize("jump_s", [3600.0, -3600.0, 2.5])
def test_a_jump_of_the_wall_clock_is_told_once(loop: VirtualLoop, jump_s: float) -> None:
    clock = VirtualClock(loop)
    jumps: list[float] = []

    _run(loop, Pulse(clock, jumps.append), [lambda: clock.set_wall(jump_s)])

    assert jumps == [pytest.approx(jump_s, abs=0.01)]


def test_small_corrections_are_no_jump(loop: VirtualLoop) -> None:
    clock = VirtualClock(loop)
    jumps: list[float] = []

    _run(loop, Pulse(clock, jumps.append), [lambda: clock.set_wall(1.5)] * 5)

    assert jumps == []


def test_a_loop_that_was_held_up_is_late_and_the_clock_did_not_jump(loop: VirtualLoop) -> None:
    jumps: list[float] = []
    pulse = Pulse(VirtualClock(loop), jumps.append)

    _run(loop, pulse, [lambda: loop.jump(4.0)])

    assert pulse.worst_lag_ms >= 3_750
    assert pulse.lag_ms < 1
    assert jumps == []


def test_each_look_is_a_beat(loop: VirtualLoop) -> None:
    beats: list[None] = []

    _run(
        loop,
        Pulse(VirtualClock(loop), lambda _s: None, on_beat=lambda: beats.append(None)),
        [lambda: None],
    )

    assert 14 <= len(beats) <= 16
