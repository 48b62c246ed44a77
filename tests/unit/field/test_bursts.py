"""Bursts change as many lamps as they say, within the time they say, and can be undone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec
import pytest

from backend_bridge.contract.points import Equipment
from backend_bridge.core.driver import LinkConfig
from backend_bridge.core.simulation import EquipmentTruth, FaultError
from backend_bridge.drivers.registry import Registry
from backend_bridge.field.bursts import BurstError, BurstRequest, Bursts, read_request
from backend_bridge.field.world import UnknownSubjectError, World
from backend_bridge.territory import load
from backend_bridge.territory.demo import generate_demo
from backend_bridge.territory.records import Uplink
from tests.fakes.clock import ManualClock
from tests.fakes.waiting import until

AFTERNOON = datetime(2026, 1, 15, 14, 0, tzinfo=UTC)
LAMPS = 1700


@dataclass(frozen=True)
class AnyPorts:
    """A territory whose devices take any free port."""

    equipment: tuple[Equipment, ...]
    links: tuple[LinkConfig, ...]
    centre: tuple[float, float]
    uplinks: tuple[Uplink, ...]
    uplink_of: Mapping[str, str]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> AnyPorts:
    path = tmp_path_factory.mktemp("demo")
    generate_demo(path, seed=1, size=0.05)
    demo = load(path)
    links = tuple(
        msgspec.structs.replace(link, settings={**link.settings, "port": 0}) for link in demo.links
    )
    return AnyPorts(demo.equipment, links, demo.centre, demo.uplinks, demo.uplink_of)


@pytest.fixture
async def world(city: AnyPorts) -> AsyncIterator[World]:
    world = World(city, Registry(), start=AFTERNOON, seed=4, speed=1, clock=ManualClock())
    await world.start()
    yield world
    await world.stop()


@pytest.fixture
async def bursts(world: World) -> AsyncIterator[Bursts]:
    bursts = Bursts(world)
    yield bursts
    await bursts.close()


async def truth_of(world: World) -> dict[str, EquipmentTruth]:
    return {name: entry async for _, part in world.truths() for name, entry in part.items()}


async def burning(world: World) -> set[str]:
    truth = await truth_of(world)
    return {name for name, entry in truth.items() if entry.values.get("level")}


async def unreachable(world: World) -> set[str]:
    return {name for name, entry in (await truth_of(world)).items() if not entry.reachable}


async def done(bursts: Bursts) -> None:
    await until(lambda: not bursts.running, what="the bursts' end")


def ask(burst: str, **more: object) -> BurstRequest:
    return read_request({"burst": burst, "within_s": 0.05, **more})


async def test_dusk_lights_as_many_lamps_as_asked_and_dawn_puts_them_out(
    world: World, bursts: Bursts
) -> None:
    assert await burning(world) == set()

    begun = await bursts.begin(ask("dusk", changes=500))
    await done(bursts)

    lit = await burning(world)
    assert 500 <= begun.lamps == len(lit) < 700
    begun = await bursts.begin(ask("dawn"))
    await done(bursts)
    assert begun.lamps == len(lit)
    assert await burning(world) == set()
    with pytest.raises(BurstError, match="dusk first"):
        await bursts.begin(ask("dawn"))


async def test_dusk_is_spread_over_the_seconds_it_is_given(world: World, bursts: Bursts) -> None:
    begun = await bursts.begin(ask("dusk", within_s=0.4))
    assert (begun.lamps, bursts.running) == (LAMPS, 1)
    seen = set()

    def look() -> bool:
        seen.add(sum(bool(s.faults) for s in world.simulators.values()))
        return not bursts.running

    await until(look)

    assert len(seen) > 5
    assert len(await burning(world)) == LAMPS


async def test_more_lamps_than_there_are_is_refused_and_nothing_happens(
    world: World, bursts: Bursts
) -> None:
    with pytest.raises(BurstError, match="can change 1700 lamps now, not 10000"):
        await bursts.begin(ask("dusk", changes=10_000))

    assert not bursts.running
    assert await burning(world) == set()


async def test_tripped_feeders_take_their_lamps_and_come_back(world: World, bursts: Bursts) -> None:
    begun = await bursts.begin(ask("feeder_trip", changes=300, seed=9))
    await done(bursts)

    dark = await unreachable(world)
    assert 300 <= begun.lamps == len(dark) < 400
    truth = await truth_of(world)
    tripped = {name for name, entry in truth.items() if entry.values.get("closed") is False}
    assert {world.parents[lamp] for lamp in dark} == tripped
    assert len(tripped) == begun.steps

    back = await bursts.begin(ask("feeder_return"))
    await done(bursts)
    assert (back.lamps, back.steps) == (begun.lamps, begun.steps)
    assert await unreachable(world) == set()


@pytest.mark.parametrize(("how", "fault"), [("silent", "frozen"), ("refused", "dead")])
async def test_cut_backbone_takes_all_behind_it_and_nothing_else(
    world: World, bursts: Bursts, how: str, fault: str
) -> None:
    begun = await bursts.begin(ask("backbone_cut", how=how))
    await done(bursts)

    lost = await unreachable(world)
    kinds = {world.kinds[name] for name in lost}
    assert kinds == {"cabinet", "feeder", "lamp", "bollard"}
    assert begun.lamps == LAMPS
    faults = {name: set(simulator.faults) for name, simulator in world.simulators.items()}
    assert set(map(frozenset, faults.values())) == {frozenset({fault}), frozenset()}
    with pytest.raises(BurstError, match="cut already"):
        await bursts.begin(ask("backbone_cut"))

    await bursts.begin(ask("backbone_return"))
    await done(bursts)
    assert await unreachable(world) == set()
    with pytest.raises(BurstError, match="no backbone_cut"):
        await bursts.begin(ask("backbone_return"))


async def test_one_network_is_cut_and_another_brought_back(world: World, bursts: Bursts) -> None:
    loops = [
        name for name in world.links_by_uplink if name.startswith("FO-") and "COEUR" not in name
    ]
    for loop in loops[:2]:
        await bursts.begin(ask("backbone_cut", uplink=loop))
        await done(bursts)
    await bursts.begin(ask("backbone_return", uplink=loops[0]))
    await done(bursts)

    cut = {link for link, simulator in world.simulators.items() if simulator.faults}
    assert cut == set(world.links_by_uplink[loops[1]])


async def test_share_of_a_network(world: World, bursts: Bursts) -> None:
    begun = await bursts.begin(ask("backbone_cut", share=0.5))
    await done(bursts)

    core = world.links_by_uplink["FO-COEUR"]
    assert begun.links == round(len(core) / 2)


async def test_same_seed_takes_the_same_feeders(world: World, bursts: Bursts) -> None:
    taken = []
    for seed in (5, 5, 6):
        await bursts.begin(ask("feeder_trip", changes=200, seed=seed))
        await done(bursts)
        taken.append(await unreachable(world))
        await bursts.begin(ask("feeder_return"))
        await done(bursts)

    assert taken[0] == taken[1] != taken[2]


async def test_faults_mended_by_hand_are_not_undone_again(world: World, bursts: Bursts) -> None:
    await bursts.begin(ask("feeder_trip", changes=200))
    await done(bursts)
    await world.clear(None, link=None, equipment=None)

    with pytest.raises(BurstError, match="no feeder_trip"):
        await bursts.begin(ask("feeder_return"))


async def test_burst_under_way_ends_with_the_field(world: World, bursts: Bursts) -> None:
    await bursts.begin(ask("dusk", within_s=500))

    await bursts.close()

    assert not bursts.running
    assert len(await burning(world)) < LAMPS


@pytest.mark.parametrize(
    "body", [{}, {"burst": 3}, {"burst": "dusk", "within_s": -1}, {"burst": "dusk", "share": 2}]
)
def test_request_that_cannot_be_is_refused(body: dict[str, object]) -> None:
    with pytest.raises(FaultError):
        read_request(body)


async def test_telling_the_truth_leaves_time_for_polls(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backend_bridge.field.world.SLICE_S", 0.0)
    turns = 0

    async def poll() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    polling = asyncio.create_task(poll())
    told = [link async for link, _ in world.truths()]
    polling.cancel()

    assert told == list(world.simulators)
    assert turns >= len(told)


async def test_unknown_network_is_said(bursts: Bursts) -> None:
    with pytest.raises(UnknownSubjectError, match="moon"):
        await bursts.begin(ask("backbone_cut", uplink="moon"))
