"""The console's command line, checked before anything is shown."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from console.app_texts import LANGUAGES
from ui.theme import THEMES


@dataclass(frozen=True, slots=True)
class Options:
    """Hold what was asked on the command line.

    Attributes:
        config: the console's key directory, with ``console.toml``.
        seats: folder of seat files; the product's own when ``None``.
        seat: seat chosen at first, empty for the first one.
        territory: folder with ``streets.geojson`` and ``communes.geojson`` for the map's ground.
        panels: folders with further panels.
    """

    config: Path
    seat: str = ""
    lang: str = "fr"
    theme: str = "dark"
    seats: Path | None = None
    territory: Path | None = None
    panels: tuple[Path, ...] = ()
    fullscreen: bool = False
    watchdog: bool = True
    verbose: bool = False


def parse(argv: Sequence[str]) -> Options:
    """Return the options, or end the program with code 2 and the usage on stderr."""
    parser = argparse.ArgumentParser(
        prog="beffroi-console",
        description="The console of a city's connected command post: one window for one seat.",
        epilog="Exit codes: 0 closed by the person, 1 defect, 2 usage or configuration, "
        "3 texts or display unavailable.",
    )
    add = parser.add_argument
    add("--config", type=Path, required=True, metavar="DIR", help="folder with console.toml")
    add("--seat", default="", metavar="SEAT", help="seat proposed at sign-in")
    add("--lang", choices=LANGUAGES, default="fr", help="language (default: fr)")
    add("--theme", choices=THEMES, default="dark", help="colours (default: dark)")
    add("--seats", type=Path, metavar="DIR", help="folder of seat files instead of the product's")
    add("--territory", type=Path, metavar="DIR", help="folder with the map's streets and communes")
    add(
        "--panels",
        type=Path,
        action="append",
        default=[],
        metavar="DIR",
        help="folder with further panels; may be given several times",
    )
    add("--fullscreen", action="store_true", help="take the whole screen")
    add("--no-watchdog", action="store_true", help="start no process that covers a stopped window")
    add("--verbose", action="store_true", help="log every detail on stderr")
    found = parser.parse_args(argv)
    for name in ("seats", "territory"):
        folder: Path | None = getattr(found, name)
        if folder is not None and not folder.is_dir():
            parser.error(f"--{name}: {folder} is no folder: name one that exists")
    for folder in found.panels:
        if not folder.is_dir():
            parser.error(f"--panels: {folder} is no folder: name one that exists")
    return Options(
        config=found.config,
        seat=found.seat,
        lang=found.lang,
        theme=found.theme,
        seats=found.seats,
        territory=found.territory,
        panels=tuple(found.panels),
        fullscreen=found.fullscreen,
        watchdog=not found.no_watchdog,
        verbose=found.verbose,
    )


class DisplayError(Exception):
    """There is no display to open a window on."""


def require_display(environ: Mapping[str, str]) -> None:
    """Refuse to go on without a display: Qt itself would abort the process.

    Raises:
        DisplayError: neither X11, Wayland nor a Qt platform is named.
    """
    if sys.platform != "linux" or environ.get("QT_QPA_PLATFORM"):
        return
    if not environ.get("DISPLAY") and not environ.get("WAYLAND_DISPLAY"):
        raise DisplayError(
            "there is no display to open a window on (DISPLAY and WAYLAND_DISPLAY are empty): "
            "start it from a desktop session, or set QT_QPA_PLATFORM=offscreen for no window"
        )
