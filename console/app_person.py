"""What a person at the seat has for himself: preferences, pages, help, cameras by number."""

from __future__ import annotations

import asyncio
import importlib
import math
from collections.abc import MutableMapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from console.app_calls import CameraCalls
from console.app_help import HelpPages
from console.app_pages import Pages
from console.app_prefs import Defaults, PreferenceDesk
from console.app_sounds import LOADED_LATER, SoundDesk
from console.app_texts import Texts
from console.app_windows import Windows
from console.app_workspace import Workspace
from console.seats.layout import Seat
from console.state.selection import Selection
from console.state.world import World
from ui.texts import text

SOUNDS_LATER_S = 3.0


class PersonDesk(QObject):
    """Let one person's own things hold while he sits here, and nobody's afterwards.

    Args:
        app: the Qt application.
        windows: of this console.
        world: knows the cameras.
        selection: what is called by number is chosen.
        sounds: tuned to the person.
        defaults: theme and language for nobody.
        panels: folders of further panels, with texts and help of their own.
        parent: Qt parent.
    """

    def __init__(  # noqa: PLR0917 - one argument for each part of the console it reaches
        self,
        app: QApplication,
        windows: Windows,
        world: World,
        selection: Selection,
        sounds: SoundDesk,
        defaults: Defaults,
        panels: Sequence[Path] = (),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._windows = windows
        self._sounds = sounds
        self._panels = tuple(panels)
        self._texts = Texts(app, defaults.language, panels)
        self._calls = CameraCalls(world, selection, windows.notify)
        self._seat: Seat | None = None
        self.workspace: Workspace | None = None
        self.preferences = PreferenceDesk(app, windows, sounds, self._texts, defaults, self)
        self.pages = Pages(windows, self.preferences, self._seat_title)
        windows.number_called.connect(self._on_windows_number_called)
        self._end_watching = selection.subscribe_watched(self._on_cameras_watched)
        self.help = HelpPages(self._texts.language, self._panels)
        self.speak()

    @property
    def language(self) -> str:
        """Return the language spoken now."""
        return self._texts.language

    def begin(self, settings: MutableMapping[str, Any], seat: Seat) -> None:
        """Let a person's preferences hold, before his workspace is made."""
        self._seat = seat
        self.preferences.begin(settings, seat)
        self.speak()

    def opened(self, workspace: Workspace) -> None:
        """Take the workspace made for him: screens are scaled, numbers reach its cameras."""
        self.workspace = workspace
        self.preferences.scale()
        self.refresh()

    def end(self) -> None:
        """Forget the person."""
        self.workspace = self._seat = None
        self.preferences.end()
        self.speak()

    def speak(self) -> None:
        """Put keys and help in the language loaded now."""
        self._windows.relabel()
        self.help = HelpPages(self._texts.language, self._panels)
        self._windows.set_help(self.help.page)

    def refresh(self) -> None:
        """Say in the strips whether alarms are heard here; call it a few times a second."""
        if self.workspace is None:
            return
        left_s = self._sounds.silence_s
        if self._sounds.audible is False:
            self.workspace.show_sound("mdi6.volume-off", "", text("ui.sounds.none"))
        elif left_s:
            minutes = math.ceil(left_s / 60)
            tip = text("ui.sounds.silent_left", minutes=minutes)
            self.workspace.show_sound("mdi6.bell-off-outline", f"{minutes}\u00a0min", tip)
        else:
            self.workspace.show_sound("", "", "")

    async def make_ready(self) -> None:
        """Load what plays sounds in a thread, then look for an audio output."""
        await asyncio.sleep(SOUNDS_LATER_S)
        await asyncio.to_thread(importlib.import_module, LOADED_LATER)
        self._sounds.make_ready()
        self.refresh()

    def close(self) -> None:
        """Let go of the application."""
        self._end_watching()
        self.preferences.close()
        self._texts.close()

    def _seat_title(self) -> str:
        return "" if self._seat is None else text(self._seat.title_key)

    def _on_windows_number_called(self, number: int) -> None:
        if self.workspace is not None:
            self._calls.call(number, self.workspace.presenters)

    def _on_cameras_watched(self, cameras: tuple[str, ...]) -> None:
        if self.workspace is not None:
            self._calls.show(cameras, self.workspace.presenters)
