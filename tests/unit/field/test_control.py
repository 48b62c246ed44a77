"""The control address: what it refuses, and how it says so."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from backend_bridge.contract.points import Equipment
from backend_bridge.core.driver import LinkConfig
from backend_bridge.drivers.registry import Registry
from backend_bridge.field.control import make_app
from backend_bridge.field.world import World
from backend_bridge.territory.records import Uplink
from tests.fakes.clock import ManualClock
from tests.fakes.waiting import until

START = datetime(2026, 1, 15, 21, 30, tzinfo=UTC)
LINK = "EP-0001"


@dataclass(frozen=True)
class Hamlet:
    """One cabinet."""

    links: tuple[LinkConfig, ...]
    equipment: tuple[Equipment, ...] = ()
    centre: tuple[float, float] = (5.0415, 47.322)
    uplinks: tuple[Uplink, ...] = ()
    uplink_of: Mapping[str, str] = field(default_factory=dict)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def world(clock: ManualClock) -> AsyncIterator[World]:
    registry = Registry([])
    hamlet = Hamlet(links=(registry.example_link("modbus", "127.0.0.1", 0),))
    world = World(hamlet, registry, start=START, seed=1, speed=60, clock=clock)
    await world.start()
    yield world
    await world.stop()


@pytest.fixture
async def client(world: World) -> AsyncIterator[Any]:
    async with TestClient(TestServer(make_app(world))) as client:
        yield client


@pytest.mark.parametrize(
    ("path", "body", "status", "said"),
    [
        ("/fault", {"link": "nowhere", "fault": "dead"}, 404, "nowhere"),
        ("/fault", {"equipment": "nothing", "fault": "dead"}, 404, "nothing"),
        ("/fault", {"fault": "dead"}, 404, "no link"),
        ("/fault", {"link": LINK, "fault": "eaten"}, 400, "eaten"),
        ("/fault", {"link": LINK, "fault": "late"}, 400, "delay_s"),
        ("/fault", {"link": LINK}, 400, "say which"),
        ("/fault", {"link": 3, "fault": "dead"}, 400, "text"),
        ("/fault", [1], 400, "JSON object"),
        ("/clear", {"link": LINK, "fault": "dead"}, 400, "no fault"),
        ("/clear", {"fault": "dead"}, 400, "say which"),
        ("/clear", {"lnk": LINK}, 400, "lnk"),
        ("/burst", {"burst": "earthquake"}, 400, "earthquake"),
        ("/burst", {"burst": "dusk", "changes": 0}, 400, "changes"),
        ("/burst", {"burst": "dusk", "channels": 9}, 400, "channels"),
        ("/burst", {"burst": "backbone_cut", "how": "loudly"}, 400, "silent"),
        ("/burst", {"burst": "backbone_cut", "uplink": "moon"}, 404, "moon"),
        ("/burst", {"burst": "backbone_return"}, 409, "no backbone_cut"),
        ("/burst", {"burst": "dawn", "changes": 7}, 409, "can change 0 lamps now, not 7"),
        ("/nothing", {}, 404, "Not Found"),
    ],
)
async def test_wrong_request_is_answered_with_a_sentence(
    client: Any, path: str, body: Any, status: int, said: str
) -> None:
    reply = await client.post(path, json=body)

    assert reply.status == status
    assert said in (await reply.json())["error"]


async def test_unknown_link_has_no_truth(client: Any) -> None:
    reply = await client.get("/truth?link=nowhere")

    assert (reply.status, (await reply.json())["error"]) == (404, "there is no link 'nowhere' here")


async def test_form_from_a_browser_is_refused(client: Any, world: World) -> None:
    reply = await client.post("/fault", data={"link": LINK, "fault": "dead"})

    assert reply.status == 415
    assert not world.simulators[LINK].faults


async def test_simulated_time_follows_the_clock(
    client: Any, world: World, clock: ManualClock
) -> None:
    clock.advance(60)
    world.advance()

    said = await (await client.get("/health")).json()

    assert datetime.fromisoformat(said["now"]) == START + timedelta(hours=1)
    assert (said["speed"], said["faulty_links"]) == (60, 0)


async def test_burst_is_begun_seen_and_undone_by_http(client: Any, world: World) -> None:
    cut = {"burst": "backbone_cut", "how": "refused"}
    reply = await client.post("/burst", json=cut)
    begun = await reply.json()
    assert (reply.status, begun["links"], begun["within_s"]) == (200, 1, 0.0)
    await until(lambda: world.simulators[LINK].faults, what="the cut")
    truth = (await (await client.get("/truth")).json())["equipment"]
    assert not any(entry["reachable"] for entry in truth.values())

    reply = await client.post("/burst", json={"burst": "backbone_return", "within_s": 500})

    assert reply.status == 200
    assert (await (await client.get("/health")).json())["bursts"] == 1
