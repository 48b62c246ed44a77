"""The replica: equal to the bridge's table, honest about its age."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend_bridge.contract.alarms import AlarmChange, Severity
from backend_bridge.contract.commands import CommandOutcome, CommandRecord
from backend_bridge.contract.incidents import IncidentChange, IncidentState
from backend_bridge.contract.journal import (
    AlarmEvent,
    CommandEvent,
    IncidentEvent,
    ServiceEvent,
    SystemChange,
    SystemEvent,
)
from backend_bridge.contract.points import PointChange, ServiceMark, SourceHeard
from backend_bridge.contract.quality import Quality, ServiceState
from backend_bridge.contract.results import SituationResult
from backend_bridge.core.points import PointTable
from console.link.batch import LinkPhase, LinkSession
from console.state.change import Change
from console.state.incidents import CLOSED_KEPT
from console.state.liveness import LinkWord, Liveness
from tests.fakes.clock import ManualClock
from tests.fakes.panel_context import Desk
from tests.fakes.small_city import alarm, incident, small_city

CITY = small_city()
READINGS = st.lists(
    st.tuples(
        st.integers(0, CITY.points_total - 1),
        st.none() | st.booleans() | st.integers(-5, 300) | st.floats(allow_nan=False),
        st.sampled_from(Quality),
    ),
    max_size=20,
)


@settings(max_examples=60)
@given(st.lists(st.tuples(READINGS, st.integers(1, 12), st.booleans()), max_size=12))
def test_replica_equals_table_after_random_batches(
    rounds: list[tuple[list[tuple[int, Any, Quality]], int, bool]],
) -> None:
    table = PointTable([10.0] * CITY.points_total, ManualClock())
    source = table.add_source("all", range(CITY.points_total))
    desk = Desk()
    desk.feed(catalogue=CITY)
    revision = 0
    for readings, limit, pulls_now in rounds:
        table.apply(source, readings)
        if pulls_now:  # partial batches, conflation by whoever comes late
            changes, heard, revision = table.changes_since(revision, limit)
            desk.feed(changes=changes, heard=heard)
    changes, heard, revision = table.changes_since(revision, 10**6)
    desk.feed(changes=changes, heard=heard)
    held = [
        msgspec.structs.replace(change, index=index)  # what was never heard is one for all
        for index, change in enumerate(desk.world.points.state)
    ]
    assert held == [table.state(index) for index in range(len(table))]
    counts = [0] * len(Quality)
    for change in desk.world.points.state:
        counts[change.quality] += 1
    assert desk.world.points.counts == counts
    if table.heard_ms(source):
        assert desk.world.points.heard_ms[source] == table.heard_ms(source)


def live_desk() -> Desk:
    desk = Desk()
    desk.feed(
        catalogue=CITY,
        changes=[PointChange(0, True, Quality.GOOD, 1, 0), PointChange(1, 2, Quality.BAD, 1, 0)],
        heard=[SourceHeard(0, desk.clock.now_ms())],
    )
    return desk


def test_nothing_is_good_while_the_link_is_not_live() -> None:
    desk = live_desk()
    assert desk.world.quality(0) is Quality.GOOD
    assert desk.world.quality(1) is Quality.BAD
    assert desk.world.quality(2) is Quality.UNKNOWN
    desk.clock.advance(1.6)
    change = desk.world.tick()
    assert change.flipped
    assert desk.world.liveness.word is LinkWord.LOST
    assert desk.world.quality(0) is Quality.STALE
    assert desk.world.quality(1) is Quality.BAD
    assert desk.world.quality_counts()[Quality.GOOD] == 0
    assert desk.world.quality_counts()[Quality.STALE] == 1


def test_liveness_flips_by_the_tick_alone_when_the_link_thread_is_dead() -> None:
    desk = live_desk()
    told: list[Change] = []
    desk.world.subscribe(told.append)
    for _ in range(8):
        desk.clock.advance(0.25)
        desk.world.tick()
    assert [change.flipped for change in told].count(True) == 1
    assert desk.world.liveness.beat_age_s == 2.0


def test_behind_for_longer_than_the_window_is_not_live() -> None:
    desk = live_desk()
    behind = desk.clock.mono_s() - 1.0
    desk.feed(behind_since_mono_s=behind, revisions_behind=40, entries_behind=2)
    assert desk.world.liveness.live
    desk.clock.advance(0.6)
    desk.feed(behind_since_mono_s=behind, revisions_behind=40, entries_behind=2)
    liveness = desk.world.liveness
    assert liveness.word is LinkWord.BEHIND
    assert (liveness.revisions_behind, liveness.entries_behind) == (40, 2)
    assert desk.world.quality(0) is Quality.STALE


@pytest.mark.parametrize(
    ("status", "word"),
    [
        ({"phase": LinkPhase.CONNECTING, "session": None}, LinkWord.CONNECTING),
        ({"phase": LinkPhase.SIGNED_OUT, "session": None}, LinkWord.SIGNED_OUT),
        ({"phase": LinkPhase.LOADING, "last_beat_mono_s": None}, LinkWord.LOADING),
        ({"phase": LinkPhase.LOADING}, LinkWord.LOADING),
        ({"phase": LinkPhase.LOADING, "last_beat_mono_s": 0.0}, LinkWord.LOST),
        ({"phase": LinkPhase.FOLLOWING}, LinkWord.LIVE),
        ({"phase": LinkPhase.CONNECTING}, LinkWord.LOST),
        ({"phase": LinkPhase.REFUSED}, LinkWord.REFUSED),
    ],
)
def test_words_of_the_link(status: dict[str, Any], word: LinkWord) -> None:
    desk = Desk()
    assert desk.world.liveness == Liveness()
    desk.feed(**status)
    assert desk.world.liveness.word is word
    assert desk.world.liveness.live == (word is LinkWord.LIVE)


def test_an_age_survives_a_jump_of_the_wall_clock() -> None:
    desk = live_desk()
    desk.clock.advance(1.0)
    desk.clock.jump(3600)
    assert desk.world.age_s(0) == 1.0
    assert desk.world.age_s(2) is None
    desk.world.tick()
    skew_ms = desk.world.liveness.skew_ms
    assert skew_ms is not None
    assert round(skew_ms / 1000) == -3600


def test_a_tick_tells_each_second_once() -> None:
    desk = live_desk()
    desk.world.tick()
    seconds = 0
    for _ in range(12):
        desk.clock.advance(0.25)
        desk.feed()
        seconds += desk.world.tick().second
    assert seconds == 3


def test_a_command_that_ended_while_nobody_listened_is_under_way_no_more() -> None:
    def command(number: int, outcome: CommandOutcome) -> CommandRecord:
        return CommandRecord(
            key=f"k{number}",
            equipment_id=f"EP-0001-D1-0{number}",
            equipment_kind="lamp",
            point_key="level",
            value=50,
            outcome=outcome,
            issuer="mireille",
            seat="ECL-1",
            reason="essai",
            created_ms=1,
            deadline_ms=2,
        )

    desk = live_desk()
    ended, running = command(1, CommandOutcome.SENT), command(2, CommandOutcome.SENT)
    proven = command(3, CommandOutcome.CONFIRMED)
    desk.feed(events=[CommandEvent(command=each) for each in (ended, running, proven)])
    situation = SituationResult(seq=9, alarms=(), incidents=(), service=(), commands=(running,))
    desk.feed(situation=situation)
    assert list(desk.world.commands.values()) == [proven, running]


def test_journal_entries_change_alarms_incidents_marks_and_commands() -> None:
    desk = live_desk()
    told: list[Change] = []
    desk.world.subscribe(told.append)
    mark = ServiceMark(
        equipment_id="EP-0002",
        state=ServiceState.DISABLED,
        by="ECL-1",
        reason="nid de guêpes",
        since_ms=1,
    )
    command = CommandRecord(
        key="k",
        equipment_id="EP-0001-D1-01",
        equipment_kind="lamp",
        point_key="level",
        value=50,
        outcome=CommandOutcome.SENT,
        issuer="mireille",
        seat="ECL-1",
        reason="essai",
        created_ms=1,
        deadline_ms=2,
    )
    desk.feed(
        events=[
            AlarmEvent(change=AlarmChange.RAISED, alarm=alarm(1)),
            IncidentEvent(change=IncidentChange.OPENED, incident=incident(1, alarm_ids=("AL-1",))),
            ServiceEvent(mark=mark, equipment_kind="cabinet"),
            CommandEvent(command=command),
            SystemEvent(change=SystemChange.STARTED),
        ]
    )
    (change,) = told
    assert change.alarms == {"AL-1"}
    assert change.incidents == {"INC-1"}
    assert change.service == {"EP-0002"}
    assert change.commands == {"EP-0001-D1-01"}
    assert desk.world.service_state("EP-0002") is ServiceState.DISABLED
    assert desk.world.commands["EP-0001-D1-01", "level"].outcome is CommandOutcome.SENT
    told.clear()
    desk.feed(
        events=[
            AlarmEvent(change=AlarmChange.CLEARED, alarm=alarm(1, active=False, acknowledged=True)),
            ServiceEvent(
                mark=ServiceMark(
                    equipment_id="EP-0002",
                    state=ServiceState.IN_SERVICE,
                    by="ECL-1",
                    reason="",
                    since_ms=2,
                ),
                equipment_kind="cabinet",
            ),
        ]
    )
    assert told[0].incidents == {"INC-1"}, "the incident's mark changes with its alarm"
    assert desk.world.alarms.get("AL-1") is None
    assert desk.world.alarms.worst("EP-0001") is None
    assert desk.world.service_state("EP-0002") is ServiceState.IN_SERVICE


def test_an_older_version_of_an_incident_changes_nothing() -> None:
    desk = live_desk()
    desk.feed(
        situation=SituationResult(seq=1, alarms=(), incidents=(incident(1, version=5),), service=())
    )
    desk.feed(
        events=[
            IncidentEvent(change=IncidentChange.TAKEN, incident=incident(1, version=3, owner="x"))
        ]
    )
    held = desk.world.incidents.get("INC-1")
    assert held is not None
    assert held.version == 5


def test_closed_incidents_do_not_pile_up() -> None:
    desk = live_desk()
    for number in range(CLOSED_KEPT + 20):
        desk.feed(
            events=[
                IncidentEvent(
                    change=IncidentChange.CLOSED,
                    incident=incident(
                        number, state=IncidentState.CLOSED, alarm_ids=(f"AL-{number}",)
                    ),
                )
            ]
        )
    assert len(desk.world.incidents) == CLOSED_KEPT
    assert desk.world.incidents.get("INC-0") is None
    assert desk.world.incidents.of_alarm("AL-0") is None


def test_alarm_counts_by_severity() -> None:
    desk = live_desk()
    desk.feed(
        situation=SituationResult(
            seq=1,
            alarms=(
                alarm(1, severity=Severity.URGENT),
                alarm(2, severity=Severity.HIGH, acknowledged=True),
                alarm(3, severity=Severity.HIGH, active=False),
            ),
            incidents=(),
            service=(),
        )
    )
    counts = {
        count.severity: (count.total, count.unacknowledged) for count in desk.world.alarms.counts()
    }
    assert counts == {
        Severity.URGENT: (1, 1),
        Severity.HIGH: (2, 1),
        Severity.MEDIUM: (0, 0),
        Severity.LOW: (0, 0),
    }
    worst = desk.world.alarms.worst("EP-0001")
    assert worst is not None
    assert worst.id == "AL-1"


def test_dropping_forgets_everything_of_the_session_before() -> None:
    desk = live_desk()
    desk.feed(
        situation=SituationResult(seq=1, alarms=(alarm(1),), incidents=(incident(1),), service=())
    )
    desk.feed(drop=True, session=None, phase=LinkPhase.SIGNED_OUT)
    world = desk.world
    assert world.catalogue is None
    assert (
        len(world.points) == len(world.alarms) == len(world.incidents) == len(world.equipment) == 0
    )
    assert world.session is None


def test_a_failing_subscriber_is_contained_and_the_link_may_go_on(expected_logs: list[str]) -> None:
    expected_logs.append("listener failed")
    desk = live_desk()
    told: list[Change] = []

    def fail(_: Change) -> None:
        raise ZeroDivisionError

    desk.world.subscribe(fail)
    stop = desk.world.subscribe(told.append)
    desk.feed(changes=[PointChange(0, False, Quality.GOOD, 2, 0)])
    assert len(told) == 1
    stop()
    stop()
    desk.feed(changes=[PointChange(0, True, Quality.GOOD, 3, 0)])
    assert len(told) == 1


def test_hostile_indexes_are_ignored() -> None:
    desk = live_desk()
    total = len(desk.world.points)
    desk.feed(
        changes=[PointChange(-1, 1, Quality.GOOD, 1, 0), PointChange(10**9, 1, Quality.GOOD, 1, 0)],
        heard=[SourceHeard(10**9, 5), SourceHeard(-3, 5)],
    )
    assert len(desk.world.points) == total
    assert len(desk.world.points.heard_ms) == 1


def test_rights_are_asked_of_the_session() -> None:
    desk = Desk()
    desk.feed(session=LinkSession("paul", "Paul", "POL-1", ("view:*", "manage:lamp")))
    session = desk.world.session
    assert session is not None
    assert session.may("manage", "lamp")
    assert not session.may("manage", "cabinet")
