"""A territory of several pages arrives whole, whatever happens between two of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from backend_bridge.contract.errors import ErrorCode
from backend_bridge.contract.points import Catalogue, Equipment
from backend_bridge.contract.requests import EQUIPMENT_PER_PAGE, GetCatalogue, GetSituation
from backend_bridge.contract.results import CatalogueResult, Result, SituationResult
from backend_bridge.contract.wire import Ask, Failure
from backend_bridge.core.requests import Caller
from backend_bridge.queries import Queries
from backend_bridge.security import keys
from backend_bridge.security.enrolments import enroll
from console.link import following
from console.link.settings import LinkSettings
from console.state.liveness import LinkWord
from tests.fakes.scripted_bridge import ScriptedBridge
from tests.fakes.small_city import LAMP, small_city
from tests.fakes.waiting import until
from tests.unit.link.conftest import BRIDGE_KEYS, MakeSeat, Seat
from tests.wire.rig import PASSWORD, rig


def refusal(text_key: str) -> Failure:
    return Failure(id=0, epoch="", utc_ms=0, code=ErrorCode.REFUSED, text_key=text_key, params={})


async def sign_in(seat: Seat) -> None:
    await until(lambda: seat.world.liveness.word is LinkWord.SIGNED_OUT, what="a connection")
    await asyncio.wrap_future(seat.link.sign_in("mireille", "sesame", "ECL-1"))


def asked(bridge: ScriptedBridge) -> list[int]:
    """Return the position each page was asked from."""
    asks = [m.request for m in bridge.seen if isinstance(m, Ask)]
    return [request.first for request in asks if isinstance(request, GetCatalogue)]


@pytest.fixture
async def bridge() -> AsyncIterator[ScriptedBridge]:
    """Serve thirty pieces of equipment in pages of twelve."""
    serving = ScriptedBridge(small_city())
    serving.page = 12
    async with serving.serve(BRIDGE_KEYS):
        yield serving


async def whole(seat: Seat, bridge: ScriptedBridge) -> None:
    await sign_in(seat)
    await until(lambda: seat.world.catalogue == bridge.catalogue, what="the whole territory")
    await until(lambda: seat.live, what="a live picture")


async def test_pages_are_joined(bridge: ScriptedBridge, make_seat: MakeSeat) -> None:
    seat = make_seat(bridge.address)
    await whole(seat, bridge)

    assert asked(bridge) == [0, 12, 24]
    assert seat.world.liveness.text_key == ""  # nothing is on its way any more


async def test_a_page_that_came_too_soon_is_asked_for_again_and_progress_is_said(
    bridge: ScriptedBridge, make_seat: MakeSeat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "TOO_FAST_WAIT_S", 0.15)  # three deliveries to the window
    pages = bridge._page

    def too_fast(first: int) -> CatalogueResult:
        if first == 0:
            bridge.refuses = [refusal("error.answer.too_fast")] * 2
        return pages(first)

    monkeypatch.setattr(bridge, "_page", too_fast)
    seat = make_seat(bridge.address)
    await whole(seat, bridge)

    assert asked(bridge) == [0, 12, 12, 12, 24]
    assert seat.world.liveness.word is LinkWord.LIVE
    said = [batch.status for batch in seat.batches if batch.status.text_key == "link.territory"]
    assert dict(said[0].params) == {"done": 12, "total": 30}


async def test_a_territory_that_changes_between_pages_is_read_from_the_start(
    bridge: ScriptedBridge, make_seat: MakeSeat, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = bridge.catalogue, small_city(revision="rev-2")
    pages = bridge._page

    def changing(first: int) -> CatalogueResult:
        bridge.catalogue = before if first == 0 and asked(bridge) == [0] else after
        return pages(first)

    monkeypatch.setattr(bridge, "_page", changing)
    seat = make_seat(bridge.address)
    await sign_in(seat)
    await until(lambda: seat.world.catalogue == after, what="the later territory")

    assert asked(bridge)[:5] == [0, 12, 0, 12, 24]


async def test_a_territory_that_shrank_is_read_from_the_start(
    bridge: ScriptedBridge, make_seat: MakeSeat, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = bridge._page

    def shrunk(first: int) -> CatalogueResult:
        if asked(bridge) == [0]:
            bridge.refuses = [refusal("error.catalogue.page")]
        return pages(first)

    monkeypatch.setattr(bridge, "_page", shrunk)
    seat = make_seat(bridge.address)
    await whole(seat, bridge)

    assert asked(bridge) == [0, 12, 0, 12, 24]


def large(count: int) -> Catalogue:
    equipment = tuple(
        Equipment(id=f"EP-{n:06}", kind="lamp", name="", lon=5.0, lat=47.3, first_point=2 * n)
        for n in range(count)
    )
    return Catalogue(
        revision="rev-1",
        title="Grande ville",
        demonstration=True,
        points_total=2 * count,
        kinds=(LAMP,),
        equipment=equipment,
    )


async def test_more_than_two_pages_come_through_the_bridges_own_wire(tmp_path: Path) -> None:
    console = keys.generate()
    catalogue = large(2 * EQUIPMENT_PER_PAGE + 7)
    territory = SimpleNamespace(catalogue=catalogue)
    queries = Queries(territory, None, None, None)  # type: ignore[arg-type]  # only pages are asked

    async def situation(_caller: Caller, _request: GetSituation) -> Result:
        return SituationResult(seq=0, alarms=(), incidents=(), service=())

    handlers = {GetCatalogue: queries.handle_get_catalogue, GetSituation: situation}
    async with rig(tmp_path, handlers=handlers) as serving:
        await serving.add_user("claire")
        enroll(serving.enrolled, "pc-01", console.public)
        await asyncio.to_thread(serving.server._enrolments.refresh)
        seat = Seat(
            LinkSettings(
                addresses=(serving.server.address,),
                public_key=console.public.decode(),
                secret_key=console.secret.decode(),
                bridge_key=serving.bridge_pair.public.decode(),
            )
        )
        seat.link.start()
        try:
            await until(lambda: seat.world.liveness.word is LinkWord.SIGNED_OUT)
            await asyncio.wrap_future(seat.link.sign_in("claire", PASSWORD, "lighting"))
            await until(lambda: len(seat.world.equipment) == len(catalogue.equipment))
        finally:
            seat.link.stop()
    assert seat.world.catalogue == catalogue
