"""A console run in the tests' own process, with a story played beside it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any, Self

import zmq
from PySide6.QtCore import QAbstractEventDispatcher
from PySide6.QtCore import QEventLoop as QtEventLoop
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from console.app import Console
from console.app_kiosk import KioskSettings
from console.app_options import Options
from console.link.settings import LinkSettings
from console.panels.discovery import discover
from console.seats.files import load_seats
from tests.fakes.scripted_bridge import ScriptedBridge

SEAT = """title = "seat.lighting"
[[screen]]
role = "main"
[[screen.column]]
cell = [{ panel = "queue" }]
[[screen.column]]
cell = [{ panel = "equipment" }]
"""


Pair = tuple[bytes, bytes]
NOWHERE = "tcp://127.0.0.1:9"


def keys(folder: Path, address: str = NOWHERE) -> tuple[LinkSettings, Pair]:
    """Write a console's key folder; return its settings and the bridge's key pair."""
    public, secret = (key.decode() for key in zmq.curve_keypair())
    bridge = zmq.curve_keypair()
    form = 'metadata\ncurve\n    public-key = "{}"\n'
    (folder / "bridge.key").write_text(form.format(bridge[0].decode()), encoding="utf-8")
    path = folder / "desk.key_secret"
    path.write_text(form.format(public) + f'    secret-key = "{secret}"\n', encoding="utf-8")
    path.chmod(0o600)
    (folder / "console.toml").write_text(
        f'name = "desk"\nbridges = ["{address}"]\n', encoding="utf-8"
    )
    settings = LinkSettings(
        addresses=(address,),
        public_key=public,
        secret_key=secret,
        bridge_key=bridge[0].decode(),
    )
    return settings, bridge


def make_console(
    folder: Path,
    settings: LinkSettings,
    kiosk: KioskSettings | None = None,
    *,
    watchdog: bool = False,
) -> Console:
    """Return a console with one seat, queue and equipment; inside a running loop."""
    seats = folder / "seats"
    seats.mkdir(exist_ok=True)
    (seats / "desk.toml").write_text(SEAT, encoding="utf-8")
    options = Options(config=folder, watchdog=watchdog)
    return Console(options, settings, load_seats(seats), discover(), kiosk)


class _Turns:
    """Stand in for the application where qasync runs and ends its loop: a Qt loop of its own.

    WORKAROUND(QtWebEngine 6.11): once a page has lived in a process, the second
    ``QApplication.exit`` of that process emits ``aboutToQuit`` into a slot that is gone, and
    crashes. A console's process runs one loop and exits once; tests run many, and theirs never say
    that the application quits.
    """

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._turns: QtEventLoop | None = None

    def exec(self) -> int:
        self._turns = QtEventLoop()
        return self._turns.exec()

    def exit(self) -> None:
        assert self._turns is not None
        self._turns.exit()

    def eventDispatcher(self) -> QAbstractEventDispatcher:  # noqa: N802 - Qt's name
        return self._app.eventDispatcher()


def play(app: QApplication, story: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run a story on Qt's own loop, as the product does."""
    app.setQuitOnLastWindowClosed(False)
    loop = QEventLoop(_Turns(app))
    asyncio.set_event_loop(loop)
    try:
        with loop:
            loop.run_until_complete(story())
    finally:
        asyncio.set_event_loop(None)


class BridgeThread:
    """Serve a scripted bridge on a plain loop in a thread: zmq's sockets do not like Qt's loop."""

    def __init__(self, bridge: ScriptedBridge, pair: Pair) -> None:
        self.bridge = bridge
        self._pair = pair
        self._ready = threading.Event()
        self._end: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = threading.Thread(target=self._run, name="scripted-bridge")

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(5)
        return self

    def __exit__(self, *_: object) -> None:
        assert self._loop is not None
        assert self._end is not None
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(5)

    def do(self, work: Coroutine[Any, Any, None]) -> None:
        """Run a coroutine of the bridge on its own loop, to its end."""
        assert self._loop is not None
        asyncio.run_coroutine_threadsafe(work, self._loop).result(5)

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._end = asyncio.Event()
        async with self.bridge.serve(self._pair):
            self._ready.set()
            await self._end.wait()


async def with_console(console: Console, story: Callable[[Console], Awaitable[None]]) -> int:
    """Run a console while a story goes on, close its window, and return its exit code."""
    running = asyncio.create_task(console.run())
    try:
        await story(console)
    finally:
        console.window.close()
        code = await running
    return code
