"""The pages docked over a window that belong to no panel: preferences and the key map."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QWidget

from console.app_prefs import PreferenceDesk
from console.app_windows import Windows
from ui.shell import keymap
from ui.shell.keymap import KeyMapSheet
from ui.shell.preferences import PreferenceSheet
from ui.shell.window import ShellWindow
from ui.texts import text
from ui.theme import Theme


class Pages:
    """Open them in the window somebody works in; each is made when it is first wanted.

    Args:
        windows: the seat's.
        desk: carries preferences out.
        seat_title: names the seat on the printed key map.
    """

    def __init__(
        self, windows: Windows, desk: PreferenceDesk, seat_title: Callable[[], str]
    ) -> None:
        self._windows = windows
        self._desk = desk
        self._seat_title = seat_title

    def preferences(self) -> None:
        """Open the preferences, or close them."""
        window = self._windows.active
        sheet = self._preferences_of(window)
        if sheet is not None:
            sheet.show_rows(self._desk.rows)
            sheet.toggle()

    def key_map(self) -> None:
        """Open the key map, or close it."""
        window = self._windows.active
        page = window.page
        if page is None:
            return
        sheet = page.findChild(KeyMapSheet)
        if sheet is None:
            sheet = KeyMapSheet(self.save_keys, self.print_keys, page)
            window.dock(sheet)
        sheet.show_groups(window.key_groups())
        sheet.toggle()

    def save_keys(self) -> None:
        """Write the key map as a PDF among this account's documents, and say where."""
        place = QStandardPaths.StandardLocation.DocumentsLocation
        folder = Path(QStandardPaths.writableLocation(place) or ".")
        path = folder / f"{text('ui.keymap.file')} {self._seat_title()}.pdf".replace("/", "-")
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            self._windows.notify(text("ui.keymap.not_saved", path=path, reason=error.strerror))
            return
        done = keymap.print_to(self._page(), path)
        key = "ui.keymap.saved" if done else "ui.keymap.not_saved"
        self._windows.notify(text(key, path=path, reason=""))

    def print_keys(self) -> None:
        """Print the key map on this machine's usual printer, or say that there is none."""
        name = keymap.printer_name()
        if name and keymap.print_to(self._page()):
            self._windows.notify(text("ui.keymap.printed", printer=name))
        else:
            self._windows.notify(text("ui.keymap.no_printer"))

    def reopen_preferences(self, key: str) -> None:
        """Open the preferences again, made anew in another language, at the line of ``key``."""
        window = self._windows.active
        self.preferences()
        page = window.page
        value = next((row.value for row in self._desk.rows if row.preference.key == key), "")
        button = page.findChild(QWidget, f"choice-{key}-{value}") if page is not None else None
        if button is not None:
            button.setFocus()

    def _page(self) -> QTextDocument:
        title = f"{text('ui.keymap.title')} · {self._seat_title()}"
        return keymap.document(title, self._windows.active.key_groups(), Theme.current())

    def _preferences_of(self, window: ShellWindow) -> PreferenceSheet | None:
        page = window.page
        if page is None:
            return None
        sheet = page.findChild(PreferenceSheet)
        if sheet is None:
            sheet = PreferenceSheet(self._on_chosen, self._windows.notify, page)
            window.dock(sheet)
        return sheet

    def _on_chosen(self, key: str, value: str) -> None:
        self._desk.choose(key, value)
        for window in self._windows:
            sheet = None if window.page is None else window.page.findChild(PreferenceSheet)
            if sheet is not None:
                sheet.show_rows(self._desk.rows)
