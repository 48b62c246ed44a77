"""Take every seat in a process of its own and print, as JSON, what a tired person would trip over.

Run ``QT_QPA_PLATFORM=offscreen python -m tests.gui.every_seat LANGUAGE [SEAT …]``. A process of its
own because the map's page lives in it: many seats one after the other are more than a test's
process, which goes on afterwards, should carry.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSplitter,
    QSplitterHandle,
    QWidget,
)
from qasync import QEventLoop

from console.app_collector import Collector
from console.app_options import Options
from console.app_start import make_application
from tests.gui.seat_rig import SEATS, SeatRig, taken
from ui.shell.window import ShellWindow
from ui.widgets.actions import ActionRow

CONTROLS = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit)
SETTLE_S = 0.2


class Shown(QObject):
    """Note every top-level window that is shown while a seat is made.

    Not later: a filter written in Python over a whole application with a living web page in it
    crashes the process (PySide 6.11).
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self._app = app
        self.seen: list[str] = []

    def __enter__(self) -> Self:
        self._app.installEventFilter(self)
        return self

    def __exit__(self, *_: object) -> None:
        self._app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(f"{type(watched).__name__} {watched.objectName()!r}")
        return False


def open_all(rig: SeatRig) -> None:
    """Choose something and open everything that can be opened over the windows."""
    rig.selection.select_incident("INC-1", ("EP-0001",))
    rig.person.pages.preferences()
    rig.person.pages.key_map()
    for window in rig.windows:
        window.show_help()
        window.show_notices()
    workspace = rig.workspace
    assert workspace is not None
    for search in workspace.searches:
        search.palette.toggle()


def unnamed(rig: SeatRig) -> list[str]:
    """Return the controls and focusable widgets an assistive tool could only call « widget »."""
    found = set()
    for widget in rig.widgets():
        kind = type(widget)
        if isinstance(widget, QSplitter | QSplitterHandle):
            continue  # named by Qt from their role
        if _in_web_page(widget) or not widget.isVisibleTo(widget.window()):
            continue
        focusable = widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.focusProxy() is None
        worded = isinstance(widget, QAbstractButton) and widget.text()
        if not (focusable or isinstance(widget, CONTROLS)) or widget.accessibleName() or worded:
            continue
        found.add(f"{kind.__module__}.{kind.__qualname__} {widget.objectName()!r} {_where(widget)}")
    return sorted(found)


def out_of_reach(window: ShellWindow) -> list[str]:
    """Return what only a mouse does: no Tab stop, no key, and not in the palette."""
    listed = {command.label for command in window.commands()}
    found = []
    for frame in window.frames.values():
        for row in frame.findChildren(ActionRow):
            if row.isVisibleTo(window):
                found += [act.label for act in row.shown if act.label not in listed]
    for button in window.findChildren(QAbstractButton):
        inside = isinstance(button.parentWidget(), ActionRow | QLineEdit)
        # the foot never takes the focus; its notices are opened from the palette
        known = button.objectName() == "foot-notices"
        if inside or known or not button.isVisibleTo(window):
            continue
        if not button.focusPolicy() & Qt.FocusPolicy.TabFocus:
            found.append(f"{type(button).__name__} {button.objectName()!r} {button.text()!r}")
    return found


def not_on_the_key_map(window: ShellWindow) -> list[str]:
    """Return keys bound and acts shown that the key map does not print."""
    printed = {row.label for group in window.key_groups() for row in group.rows}
    bound = {key.label for key in window.keys.values()}
    rows = [row for frame in window.frames.values() for row in frame.findChildren(ActionRow)]
    return sorted((bound | {act.label for row in rows for act in row.shown}) - printed)


async def look(app: QApplication, seat: str, language: str) -> dict[str, list[str]]:
    """Take one seat and return what is wrong with it, by what it is; all empty when nothing is."""
    shown = Shown(app)
    with ExitStack() as stack:
        with shown:
            rig = stack.enter_context(taken(app, seat, language=language))
        await asyncio.sleep(SETTLE_S)
        open_all(rig)
        await asyncio.sleep(SETTLE_S)
        windows = list(rig.windows)
        return {
            "unnamed": unnamed(rig),
            "popped_up": [one for one in shown.seen if not one.startswith("ShellWindow")],
            "out_of_reach": [label for window in windows for label in out_of_reach(window)],
            "not_printed": [label for window in windows for label in not_on_the_key_map(window)],
            "failed": [
                frame.panel_id
                for window in windows
                for frame in window.frames.values()
                if frame.view is None
            ],
            "without_help": [
                panel_id
                for window in windows
                for panel_id in window.frames
                if not rig.person.help.has(panel_id)
            ],
        }


def _in_web_page(widget: QWidget) -> bool:
    # the page names what is in it; Chromium's own widget below the view has no name to give
    parent = widget.parentWidget()
    return parent is not None and any(
        base.__name__ == "QWebEngineView" for base in type(parent).__mro__
    )


def _where(widget: QWidget) -> str:
    names: list[str] = []
    parent = widget.parentWidget()
    while parent is not None and len(names) < 3:
        names.append(parent.objectName() or type(parent).__name__)
        parent = parent.parentWidget()
    return " < ".join(names)


def main(argv: Sequence[str]) -> None:
    """Look at the seats named, all when none is, and print what is wrong."""
    language = argv[0]
    names: list[str] = list(argv[1:])
    app = make_application(Options(config=Path(), lang=language))
    Collector(app).start()
    loop = QEventLoop(app)
    asyncio.set_event_loop(loop)

    async def all_of_them() -> dict[str, dict[str, list[str]]]:
        return {name: await look(app, name, language) for name in names or sorted(SEATS)}

    with loop:
        print(json.dumps(loop.run_until_complete(all_of_them())))
    sys.stdout.flush()
    os._exit(0)  # nothing here is to be taken down with care: the process is the test's own


if __name__ == "__main__":
    main(sys.argv[1:])
