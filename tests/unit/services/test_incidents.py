"""The incident service: opened by alarms, one owner, every refusal in words, durable."""

from __future__ import annotations

import asyncio

import pytest

from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.incidents import Incident, IncidentState
from backend_bridge.contract.journal import AlarmEvent, IncidentEvent
from backend_bridge.contract.requests import (
    AssignIncident,
    CloseIncident,
    CommentIncident,
    ReopenIncident,
    Request,
    TakeIncident,
)
from backend_bridge.contract.results import IncidentResult
from backend_bridge.core.requests import Caller
from backend_bridge.core.storage import Draft, StorageError
from backend_bridge.services.actor import Plan
from backend_bridge.services.incidents import engine
from tests.fakes.memory_journal import MemoryJournal
from tests.unit.services.kit import OPERATOR, VIEWER, Room, make_catalogue, person

BOB = person("bob", "PC-2")
BOSS = person("chef", "PC-0", "view:*", "manage:*", "configure:*")


def _deaf(item: object) -> None:
    del item


async def _lost(room: Room, cabinet: str = "EP-0001") -> Incident:
    room.link(cabinet, up=False)
    await room.settle()
    return room.incidents.open_incidents()[-1]


async def _back(room: Room, cabinet: str = "EP-0001") -> None:
    room.link(cabinet, up=True)
    await room.settle()
    await room.advance(5)


async def _do(room: Room, request: Request, caller: Caller = OPERATOR) -> Incident:
    return (await room.ask(caller, request, IncidentResult)).incident


async def _take(room: Room, caller: Caller = OPERATOR) -> Incident:
    incident = room.one_incident()
    request = TakeIncident(incident_id=incident.id, version=incident.version)
    return await _do(room, request, caller)


async def test_alarm_opens_one_incident_where_it_is() -> None:
    room = await Room().start()
    incident = await _lost(room)
    assert (incident.id, incident.version, incident.state) == ("INC-0001", 1, IncidentState.NEW)
    assert (incident.kind, incident.trade, incident.limit_s) == ("cabinet_lost", "lighting", 900)
    assert (incident.place, incident.commune) == ("1 rue de la Liberté", "Dijon")
    assert incident.alarm_ids == (room.one_alarm().id,)
    assert incident.severity == 2
    opened = room.journal.log[-1]
    assert (opened.user, opened.seat) == ("bridge", "")


async def test_further_alarms_of_the_same_root_join_and_resolve_when_all_returned() -> None:
    room = await Room(catalogue=make_catalogue(cabinets=2)).start()
    room.all_good()
    room.set("EP-0001", "voltage_v", 255.0)
    await room.settle()
    await room.advance(10)
    incident = room.one_incident()
    assert (incident.kind, incident.severity) == ("supply_fault", 3)
    room.set("EP-0001-D1", "closed", False)
    room.set("EP-0001-D2", "closed", False)
    await room.settle()
    incident = room.one_incident()
    assert len(incident.alarm_ids) == 3
    assert incident.severity == 2
    assert room.incident_changes() == ["opened", "alarm_joined"]
    await _lost(room, "EP-0002")
    assert len(room.incidents.open_incidents()) == 2

    room.set("EP-0001", "voltage_v", 230.0)
    room.set("EP-0001-D1", "closed", True)
    await room.advance(30)
    assert room.incidents.open_incidents()[0].state is IncidentState.NEW
    room.set("EP-0001-D2", "closed", True)
    await room.settle()
    await room.advance(30)
    assert room.incidents.open_incidents()[0].state is IncidentState.RESOLVED
    assert room.incidents.open_incidents()[1].state is IncidentState.NEW


async def test_feeder_incident_takes_the_place_of_its_cabinet() -> None:
    room = await Room().start()
    room.set("EP-0001-D1", "closed", False)
    await room.settle()
    incident = room.one_incident()
    assert (incident.equipment_id, incident.place) == ("EP-0001-D1", "1 rue de la Liberté")


async def test_alarms_that_open_nothing_keep_no_incident_open() -> None:
    room = await Room().start()
    room.all_good()
    await _lost(room)
    await _back(room)
    room.all_good()
    room.set("EP-0001-D1-01", "fault", True)
    await room.settle()
    await room.advance(61)
    assert [a.rule for a in room.listed() if a.active] == ["lamp_failed"]
    assert len(room.one_incident().alarm_ids) == 1
    taken = await _take(room)
    closed = await _do(room, CloseIncident(incident_id=taken.id, version=taken.version))
    assert closed.state is IncidentState.CLOSED


