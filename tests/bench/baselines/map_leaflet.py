"""Plain Leaflet: one ``L.circleMarker`` for each lamp on one canvas (``preferCanvas``).

Follows https://leafletjs.com/reference.html#circlemarker (``setStyle``) and
https://leafletjs.com/reference.html#map-prefercanvas; Leaflet's files are those of XStatic-Leaflet.
Not tuned. Started by the bench: ``python -m tests.bench.baselines.map_leaflet CABINETS``.
"""

from __future__ import annotations

import sys

from tests.bench._map_page import run

PAGE = """<!doctype html><link rel=stylesheet href=leaflet.css><script src=leaflet.js></script>
<body style="margin:0"><div id=map style="position:absolute;inset:0"></div><script>
const map = L.map('map', {preferCanvas: true, zoomSnap: 0.25, zoomAnimation: false});
const places = [], markers = [];
function show() {
  map.fitBounds(L.latLngBounds(places));
  for (const place of places)
    markers.push(L.circleMarker(place, {radius: 2, weight: 1, color: '#ffd166'}).addTo(map));
}
function change(chosen, level) {
  const color = `hsl(45, 100%, ${level}%)`;
  for (const number of chosen) markers[number].setStyle({color});
}
</script>"""

if __name__ == "__main__":
    run(PAGE, int(sys.argv[1]))
