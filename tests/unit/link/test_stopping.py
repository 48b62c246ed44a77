"""The link's thread ends whatever it was doing."""

from __future__ import annotations

import asyncio
import time

import pytest

from console.state.liveness import LinkWord
from tests.fakes.scripted_bridge import ScriptedBridge
from tests.fakes.small_city import small_city
from tests.fakes.waiting import until
from tests.unit.link.conftest import BRIDGE_KEYS, MakeSeat


@pytest.mark.parametrize("pause_s", [0.0, 0.001, 0.003, 0.01, 0.03])
async def test_stopping_while_the_bridge_goes_away_takes_no_time(
    make_seat: MakeSeat, pause_s: float
) -> None:
    bridge = ScriptedBridge(small_city())
    async with bridge.serve(BRIDGE_KEYS):
        seat = make_seat(bridge.address)
        await until(lambda: seat.world.liveness.word is LinkWord.SIGNED_OUT)
        await asyncio.wrap_future(seat.link.sign_in("mireille", "sesame", "police"))
        await until(lambda: seat.live)
    time.sleep(pause_s)  # noqa: ASYNC251 - meets the loss at another moment each time
    async with asyncio.timeout(20.0):  # a link that waited for its lost bridge would never end
        await asyncio.to_thread(seat.link.stop)
