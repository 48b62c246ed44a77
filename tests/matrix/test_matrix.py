"""Role by request by flow, over the real wire of a whole bridge, against the table by hand."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

from backend_bridge.contract import requests as req
from backend_bridge.contract import safety
from backend_bridge.contract.journal import (
    PERSONAL,
    AlarmEvent,
    CommandEvent,
    Event,
    HandsOffEvent,
    IncidentEvent,
    OverrideEvent,
    ServiceEvent,
    StreamEvent,
)
from backend_bridge.contract.order_requests import ChoicesResult, OrderCheckResult, OrderResult
from backend_bridge.contract.results import (
    RESULT_OF,
    AuditResult,
    CatalogueResult,
    SituationResult,
    StreamTicketResult,
)
from backend_bridge.contract.wire import Answer, Beat, Failure
from backend_bridge.core.driver import Reading
from backend_bridge.security.roles import load_roles
from backend_bridge.store import StoreSettings
from backend_bridge.store.audit import check_chain, open_journal
from backend_bridge.store.chain import Break
from tests.fakes.waiting import until
from tests.matrix.asks import (
    DRIVEN,
    EDIT_OFF,
    ENDING,
    GENERAL,
    NO_RIGHT,
    NOT_SEEN,
    OVER,
    RINGING,
    judge,
    plain,
    refusal,
    requests,
    requests_about_nothing,
)
from tests.matrix.city import SECTORS, item_id, town
from tests.matrix.room import Room, result_of, running
from tests.matrix.table import REQUESTS, ROLES, About
from tests.wire.rig import Console

KINDS = ("lamp", "bollard", "camera", "signal_controller")
"""One of each trade that somebody drives; the flows look at all kinds."""


async def test_every_role_may_do_exactly_what_the_table_says(
    tmp_path: Path, matrix_log: list[Any]
) -> None:
    async with running(tmp_path) as room:
        wrong = [
            *[found async for found in _general(room)],
            *[found async for found in _not_seen(room)],
            *[found async for found in _about_equipment(room)],
            *[found async for found in _editing(room)],
        ]
        assert not wrong, chr(10).join(wrong)
        await _check_flows(room)
        data = StoreSettings(directory=tmp_path / "data")
        assert await asyncio.to_thread(_chain, data) == (), "beside the running bridge"
    assert await asyncio.to_thread(_chain, data) == ()
    assert [line for line in matrix_log if line["log_level"] in ("error", "critical")] == []


def _chain(data: StoreSettings) -> tuple[Break, ...]:
    with open_journal(data) as connection:
        report = check_chain(connection)
    assert report.breaks or (report.tip is not None and report.tip.seq > 300)
    return report.breaks


async def _general(room: Room) -> AsyncIterator[str]:
    places = {About.CIRCUIT: ("circuit", ""), About.WALL: ("camera", "")}
    for kind, make in GENERAL.items():
        needs = REQUESTS[kind]
        for role, may in ROLES.items():
            if needs.about is About.NOTHING:
                allowed = True
            elif needs.about is About.SOMEWHERE:
                allowed = bool(getattr(may, needs.action))
            else:
                allowed = may.reaches(needs.action, *places[needs.about])
            if kind is safety.SetEditMode:
                continue  # what it changes is asked below
            found = await room.asked(role, make())
            if not judge(found, allowed):
                yield f"{role} {kind.__name__}: {allowed=}, {found!r}"


async def _not_seen(room: Room) -> AsyncIterator[str]:
    """Ask everything about what a role may not see: every answer is that of a thing not there."""
    about = (About.EQUIPMENT, About.DRIVEN, About.CAMERA)
    told = 0
    for kind, sector in itertools.product(KINDS, SECTORS):
        of_it = requests(room.territory, item_id(kind, sector), room.bridge.epoch)
        of_nothing = requests_about_nothing(kind, room.bridge.epoch)
        for role in room.roles(allowed=False, action="view", kind=kind, sector=sector):
            console = room.consoles[role]
            for asked, make in of_it.items():
                if REQUESTS[asked].about not in about:
                    continue
                there = plain(await console.ask(make()))
                nowhere = plain(await console.ask(of_nothing[asked]()))
                told += 1
                if there != nowhere:
                    yield f"{role} {asked.__name__} {kind} {sector}: {there} but {nowhere}"
    assert told > 200, "some roles see only a part"


async def _about_equipment(room: Room) -> AsyncIterator[str]:
    """Ask everything about every piece of equipment, with edit mode off.

    Who may not asks first: what who may changes must not hide it.
    """
    for kind, sector, allowed in itertools.product(KINDS, SECTORS, (False, True)):
        item = item_id(kind, sector)
        for asked, make in requests(room.territory, item, room.bridge.epoch).items():
            needs = REQUESTS[asked]
            if needs.about is About.LIVE:
                said = {refusal(await each.ask(make())) for each in room.consoles.values()}
                if "" in said or len(said - NO_RIGHT - NOT_SEEN) > 1:
                    yield f"{asked.__name__} {item}: {said}"
                continue
            if (needs.about is About.CAMERA and kind != "camera") or (
                needs.about is About.DRIVEN and kind not in DRIVEN
            ):
                continue
            if asked is req.SetAlarmService and kind not in RINGING:
                continue
            for role in room.roles(allowed=allowed, action=needs.action, kind=kind, sector=sector):
                found = await room.asked(role, make())
                seen = ROLES[role].reaches("view", kind, sector)
                over = allowed and asked in ENDING and found == OVER
                right = over or judge(found, allowed, seen=seen)
                if needs.edit_mode and allowed:
                    right = found == EDIT_OFF
                if not right:
                    yield f"{role} {asked.__name__} {item}: {allowed=}, {found!r}"


async def _editing(room: Room) -> AsyncIterator[str]:
    """Turn edit mode on wherever that is allowed and ask again what needs it; then off."""
    for role in ROLES:
        found = await room.asked(role, safety.SetEditMode(on=True))
        if not judge(found, bool(ROLES[role].configure)):
            yield f"{role} SetEditMode: {found!r}"
    edits = [asked for asked, needs in REQUESTS.items() if needs.edit_mode]
    for asked, kind, sector in itertools.product(edits, KINDS, SECTORS):
        if asked is req.SetAlarmService and kind not in RINGING:
            continue
        make = requests(room.territory, item_id(kind, sector), room.bridge.epoch)[asked]
        action = REQUESTS[asked].action
        for allowed in (False, True):
            for role in room.roles(allowed=allowed, action=action, kind=kind, sector=sector):
                found = await room.asked(role, make())
                if not judge(found, allowed, seen=ROLES[role].reaches("view", kind, sector)):
                    yield f"{role} {asked.__name__} {kind} {sector}, editing: {found!r}"
    of_lamp = requests(room.territory, item_id("lamp", "Centre"), room.bridge.epoch)
    for role in ROLES:
        if ROLES[role].reaches("configure", "lamp", "Centre"):
            await room.asked(role, safety.SetEditMode(on=False))
            found = await room.asked(role, of_lamp[req.SetServiceState]())
            if found != EDIT_OFF:
                yield f"{role}: edit mode did not end: {found!r}"


def seen_items(room: Room, role: str, action: str) -> set[str]:
    may = ROLES[role]
    return {
        item.id for item in room.territory.equipment if may.reaches(action, item.kind, item.sector)
    }


async def _check_flows(room: Room) -> None:
    table = room.bridge._table
    everything = room.territory.equipment
    source = table.add_source("matrix", range(len(table)))
    readings = [Reading(index, 1) for index in range(len(table))]
    table.apply(source, readings)
    for role, console in room.consoles.items():
        seen, audited = seen_items(room, role, "view"), seen_items(room, role, "audit")
        await _points(room, console, seen)
        await _answers(console, seen, audited, role)
        await _journal(console, seen, audited, role)
        await until(lambda console=console: console.of(Beat))  # type: ignore[misc]  # bound now
        for frame, message in zip(console.frames, console.messages, strict=True):
            if isinstance(message, Failure) or _is_echo(message):
                continue
            for item in everything:
                if item.id not in seen | audited:
                    assert item.id.encode() not in frame, f"{role} was told {message}"


def _is_echo(message: object) -> bool:
    """Return whether an answer repeats targets that the very request named."""
    return isinstance(message, Answer) and isinstance(
        message.result, OrderCheckResult | ChoicesResult | OrderResult
    )


async def _points(room: Room, console: Console, seen: set[str]) -> None:
    counts = {kind.key: len(kind.points) for kind in room.territory.kinds}
    expected = {
        item.first_point + offset
        for item in room.territory.equipment
        if item.id in seen
        for offset in range(counts[item.kind])
    }
    batch = await console.points(0)
    assert {change.index for change in batch.changes} == expected
    assert bool(batch.heard) is bool(expected)


async def _answers(console: Console, seen: set[str], audited: set[str], role: str) -> None:
    catalogue = result_of(await console.ask(req.GetCatalogue()), CatalogueResult)
    assert {item.id for item in catalogue.catalogue.equipment} == seen
    situation = result_of(await console.ask(req.GetSituation()), SituationResult)
    for things in (situation.incidents, situation.overrides, situation.commands):
        about = {thing.equipment_id for thing in things}
        assert about <= seen, role
    assert {mark.equipment_id for mark in situation.service} <= seen
    assert {alarm.equipment_id for alarm in situation.alarms} <= seen
    assert situation.incidents or not seen
    if ROLES[role].audit:
        audit = result_of(await console.ask(req.GetAudit(event="stream", limit=1000)), AuditResult)
        cameras = {item_id("camera", sector) for sector in SECTORS}
        streams = [link.entry.event for link in audit.links]
        assert {event.equipment_id for event in streams if isinstance(event, StreamEvent)} == (
            audited & cameras
        )
        assert bool(audit.hidden) is bool(cameras - audited)
        await _persons(console, audited & cameras, role)


async def _persons(console: Console, audited: set[str], role: str) -> None:
    """Ask what people did: a right over one sector's cameras tells nothing of who signs in."""
    anything = ROLES[role].reaches("audit", "circuit", "")
    for event in ("session", "configuration", "audit_read", "refusal"):
        page = result_of(await console.ask(req.GetAudit(event=event, limit=1000)), AuditResult)
        general = [link for link in page.links if not getattr(link.entry.event, "equipment_id", "")]
        assert bool(general) is anything, f"{role}: {event}"
    page = result_of(await console.ask(req.GetAudit(event="export", limit=1000)), AuditResult)
    taken = {link.entry.event.equipment_id for link in page.links}
    assert {item for item in taken if "camera" in item} == audited, role


