"""Render the map with generated data to look at it: ``python -m tests.gui.map_look OUT``.

Writes 760 and 34,200 lamps, dark and light, overview and street, at 1920×1080.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from backend_bridge.contract.alarms import Severity
from backend_bridge.contract.points import ServiceMark
from backend_bridge.contract.quality import Quality, ServiceState
from console import app_texts
from tests.gui.map_scene import Scene, alarm_on, incident_on, town
from ui.map.scheme import register_scheme
from ui.map.view import MapView
from ui.texts import text
from ui.theme import THEMES, Theme, apply_theme

_SETTLE_MS = 900


def dark_street(cabinets: int, directory: Path) -> Scene:
    """Return a town in which a cabinet is lost and every state of a lamp can be seen."""
    scene = Scene(town(cabinets, 76, directory), {"base_map": str(directory)}, text=text)
    scene.everything_good()
    lost = scene.cabinets[cabinets // 2]
    equipment = scene.world.equipment
    below = [equipment.by_id[key] for key in equipment.descendants(lost.id)]
    scene.set_quality([lost, *below], Quality.UNAVAILABLE)
    for first, last, quality in (
        (5, 25, Quality.STALE),
        (40, 52, Quality.BAD),
        (100, 130, Quality.UNKNOWN),
    ):
        scene.set_quality(scene.lamps[first:last], quality)
    marks = [
        ServiceMark(equipment_id=lamp.id, state=state, by="ecl-1", reason="câble", since_ms=1)
        for state, lamps in (
            (ServiceState.DISABLED, scene.lamps[200:215]),
            (ServiceState.MAINTENANCE, scene.lamps[230:245]),
        )
        for lamp in lamps
    ]
    grave = scene.cabinets[4]
    alarms = [
        alarm_on(lost, children=76),
        alarm_on(grave, Severity.URGENT),
        alarm_on(scene.cabinets[2], Severity.LOW, acknowledged=True),
        alarm_on(scene.cabinets[-2], Severity.MEDIUM, active=False),
    ]
    incidents = [
        incident_on(lost, 452, kind="cabinet_lost", alarm_ids=(alarms[0].id,)),
        incident_on(grave, 457, kind="cabinet_lost", severity=Severity.URGENT, owner="claire"),
    ]
    scene.situation(alarms=alarms, incidents=incidents, service=marks)
    scene.selection.select_equipment([lost.id])
    return scene


def render(name: str, theme: str, cabinets: int, zoom: float | None, out: Path) -> None:
    """Write one picture."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise TypeError("make the application first")
    apply_theme(app, Theme(theme))
    with tempfile.TemporaryDirectory() as folder:
        scene = dark_street(cabinets, Path(folder))
        view = MapView(scene.presenter)
        view.resize(1920, 1080)
        view.show()
        _wait(2 * _SETTLE_MS)
        if zoom is not None:
            view.go_to(scene.cabinets[cabinets // 2].id, zoom)
        _wait(_SETTLE_MS)
        view.grab().save(str(out / f"map-{name}-{theme}.png"))
        view.shut()
        view.deleteLater()
        scene.presenter.close()
        _wait(100)


def _wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def main(out: Path) -> None:
    """Write all pictures into ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    register_scheme()
    app = QApplication(sys.argv[:1])
    translator = app_texts.install(app, "fr")
    for theme in THEMES:
        render("760", theme, 10, None, out)
        render("760-street", theme, 10, 17.5, out)
        render("34200", theme, 450, None, out)
        render("34200-quarter", theme, 450, 14.75, out)
    app.removeTranslator(translator)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "out/map"))
