"""A device is given its time; the bridge's own delay is not counted against it."""

from __future__ import annotations

import asyncio
import socket
import time

import pytest

from backend_bridge.core.patience import Patience, patient_timeout
from tests.fakes.virtual_time import VirtualLoop, run_virtual
from tests.fakes.waiting import until_sync


async def limited(work_s: float, limit_s: float) -> None:
    with patient_timeout(limit_s):
        await asyncio.sleep(work_s)


def test_what_is_done_in_time_is_left_alone(loop: VirtualLoop) -> None:
    run_virtual(loop, limited(0.9, 1.0))


def test_what_is_not_done_in_time_is_ended_at_that_time(loop: VirtualLoop) -> None:
    before_s = loop.time()

    with pytest.raises(TimeoutError):
        run_virtual(loop, limited(5.0, 1.0))

    assert loop.time() - before_s == pytest.approx(1.0)


def held_up(loop: VirtualLoop, at_s: float, for_s: float) -> None:
    """Keep the loop busy for a while, as a long callback does."""
    loop.call_later(at_s, lambda: loop.jump(for_s))


@pytest.mark.parametrize("held_s", [0.3, 2.5, 30.0])
@pytest.mark.parametrize(("answer_s", "in_time"), [(0.45, True), (0.65, False)])
def test_what_a_loop_was_held_up_is_not_counted(
    loop: VirtualLoop, held_s: float, answer_s: float, in_time: bool
) -> None:
    """The limit of 1 s has 0.5 s left when the loop is held up, and a slice comes on top."""

    async def story() -> None:
        held_up(loop, 0.5, held_s)
        await limited(0.5 + held_s + answer_s, 1.0)

    if in_time:
        run_virtual(loop, story())
    else:
        with pytest.raises(TimeoutError):
            run_virtual(loop, story())


def test_a_loop_that_never_keeps_up_gives_up_after_twice_the_limit(loop: VirtualLoop) -> None:
    before_s = loop.time()

    async def story() -> None:
        for turn in range(200):
            held_up(loop, turn * 0.05, 0.04)
        await limited(60.0, 1.0)

    with pytest.raises(TimeoutError):
        run_virtual(loop, story())
    assert 1.0 < loop.time() - before_s < 3.0


async def test_an_answer_that_lies_in_the_socket_is_taken_first() -> None:
    """A real loop, blocked for longer than the limit while the answer comes in."""
    ours, theirs = socket.socketpair()
    reader, writer = await asyncio.open_connection(sock=ours)

    def block() -> None:
        theirs.sendall(b"here")
        until_sync(lambda: time.monotonic() > blocked_until_s)

    try:
        blocked_until_s = time.monotonic() + 0.3
        asyncio.get_running_loop().call_soon(block)
        with patient_timeout(0.1):
            assert await reader.readexactly(4) == b"here"
    finally:
        writer.transport.abort()
        theirs.close()


def test_an_answer_of_the_last_turn_counts(loop: VirtualLoop) -> None:
    """The answer and the end of the limit in one turn of the loop: the answer came."""

    async def story() -> str:
        answer = loop.create_future()
        loop.call_at(loop.time() + 1.0, answer.set_result, "here")
        with patient_timeout(1.0):
            said: str = await answer
        await asyncio.sleep(1)  # and no cancellation comes after it
        return said

    assert run_virtual(loop, story()) == "here"


@pytest.mark.parametrize("limits", [(1.0, 0.05), (0.05, 1.0), (0.3, 0.3)])
def test_one_patience_limits_one_block_after_another(
    loop: VirtualLoop, limits: tuple[float, float]
) -> None:
    """Whatever slice the timer of the block before has left."""
    patience = Patience()

    async def story() -> list[float]:
        took = []
        for limit_s in limits * 3:
            with patience.limit(1.0):
                await asyncio.sleep(0.03)
            before_s = loop.time()
            with pytest.raises(TimeoutError), patience.limit(limit_s):
                await asyncio.sleep(9)
            took.append(loop.time() - before_s)
        return took

    assert run_virtual(loop, story()) == pytest.approx(list(limits * 3))


def test_the_end_of_a_block_is_never_that_of_the_next(loop: VirtualLoop) -> None:
    """The answer wakes the task just before the limit would have ended it."""
    patience = Patience()

    async def story() -> None:
        for _ in range(3):
            answer = loop.create_future()
            loop.call_at(loop.time() + 1.0, answer.set_result, None)
            with patience.limit(1.0):
                await answer
            with patience.limit(1.0):
                await asyncio.sleep(0.5)

    run_virtual(loop, story())


def test_a_patience_is_for_one_at_a_time(loop: VirtualLoop) -> None:
    patience = Patience()

    async def story() -> None:
        with patience.limit(1.0), pytest.raises(RuntimeError), patience.limit(1.0):
            pass

    run_virtual(loop, story())


def test_cancelling_from_outside_is_no_timeout(loop: VirtualLoop) -> None:
    async def story() -> None:
        task = asyncio.create_task(limited(5.0, 3.0))
        await asyncio.sleep(1)
        task.cancel()
        await task

    with pytest.raises(asyncio.CancelledError):
        run_virtual(loop, story())
