"""Run a console and something that uses it together, on one Qt event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from qasync import QEventLoop

from console import app_log
from console.app import Console
from console.app_options import Options
from console.app_start import make_application, prepare
from console.scenarios.stack import Stack

T = TypeVar("T")


def run_with(
    stack: Stack,
    use: Callable[[Console], Awaitable[T]],
    *,
    seat: str = "supervisor",
    lang: str = "fr",
    theme: str = "dark",
) -> T:
    """Open a console on a running stack, let ``use`` have it, close it, return what that returns.

    The process needs a display, or Qt's offscreen platform chosen beforehand.
    """
    options = Options(
        config=stack.console_dir, seat=seat, lang=lang, theme=theme, territory=stack.territory
    )
    app_log.configure(verbose=False)
    loop = QEventLoop(make_application(options))
    asyncio.set_event_loop(loop)

    async def together() -> T:
        console = Console(options, *prepare(options))
        running = asyncio.ensure_future(console.run())
        try:
            return await use(console)
        finally:
            console.window.close()
            await running

    try:
        with loop:
            found: T = loop.run_until_complete(together())
    finally:
        app_log.release_qt_messages()
    return found
