"""Leave to watch a camera: to whom, until when, and every one of them in the journal."""

from __future__ import annotations

import asyncio

import pytest

from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.journal import (
    JournalEntry,
    ServiceEvent,
    SessionChange,
    SessionEvent,
    StreamChange,
    StreamEvent,
    event_places,
    may_see,
    sees_all,
)
from backend_bridge.contract.points import Catalogue, Equipment, EquipmentKind, ServiceMark
from backend_bridge.contract.quality import ServiceState
from backend_bridge.contract.requests import OpenStream, ReleaseStream, Request
from backend_bridge.contract.results import Result, StreamReleasedResult, StreamTicketResult
from backend_bridge.core.bus import Bus
from backend_bridge.core.requests import Caller
from backend_bridge.services.facts import Facts
from backend_bridge.services.streams import Source, StreamService
from backend_bridge.services.streams.service import LIFE_S, MOST_TICKETS
from tests.fakes.clock import ManualClock
from tests.fakes.memory_journal import MemoryJournal
from tests.unit.services.kit import person

CAMERAS = MOST_TICKETS + 2
URL = "rtsp://user:secret@10.0.0.7/live"
SUPERVISOR = person("mireille", "supervisor")
POLICE = person("yves", "police")
LIGHTING = person("ana", "lighting", "view:lamp")


class Marks:
    """Keep what is out of service, as a test says."""

    def __init__(self) -> None:
        self.mark: ServiceMark | None = None

    def covering(self, equipment_id: str) -> ServiceMark | None:
        found = self.mark
        return found if found is not None and found.equipment_id == equipment_id else None


