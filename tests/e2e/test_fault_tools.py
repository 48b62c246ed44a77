"""What the fault campaigns work with: a proxy that troubles, looks that find what differs."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec
import pytest

from backend_bridge.contract.points import (
    Catalogue,
    Equipment,
    EquipmentKind,
    PointChange,
    PointDef,
    ValueType,
)
from backend_bridge.contract.quality import Quality
from console.state.equipment import EquipmentIndex
from console.state.world import World
from tests.fakes.clock import ManualClock
from tests.fakes.waiting import until
from tests.faults.proxy import BACK, TO, Proxy
from tests.faults.replica import Difference, field_differences

WORDS = b"forty-two bytes that must arrive or not be"
WAIT_S = 5.0


class Echo:
    """Say everything back, and keep what was heard."""

    def __init__(self) -> None:
        self.heard = b""
        self.clients = 0

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one client until it goes."""
        self.clients += 1
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(4096):
                self.heard += data
                writer.write(data)
                await writer.drain()
        writer.transport.abort()
        self.clients -= 1


@asynccontextmanager
async def through(seed: int = 1) -> AsyncIterator[tuple[Proxy, Echo, int]]:
    """Hold a proxy before an echo; its way is ``way``."""
    echo, proxy = Echo(), Proxy(seed)
    server = await asyncio.start_server(echo.answer, "127.0.0.1", 0)
    ports = await proxy.listen({"way": server.sockets[0].getsockname()})
    try:
        yield proxy, echo, ports["way"]
    finally:
        await proxy.close()
        server.close()
        await until(lambda: not echo.clients)


