"""What a person may do with a row of the alarm panel, as requests to the bridge."""

from __future__ import annotations

from backend_bridge.contract.alarms import Alarm
from backend_bridge.contract.requests import (
    AcknowledgeAlarm,
    Request,
    SetAlarmService,
    ShelveAlarm,
    UnshelveAlarm,
)
from console.panels.alarm_guidance import OUT_S, Guidance

ACK, SHOW, OPEN, PROCEDURE = "acknowledge", "show", "open", "procedure"
SHELVE, SHELVE_LONG, UNSHELVE = "shelve", "shelve_long", "unshelve"
TAKE_OUT, PUT_BACK = "take_out", "put_back"


def request_for(key: str, alarm: Alarm, words: str, now_ms: int, guidance: Guidance) -> Request:
    """Return what an act asks of the bridge.

    Args:
        key: of the act; :data:`ACK` for any that is none of the others.
        alarm: the chosen one.
        words: the reason typed.
        now_ms: the bridge's clock.
        guidance: knows how long an alarm may be put aside.
    """
    if key in (SHELVE, SHELVE_LONG):
        for_s = guidance.shelf_s(alarm) if key == SHELVE else guidance.longest_s(alarm)
        until_ms = now_ms + round(for_s * 1000)
        return ShelveAlarm(alarm_id=alarm.id, until_ms=until_ms, reason=words)
    if key == UNSHELVE:
        return UnshelveAlarm(alarm_id=alarm.id)
    if key in (TAKE_OUT, PUT_BACK):
        return SetAlarmService(
            rule=alarm.rule,
            equipment_id=alarm.equipment_id,
            reason=words,
            until_ms=now_ms + round(OUT_S * 1000) if key == TAKE_OUT else None,
        )
    return AcknowledgeAlarm(alarm_id=alarm.id)
