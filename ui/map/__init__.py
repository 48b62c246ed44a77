"""The map: a Leaflet page of our own in QtWebEngine, fed through the ``beffroi:`` scheme."""
