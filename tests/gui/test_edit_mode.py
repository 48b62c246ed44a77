"""Edit mode in a whole console: a key turns it on, every window says so, a lock ends it."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from backend_bridge.contract.requests import Request
from backend_bridge.contract.results import Result
from backend_bridge.contract.safety import EditModeResult, SetEditMode
from backend_bridge.contract.seats import LockSeat, SeatLockResult
from backend_bridge.contract.wire import Failure
from console.app import Console
from tests.fakes.scripted_bridge import ScriptedBridge
from tests.fakes.small_city import small_city
from tests.fakes.waiting import until
from tests.gui import console_rig
from tests.gui.console_rig import BridgeThread, keys, make_console, play, with_console
from tests.gui.test_console_live import sign_in
from ui.shell.window import ShellWindow
from ui.widgets.labels import ModeBox

TWO = """title = "seat.lighting"
[[screen]]
role = "main"
[[screen.column]]
cell = [{ panel = "queue" }]
[[screen]]
role = "board"
[[screen.column]]
cell = [{ panel = "safety" }]
"""


def answers(request: Request) -> Result | Failure | None:
    match request:
        case SetEditMode(on=on):
            return EditModeResult(until_ms=time.time_ns() // 1_000_000 + 900_000 if on else None)
        case LockSeat():
            return SeatLockResult(locked=True)
    return None


def says_so(window: ShellWindow) -> bool:
    found = window.findChildren(ModeBox, "strip-mode")
    return any(box.text().startswith("ÉDITION") for box in found if box.isVisible())


def press(window: ShellWindow, key: Qt.Key) -> None:
    QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)


def test_every_window_says_that_edit_mode_is_on(
    dressed: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(console_rig, "SEAT", TWO)

    async def work(console: Console) -> None:
        await sign_in(console, bridge)
        windows = list(console.windows)
        assert len(windows) == 2
        assert not any(map(says_so, windows)), "off at sign-in"
        press(console.window, Qt.Key.Key_E)
        await until(lambda: all(map(says_so, windows)))
        press(console.window, Qt.Key.Key_E)
        await until(lambda: not any(map(says_so, windows)))
        press(console.window, Qt.Key.Key_E)
        await until(lambda: all(map(says_so, windows)))
        press(console.window, Qt.Key.Key_L)
        await until(lambda: bridge.asked(LockSeat) == 1)
        assert not console.world.editing
        assert bridge.asked(SetEditMode) == 3

    settings, pair = keys(tmp_path)
    bridge = ScriptedBridge(small_city())
    bridge.rights = (*bridge.rights, "configure:*")
    bridge.answer = answers
    with BridgeThread(bridge, pair):

        async def story() -> None:
            here = replace(settings, addresses=(bridge.address,))
            assert await with_console(make_console(tmp_path, here), work) == 0

        play(dressed, story)
