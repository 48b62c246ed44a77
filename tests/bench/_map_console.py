"""The map of the map bench: the real view, page and presenter, 1,920 × 1,080 pixels of map.

``python -m tests.bench._map_console CABINETS``; one JSON command a line: ``shown``, ``change``,
``pan``, ``reopen``. Streets and a commune are drawn under the lamps, as in the product.
"""

from __future__ import annotations

import math
import random
import sys
import tempfile
import time
from pathlib import Path

import structlog
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication

from console import app_texts
from tests.bench._page_rig import PageRig
from tests.bench._talking import obey
from tests.gui.map_scene import Scene, town
from ui.map import chromium
from ui.map.column import WIDTH_PX
from ui.map.scheme import register_scheme
from ui.map.view import MapView
from ui.theme import Theme, apply_theme

SIZE = (1920, 1080)
LAMPS = 76


class Bench:
    """Show one map after the other."""

    def __init__(self, app: QApplication, scene: Scene) -> None:
        self.app = app
        self.scene = scene
        self.chance = random.Random(1)
        self.first_s = self.open()

    def open(self) -> float:
        """Show a map; return seconds until its whole picture is on the screen."""
        start_s = time.perf_counter()
        self.view = MapView(self.scene.presenter)
        self.rig = PageRig(self.app, self.view.surface.page)
        self.view.setGeometry(QRect(0, 0, SIZE[0] + WIDTH_PX, SIZE[1]))
        self.view.show()
        self.rig.until(self.whole)
        return time.perf_counter() - start_s

    def whole(self) -> bool:
        """Return whether everything told is on the screen, at its size, the ground included."""
        report = self.view.report
        ground = self.view.surface.ground
        return (
            report is not None
            and self.view.page_live()
            and report.size == SIZE
            and ground.present
            and report.ground
            and not self.scene.presenter.unpainted_s()
        )

    def reopen(self) -> float:
        """Close the map and open it again; return seconds to the whole picture."""
        gone: list[bool] = []
        self.view.destroyed.connect(lambda: gone.append(True))
        self.view.close()
        self.view.deleteLater()
        self.rig.until(lambda: gone)
        self.rig.rest(0.5)
        return self.open()

    def change(self, count: int) -> dict[str, float]:
        """Change some lamps, as a batch from the link does; return the times in ms."""
        self.rig.rest()
        points = self.scene.world.points
        levels = [  # each looks different afterwards
            (lamp, 0 if points.value(lamp.first_point) else 100)
            for lamp in self.chance.sample(self.scene.lamps, count)
        ]
        self.rig.spent()
        start_s = time.perf_counter()
        self.scene.set_levels(levels)
        self.rig.until(lambda: not self.scene.presenter.unpainted_s())
        painted_ms = (time.perf_counter() - start_s) * 1000
        return {**self.rig.spent(), "painted": painted_ms}

    def pan(self, steps: int) -> list[dict[str, float]]:
        """Move the view there and back; the times of each step in ms."""
        self.rig.rest()
        found = []
        for turn in range(steps):
            dx = int(40 * math.copysign(1, steps / 2 - turn - 0.5))
            dy = 12 if turn % 2 else -12
            report = self.view.report
            assert report is not None
            wanted = (report.origin[0] + dx, report.origin[1] + dy)
            self.rig.spent()
            start_s = time.perf_counter()
            self.view.surface.pan(dx, dy)
            self.rig.until(lambda wanted=wanted: self.arrived(wanted))  # type: ignore[misc] # a default argument is how a lambda keeps its loop's value
            painted_ms = (time.perf_counter() - start_s) * 1000
            found.append({**self.rig.spent(), "painted": painted_ms})
        return found

    def arrived(self, origin: tuple[float, float]) -> bool:
        """Return whether the page has painted the view that begins there."""
        return self.view.report is not None and self.view.report.origin == origin


def main(cabinets: int) -> None:
    """Show a city and obey."""
    # Standard output carries the answers alone.
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    register_scheme()
    chromium.configure()
    app = QApplication([])
    app.setQuitOnLastWindowClosed(False)
    apply_theme(app, Theme("dark"))
    app_texts.install(app, "fr")
    with tempfile.TemporaryDirectory() as folder:
        scene = Scene(town(cabinets, LAMPS, Path(folder)), {"base_map": folder})
        scene.everything_good()
        bench = Bench(app, scene)
        obey(
            {
                "shown": lambda: bench.first_s,
                "change": bench.change,
                "pan": bench.pan,
                "reopen": bench.reopen,
            }
        )
        bench.view.close()


if __name__ == "__main__":
    main(int(sys.argv[1]))
