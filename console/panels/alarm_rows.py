"""Alarms as rows with their guidance, for every panel that lists them."""

from __future__ import annotations

from collections.abc import Iterable

from backend_bridge.contract.alarms import Alarm, AlarmState, Severity
from console.panels.rows import AlarmRow
from console.panels.wording import Words
from console.state.alarms import alarm_key
from console.state.world import World

_PRESSING = (AlarmState.UNACKNOWLEDGED, AlarmState.RETURNED, AlarmState.ACKNOWLEDGED)


def pressing_state(alarms: Iterable[Alarm]) -> AlarmState:
    """Return what one mark for several alarms shows: the state that asks for most."""
    states = {alarm.state for alarm in alarms}
    return next((state for state in _PRESSING if state in states), AlarmState.NORMAL)


def worst_severity(alarms: Iterable[Alarm], otherwise: Severity) -> Severity:
    """Return the most urgent severity, ``otherwise`` for no alarm."""
    return min((alarm.severity for alarm in alarms), default=otherwise)


def alarm_row(world: World, words: Words, alarm: Alarm) -> AlarmRow:
    """Return one alarm with its texts; a rule without guidance has empty ones."""
    item = world.equipment.get(alarm.equipment_id)
    point = words.point(alarm.equipment_kind, alarm.point_key) if alarm.point_key else ""
    params = {
        "equipment": alarm.equipment_id,
        "place": item.place if item is not None else "",
        "point": point,
        "value": alarm.value,
    }
    text = words.known(f"alarm.{alarm.rule}.text", **params)
    return AlarmRow(
        id=alarm.id,
        severity=alarm.severity,
        state=alarm.state,
        state_word=words.text(f"alarm.state.{alarm.state.value}.short"),
        time=words.formats.moment(alarm.raised_ms, world.bridge_now_ms()),
        code=alarm.equipment_id,
        text=text or f"{alarm.rule} {point}".strip(),
        value=alarm.value,
        children=children_text(words, alarm.children),
        history=_history(world, words, alarm),
        cause=words.known(f"alarm.{alarm.rule}.cause", **params),
        consequence=words.known(f"alarm.{alarm.rule}.consequence", **params),
        action=_action(words, alarm, params),
    )


def alarm_rows(world: World, words: Words, alarms: Iterable[Alarm]) -> tuple[AlarmRow, ...]:
    """Return rows, most pressing first."""
    return tuple(alarm_row(world, words, alarm) for alarm in sorted(alarms, key=alarm_key))


def children_text(words: Words, children: int) -> str:
    """Return « 76 équipements comptés dessous », empty for none."""
    return words.plural("alarm.children", children) if children else ""


def _action(words: Words, alarm: Alarm, params: dict[str, str]) -> str:
    """Return what to do and how much time there is for it."""
    action = words.known(f"alarm.{alarm.rule}.action", **params)
    time_to_act = words.known(f"alarm.{alarm.rule}.time_to_act")
    if not time_to_act:
        return action
    return f"{action} {words.text('alarm.time_to_act', time=time_to_act)}".strip()


def _history(world: World, words: Words, alarm: Alarm) -> str:
    now_ms = world.bridge_now_ms()
    said = []
    if alarm.occurrences > 1:
        said.append(words.plural("alarm.occurrences", alarm.occurrences))
    if alarm.returned_ms is not None and not alarm.active:
        at = words.formats.moment(alarm.returned_ms, now_ms)
        said.append(words.text("alarm.returned_at", time=at))
    if alarm.acknowledged and alarm.ack_ms is not None:
        at = words.formats.moment(alarm.ack_ms, now_ms)
        said.append(words.text("alarm.ack_by", user=alarm.ack_by, time=at))
    return " · ".join(said)
