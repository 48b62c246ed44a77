"""What may be done with an incident now, each impossible act with its reason."""

from __future__ import annotations

from collections.abc import Collection

from backend_bridge.contract.incidents import Incident, IncidentState
from console.panels import incident_texts as texts
from console.panels.rows import Action
from console.panels.wording import Words
from console.state.world import World

ICONS = {
    "acknowledge": ("mdi6.check", "F2"),
    "take": ("mdi6.account-check-outline", "F5"),
    "assign": ("mdi6.account-arrow-right-outline", "F7"),
    "close": ("mdi6.lock-outline", "F9"),
    "reopen": ("mdi6.undo", "F9"),
    "show": ("mdi6.crosshairs-gps", "F3"),
}


def actions_for(
    world: World, words: Words, incident: Incident, busy: Collection[str]
) -> tuple[Action, ...]:
    """Return the actions in the order of work, the next sensible one as the main one."""
    closed = incident.state is IncidentState.CLOSED
    keys = ("reopen", "show") if closed else ("acknowledge", "take", "assign", "close", "show")
    reasons = {key: _reason(world, words, incident, key, busy) for key in keys}
    order = ("acknowledge", "take", "close") if not closed else ()
    main = next((key for key in order if not reasons[key]), "")
    return tuple(
        Action(
            key=key,
            label=words.text(f"action.{key}"),
            icon=ICONS[key][0],
            shortcut=ICONS[key][1],
            reason=reasons[key],
            main=key == main,
            wants_text=key in ("assign", "reopen"),
        )
        for key in keys
    )


def _reason(world: World, words: Words, incident: Incident, key: str, busy: Collection[str]) -> str:
    if key == "show":
        known = world.equipment.get(incident.equipment_id) is not None
        return "" if known else words.text("action.reason.not_on_map")
    general = _general_reason(world, words, incident)
    if general:
        return general
    if key in busy:
        return words.text("action.reason.under_way")
    alarms = world.incidents.alarms_of(incident, world.alarms)
    session = world.session
    user = "" if session is None else session.user
    match key:
        case "acknowledge" if all(alarm.acknowledged for alarm in alarms):
            return words.text("action.reason.nothing_to_acknowledge")
        case "take" if incident.owner == user:
            return words.text("action.reason.already_yours")
        case "take" if incident.owner:
            return words.text("action.reason.owned", owner=texts.owner(words, incident))
        case "assign" | "close" if incident.owner not in ("", user) and not _arbiter(
            world, incident
        ):
            return words.text("action.reason.owned", owner=texts.owner(words, incident))
        case "close" if any(alarm.active for alarm in alarms):
            return words.text("action.reason.alarm_active")
    return ""


def why_not_write(world: World, words: Words, incident: Incident) -> str:
    """Return why a line in the log would be refused now, empty when it would not."""
    return _general_reason(world, words, incident)


def _general_reason(world: World, words: Words, incident: Incident) -> str:
    session = world.session
    if session is None or not session.may("manage", incident.equipment_kind):
        return words.text("action.reason.no_right")
    if not world.liveness.live:
        return words.text("action.reason.not_live")
    if not world.liveness.storage_ok:
        away = world.liveness.storage_fault == "unreachable"
        return words.text("action.reason.database" if away else "action.reason.storage")
    return ""


def _arbiter(world: World, incident: Incident) -> bool:
    session = world.session
    return session is not None and session.may("configure", incident.equipment_kind)