_ABOUT: dict[type, Callable[[Any], str]] = {
    AlarmEvent: lambda event: event.alarm.equipment_id,
    IncidentEvent: lambda event: event.incident.equipment_id,
    CommandEvent: lambda event: event.command.equipment_id,
    OverrideEvent: lambda event: event.override.equipment_id,
    ServiceEvent: lambda event: event.mark.equipment_id,
    HandsOffEvent: lambda event: event.zone.equipment_id,
}


async def _journal(console: Console, seen: set[str], audited: set[str], role: str) -> None:
    events: list[Event] = []
    after, head = 0, 1
    while after < head:
        batch = await console.journal(after)
        events += [entry.event for entry in batch.entries]
        after, head = batch.upto, batch.head
    for kind, about in _ABOUT.items():
        found = {about(event) for event in events if isinstance(event, kind)}
        expected = seen
        if kind is ServiceEvent:
            expected = {item for item in seen if item in found or "camera" not in item}
        assert found == expected, f"{role}: {kind.__name__}"
    # what persons did is answered to auditors' questions only, and that they asked is written
    assert not any(isinstance(event, PERSONAL) for event in events), role


async def test_a_ticket_names_an_address_only_to_who_may_watch(
    tmp_path: Path, matrix_log: list[Any]
) -> None:
    async with running(tmp_path) as room:
        for role, console in room.consoles.items():
            for sector in SECTORS:
                item = item_id("camera", sector)
                answer = await console.ask(req.OpenStream(equipment_id=item))
                if ROLES[role].reaches("view", "camera", sector):
                    ticket = result_of(answer, StreamTicketResult)
                    assert ticket.url.startswith("rtsp://")
                else:
                    assert isinstance(answer, Failure), role
            told = b"".join(console.frames)
            for number, sector in enumerate(SECTORS, start=1):
                address = f"rtsp://127.0.0.1/{number}".encode()
                assert (address in told) is ROLES[role].reaches("view", "camera", sector), role
    assert [line for line in matrix_log if line["log_level"] in ("error", "critical")] == []


def test_every_request_and_every_role_has_its_line() -> None:
    assert set(REQUESTS) == set(RESULT_OF)
    assert {role.key for role in load_roles()} | {"centre"} == set(ROLES)
    sample = requests(town(Path("/nowhere")), item_id("lamp", "Port"), "e")
    assert set(sample) | set(GENERAL) == set(REQUESTS)