class Room:
    """The service with a hand on its clock and its drains."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.journal = MemoryJournal()
        self.marks = Marks()
        equipment = tuple(
            Equipment(id=f"CAM-{n}", kind="camera", name="c", lon=5.0, lat=47.3, first_point=0)
            for n in range(CAMERAS)
        )
        catalogue = Catalogue(
            revision="r",
            title="t",
            demonstration=True,
            points_total=0,
            kinds=(EquipmentKind(key="camera", trade="police", points=()),),
            equipment=equipment,
        )
        sources = {item.id: Source(URL) for item in equipment}
        sources["CAM-1"] = Source(URL, frozenset({"police"}))
        sources["CAM-2"] = Source("")
        self.bus = Bus()
        self.service = StreamService(
            sources=sources,
            facts=Facts(catalogue),
            marks=self.marks,
            journal=self.journal,
            bus=self.bus,
            clock=self.clock,
        )

    async def ask(self, caller: Caller, request: Request) -> Result:
        answer = asyncio.ensure_future(self.service.ask(caller, request))
        await asyncio.sleep(0)
        await self.service.drain()
        return await answer

    async def open(
        self, caller: Caller = SUPERVISOR, camera: str = "CAM-0", ticket: str = ""
    ) -> StreamTicketResult:
        answer = await self.ask(caller, OpenStream(equipment_id=camera, ticket=ticket))
        assert isinstance(answer, StreamTicketResult)
        return answer

    async def refused(
        self, caller: Caller, camera: str, ticket: str = ""
    ) -> tuple[ErrorCode, str, dict[str, str | int | float]]:
        with pytest.raises(RequestError) as caught:
            await self.open(caller, camera, ticket)
        return caught.value.code, caught.value.text_key, caught.value.params

    async def advance(self, seconds: float) -> None:
        self.clock.advance(seconds)
        await self.service.drain()

    @property
    def changes(self) -> list[tuple[str, str, StreamChange]]:
        found = []
        for entry in self.journal.log:
            assert isinstance(entry.event, StreamEvent)
            found.append((entry.user, entry.event.equipment_id, entry.event.change))
        return found


async def test_a_ticket_is_journalled_before_it_is_given_and_holds_no_address_there() -> None:
    room = Room()
    ticket = await room.open()
    assert (ticket.url, ticket.expires_ms) == (URL, room.clock.now_ms() + round(LIFE_S * 1000))
    (entry,) = room.journal.log
    assert (entry.user, entry.seat, entry.at_ms) == (
        "mireille",
        "supervisor",
        room.clock.now_ms(),
    )
    assert entry.event == StreamEvent(
        change=StreamChange.OPENED,
        equipment_id="CAM-0",
        ticket=ticket.ticket,
        console="console-supervisor",
    )
    assert "secret" not in repr(entry)


async def test_more_time_is_given_without_another_entry_and_a_release_ends_it_once() -> None:
    room = Room()
    first = await room.open()
    await room.advance(LIFE_S - 1)
    again = await room.open(ticket=first.ticket)
    assert again.ticket == first.ticket
    assert again.expires_ms == first.expires_ms + round((LIFE_S - 1) * 1000)
    await room.advance(LIFE_S - 1)
    for _ in range(2):
        released = await room.ask(SUPERVISOR, ReleaseStream(ticket=first.ticket))
        assert released == StreamReleasedResult(ticket=first.ticket)
    assert [change for *_, change in room.changes] == [StreamChange.OPENED, StreamChange.RELEASED]


async def test_a_ticket_nobody_renews_expires_in_the_journal_too() -> None:
    room = Room()
    first = await room.open()
    await room.advance(LIFE_S + 0.1)
    assert room.changes[-1] == ("mireille", "CAM-0", StreamChange.EXPIRED)
    assert room.service.open == 0
    code, key, _ = await room.refused(SUPERVISOR, "CAM-0", first.ticket)
    assert (code, key) == (ErrorCode.CONFLICT, "error.stream.expired")


async def test_who_may_not_see_cameras_is_refused_and_leaves_no_entry() -> None:
    room = Room()
    code, key, _ = await room.refused(LIGHTING, "CAM-0")
    assert (code, key) == (ErrorCode.BAD_REQUEST, "error.equipment.not_found"), "as if not there"
    assert room.journal.log == []


async def test_a_camera_of_another_seat_is_forbidden_here_and_open_there() -> None:
    room = Room()
    assert await room.refused(SUPERVISOR, "CAM-1") == (
        ErrorCode.REFUSED,
        "error.stream.reserved",
        {"seats": "police"},
    )
    assert (await room.open(POLICE, "CAM-1")).url == URL


async def test_a_camera_without_pictures_and_one_that_is_not_there_are_refused() -> None:
    room = Room()
    assert (await room.refused(SUPERVISOR, "CAM-2"))[1] == "error.stream.none"
    assert (await room.refused(SUPERVISOR, "LAMP"))[1] == "error.equipment.not_found"


@pytest.mark.parametrize("state", [ServiceState.DISABLED, ServiceState.MAINTENANCE])
async def test_out_of_service_refuses_with_who_and_why_and_revokes_at_the_next_renewal(
    state: ServiceState,
) -> None:
    room = Room()
    held = await room.open()
    room.marks.mark = ServiceMark(
        equipment_id="CAM-0", state=state, by="alice", reason="nacelle", since_ms=0
    )
    wanted = (
        ErrorCode.REFUSED,
        f"error.stream.{state.value}",
        {"by": "alice", "reason": "nacelle", "equipment": "CAM-0"},
    )
    assert await room.refused(SUPERVISOR, "CAM-0", held.ticket) == wanted
    assert room.changes[-1] == ("mireille", "CAM-0", StreamChange.REVOKED)
    assert await room.refused(SUPERVISOR, "CAM-0") == wanted


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (SessionChange.SIGNED_OUT, StreamChange.RELEASED),
        (SessionChange.LOST, StreamChange.RELEASED),
        (SessionChange.REVOKED, StreamChange.REVOKED),
    ],
)
async def test_a_session_that_ends_ends_its_tickets_and_no_others(
    change: SessionChange, word: StreamChange
) -> None:
    room = Room()
    await room.open()
    await room.open(POLICE)
    event = SessionEvent(change=change, console="console-supervisor")
    room.bus.publish(JournalEntry(seq=9, at_ms=0, user="mireille", seat="supervisor", event=event))
    await room.service.drain()
    assert room.changes[2:] == [("mireille", "CAM-0", word)]
    assert room.service.open == 1


async def test_a_camera_put_out_of_service_ends_its_tickets_at_once() -> None:
    room = Room()
    await room.open()
    await room.open(camera="CAM-3")
    mark = ServiceMark(
        equipment_id="CAM-0", state=ServiceState.DISABLED, by="alice", reason="vol", since_ms=0
    )
    room.marks.mark = mark
    event = ServiceEvent(mark=mark, equipment_kind="camera")
    room.bus.publish(JournalEntry(seq=9, at_ms=0, user="alice", seat="PC-1", event=event))
    await room.service.drain()
    assert room.changes[2:] == [("mireille", "CAM-0", StreamChange.REVOKED)]


async def test_a_ticket_belongs_to_its_session_and_its_camera() -> None:
    room = Room()
    held = await room.open()
    assert (await room.refused(POLICE, "CAM-0", held.ticket))[1] == "error.stream.expired"
    assert (await room.refused(SUPERVISOR, "CAM-3", held.ticket))[1] == "error.stream.expired"
    await room.ask(POLICE, ReleaseStream(ticket=held.ticket))
    assert room.service.open == 1


async def test_one_session_watches_so_many_cameras_and_no_more() -> None:
    room = Room()
    for number in range(3, 3 + MOST_TICKETS - 1):
        await room.open(camera=f"CAM-{number}")
    last = await room.open()
    assert (await room.refused(SUPERVISOR, "CAM-0"))[1] == "error.stream.too_many"
    await room.ask(SUPERVISOR, ReleaseStream(ticket=last.ticket))
    await room.open()


async def test_who_watched_what_is_sent_to_nobody_unasked() -> None:
    room = Room()
    await room.open()
    event = room.journal.log[-1].event
    assert not may_see({"view:*", "manage:*", "operate:*", "configure:*", "audit:*"}, event)
    places = event_places(event, lambda _: ("camera", ""))
    assert sees_all({"audit:camera"}, "audit", places)
    assert not sees_all({"view:*", "configure:*"}, "audit", places)
