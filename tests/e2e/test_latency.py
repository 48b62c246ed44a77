"""What a person does is in the journal of every console as soon as it is durable."""

from __future__ import annotations

import asyncio
import statistics
import time
from pathlib import Path

import pytest

from backend_bridge.contract.requests import (
    AcknowledgeAlarm,
    CommentIncident,
    GetSituation,
    Request,
)
from backend_bridge.contract.results import SituationResult
from backend_bridge.contract.wire import Answer, SignedIn, Welcome
from backend_bridge.version import installed_version
from console.scenarios.stack import CONSOLE, OPERATOR, PASSWORD, Stack
from tests.wire.rig import Console, raw_console

LIMIT_S = 0.020
ROUNDS = 15


@pytest.mark.timeout(120)
async def test_a_click_reaches_the_journal_flow_within_20_ms(tmp_path: Path) -> None:
    with Stack(tmp_path, cabinets=1, lamps=4) as stack:
        async with raw_console(stack.console_dir, CONSOLE, stack.wire) as console:
            welcome = await console.hello()
            assert isinstance(welcome, Welcome)
            assert welcome.software == f"beffroi {installed_version()}"
            assert isinstance(await console.sign_in(OPERATOR, PASSWORD), SignedIn)
            stack.fault(link=next(iter(stack.truth()["links"])), fault="dead")
            situation = await _with_an_incident(console)
            incident, alarm = situation.incidents[0].id, situation.alarms[0].id
            requests: list[Request] = [
                CommentIncident(incident_id=incident, text="vu", key=str(number))
                for number in range(ROUNDS)
            ]
            seq = situation.seq
            waits_s = []
            for request in [AcknowledgeAlarm(alarm_id=alarm), *requests]:
                entry = asyncio.create_task(_next_entry(console, seq))
                await asyncio.sleep(0)  # the pull goes out first, as a console's is always out
                asked_s = time.monotonic()
                assert isinstance(await console.ask(request), Answer)
                answered_s = time.monotonic()
                seq, heard_s = await entry
                assert heard_s - answered_s < LIMIT_S, "the journal flow waits for something"
                waits_s.append(heard_s - asked_s)
    assert statistics.median(waits_s) < LIMIT_S, waits_s


async def _with_an_incident(console: Console) -> SituationResult:
    while True:
        answer = await console.ask(GetSituation())
        assert isinstance(answer, Answer)
        assert isinstance(answer.result, SituationResult)
        if answer.result.incidents:
            return answer.result
        await asyncio.sleep(0.1)


async def _next_entry(console: Console, seq: int) -> tuple[int, float]:
    """Return the sequence reached and when, as soon as an entry after ``seq`` came."""
    while True:
        batch = await console.journal(seq)
        seq = batch.upto
        if batch.entries:
            return seq, time.monotonic()
