"""A city as files: read, checked, generated."""

from backend_bridge.territory.generate import generate_small
from backend_bridge.territory.loader import load
from backend_bridge.territory.model import Territory
from backend_bridge.territory.problems import Problem, TerritoryError
from backend_bridge.territory.records import Commune, Street

__all__ = [
    "Commune",
    "Problem",
    "Street",
    "Territory",
    "TerritoryError",
    "generate_small",
    "load",
]
