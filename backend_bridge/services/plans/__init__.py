"""Automatic plans: who wants what now, who gets it, and the loser told."""

from __future__ import annotations

from backend_bridge.services.plans.carrier import CarrierSettings, PlanCarrier
from backend_bridge.services.plans.desk import PlanDesk
from backend_bridge.services.plans.files import PlanFiles, load_plans, shipped_plans

__all__ = [
    "CarrierSettings",
    "PlanCarrier",
    "PlanDesk",
    "PlanFiles",
    "load_plans",
    "shipped_plans",
]