async def test_whole_life_is_journalled_with_user_and_seat() -> None:
    room = await Room().start()
    incident = await _lost(room)
    taken = await _take(room)
    assert (taken.state, taken.owner, taken.owner_seat) == (
        IncidentState.QUALIFIED,
        "alice",
        "PC-1",
    )
    sent = await _do(
        room, AssignIncident(incident_id=taken.id, version=taken.version, assigned_to=" ÉCL-1 ")
    )
    assert (sent.state, sent.assigned_to) == (IncidentState.DISPATCHED, "ÉCL-1")
    error = await room.refused(OPERATOR, CloseIncident(incident_id=sent.id, version=sent.version))
    assert (error.code, error.text_key) == (ErrorCode.REFUSED, "error.incident.alarm_active")
    await _back(room)
    resolved = room.one_incident()
    assert (resolved.state, resolved.assigned_to) == (IncidentState.RESOLVED, "ÉCL-1")
    closed = await _do(
        room, CloseIncident(incident_id=sent.id, version=resolved.version, text="fusible changé")
    )
    assert closed.closed_ms == room.clock.now_ms()
    assert room.incidents.open_incidents() == ()
    log = await room.journal.incident_entries(incident.id, 500)
    people = [(e.user, e.seat) for e in log if isinstance(e.event, IncidentEvent)]
    assert people == [
        ("bridge", ""), ("alice", "PC-1"), ("alice", "PC-1"), ("bridge", ""), ("alice", "PC-1"),
    ]  # fmt: skip
    last = log[-1].event
    assert isinstance(last, IncidentEvent)
    assert last.text == "fusible changé"


async def test_two_people_take_at_once_and_one_of_them_gets_it() -> None:
    room = await Room().start()
    incident = await _lost(room)
    request = TakeIncident(incident_id=incident.id, version=incident.version)
    asks = [asyncio.create_task(room.incidents.ask(who, request)) for who in (OPERATOR, BOB)]
    await asyncio.sleep(0)
    await room.settle()
    won, lost = await asyncio.gather(*asks, return_exceptions=True)
    assert isinstance(won, IncidentResult)
    assert won.incident.owner == "alice"
    assert isinstance(lost, RequestError)
    assert (lost.code, lost.text_key) == (ErrorCode.CONFLICT, "error.incident.already_taken")
    assert lost.params == {"incident": incident.id, "owner": "alice", "seat": "PC-1"}
    assert room.incident_changes().count("taken") == 1


async def test_taking_again_changes_nothing_and_moving_seat_moves_the_owner() -> None:
    room = await Room().start()
    await _lost(room)
    taken = await _take(room)
    again = await _do(room, TakeIncident(incident_id=taken.id, version=1))
    assert again == taken
    moved = person("alice", "PC-7")
    answer = await room.ask(
        moved, TakeIncident(incident_id=taken.id, version=taken.version), IncidentResult
    )
    assert (answer.incident.owner, answer.incident.owner_seat) == ("alice", "PC-7")


async def test_older_version_is_a_conflict_that_changes_nothing() -> None:
    room = await Room().start()
    incident = await _lost(room)
    await _do(room, CommentIncident(incident_id=incident.id, text="vu", key="k"))
    error = await room.refused(OPERATOR, TakeIncident(incident_id=incident.id, version=1))
    assert (error.code, error.text_key) == (ErrorCode.CONFLICT, "error.incident.changed")
    assert error.params == {"incident": incident.id, "seen": 1, "now": 2}
    assert room.one_incident().owner == ""


async def test_others_incident_is_not_to_be_assigned_or_closed_but_the_supervisor_may() -> None:
    room = await Room().start()
    await _lost(room)
    taken = await _take(room)
    await _back(room)
    version = room.one_incident().version
    for request in (
        AssignIncident(incident_id=taken.id, version=version, assigned_to="P12"),
        CloseIncident(incident_id=taken.id, version=version),
    ):
        error = await room.refused(BOB, request)
        assert (error.code, error.text_key) == (ErrorCode.CONFLICT, "error.incident.not_owner")
    await _do(room, CommentIncident(incident_id=taken.id, text="j’y passe", key="k"), BOB)
    closed = await _do(room, CloseIncident(incident_id=taken.id, version=version + 1), BOSS)
    assert closed.state is IncidentState.CLOSED


async def test_comment_is_any_text_written_once_for_each_key() -> None:
    room = await Room().start()
    incident = await _lost(room)
    text = 'A/B "è" \' ; 🚒 \u202e العربية \n\t fin'
    request = CommentIncident(incident_id=incident.id, text=text, key="k1")
    first = await _do(room, request)
    assert (first.comments, first.version) == (1, 2)
    assert await _do(room, request) == first
    asks = [asyncio.create_task(room.incidents.ask(OPERATOR, request)) for _ in range(3)]
    await asyncio.sleep(0)
    await room.settle()
    for answer in await asyncio.gather(*asks):
        assert answer == IncidentResult(incident=first)
    await room.start()
    assert await _do(room, request) == first
    second = await _do(room, CommentIncident(incident_id=incident.id, text="suite", key="k2"))
    assert (second.comments, second.version) == (2, 3)
    texts = [
        e.event.text
        for e in room.journal.log
        if isinstance(e.event, IncidentEvent) and e.event.change.value == "commented"
    ]
    assert texts == [text, "suite"]


