"""A role's file changed and the bridge was started anew while somebody sat at a console."""

from __future__ import annotations

import asyncio

from backend_bridge.contract.quality import Quality
from backend_bridge.contract.results import SituationResult
from console.state.liveness import LinkWord
from tests.fakes.scripted_bridge import ScriptedBridge
from tests.fakes.small_city import alarm, small_city
from tests.fakes.waiting import until
from tests.unit.link.conftest import BRIDGE_KEYS, MakeSeat


async def test_nothing_of_the_wider_picture_outlives_the_narrower_rights(
    make_seat: MakeSeat,
) -> None:
    first = ScriptedBridge(small_city())
    first.situation = SituationResult(seq=2, alarms=(alarm(5),), incidents=(), service=())
    first.table.apply(first.source, [(index, 1, Quality.GOOD) for index in range(10)])
    async with first.serve(BRIDGE_KEYS):
        seat = make_seat(first.address)
        await until(lambda: seat.world.liveness.word is LinkWord.SIGNED_OUT)
        await asyncio.wrap_future(seat.link.sign_in("mireille", "sesame", "lighting"))
        await until(lambda: seat.live and seat.mirrors(first))
        assert seat.world.alarms.get("AL-5") is not None
    second = ScriptedBridge(small_city(), epoch="epoch-2")
    second.rights = ("view:cabinet",)
    second.situation = SituationResult(seq=3, alarms=(), incidents=(), service=())
    async with second.serve(BRIDGE_KEYS, first.address):
        await until(lambda: seat.world.epoch == "epoch-2" and seat.live)
        assert seat.world.session is not None
        assert seat.world.session.rights == {"view:cabinet"}
        assert any(batch.drop for batch in seat.batches[1:]), "the window was told to forget"
        assert seat.world.alarms.get("AL-5") is None
        assert all(seat.world.points.state[index].value is None for index in range(10))
