"""A bare QtWebEngine window with a Leaflet map, and the imports the console makes.

Follows the "WebEngine Widgets Simple Browser" example of Qt for Python
(https://doc.qt.io/qtforpython-6/examples/example_webenginewidgets_simplebrowser.html).
Prints the seconds from the start of this process to the first painted map.
"""

from __future__ import annotations

import sys
import time

import folium  # noqa: F401 - the same imports as the console, nothing else
import msgspec  # noqa: F401 - the same
import numpy as np  # noqa: F401 - the same
import psutil
import pyqtgraph  # noqa: F401 - the same
import qasync  # noqa: F401 - the same
import qtawesome  # noqa: F401 - the same
import structlog  # noqa: F401 - the same
import zmq.asyncio  # noqa: F401 - the same
from PySide6.QtCore import QUrl
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication
from xstatic.pkg import leaflet

PAGE = """<!doctype html><link rel=stylesheet href=leaflet.css><script src=leaflet.js></script>
<div id=map style="position:absolute;inset:0"></div><script>
const map = L.map('map', {preferCanvas: true}).setView([47.322, 5.0415], 14);
for (let i = 0; i < 760; i++)
  L.circleMarker([47.31 + (i % 28) / 1000, 5.02 + i / 19000], {radius: 2}).addTo(map);
requestAnimationFrame(() => requestAnimationFrame(() => { document.title = 'painted'; }));
</script>"""


def main() -> int:
    """Show the page and print the seconds it took."""
    app = QApplication(sys.argv)
    view = QWebEngineView()
    view.resize(1920, 1080)

    def painted(title: str) -> None:
        if title == "painted":
            print(f"{time.time() - psutil.Process().create_time():.3f}", flush=True)
            app.quit()

    view.titleChanged.connect(painted)
    view.setHtml(PAGE, QUrl.fromLocalFile(f"{leaflet.BASE_DIR}/"))
    view.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
