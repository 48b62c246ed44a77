"""What an auditor asks is answered within his rights, and data leave only after that is said."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.journal import (
    ExportEvent,
    SessionChange,
    SessionEvent,
    StreamChange,
    StreamEvent,
)
from backend_bridge.contract.requests import GetAudit, RecordExport
from backend_bridge.contract.results import AuditResult, ExportResult
from backend_bridge.core.bus import Bus
from backend_bridge.core.requests import Caller
from backend_bridge.core.storage import Draft
from backend_bridge.services import audit as audit_module
from backend_bridge.services.audit import AuditDesk
from backend_bridge.services.facts import Facts
from backend_bridge.store import Store, StoreSettings
from tests.fakes.clock import ManualClock
from tests.fakes.wall_city import CITY
from tests.unit.services.kit import person

AUDITOR = person("yvonne", "auditor", "view:*", "audit:*")
OF_CAMERAS = person("luc", "police", "view:*", "audit:camera")
NOBODY = person("paul", "police", "view:camera", "manage:*", "configure:*")


class Room:
    """The desk on a real store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.desk = AuditDesk(
            audit=store.audit,
            facts=Facts(CITY),
            journal=store.journal,
            bus=Bus(),
            clock=ManualClock(),
        )

    async def audit(self, caller: Caller = AUDITOR, **question: Any) -> AuditResult:
        result = await self.desk.handle_get_audit(caller, GetAudit(**question))
        assert isinstance(result, AuditResult)
        return result

    async def export(self, caller: Caller, **changes: Any) -> ExportResult:
        given = {"subject": "s", "rows": 1, "reason": "r", "digest": "a" * 64, **changes}
        task = asyncio.ensure_future(self.desk.ask(caller, RecordExport(**given)))
        await asyncio.sleep(0)
        await self.desk.drain()
        result = await asyncio.wait_for(task, 5)
        assert isinstance(result, ExportResult)
        return result

    async def watch(self, *cameras: str) -> None:
        await self.store.journal.append(
            [
                Draft(
                    user="karim",
                    seat="police",
                    at_ms=1_000 + number,
                    event=StreamEvent(
                        change=StreamChange.OPENED, equipment_id=camera, ticket="t", console="c"
                    ),
                )
                for number, camera in enumerate(cameras)
            ]
        )


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with Store.open(StoreSettings(directory=tmp_path / "data"), ManualClock()) as store:
        yield Room(store)


async def test_pages_hold_every_link_once_newest_first(room: Room) -> None:
    await room.watch(*["CAM-001"] * 7)
    numbers: list[int] = []
    before = 0
    while True:
        page = await room.audit(limit=3, before=before)
        numbers += [link.number for link in page.links]
        before = page.next
        if not before:
            break
    assert numbers == [7, 6, 5, 4, 3, 2, 1]


async def test_what_rights_leave_out_is_counted_and_never_ends_the_page_early(room: Room) -> None:
    event = SessionEvent(change=SessionChange.SIGNED_IN, console="c")
    for number in range(6):
        await room.store.journal.append([Draft(user="u", seat="s", at_ms=number, event=event)])
        await room.watch("CAM-001")
    page = await room.audit(OF_CAMERAS, limit=4)
    assert [link.number for link in page.links] == [12, 10, 8, 6]
    assert page.hidden == 3
    rest = await room.audit(OF_CAMERAS, limit=4, before=page.next)
    assert [link.number for link in rest.links] == [4, 2]
    assert (rest.hidden, rest.next) == (3, 0)


async def test_a_page_stays_far_below_the_largest_frame(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    await room.watch(*["CAM-001"] * 9)
    monkeypatch.setattr(audit_module, "MOST_BYTES", 500)
    page = await room.audit(limit=9)
    assert 1 <= len(page.links) < 9
    assert page.next == page.links[-1].number


async def test_who_may_not_audit_is_refused_and_a_question_that_is_none_too(room: Room) -> None:
    with pytest.raises(RequestError, match=r"rights\.missing"):
        await room.audit(NOBODY)
    questions: tuple[dict[str, Any], ...] = ({"limit": 0}, {"limit": 1_001}, {"before": -1})
    for question in questions:
        with pytest.raises(RequestError, match=r"error\.audit\.page"):
            await room.audit(**question)
    with pytest.raises(RequestError, match=r"error\.audit\.event"):
        await room.audit(event="steram")


async def test_an_export_is_written_down_and_found_by_its_camera(room: Room) -> None:
    result = await room.export(NOBODY, equipment_id="CAM-001", reason="  réquisition 12 ")
    page = await room.audit(equipment_id="CAM-001")
    (link,) = page.links
    assert link.number == result.seq
    assert isinstance(link.entry.event, ExportEvent)
    assert (link.entry.user, link.entry.event.reason) == ("paul", "réquisition 12")


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"reason": " "}, "error.export.reason"),
        ({"subject": "x" * 201}, "error.export.subject"),
        ({"digest": "ABC"}, "error.export.digest"),
        ({"rows": -1}, "error.export.digest"),
        ({"equipment_id": "CAM-9999"}, "error.equipment.not_found"),
    ],
)
async def test_an_export_without_its_why_is_refused(
    room: Room, changes: dict[str, Any], key: str
) -> None:
    with pytest.raises(RequestError, match=key):
        await room.export(NOBODY, **changes)
    assert room.store.journal.head == 0


async def test_nobody_exports_what_he_may_not_see(room: Room) -> None:
    lamps = person("marc", "lighting", "view:lamp")
    with pytest.raises(RequestError, match=r"equipment\.not_found"):
        await room.export(lamps, equipment_id="CAM-001")
    blind = person("x", "y", "manage:*")
    with pytest.raises(RequestError, match=r"rights\.missing"):
        await room.export(blind)
