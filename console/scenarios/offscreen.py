"""Screens that nobody sees: Qt's offscreen platform, each of a desk's size."""

from __future__ import annotations

import json
import os
from importlib.resources import files
from pathlib import Path

from console.seats.files import load_seats

SCREEN_PX = (1920, 1080)
_FOLDER = Path(str(files("resources") / "seats"))
SEATS = tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))
"""Those that come with the product."""


def screens_of(seat: str) -> int:
    """Return how many screens a shipped seat has."""
    return len(load_seats(_FOLDER)[seat].screens)


def choose_offscreen(folder: Path, *, count: int = 1) -> None:
    """Make this process draw offscreen; before anything of Qt is imported.

    What the console remembers of a person goes into ``folder`` as well.

    Args:
        folder: where that, and the screens' description, are kept.
        count: screens side by side.
    """
    width, height = SCREEN_PX
    size = {"width": width, "height": height}
    dots = {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    found = [
        {"name": f"screen-{n + 1}", "x": n * width, "y": 0, **size, **dots} for n in range(count)
    ]
    screens = folder / "screens.json"
    screens.write_text(json.dumps({"screens": found}), encoding="utf-8")
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={screens}"
    os.environ["XDG_STATE_HOME"] = str(folder / "state")