@pytest.mark.parametrize(
    ("text", "key", "said"),
    [
        ("x" * 4_001, "k", "text_too_long"),
        (" \n ", "k", "comment_empty"),
        ("x", "", "comment_key"),
        ("x", "k" * 201, "comment_key"),
    ],
)
async def test_wrong_comment_is_refused_and_says_why(text: str, key: str, said: str) -> None:
    room = await Room().start()
    incident = await _lost(room)
    error = await room.refused(
        OPERATOR, CommentIncident(incident_id=incident.id, text=text, key=key)
    )
    assert (error.code, error.text_key) == (ErrorCode.BAD_REQUEST, f"error.incident.{said}")
    longest = "🚒" * 4_000
    kept = await _do(room, CommentIncident(incident_id=incident.id, text=longest, key="k"))
    assert kept.comments == 1


async def test_closed_incident_is_commented_and_reopened_within_a_day_only() -> None:
    room = await Room().start()
    await _lost(room)
    await _take(room)
    await _back(room)
    incident = room.one_incident()
    closed = await _do(room, CloseIncident(incident_id=incident.id, version=incident.version))
    for request in (
        TakeIncident(incident_id=closed.id, version=closed.version),
        AssignIncident(incident_id=closed.id, version=closed.version, assigned_to="P1"),
        CloseIncident(incident_id=closed.id, version=closed.version),
    ):
        assert (await room.refused(OPERATOR, request)).text_key == "error.incident.closed"
    noted = await _do(room, CommentIncident(incident_id=closed.id, text="vu", key="k"))
    assert (noted.state, noted.comments) == (IncidentState.CLOSED, 1)
    await room.advance(24 * 3600)
    again = await _do(room, ReopenIncident(incident_id=noted.id, version=noted.version))
    assert (again.state, again.owner, again.closed_ms) == (IncidentState.NEW, "", None)
    assert room.one_incident() == again
    error = await room.refused(OPERATOR, ReopenIncident(incident_id=again.id, version=1))
    assert error.text_key == "error.incident.not_closed"
    taken = await _take(room)
    closed = await _do(room, CloseIncident(incident_id=taken.id, version=taken.version))
    await room.advance(24 * 3600 + 1)
    error = await room.refused(
        OPERATOR, ReopenIncident(incident_id=closed.id, version=closed.version)
    )
    assert (error.text_key, error.params["hours"]) == ("error.incident.too_old", 24)


async def test_alarm_that_comes_again_after_the_closing_opens_another_incident() -> None:
    room = await Room().start()
    await _lost(room)
    await _take(room)
    await _back(room)
    first = room.one_incident()
    await _do(room, CloseIncident(incident_id=first.id, version=first.version))
    second = await _lost(room)
    assert (second.id, second.alarm_ids) == ("INC-0002", first.alarm_ids)
    assert room.alarm_changes()[-1] == "raised_again"


async def test_resolved_incident_whose_alarm_comes_again_goes_back_to_who_works_on_it() -> None:
    room = await Room().start()
    await _lost(room)
    await _take(room)
    await _back(room)
    assert room.one_incident().state is IncidentState.RESOLVED
    await _lost(room)
    assert room.one_incident().state is IncidentState.QUALIFIED
    assert room.one_incident().id == "INC-0001"


async def test_nothing_may_be_done_without_the_right_or_to_what_does_not_exist() -> None:
    room = await Room().start()
    incident = await _lost(room)
    error = await room.refused(
        VIEWER, TakeIncident(incident_id=incident.id, version=incident.version)
    )
    assert error.text_key == "error.rights.missing"
    error = await room.refused(OPERATOR, TakeIncident(incident_id="INC-9999", version=1))
    assert (error.code, error.text_key) == (ErrorCode.CONFLICT, "error.incident.not_found")
    for name in ("", "x" * 201):
        error = await room.refused(
            OPERATOR, AssignIncident(incident_id=incident.id, version=1, assigned_to=name)
        )
        assert error.text_key == "error.incident.assigned_to"


