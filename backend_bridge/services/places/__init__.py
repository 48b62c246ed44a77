"""Places by name: communes, sectors, streets and house numbers, found as a person types them."""

from backend_bridge.services.places.gazetteer import Gazetteer, Ground
from backend_bridge.services.places.service import PlaceFinder

__all__ = ["Gazetteer", "Ground", "PlaceFinder"]
