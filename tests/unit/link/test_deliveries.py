"""A city's first picture is handed over in parts, and is not called whole before the last."""

from __future__ import annotations

import asyncio

import pytest

from backend_bridge.contract.quality import Quality
from console.link import inbox
from console.link.batch import LinkPhase
from tests.fakes.scripted_bridge import ScriptedBridge
from tests.fakes.small_city import small_city
from tests.fakes.waiting import until
from tests.unit.link.conftest import BRIDGE_KEYS, MakeSeat
from tests.unit.link.test_territory_pages import sign_in


async def test_the_window_is_given_no_more_than_it_takes_in_a_moment(
    make_seat: MakeSeat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "CHANGES_PER_DELIVERY", 10)
    bridge = ScriptedBridge(small_city())
    total = len(bridge.table)
    bridge.table.apply(bridge.source, [(index, 1, Quality.GOOD) for index in range(total)])
    async with bridge.serve(BRIDGE_KEYS):
        seat = make_seat(bridge.address)
        await sign_in(seat)
        await until(lambda: seat.live, what="a live picture")
        assert seat.mirrors(bridge), "live means that everything is here"
        parts = [batch for batch in seat.batches if batch.changes]
        assert max(len(batch.changes) for batch in parts) == 10
        assert sum(len(batch.changes) for batch in parts) == total
        whole = seat.batches.index(parts[-1])
        assert all(batch.status.phase is not LinkPhase.FOLLOWING for batch in seat.batches[:whole])
        assert all(batch.status.revisions_behind for batch in parts[:-1])

        # a value that changes again while it waits is handed over once, as it stands last
        seat.batches.clear()
        for value in (2, 3):
            bridge.table.apply(bridge.source, [(n, value, Quality.GOOD) for n in range(total)])
            await asyncio.sleep(0)
        await until(lambda: seat.mirrors(bridge), what="the later values")
        assert all(
            batch.status.phase is LinkPhase.FOLLOWING for batch in seat.batches if batch.changes
        )
