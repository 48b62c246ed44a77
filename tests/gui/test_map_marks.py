"""The marks of alarms and incidents as the page hears of them: where, how bad, whose."""

from __future__ import annotations

import random
from collections.abc import Iterable

import msgspec
import pytest

from backend_bridge.contract.alarms import Alarm, AlarmChange, Severity
from backend_bridge.contract.incidents import Incident, IncidentChange, IncidentState
from backend_bridge.contract.journal import AlarmEvent, IncidentEvent, JournalEntry
from console.panels.map.marks import MapMarks
from tests.fakes.clock import ManualClock
from tests.gui.map_scene import Scene, alarm_on, incident_on, town
from tests.gui.test_map_presenter import Page
from ui.map.projection import project

SEVERITY, STATE, INCIDENT, WAITING = 0x0F, 0x30, 0x40, 0x0F0000


@pytest.fixture
def scene() -> Scene:
    scene = Scene(town(3, 20), clock=ManualClock())
    scene.everything_good()
    return scene


@pytest.fixture
def page(scene: Scene) -> Page:
    page = Page(scene)
    page.take()
    return page


def tell(scene: Scene, *events: AlarmEvent | IncidentEvent) -> None:
    """Tell journal entries, as the link does."""
    scene.send(
        entries=[
            JournalEntry(seq=number, at_ms=1, user="u", seat="s", event=event)
            for number, event in enumerate(events, 2)
        ]
    )


def position(scene: Scene, equipment_id: str) -> int:
    """Return where an equipment stands among what is drawn."""
    drawn = [key for key, item in scene.world.equipment.by_id.items() if item.kind != "feeder"]
    return drawn.index(equipment_id)


def test_alarm_of_a_feeder_stands_on_its_cabinet(scene: Scene, page: Page) -> None:
    feeder = next(e for e in scene.world.equipment.by_id.values() if e.kind == "feeder")
    scene.situation(alarms=[alarm_on(feeder, Severity.MEDIUM, children=20)])
    page.take()
    assert list(page.marks) == [0]
    word, x, y, children = page.marks[0]
    assert (word & SEVERITY, word & STATE, word & INCIDENT, children) == (3, 0, 0, 20)
    place = scene.cabinets[0]
    assert (x / 2**32, y / 2**32) == pytest.approx(project(place.lon, place.lat), abs=1e-9)


def test_most_pressing_alarm_of_a_place_is_shown_and_the_worst_new_one_is_known(
    scene: Scene, page: Page
) -> None:
    lamp = scene.lamps[0]
    mild = alarm_on(lamp, Severity.LOW, id="AL-1")
    grave = alarm_on(lamp, Severity.URGENT, id="AL-2", acknowledged=True)
    scene.situation(alarms=[mild, grave])
    page.take()
    at = position(scene, lamp.id)
    assert page.marks[at][0] & (SEVERITY | STATE | WAITING) == 1 | 1 << 4 | 4 << 16
    over = msgspec.structs.replace(grave, active=False)
    tell(scene, AlarmEvent(change=AlarmChange.CLEARED, alarm=over))
    page.take()
    assert page.marks[at][0] & (SEVERITY | STATE | WAITING) == 4 | 4 << 16
    seen = msgspec.structs.replace(mild, acknowledged=True, active=False)
    tell(scene, AlarmEvent(change=AlarmChange.CLEARED, alarm=seen))
    page.take()
    assert page.marks == {}


def test_incident_is_a_mark_of_its_own_only_where_no_alarm_of_it_is(
    scene: Scene, page: Page
) -> None:
    lamp = scene.lamps[4]
    alarm = alarm_on(lamp)
    reported = incident_on(scene.lamps[7], 2, severity=Severity.LOW)
    scene.situation(
        alarms=[alarm], incidents=[incident_on(lamp, 1, alarm_ids=(alarm.id,)), reported]
    )
    page.take()
    assert len(page.marks) == 2
    alone = [word for word, *_ in page.marks.values() if word & INCIDENT]
    assert [word & (SEVERITY | STATE | WAITING) for word in alone] == [4 | 4 << 16]
    taken = msgspec.structs.replace(reported, owner="claire", version=2)
    tell(scene, IncidentEvent(change=IncidentChange.TAKEN, incident=taken))
    page.take()
    alone = [word for word, *_ in page.marks.values() if word & INCIDENT]
    assert [word & (SEVERITY | STATE | WAITING) for word in alone] == [4 | 1 << 4], "it is seen to"
    over = msgspec.structs.replace(taken, state=IncidentState.RESOLVED)
    tell(scene, IncidentEvent(change=IncidentChange.TAKEN, incident=over))
    page.take()
    alone = [word for word, *_ in page.marks.values() if word & INCIDENT]
    assert [word & (SEVERITY | STATE | WAITING) for word in alone] == [4 | 3 << 4], "no hue"
    closed = msgspec.structs.replace(taken, state=IncidentState.CLOSED, closed_ms=5, version=3)
    tell(scene, IncidentEvent(change=IncidentChange.TAKEN, incident=closed))
    page.take()
    assert list(page.marks) == [position(scene, lamp.id)]


