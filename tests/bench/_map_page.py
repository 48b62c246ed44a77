"""A bare page for the map bench: a Leaflet map in a QWebEngineView, told by JSON lines.

``change`` and ``pan`` call functions of these names that the baseline's page defines.
"""

from __future__ import annotations

import json
import math
import random

from PySide6.QtCore import QUrl
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication
from xstatic.pkg import leaflet

from tests.bench._page_rig import PageRig
from tests.bench._talking import obey
from tests.gui.map_scene import town
from ui.map import chromium

SIZE = (1920, 1080)
LAMPS = 76


def run(page_html: str, cabinets: int, files: str = "") -> None:
    """Show the page with a town's lamps, all in view, and obey."""
    chromium.configure()
    app = QApplication([])
    view = QWebEngineView()
    page = QWebEnginePage(view)
    view.setPage(page)
    rig = PageRig(app, page)
    view.resize(*SIZE)
    view.show()
    lamps = [item for item in town(cabinets, LAMPS).equipment if item.kind == "lamp"]
    loaded: list[bool] = []
    page.loadFinished.connect(loaded.append)
    page.setHtml(page_html.replace("FILES", files), QUrl.fromLocalFile(f"{leaflet.BASE_DIR}/"))
    rig.until(lambda: loaded)
    places = [[round(lamp.lat, 6), round(lamp.lon, 6)] for lamp in lamps]
    step = 20_000  # a script may not be longer than two million characters
    for first in range(0, len(places), step):
        rig.ask(f"(places.push(...{json.dumps(places[first : first + step])}), 1)")
    show = rig.act("show()")
    chance = random.Random(1)

    def change(count: int) -> dict[str, float]:
        chosen = chance.sample(range(len(places)), count)
        found = rig.act(f"change({json.dumps(chosen)}, {chance.randrange(101)})")
        rig.rest(0.1)
        return found

    def pan(steps: int) -> list[dict[str, float]]:
        found = []
        for turn in range(steps):
            dx, dy = 40 * math.copysign(1, steps / 2 - turn - 0.5), 12 if turn % 2 else -12
            found.append(rig.act(f"map.panBy([{dx}, {dy}], {{animate: false}})"))
        return found

    obey({"shown": lambda: show, "change": change, "pan": pan})
