"""What a console needs before it is made: files read, the Qt application dressed."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import structlog
from PySide6.QtWidgets import QApplication

from console import app_log, app_sounds, app_texts
from console.app_kiosk import KioskSettings
from console.app_kiosk import load as load_kiosk
from console.app_map import load as load_map
from console.app_options import Options
from console.link.settings import LinkSettings
from console.link.settings import load as load_link
from console.panels.discovery import Discovery, discover
from console.seats.files import SeatError, load_seats
from console.seats.layout import Seat
from ui.map import chromium
from ui.map.scheme import register_scheme
from ui.theme import Theme, apply_theme, missing_fonts

_log = structlog.get_logger("console")


def make_application(options: Options) -> QApplication:
    """Return the dressed Qt application, its texts loaded.

    Raises:
        TextsError: the language's texts cannot be loaded.
    """
    register_scheme()
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(["beffroi-console"])
    app.setApplicationName("beffroi-console")
    app.setQuitOnLastWindowClosed(False)
    app_log.take_qt_messages((*chromium.HARMLESS_MESSAGES, *app_sounds.HARMLESS_MESSAGES))
    theme = Theme(options.theme)
    apply_theme(app, theme)
    missing = missing_fonts(theme)
    if missing:
        _log.warning("fonts_missing", families=missing, remedy="install fonts-b612")
    app_texts.install(app, options.lang, options.panels)
    return app


Prepared = tuple[LinkSettings, dict[str, Seat], Discovery, KioskSettings | None, dict[str, Any]]


def prepare(options: Options) -> Prepared:
    """Read everything that needs no Qt: link, seats, panels, the wall's account, the base map.

    Raises:
        SettingsError: ``console.toml``, a key or the wall's password file cannot be used.
        SeatError: a seat file cannot be used.
    """
    settings = load_link(options.config)
    found = discover(options.panels)
    seats = load_seats(options.seats or Path(str(files("resources") / "seats")))
    if options.seat and options.seat not in seats:
        known = ", ".join(sorted(seats))
        raise SeatError([f"--seat {options.seat}: no such seat; the seat files know: {known}"])
    kiosk = load_kiosk(options.config)
    if kiosk is not None and kiosk.seat not in seats:
        known = ", ".join(sorted(seats))
        raise SeatError([f"kiosk.seat {kiosk.seat}: no such seat; the seat files know: {known}"])
    return settings, seats, found, kiosk, load_map(options.config)
