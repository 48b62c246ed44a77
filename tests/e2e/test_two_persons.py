"""A feeder is opened by two people at two seats, over two real consoles, and by nobody alone."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.order_requests import (
    ApprovalResult,
    AskApproval,
    DecideApproval,
    ExecuteCommand,
)
from backend_bridge.contract.orders import ApprovalState, Target
from backend_bridge.contract.points import Equipment
from backend_bridge.contract.quality import Quality
from backend_bridge.contract.requests import GetSituation, Request
from backend_bridge.contract.results import SituationResult
from console.scenarios.people import SUPERVISOR, person_at
from console.scenarios.stack import PASSWORD, Stack, run_step
from tests.fakes.headless import HeadlessConsole

LIGHTING = person_at("lighting")


def _refusal(console: HeadlessConsole, request: Request) -> str:
    with pytest.raises(RequestError) as caught:
        console.ask(request)
    return caught.value.text_key


def _feeder(console: HeadlessConsole) -> Equipment:
    catalogue = console.world.catalogue
    assert catalogue is not None
    found = next(item for item in catalogue.equipment if item.kind == "feeder")
    console.until(
        lambda: console.world.quality(found.first_point) is Quality.GOOD,
        timeout_s=30,
        what="the feeder",
    )
    return found


def test_what_is_dangerous_takes_two_people_at_two_seats(tmp_path: Path) -> None:
    other = tmp_path / "other"
    with Stack(tmp_path / "stack", cabinets=2, lamps=8, person=LIGHTING) as stack:
        run_step(
            *("keys", "new", "pupitre-2", "--data", str(stack.data), "--enroll"),
            *("--out", str(other), "--bridge", stack.wire),
        )
        with HeadlessConsole.of(stack.console_dir) as first, HeadlessConsole.of(other) as second:
            first.sign_in(SUPERVISOR.login, PASSWORD, "supervisor", timeout_s=30)
            second.sign_in(LIGHTING.login, PASSWORD, "lighting", timeout_s=30)
            _open_a_feeder(first, second)


def _open_a_feeder(first: HeadlessConsole, second: HeadlessConsole) -> None:
    feeder = _feeder(first)
    alone = ExecuteCommand(
        key="c1",
        epoch=first.world.epoch,
        equipment_id=feeder.id,
        point_key="closed",
        value=False,
        deadline_ms=time.time_ns() // 1_000_000 + 10_000,
        reason="câble à terre",
    )
    assert _refusal(first, alone) == "error.command.needs_second"
    targets = (Target(feeder.id, "closed", False),)
    asked = first.ask(
        AskApproval(key="q1", epoch=first.world.epoch, targets=targets, reason="câble à terre")
    )
    assert isinstance(asked, ApprovalResult)
    challenge = asked.approval.challenge
    assert challenge == feeder.name
    yes = DecideApproval(approval_id="q1", agree=True, typed=challenge)
    assert _refusal(first, yes) == "error.approval.same_person"
    situation = second.ask(GetSituation())
    assert isinstance(situation, SituationResult)
    assert situation.approvals == (asked.approval,), "the second person is shown the question"
    unread = DecideApproval(approval_id="q1", agree=True, typed="oui")
    assert _refusal(second, unread) == "error.approval.typed"
    assert first.world.points.state[feeder.first_point].value is True
    agreed = second.ask(yes)
    assert isinstance(agreed, ApprovalResult)
    assert agreed.approval.state is ApprovalState.AGREED
    assert agreed.approval.decided_by == LIGHTING.login
    first.until(
        lambda: first.world.points.state[feeder.first_point].value is False, what="it is open"
    )
    assert _refusal(second, yes) == "error.approval.over"