async def test_full_disk_refuses_people_and_opens_the_incident_when_it_is_back(
    expected_events: list[str],
) -> None:
    expected_events += ["journal_refused", "journal_back"]
    room = await Room().start()
    incident = await _lost(room)
    room.journal.full = True
    request = CommentIncident(incident_id=incident.id, text="vu", key="k")
    error = await room.refused(OPERATOR, request)
    assert (error.code, error.text_key) == (ErrorCode.UNAVAILABLE, "error.storage.full")
    assert room.one_incident() == incident
    room.journal.full = False
    assert (await _do(room, request)).comments == 1


async def test_request_that_hits_a_defect_or_a_damaged_row_costs_nobody_else_anything(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    room = await Room(catalogue=make_catalogue(cabinets=2)).start()
    first, second = await _lost(room), await _lost(room, "EP-0002")
    decide = room.incidents._plan

    async def plan(caller: Caller, request: Request) -> Plan:
        match getattr(request, "incident_id", ""):
            case "INC-0666":
                raise ZeroDivisionError("a defect that one request finds")
            case "INC-0667":
                raise StorageError("its row is damaged")
        return await decide(caller, request)

    monkeypatch.setattr(room.incidents, "_plan", plan)
    room.link("EP-0001", up=True)
    await room.advance(5)  # something of the field waits for the same commit
    asks = [
        asyncio.create_task(
            room.incidents.ask(OPERATOR, CommentIncident(incident_id=name, text="vu", key="k"))
        )
        for name in ("INC-0666", first.id, "INC-0667", second.id)
    ]
    await asyncio.sleep(0)
    await room.settle()

    defect, one, unread, two = await asyncio.gather(*asks, return_exceptions=True)

    assert isinstance(defect, ZeroDivisionError)
    assert isinstance(unread, RequestError)
    assert unread.text_key == "error.storage.failed"
    assert [getattr(item, "incident").comments for item in (one, two)] == [1, 1]  # noqa: B009 - results of two types
    assert room.incidents.waiting == 0


async def test_death_between_alarm_and_incident_is_made_good_at_the_start() -> None:
    room = await Room(catalogue=make_catalogue(cabinets=2)).start()
    await _lost(room)
    dead = Room(catalogue=make_catalogue(cabinets=2), journal=room.journal)
    await dead.start()
    dead.incidents.post = _deaf  # type: ignore[method-assign]  # dies before it hears
    dead.link("EP-0002", up=False)
    await dead.settle()
    assert len((await room.journal.situation()).incidents) == 1
    await dead.start()
    assert [i.id for i in dead.incidents.open_incidents()] == ["INC-0001", "INC-0002"]

    dead.incidents.post = _deaf  # type: ignore[method-assign]  # dies before it hears
    dead.link("EP-0001", up=True)
    await dead.settle()
    await dead.advance(5)
    assert dead.incidents.open_incidents()[0].state is IncidentState.NEW
    await dead.start()
    states = [i.state for i in dead.incidents.open_incidents()]
    assert states == [IncidentState.RESOLVED, IncidentState.NEW]
    before = len(dead.journal.log)
    await dead.start()
    assert len(dead.journal.log) == before


async def test_reopened_incident_is_left_alone_by_a_restart() -> None:
    room = await Room().start()
    await _lost(room)
    await _take(room)
    await _back(room)
    incident = room.one_incident()
    closed = await _do(room, CloseIncident(incident_id=incident.id, version=incident.version))
    again = await _do(room, ReopenIncident(incident_id=closed.id, version=closed.version))
    await room.start()
    assert room.one_incident() == again


async def test_storm_on_one_cabinet_makes_few_entries_and_bounded_incidents() -> None:
    room = await Room(catalogue=make_catalogue(feeders=1_200, lamps=0)).start()
    room.all_good()
    await room.settle()
    for feeder in range(1, 1_201):
        room.set(f"EP-0001-D{feeder}", "closed", False)
    await room.settle()
    incidents = room.incidents.open_incidents()
    assert sum(len(i.alarm_ids) for i in incidents) == 1_200
    assert all(len(i.alarm_ids) <= engine.MOST_ALARMS for i in incidents)
    assert len(room.incident_changes()) <= 2 * len(incidents)


async def test_alarm_on_equipment_that_left_the_territory_opens_nothing(
    expected_events: list[str],
) -> None:
    expected_events += ["incident_without_equipment", "alarm_without_rule"]
    journal = MemoryJournal()
    room = await Room(catalogue=make_catalogue(cabinets=2), journal=journal).start()
    room.link("EP-0002", up=False)
    await room.alarms.drain()
    alarm_event = journal.log[-1].event
    assert isinstance(alarm_event, AlarmEvent)
    await journal.append([Draft(user="bridge", seat="", at_ms=1, event=alarm_event)])
    smaller = await Room(journal=journal).start()
    assert smaller.incidents.open_incidents() == ()
    assert not smaller.one_alarm().active
