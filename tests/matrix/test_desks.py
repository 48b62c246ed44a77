"""What a locked desk may ask, and what is written of who asks for too much: whatever the role."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from backend_bridge.contract import requests as req
from backend_bridge.contract import safety
from backend_bridge.contract.access import RefusalEvent
from backend_bridge.contract.results import (
    AuditResult,
)
from backend_bridge.contract.seats import LockSeat, UnlockSeat
from backend_bridge.contract.wire import PointsBatch
from tests.matrix.asks import (
    EDIT_OFF,
    GENERAL,
    NO_RIGHT,
    requests,
)
from tests.matrix.city import item_id
from tests.matrix.room import result_of, running
from tests.matrix.table import WHILE_LOCKED
from tests.wire.rig import PASSWORD, expect

LOCKED = "error.seat.locked"


async def test_locked_desk_reads_and_does_nothing_whatever_its_rights(
    tmp_path: Path, matrix_log: list[Any]
) -> None:
    async with running(tmp_path) as room:
        lamp = requests(room.territory, item_id("lamp", "Centre"), room.bridge.epoch)
        camera = requests(room.territory, item_id("camera", "Centre"), room.bridge.epoch)
        asks = {**GENERAL, **lamp, req.OpenStream: camera[req.OpenStream]}
        asks = {kind: make for kind, make in asks.items() if kind is not UnlockSeat}
        for role in ("supervisor", "police", "administrator", "viewer"):
            await room.asked(role, safety.SetEditMode(on=True))
            assert await room.asked(role, LockSeat()) == ""
            for kind, make in asks.items():
                found = await room.asked(role, make())
                assert (found == LOCKED) is (kind not in WHILE_LOCKED), f"{role} {kind.__name__}"
            console = room.consoles[role]
            expect(await console.points(0), PointsBatch)
            assert await room.asked(role, UnlockSeat(password=PASSWORD)) == ""
            # edit mode ended with the lock, and does not come back with the person
            assert await room.asked(role, lamp[req.SetServiceState]()) in (EDIT_OFF, *NO_RIGHT)
            assert await room.asked(role, req.GetAudit()) != LOCKED
    assert [line for line in matrix_log if line["log_level"] in ("error", "critical")] == []


async def test_refused_attempts_are_for_auditors_and_tell_nothing_of_what_is_there(
    tmp_path: Path, matrix_log: list[Any]
) -> None:
    async with running(tmp_path) as room:
        seen, unseen = item_id("camera", "Centre"), item_id("camera", "Port")
        # a right over one sector's cameras, and to audit them there
        for named in (unseen, "ZQ-nothing-ZQ", seen):
            await room.asked("centre", req.GetDiagnostics(equipment_id=named))
            page = result_of(
                await room.consoles["centre"].ask(req.GetAudit(equipment_id=named)), AuditResult
            )
            assert bool(page.links) is (named == seen)
            assert page.hidden == 0, named
        refused: list[RefusalEvent] = []

        async def written() -> list[RefusalEvent]:
            answer = await room.consoles["auditor"].ask(req.GetAudit(event="refusal", limit=100))
            events = [link.entry.event for link in result_of(answer, AuditResult).links]
            return [event for event in events if isinstance(event, RefusalEvent)]

        async with asyncio.timeout(20):
            while len(refused) < 2:
                refused = await written()
        assert {event.subject for event in refused} == {unseen, "ZQ-nothing-ZQ"}
        assert {event.text_key for event in refused} == {"error.equipment.not_found"}
        answer = await room.consoles["centre"].ask(req.GetAudit(event="refusal"))
        page = result_of(answer, AuditResult)
        assert (page.links, page.hidden) == ((), 2), "the two count alike"
        reads = await room.consoles["auditor"].ask(req.GetAudit(event="audit_read", limit=100))
        by = {link.entry.user for link in result_of(reads, AuditResult).links}
        assert by == {"centre", "auditor"}
    assert [line for line in matrix_log if line["log_level"] in ("error", "critical")] == []