async def _say(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(WORDS)
    return reader, writer


async def test_a_proxy_without_trouble_carries_everything() -> None:
    async with through() as (proxy, _, port):
        reader, writer = await _say(port)
        assert await asyncio.wait_for(reader.readexactly(len(WORDS)), WAIT_S) == WORDS
        assert await proxy.counts() == {}
        writer.close()


async def test_it_swallows_what_goes_there_and_not_what_comes_back() -> None:
    async with through() as (proxy, echo, port):
        await proxy.trouble(["way"], [TO], drop=1.0)
        reader, writer = await _say(port)
        await until(lambda: proxy.counted("dropped") == 1)
        await proxy.clear()
        writer.write(b"heard")
        assert await asyncio.wait_for(reader.readexactly(5), WAIT_S) == b"heard"
        assert echo.heard == b"heard"
        writer.close()


async def test_it_alters_alike_for_equal_seeds_and_keeps_the_length() -> None:
    found = []
    for seed in (3, 3, 4):
        async with through(seed) as (proxy, echo, port):
            await proxy.trouble(["way"], [BACK], corrupt=1.0)
            reader, writer = await _say(port)
            found.append(await asyncio.wait_for(reader.readexactly(len(WORDS)), WAIT_S))
            assert echo.heard == WORDS
            assert await proxy.counts() == {"corrupted": 1}
            writer.close()
    assert found[0] == found[1] != WORDS
    assert found[2] not in (WORDS, found[0])


async def test_it_delays_and_keeps_the_order() -> None:
    async with through() as (proxy, _, port):
        await proxy.trouble(["way"], [BACK], delay_s=0.2)
        began_s = asyncio.get_running_loop().time()
        reader, writer = await _say(port)
        assert await asyncio.wait_for(reader.readexactly(len(WORDS)), WAIT_S) == WORDS
        assert asyncio.get_running_loop().time() - began_s >= 0.1
        writer.close()


async def test_a_frozen_way_carries_nothing_until_it_thaws() -> None:
    async with through() as (proxy, echo, port):
        await proxy.trouble(["way"], [TO, BACK], frozen=True)
        reader, writer = await _say(port)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(reader.read(1), 0.2)
        assert echo.heard == b""
        await proxy.clear()
        assert await asyncio.wait_for(reader.readexactly(len(WORDS)), WAIT_S) == WORDS
        writer.close()


async def test_a_cut_way_resets_what_is_open_and_what_comes() -> None:
    async with through() as (proxy, _, port):
        reader, writer = await _say(port)
        await asyncio.wait_for(reader.readexactly(len(WORDS)), WAIT_S)
        await proxy.cut(["way"])
        for _ in range(2):
            with contextlib.suppress(ConnectionError):
                assert await asyncio.wait_for(reader.read(1), WAIT_S) == b""
            writer.close()
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        await proxy.clear()
        writer.close()
        reader, writer = await _say(port)
        assert await asyncio.wait_for(reader.readexactly(len(WORDS)), WAIT_S) == WORDS
        writer.close()


def _world(*changes: PointChange) -> World:
    points = (
        PointDef(key="level", value_type=ValueType.INT),
        PointDef(key="power", value_type=ValueType.FLOAT),
    )
    lamp = Equipment(id="L", kind="lamp", name="L", lon=5.0, lat=47.0, first_point=0)
    catalogue = Catalogue(
        revision="r",
        title="t",
        demonstration=True,
        points_total=2,
        kinds=(EquipmentKind(key="lamp", trade="lighting", points=points),),
        equipment=(lamp,),
    )
    world = World(ManualClock())
    world.catalogue, world.equipment = catalogue, EquipmentIndex(catalogue)
    world.points.reset(2, 2)
    world.points.apply(changes)
    return world


LEVEL = PointChange(0, 40, Quality.GOOD, 1, 0)
POWER = PointChange(1, 10.0, Quality.GOOD, 1, 0)
TRUTH = {"equipment": {"L": {"reachable": True, "values": {"level": 40, "power": 10.1}}}}


@pytest.mark.parametrize("what", [{"value": 41}, {"quality": Quality.STALE}])
def test_a_console_that_differs_is_found_until_it_was_seen_equal(what: dict[str, object]) -> None:
    difference = Difference()
    truth = _world(LEVEL, POWER)
    difference.look(_world(msgspec.structs.replace(LEVEL, **what), POWER), truth)
    assert not difference.none
    assert difference.said() == "1 points [0]"
    difference.look(_world(LEVEL, POWER), truth)
    assert difference.none


def test_nothing_compared_is_not_nothing_found() -> None:
    difference = Difference()
    assert not difference.none
    difference.look(World(ManualClock()), _world(LEVEL, POWER))
    assert not difference.none


@pytest.mark.parametrize(
    ("level", "entry", "wrong"),
    [
        (LEVEL, {}, ""),
        (msgspec.structs.replace(LEVEL, value=39), {}, "39, and is 40"),
        (msgspec.structs.replace(LEVEL, quality=Quality.STALE), {}, "stale, and is 40"),
        (LEVEL, {"bad": ["level"]}, "good, and the device says bad"),
        (msgspec.structs.replace(LEVEL, quality=Quality.BAD), {"bad": ["level"]}, ""),
    ],
)
def test_what_differs_from_the_field_is_found(
    level: PointChange, entry: dict[str, object], wrong: str
) -> None:
    truth = {"equipment": {"L": {**TRUTH["equipment"]["L"], **entry}}}
    found = field_differences(_world(level, POWER), truth)
    assert found == ({"L.level": wrong} if wrong else {})


def test_what_cannot_be_reached_must_not_be_good_and_numbers_may_have_moved_a_little() -> None:
    gone = {"equipment": {"L": {**TRUTH["equipment"]["L"], "reachable": False}}}
    lost = msgspec.structs.replace(POWER, quality=Quality.UNAVAILABLE)
    assert field_differences(_world(LEVEL, lost), gone) == {
        "L.level": "good, and cannot be reached"
    }
    far = msgspec.structs.replace(POWER, value=11.0)
    assert field_differences(_world(LEVEL, far), TRUTH) == {"L.power": "11.0, and is 10.1"}
