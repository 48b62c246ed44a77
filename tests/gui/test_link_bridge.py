"""A catalogue's index is made beside the window, and the window says how much has come."""

from __future__ import annotations

import threading
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from PySide6.QtWidgets import QApplication

from backend_bridge.contract.errors import ErrorCode
from backend_bridge.contract.points import Catalogue
from backend_bridge.contract.wire import Failure
from console import app_link
from console.app import Console
from console.link import following
from console.state.equipment import EquipmentIndex
from console.state.liveness import LinkWord
from tests.fakes.scripted_bridge import ScriptedBridge
from tests.fakes.small_city import small_city
from tests.fakes.waiting import until
from tests.gui.console_rig import BridgeThread, keys, make_console, play, with_console
from ui.cover import Cover


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def test_the_index_is_made_in_the_links_thread(
    dressed: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[tuple[threading.Thread, EquipmentIndex]] = []

    class Watched(EquipmentIndex):
        def __init__(self, catalogue: Catalogue | None = None) -> None:
            super().__init__(catalogue)
            made.append((threading.current_thread(), self))

    monkeypatch.setattr(app_link, "EquipmentIndex", Watched)

    async def work(console: Console) -> None:
        await _sign_in(console)
        await until(lambda: console.world.liveness.live, what="a live picture")
        assert [thread.name for thread, _ in made] == ["beffroi-link"]
        assert console.world.equipment is made[0][1]

    _run(dressed, tmp_path, ScriptedBridge(small_city()), work)


def test_what_has_come_of_a_large_territory_is_said(
    dressed: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "TOO_FAST_WAIT_S", 0.2)
    bridge = ScriptedBridge(small_city(200, 20))
    bridge.page = 4_000
    refusal = Failure(
        id=0, epoch="", utc_ms=0, code=ErrorCode.REFUSED, text_key="error.answer.too_fast"
    )
    pages = bridge._page

    def slow(first: int) -> object:
        if first == 0:
            bridge.refuses = [msgspec.structs.replace(refusal) for _ in range(5)]
        return pages(first)

    monkeypatch.setattr(bridge, "_page", slow)

    async def work(console: Console) -> None:
        await _sign_in(console)
        said = "Territoire\u00a0: 4\u00a0000 / 4\u00a0400"
        await until(lambda: any(said in line for line in _cover_lines(console)), what=said)
        await until(lambda: console.world.liveness.live, what="a live picture")
        assert not any("Territoire" in line for line in _cover_lines(console))

    _run(dressed, tmp_path, bridge, work)


def _cover_lines(console: Console) -> list[str]:
    frames = console.window.frames.values()
    covers = [cover for frame in frames for cover in frame.findChildren(Cover)]
    return [cover.accessibleDescription() for cover in covers if cover.covering]


async def _sign_in(console: Console) -> None:
    view = console.sign_in_view
    await until(console.window.isVisible)
    await until(lambda: console.world.liveness.word is LinkWord.SIGNED_OUT)
    view.user.setText("mireille")
    view.password.setText("sesame")
    view.enter.press()
    await until(lambda: console.workspace is not None, what="the workspace")


def _run(
    app: QApplication,
    folder: Path,
    bridge: ScriptedBridge,
    work: Callable[[Console], Awaitable[None]],
) -> None:
    settings, pair = keys(folder)
    with BridgeThread(bridge, pair):

        async def story() -> None:
            console = make_console(folder, replace(settings, addresses=(bridge.address,)))
            assert await with_console(console, work) == 0

        play(app, story)
