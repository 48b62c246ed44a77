"""Works are declared from a seat that has neither panel nor faceplate: by a key, by the palette."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from backend_bridge.contract.requests import Request
from backend_bridge.contract.results import Result
from backend_bridge.contract.safety import HandsOff, HandsOffResult, SetHandsOff
from backend_bridge.contract.wire import Failure
from console.app import Console
from tests.fakes.scripted_bridge import ScriptedBridge
from tests.fakes.small_city import small_city
from tests.fakes.waiting import until
from tests.gui import console_rig
from tests.gui.console_rig import BridgeThread, keys, make_console, play, with_console
from tests.gui.test_console_live import sign_in
from ui.safety.declare import DeclareSheet

QUEUE_ALONE = """title = "seat.lighting"
[[screen]]
role = "main"
[[screen.column]]
cell = [{ panel = "queue" }]
"""
LABEL = "Déclarer des travaux"
CTRL = Qt.KeyboardModifier.ControlModifier


def answers(request: Request) -> Result | Failure | None:
    if not isinstance(request, SetHandsOff):
        return None
    zone = HandsOff(
        id=request.id,
        equipment_id=request.equipment_id,
        sector=request.sector,
        reason=request.reason,
        contact=request.contact,
        by="mireille",
        seat="lighting",
        since_ms=0,
        until_ms=request.until_ms,
    )
    return HandsOffResult(zone=zone)


def sheet_of(console: Console) -> DeclareSheet:
    found = console.window.findChild(DeclareSheet)
    assert isinstance(found, DeclareSheet)
    return found


def line(sheet: DeclareSheet, key: str) -> QLineEdit:
    found = sheet.findChild(QLineEdit, f"declare-{key}")
    assert isinstance(found, QLineEdit)
    return found


def offered(console: Console) -> list[str]:
    return [command.label for command in console.window.commands()]


def run(
    dressed: QApplication,
    tmp_path: Path,
    rights: tuple[str, ...],
    work: Callable[[Console], Awaitable[None]],
) -> ScriptedBridge:
    settings, pair = keys(tmp_path)
    bridge = ScriptedBridge(small_city())
    bridge.rights = rights
    bridge.answer = answers
    with BridgeThread(bridge, pair):

        async def story() -> None:
            here = replace(settings, addresses=(bridge.address,))

            async def signed_in(console: Console) -> None:
                await sign_in(console, bridge)
                await work(console)

            assert await with_console(make_console(tmp_path, here), signed_in) == 0

        play(dressed, story)
    return bridge


def test_any_seat_declares_a_sector_by_a_key(
    dressed: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console_rig, "SEAT", QUEUE_ALONE)

    async def work(console: Console) -> None:
        await until(lambda: console.world.catalogue is not None)
        assert LABEL in offered(console)
        QTest.keyClick(console.window, Qt.Key.Key_T, CTRL)
        sheet = sheet_of(console)
        assert sheet.isVisible()
        QTest.keyClicks(line(sheet, "reason"), "cable")
        QTest.keyClicks(line(sheet, "contact"), "06 12")
        QTest.keyClick(line(sheet, "contact"), Qt.Key.Key_Return, CTRL)
        assert not sheet.isVisible()
        await until(lambda: console.window.notices.latest() is not None)

    bridge = run(dressed, tmp_path, ("view:*", "manage:*"), work)
    assert bridge.asked(SetHandsOff) == 1


def test_who_manages_nothing_is_not_offered_it(
    dressed: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console_rig, "SEAT", QUEUE_ALONE)

    async def work(console: Console) -> None:
        await until(lambda: console.world.catalogue is not None)
        assert LABEL not in offered(console)
        QTest.keyClick(console.window, Qt.Key.Key_T, CTRL)
        assert not sheet_of(console).isVisible()

    run(dressed, tmp_path, ("view:*",), work)
