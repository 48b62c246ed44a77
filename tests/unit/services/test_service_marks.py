"""Service states: a reason always, an end for maintenance, back by themselves, journalled."""

from __future__ import annotations

import asyncio

import pytest

from backend_bridge.contract.errors import ErrorCode
from backend_bridge.contract.journal import ServiceEvent
from backend_bridge.contract.quality import ServiceState
from backend_bridge.contract.requests import SetServiceState
from backend_bridge.contract.results import ServiceResult
from tests.fakes.waiting import until
from tests.unit.services.kit import OPERATOR, VIEWER, Room

LAMP = "EP-0001-D1-01"
DAY_MS = 86_400_000


def _request(
    state: ServiceState,
    reason: str = "nid de guêpes",
    until_ms: int | None = None,
    equipment_id: str = LAMP,
) -> SetServiceState:
    return SetServiceState(equipment_id=equipment_id, state=state, reason=reason, until_ms=until_ms)


async def test_disabling_is_journalled_with_who_why_and_since_when() -> None:
    room = await Room().start()
    request = _request(ServiceState.DISABLED, "  nid de guêpes ")
    mark = (await room.ask(OPERATOR, request, ServiceResult)).mark
    assert (mark.by, mark.reason, mark.since_ms) == (
        "alice",
        "nid de guêpes",
        room.clock.now_ms(),
    )
    entry = room.journal.log[-1]
    assert (entry.user, entry.seat) == ("alice", "PC-1")
    assert entry.event == ServiceEvent(mark=mark, equipment_kind="lamp")
    assert room.marks.covering(LAMP) == mark
    await room.start()
    assert room.marks.covering(LAMP) == mark


async def test_cabinet_out_of_service_covers_what_hangs_on_it_and_nothing_else() -> None:
    room = await Room().start()
    mark = await room.mark("EP-0001-D1", ServiceState.DISABLED)
    assert room.marks.covering(LAMP) == mark
    assert room.marks.covering("EP-0001-D2-01") is None
    assert room.marks.covering("EP-0001") is None


async def test_maintenance_comes_back_by_itself_at_its_end() -> None:
    room = await Room().start()
    await room.mark(LAMP, ServiceState.MAINTENANCE, room.clock.now_ms() + 60_000)
    await room.advance(59.9)
    assert room.marks.covering(LAMP) is not None
    await room.advance(0.2)
    assert room.marks.covering(LAMP) is None
    entry = room.journal.log[-1]
    assert isinstance(entry.event, ServiceEvent)
    assert entry.user == "bridge"
    assert (entry.event.mark.state, entry.event.mark.by) == (ServiceState.IN_SERVICE, "bridge")


async def test_maintenance_that_ended_while_the_bridge_was_down_ends_at_the_start() -> None:
    room = await Room().start()
    await room.mark(LAMP, ServiceState.MAINTENANCE, room.clock.now_ms() + 60_000)
    room.clock.advance(3_600)
    await room.start()
    assert room.marks.covering(LAMP) is None
    assert (await room.journal.situation()).service == ()


async def test_end_is_noticed_without_anybody_asking() -> None:
    room = await Room().start()
    await room.mark(LAMP, ServiceState.MAINTENANCE, room.clock.now_ms() + 20)
    service = asyncio.create_task(room.marks.run())
    try:
        room.clock.advance(0.02)
        await until(lambda: room.marks.covering(LAMP) is None)
    finally:
        service.cancel()
        await asyncio.wait([service])


async def test_full_disk_keeps_the_end_until_it_can_be_written(expected_events: list[str]) -> None:
    expected_events += ["journal_refused", "journal_back"]
    room = await Room().start()
    await room.mark(LAMP, ServiceState.MAINTENANCE, room.clock.now_ms() + 1_000)
    room.journal.full = True
    await room.advance(2)
    error = await room.refused(OPERATOR, _request(ServiceState.DISABLED))
    assert error.text_key == "error.storage.full"
    room.journal.full = False
    await room.advance(2)
    assert (await room.journal.situation()).service == ()


@pytest.mark.parametrize(
    ("state", "reason", "until_ms", "said"),
    [
        (ServiceState.DISABLED, "  ", None, "reason_missing"),
        (ServiceState.DISABLED, "x" * 501, None, "reason_too_long"),
        (ServiceState.MAINTENANCE, "x", None, "end_missing"),
        (ServiceState.MAINTENANCE, "x", 5, "end_past"),
        (ServiceState.MAINTENANCE, "x", 1_700_000_000_000 + 91 * DAY_MS, "end_far"),
        (ServiceState.IN_SERVICE, " ", None, "reason_missing"),
    ],
)
async def test_incomplete_mark_is_refused_and_says_what_is_missing(
    state: ServiceState, reason: str, until_ms: int | None, said: str
) -> None:
    room = await Room().start()
    error = await room.refused(OPERATOR, _request(state, reason, until_ms))
    assert (error.code, error.text_key) == (ErrorCode.BAD_REQUEST, f"error.service.{said}")
    assert room.journal.log == []


async def test_unknown_equipment_missing_right_and_already_in_service_are_refused() -> None:
    room = await Room().start()
    error = await room.refused(OPERATOR, _request(ServiceState.DISABLED, equipment_id="X"))
    assert error.text_key == "error.equipment.not_found"
    error = await room.refused(VIEWER, _request(ServiceState.DISABLED))
    assert error.text_key == "error.rights.missing"
    error = await room.refused(OPERATOR, _request(ServiceState.IN_SERVICE))
    assert (error.code, error.text_key) == (ErrorCode.CONFLICT, "error.service.already_in")
