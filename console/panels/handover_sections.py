"""What a hand-over brief shows: one function a section, one line each in :data:`SECTIONS`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from backend_bridge.contract.alarms import Alarm, AlarmState, Severity
from backend_bridge.contract.incidents import Incident, IncidentState
from backend_bridge.contract.plans import PLAN_PREFIX, PlanState
from console.panels import incident_texts
from console.panels.alarm_rows import alarm_row, pressing_state, worst_severity
from console.panels.plan_list import PlanList, plan_name
from console.panels.wording import Words
from console.state.alarms import alarm_key
from console.state.world import World


@dataclass(frozen=True, slots=True)
class BriefRow:
    """One line: alarm mark (or none), bold words, plain words, time or age at the right."""

    strong: str
    plain: str = ""
    right: str = ""
    severity: Severity | None = None
    state: AlarmState = AlarmState.NORMAL


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the brief; its title is the text ``handover.<key>``.

    ``rows`` returns all its lines, most pressing first: their count is the read receipt.
    """

    key: str
    rows: Callable[[World, Words], list[BriefRow]]


def owned(world: World) -> list[Incident]:
    """Return the open incidents of whoever is signed in, as the queue orders them."""
    session = world.session
    mine = [
        incident
        for incident in world.incidents
        if session is not None
        and incident.owner == session.user
        and incident.state is not IncidentState.CLOSED
    ]
    return sorted(mine, key=lambda incident: world.incidents.queue_key(incident, world.alarms))


def _incidents(world: World, words: Words) -> list[BriefRow]:
    return [_incident(world, words, incident) for incident in owned(world)]


def _incident(world: World, words: Words, incident: Incident) -> BriefRow:
    alarms = world.incidents.alarms_of(incident, world.alarms)
    state = pressing_state(alarms)
    return BriefRow(
        strong=f"{incident.id} {incident_texts.title(words, incident)}",
        plain=incident_texts.place(incident),
        right=incident_texts.elapsed(world, words, incident),
        severity=worst_severity(alarms, incident.severity),
        state=AlarmState.ACKNOWLEDGED if state is AlarmState.NORMAL else state,
    )


def _alarms(world: World, words: Words) -> list[BriefRow]:
    waiting = [alarm for alarm in world.alarms if not alarm.acknowledged]
    return [_alarm(world, words, alarm) for alarm in sorted(waiting, key=alarm_key)]


def _alarm(world: World, words: Words, alarm: Alarm) -> BriefRow:
    row = alarm_row(world, words, alarm)
    strong = row.text if row.code in row.text else f"{row.code} {row.text}"
    return BriefRow(strong, row.children, row.time, row.severity, row.state)


def _shelved(world: World, words: Words) -> list[BriefRow]:
    found = []
    for alarm in sorted(world.alarms.aside.values(), key=alarm_key):
        shelf = alarm.shelf or alarm.taken_out
        if shelf is not None:
            row = alarm_row(world, words, alarm)
            until = _until(world, words, shelf.until_ms)
            found.append(BriefRow(f"{row.code} {row.text}", f"{shelf.by} · {shelf.reason}", until))
    return found


def _overrides(world: World, words: Words) -> list[BriefRow]:
    people = (one for one in world.acting.overrides if not one.owner.startswith(PLAN_PREFIX))
    held = sorted(people, key=lambda each: each.until_ms)
    return [
        BriefRow(
            f"{each.equipment_id} {words.point(each.equipment_kind, each.point_key)}",
            f"{each.owner} · {each.reason}",
            _until(world, words, each.until_ms),
        )
        for each in held
    ]


def _plans(world: World, words: Words) -> list[BriefRow]:
    """Return the plans that hold: how many points, what they lost and what is refused them."""
    plans = PlanList(world, words)
    return [
        BriefRow(
            plan_name(words, plan),
            plans.state(plan),
            "" if plan.until_ms is None else _until(world, words, plan.until_ms),
        )
        for plan in plans.plans()
        if plan.state is PlanState.HOLDING
    ]


def _to_check(world: World, words: Words) -> list[BriefRow]:
    commands = sorted(world.acting.to_check, key=lambda each: each.created_ms)
    return [
        BriefRow(
            f"{each.equipment_id} {words.point(each.equipment_kind, each.point_key)}",
            f"{each.issuer} · {each.reason}",
            words.formats.moment(each.created_ms, world.bridge_now_ms()),
        )
        for each in commands
    ]


def _zones(world: World, words: Words) -> list[BriefRow]:
    zones = sorted(world.acting.zones, key=lambda zone: zone.until_ms)
    return [
        BriefRow(
            zone.equipment_id or zone.sector,
            f"{zone.contact} · {zone.by} · {zone.reason}",
            _until(world, words, zone.until_ms),
        )
        for zone in zones
    ]


def _service(world: World, words: Words) -> list[BriefRow]:
    marks = sorted(world.service.values(), key=lambda mark: mark.since_ms)
    return [
        BriefRow(
            f"{mark.equipment_id} {words.text(f'service.{mark.state.value}')}",
            f"{mark.by} · {mark.reason}",
            "" if mark.until_ms is None else _until(world, words, mark.until_ms),
        )
        for mark in marks
    ]


def _until(world: World, words: Words, until_ms: int) -> str:
    moment = words.formats.deadline(until_ms, world.bridge_now_ms())
    return words.text("handover.until", time=moment)


SECTIONS: tuple[Section, ...] = (
    Section("incidents", _incidents),
    Section("alarms", _alarms),
    Section("to_check", _to_check),
    Section("overrides", _overrides),
    Section("plans", _plans),
    Section("shelved", _shelved),
    Section("zones", _zones),
    Section("service", _service),
)
"""In the order the brief shows them; one more is one more line here and its ``handover.<key>``."""
