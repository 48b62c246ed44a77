"""A screen that nobody sees: Qt's offscreen platform with one screen of a desk's size."""

from __future__ import annotations

import json
import os
from pathlib import Path

SCREEN_PX = (1920, 1080)


def choose_offscreen(folder: Path) -> None:
    """Make this process draw offscreen; before anything of Qt is imported.

    What the console remembers of a person goes into ``folder`` as well.
    """
    width, height = SCREEN_PX
    place = {"name": "main", "x": 0, "y": 0, "width": width, "height": height}
    dots = {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    screens = folder / "screens.json"
    screens.write_text(json.dumps({"screens": [{**place, **dots}]}), encoding="utf-8")
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={screens}"
    os.environ["XDG_STATE_HOME"] = str(folder / "state")
