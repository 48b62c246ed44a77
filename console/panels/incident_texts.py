"""What is said of one incident: its row, its facts, its timers; pure functions of the world."""

from __future__ import annotations

from collections.abc import Sequence

from backend_bridge.contract.alarms import Alarm
from backend_bridge.contract.incidents import Incident, IncidentState
from backend_bridge.contract.journal import IncidentEvent, JournalEntry
from console.panels.alarm_rows import children_text, pressing_state, worst_severity
from console.panels.formats import DASH
from console.panels.rows import Fact, QueueRow, SourceCount, StateStep
from console.panels.values import headline, value_text
from console.panels.wording import Words
from console.state.world import World

ALARM_ICON = "mdi6.alarm-light-outline"
COMMENT_ICON = "mdi6.message-text-outline"
_LIFE = (
    IncidentState.NEW,
    IncidentState.QUALIFIED,
    IncidentState.DISPATCHED,
    IncidentState.RESOLVED,
    IncidentState.CLOSED,
)


def title(words: Words, incident: Incident) -> str:
    """Return the incident's title; a kind without a text shows its key."""
    return words.known(f"incident.{incident.kind}.title") or incident.kind


def place(incident: Incident) -> str:
    """Return place and commune as said on the radio."""
    return " · ".join(part for part in (incident.place, incident.commune) if part)


def owner_seat(words: Words, incident: Incident) -> str:
    """Return the owner's seat, their account when it has none."""
    return words.seat(incident.owner_seat) if incident.owner_seat else incident.owner


def owner(words: Words, incident: Incident) -> str:
    """Return whose it is, « personne » for nobody's."""
    if not incident.owner:
        return words.text("queue.owner.nobody")
    return words.person(incident.owner, incident.owner_seat)


def is_mine(world: World, incident: Incident) -> bool:
    """Return whether the person at this seat owns it."""
    return world.session is not None and incident.owner == world.session.user


def elapsed_s(world: World, incident: Incident) -> float:
    """Return seconds since it was opened, until it was closed."""
    end_ms = incident.closed_ms if incident.closed_ms is not None else world.bridge_now_ms()
    return max(0.0, (end_ms - incident.opened_ms) / 1000)


def elapsed(world: World, words: Words, incident: Incident) -> str:
    """Return « 11 min »."""
    return words.formats.duration(elapsed_s(world, incident))


def limit(words: Words, incident: Incident) -> str:
    """Return « sur 15 min », empty without a limit."""
    if not incident.limit_s:
        return ""
    return words.text("queue.limit", limit=words.formats.duration(incident.limit_s))


def fraction(world: World, incident: Incident) -> float | None:
    """Return elapsed time over the limit, ``None`` without one."""
    return elapsed_s(world, incident) / incident.limit_s if incident.limit_s else None


def overdue(world: World, incident: Incident) -> bool:
    """Return whether the limit is passed."""
    part = fraction(world, incident)
    return part is not None and part > 1


def haystack(world: World, words: Words, incident: Incident) -> tuple[str, ...]:
    """Return everything a filter looks in."""
    item = world.equipment.get(incident.equipment_id)
    return (
        incident.id,
        title(words, incident),
        incident.place,
        incident.commune,
        incident.equipment_id,
        item.name if item is not None else "",
        item.sector if item is not None else "",
        incident.owner,
        owner_seat(words, incident),
        incident.assigned_to,
        words.text(f"incident.state.{incident.state.value}"),
    )


def queue_row(world: World, words: Words, incident: Incident) -> QueueRow:
    """Return one row of the queue."""
    alarms = world.incidents.alarms_of(incident, world.alarms)
    children = sum(alarm.children for alarm in alarms)
    second = [
        words.text(f"incident.state.{incident.state.value}"),
        incident.equipment_id,
        words.plural("queue.children", children) if children else "",
        incident.assigned_to,
    ]
    sources = []
    if incident.alarm_ids:
        sources.append(SourceCount(ALARM_ICON, len(incident.alarm_ids)))
    if incident.comments:
        sources.append(SourceCount(COMMENT_ICON, incident.comments))
    state = " · ".join(part for part in second if part)
    mine = is_mine(world, incident)
    return QueueRow(
        id=incident.id,
        severity=worst_severity(alarms, incident.severity),
        alarm_state=pressing_state(alarms),
        title=title(words, incident),
        place=incident.place,
        sources=tuple(sources),
        state=state,
        owner=words.text("queue.owner.me") if mine else owner_seat(words, incident) or DASH,
        mine=mine,
        elapsed=elapsed(world, words, incident),
        limit=limit(words, incident),
        fraction=fraction(world, incident),
        overdue=overdue(world, incident),
        closed=incident.state is IncidentState.CLOSED,
        tooltip=f"{incident.id} · {title(words, incident)} · {place(incident)}\n{state}",
    )


def steps(
    words: Words, incident: Incident, entries: Sequence[JournalEntry]
) -> tuple[StateStep, ...]:
    """Return the steps of its life, with the time each was first reached where the log says so."""
    reached: dict[IncidentState, int] = {}
    for entry in entries:
        if isinstance(entry.event, IncidentEvent):
            reached.setdefault(entry.event.incident.state, entry.at_ms)
    reached[IncidentState.NEW] = incident.opened_ms
    at = _LIFE.index(incident.state)
    found = []
    for number, state in enumerate(_LIFE):
        passed = number < at and (state in reached or _passed_through(incident, state))
        stage = "current" if number == at else "done" if passed else "todo"
        ms = reached.get(state) if number <= at else None
        found.append(
            StateStep(
                word=words.text(f"incident.state.{state.value}"),
                time="" if ms is None else words.formats.minute(ms),
                stage=stage,
            )
        )
    return tuple(found)


def _passed_through(incident: Incident, state: IncidentState) -> bool:
    """Return whether an incident must have been in an earlier state, by what it carries now."""
    match state:
        case IncidentState.QUALIFIED:
            return bool(incident.owner)
        case IncidentState.DISPATCHED:
            return bool(incident.assigned_to)
        case _:
            return True


def facts(
    world: World, words: Words, incident: Incident, alarms: Sequence[Alarm]
) -> tuple[Fact, ...]:
    """Return what is known of the place: equipment, what it does, what hangs under it."""
    found = [Fact(words.text("fact.equipment"), _equipment(world, words, incident))]
    item = world.equipment.get(incident.equipment_id)
    main = world.equipment.main_point(incident.equipment_id)
    if item is not None and main is not None:
        value = value_text(world, words, item, *main)
        found.append(
            Fact(
                words.text("fact.state"),
                headline(world, words, item),
                value.note or value.age,
                value.quality,
            )
        )
    children = sum(alarm.children for alarm in alarms)
    if children:
        found.append(Fact(words.text("fact.below"), children_text(words, children)))
    found.append(
        Fact(words.text("fact.trade"), words.known(f"trade.{incident.trade}") or incident.trade)
    )
    if incident.assigned_to:
        found.append(Fact(words.text("fact.assigned"), incident.assigned_to))
    if item is not None and item.sector:
        found.append(Fact(words.text("fact.sector"), item.sector))
    return tuple(found)


def _equipment(world: World, words: Words, incident: Incident) -> str:
    if world.equipment.get(incident.equipment_id) is None:
        return incident.equipment_id  # a network that links share: the kind is that of what it lost
    return f"{words.kind(incident.equipment_kind)} {incident.equipment_id}"
