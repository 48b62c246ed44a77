"""Incidents: pure decisions, and the service that keeps them durable."""

from backend_bridge.services.incidents.kinds import IncidentKind, load_kinds
from backend_bridge.services.incidents.service import IncidentService

__all__ = ["IncidentKind", "IncidentService", "load_kinds"]
