"""kill -9 of the bridge, again and again under load: nothing acknowledged is ever lost.

``make kills`` does it fifty times, ``make test`` a few.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from concurrent.futures import Future
from functools import partial
from pathlib import Path

import pytest

from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.journal import IncidentEvent, JournalEntry
from backend_bridge.contract.requests import (
    AcknowledgeAlarm,
    CommentIncident,
    ShelveAlarm,
    UnshelveAlarm,
)
from backend_bridge.contract.results import Result
from backend_bridge.contract.times import SystemClock
from backend_bridge.store import Store, StoreSettings
from console.scenarios.stack import OPERATOR, PASSWORD, Stack
from tests.fakes.headless import HeadlessConsole

KILLS = int(os.environ.get("BEFFROI_KILLS", "8"))
COMMENTS = 60
KILLED_AFTER = 20


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_bridge_killed_again_and_again_under_load_loses_nothing_acknowledged(
    tmp_path: Path, expected_events: list[str]
) -> None:
    with (
        Stack(tmp_path, cabinets=2, lamps=8) as stack,
        HeadlessConsole.of(stack.console_dir) as console,
    ):
        console.sign_in(OPERATOR, PASSWORD)
        stack.fault(link=_links(stack)[0], fault="dead")
        console.until(lambda: len(console.world.incidents) == 1, what="the incident")
        incident = next(iter(console.world.incidents))
        acknowledged: dict[str, str] = {}
        for kill in range(KILLS):
            asked = _ask_many(console, incident.id, kill)
            console.until(partial(_answered_enough, asked), what="some answers")
            _kill_and_follow(stack, console)
            acknowledged |= _answered(console, asked)
        alarm = next(iter(console.world.alarms))
        console.ask(AcknowledgeAlarm(alarm_id=alarm.id))
        _kill_and_follow(stack, console)
        assert [a.acknowledged for a in console.world.alarms] == [True]
        _shelf_survives(stack, console, alarm.id)
        assert len(console.world.incidents) == 1
        stack.stop()
        entries = asyncio.run(_journal(stack.data))

    assert len(acknowledged) >= KILLS * KILLED_AFTER
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    written = [
        entry.event.text
        for entry in entries
        if isinstance(entry.event, IncidentEvent) and entry.event.change == "commented"
    ]
    assert len(written) == len(set(written)), "a comment was written twice"
    assert set(acknowledged.values()) <= set(written), "an acknowledged comment is missing"


def _shelf_survives(stack: Stack, console: HeadlessConsole, alarm_id: str) -> None:
    """Put an alarm aside, kill the bridge: it is aside until the same time, for the same reason."""
    until_ms = console.world.bridge_now_ms() + 600_000
    console.ask(ShelveAlarm(alarm_id=alarm_id, until_ms=until_ms, reason="travaux « EP » 🕯"))
    _kill_and_follow(stack, console)
    (aside,) = console.world.alarms.aside.values()
    assert aside.shelf is not None
    assert (aside.id, aside.shelf.until_ms) == (alarm_id, until_ms)
    assert aside.shelf.reason == "travaux « EP » 🕯"
    console.ask(UnshelveAlarm(alarm_id=alarm_id))
    console.until(lambda: not console.world.alarms.aside, what="the alarm off its shelf")
    assert [alarm.acknowledged for alarm in console.world.alarms] == [False]


def _kill_and_follow(stack: Stack, console: HeadlessConsole) -> None:
    """Kill the bridge, start another, and wait until the console follows that other one."""
    epoch = console.world.epoch
    assert stack.bridge is not None
    stack.bridge.kill()
    stack.start_bridge()
    console.until(
        lambda: console.world.epoch != epoch and console.following(),
        timeout_s=20,
        what="the bridge again",
    )


def _links(stack: Stack) -> list[str]:
    return sorted(stack.truth()["links"])


def _answered_enough(asked: dict[str, Future[Result]]) -> bool:
    return sum(future.done() for future in asked.values()) >= KILLED_AFTER


def _ask_many(console: HeadlessConsole, incident_id: str, kill: int) -> dict[str, Future[Result]]:
    return {
        f"k{kill}-{number}": console.link.ask(
            CommentIncident(
                incident_id=incident_id,
                text=f"rue «{kill}/{number}» 🕯",
                key=f"k{kill}-{number}",
            )
        )
        for number in range(COMMENTS)
    }


def _answered(console: HeadlessConsole, asked: dict[str, Future[Result]]) -> dict[str, str]:
    """Return key → text of the comments the bridge said are durable."""
    console.until(lambda: all(f.done() for f in asked.values()), timeout_s=20, what="every fate")
    found = {}
    for key, future in asked.items():
        with contextlib.suppress(RequestError):
            future.result()
            kill, number = key.removeprefix("k").split("-")
            found[key] = f"rue «{kill}/{number}» 🕯"
    return found


async def _journal(data: Path) -> list[JournalEntry]:
    async with Store.open(StoreSettings(directory=data), SystemClock()) as store:
        entries: list[JournalEntry] = []
        while more := await store.journal.entries(len(entries), 500):
            entries += more
        return entries
