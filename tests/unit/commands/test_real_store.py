"""The gateway on the real store: what a key promises holds over restarts and between bridges."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from backend_bridge.commands import CommandGateway
from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.order_requests import ExecuteOrder, OrderResult
from backend_bridge.contract.orders import Order, OrderState, Target
from backend_bridge.store import Store, StoreSettings
from tests.unit.commands.kit import EPOCH, OPERATOR, Desk, execute


@asynccontextmanager
async def _desk(directory: Path, desk: Desk) -> AsyncIterator[Store]:
    async with Store.open(StoreSettings(directory=directory), desk.clock) as store:
        desk.journal = store.journal  # type: ignore[assignment]  # the real one instead of the fake
        yield store


def _order(desk: Desk) -> ExecuteOrder:
    return ExecuteOrder(
        key="o1",
        epoch=EPOCH,
        targets=tuple(Target(item, "level", 80) for item in desk.places.ids),
        deadline_ms=desk.clock.now_ms() + 10_000,
        reason="nuit",
    )


async def _run(gateway: CommandGateway, request: ExecuteOrder) -> Order:
    result = await asyncio.wait_for(gateway.handlers()[ExecuteOrder](OPERATOR, request), 10)
    assert isinstance(result, OrderResult)
    return result.order


async def test_ended_order_is_known_after_a_restart_and_sent_no_more(tmp_path: Path) -> None:
    desk = Desk()
    desk.places.ids = [f"L{number}" for number in range(30)]
    request = _order(desk)
    async with _desk(tmp_path, desk), desk.life() as gateway:
        ended = await _run(gateway, request)
        assert ended.state is OrderState.FINISHED
    async with _desk(tmp_path, desk) as store:
        assert await store.journal.order("o1") == ended
        assert await store.journal.order("o2") is None
        assert await store.journal.approval("o1") is None
        keys = [f"o1/{number}" for number in range(30)]
        found = await store.journal.commands(["o1/x", *reversed(keys), "o1/30"])
        assert [command.key for command in found] == keys[::-1]
        assert await store.journal.commands([]) == []
        async with desk.life() as gateway:
            assert await _run(gateway, request) == ended
        situation = await store.journal.situation()
        assert (situation.orders, situation.commands) == ((), ())
    assert len(desk.field.writes) == 30


async def test_two_bridges_on_one_store_send_once(tmp_path: Path) -> None:
    desk = Desk()
    async with _desk(tmp_path, desk), desk.life() as one, desk.life() as other:
        ends = await asyncio.gather(
            execute(one, desk.request()), execute(other, desk.request()), return_exceptions=True
        )
    errors = [end.text_key for end in ends if isinstance(end, RequestError)]
    assert errors == ["error.command.elsewhere"]
    assert desk.field.writes == [("level", 80)]
