"""What an auditor asks is answered within his rights, and data leave only after that is said."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from backend_bridge.contract.access import AuditReadEvent
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
from backend_bridge.core.storage import Draft, StorageFullError
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
        self.clock = ManualClock()
        self.desk = AuditDesk(
            audit=store.audit,
            facts=Facts(CITY),
            journal=store.journal,
            bus=Bus(),
            clock=self.clock,
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


# -- who reads is written too ----------------------------------------------------------------------


async def reads(room: Room) -> list[AuditReadEvent]:
    entries = await room.store.journal.entries(0, 1000)
    return [entry.event for entry in entries if isinstance(entry.event, AuditReadEvent)]


async def test_reading_is_written_with_question_answers_and_what_was_hidden(room: Room) -> None:
    await room.watch("CAM-001", "CAM-002")
    event = SessionEvent(change=SessionChange.SIGNED_IN, console="c")
    await room.store.journal.append([Draft(user="u", seat="s", at_ms=5, event=event)])
    page = await room.audit(OF_CAMERAS, from_ms=1)
    assert (len(page.links), page.hidden) == (2, 1)
    (read,) = await reads(room)
    assert read == AuditReadEvent(question={"from_ms": "1"}, shown=2, hidden=1)
    newest = (await room.store.journal.entries(3, 10))[-1]
    assert (newest.user, newest.seat) == (OF_CAMERAS.user, OF_CAMERAS.seat)


async def test_scrolling_makes_one_entry_at_once_and_one_when_the_question_changes(
    room: Room,
) -> None:
    await room.watch(*["CAM-001"] * 7)
    before = 0
    for _ in range(3):
        before = (await room.audit(event="stream", limit=2, before=before)).next
    await room.desk.drain()
    assert [read.times for read in await reads(room)] == [1]
    await room.audit(user="karim")
    await room.desk.drain()
    first, asked, rest = await reads(room)
    assert (first.shown, first.times) == (2, 1)
    assert asked.question == {"user": "karim"}
    assert (rest.question, rest.shown, rest.times) == ({"event": "stream"}, 4, 2)


async def test_what_was_counted_is_written_after_a_quarter_of_an_hour(room: Room) -> None:
    await room.audit(event="stream")
    await room.audit(event="stream")
    room.clock.advance(audit_module.READING_S - 1)
    await room.desk.drain()
    assert len(await reads(room)) == 1
    room.clock.advance(2)
    await room.desk.drain()
    assert [read.times for read in await reads(room)] == [1, 1]
    await room.audit(event="stream")
    assert len(await reads(room)) == 3


async def test_a_disk_that_takes_no_entry_gives_no_page(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(_drafts: object) -> object:
        raise StorageFullError("full")

    monkeypatch.setattr(room.store.journal, "append", full)
    with pytest.raises(RequestError) as caught:
        await room.audit()
    assert caught.value.text_key == "error.storage.full"


async def test_equipment_one_may_not_audit_counts_as_little_as_one_that_is_not_there(
    room: Room,
) -> None:
    await room.watch("CAM-001")
    elsewhere = person("anne", "auditor", "view:*", "audit:lamp")
    for named in ("CAM-001", "CAM-999"):
        page = await room.audit(elsewhere, equipment_id=named)
        assert (page.links, page.hidden, page.next) == ((), 0, 0)
    assert [read.equipment_id for read in await reads(room)] == ["CAM-001", "CAM-999"]
