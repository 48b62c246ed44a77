"""Journal entries as log lines."""

from __future__ import annotations

from collections.abc import Iterable

from backend_bridge.contract.alarms import Alarm, AlarmChange
from backend_bridge.contract.incidents import IncidentChange
from backend_bridge.contract.journal import (
    AlarmEvent,
    CommandEvent,
    IncidentEvent,
    JournalEntry,
    NewerEvent,
    ServiceEvent,
)
from console.panels.rows import LogLine
from console.panels.wording import Words

_INCIDENT_ICONS = {
    IncidentChange.OPENED: "mdi6.alert-circle-outline",
    IncidentChange.ALARM_JOINED: "mdi6.call-merge",
    IncidentChange.ALARM_RETURNED: "mdi6.undo",
    IncidentChange.TAKEN: "mdi6.account-check-outline",
    IncidentChange.ASSIGNED: "mdi6.account-arrow-right-outline",
    IncidentChange.COMMENTED: "mdi6.message-text-outline",
    IncidentChange.CLOSED: "mdi6.lock-outline",
    IncidentChange.REOPENED: "mdi6.undo",
    IncidentChange.HANDED_OVER: "mdi6.account-arrow-right-outline",
}
_ALARM_ICONS = {
    AlarmChange.ACKNOWLEDGED: "mdi6.check",
    AlarmChange.RETURNED: "mdi6.undo",
    AlarmChange.CLEARED: "mdi6.check",
    AlarmChange.SHELVED: "mdi6.tray-arrow-down",
    AlarmChange.UNSHELVED: "mdi6.tray-arrow-up",
    AlarmChange.SUPPRESSED: "mdi6.tray-arrow-down",
    AlarmChange.UNSUPPRESSED: "mdi6.tray-arrow-up",
    AlarmChange.OUT_OF_SERVICE: "mdi6.tray-arrow-down",
    AlarmChange.IN_SERVICE: "mdi6.tray-arrow-up",
    AlarmChange.REMINDED: "mdi6.bell-ring",
}
_ALARM_ICON = "mdi6.alert-circle-outline"
_COMMAND_ICON = "mdi6.clipboard-list-outline"
_SERVICE_ICON = "mdi6.cancel"
_NEWER_ICON = "mdi6.help-circle-outline"
BRIDGE_USER = "bridge"


def log_lines(words: Words, entries: Iterable[JournalEntry], now_ms: int) -> tuple[LogLine, ...]:
    """Return one line for each entry a person cares about, in their order."""
    lines = (_line(words, entry, now_ms) for entry in entries)
    return tuple(line for line in lines if line is not None)


def _line(words: Words, entry: JournalEntry, now_ms: int) -> LogLine | None:
    said = False
    match entry.event:
        case IncidentEvent(change=change, incident=incident, text=text):
            icon = _INCIDENT_ICONS[change]
            said = change is IncidentChange.COMMENTED
            written = text if said else _incident_text(words, change, incident.assigned_to, text)
        case AlarmEvent(change=change, alarm=alarm):
            icon = _ALARM_ICONS.get(change, _ALARM_ICON)
            written = words.text(
                f"log.alarm.{change.value}",
                equipment=alarm.equipment_id,
                title=words.known(f"alarm.{alarm.rule}.text") or alarm.rule,
                count=words.formats.number(alarm.children),
                reason=_reason(words, alarm),
            )
        case CommandEvent(command=command):
            icon = _COMMAND_ICON
            written = words.text(
                f"log.command.{command.outcome.value}",
                equipment=command.equipment_id,
                point=words.point(command.equipment_kind, command.point_key),
                value=str(command.value),
            )
        case ServiceEvent(mark=mark):
            icon = _SERVICE_ICON
            written = words.text(
                f"log.service.{mark.state.value}", equipment=mark.equipment_id, reason=mark.reason
            )
        case NewerEvent(kind=kind):
            icon = _NEWER_ICON
            written = words.text("log.newer", kind=kind)
        case _:
            return None
    return LogLine(
        seq=entry.seq,
        time=words.formats.moment(entry.at_ms, now_ms),
        icon=icon,
        text=written,
        author=author(words, entry.user, entry.seat),
        said=said,
    )


def _reason(words: Words, alarm: Alarm) -> str:
    """Return why an alarm is kept quiet, empty when it is not."""
    aside = alarm.taken_out or alarm.shelf
    if aside is not None:
        return aside.reason
    return words.known(f"alarm.suppressed.{alarm.suppressed}") if alarm.suppressed else ""


def _incident_text(words: Words, change: IncidentChange, assigned_to: str, text: str) -> str:
    written = words.text(f"log.incident.{change.value}", assigned_to=assigned_to)
    quoted = text if text and change is not IncidentChange.ASSIGNED else ""
    return f"{written} · {quoted}" if quoted else written


def author(words: Words, user: str, seat: str) -> str:
    """Return who did it as the log shows them: « Mireille (POL-1) », « pont » for the bridge."""
    if user == BRIDGE_USER and not seat:
        return words.text("log.author.bridge")
    return words.person(user, seat)
