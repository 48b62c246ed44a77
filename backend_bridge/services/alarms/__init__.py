"""Alarms: rules, a pure state machine, and the service that keeps it durable."""

from backend_bridge.services.alarms.history import AlarmHistory
from backend_bridge.services.alarms.rules import Rule, incident_of, load_rules
from backend_bridge.services.alarms.service import AlarmService

__all__ = ["AlarmHistory", "AlarmService", "Rule", "incident_of", "load_rules"]
