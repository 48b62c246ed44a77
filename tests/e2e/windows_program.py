"""Hold the windows of a seat on a real X server and say where they are; ends with its input.

Two on screens LEFT and RIGHT; with the word ``wall`` a single one that fills RIGHT, like a kiosk.
"""

from __future__ import annotations

import json
import sys

from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from console import app_texts
from console.app_screens import Screens
from console.app_windows import Windows
from console.seats.layout import Cell, Column, Seat, SeatScreen
from ui.shell.frame import PanelFrame
from ui.shell.layout import Place
from ui.theme import Theme, apply_theme


def main() -> int:
    app = QApplication([])
    apply_theme(app, Theme("dark"))
    app_texts.install(app, "fr", ())
    screens = Screens(app)
    alone = sys.argv[1:] == ["wall"]
    windows = Windows(list, lambda: "", screens, fullscreen=alone)
    windows.show()
    seat = Seat(
        "essai",
        "seat.supervisor",
        tuple(
            SeatScreen(role, (Column((Cell(role),)),), (name,))
            for role, name in (("map", "LEFT"), ("wall", "RIGHT"))[alone:]
        ),
    )
    for role, window in windows.open(seat, {}).items():
        frame = PanelFrame(role, role, "mdi6.map")
        frame.set_view(QWidget())
        window.show_workspace(QWidget(), Place(role), {role: frame})
        window.panels_built()

    def say() -> None:
        found = {
            "screens": [one.name for one in screens.present()],
            "windows": {
                beat.id: [beat.x, beat.y, beat.width, beat.height] for beat in windows.beats()
            },
        }
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()

    timer = QTimer()
    timer.timeout.connect(say)
    timer.start(100)
    ended = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    ended.activated.connect(lambda *_: app.exit(0))
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
