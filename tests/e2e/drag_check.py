"""Drag a symbol of the map onto the wall, then one tile onto another, with a real mouse.

A program of its own (``python -m tests.e2e.drag_check``) on an X server that ``DISPLAY`` names: it
prints one JSON object of what arrived.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable

from ui.map.scheme import register_scheme

register_scheme()  # before there is an application

from PySide6.QtCore import QPoint  # noqa: E402 - see above
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

from console import app_texts  # noqa: E402
from tests.fakes.wall_city import Wall  # noqa: E402
from tests.gui.map_scene import Scene, town  # noqa: E402
from ui.map.view import MapView  # noqa: E402
from ui.theme import Theme, apply_theme  # noqa: E402
from ui.wall.panel import WallView  # noqa: E402

PATIENCE_S = 20.0
_STEP_S = 0.15


def main() -> None:
    """Play both drags and print what the wall was told."""
    app = QApplication([])
    apply_theme(app, Theme("dark"))
    app_texts.install(app, "fr")
    loop = asyncio.new_event_loop()
    scene = Scene(town(6, 40))
    scene.everything_good()
    cabinet = next(i for i in scene.world.equipment.by_id.values() if i.kind == "cabinet")
    the_map = MapView(scene.presenter)
    the_map.setGeometry(0, 0, 850, 700)
    the_map.show()
    wall = loop.run_until_complete(_wall())
    view = WallView(wall.presenter)
    view.setGeometry(870, 0, 1000, 700)
    view.show()
    _until(app, lambda: the_map.report is not None)
    the_map.surface.centre_on(cabinet.lon, cabinet.lat, 17)
    _until(app, lambda: the_map.report is not None and the_map.report.zoom == 17)
    report = the_map.report
    assert report is not None
    x, y = report.css_pixel(cabinet.lon, cabinet.lat)
    _drag(app, the_map.surface.mapToGlobal(QPoint(round(x), round(y))), _middle(view.tiles[3]))
    told = wall.desk.said[-1:]
    _drag(app, _middle(view.tiles[0]), _middle(view.tiles[2]))
    print(
        json.dumps(
            {
                "said": told,
                "selected": list(scene.selection.equipment_ids),
                "cameras": wall.cameras,
            }
        ),
        flush=True,
    )
    os._exit(0)  # the page's process is nobody's to wait for here


async def _wall() -> Wall:
    made = Wall()
    await made.stand(1, 2)
    return made


def _drag(app: QApplication, start: QPoint, end: QPoint) -> None:
    middle = (start + end) / 2
    steps = [
        f"mousemove {start.x()} {start.y()}",
        "mousedown 1",
        *(f"mousemove {start.x() + step} {start.y()}" for step in (6, 14, 24)),
        *(f"mousemove {at.x()} {at.y()}" for at in (middle, end, end + QPoint(3, 0))),
        "mouseup 1",
    ]
    words = " ".join(f"{step} sleep {_STEP_S}" for step in steps).split()
    hand = subprocess.Popen(["xdotool", *words])
    _until(app, lambda: hand.poll() is not None)
    settled_s = time.monotonic() + 1
    _until(app, lambda: time.monotonic() > settled_s)


def _middle(widget: QWidget) -> QPoint:
    return widget.mapToGlobal(widget.rect().center())


def _until(app: QApplication, seen: Callable[[], object]) -> None:
    end_s = time.monotonic() + PATIENCE_S
    while not seen():
        if time.monotonic() > end_s:
            sys.exit("not seen in time")
        app.processEvents()
        time.sleep(0.005)


if __name__ == "__main__":
    main()
