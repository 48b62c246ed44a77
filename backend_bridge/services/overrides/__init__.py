"""The override ledger: what people hold away from where it goes by itself, and its way back."""

from __future__ import annotations

from backend_bridge.services.overrides.ladder import Claim, Ladder, load_ladder
from backend_bridge.services.overrides.ledger import OverrideLedger
from backend_bridge.services.overrides.returner import Returner, ReturnSettings

__all__ = ["Claim", "Ladder", "OverrideLedger", "ReturnSettings", "Returner", "load_ladder"]
