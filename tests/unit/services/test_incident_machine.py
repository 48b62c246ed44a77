"""Whoever does what in whatever order: never two owners, versions without a gap, nothing lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.incidents import Incident, IncidentChange, IncidentState
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
from tests.unit.services.kit import Room, make_catalogue, person

PEOPLE = tuple(person(name, seat) for name, seat in (("a", "1"), ("b", "2"), ("c", "3")))
CABINETS = ("EP-0001", "EP-0002")


class IncidentMachine(RuleBasedStateMachine):
    """Let three people and two cabinets act at random, several requests in one drain."""

    @initialize()
    def begin(self) -> None:
        self.runner = asyncio.Runner()
        self.room = Room(catalogue=make_catalogue(cabinets=2, feeders=1, lamps=1))
        self.up = dict.fromkeys(CABINETS, True)
        self.acknowledged_lines = 0
        self.do(self.room.start)

    def do(self, work: Callable[[], Coroutine[Any, Any, Any]]) -> None:
        self.runner.run(work())

    @rule(cabinet=st.sampled_from(CABINETS))
    def link_flips(self, cabinet: str) -> None:
        self.up[cabinet] = not self.up[cabinet]
        self.room.link(cabinet, up=self.up[cabinet])

    @rule(closed=st.booleans())
    def feeder_moves(self, closed: bool) -> None:
        self.room.set("EP-0001-D1", "closed", closed)

    @rule(seconds=st.sampled_from([0.1, 3.0, 10.0, 25 * 3600.0]))
    def time_passes(self, seconds: float) -> None:
        self.do(lambda: self.room.advance(seconds))

    @rule(
        acts=st.lists(
            st.tuples(
                st.sampled_from(PEOPLE),
                st.sampled_from(["take", "assign", "comment", "close", "reopen"]),
                st.integers(1, 3),
                st.integers(0, 2),
            ),
            min_size=1,
            max_size=4,
        )
    )
    def people_act(self, acts: list[tuple[Any, str, int, int]]) -> None:
        async def go() -> None:
            tasks = []
            for who, what, number, behind in acts:
                request = await self.request(what, f"INC-{number:04d}", behind)
                tasks.append(asyncio.create_task(self.room.incidents.ask(who, request)))
            await asyncio.sleep(0)
            await self.room.settle()
            for (_, what, _, _), answer in zip(
                acts, await asyncio.gather(*tasks, return_exceptions=True), strict=True
            ):
                if isinstance(answer, IncidentResult):
                    self.acknowledged_lines += what == "comment"
                else:
                    assert isinstance(answer, RequestError)

        self.do(go)

    async def request(self, what: str, incident_id: str, behind: int) -> Request:
        known = await self.room.journal.incident(incident_id) if not self.full else None
        version = max(1, known.version - behind) if known else 1
        match what:
            case "take":
                return TakeIncident(incident_id=incident_id, version=version)
            case "assign":
                return AssignIncident(incident_id=incident_id, version=version, assigned_to="P1")
            case "comment":
                self.lines = getattr(self, "lines", 0) + 1
                return CommentIncident(incident_id=incident_id, text="vu", key=f"line-{self.lines}")
            case "close":
                return CloseIncident(incident_id=incident_id, version=version)
            case _:
                return ReopenIncident(incident_id=incident_id, version=version)

    @property
    def full(self) -> bool:
        return self.room.journal.full

    @rule(full=st.booleans())
    def disk_fills_or_empties(self, full: bool) -> None:
        self.room.journal.full = full

    @precondition(lambda self: not self.full)
    @rule()
    def bridge_is_killed_and_started(self) -> None:
        self.do(self.room.start)
        for cabinet, up in self.up.items():
            self.room.link(cabinet, up=up)

    def teardown(self) -> None:
        if not hasattr(self, "room"):
            return
        try:
            self.room.journal.full = False
            self.do(lambda: self.room.advance(5))
            self.do(lambda: self.room.advance(5))
            situation = self.runner.run(self.room.journal.situation())
            assert set(situation.incidents) == set(self.room.incidents.open_incidents())
            for alarm in situation.alarms:
                if alarm.active:
                    holders = [i for i in situation.incidents if alarm.id in i.alarm_ids]
                    assert holders, f"{alarm.id} is active and in no open incident"
                    assert all(i.state is not IncidentState.RESOLVED for i in holders)
            check_story(self.room, self.acknowledged_lines)
        finally:
            self.runner.close()


def check_story(room: Room, acknowledged_lines: int) -> None:
    """Replay the journal: versions without a gap, one owner, no closing over an active alarm."""
    now: dict[str, Incident] = {}
    active: set[str] = set()
    lines = 0
    for entry in room.journal.log:
        event = entry.event
        if isinstance(event, AlarmEvent):
            (active.add if event.alarm.active else active.discard)(event.alarm.id)
        if not isinstance(event, IncidentEvent):
            continue
        after, before = event.incident, now.get(event.incident.id)
        assert after.version == (before.version + 1 if before else 1)
        if before is not None:
            assert set(before.alarm_ids) <= set(after.alarm_ids)
            assert after.severity <= before.severity
            if after.owner != before.owner:
                assert event.change in (IncidentChange.TAKEN, IncidentChange.REOPENED)
        match event.change:
            case IncidentChange.TAKEN:
                assert before is not None
                assert before.owner in ("", entry.user)
                assert after.owner == entry.user
                assert after.owner_seat == entry.seat
            case IncidentChange.CLOSED:
                assert not set(after.alarm_ids) & active
            case IncidentChange.COMMENTED:
                lines += 1
                assert before is not None
                assert after.comments == before.comments + 1
            case _:
                pass
        now[after.id] = after
    assert lines == acknowledged_lines
    assert sorted(now) == [f"INC-{n:04d}" for n in range(1, len(now) + 1)]


def test_never_two_owners_and_no_version_skipped(expected_events: list[str]) -> None:
    expected_events += ["journal_refused", "journal_back"]
    run_state_machine_as_test(
        IncidentMachine,
        settings=settings(
            max_examples=80,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
