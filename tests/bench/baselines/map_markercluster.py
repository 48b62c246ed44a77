"""Leaflet.markercluster: the same lamps gathered in clusters that show how many are on.

Follows https://github.com/Leaflet/Leaflet.markercluster#usage (``addLayers``, ``refreshClusters``
after markers have changed, "Customising the clustered markers"); its files are those of
XStatic-Leaflet-MarkerCluster (1.4.1). Not tuned: the options are the defaults; given ``lamps`` it
is told not to gather at any zoom, and so shows the lamps themselves.
Started by the bench: ``python -m tests.bench.baselines.map_markercluster CABINETS [lamps]``.
"""

from __future__ import annotations

import sys

from xstatic.pkg import leaflet_markercluster

from tests.bench._map_page import run

PAGE = """<!doctype html><link rel=stylesheet href=leaflet.css><script src=leaflet.js></script>
<link rel=stylesheet href="FILES/MarkerCluster.css">
<link rel=stylesheet href="FILES/MarkerCluster.Default.css">
<script src="FILES/leaflet.markercluster.js"></script>
<body style="margin:0"><div id=map style="position:absolute;inset:0"></div><script>
const map = L.map('map', {preferCanvas: true, zoomSnap: 0.25, zoomAnimation: false, maxZoom: 19});
const places = [], markers = [];
const group = L.markerClusterGroup({disableClusteringAtZoom: FROM_ZOOM, iconCreateFunction});
function iconCreateFunction(cluster) {
  const on = cluster.getAllChildMarkers().filter((marker) => marker.options.level > 0).length;
  return L.divIcon({html: `<div><span>${on}/${cluster.getChildCount()}</span></div>`,
    className: 'marker-cluster marker-cluster-medium', iconSize: [40, 40]});
}
function show() {
  map.fitBounds(L.latLngBounds(places));
  for (const place of places) markers.push(L.circleMarker(place, {radius: 2, level: 100}));
  group.addLayers(markers);
  map.addLayer(group);
}
function change(chosen, level) {
  const changed = chosen.map((number) => markers[number]);
  for (const marker of changed) marker.setStyle({level});
  group.refreshClusters(changed);
}
</script>"""

if __name__ == "__main__":
    from_zoom = "1" if "lamps" in sys.argv else "null"
    page = PAGE.replace("FROM_ZOOM", from_zoom)
    run(page, int(sys.argv[1]), f"file://{leaflet_markercluster.BASE_DIR}")
