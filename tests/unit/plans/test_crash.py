"""Killed at any moment while one plan takes lamps from another, nothing is written twice."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.fakes.waiting import until
from tests.unit.overrides.kit import LAMP, OTHER
from tests.unit.plans.kit import FLOOD, NIGHT, PlanRoom

STEPS = range(1, 90, 2)
ENABLED = [text.replace("longest_s", "enabled = true\nlongest_s") for text in (NIGHT, FLOOD)]


async def _whole_life(room: PlanRoom) -> None:
    async with room.planned() as life:
        await until(lambda: room.lit == (30, 30) and _verified(life.ledger.open, 30))
        room.flood(on=True)
        room.tick(life, 1)
        await until(lambda: room.lit == (100, 100) and _verified(life.ledger.open, 100))


def _verified(held: object, value: int) -> bool:
    assert isinstance(held, tuple)
    return [(one.value, one.verified, one.state) for one in held] == [(value, True, "active")] * 2


async def test_a_whole_life_takes_about_as_many_steps_as_are_tried(tmp_path: Path) -> None:
    room = PlanRoom(tmp_path, *ENABLED)
    await _whole_life(room)

    assert 40 < room.journal.fuse.passed < max(STEPS) + 20


@pytest.mark.parametrize("step", STEPS)
async def test_killed_anywhere_each_value_is_written_once(
    tmp_path: Path, step: int, expected_events: list[str]
) -> None:
    expected_events += ["command_defect", "read_back_defect", "return_failed", "command_failed"]
    expected_events += ["plan_failed", "order_defect"]
    room = PlanRoom(tmp_path, *ENABLED)
    room.journal.fuse.at = step
    life = asyncio.create_task(_whole_life(room))
    await until(lambda: life.done() or room.journal.fuse.passed >= step, what="the kill")
    await asyncio.sleep(0.02)  # from here on nothing reaches journal or field
    life.cancel()
    await asyncio.wait([life])
    if not life.cancelled():
        life.exception()  # the kill, seen from wherever it was waited for
    room.journal.fuse.at = 0

    room.flood(on=True)
    async with room.planned() as next_life:
        await until(lambda: {one.value for one in next_life.ledger.open} == {100})
        await until(lambda: {one.state for one in next_life.ledger.open} == {"active"})
        await until(lambda: len(next_life.ledger.open) == 2)
        unproven = {one.equipment_id for one in next_life.ledger.open if not one.verified}

    written = [(item, value) for item, value, _ in room.street.writes]
    for item in (LAMP, OTHER):
        # what was sent and never proven is for somebody to look at, and said to be so
        assert room.street.so(item) == 100 or item in unproven
        assert written.count((item, 30)) <= 1
        assert written.count((item, 100)) <= 1
        assert (item, None) not in written
