"""Killed at any moment of an override's life, the bridge brings it back, once."""

from __future__ import annotations

import asyncio

import pytest

from backend_bridge.contract.overrides import OverrideState as State
from tests.fakes.waiting import until
from tests.unit.overrides.kit import LAMP, PROGRAMME, Room

STEPS = 40


async def _whole_life(room: Room) -> None:
    async with room.life() as life:
        await room.command(life)
        room.pass_time(600.0, life)
        await until(lambda: room.last("k1").state is State.ENDED)


async def test_a_whole_life_takes_fewer_steps_than_are_tried() -> None:
    room = Room()
    await _whole_life(room)

    assert 10 < room.journal.fuse.passed < STEPS


@pytest.mark.parametrize("longest_s", [0.0, 3_600.0], ids=["bridge", "device"])
@pytest.mark.parametrize("step", range(1, STEPS))
async def test_killed_anywhere_it_is_taken_back_once(
    step: int, longest_s: float, expected_events: list[str]
) -> None:
    expected_events += ["command_defect", "read_back_defect", "return_failed", "command_failed"]
    room = Room()
    room.street.longest_s = longest_s
    room.journal.fuse.at = step
    life = asyncio.create_task(_whole_life(room))
    await until(lambda: life.done() or room.journal.fuse.passed >= step, what="the kill")
    await asyncio.sleep(0.02)  # from here on nothing reaches journal or field
    life.cancel()
    await asyncio.wait([life])
    if not life.cancelled():
        life.exception()  # the kill, seen from wherever it was waited for
    room.journal.fuse.at = 0
    room.clock.advance(600.0)

    for _ in range(2):
        async with room.life() as next_life:
            await until(lambda: not next_life.ledger.open, what="the ledger to be empty")

    assert room.street.so(LAMP) == PROGRAMME
    levels = [value for _, value, _ in room.street.writes]
    assert levels.count(80) <= 1
    # a device that holds its own way back is never told; another one at most once
    assert levels.count(None) <= (0 if longest_s else 1)
    assert (await room.journal.situation()).overrides == ()
