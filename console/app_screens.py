"""The screens of this workstation as the seat's rule sees them, and when they change."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QScreen

from console.seats.placing import Screen
from ui import scaling

SETTLE_MS = 300
"""Plugging in one screen moves others in several steps: windows follow once, at the end."""


class Screens(QObject):
    """Follow the screens; ``changed`` comes once after each flurry of changes."""

    changed = Signal()

    def __init__(self, app: QGuiApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._followed: dict[int, QScreen] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLE_MS)
        self._timer.timeout.connect(self.changed)
        app.screenAdded.connect(self._on_app_changed)
        app.screenRemoved.connect(self._on_app_changed)
        app.primaryScreenChanged.connect(self._on_app_changed)
        self._follow()

    def present(self) -> tuple[Screen, ...]:
        """Return the screens there are now; two of one name are told apart by a number."""
        primary = self._app.primaryScreen()
        found: list[Screen] = []
        seen: dict[str, int] = {}
        for screen in self._app.screens():
            name = screen.name() or "screen"
            seen[name] = seen.get(name, 0) + 1
            area = screen.geometry()
            found.append(
                Screen(
                    name if seen[name] == 1 else f"{name} {seen[name]}",
                    area.x(),
                    area.y(),
                    area.width(),
                    area.height(),
                    primary=screen is primary,
                )
            )
        return tuple(found)

    def scale(self, factors: Mapping[str, float]) -> bool:
        """Scale screens by the names :meth:`present` gives them; the others not at all.

        Returns:
            Whether any changed: windows are then to be placed again.
        """
        changed = False
        for screen, named in zip(self._app.screens(), self.present(), strict=True):
            changed |= scaling.set_scale(screen, factors.get(named.name, 1.0))
        return changed

    def close(self) -> None:
        """Follow no longer."""
        self._timer.stop()
        for signal in (
            self._app.screenAdded,
            self._app.screenRemoved,
            self._app.primaryScreenChanged,
        ):
            signal.disconnect(self._on_app_changed)
        for screen in self._followed.values():
            screen.geometryChanged.disconnect(self._on_screen_geometry_changed)
        self._followed.clear()

    def _follow(self) -> None:
        there = {id(screen): screen for screen in self._app.screens()}
        for key, screen in there.items():
            if key not in self._followed:
                screen.geometryChanged.connect(self._on_screen_geometry_changed)
        self._followed = there

    def _on_app_changed(self, *_args: object) -> None:
        self._follow()
        self._timer.start()

    def _on_screen_geometry_changed(self, *_args: object) -> None:
        self._timer.start()
