"""Render every view with rich invented data, for people who look at pictures.

Run ``QT_QPA_PLATFORM=offscreen python -m tests.gui.shots DIR`` and look at what is in DIR.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from backend_bridge.contract.alarms import AlarmState, Severity
from backend_bridge.contract.quality import Quality, ServiceState
from console import app_texts
from tests.fakes import rooms
from tests.fakes.views import FakeEquipment, FakeQueue, FakeRows, FakeStrip, strip_state
from ui.cover import Cover
from ui.equipment.panel import EquipmentView
from ui.incidents.queue import QueueView
from ui.marks import blink
from ui.shell.frame import PanelFrame
from ui.shell.keys import WindowKey
from ui.shell.layout import Place, Split
from ui.shell.signin import SignInView
from ui.shell.strip import StatusStrip
from ui.shell.window import ShellWindow
from ui.texts import text
from ui.theme import Theme, apply_theme

SIZE = (1920, 1080)


def keys() -> list[WindowKey]:
    """Return the window's keys as the console has them."""
    return [
        WindowKey("F2", text("ui.key.f2"), in_foot=True),
        WindowKey("F3", text("ui.key.f3"), in_foot=True),
        WindowKey("F4", text("ui.key.f4")),
        WindowKey("F5", text("ui.key.f5")),
        WindowKey("F6", text("ui.key.f6"), in_foot=True),
        WindowKey("F7", text("ui.key.f7")),
        WindowKey("F9", text("ui.key.f9")),
    ]


def room(count: int, equipment: Quality, service: ServiceState, strip: FakeStrip) -> ShellWindow:
    """Return a whole window over fake presenters."""
    window = ShellWindow(keys(), lambda: "06:42:31")
    rows = FakeRows(rooms.queue_rows(count))
    queue = FakeQueue(rows, rooms.incident)
    if count:
        queue.selected_id = rows.rows[min(3, count - 1)].id
        queue.drafts[queue.selected_id] = "PM-11 demande une balayeuse pour les éclats de ver"
    gear = FakeEquipment(FakeRows(rooms.equipment_rows(count)), None)
    if count:
        gear.detail = rooms.equipment(equipment, service)
        gear.selected_id = gear.rows.rows[0].id
    frames = {
        "queue": PanelFrame("queue", "File", "mdi6.format-list-bulleted", number=1),
        "equipment": PanelFrame("equipment", "Équipements", "mdi6.electric-switch", number=2),
        "broken": PanelFrame("broken", "Carte", "mdi6.map-outline", number=3),
    }
    frames["queue"].set_view(QueueView(queue, rows))
    frames["equipment"].set_view(EquipmentView(gear, gear.rows))
    frames["broken"].set_failure(
        text("ui.panel.failed", panel="Carte"), "map: RuntimeError: page (view.py:12)"
    )
    for frame in frames.values():
        frame.set_age(0.27, "0,4\u00a0s")
    place = Split(
        (Place("queue", 0.42), Place("broken", 0.2), Place("equipment", 0.38)), across=True
    )
    window.show_workspace(StatusStrip(strip), place, frames)
    foot = window.foot
    if foot is not None and count:
        foot.set_alarm(
            Severity.HIGH,
            AlarmState.UNACKNOWLEDGED,
            "06:41:58",
            "EP-0312 ne répond plus",
            f"{rooms.LONG_PLACE} · 76 points comptés dessous",
        )
        window.notify("INC-1003 : acquittée. Prise par un autre poste à 06:41.")
    return window


def busy_room() -> ShellWindow:
    """Return ten thousand incidents, a lost cabinet."""
    return room(10_000, Quality.UNAVAILABLE, ServiceState.IN_SERVICE, FakeStrip())


def empty_room() -> ShellWindow:
    """Return a room with nothing to do and nothing chosen."""
    quiet = tuple(replace(t, total=0, unacknowledged=0, waiting="") for t in strip_state().alarms)
    return room(
        0,
        Quality.GOOD,
        ServiceState.IN_SERVICE,
        FakeStrip(strip_state(alarms=quiet, stale="", unavailable="")),
    )


def stale_room() -> ShellWindow:
    """Return a room whose link is lost: covers, inverse words."""
    strip = FakeStrip(
        strip_state(
            live=False,
            link="Pont perdu",
            link_age="12\u00a0s",
            age_fraction=8.0,
            behind="",
            stale="34\u00a0012 périmés",
            skew="Horloge du pont en retard de 3\u00a0min",
            modes=("TERRITOIRE DE DÉMONSTRATION", "STOCKAGE REFUSÉ"),
        )
    )
    window = room(40, Quality.STALE, ServiceState.IN_SERVICE, strip)
    for name, frame in window.frames.items():
        frame.set_age(8.0, "12\u00a0s")
        if name == "queue":
            cover = Cover(frame.body)
            cover.show_since("Plus rien depuis 06:41:52", "Pont perdu, nouvel essai en cours")
    return window


def maintenance_room() -> ShellWindow:
    """Return an equipment in maintenance."""
    return room(40, Quality.GOOD, ServiceState.MAINTENANCE, FakeStrip())


def disabled_room() -> ShellWindow:
    """Return an equipment disabled, its values bad; the list of keys open."""
    window = room(40, Quality.BAD, ServiceState.DISABLED, FakeStrip())
    window.resize(*SIZE)
    window.show()
    window.show_help()
    return window


def sign_in() -> ShellWindow:
    """Return the sign-in view after a refusal."""
    window = ShellWindow(keys(), lambda: "06:42:31")
    view = SignInView([("lighting-1", "Éclairage 1"), ("police-1", "Police 1")])
    view.set_link("good", "Pont joint", "dijon · tcp://10.0.0.5:7700")
    view.user.setText("n.perrin")
    view.password.setText("secret")
    view.show_error(
        "Refusé : compte ou mot de passe inconnu. Vérifier les majuscules ; après cinq essais, "
        "attendre une minute."
    )
    window.show_sign_in(view)
    return window


def small_room() -> ShellWindow:
    """Return the smallest window that is allowed."""
    window = busy_room()
    window.resize(window.minimumSize())
    return window


VIEWS: dict[str, Callable[[], QWidget]] = {
    "busy": busy_room,
    "empty": empty_room,
    "stale": stale_room,
    "maintenance": maintenance_room,
    "disabled": disabled_room,
    "signin": sign_in,
    "small": small_room,
}


def shoot(folder: Path, theme_name: str, language: str, names: list[str]) -> None:
    """Write one picture for each view."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    apply_theme(app, Theme(theme_name))
    translator = app_texts.install(app, language)
    for name in names:
        widget = VIEWS[name]()
        if name != "small":
            widget.resize(*SIZE)
        widget.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        widget.show()
        for _ in range(6):
            app.processEvents()
        blink().lit = True
        widget.grab().save(str(folder / f"{name}-{theme_name}.png"))
        widget.close()
        app.processEvents()
    app.removeTranslator(translator)


def main(arguments: list[str]) -> int:
    """Render into the folder named first; further words choose views."""
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    names = arguments[1:] or list(VIEWS)
    for theme_name in ("dark", "light"):
        shoot(folder, theme_name, "fr", names)
    print("views written to", folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
