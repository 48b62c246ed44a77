"""What the gateway owes the ledger of overrides: its word before sending, its entries beside."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from backend_bridge.commands.eyes import TableEyes
from backend_bridge.contract.commands import CommandOutcome, CommandRecord
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.journal import CommandEvent, SystemChange, SystemEvent
from backend_bridge.contract.order_requests import CheckOrder, OrderCheckResult
from backend_bridge.contract.orders import Target
from backend_bridge.contract.quality import Quality
from backend_bridge.core.points import PointTable
from backend_bridge.core.storage import Draft
from tests.fakes.clock import ManualClock
from tests.unit.commands.kit import LAMP, OPERATOR, Desk


class Ledger:
    """A ledger that writes one entry beside each state, and objects when told to."""

    def __init__(self) -> None:
        self.said: RequestError | None = None
        self.asked: list[CommandRecord] = []

    def holding(self, equipment_id: str, point_key: str) -> str:
        return "k0" if point_key == "dim" else ""

    def drafts(self, command: CommandRecord) -> Sequence[Draft]:
        event = SystemEvent(change=SystemChange.STARTED, detail=command.outcome.value)
        return (Draft(user="bridge", seat="", at_ms=0, event=event),)

    def objection(self, command: CommandRecord) -> RequestError | None:
        self.asked.append(command)
        return self.said

    def hold_s(self, command: CommandRecord) -> float | None:
        return 12.0 if command.until_ms is not None else None


def _desk() -> tuple[Desk, Ledger]:
    desk = Desk()
    desk.ledger = ledger = Ledger()
    return desk, ledger


async def test_entries_of_the_ledger_stand_beside_each_state_in_its_commit() -> None:
    desk, _ = _desk()
    assert (await desk.run(desk.request(60))).outcome is CommandOutcome.CONFIRMED
    told = [
        entry.event.command.outcome if isinstance(entry.event, CommandEvent) else entry.event.detail
        for entry in desk.journal.log
        if isinstance(entry.event, CommandEvent | SystemEvent)
    ]
    assert told == [word for word in ("accepted", "sent", "confirmed") for _ in range(2)]
    assert desk.journal.commits == 3


async def test_device_is_told_how_long_to_hold_what_ends() -> None:
    desk, _ = _desk()
    desk.field.on_write = lambda _point, _value: None
    await desk.run(desk.request(60, point="dim"))
    await desk.run(desk.request(60, key="k2"))
    assert desk.field.holds == [12.0, None]


async def test_objection_refuses_before_anything_is_sent_and_in_the_dry_run() -> None:
    desk, ledger = _desk()
    ledger.said = RequestError(ErrorCode.REFUSED, "error.override.holds", {"user": "bob"})
    with pytest.raises(RequestError, match=r"error\.override\.holds"):
        await desk.run(desk.request(60, point="dim"))
    assert desk.outcomes() == [CommandOutcome.REFUSED]
    assert ledger.asked[0].until_ms is not None
    async with desk.life() as gateway:
        check = gateway.handlers()[CheckOrder]
        found = await asyncio.wait_for(
            check(OPERATOR, CheckOrder(targets=(Target(LAMP, "dim", 60),))), 5
        )
        assert isinstance(found, OrderCheckResult)
        assert (found.checks[0].text_key, found.checks[0].override) == (
            "error.override.holds", "k0",
        )  # fmt: skip
    assert desk.field.writes == []


def test_eyes_see_the_table_with_the_age_of_what_was_heard() -> None:
    clock = ManualClock()
    table = PointTable([10.0, 10.0], clock)
    places = {("a", "x"): 0, ("a", "y"): 1}
    eyes = TableEyes(table, lambda item, point: places[item, point], clock)
    assert eyes.see("a", "z") is None
    never = eyes.see("a", "x")
    assert never is not None
    assert (never.value, never.quality, never.age_s) == (None, Quality.UNKNOWN, -1)
    source = table.add_source("s", (0,))
    table.apply(source, [(0, 5, Quality.GOOD)])
    clock.advance(41.6)
    table.sweep_stale()
    seen = eyes.see("a", "x")
    assert seen is not None
    assert (seen.value, seen.quality, seen.age_s) == (5, Quality.STALE, 41)
