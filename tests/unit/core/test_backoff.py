"""Pauses double, are capped, differ, and start anew; connections wait their turn."""

from __future__ import annotations

import asyncio
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend_bridge.core.backoff import Backoff, ConnectionGate
from tests.fakes.virtual_time import VirtualLoop, run_virtual


@given(
    start_s=st.floats(0.01, 10),
    factor=st.floats(1, 1000),
    seed=st.integers(),
    tries=st.integers(1, 40),
)
def test_pauses_stay_between_half_and_all_of_the_nominal(
    start_s: float, factor: float, seed: int, tries: int
) -> None:
    cap_s = start_s * factor
    backoff = Backoff(start_s, cap_s, random.Random(seed))

    for number in range(tries):
        nominal_s = min(start_s * 2**number, cap_s)
        assert nominal_s * 0.5 <= backoff.next_s() <= nominal_s
    backoff.reset()

    assert backoff.next_s() <= start_s


@pytest.mark.parametrize(("start_s", "cap_s"), [(0, 1), (-1, 1), (2, 1)])
def test_a_back_off_that_cannot_work_is_refused(start_s: float, cap_s: float) -> None:
    with pytest.raises(ValueError, match="cannot work"):
        Backoff(start_s, cap_s, random.Random(1))


def test_the_gate_keeps_order_and_pace(loop: VirtualLoop) -> None:
    gate = ConnectionGate(20, loop.time)
    passed: list[tuple[int, float]] = []

    async def ask(number: int) -> None:
        await gate.wait()
        passed.append((number, loop.time()))

    async def everybody() -> None:
        await asyncio.gather(*(ask(number) for number in range(60)))

    run_virtual(loop, everybody())

    assert [number // 20 for number, _ in passed] == [0] * 20 + [1] * 20 + [2] * 20
    waves = [round(at - passed[0][1], 6) for _, at in passed]
    assert waves == [0.0] * 20 + [1.0] * 20 + [2.0] * 20


def test_a_slow_gate_waits_longer_than_a_second(loop: VirtualLoop) -> None:
    gate = ConnectionGate(0.2, loop.time)

    async def three() -> list[float]:
        passed = []
        for _ in range(3):
            await gate.wait()
            passed.append(loop.time())
        return passed

    first, second, third = run_virtual(loop, three())
    assert (second - first, third - second) == (5.0, 5.0)


def test_an_idle_gate_lets_the_next_one_through_at_once(loop: VirtualLoop) -> None:
    gate = ConnectionGate(20, loop.time)

    async def now_and_later() -> float:
        await gate.wait()
        await asyncio.sleep(5)
        before_s = loop.time()
        await gate.wait()
        return loop.time() - before_s

    assert run_virtual(loop, now_and_later()) == 0


def test_a_gate_needs_a_pace(loop: VirtualLoop) -> None:
    with pytest.raises(ValueError, match="cannot work"):
        ConnectionGate(0, loop.time)
