"""No network sees more attempts a second than it takes, nor does what it hangs on."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend_bridge.core.gates import MARGIN, ConnectionGate, Gates
from tests.fakes.virtual_time import VirtualLoop, close_virtual, run_virtual
from tests.unit.core.fakes import Ring


def most_in_a_second(times: Sequence[float]) -> int:
    """Return the highest count in any half-open second."""
    times = sorted(times)
    return max((sum(at <= other < at + 1 for other in times) for at in times), default=0)


def test_the_gate_keeps_order_and_pace(loop: VirtualLoop) -> None:
    gate = ConnectionGate(20, loop.time)
    passed: list[tuple[int, float]] = []

    async def ask(number: int) -> None:
        await gate.wait()
        passed.append((number, loop.time()))

    async def everybody() -> None:
        await asyncio.gather(*(ask(number) for number in range(60)))

    start_s = loop.time()
    run_virtual(loop, everybody())

    assert [number for number, _ in passed] == list(range(60))
    assert passed[0][1] == start_s
    assert passed[-1][1] - start_s == pytest.approx(59 / 20 * MARGIN)
    assert most_in_a_second([at for _, at in passed]) <= 20


def test_a_slow_gate_waits_longer_than_a_second(loop: VirtualLoop) -> None:
    gate = ConnectionGate(0.2, loop.time)

    async def three() -> list[float]:
        passed = []
        for _ in range(3):
            await gate.wait()
            passed.append(loop.time())
        return passed

    passed = run_virtual(loop, three())
    assert [b - a for a, b in itertools.pairwise(passed)] == pytest.approx([5 * MARGIN] * 2)


def test_an_idle_gate_lets_the_next_one_through_at_once(loop: VirtualLoop) -> None:
    gate = ConnectionGate(20, loop.time)

    async def now_and_later() -> float:
        await gate.wait()
        await asyncio.sleep(5)
        before_s = loop.time()
        await gate.wait()
        return loop.time() - before_s

    assert run_virtual(loop, now_and_later()) == 0


def test_who_will_not_wait_passes_only_when_nobody_else_does(loop: VirtualLoop) -> None:
    async def story() -> list[bool]:
        gate = ConnectionGate(1, loop.time)
        found = [gate.take_now(), gate.take_now()]
        waiting = asyncio.create_task(gate.wait())
        await asyncio.sleep(0.1)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        found.append(gate.take_now())
        await asyncio.sleep(MARGIN)  # the one that went has taken no turn
        found.append(gate.take_now())
        return found

    assert run_virtual(loop, story()) == [True, False, False, True]


def test_a_loop_that_was_held_up_catches_up_a_little_in_one_turn(loop: VirtualLoop) -> None:
    """A loop of slow turns would otherwise let one link through a turn."""
    gate = ConnectionGate(20, loop.time)
    passed: list[float] = []

    async def ask() -> None:
        await gate.wait()
        passed.append(loop.time())

    async def story() -> None:
        async with asyncio.TaskGroup() as tasks:
            for _ in range(200):
                tasks.create_task(ask())
            await asyncio.sleep(0.01)
            for _ in range(12):
                loop.jump(1.0)  # each turn takes a second
                await asyncio.sleep(0)

    run_virtual(loop, story())
    assert most_in_a_second(passed) <= 20
    in_the_slow_turns = [at for at in passed if at < passed[0] + 12]
    assert len(in_the_slow_turns) > 3 * 12


def test_turns_count_from_when_they_are_taken(loop: VirtualLoop) -> None:
    """The loop is held up between the turns given and the attempts made."""
    gate = ConnectionGate(20, loop.time)
    passed: list[float] = []

    async def ask() -> None:
        await gate.wait()
        passed.append(loop.time())

    async def story() -> None:
        async with asyncio.TaskGroup() as tasks:
            for _ in range(120):
                tasks.create_task(ask())
            for _ in range(40):
                await asyncio.sleep(0.11)
                loop.call_soon(loop.jump, 0.4)  # in the turn that gives turns, after they are given

    run_virtual(loop, story())
    assert len(passed) == 120
    assert most_in_a_second(passed) <= 20


def test_a_gate_needs_a_pace(loop: VirtualLoop) -> None:
    with pytest.raises(ValueError, match="cannot work"):
        ConnectionGate(0, loop.time)


def test_a_waiting_ring_does_not_hold_up_another(loop: VirtualLoop) -> None:
    rings = [Ring("core", most_connects_per_s=100), Ring("a", "core", 0.1), Ring("b", "core")]
    gates = Gates(rings, {"L1": "a", "L2": "a", "L3": "b"}, 20, loop.time)

    async def story() -> float:
        await gates.of("L1").wait()
        slow = asyncio.create_task(gates.of("L2").wait())
        await asyncio.sleep(0.1)
        before_s = loop.time()
        await gates.of("L3").wait()
        took_s = loop.time() - before_s
        slow.cancel()
        await asyncio.gather(slow, return_exceptions=True)
        return took_s

    assert run_virtual(loop, story()) == 0


def test_links_without_a_network_share_one_gate(loop: VirtualLoop) -> None:
    gates = Gates([Ring("a", "gone")], {"L1": "a", "L2": "lost"}, 5, loop.time)

    assert gates.of("L3") is gates.of("L4") is gates.of("L2")
    assert gates.of("L1") is not gates.of("L3")


def test_a_circle_of_networks_ends(loop: VirtualLoop) -> None:
    gates = Gates([Ring("a", "b"), Ring("b", "a")], {"L": "a"}, 5, loop.time)

    assert run_virtual(loop, asyncio.wait_for(_pass(gates, "L", loop), 1)) is not None


async def _pass(gates: Gates, link: str, loop: VirtualLoop) -> float:
    await gates.of(link).wait()
    return loop.time()


Attempts = st.lists(
    st.tuples(st.integers(0, 3), st.floats(0, 4), st.booleans()), min_size=1, max_size=80
)
"""Network, when, and whether it gives up rather than wait."""


@given(
    attempts=Attempts,
    paces=st.tuples(*[st.sampled_from([1.0, 3.0, 10.0, 30.0])] * 3),
    core=st.sampled_from([5.0, 12.0, 60.0]),
)
def test_no_network_ever_sees_more_than_it_takes(
    attempts: list[tuple[int, float, bool]], paces: tuple[float, ...], core: float
) -> None:
    """Three rings, two of them on a core, and links without any, whoever comes when."""
    loop = VirtualLoop()
    try:
        found = run_virtual(loop, _attempt(attempts, paces, core, loop))
    finally:
        close_virtual(loop)
    for network, pace in enumerate((*paces, 20.0)):
        assert most_in_a_second(found[network]) <= pace
    assert most_in_a_second(found[0] + found[1]) <= core
    assert sum(map(len, found)) >= sum(not hasty for _, _, hasty in attempts)


async def _attempt(
    attempts: list[tuple[int, float, bool]],
    paces: Sequence[float],
    core: float,
    loop: VirtualLoop,
) -> list[list[float]]:
    parents = ("core", "core", "")
    rings = [Ring("core", most_connects_per_s=core)]
    rings += [Ring(f"N{n}", parents[n], pace) for n, pace in enumerate(paces)]
    network_of = {f"L{n}": f"N{n}" for n in range(3)}
    gates = Gates(rings, network_of, 20, loop.time)
    found: list[list[float]] = [[] for _ in range(4)]

    async def attempt(network: int, after_s: float, hasty: bool) -> None:
        await asyncio.sleep(after_s)
        gate = gates.of(f"L{network}")
        if not hasty:
            await gate.wait()
        elif not gate.take_now():
            return
        found[network].append(loop.time())

    await asyncio.gather(*(attempt(*one) for one in attempts))
    return found
