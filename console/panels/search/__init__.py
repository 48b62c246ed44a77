"""Search the whole city: equipment, cameras, incidents, addresses and what can be done here."""

from console.panels.search.city import CitySearch
from console.panels.search.hits import Hit, Spot
from console.panels.search.presenter import SearchPresenter

__all__ = ["CitySearch", "Hit", "SearchPresenter", "Spot"]