def test_incident_whose_alarms_are_all_over_wears_no_hue(scene: Scene, page: Page) -> None:
    lamp = scene.lamps[4]
    alarm = alarm_on(lamp)
    scene.situation(alarms=[alarm], incidents=[incident_on(lamp, 1, alarm_ids=(alarm.id,))])
    page.take()
    assert not [word for word, *_ in page.marks.values() if word & INCIDENT]
    gone = msgspec.structs.replace(alarm, acknowledged=True, active=False)
    tell(scene, AlarmEvent(change=AlarmChange.CLEARED, alarm=gone))
    page.take()
    assert [word & (STATE | WAITING) for word, *_ in page.marks.values()] == [3 << 4]


def test_a_click_on_marks_selects_their_equipment_and_their_worst_incident(
    scene: Scene, page: Page
) -> None:
    lamps = scene.lamps[:3]
    alarms = [alarm_on(lamps[0], Severity.LOW), alarm_on(lamps[1], Severity.URGENT)]
    incidents = [
        incident_on(lamps[0], 1, severity=Severity.LOW, alarm_ids=(alarms[0].id,)),
        incident_on(lamps[1], 2, severity=Severity.URGENT, alarm_ids=(alarms[1].id,)),
        incident_on(lamps[2], 3, severity=Severity.MEDIUM),
    ]
    scene.situation(alarms=alarms, incidents=incidents)
    page.take()
    scene.presenter.select_marks(page.marks)
    assert set(scene.selection.equipment_ids) == {lamp.id for lamp in lamps}
    assert scene.selection.incident_id == "INC-0002"
    scene.situation(alarms=[alarm_on(lamps[0])])
    page.take()
    scene.presenter.select_marks(page.marks)
    assert scene.selection.equipment_ids == (lamps[0].id,), "an alarm nobody gathered yet"


def _shuffle(scene: Scene, chance: random.Random, alarms: list[Alarm]) -> Iterable[AlarmEvent]:
    for number in chance.sample(range(len(alarms)), 5):
        alarm = msgspec.structs.replace(
            alarms[number],
            active=chance.random() < 0.6,
            acknowledged=chance.random() < 0.5,
            severity=chance.choice(list(Severity)),
        )
        alarms[number] = alarm
        yield AlarmEvent(change=AlarmChange.CLEARED, alarm=alarm)


def test_step_by_step_is_what_reading_everything_gives(scene: Scene, page: Page) -> None:
    chance = random.Random(5)
    alarms = [alarm_on(chance.choice(scene.lamps), id=f"AL-{n}") for n in range(40)]
    incidents = [
        incident_on(scene.lamps[n], n, alarm_ids=(f"AL-{n}", f"AL-{n + 20}")) for n in range(20)
    ]
    scene.situation(alarms=alarms, incidents=incidents)
    for step in range(60):
        tell(scene, *_shuffle(scene, chance, alarms))
        if step % 7 == 0:
            number = chance.randrange(20)
            incidents[number] = changed(incidents[number], chance)
            tell(scene, IncidentEvent(change=IncidentChange.TAKEN, incident=incidents[number]))
        if chance.random() < 0.5:
            page.take()
    page.take()
    fresh = Page(scene)
    fresh.take()
    assert page.marks == fresh.marks
    afresh = MapMarks(scene.world, scene.presenter._layout).take()
    words = {afresh[at] for at in range(0, len(afresh), 5)}
    places = {handle for handle in page.marks if handle < 2**31}
    assert {handle for handle in words if handle < 2**31} == places


def changed(incident: Incident, chance: random.Random) -> Incident:
    """Return an incident as somebody left it."""
    closed = chance.random() < 0.3
    return msgspec.structs.replace(
        incident,
        version=incident.version + 1,
        owner=chance.choice(["", "claire"]),
        state=IncidentState.CLOSED if closed else IncidentState.NEW,
        closed_ms=5 if closed else None,
    )


def test_one_change_among_ten_thousand_incidents_costs_little() -> None:
    scene = Scene(town(450, 76))
    page = Page(scene)
    chance = random.Random(2)
    lamps = scene.lamps
    alarms = [alarm_on(chance.choice(lamps), id=f"AL-{n}") for n in range(10_000)]
    incidents = [
        incident_on(lamp, n, alarm_ids=(alarm.id,))
        for n, (lamp, alarm) in enumerate(zip(lamps, alarms, strict=False))
    ]
    scene.situation(alarms=alarms, incidents=incidents)
    page.take()
    for alarm in alarms[:8]:
        seen = msgspec.structs.replace(alarm, acknowledged=True)
        tell(scene, AlarmEvent(change=AlarmChange.ACKNOWLEDGED, alarm=seen))
        frame = page.take()
        assert frame is not None
        assert len(frame.marks) <= 5
