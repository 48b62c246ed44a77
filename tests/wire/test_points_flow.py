"""Points: conflation, back-pressure, rights, shared encoding."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest

from backend_bridge.contract.points import PointChange
from backend_bridge.contract.quality import Quality
from backend_bridge.contract.wire import (
    POINTS_PER_BATCH,
    PULL_WAIT_S,
    Beat,
    PointsBatch,
    PullPoints,
)
from tests.fakes.waiting import until
from tests.wire.rig import Replica, Rig, rig


def truth(bridge: Rig) -> dict[int, PointChange]:
    """Return every point that was ever heard of, as the table has it."""
    states = (bridge.table.state(index) for index in range(len(bridge.table)))
    return {state.index: state for state in states if state.source >= 0}


def shake(bridge: Rig, chance: random.Random, rounds: int) -> None:
    """Change points at random, through their own sources."""
    for _ in range(rounds):
        source = bridge.table.source(chance.randrange((len(bridge.table) - 1) // 100 + 1))
        chosen = chance.sample(source.points, chance.randint(1, len(source.points)))
        match chance.randrange(8):
            case 0:
                bridge.table.degrade(source.number, Quality.UNAVAILABLE)
            case _:
                bridge.table.apply(
                    source.number,
                    [(i, chance.choice([0, 50, 100, 12.5, True]), Quality.GOOD) for i in chosen],
                )


async def test_snapshot_holds_the_latest_of_everything_heard(tmp_path: Path) -> None:
    async with rig(tmp_path) as bridge:
        shake(bridge, random.Random(1), 50)
        console = await bridge.seated()
        replica = Replica()
        replica.take(await console.points(0))
        assert replica.points == truth(bridge)
        assert replica.revision == replica.head == bridge.table.head


async def test_big_snapshot_comes_in_batches_without_waiting_for_ticks(tmp_path: Path) -> None:
    async with rig(tmp_path, cabinets=400, lamps=100) as bridge:
        for number in range((len(bridge.table) - 1) // 100 + 1):
            source = bridge.table.source(number)
            bridge.table.apply(number, [(i, 100, Quality.GOOD) for i in source.points])
        console = await bridge.seated()
        replica = Replica()
        while replica.revision != replica.head:
            replica.take(await console.points(replica.revision))
        assert replica.points == truth(bridge)
        assert len(replica.points) == len(bridge.table) > 4 * POINTS_PER_BATCH


async def test_quiet_pull_is_answered_empty_after_its_wait(tmp_path: Path) -> None:
    async with rig(tmp_path) as bridge:
        console = await bridge.seated()
        began = asyncio.get_running_loop().time()
        batch = await console.points(bridge.table.head)
        assert PULL_WAIT_S <= asyncio.get_running_loop().time() - began < PULL_WAIT_S + 1
        assert (batch.changes, batch.heard, batch.upto) == ([], [], batch.head)


async def test_held_pull_is_answered_when_something_changes(tmp_path: Path) -> None:
    async with rig(tmp_path) as bridge:
        console = await bridge.seated()
        pull = asyncio.ensure_future(console.points(0))
        await until(lambda: bridge.server.counters.frames_in == 3)
        bridge.table.apply(0, [(7, 42, Quality.BAD)])
        batch = await pull
        assert [(c.index, c.value, c.quality) for c in batch.changes] == [(7, 42, Quality.BAD)]
        assert [heard.source for heard in batch.heard] == [0]
        assert batch.catalogue == bridge.catalogue.revision


@pytest.mark.parametrize("seed", range(4))
async def test_stalled_consoles_replica_equals_the_table_in_the_end(
    tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    async with rig(tmp_path, cabinets=20, lamps=100) as bridge:
        steady, stalling = await bridge.seated(), await bridge.seated("denis", name="pupitre-2")
        replicas = {steady: Replica(), stalling: Replica()}
        follow = bridge.task(steady.follow(replicas[steady]))
        for _ in range(30):
            shake(bridge, chance, chance.randint(1, 30))
            if chance.random() < 0.2:
                replicas[stalling].take(await stalling.points(replicas[stalling].revision))
            await asyncio.sleep(chance.random() * 0.02)
        while replicas[stalling].revision != bridge.table.head:
            replicas[stalling].take(await stalling.points(replicas[stalling].revision))
        await until(lambda: replicas[steady].revision == bridge.table.head)
        follow.cancel()
        for replica in replicas.values():
            assert replica.points == truth(bridge)
            assert replica.heard == {
                number: bridge.table.heard_ms(number)
                for number in range(20 * 102 // 100 + 1)
                if bridge.table.heard_ms(number)
            }


async def test_console_that_stops_pulling_costs_one_batch_and_slows_nobody(tmp_path: Path) -> None:
    async with rig(tmp_path, cabinets=50, lamps=100) as bridge:
        steady = await bridge.seated()
        replica = Replica()
        bridge.task(steady.follow(replica))
        silent = await bridge.seated("denis", name="pupitre-2")
        await silent.say(PullPoints(**silent.head(), after=0))
        chance = random.Random(5)
        loop = asyncio.get_running_loop()
        end = loop.time() + 3.0
        steady_before = len(steady.of(PointsBatch))
        while loop.time() < end:
            shake(bridge, chance, 20)
            await asyncio.sleep(0.02)
        # The silent one was sent what it asked for, once; the steady one was served all along.
        assert len(silent.of(PointsBatch)) == 1
        assert len(steady.of(PointsBatch)) - steady_before > 20
        assert max(beat.lag_ms for beat in steady.of(Beat)) < 250


async def test_rights_decide_which_points_and_sources_are_sent(tmp_path: Path) -> None:
    async with rig(tmp_path, cabinets=4, lamps=200) as bridge:
        console = await bridge.seated("gilles", "cabinets")
        for number in range((len(bridge.table) - 1) // 100 + 1):
            source = bridge.table.source(number)
            bridge.table.apply(number, [(i, 1, Quality.GOOD) for i in source.points])
        batch = await console.points(0)
        cabinet_points = {
            equipment.first_point + offset
            for equipment in bridge.catalogue.equipment
            if equipment.kind == "cabinet"
            for offset in (0, 1)
        }
        assert {change.index for change in batch.changes} == cabinet_points
        assert {heard.source for heard in batch.heard} == {point // 100 for point in cabinet_points}
        # What it may not see still counts as passed, or it would be behind for ever.
        assert batch.upto == batch.head == bridge.table.head


async def test_many_consoles_of_one_class_share_one_encoding(tmp_path: Path) -> None:
    async with rig(tmp_path) as bridge:
        consoles = [
            await bridge.seated("claire" if number < 3 else "gilles",
                                "everything" if number < 3 else "cabinets",
                                f"pupitre-{number}")
            for number in range(5)
        ]  # fmt: skip
        pulls = [asyncio.ensure_future(console.points(0)) for console in consoles]
        await until(lambda: bridge.server.counters.frames_in == 3 * len(consoles))
        before = bridge.server.counters.points_encodings
        bridge.table.apply(0, [(2, 5, Quality.GOOD)])
        batches = await asyncio.gather(*pulls)
        assert bridge.server.counters.points_encodings - before == 2
        assert [len(batch.changes) for batch in batches] == [1, 1, 1, 0, 0]
