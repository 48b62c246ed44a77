"""Alarms: rules, a pure state machine, and the service that keeps it durable."""

from backend_bridge.services.alarms.history import AlarmHistory
from backend_bridge.services.alarms.rules import (
    AlarmFiles,
    Design,
    Rule,
    incident_of,
    load_alarm_files,
    load_rules,
)
from backend_bridge.services.alarms.service import AlarmService
from backend_bridge.services.alarms.uplinks import UplinkBoard, Ways

__all__ = [
    "AlarmFiles",
    "AlarmHistory",
    "AlarmService",
    "Design",
    "Rule",
    "UplinkBoard",
    "Ways",
    "incident_of",
    "load_alarm_files",
    "load_rules",
]
