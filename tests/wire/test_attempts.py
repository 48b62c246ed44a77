"""Refused attempts are written down, and tell who asked nothing more."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import pytest

from backend_bridge.contract.access import RefusalEvent
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.journal import may_see
from backend_bridge.contract.order_requests import CheckOrder, OrderCheckResult
from backend_bridge.contract.orders import Target, TargetCheck
from backend_bridge.contract.requests import GetDiagnostics, TakeIncident
from backend_bridge.core.requests import Caller
from backend_bridge.server import attempts
from tests.fakes.waiting import until
from tests.wire.rig import Console, Rig, rig


def written(bridge: Rig) -> list[RefusalEvent]:
    events = [entry.event for entry in bridge.journal.log]
    return [event for event in events if isinstance(event, RefusalEvent)]


async def not_there(_caller: Caller, request: GetDiagnostics) -> NoReturn:
    params: dict[str, str | int | float] = {"equipment": request.equipment_id}
    raise RequestError(ErrorCode.BAD_REQUEST, "error.equipment.not_found", params)


async def not_allowed(caller: Caller, _request: TakeIncident) -> NoReturn:
    caller.require("manage", "lamp")
    raise AssertionError


async def changed(_caller: Caller, _request: TakeIncident) -> NoReturn:
    raise RequestError(ErrorCode.CONFLICT, "error.incident.changed")


async def dry_run(_caller: Caller, request: CheckOrder) -> OrderCheckResult:
    keys = ["", "error.command.no_such_point", "error.command.not_allowed"]
    checks = (
        TargetCheck(equipment_id=target.equipment_id, point_key=target.point_key, text_key=key)
        for target, key in zip(request.targets, keys, strict=True)
    )
    return OrderCheckResult(checks=tuple(checks))


async def look(console: Console, *ids: str) -> None:
    for equipment_id in ids:
        await console.ask(GetDiagnostics(equipment_id=equipment_id))


async def test_refusal_is_an_entry_with_what_was_asked(tmp_path: Path) -> None:
    handlers = {GetDiagnostics: not_there, TakeIncident: not_allowed}
    async with rig(tmp_path, handlers=handlers) as bridge:
        console = await bridge.seated("claire")
        await look(console, "CAM-7")
        await console.ask(TakeIncident(incident_id="INC-4", version=1))
        await until(lambda: len(written(bridge)) == 2)
        looked, took = written(bridge)
        assert looked == RefusalEvent(
            request="get_diagnostics",
            text_key="error.equipment.not_found",
            console="pupitre-1",
            subject="CAM-7",
            equipment_id="CAM-7",
        )
        assert (took.text_key, took.subject, took.equipment_id) == (
            "error.rights.missing",
            "INC-4",
            "",
        )
        assert bridge.journal.log[-1].user == "claire"
        assert not may_see(frozenset({"view:*", "manage:*", "audit:*"}), looked), "personal"


async def test_what_is_no_matter_of_rights_is_no_attempt(tmp_path: Path) -> None:
    async with rig(tmp_path, handlers={TakeIncident: changed}) as bridge:
        console = await bridge.seated("claire")
        await console.ask(TakeIncident(incident_id="INC-4", version=1))
        await console.sign_out()
        assert written(bridge) == []


async def test_many_of_a_sort_are_counted_and_none_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempts, "WINDOW_S", 1.0)
    async with rig(tmp_path, handlers={GetDiagnostics: not_there}) as bridge:
        console = await bridge.seated("claire")
        await look(console, *(f"CAM-{number}" for number in range(40)))
        await until(lambda: sum(event.times for event in written(bridge)) == 40, timeout_s=20)
        assert len(written(bridge)) < 40
        assert [e.subject for e in written(bridge)][: attempts.FIRST] == [
            f"CAM-{number}" for number in range(attempts.FIRST)
        ]


async def test_dry_run_is_looked_through_for_what_may_not_be_seen(tmp_path: Path) -> None:
    async with rig(tmp_path, handlers={CheckOrder: dry_run}) as bridge:
        console = await bridge.seated("claire")
        targets = tuple(Target(name, "level", 1) for name in ("L-1", "L-2", "L-3"))
        await console.ask(CheckOrder(targets=targets))
        await until(lambda: bool(written(bridge)))
        (event,) = written(bridge)
        assert (event.request, event.subject) == ("check_order", "L-2")


async def test_full_disk_costs_the_entry_and_not_the_answer(
    tmp_path: Path, expected_events: list[str]
) -> None:
    expected_events += ["not_in_journal"]
    async with rig(tmp_path, handlers={GetDiagnostics: not_there}) as bridge:
        console = await bridge.seated("claire")
        bridge.journal.full = True
        await look(console, "CAM-7")
        await until(lambda: bridge.journal.attempts > 1)
        assert written(bridge) == []
