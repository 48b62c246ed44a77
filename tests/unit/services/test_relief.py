"""Incidents at a hand-over: the leaver's own go to who relieves him, each with its entry."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.incidents import Incident
from backend_bridge.contract.journal import IncidentEvent, SessionChange, SessionEvent
from backend_bridge.contract.requests import TakeIncident
from backend_bridge.contract.results import IncidentResult
from backend_bridge.core.requests import Caller
from backend_bridge.core.storage import Draft
from backend_bridge.services.incidents.service import Note
from tests.unit.services.kit import OPERATOR, VIEWER, Room, make_catalogue, person

BOB = person("bob", "PC-2")


def nothing(_moved: tuple[str, ...]) -> Sequence[Draft]:
    return ()


async def relieve(
    room: Room, newcomer: Caller, ids: Sequence[str], note: Note = nothing
) -> tuple[str, ...]:
    task = asyncio.ensure_future(room.incidents.relieve(OPERATOR, newcomer, ids, note))
    while not task.done():
        await asyncio.sleep(0)
        await room.settle()
    return await asyncio.wait_for(task, 5)


async def owned(cabinets: int) -> tuple[Room, list[Incident]]:
    """Return a room with incidents that the operator took."""
    room = await Room(catalogue=make_catalogue(cabinets=cabinets)).start()
    for number in range(1, cabinets + 1):
        room.link(f"EP-{number:04}", up=False)
        await room.settle()
    taken = []
    for incident in room.incidents.open_incidents():
        request = TakeIncident(incident_id=incident.id, version=incident.version)
        taken.append((await room.ask(OPERATOR, request, IncidentResult)).incident)
    return room, taken


async def test_leavers_incidents_change_hands_and_each_is_written() -> None:
    room, (first, second) = await owned(2)
    assert await relieve(room, BOB, (first.id, second.id, first.id)) == (first.id, second.id)
    for incident in room.incidents.open_incidents():
        assert (incident.owner, incident.owner_seat) == ("bob", "PC-2")
    for entry in room.journal.log[-2:]:
        assert isinstance(entry.event, IncidentEvent)
        assert (entry.event.change.value, entry.event.text) == ("handed_over", OPERATOR.user)
        assert (entry.user, entry.seat) == ("bob", "PC-2")
    after = room.incidents.open_incidents()[0]
    assert after.state is first.state
    assert after.version == first.version + 1


async def test_what_is_not_the_leavers_any_more_stays_and_is_not_named() -> None:
    room, (first, second) = await owned(2)
    assert await relieve(room, BOB, (first.id,)) == (first.id,)
    carol = person("carol", "PC-3")
    moved = await relieve(room, carol, (first.id, second.id, "INC-4711"))
    assert moved == (second.id,)
    assert {i.owner for i in room.incidents.open_incidents()} == {"bob", "carol"}


async def test_who_may_not_manage_the_kind_takes_nothing_over() -> None:
    room, (only,) = await owned(1)
    written = len(room.journal.log)
    assert await relieve(room, VIEWER, (only.id,)) == ()
    assert room.one_incident().owner == OPERATOR.user
    assert len(room.journal.log) == written


async def test_incidents_and_what_is_noted_of_them_are_one_commit() -> None:
    room, (first, second) = await owned(2)
    commits = room.journal.commits
    event = SessionEvent(change=SessionChange.HANDED_OVER, console="pc")

    def note(moved: tuple[str, ...]) -> Sequence[Draft]:
        assert moved == (first.id, second.id)
        return (Draft(user="bob", seat="PC-2", at_ms=1, event=event),)

    assert await relieve(room, BOB, (first.id, second.id), note) == (first.id, second.id)
    assert room.journal.commits == commits + 1
    assert room.journal.log[-1].event == event


async def test_what_the_note_refuses_moves_nothing() -> None:
    room, (first, second) = await owned(2)
    written = len(room.journal.log)

    def gone(_moved: tuple[str, ...]) -> Sequence[Draft]:
        raise RequestError(ErrorCode.CONFLICT, "error.session.none")

    with pytest.raises(RequestError, match=r"error\.session\.none"):
        await relieve(room, BOB, (first.id, second.id), gone)
    assert {i.owner for i in room.incidents.open_incidents()} == {OPERATOR.user}
    assert len(room.journal.log) == written


async def test_somebody_who_takes_one_of_them_meanwhile_is_told_of_the_newcomer() -> None:
    room, (first, second) = await owned(2)
    relief = asyncio.ensure_future(
        room.incidents.relieve(OPERATOR, BOB, (first.id, second.id), nothing)
    )
    await asyncio.sleep(0)
    request = TakeIncident(incident_id=second.id, version=second.version)
    other = asyncio.ensure_future(room.incidents.ask(person("carol", "PC-3"), request))
    await asyncio.sleep(0)
    while not (relief.done() and other.done()):
        await room.settle()
        await asyncio.sleep(0)
    assert await relief == (first.id, second.id)
    with pytest.raises(RequestError) as caught:
        await other
    assert caught.value.params["owner"] == "bob"


async def test_full_disk_moves_nothing_and_says_so(expected_events: list[str]) -> None:
    expected_events += ["journal_refused"]
    room, (only,) = await owned(1)
    room.journal.full = True
    with pytest.raises(RequestError) as caught:
        await relieve(room, BOB, (only.id,))
    assert caught.value.code is ErrorCode.UNAVAILABLE
    room.journal.full = False
    assert room.one_incident().owner == OPERATOR.user
